import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// The store's records beside the replay's, gone through in step.
@Suite struct RecordComparisonTests {
    @Test func theDigestsAreTheNodesOwn() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            let report = try HistoryAudit.run(province["zy"])
            let own = try province["zy"].ask { view in try view.digest(of: try view.reader.partitions().map(\.partition)) }
            for digest in [report.here, report.replayed] {
                #expect(digest?.derived == own.derived && digest?.input == own.input && digest?.records == own.records)
            }
            #expect(own.records > 3)
        }
    }

    @Test func aRecordThatIsOneSidesAloneOrDiffersIsNamedOnce() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            let node = try province.copy(of: "zy", as: "copy")
            let ids = try node.store.read { reader in
                var records = try reader.recordsInOrderOfIdentity(partitions: try reader.partitions().map(\.ref))
                var out: [RecordID] = []
                while let entry = try records.next() { if try !reader.standing(entry.record).isEmpty { out.append(entry.id) } }
                return out
            }
            #expect(ids.count > 2)
            let (moved, emptied) = (try #require(ids.first), try #require(ids.last))
            let queue = try DatabaseQueue(path: province.path("copy") + "/" + Store.fileName)
            let strange = Hash32(word0: moved.hash.word0 &+ 1, word1: 0, word2: 0, word3: 0)
            try queue.write { db in
                // One record under another identity: here it is too many, and the right one is missing.
                try db.execute(sql: "UPDATE record SET id = ? WHERE id = ?", arguments: [Data(strange.bytes), Data(moved.hash.bytes)])
                try db.execute(sql: "DELETE FROM standing WHERE record = (SELECT ref FROM record WHERE id = ?)", arguments: [Data(emptied.hash.bytes)])
            }
            let found = try HistoryAudit.run(node).findings.filter { $0.place.record != nil }
            func named(_ code: AuditFinding.Code) -> [String?] { found.filter { $0.code == code }.map(\.place.record) }
            #expect(named(.recordExtra) == [strange.hex])
            #expect(named(.recordMissing) == [moved.hash.hex])
            #expect(named(.recordDiffers) == [emptied.hash.hex])
        }
    }
}
