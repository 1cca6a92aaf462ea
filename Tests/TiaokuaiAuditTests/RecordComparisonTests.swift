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

    /// A city's store in which somebody wrote.
    private static func spoilt(_ folder: URL, _ sql: String) throws -> Node {
        let province = try Province(in: folder, rounds: 2, counties: 1)
        let node = try province.copy(of: "zy", as: "copy")
        try node.store.close()
        try DatabaseQueue(path: province.path("copy") + "/" + Store.fileName).write { try $0.execute(sql: sql) }
        return try Node(opening: province.path("copy"), surroundings: province.surroundings)
    }

    /// By what a record is listed and found nobody signs: without a word about it an answer would be empty.
    @Test(arguments: [
        "UPDATE record SET is_plain = 1 - is_plain WHERE ref = (SELECT max(record) FROM standing)",
        "UPDATE record SET prefix = prefix + 1 WHERE ref = (SELECT max(record) FROM standing)",
        "UPDATE record SET key = (SELECT key FROM record WHERE ref = 1) WHERE ref = (SELECT max(record) FROM standing)",
        "UPDATE record SET kind = (SELECT kind FROM record WHERE ref = 1) WHERE ref = (SELECT max(record) FROM standing)",
        "UPDATE changeset SET records = x'' WHERE ref = (SELECT max(ref) FROM changeset)",
        "UPDATE changeset SET records = x'7fffffff' WHERE ref = (SELECT max(ref) FROM changeset)",
        "UPDATE changeset SET records = x'00000001' WHERE ref = (SELECT max(ref) FROM changeset)",
        "UPDATE outcome SET is_disputed = 1 - is_disputed WHERE record = (SELECT max(record) FROM outcome)",
    ])
    func whatHidesARecordFromItsListsIsFound(_ sql: String) throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let spoilt = try RecordComparisonTests.spoilt(folder, sql)
            let faults = try HistoryAudit.run(spoilt).findings.filter(\.isFault)
            #expect(faults.contains { $0.code == .recordDiffers }, "\(faults)")
        }
    }

    /// A number that only another hand can have put there ends no process.
    @Test(arguments: [
        "UPDATE changeset SET sequence = -1 WHERE ref = 3", "UPDATE changeset SET leaf = -1 WHERE ref = 3", "UPDATE statement SET number = -1",
        "UPDATE changeset SET received = -9223372036854775808 WHERE ref = 3", "UPDATE leaf SET position = 4000000000000000000 WHERE position = 3",
        "UPDATE leaf SET position = -5 WHERE position = 3", "UPDATE feed SET id = randomblob(32) WHERE ref = 2",
        "UPDATE outcome SET places = x'9bffffffffffffffff'", "UPDATE record SET key = zeroblob(2000) WHERE ref = (SELECT max(ref) FROM record)",
    ])
    func numbersThatNobodyWritesAreFoundAndEndNothing(_ sql: String) throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let spoilt = try RecordComparisonTests.spoilt(folder, sql)
            do {
                let report = try HistoryAudit.run(spoilt)
                #expect(!report.findings.isEmpty, "\(sql)")
            } catch let error as StoreError {
                #expect(error.code == .inconsistent, "\(error)")
            }
        }
    }

    /// A counter that was set to where nobody counts ends no process.
    @Test func aCounterBeyondAllCountingIsAnError() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let spoilt = try RecordComparisonTests.spoilt(folder, "UPDATE meta SET value = x'ffffffffffffffff' WHERE key = 'origin'")
            #expect { try spoilt.ask { try $0.nextOrigin() } } throws: { ($0 as? StoreError)?.code == .inconsistent }
        }
    }
}
