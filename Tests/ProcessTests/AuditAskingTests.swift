import Foundation
import TestKit
import Testing

/// The auditor's questions as commands: text in both languages, JSON, CSV, and a note of who asked.
@Suite struct AuditAskingTests {
    private static let grain = "620724/grainReserveDays/2020-08"

    private func province(_ folder: URL) throws -> Tool {
        let tool = try Tool.provinceAndCounty(folder)
        try tool.do("gt", "report", AuditAskingTests.grain, "14.2天", "--unit", "620724.ndrc", "--as", "620724.ndrc.p1", now: "2020-08-14")
        try tool.carry("gt", "gs", now: "2020-08-14")
        try tool.do("gt", "report", AuditAskingTests.grain, "16天", "--unit", "620724.ndrc", "--as", "620724.ndrc.p1", now: "2020-09-05")
        try tool.carry("gt", "gs", now: "2020-09-05")
        return tool
    }

    @Test func everyQuestionAnswersInEachFormAndIsNoted() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            let questions: [[String]] = [
                ["history", AuditAskingTests.grain], ["decided", AuditAskingTests.grain, "value"], ["timeline", "--region", "620724", "--kind", "cell"],
                ["diff", "2020-08-31", "2020-09-30"], ["floors", "620724", "grainReserveDays", "--on", "2020-09-01"], ["ledger"], ["circular"], ["unaware"],
                ["citations"], ["feeds"], ["privacy"], ["unreported"], ["readings"],
            ]
            for question in questions {
                let command = ["audit"] + question + ["--dir", "gs", "--now", "2020-10-01"]
                let (zh, en) = (try tool.run(command), try tool.run(command + ["--lang", "en"]))
                let (json, csv) = (try tool.run(command + ["--json"]), try tool.run(command + ["--csv"]))
                for outcome in [zh, en, json, csv] { #expect(outcome.status == 0 && outcome.err == "", "\(question): \(outcome.err)") }
                #expect(zh.out != en.out && !zh.out.isEmpty, "\(question)")
                #expect(try json.json["unrecorded"] == nil)
                #expect(csv.out.hasPrefix("\u{FEFF}") && csv.out.contains(","), "\(question): \(csv.out.prefix(80))")
            }
            let readings = try #require(try tool.do("gs", "audit", "readings", now: "2020-10-01")["rows"] as? [[String: Any]])
            #expect(readings.count == questions.count * 4 + 1)
            #expect(readings.allSatisfy { ($0["question"] as? String)?.contains("--dir") == false })
        }
    }

    @Test func anyLookingCommandIsAnsweredAsOfADayOrAPosition() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            func value(_ words: String...) throws -> String? {
                let outcome = try tool.run(["audit", "as-of", "--dir", "gs", "--json", "--now", "2020-10-01"] + words)
                #expect(outcome.status == 0, "\(outcome.err)")
                return try outcome.json["value"] as? String
            }
            #expect(try value("2020-08-31", "explain", AuditAskingTests.grain, "value") == "14.2")
            #expect(try value("2020-09-05", "explain", AuditAskingTests.grain, "value") == "16")
            let then = try tool.run(["audit", "as-of", "--dir", "gs", "--now", "2020-10-01", "2020-08-01", "show", AuditAskingTests.grain, "--json"])
            #expect(try then.error?.code == "unknownRecord")
            let beyond = try tool.run(["audit", "as-of", "--dir", "gs", "--json", "--now", "2020-10-01", "9999", "disputes"])
            #expect(try beyond.error?.code == "beyondLog")
            let known = ["audit", "as-of", "--dir", "gs", "--json", "--now", "2020-10-01", "--known-by", "gt"]
            let before = try tool.run(known + ["2020-08-01", "disputes"])
            #expect(try before.error?.code == "noReceipt")
            let after = try tool.run(known + ["2020-08-31", "disputes"])
            #expect(try after.status == 0 && (after.json["then"] as? [String: Any])?["knownBy"] as? String == "gt")
            let writing = try tool.run(["audit", "as-of", "--dir", "gs", "--now", "2020-10-01", "2020-08-31", "report", AuditAskingTests.grain, "17天"])
            #expect(writing.status == 64)
        }
    }

    @Test func aCopiedFolderAnswersAndSaysThatItCouldNotNoteWhoAsked() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            try FileManager.default.copyItem(atPath: tool.path("gs"), toPath: tool.path("copy"))
            let asked = try tool.run(["audit", "feeds", "--dir", "copy", "--json", "--now", "2020-10-01"])
            #expect(asked.status == 0 && asked.err.contains("没能留痕"))
            #expect(try asked.json["unrecorded"] as? String == "clonedFolder")
        }
    }
}
