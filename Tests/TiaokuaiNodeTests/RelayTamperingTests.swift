import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A city that rewrites, reorders, doubles or replays what its county sent. The first is refused, by name; the others change nothing.
@Suite struct RelayTamperingTests {
    /// The county's newest changeset among these frames.
    private func newest(_ network: TestNetwork, _ frames: [Frame]) throws -> Int {
        try #require(try frames.indices.last { try network.isChangeset(frames[$0], of: "gt") })
    }

    @Test func aRewrittenChangesetIsRefusedByName() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["14.2"])
            try network.carry("gt", to: "zy")
            let frames = try network.frames("zy", to: "gs")
            let index = try newest(network, frames)
            let item = try ChangesetItem(frames[index].payload)
            let before = try network.changesets("gs")

            // The same header under the city's key; another figure in the body; one bit of the signature.
            let cityKey = try network["zy"].folder.readSigningKey()
            let header = try UnverifiedChangeset(item).header
            let county = try network["gt"].store.read { try $0.changeset(UnverifiedChangeset(item).id) }
            let body = try Zstd.decompress(try #require(county).item.compressedBody, length: header.bodyLength)
            var otherBody = body
            otherBody[otherBody.count - 1] ^= 1
            var flipped = item.envelope
            flipped[flipped.count - 1] ^= 1
            let forgeries: [(ChangesetItem, String)] = [
                (try SignedChangeset.sign(header: header, body: body, sealed: Written(milliseconds: 0), key: cityKey).item, "wrongKey"),
                (ChangesetItem(envelope: item.envelope, compressedBody: try Zstd.compress(otherBody)), "malformedBody"),
                (ChangesetItem(envelope: flipped, compressedBody: item.compressedBody), "wrongSignature"),
            ]
            for (forgery, code) in forgeries {
                var altered = frames
                altered[index] = Frame(.changeset, forgery.bytes)
                let report = try network.deliver(altered, from: "zy", to: "gs")
                #expect(report.refused.contains { if case .refused(_, code, _) = $0 { true } else { false } }, "\(code): \(report.refused)")
                #expect(try network.changesets("gs") == before)
            }
            // What was refused is missed, by name; and taken when the true bytes come.
            #expect(try network.concerns("gs").contains { $0.code == .withheld })
            try network.carry("zy", to: "gs")
            #expect(try network.concerns("gs") == [])
            #expect(try network.outcome("gs")?.value == .decimal(try ExactDecimal(parsing: "14.2")))
        }
    }

    @Test func anyOrderAndAnyNumberOfTimesComeToTheSame() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2", "3", "4"])
            try network.carry("gt", to: "zy")
            let frames = try network.frames("zy", to: "gs")
            var random = SplitMix64(seed: 11)
            for round in 0..<3 {
                try network.deliver((frames + frames).shuffled(using: &random), from: "zy", to: "gs")
                let digests = try ["gt", "gs"].map { name in try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
                #expect(digests[0].input == digests[1].input && digests[0].derived == digests[1].derived, "round \(round)")
            }
            // The last round brought nothing new in any order; statements came before their credentials and after.
            #expect(try network.concerns("gs") == [])
            #expect(try network["gs"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network["gs"].logFindings() == [])
        }
    }

    @Test func anOldBundlePlayedAgainChangesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            try network.carry("gt", to: "zy")
            let old = try network.frames("zy", to: "gs")
            try network.deliver(old, from: "zy", to: "gs")
            try network.reports("gt", ["2"])
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            let before = try network["gs"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            let acknowledged = try network.acknowledged("gs", by: "zy")
            let report = try network.deliver(old, from: "zy", to: "gs")
            #expect(report.isComplete && report.changedNothing && report.refused.isEmpty)
            #expect(try network["gs"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } == before)
            #expect(try network.acknowledged("gs", by: "zy") == acknowledged)
            #expect(try network.concerns("gs") == [])
        }
    }

    @Test func aReorderedFeedIsNamedItemByItemUntilItIsWhole() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2", "3"])
            try network.carry("gt", to: "zy")
            let frames = try network.frames("zy", to: "gs")
            let work = try frames.filter { frame in try network.isChangeset(frame, of: "gt") { $0.feed.partition == .work("620724", nil) } }
            #expect(work.count == 3)
            // The last two first: each is held for the one that it names.
            let first = try network.deliver(frames.filter { $0.type != .changeset } + [work[2], work[1]], from: "zy", to: "gs")
            let items = try work.map { try UnverifiedChangeset(ChangesetItem($0.payload)).id }
            #expect(
                first.waiting
                    == [.waiting(items[2], what: .predecessor, item: items[1].hash), .waiting(items[1], what: .predecessor, item: items[0].hash)])
            #expect(try network["gs"].ask { try $0.reader.waiting() }.map(\.id).sorted() == [items[1], items[2]].sorted())
            // What comes before them releases both.
            let second = try network.deliver([work[0]], from: "zy", to: "gs")
            #expect(Set(second.accepted) == Set(items) && second.waiting.isEmpty)
            #expect(try network.outcome("gs")?.value == .decimal(ExactDecimal(3)))
        }
    }

    @Test func whatIsDoubledIsCountedAndChangesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            try network.carry("gt", to: "zy")
            let frames = try network.frames("zy", to: "gs")
            let changesets = frames.count { $0.type == .changeset }
            let report = try network.deliver(frames + frames, from: "zy", to: "gs")
            #expect(report.accepted.count + report.duplicates >= 2 * changesets && report.duplicates >= changesets)
            #expect(report.refused.isEmpty && report.waiting.isEmpty)
            #expect(try network["gs"].logFindings() == [])
        }
    }

    /// An old receipt of the province, played back at the county: it says less than the newest, and is not believed for it.
    @Test func anOldReceiptPlayedAgainTakesNothingBack() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            for (from, to) in [("gt", "zy"), ("zy", "gs")] { try network.carry(from, to: to) }
            let old = try network["gs"].receipt(to: try network.id("gt"))
            try network.reports("gt", ["2"])
            for (from, to) in [("gt", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt")] { try network.carry(from, to: to) }
            let before = try network.acknowledged("gt", by: "gs")
            try network["gt"].receiveStatement(old, .receipt)
            #expect(try network.acknowledged("gt", by: "gs") == before)
            #expect(try Exporter(network["gt"], to: try network.id("gs")).plan.isEmpty)
            // The checkpoint in it, never shown before, is to be proven like any other.
            #expect(try network.concerns("gt", thorough: true).allSatisfy { $0.code == .unproven && !$0.isContradiction })
        }
    }
}
