import Foundation
import TestKit
import Testing

/// A machine cloned with its disk, and a folder restored from a backup: what the people at the city and at the county see.
/// Follows Docs/Operating.md, "A copied folder, a cloned machine, an old image" and "Backup and restore".
@Suite struct CloneTests {
    private static let september = "620724/grainReserveDays/2020-09"
    private static let october = "620724/grainReserveDays/2020-10"

    private func forks(_ tool: Tool, _ node: String) throws -> [[String: Any]] { try tool.do(node, "status")["forks"] as? [[String: Any]] ?? [] }

    private func evidence(_ outcome: Outcome) throws -> [[String: Any]] { try #require(try outcome.json["evidence"] as? [[String: Any]]) }

    private func says(_ tool: Tool, _ arguments: String...) throws -> String {
        try tool.run(arguments + ["--now", "2020-08-20", "--lang", "en"]).out
    }

    @Test func aClonedMachineThatWritesOnBothSidesIsFoundAtFirstContactAndItsUnitEndsIt() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.do("gt", "claim", Self.september, "value=14.2", "--unit", "620724.ndrc")
            try tool.carry("gt", "zy")
            try tool.image("gt", to: "image")
            // Each of the two writes: one a correction of the same figure and October, the other the same figure.
            try tool.do("gt", "claim", Self.september, "value=15", "--unit", "620724.ndrc")
            try tool.do("gt", "claim", Self.october, "value=16", "--unit", "620724.ndrc")
            try tool.carry("gt", "zy")
            try tool.image("gt", to: "other")
            try tool.putBack("image", over: "gt")
            try tool.do("gt", "claim", Self.september, "value=13", "--unit", "620724.ndrc")
            #expect(try forks(tool, "zy").isEmpty)
            try tool.carry("gt", "zy")

            let found = try forks(tool, "zy")
            #expect(found.count == 1 && found[0]["isRepaired"] as? Bool == false && (found[0]["branches"] as? [String])?.count == 2)
            #expect(try says(tool, "status", "--dir", "zy").contains("ALARM: gt"))
            // Both branches are in force: October stands, and in September two machines of one unit differ.
            #expect(try tool.attempt("zy", ["explain", Self.october, "value"]).out.contains("16"))
            let september = try says(tool, "explain", Self.september, "value", "--dir", "zy")
            #expect(september.contains("15") && september.contains("13"))

            // The evidence, for somebody without a node; the two logs of the two machines are evidence of their own.
            let listed = try evidence(try tool.attempt("zy", ["log", "evidence"]))
            let fork = try #require(listed.first { $0["kind"] as? String == "fork" })
            #expect(fork["nodeName"] as? String == "gt")
            #expect((fork["changesets"] as? [String]).map(Set.init) == (found[0]["branches"] as? [String]).map(Set.init))
            let id = try #require(fork["id"] as? String)
            try tool.do("zy", "log", "evidence", id, "--out", tool.path("fork.tke"))
            let checked = try tool.run(["log", "evidence", "--check", tool.path("fork.tke"), "--json"])
            #expect(checked.status == 0)
            #expect(try evidence(checked).first?["id"] as? String == id && evidence(checked).first?["standsAlone"] as? Bool == true)
            #expect(try tool.run(["log", "evidence", "--check", tool.path("fork.tke"), "--lang", "en"]).out.contains("was written twice"))
            try tool.alter("fork.tke", as: "altered.tke") { $0[$0.count - 1] ^= 1 }
            let altered = try tool.run(["log", "evidence", "--check", tool.path("altered.tke"), "--json"])
            #expect(altered.status == 65)
            #expect(try altered.error?.code == "wrongSignature")

            // The unit chooses its figure and owns up; the alarm ends, the evidence says that it did.
            try tool.carry("zy", "gt")
            try tool.do("gt", "claim", Self.september, "value=15", "--unit", "620724.ndrc")
            let repaired = try tool.do("gt", "log", "repair", "--cause", "clonedDisk", "--unit", "620724.gov", "--as", "620724.gov.p1")
            #expect((repaired["branches"] as? [String]).map(Set.init) == (found[0]["branches"] as? [String]).map(Set.init))
            try tool.carry("gt", "zy")
            #expect(try forks(tool, "zy").map { $0["isRepaired"] as? Bool } == [true])
            #expect(try !says(tool, "status", "--dir", "zy").contains("ALARM: gt"))
            #expect(try says(tool, "log", "evidence", "--dir", "zy").contains("The fork's repair is stated"))
            #expect(try tool.attempt("zy", ["explain", Self.september, "value"]).out.contains("15"))
            #expect(try tool.attempt("gt", ["log", "repair", "--cause", "clonedDisk", "--unit", "620724.gov", "--as", "620724.gov.p1"]).status == 66)
        }
    }

    @Test func aRestoredCityIsSeenByTheProvinceAndNeverBecomesEvidence() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.carry("zy", "gs")
            try tool.do("gt", "claim", Self.september, "value=14.2", "--unit", "620724.ndrc")
            try tool.carry("gt", "zy")
            try tool.do("zy", "node", "backup", "--out", tool.path("backup"))
            // The week after.
            try tool.do("gt", "claim", Self.september, "value=15", "--unit", "620724.ndrc", now: "2020-08-25")
            try tool.carry("gt", "zy", now: "2020-08-25")
            try tool.carry("zy", "gt", now: "2020-08-25")
            // The city's machine burns; the newest thing left is the backup.
            try FileManager.default.removeItem(atPath: tool.path("zy"))
            #expect(try tool.run(["node", "restore", tool.path("backup"), "--dir", "zy", "--now", "2020-08-27"]).status == 0)
            for (from, to) in [("zy", "gt"), ("gt", "zy"), ("zy", "gs"), ("gs", "zy")] {
                let outcome = try tool.carry(from, to, now: "2020-08-27")
                #expect(outcome.status == 0, "\(from) → \(to): \(outcome.out)")
            }
            try tool.expectEqualDigests("zy", "gs")
            try tool.expectEqualDigests("gt", "zy")
            #expect(try tool.attempt("gs", ["explain", Self.september, "value"]).out.contains("15"))

            func restored(_ facts: [[String: Any]]?) -> [[String: Any]] { (facts ?? []).filter { $0["code"] as? String == "restored" } }
            let epoch = try #require(try tool.do("zy", "status", now: "2020-08-28")["epoch"] as? String)
            for node in ["gs", "gt"] {
                let status = try tool.do(node, "status", now: "2020-08-28")
                #expect(restored(status["logs"] as? [[String: Any]]).map { $0["epoch"] as? String } == [epoch], "\(node)")
                #expect((status["forks"] as? [Any])?.isEmpty == true)
                let human = try tool.run(["status", "--dir", node, "--now", "2020-08-28", "--lang", "en"]).out
                #expect(human.contains("began a new epoch") && !human.contains("ALARM"))
            }
            // Long after it is in the log and in the audit, and an alarm nowhere.
            let year = "2021-08-28"
            #expect(restored(try tool.do("gs", "status", now: year)["logs"] as? [[String: Any]]).isEmpty)
            let verified = try tool.attempt("gs", ["log", "verify"], now: year)
            #expect(verified.status == 0)
            #expect(restored(try verified.json["logs"] as? [[String: Any]]).count == 1)
            let audit = try tool.do("gs", "audit", "report", now: year)
            #expect(restored((audit["carriage"] as? [String: Any])?["logs"] as? [[String: Any]]).count == 1)
            #expect(try tool.run(["audit", "report", "--dir", "gs", "--now", year, "--lang", "zh"]).out.contains("由备份恢复"))
            #expect(try evidence(try tool.attempt("gs", ["log", "evidence"])).isEmpty)
        }
    }
}
