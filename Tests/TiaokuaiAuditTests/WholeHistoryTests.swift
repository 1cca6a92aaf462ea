import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

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
                // Every one of them, so that none comes before another.
                ("UPDATE changeset SET received = received - 10000000000", .timeOutsideCheckpoints),
                ("UPDATE outcome SET places = x'80' WHERE record = (SELECT max(record) FROM outcome)", .recordDiffers),
                ("UPDATE standing SET position = position + 1 WHERE record = (SELECT max(record) FROM standing)", .recordDiffers),
                ("INSERT INTO citation SELECT feed, id, ref, 0 FROM changeset \(row)", .recordDiffers),
                ("UPDATE statement SET type = 99 WHERE id = (SELECT min(id) FROM statement WHERE type = 3)", .rowUnreadable),
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

    /// Two logs under one key are told by the checkpoints and proofs themselves, whoever took the evidence made of them away.
    @Test func withoutItsEvidenceASplitViewIsSeenAllTheSame() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            func splits(_ node: Node) throws -> Set<String?> { Set(try HistoryAudit.run(node).findings.filter { $0.code == .splitView }.map(\.place.node)) }
            let told = try splits(scene.province["gs"])
            #expect(told.count == 1)
            let node = try scene.province.copy(of: "gs", as: "copy")
            let taken = try DatabaseQueue(path: scene.path("copy") + "/tiaokuai.sqlite").write { db in
                try db.execute(sql: "DELETE FROM statement WHERE type = \(FrameType.evidence.rawValue)")
                return db.changesCount
            }
            #expect(taken > 0)
            #expect(try splits(node) == told)
        }
    }

    /// One that takes a word away before an answer and puts it back for the audit leaves nothing to be found in the rows.
    @Test(arguments: ["TRIGGER grdb_note AFTER INSERT ON pending BEGIN SELECT 1; END", "VIEW other AS SELECT 1"])
    func aStoreWithATriggerOrAViewIsNotOpened(_ made: String) throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 0)
            let node = try province.copy(of: "gs", as: "copy")
            try node.store.close()
            try DatabaseQueue(path: province.path("copy") + "/tiaokuai.sqlite").write { try $0.execute(sql: "CREATE \(made)") }
            #expect { try Node(opening: province.path("copy"), surroundings: province.surroundings) } throws: { ($0 as? StoreError)?.code == .strangeSchema }
        }
    }

    /// SQLite reads the sort of what is in a schema without regard to case.
    @Test func aTriggerBySmallLettersIsATrigger() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 0)
            let node = try province.copy(of: "gs", as: "copy")
            try node.store.close()
            try DatabaseQueue(path: province.path("copy") + "/tiaokuai.sqlite").write { db in
                try db.execute(sql: "CREATE TRIGGER grdb_note AFTER INSERT ON pending BEGIN SELECT 1; END; PRAGMA writable_schema = ON")
                try db.execute(sql: "UPDATE sqlite_schema SET type = 'Trigger' WHERE type = 'trigger'")
            }
            #expect { try Node(opening: province.path("copy"), surroundings: province.surroundings) } throws: { ($0 as? StoreError)?.code == .strangeSchema }
        }
    }

    /// What a node may see hangs on where it stands, and only its credential says that.
    @Test func aNodeThatSaysItStandsElsewhereIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let node = try province.copy(of: "zy", as: "copy")
            try DatabaseQueue(path: province.path("copy") + "/tiaokuai.sqlite").write { db in
                // The text of six bytes that names the place.
                let (own, other) = (Data([0x66] + Array("620700".utf8)), Data([0x66] + Array("620000".utf8)))
                var settings = try #require(try Data.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'settings'"))
                settings.replaceSubrange(try #require(settings.range(of: own)), with: other)
                try db.execute(sql: "UPDATE meta SET value = ? WHERE key = 'settings'", arguments: [settings])
            }
            let found = try HistoryAudit.run(node).findings
            #expect(found.contains { $0.code == .rowDiffers && $0.place.column == "settings.region" && $0.fact == "620700" }, "\(found)")
        }
    }
}
