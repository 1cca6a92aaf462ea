import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode

@Suite struct ResumeTests {
    @Test func anAuditThatWasBrokenOffGoesOn() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 3, counties: 1)
            let state = province.path("audit.state")
            var options = HistoryAudit.Options(resume: state)
            options.limit = 1
            options.batchRows = 4
            let broken = try HistoryAudit.run(province["zy"], options: options)
            #expect(broken.here == nil)
            options.limit = nil
            let whole = try HistoryAudit.run(province["zy"], options: options)
            #expect(whole.resumed > 0)
            #expect(whole.resumed < whole.changesets)
            let anew = try HistoryAudit.run(province["zy"])
            #expect(whole.findings == anew.findings)
            #expect(whole.operations == anew.operations)
            #expect(whole.replayed?.derived == anew.replayed?.derived)
            // Later only what is new is verified.
            try province.play(4)
            let later = try HistoryAudit.run(province["zy"], options: options)
            #expect(later.resumed == whole.changesets)
            #expect(later.changesets > whole.changesets)
            #expect(later.findings.filter(\.isFault) == [])
        }
    }

    @Test func aPastThatWasChangedMeanwhileIsNoticed() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let options = HistoryAudit.Options(resume: province.path("audit.state"))
            let node = try province.copy(of: "zy", as: "copy")
            _ = try HistoryAudit.run(node, options: options)
            try DatabaseQueue(path: province.path("copy") + "/tiaokuai.sqlite").write { db in
                try db.execute(sql: "UPDATE changeset SET envelope = zeroblob(length(envelope)) WHERE ref = 3")
            }
            let found = try HistoryAudit.run(node, options: options)
            let codes = Set(found.findings.filter(\.isFault).map(\.code))
            #expect(codes.isSuperset(of: [.pastChanged, .bytesDiffer, .envelopeUnreadable]))
            #expect(found.resumed == 0)
        }
    }

    @Test func whatNoAuditWroteIsLeftAsItIs() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let report = province.path("report.json")
            try "{}".write(toFile: report, atomically: true, encoding: .utf8)
            // A node's folder that has the name of a replay.
            let node = try province.copy(of: "zy", as: "copy.replay")
            try "key".write(toFile: province.path("copy.replay") + "/signing.key", atomically: true, encoding: .utf8)
            for path in [report, province.path("copy")] {
                #expect { try HistoryAudit.run(province["zy"], options: .init(resume: path)) } throws: { ($0 as? AuditError)?.code == .notAState }
            }
            #expect(try String(contentsOfFile: report, encoding: .utf8) == "{}")
            #expect(try node.store.read { try $0.leafCount() } > 1)
            #expect(FileManager.default.fileExists(atPath: province.path("copy.replay") + "/signing.key"))
        }
    }

    @Test func aStateOfAnotherNodeIsNotBelieved() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let options = HistoryAudit.Options(resume: province.path("audit.state"))
            _ = try HistoryAudit.run(province["zy"], options: options)
            let kept = try DurableFile.read(options.resume ?? "", limit: 1 << 20)
            #expect { try HistoryAudit.run(province["gs"], options: options) } throws: { ($0 as? AuditError)?.code == .stateOfAnother }
            #expect(try DurableFile.read(options.resume ?? "", limit: 1 << 20) == kept)
        }
    }
}
