import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// A node's log as it lies in the file, rewritten by somebody who knows the store: leaves, the nodes above them and the rows that
/// name them all agree with each other. Only what was signed before doesn't.
private struct LogFile {
    let queue: DatabaseQueue
    let leaves: [Data]

    init(_ path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        queue = try DatabaseQueue(path: path, configuration: configuration)
        leaves = try queue.read { try Data.fetchAll($0, sql: "SELECT identity FROM leaf ORDER BY position") }
    }

    /// Writes a whole log; rows of changesets that are in it no more go as well, if `isTidy`.
    func write(_ leaves: [Data], isTidy: Bool = true) throws {
        try queue.write { db in
            try db.execute(sql: "DELETE FROM leaf; DELETE FROM log_node")
            var frontier = MerkleFrontier()
            for (position, leaf) in leaves.enumerated() {
                try db.execute(sql: "INSERT INTO leaf VALUES (?, ?)", arguments: [position, leaf])
                for node in frontier.append(try #require(Hash32(bytes: leaf))) where node.position.level > 0 {
                    try db.execute(sql: "INSERT INTO log_node VALUES (?, ?, ?)", arguments: [node.position.level, Int64(node.position.index), Data(node.hash.bytes)])
                }
                try db.execute(sql: "UPDATE changeset SET leaf = ? WHERE id = ?", arguments: [position, leaf])
            }
        }
    }
}

@Suite struct LogEntryTests {
    /// What the log's own check says; nothing of the changesets themselves.
    private static func findings(_ node: Node) throws -> [LogFinding] {
        try node.ask { view in
            let signed = try view.reader.statements(.checkpoint, node: view.settings.node).map { row in
                LogCheck.Signed(id: row.id, checkpoint: try Checkpoint(try UnverifiedStatement(row.envelope, .checkpoint).claimed))
            }
            var check = LogCheck(
                view.reader, network: try #require(view.settings.network), node: view.settings.node, epoch: view.settings.epoch, hashes: [.sha256])
            return try check.run(signed: signed, repairedFrom: nil)
        }
    }

    @Test func everyEntryThatIsDeletedMovedOrRepeatedIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 11)
            _ = try province["zy"].checkpoint()
            let node = try province.copy(of: "zy", as: "copy")
            let file = try LogFile(province.path("copy") + "/tiaokuai.sqlite")
            let count = file.leaves.count
            #expect(count > 40)
            let whole = try LogEntryTests.findings(node)
            #expect(whole == [])
            var missed: [String] = []
            func expectFound(_ what: String, _ leaves: [Data]) throws {
                try file.write(leaves)
                if try LogEntryTests.findings(node).isEmpty { missed.append(what) }
            }
            for index in 0..<count {
                var leaves = file.leaves
                leaves.remove(at: index)
                try expectFound("delete \(index)", leaves)
                leaves = file.leaves
                leaves.insert(leaves[index], at: (index * 7 + 3) % count)
                try expectFound("repeat \(index)", leaves)
                guard index + 1 < count else { continue }
                leaves = file.leaves
                leaves.swapAt(index, index + 1)
                try expectFound("swap \(index)", leaves)
            }
            #expect(missed == [])
            try file.write(file.leaves)
            let mended = try LogEntryTests.findings(node)
            #expect(mended == [])
        }
    }

    /// One check for `doctor`, `log verify` and the audit.
    @Test func theNodeSaysOfItsLogWhatTheAuditSays() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            _ = try province["zy"].checkpoint()
            let node = try province.copy(of: "zy", as: "copy")
            let file = try LogFile(province.path("copy") + "/tiaokuai.sqlite")
            let whole = try node.logFindings()
            #expect(whole == [])
            var swapped = file.leaves
            swapped.swapAt(1, 2)
            let id = try node.settings().node
            for leaves in [swapped, Array(file.leaves.dropLast()), Array(file.leaves.dropFirst())] {
                try file.write(leaves)
                let told = Set(try node.logFindings().map { AuditFinding($0, of: id) })
                let audited = Set(try HistoryAudit.run(node).findings.filter { finding in LogFinding.Code(rawValue: finding.code.rawValue) != nil })
                #expect(!told.isEmpty && told == audited, "\(told.symmetricDifference(audited))")
            }
        }
    }

    @Test func aCheckpointThatTheNodeDidNotSignIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            _ = try province["zy"].checkpoint()
            let node = try province.copy(of: "zy", as: "copy")
            let queue = try DatabaseQueue(path: province.path("copy") + "/tiaokuai.sqlite")
            let own = Data(try node.settings().node.hash.bytes)
            let spoilt = try queue.write { db -> Int in
                let sql = "SELECT id, envelope FROM statement WHERE type = ? AND node = ?"
                let rows = try Row.fetchAll(db, sql: sql, arguments: [FrameType.checkpoint.rawValue, own])
                for row in rows {
                    var envelope: Data = row["envelope"]
                    envelope[envelope.count - 1] ^= 1
                    try db.execute(sql: "UPDATE statement SET envelope = ? WHERE id = ?", arguments: [envelope, row["id"] as Data])
                }
                return rows.count
            }
            let codes = try node.logFindings().map(\.code)
            #expect(spoilt > 0 && codes == Array(repeating: .statementSignature, count: spoilt))
        }
    }

    @Test func anEntryTakenOutWithItsChangesetIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            _ = try province["zy"].checkpoint()
            let node = try province.copy(of: "zy", as: "copy")
            let file = try LogFile(province.path("copy") + "/tiaokuai.sqlite")
            let last = try #require(file.leaves.last)
            try file.write(file.leaves.dropLast())
            try file.queue.write { try $0.execute(sql: "DELETE FROM changeset WHERE id = ?", arguments: [last]) }
            let codes = Set(try HistoryAudit.run(node).findings.filter(\.isFault).map(\.code))
            #expect(codes.contains(.logShorter))
        }
    }
}
