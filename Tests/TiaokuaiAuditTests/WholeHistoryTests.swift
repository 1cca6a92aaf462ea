import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode

@Suite struct WholeHistoryTests {
    @Test func aHistoryThatNobodyTouchedHasNoFault() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 3)
            for name in province.names {
                let report = try HistoryAudit.run(province[name])
                #expect(report.findings.filter(\.isFault) == [], "\(name)")
                #expect(report.here?.derived == report.replayed?.derived)
                #expect(report.here?.input == report.replayed?.input)
                #expect(report.changesets > 3)
                #expect(report.operations >= report.changesets)
                #expect(report.statements > 3)
            }
        }
    }

    @Test func theStoreIsOnlyRead() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1)
            let node = try province.copy(of: "zy", as: "copy")
            let path = province.path("copy") + "/tiaokuai.sqlite"
            func dump() throws -> [[Row]] {
                try DatabaseQueue(path: path).read { db in
                    try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map { try Row.fetchAll(db, sql: "SELECT * FROM \"\($0)\"") }
                }
            }
            let before = try dump()
            _ = try HistoryAudit.run(node)
            let after = try dump()
            #expect(before == after)
        }
    }

    /// One column of one row, changed by hand in the file: what it says then is found, and where.
    @Test func aRowThatWasChangedByHandIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            let ids = "x'00000000000000000000000000000000000000000000000000000000000000aa'"
            let row = "WHERE ref = (SELECT max(ref) - 2 FROM changeset)"
            let cases: [(sql: String, code: AuditFinding.Code)] = [
                ("UPDATE changeset SET sequence = sequence + 1000 \(row)", .rowDiffers),
                ("UPDATE changeset SET feed = CASE feed WHEN 1 THEN 2 ELSE 1 END \(row)", .rowDiffers),
                ("UPDATE changeset SET predecessor = \(ids) \(row)", .rowDiffers),
                ("UPDATE changeset SET state = 3 \(row)", .stateDiffers),
                ("UPDATE changeset SET leaf = leaf + 1 \(row)", .entryDiffers),
                ("UPDATE changeset SET leaf = NULL \(row)", .notLogged),
                ("UPDATE changeset SET received = received - 100000000 \(row)", .clockWentBack),
                ("UPDATE changeset SET id = \(ids) \(row)", .wrongIdentity),
                ("UPDATE changeset SET id = x'00aa' \(row)", .rowUnreadable),
                ("UPDATE changeset SET envelope = zeroblob(length(envelope)) \(row)", .envelopeUnreadable),
                ("UPDATE standing SET fields = x'80' WHERE record = (SELECT max(record) FROM standing)", .recordDiffers),
                ("DELETE FROM standing WHERE record = (SELECT max(record) FROM standing)", .recordDiffers),
                ("DELETE FROM changeset \(row)", .entryUnknown),
                ("UPDATE leaf SET identity = \(ids) WHERE position = 0", .genesisDiffers),
                ("UPDATE log_node SET hash = \(ids) WHERE level = 1 AND position = 1", .logNodeDiffers),
                ("UPDATE statement SET number = number + 1 WHERE id = (SELECT min(id) FROM statement WHERE type = 3)", .rowDiffers),
                ("DELETE FROM acknowledged WHERE changeset = (SELECT min(changeset) FROM acknowledged)", .acknowledgedDiffers),
                ("DELETE FROM statement WHERE type = 1", .rootMissing),
            ]
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            for (index, one) in cases.enumerated() {
                let node = try province.copy(of: "zy", as: "copy\(index)")
                let changed = try DatabaseQueue(path: province.path("copy\(index)") + "/tiaokuai.sqlite", configuration: configuration).write { db in
                    try db.execute(sql: one.sql)
                    return db.changesCount
                }
                #expect(changed > 0, "\(one.sql)")
                let found = try HistoryAudit.run(node).findings
                #expect(found.contains { $0.code == one.code }, "\(one.sql): \(found.map(\.code))")
            }
        }
    }
}
