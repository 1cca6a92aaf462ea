import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync

/// Nodes with nothing new come to rest: sticks that go to and fro leave nothing behind but the newest receipts.
@Suite struct IdleStickTests {
    private func held(_ network: TestNetwork, _ name: String) throws -> [String: Int] {
        try network[name].store.read { reader in
            [
                "changesets": try reader.changesets().count, "log": Int(try reader.leafCount()), "checkpoints": try reader.statements(.checkpoint).count,
                "proofs": try reader.statements(.consistency).count, "roots": try reader.statements(.rootStatement).count,
                "evidence": try reader.statements(.evidence).count, "waiting": try reader.waiting().count,
            ]
        }
    }

    @Test func aHundredSticksWithNothingNewAddNoChangesetNoLogEntryAndNoCheckpoint() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            // Two rounds until each has the other's word on everything.
            for _ in 1...2 { for (from, to) in [("gt", "zy"), ("zy", "gt")] { try network.carry(from, to: to) } }
            let before = try ["gt", "zy"].map { try held(network, $0) }
            var bytes: UInt64 = 0
            for _ in 1...50 {
                for (from, to) in [("gt", "zy"), ("zy", "gt")] {
                    let report = try network.carry(from, to: to)
                    #expect(report.accepted.isEmpty && report.refused.isEmpty && report.waiting.isEmpty)
                    bytes = max(bytes, report.bytes)
                }
            }
            #expect(try ["gt", "zy"].map { try held(network, $0) } == before)
            print("figure: idle stick at most \(bytes) bytes in all frames")
            #expect(bytes < 16_384)
        }
    }
}
