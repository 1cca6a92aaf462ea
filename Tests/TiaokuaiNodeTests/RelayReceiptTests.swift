import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// The province's receipt comes down the road that the work went up; one that doesn't is overdue.
@Suite struct RelayReceiptTests {
    private func unvouched(_ network: TestNetwork, _ superior: String, day offset: Int, after days: Int? = nil) throws -> [OverdueReceipt] {
        let today = network.surroundings.now().day
        let superior = try network.id(superior)
        return try network["gt"].ask { view in try view.overdueReceipts(on: Day(number: today.number + Int32(offset)), after: days) }.filter { $0.superior == superior }
    }

    @Test func theProvincesReceiptReachesTheCountyThroughTheCity() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            for (from, to) in [("gt", "zy"), ("zy", "gs")] { try network.carry(from, to: to) }
            #expect(try unvouched(network, "gs", day: 30).count == 1)
            #expect(try unvouched(network, "zy", day: 30).count == 1)
            let vouchedByProvince = try network.acknowledged("zy", by: "gs").count
            for (from, to) in [("gs", "zy"), ("zy", "gt")] { try network.carry(from, to: to) }
            #expect(try unvouched(network, "gs", day: 30).isEmpty)
            #expect(try unvouched(network, "zy", day: 30).isEmpty)
            #expect(try Exporter(network["gt"], to: try network.id("gs")).plan.isEmpty)
            // What passed through the city is not taken for a word about what the city sent.
            #expect(try network.acknowledged("zy", by: "gs").count >= vouchedByProvince)
            #expect(try Exporter(network["zy"], to: try network.id("gs")).plan.isEmpty)
        }
    }

    @Test func aReceiptThatDoesNotComeIsOverdueAfterFourteenDays() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            try network.carry("gt", to: "zy")
            // The city vouches for its own holding; the province has never heard of it.
            try network.carry("zy", to: "gt")
            #expect(try unvouched(network, "zy", day: 400).isEmpty)
            #expect(try unvouched(network, "gs", day: 14).isEmpty)
            let overdue = try #require(try unvouched(network, "gs", day: 15).first)
            #expect(overdue.days == 15 && overdue.count == 2 && overdue.sequence == 1 && overdue.feed.partition == .work("620724", nil))
            #expect(try unvouched(network, "gs", day: 4, after: 3).count == 1)
            try network["gt"].setReceiptDays(20)
            #expect(try unvouched(network, "gs", day: 20).isEmpty)
            #expect(try unvouched(network, "gs", day: 21).count == 1)
            #expect(throws: NodeError.self) { try network["gt"].setReceiptDays(0) }
        }
    }

    @Test func theProvinceItselfHasNobodyToWaitFor() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let day = Day(number: network.surroundings.now().day.number + 1_000)
            #expect(try network["gs"].ask { try $0.overdueReceipts(on: day) }.isEmpty)
        }
    }

    @Test func aReceiptAfterARotationMayCarryACheckpointFromBeforeIt() throws {
        let old = try SigningKey.generate(.ed25519)
        let new = try SigningKey.generate(.ed25519)
        let stranger = try SigningKey.generate(.ed25519)
        let network = NetworkID(.zero)
        let node = old.verifyingKey.nodeID
        func checkpoint(_ key: SigningKey) throws -> [UInt8] {
            let content = Checkpoint(network: network, node: node, epoch: Epoch(high: 1, low: 2), size: 1, root: .zero, written: Written(milliseconds: 1), ownFeeds: [])
            return try Statement.sign(content.explicitForm, as: .checkpoint, key: key)
        }
        func receipt(_ checkpoint: [UInt8]) -> Receipt {
            Receipt(network: network, node: node, to: nil, checkpoint: checkpoint, written: Written(milliseconds: 2), accepted: [], waiting: [], refused: [])
        }
        let lineage = [old.verifyingKey, new.verifyingKey]
        func known(_ thumbprint: Hash32) -> VerifyingKey? { lineage.first { $0.thumbprint == thumbprint } }
        try ReceiptCheck.verify(receipt(try checkpoint(old)), key: known)
        try ReceiptCheck.verify(receipt(try checkpoint(new)), key: known)
        #expect(throws: TrustError.self) { try ReceiptCheck.verify(receipt(try checkpoint(stranger)), key: known) }
        #expect(throws: TrustError.self) { try ReceiptCheck.verify(receipt(try checkpoint(old)), key: new.verifyingKey) }
    }

    @Test func aReceiptForSomebodyBehindThePeerIsSignedAnewAfterARotation() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            for (from, to) in [("gt", "zy"), ("zy", "gs")] { try network.carry(from, to: to) }
            let (peer, addressee) = (try network.id("zy"), try network.id("gt"))
            func receipts() throws -> [UnverifiedStatement] {
                try network["gs"].logStatements(for: peer, beside: [], isLive: true).filter { $0.type == .receipt }.map { try UnverifiedStatement($0.payload, .receipt) }
            }
            let first = try receipts()
            #expect(try first.map { try Receipt($0.claimed).to } == [addressee])
            // As long as it vouches for the same, it is the same one.
            #expect(try receipts().map(\.bytes) == first.map(\.bytes))
            // The same word, under a key that was the node's before.
            let earlier = try Statement.sign(first[0].claimed, as: .receipt, key: SigningKey.generate(.ed25519))
            try network["gs"].store.write { try $0.setMeta("vouched/\(addressee.hash.hex)", earlier) }
            let again = try receipts()
            #expect(again.map(\.keyID) == first.map(\.keyID))
            #expect(try again.map { try Receipt($0.claimed).to } == [addressee])
        }
    }

    @Test func whatARestoredNodeLostIsNotTakenForAFork() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            try network["gt"].backUp(to: network.path("backup"))
            try network.reports("gt", ["2", "3"])
            try network.carry("gt", to: "zy")
            let restored = try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings)
            // The city's receipt comes first, and vouches for what the restored node doesn't have any more.
            let path = network.path("restored.tkb")
            try restored.receiveStatement(try network["zy"].receipt(to: try network.id("gt")), .receipt)
            #expect(try restored.ask { try $0.logConcerns(thorough: true) }.filter(\.isContradiction) == [])
            // Its own new epoch is another log, and nobody asks how it goes on from the old one.
            try restored.write([TestNetwork.draft("4")])
            _ = try BundleFile.export(restored, to: try network.id("zy"), path: path)
            _ = try BundleFile.import(network["zy"], path: path)
            #expect(try network.concerns("zy").map(\.code) == [.restored])
            _ = try BundleFile.export(network["zy"], to: try network.id("gt"), path: path)
            _ = try BundleFile.import(restored, path: path)
            #expect(try restored.ask { try $0.logConcerns(thorough: true) } == [])
        }
    }
}
