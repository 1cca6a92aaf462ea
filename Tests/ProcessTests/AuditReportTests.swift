import Foundation
import TestKit
import Testing

/// The report on paper, as a command: files, bytes, PDF, and what is not overwritten.
@Suite struct AuditReportTests {
    private func province(_ folder: URL) throws -> Tool {
        let tool = try Tool.provinceAndCounty(folder)
        try tool.do("gt", "publish", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
        try tool.carry("gt", "gs", now: "2020-08-20")
        return tool
    }

    private func bytes(_ tool: Tool, _ folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: tool.path(folder))
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: tool.path(folder + "/" + $0)))) })
    }

    private func file(_ tool: Tool, _ name: String) throws -> String { String(decoding: try Data(contentsOf: URL(fileURLWithPath: tool.path(name))), as: UTF8.self) }

    @Test func theSameHistoryGivesTheSameBytesOnAnyDayInAnyPlaceOfTheWorld() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            // The same history in a folder of its own, in which nothing is written: who asked at one is in the log of neither.
            try FileManager.default.copyItem(atPath: tool.path("gs"), toPath: tool.path("copy"))
            func report(_ node: String, _ out: String, on day: String, _ environment: [String: String] = [:]) throws {
                let made = try tool.run(["audit", "report", "--dir", node, "--lang", "zh", "--json", "--now", day, "--out", tool.path(out)], environment: environment)
                #expect(made.status == 0, "\(made.out) \(made.err)")
            }
            try report("gs", "one", on: "2020-09-01")
            // Another process, day, time zone and locale.
            try report("copy", "two", on: "2021-06-01", ["TZ": "America/New_York", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"])
            // That the first was noted changes nothing.
            try report("gs", "three", on: "2020-09-01")
            let (one, two) = (try bytes(tool, "one"), try bytes(tool, "two"))
            #expect(Set(one.keys) == ["report.html", "report.json", "disputes.svg", "reporting.svg", "arrivals.svg"])
            #expect(one == two)
            let three = try bytes(tool, "three")
            #expect(one == three)
            let html = try file(tool, "one/report.html")
            for word in ["以条为主", "【示例数据】", "电话校验码", "2020年8月20日", "14.2 天", "高台县"] { #expect(html.contains(word), "\(word)") }
            // As text and JSON on the screen too, where the copy says only that it could not note it.
            func printed(_ day: String, _ options: [String]) throws -> String {
                let made = try tool.run(["audit", "report", "--dir", "copy", "--lang", "zh", "--now", day] + options)
                #expect(made.status == 0, "\(made.err)")
                return made.out
            }
            for options in [[], ["--json"]] {
                let (early, late) = (try printed("2020-09-01", options), try printed("2026-06-01", options))
                #expect(early == late && early.contains("2020-08-20"))
            }
            let readings = try #require(try tool.do("gs", "audit", "readings", now: "2020-12-02")["rows"] as? [[String: Any]])
            #expect(readings.count { ($0["question"] as? String)?.hasPrefix("audit report") == true } == 2)
        }
    }

    @Test func whoeverHoldsTheSameHistoryHasTheFirstPartTheSame() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            for node in ["gs", "gt"] {
                let made = try tool.run(["audit", "report", "--dir", node, "--place", "620724", "--to", "2020-08-31", "--lang", "en", "--html", tool.path("\(node).html"), "--now", "2020-09-01"])
                #expect(made.status == 0, "\(made.err)")
            }
            func parts(_ name: String) throws -> [String] {
                let page = try file(tool, name).components(separatedBy: "<section id=\"history\">").last ?? ""
                return page.components(separatedBy: "<section id=\"node\">")
            }
            let (above, below) = (try parts("gs.html"), try parts("gt.html"))
            #expect(above.count == 2 && above[0].count > 2_000)
            #expect(above[0] == below[0])
            #expect(above[1] != below[1])
        }
    }

    @Test func nothingIsOverwrittenUnlessAskedFor() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            let command = ["audit", "report", "--dir", "gs", "--json", "--now", "2020-09-01", "--html", tool.path("r.html")]
            func states(_ outcome: Outcome) throws -> [String] { (try outcome.json["files"] as? [[String: Any]] ?? []).compactMap { $0["state"] as? String } }
            #expect(try states(tool.run(command)) == ["written"])
            #expect(try states(tool.run(command)) == ["unchanged"])
            let another = try tool.run(command + ["--from", "2020-08-01"])
            #expect(another.status == 73)
            #expect(try another.error?.code == "fileExists")
            #expect(try states(tool.run(command + ["--from", "2020-08-01", "--replace"])) == ["replaced"])
            let folderThere = try tool.run(["audit", "report", "--dir", "gs", "--json", "--now", "2020-09-01", "--html", tool.path("gs"), "--replace"])
            #expect(try folderThere.error?.code == "fileExists")
        }
    }

    @Test func wrongOptionsAreNamedBeforeAnythingIsWritten() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            let wrong: [[String]] = [
                ["--pdf"], ["--replace"], ["--html", "a", "--out", "b"], ["--term", "367"], ["--to", "2020-08-01", "--as-of", "2020-08-01"], ["--html", ""],
                ["--from", "2020-09-01", "--to", "2020-08-01"], ["--html", "a", "--pdf", "--pdf-seconds", "0"],
            ]
            for options in wrong {
                let outcome = try tool.run(["audit", "report", "--dir", "gs", "--now", "2020-09-01"] + options)
                #expect(outcome.status == 64, "\(options): \(outcome.err)")
            }
            let browser = try tool.run(["audit", "report", "--dir", "gs", "--now", "2020-09-01", "--json", "--html", tool.path("x.html"), "--pdf"], environment: ["PATH": "/nowhere"])
            #expect(browser.status == 78)
            #expect(try browser.error?.code == "noBrowser")
            let day = try tool.run(["audit", "report", "--dir", "gs", "--now", "2020-09-01", "--json", "--from", "2020-02-30"])
            #expect(try day.error?.code == "malformedDay")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".html") || $0 == "b" }.isEmpty)
        }
    }

    /// A browser that never ends, and one that makes something else, are ended and told; the page stays.
    @Test func aBrowserThatFailsLeavesThePage() throws {
        try withTemporaryFolder { folder in
            let tool = try province(folder)
            for (name, text, code) in [("sleeps", "sleep 60", "browserTooSlow"), ("fails", "echo no display >&2; exit 3", "browserFailed")] {
                let browser = tool.path(name)
                try "#!/bin/sh\n\(text)\n".write(toFile: browser, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: browser)
                let command = ["audit", "report", "--dir", "gs", "--now", "2020-09-01", "--json", "--html", tool.path("\(name).html"), "--pdf", "--browser", browser, "--pdf-seconds", "1"]
                let began = Date()
                let outcome = try tool.run(command, environment: ["TMPDIR": folder.path])
                #expect(outcome.status == 73 && Date().timeIntervalSince(began) < 30)
                #expect(try outcome.error?.code == code)
                #expect(FileManager.default.fileExists(atPath: tool.path("\(name).html")))
                #expect(!FileManager.default.fileExists(atPath: tool.path("\(name).pdf")))
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("tiaokuai-report-") }
            #expect(left.isEmpty, "\(left)")
        }
    }
}
