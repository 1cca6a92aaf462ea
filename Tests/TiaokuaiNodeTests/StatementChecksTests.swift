import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What a receiver says of a checkpoint, a receipt, an ask and a consistency receipt, check by check, in the order of
/// Docs/Formats/Log.md. In each the province speaks to the city; what is wrong is wrong in one thing only.
@Suite struct StatementChecksTests {
    private func expectRefused(_ reception: Reception, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .refused(_, code, _) = reception else {
            Issue.record("\(code) expected: \(reception)", sourceLocation: sourceLocation)
            return
        }
    }

    private func flipped(_ bytes: [UInt8]) -> [UInt8] { bytes.dropLast() + [(bytes.last ?? 0) ^ 1] }

    private let wrongNetwork = NodeError.Code.wrongNetwork.rawValue
    private let unknownNode = NodeError.Code.unknownNode.rawValue
    private let wrongSignature = TrustError.Code.wrongSignature.rawValue

    @Test func aCheckpointIsOfThisNetworkByAKnownKeyAndSigned() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let reader = network["zy"]
            let stranger = try SigningKey.generate(.ed25519)
            expectRefused(try reader.receive(try network.forged("gs") { $0.network = NetworkID(.zero) }, .checkpoint), wrongNetwork)
            // The province's key says nothing for the county, a stranger's for nobody.
            let county = try network.id("gt")
            expectRefused(try reader.receive(try network.forged("gs") { $0.node = county }, .checkpoint), unknownNode)
            expectRefused(try reader.receive(try network.forged("gs") { $0.node = stranger.verifyingKey.nodeID }, .checkpoint), unknownNode)
            let good = try network.forged("gs") { $0.size += 100 }
            expectRefused(try reader.receive(flipped(good), .checkpoint), wrongSignature)
            let typed = try UnverifiedStatement(good, .checkpoint).claimed
            expectRefused(
                try reader.receive(try Statement.sign(typed, as: .receipt, key: try network["gs"].folder.readSigningKey()), .checkpoint),
                FormatError.Code.malformedHeader.rawValue)
            guard case .statement(.checkpoint, _) = try reader.receive(good, .checkpoint) else { Issue.record("not taken"); return }
        }
    }

    @Test func aReceiptIsCheckedDownToItsProofs() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("zy", ["1"], unit: TestNetwork.cityFood)
            try network.carry("zy", to: "gs")
            let reader = network["zy"]
            let key = try network["gs"].folder.readSigningKey()
            let good = try network["gs"].receipt(to: try network.id("zy"))
            let content = try Receipt(UnverifiedStatement(good, .receipt).claimed)
            #expect(content.accepted.contains { !$0.proof.isEmpty })
            func take(_ change: (inout Receipt) throws -> Void) throws -> Reception {
                var receipt = content
                try change(&receipt)
                return try reader.receive(try Statement.sign(receipt.explicitForm, as: .receipt, key: key), .receipt)
            }
            let county = try network.id("gt")
            // All of it of another network, so that nothing in it contradicts itself.
            expectRefused(
                try take {
                    $0.network = NetworkID(.zero)
                    $0.checkpoint = try network.forged("gs") { $0.network = NetworkID(.zero) }
                    $0.accepted = []
                }, wrongNetwork)
            expectRefused(try take { $0.node = county }, unknownNode)
            expectRefused(try reader.receive(flipped(good), .receipt), wrongSignature)
            // The checkpoint in it: another node's own, and one in this node's name by another's key.
            expectRefused(try take { $0.checkpoint = try network["gt"].checkpoint() }, TrustError.Code.wrongKey.rawValue)
            expectRefused(try take { $0.checkpoint = try network.forged("gs") { $0.node = county } }, wrongNetwork)
            expectRefused(try take { $0.checkpoint = try network.forged("gs") { $0.network = NetworkID(.zero) } }, wrongNetwork)
            expectRefused(try take { $0.checkpoint = flipped($0.checkpoint) }, wrongSignature)
            expectRefused(try take { $0.accepted[0].head = ChangesetID(sha256([9])) }, FormatError.Code.wrongProof.rawValue)
            expectRefused(try take { $0.accepted[0].leafIndex += 1 }, FormatError.Code.wrongProof.rawValue)
            guard case .statement(.receipt, _) = try reader.receive(good, .receipt) else { Issue.record("not taken"); return }
        }
    }

    @Test func anAskIsOfThisNetworkByAMemberAboutAMember() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let reader = network["zy"]
            let key = try network["gs"].folder.readSigningKey()
            let whole = LogAsk(
                network: try #require(try network["gs"].settings().network), node: try network.id("gs"), of: try network.id("gt"),
                written: network.surroundings.now(), sizes: [], checkpoints: [sha256([1])])
            func take(_ change: (inout LogAsk) -> Void) throws -> Reception {
                var ask = whole
                change(&ask)
                return try reader.receive(try Statement.sign(ask.explicitForm, as: .ask, key: key), .ask)
            }
            let (county, stranger) = (try network.id("gt"), try SigningKey.generate(.ed25519).verifyingKey.nodeID)
            expectRefused(try take { $0.network = NetworkID(.zero) }, wrongNetwork)
            expectRefused(try take { $0.node = county }, unknownNode)
            expectRefused(try take { $0.of = stranger }, unknownNode)
            expectRefused(try reader.receive(flipped(try Statement.sign(whole.explicitForm, as: .ask, key: key)), .ask), wrongSignature)
            guard case .statement(.ask, _) = try take({ _ in }) else { Issue.record("not taken"); return }
        }
    }

    @Test func aConsistencyReceiptEndsInACheckpointThatIsHeldAndSigned() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let reader = network["zy"]
            let key = try network["gs"].folder.readSigningKey()
            let older = try TestNetwork.checkpoint(try network["gs"].checkpoint())
            try network["gs"].write([try TestNetwork.draft("1", unit: TestNetwork.province)])
            try network["gs"].seal()
            let envelope = try network["gs"].checkpoint()
            let newer = try TestNetwork.checkpoint(envelope)
            #expect(older.size < newer.size)
            func receipt(_ node: NodeID? = nil, _ epoch: Epoch? = nil, root: Hash32? = nil, by signer: SigningKey? = nil) throws -> [UInt8] {
                try ConsistencyReceipt.sign(
                    .sha256, node: node ?? newer.node, epoch: epoch ?? newer.epoch, older: older.size, newer: newer.size, path: [.zero], newRoot: root ?? newer.root,
                    key: signer ?? key)
            }
            let unknownItem = NodeError.Code.unknownItem.rawValue
            expectRefused(try reader.receive(try receipt(), .consistency), unknownItem)
            _ = try reader.receive(envelope, .checkpoint)
            expectRefused(try reader.receive(try receipt(try network.id("gt")), .consistency), unknownNode)
            expectRefused(try reader.receive(try receipt(by: SigningKey.generate(.ed25519)), .consistency), unknownNode)
            expectRefused(try reader.receive(try receipt(nil, Epoch(high: 1, low: 1)), .consistency), unknownItem)
            expectRefused(try reader.receive(try receipt(root: .zero), .consistency), wrongSignature)
            guard case .statement(.consistency, _) = try reader.receive(try receipt(), .consistency) else { Issue.record("not taken"); return }
        }
    }
}
