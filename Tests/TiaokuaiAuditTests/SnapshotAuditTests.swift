import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync

/// What the audit says of a node that began from a snapshot.
@Suite struct SnapshotAuditTests {
    /// The city as it stood after one round, which then takes the province's snapshot of four.
    private static func city(in folder: URL) throws -> (province: Province, city: Node, statement: SnapshotStatement) {
        let province = try Province(in: folder, rounds: 1, counties: 2)
        let city = try province.copy(of: "zy", as: "early")
        for round in 1..<4 { try province.play(round) }
        let made = try SnapshotFile.make(province["gs"], for: try province["zy"].settings().node, path: province.path("zy.tkb"), isSealed: false)
        let loaded = try SnapshotFile.load(city, path: province.path("zy.tkb"))
        #expect(loaded.snapshot.summed > 3 && loaded.snapshot.notCompared == [])
        return (province, city, made.statement)
    }

    @Test func aNodeOnASnapshotHasNoFaultAndSaysWhatItLacks() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let (province, city, _) = try SnapshotAuditTests.city(in: folder)
            let report = try HistoryAudit.run(city)
            #expect(report.findings.filter(\.isFault) == [])
            #expect(report.here?.derived == report.replayed?.derived)
            let stretches = try city.ask { try $0.summedStretches() }
            let told = report.findings.filter { $0.code == .summedUp }
            #expect(told.count == stretches.count && !told.isEmpty)
            #expect(told.compactMap { Int($0.fact) }.reduce(0, +) == (try city.store.read { try $0.summedCount() }))
            let holder = try province["gs"].settings().node
            #expect(stretches.allSatisfy { $0.holder == holder })
            #expect(try city.replayFindings() == [] && city.logFindings() == [])
            // Whoever made it keeps the statement, and it is verified with everything else.
            #expect(try HistoryAudit.run(province["gs"]).findings.filter(\.isFault) == [])
        }
    }

    @Test func whatIsChangedBehindASnapshotIsFound() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let (province, city, statement) = try SnapshotAuditTests.city(in: folder)
            let summed = try city.store.read { try $0.summedRefs().sorted() }
            let one = try #require(summed.dropFirst().first).number
            let head = try #require(
                try statement.heads.heads.lazy.compactMap { head -> Int64? in
                    guard !head.feed.partition.isPolicy, head.feed.node != (try? city.settings().node) else { return nil }
                    return try city.store.read { try $0.changesetRef(head.id)?.number }
                }.first)
            // The last 66 bytes are the signature; an empty one has one.
            let whole = try city.store.read { try $0.envelope(ChangesetRef(head)) }
            let unsigned = "x'" + (whole.dropLast(66) + [0x40]).map { [$0].hex }.joined() + "'"
            let said = try #require(try city.store.read { try $0.statements(.snapshot).first }).envelope
            let forged = "x'" + (said.dropLast() + [(said.last ?? 0) ^ 1]).map { [$0].hex }.joined() + "'"
            try city.store.close()
            let cases: [(sql: String, code: AuditFinding.Code)] = [
                // Not among those that came so.
                ("DELETE FROM summed WHERE changeset = \(one)", .wrongSignature),
                ("UPDATE changeset SET envelope = \(unsigned) WHERE ref = \(head)", .wrongSignature),
                // Among them, and nothing stands above it.
                ("UPDATE changeset SET envelope = \(unsigned) WHERE ref = \(head); INSERT INTO summed SELECT \(head), snapshot FROM summed LIMIT 1", .unvouched),
                ("DELETE FROM statement WHERE type = 10", .unvouched),
                ("UPDATE changeset SET body = zeroblob(length(body)) WHERE ref = \(one)", .bodyDiffers),
                ("UPDATE changeset SET envelope = zeroblob(length(envelope)) WHERE ref = \(one)", .envelopeUnreadable),
                ("UPDATE statement SET envelope = \(forged) WHERE type = 10", .statementSignature),
                ("UPDATE statement SET number = number + 1 WHERE type = 10", .rowDiffers),
                ("INSERT INTO summed SELECT \(head), snapshot FROM summed LIMIT 1", .wrongSignature),
            ]
            for (index, (sql, code)) in cases.enumerated() {
                let path = province.path("case\(index)")
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: province.path("early") + "/tiaokuai.sqlite", toPath: path + "/tiaokuai.sqlite")
                try DatabaseQueue(path: path + "/tiaokuai.sqlite").writeWithoutTransaction { try $0.execute(sql: sql) }
                let found = try HistoryAudit.run(try Node(opening: path, surroundings: province.surroundings)).findings.filter(\.isFault)
                #expect(found.contains { $0.code == code }, "\(sql): \(found.map(\.code))")
            }
        }
    }

    /// The signatures of what was summed up may come after an audit: they are no change of the past, and are verified for themselves.
    @Test func anAuditGoesOnAfterSignaturesHaveCome() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let (province, city, _) = try SnapshotAuditTests.city(in: folder)
            let options = HistoryAudit.Options(resume: province.path("audit.state"))
            let before = try HistoryAudit.run(city, options: options)
            let whole = province.path("whole.tkb")
            _ = try BundleFile.export(province["gs"], to: try city.settings().node, path: whole, known: Heads([]), isSealed: false)
            _ = try BundleFile.import(city, path: whole)
            #expect(try city.store.read { try $0.summedCount() } == 0)
            for _ in 0..<2 {
                let after = try HistoryAudit.run(city, options: options)
                #expect(after.findings.filter(\.isFault) == [])
                #expect(after.resumed >= before.changesets)
                #expect(after.operations == (try HistoryAudit.run(city).operations))
            }
        }
    }

    @Test func aSignatureThatCameMeanwhileAndIsFalseIsFoundByTheAuditThatGoesOn() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let (province, city, _) = try SnapshotAuditTests.city(in: folder)
            let options = HistoryAudit.Options(resume: province.path("audit.state"))
            _ = try HistoryAudit.run(city, options: options)
            // A row that calls itself signed, and is as it was: its digest is that of its bytes.
            let one = try #require(try city.store.read { try $0.summedRefs().min() }).number
            try city.store.close()
            try DatabaseQueue(path: province.path("early") + "/tiaokuai.sqlite").write { try $0.execute(sql: "DELETE FROM summed WHERE changeset = \(one)") }
            let found = try HistoryAudit.run(try Node(opening: province.path("early"), surroundings: province.surroundings), options: options)
            #expect(found.resumed > 0)
            #expect(found.findings.filter(\.isFault).map(\.code) == [.wrongSignature])
        }
    }
}
