import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// What a receiver says of a changeset, check by check, in the order of Docs/Formats/Changeset.md. The bytes themselves are the
/// golden files' matter; here is what only a node can know.
@Suite struct OrderOfChecksTests {
    /// A changeset of the county's node, signed with its key, with whatever header somebody wants it to have.
    private func forged(_ network: TestNetwork, _ name: String = "gt", _ change: (inout ChangesetHeader) -> Void) throws -> ChangesetItem {
        let node = network[name]
        let settings = try node.settings()
        var header = ChangesetHeader(
            network: try #require(settings.network), feed: Feed(node: settings.node, epoch: settings.epoch, partition: .work("620724", nil)), sequence: 1,
            predecessor: nil, bodyLength: 0, count: 0, credential: try #require(settings.credential), rootStatement: settings.rootStatement, checkpoint: nil,
            isRehearsal: settings.isRehearsal)
        change(&header)
        return try SignedChangeset.sign(
            header: header, body: BodyEncoder(epoch: settings.epoch).finish(salt: Array(repeating: 7, count: 16)), sealed: node.surroundings.now(),
            key: try node.folder.readSigningKey()
        ).item
    }

    private func expectRefused(_ receptions: [Reception], _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
        guard receptions.count == 1, case .refused(_, code, _) = receptions[0] else {
            Issue.record("\(code) expected: \(receptions)", sourceLocation: sourceLocation)
            return
        }
    }

    private func expectWaiting(_ receptions: [Reception], _ what: WaitingFor, _ item: Hash32, sourceLocation: SourceLocation = #_sourceLocation) {
        guard receptions.count == 1, case .waiting(_, what, item) = receptions[0] else {
            Issue.record("\(what) expected: \(receptions)", sourceLocation: sourceLocation)
            return
        }
    }

    private func logSize(_ node: Node) throws -> UInt64 { try Checkpoint(UnverifiedStatement(node.checkpoint(), .checkpoint).claimed).size }

    private func network(in folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        for (from, to) in [("zy", "gs"), ("gs", "zy"), ("zy", "gt")] { try network.carry(from, to: to) }
        return network
    }

    @Test func forWhomAChangesetIsComesBeforeWhoWroteIt() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let held = try network.changesets("gs")
            // Neither a credential nor a key is asked for: it is not for this node at all.
            expectRefused(
                try network["gs"].receive(
                    try forged(network) {
                        $0.network = NetworkID(.zero)
                        $0.credential = .zero
                    }), NodeError.Code.wrongNetwork.rawValue)
            expectRefused(
                try network["gs"].receive(
                    try forged(network) {
                        $0.isRehearsal.toggle()
                        $0.credential = .zero
                    }), NodeError.Code.rehearsalMismatch.rawValue)
            // Another city's work is nothing that a county receives.
            let elsewhere = try forged(network, "gs") {
                $0.feed = Feed(node: $0.feed.node, epoch: $0.feed.epoch, partition: .work("621000", nil))
            }
            expectRefused(try network["gt"].receive(elsewhere), NodeError.Code.outsidePartition.rawValue)
            #expect(try network.changesets("gs") == held)
        }
    }

    @Test func whatIsHeldAlreadyChangesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let item = try forged(network) { _ in }
            guard case .accepted = try network["gs"].receive(item)[0] else { Issue.record("not taken"); return }
            let size = try logSize(network["gs"])
            guard case .duplicate = try network["gs"].receive(item)[0] else { Issue.record("not a duplicate"); return }
            #expect(try logSize(network["gs"]) == size)
        }
    }

    @Test func aCredentialThatIsNotHeldIsWaitedForAndOneOfAnotherNodeIsRefused() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let unknown = sha256([1])
            let size = try logSize(network["gs"])
            expectWaiting(try network["gs"].receive(try forged(network) { $0.credential = unknown }), .credential, unknown)
            // Nobody's word yet, so it is not in the log.
            #expect(try logSize(network["gs"]) == size)
            // Signed with the county's key under the county's credential, in a feed that is said to be the city's.
            let city = try network.id("zy")
            expectRefused(
                try network["gs"].receive(try forged(network) { $0.feed = Feed(node: city, epoch: $0.feed.epoch, partition: $0.feed.partition) }),
                TrustError.Code.wrongKey.rawValue)
        }
    }

    @Test func aCopyWithASpoiltBodyThatHadToWaitMakesRoomForAWholeOne() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let first = try forged(network) { _ in }
            let second = try forged(network) {
                $0.sequence = 2
                $0.predecessor = try? UnverifiedChangeset(first).id
                $0.rootStatement = 1
            }
            // While its root statement was not known its body could not be looked at; so a spoilt copy waits like a whole one.
            let spoilt = ChangesetItem(envelope: second.envelope, compressedBody: second.compressedBody.dropLast() + [0])
            let id = try UnverifiedChangeset(second).id
            try network["gs"].store.write { writer in
                let header = try UnverifiedChangeset(spoilt).header
                let ref = try writer.insertChangeset(
                    id, feed: try writer.feedRef(header.feed), sequence: header.sequence, predecessor: header.predecessor, state: .waiting, leaf: nil,
                    received: network.surroundings.now(), item: spoilt)
                try writer.insertWaiting(ref, what: WaitingFor.rootStatement.rawValue, item: header.credential)
            }
            guard case .refused = try network["gs"].receive(spoilt)[0] else { Issue.record("taken"); return }
            #expect(try network["gs"].store.read { try $0.changeset(id) } == nil)
            _ = try network["gs"].receive(first)
            guard case .accepted = try network["gs"].receive(second)[0] else { Issue.record("not taken"); return }
        }
    }

    @Test func aChainHasNoGapAndStaysInItsFeed() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let first = try forged(network) { _ in }
            let id = try UnverifiedChangeset(first).id
            let (unknown, size) = (sha256([2]), try logSize(network["gs"]))
            let late = try forged(network) {
                $0.sequence = 2
                $0.predecessor = ChangesetID(unknown)
            }
            expectWaiting(try network["gs"].receive(late), .predecessor, unknown)
            // It verifies, so it has arrived, and the log says so.
            #expect(try logSize(network["gs"]) == size + 1)
            _ = try network["gs"].receive(first)
            expectRefused(
                try network["gs"].receive(
                    try forged(network) {
                        $0.sequence = 3
                        $0.predecessor = id
                    }), FormatError.Code.malformedHeader.rawValue)
            expectRefused(
                try network["gs"].receive(
                    try forged(network) {
                        $0.feed = Feed(node: $0.feed.node, epoch: $0.feed.epoch, partition: .policy("620724"))
                        $0.sequence = 2
                        $0.predecessor = id
                    }), FormatError.Code.malformedHeader.rawValue)
        }
    }
}
