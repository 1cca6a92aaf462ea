import Foundation
import GRDB
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
                // People read it: no code, and a heading in their language.
                let codes = csv.out.split { ",\n\r".contains($0) }.filter { $0.contains(/^"?([a-z]+([A-Z][a-z]+)+|(policy|work)\(.*)$/) }
                #expect(codes.isEmpty, "\(question): \(codes)")
                let english = try tool.run(command + ["--csv", "--lang", "en"])
                let headings = [csv.out, english.out].map { $0.split(whereSeparator: \.isNewline).first.map(String.init) ?? "" }
                #expect(headings[0] != headings[1] && headings[1].dropFirst().allSatisfy(\.isASCII), "\(question): \(headings)")
            }
            let readings = try #require(try tool.do("gs", "audit", "readings", now: "2020-10-01")["rows"] as? [[String: Any]])
            #expect(readings.count == questions.count * 5 + 1)
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

    /// Commands of the audit that answer no question of the list, each with what it needs.
    private func checks(_ tool: Tool, at node: String) throws -> [[String]] {
        let id = try tool.read(node) { try #require(try Data.fetchOne($0, sql: "SELECT id FROM changeset ORDER BY ref DESC LIMIT 1")) }
        let changeset = id.map { String(format: "%02x", $0) }.joined()
        return [
            ["verify", "--dir", node], ["verify", "--dir", node, "--resume", tool.path("\(node).state")], ["prove", changeset, "--dir", node, "--out", tool.path("\(node).tkp")],
            ["compare", node, "gt"], ["log-export", tool.path("\(node).log"), "--dir", node],
        ]
    }

    @Test func verifyingProvingComparingAndPublishingAreNotedToo() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            let commands = try checks(tool, at: "gs")
            for command in commands {
                let outcome = try tool.run(["audit"] + command + ["--json", "--now", "2020-10-01", "--reader", "620000.gov.p1"])
                #expect(outcome.status == 0 && outcome.err == "", "\(command): \(outcome.out) \(outcome.err)")
                #expect(try outcome.json["unrecorded"] == nil)
            }
            // What gt has seen is published: the asking itself is sealed only later.
            try tool.carry("gs", "gt", now: "2020-10-01")
            try tool.do("gs", "audit", "log-export", tool.path("seen.log"), now: "2020-10-01")
            let cosigned = try tool.run(["audit", "cosign", tool.path("seen.log/checkpoint"), "--out", tool.path("note"), "--dir", "gt", "--json", "--now", "2020-10-01"])
            #expect(cosigned.status == 0, "\(cosigned.out) \(cosigned.err)")
            func questions(_ node: String) throws -> [String] {
                let rows = try #require(try tool.do(node, "audit", "readings", now: "2020-10-02")["rows"] as? [[String: Any]])
                return rows.compactMap { $0["question"] as? String }.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
            }
            let asked = try questions("gs")
            #expect(asked.filter { $0 != "audit readings" }.sorted() == ["audit compare", "audit log-export", "audit log-export", "audit prove", "audit verify", "audit verify"])
            // The other side of the comparison was read as well.
            let other = try questions("gt")
            #expect(other.filter { $0 != "audit readings" }.sorted() == ["audit compare", "audit cosign"])
            // Bundles alone: there is no node to note it.
            let network = try #require(try tool.run(["audit", "verify", "--dir", "gs", "--json", "--now", "2020-10-02"]).json["network"] as? String)
            let alone = try tool.run(["audit", "verify", tool.path("stick.tkb"), "--root", network, "--key", tool.path("gt/sealing.key"), "--json"])
            let isNoted = try alone.json["unrecorded"] == nil
            #expect(alone.err == "" && isNoted, "\(alone.err)")
        }
    }

    @Test func aCopiedFolderIsVerifiedAndComparedAndSaysThatItKeptNoNote() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            try FileManager.default.copyItem(atPath: tool.path("gs"), toPath: tool.path("copy"))
            // The others sign a checkpoint, which a copy can't.
            for command in try checks(tool, at: "copy") where ["verify", "compare"].contains(command[0]) {
                let outcome = try tool.run(["audit"] + command + ["--json", "--now", "2020-10-01"])
                #expect(outcome.status == 0 && outcome.err.contains("没能留痕"), "\(command): \(outcome.out) \(outcome.err)")
                #expect(try outcome.json["unrecorded"] as? String == "clonedFolder", "\(command)")
            }
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

    /// A remark that paints, hides, turns round and would look like a line of the answer.
    @Test func whatAValueHoldsIsNoPartOfTheAnswersForm() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let remark = "r\nentry 99, 2020-10-01 09:00 · 620000.gov · value 99\u{1B}[8m\u{202E}"
            try tool.do("gt", "report", AuditAskingTests.grain, "14.2天", "--unit", "620724.ndrc", "--as", "620724.ndrc.p1", "--remark", remark, now: "2020-08-14")
            try tool.carry("gt", "gs", now: "2020-08-14")
            for command in [["audit", "history", AuditAskingTests.grain], ["show", AuditAskingTests.grain], ["audit", "timeline", "--region", "620724", "--kind", "cell"]] {
                let outcome = try tool.run(command + ["--dir", "gs", "--now", "2020-10-01"])
                #expect(outcome.status == 0 && outcome.out.contains("entry 99"), "\(command): \(outcome.out)")
                // A list cuts what is long.
                if !command.contains("timeline") { #expect(outcome.out.contains("[U+001B]") && outcome.out.contains("[U+202E]"), "\(command): \(outcome.out)") }
                #expect(!outcome.out.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(command)")
                #expect(!outcome.out.split(separator: "\n").contains { $0.hasPrefix("entry 99") }, "\(command)")
            }
        }
    }
}
