import Foundation
import TestKit
import Testing

/// Commands that answer about what was: disputes and how they ended, bounds on a day, what is kept, the audit's report; and
/// what a command line may look like.
@Suite struct QuestionTests {
    private func isWhole(_ sentence: String, chinese: Bool) -> Bool {
        let hasChinese = sentence.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        return hasChinese == chinese && !sentence.contains("—") && !sentence.contains("{")
    }

    @Test func optionsStandBeforeTheCommandAsWellAsBehindIt() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.run(["node", "init", "--dir", "one", "--root", "--region", "620000", "--name", "gs"])
            let behind = try tool.run(["status", "--dir", "one", "--json", "--lang", "en"])
            for order in [["--dir", "one", "--json", "--lang", "en", "status"], ["--dir=one", "--json", "--lang=en", "status"], ["--json", "--lang", "en", "status", "--dir", "one"]] {
                let before = try tool.run(order)
                #expect(before.status == 0, "\(order) \(before.err)")
                #expect(before.out == behind.out)
            }
            #expect(try tool.run(["--dir", "one", "config", "set", "unit", "620000.gov"]).status == 0)
            // A wrong option is still wrong, and the sentence names the command whose help to see.
            let wrong = try tool.run(["--dir", "one", "log", "verify", "--nosuch"])
            #expect(wrong.status == 64)
            #expect(wrong.err.contains("没有选项 --nosuch"))
            #expect(wrong.err.contains("tiaokuai log verify --help"))
        }
    }

    @Test func helpSpeaksOneLanguageAndItsExamplesAreNotBroken() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            let root = try #require(try tool.run(["--experimental-dump-help"]).json["command"] as? [String: Any])
            var screens = 0
            func visit(_ command: [String: Any], _ path: [String]) throws {
                let zh = try tool.run(path + ["--help"]).out
                screens += 1
                for word in ["OVERVIEW", "USAGE", "OPTIONS:", "ARGUMENTS:", "SUBCOMMANDS", "Show help", "(default"] { #expect(!zh.contains(word), "\(path) \(word)") }
                for line in (command["discussion"] as? String ?? "").split(separator: "\n") where line.hasPrefix("  tiaokuai ") {
                    #expect(zh.contains(line), "\(path): broken over two lines: \(line)")
                }
                for below in command["subcommands"] as? [[String: Any]] ?? [] {
                    guard let name = below["commandName"] as? String, name != "help" else { continue }
                    try visit(below, path + [name])
                }
            }
            try visit(root, [])
            #expect(screens >= 60)
        }
    }

    @Test func aDamagedBundleIsDescribedInEachLanguageWholly() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--unsealed", "--out", tool.path("up.tkb"))
            try tool.alter("up.tkb", as: "cut.tkb") { $0.removeLast($0.count / 2) }
            for arguments in [["bundle", "inspect", tool.path("cut.tkb")], ["bundle", "import", tool.path("cut.tkb")]] {
                for language in ["zh", "en"] {
                    let error = try #require(try tool.attempt("gs", arguments + ["--lang", language]).error)
                    #expect(error.code == "bundleDamaged")
                    #expect(isWhole(error.zh, chinese: true), "\(error.zh)")
                    #expect(isWhole(error.en, chinese: false), "\(error.en)")
                    // Whoever only looks has taken nothing in.
                    #expect(error.en.contains("taken in") == (arguments[1] == "import"))
                }
            }
        }
    }

    @Test func aRequestIsLookedAtBeforeAnythingIsGranted() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            try tool.do("gt", "node", "init", "--rehearsal", "--units", Tool.example("gt/node.yaml"), now: "2020-04-15")
            let asked = try tool.do("gt", "enroll", "request", "--out", tool.path("gt.request"), now: "2020-04-15")
            let before = try tool.do("gs", "status")["records"] as? Int
            // No folder is needed to look.
            let shown = try tool.run(["enroll", "show", tool.path("gt.request"), "--json"]).json
            #expect(shown["digest"] as? String == asked["digest"] as? String)
            #expect(shown["region"] as? String == "620724")
            #expect(shown["regionName"] as? String == "高台县")
            #expect((shown["units"] as? [String])?.count == 26)
            #expect(try tool.run(["enroll", "show", tool.path("gt.request")]).out.contains(try #require(asked["digest"] as? String)))
            #expect(try tool.do("gs", "status")["records"] as? Int == before)
            #expect(try tool.run(["enroll", "show", Tool.example("gt/node.yaml"), "--json"]).error?.code == "notARequest")
        }
    }

    @Test func questionsAboutThePastAreCommandsWithTextAndJSON() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-08-13")
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
            #expect(try tool.carry("gt", "gs").status == 0)
            func rows(_ arguments: [String]) throws -> [[String: Any]] { try #require(try tool.attempt("gs", arguments).json["rows"] as? [[String: Any]]) }
            let bounds = try rows(["bounds", "高台县", "成品粮储备可供应天数", "--on", "2020-05-01"])
            let floor = try #require((bounds.first?["bounds"] as? [[String: Any]])?.first)
            #expect(floor["value"] as? String == "10")
            #expect((floor["source"] as? [String: Any])?["document"] as? String == "甘办发〔2020〕16号")
            #expect((floor["source"] as? [String: Any])?["isSample"] as? Bool == true)
            let kept = try rows(["kept", "--place", "620724"])
            #expect(kept.contains { $0["standing"] as? String == "overruled" && $0["value"] as? String == "15.6" })
            #expect(try rows(["citations", "--place", "620724", "--open"]).map { $0["state"] as? String } == ["pending", "pending"])
            #expect(try rows(["disputes", "--all"]).map { $0["state"] as? String } == ["byRule"])
            let dir = ["--dir", tool.path("gs"), "--now", "2020-08-20"]
            #expect(try tool.run(["bounds", "620724", "grainReserveDays", "--on", "2020-05-01"] + dir).out.contains("示例数据"))
            #expect(try tool.run(["kept"] + dir).out.contains("保留,不采用"))
            #expect(try tool.run(["citations"] + dir).out.contains("原文未到"))
            #expect(try tool.run(["list", "credential"] + dir).out.contains("高台县 620724"))
            let longest = try tool.run(["list", "credential"] + dir).out.split { !$0.isHexDigit }.map(\.count).max()
            #expect(try #require(longest) < 20)
        }
    }

    @Test func theAuditsReportMadeTwiceIsTheSameBytes() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
            #expect(try tool.carry("gt", "gs").status == 0)
            for form in [["--json"], [], ["--lang", "en"]] {
                let arguments = ["audit", "report", "--dir", tool.path("gs"), "--now", "2021-01-15"] + form
                let first = try tool.run(arguments)
                #expect(first.status == 0, "\(first.err)")
                #expect(try tool.run(arguments).out == first.out)
                #expect(first.out.utf8.count > 2_000)
            }
            let english = try tool.run(["audit", "report", "--dir", tool.path("gs"), "--now", "2021-01-15", "--lang", "en"]).out
            #expect(english.contains("Disputes (1)"))
            #expect(english.contains("0 personal field(s)"))
        }
    }

    @Test func headingsOfTheToDoListAreSpacedAsTheirLanguageWants() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let dir = ["--dir", tool.path("gt"), "--now", "2020-08-12"]
            #expect(try tool.run(["todo", "--lang", "en"] + dir).out.contains("\nTargets ("))
            #expect(try tool.run(["todo"] + dir).out.contains("\n目标("))
        }
    }
}
