import Foundation
import TestKit
import Testing
import TiaokuaiWording

/// What the command line promises whatever the command: help, statuses, languages, JSON.
@Suite struct CommandLineTests {
    /// Every command in the tree, as its words.
    private func commands(_ tree: [String: Any], _ path: [String] = []) -> [(words: [String], command: [String: Any])] {
        let name = tree["commandName"] as? String ?? ""
        let words = path.isEmpty && name == "tiaokuai" ? [] : path + [name]
        let below = (tree["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
        return [(words, tree)] + below.flatMap { commands($0, words) }
    }

    @Test func theHelpOfEveryCommandHasAnExample() throws {
        try withTemporaryFolder { folder in
            let dump = try Tool(folder: folder).run(["--experimental-dump-help"])
            let root = try #require(try dump.json["command"] as? [String: Any])
            let all = commands(root)
            #expect(all.count >= 55)
            for (words, command) in all {
                let name = words.joined(separator: " ")
                #expect((command["abstract"] as? String)?.isEmpty == false, "\(name) says nothing")
                let discussion = command["discussion"] as? String ?? ""
                #expect(discussion.contains("示例:\n  tiaokuai "), "\(name) has no example")
                if !words.isEmpty { #expect(discussion.contains("tiaokuai \(words.prefix(1).joined())"), "\(name) shows another command's example") }
            }
        }
    }

    @Test func theExamplesOfHelpAreCommandsThatExist() throws {
        try withTemporaryFolder { folder in
            let root = try #require(try Tool(folder: folder).run(["--experimental-dump-help"]).json["command"] as? [String: Any])
            let all = commands(root)
            let known = Set(all.map { $0.words.joined(separator: " ") })
            var examples = 0
            for (_, command) in all {
                for line in (command["discussion"] as? String ?? "").split(separator: "\n") where line.hasPrefix("  tiaokuai ") {
                    examples += 1
                    let words = line.split(separator: " ").dropFirst().map(String.init)
                    let one = words.first ?? ""
                    #expect(known.contains(one) || known.contains(words.prefix(2).joined(separator: " ")), "\(line)")
                }
            }
            #expect(examples >= all.count)
        }
    }

    @Test func helpListsEveryExitStatusAndSpeaksBothLanguages() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            let help = try tool.run(["--help"]).out
            for status in CommandStatus.allCases { #expect(help.contains("\(status.rawValue)  \(status.words.zh)"), "\(status)") }
            #expect(try tool.run(["--help"], environment: ["LC_ALL": "en_US.UTF-8"]).out.contains("not permitted"))
            #expect(try tool.run(["bundle", "--help"], environment: ["LANG": "C.UTF-8"]).out.contains("数据包"))
        }
    }

    @Test func withoutNodeOrArgumentsItSaysWhatToDoFirst() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            let alone = try tool.run([])
            #expect(alone.status == 0)
            #expect(alone.out.contains("tiaokuai node init"))
            let status = try tool.run(["status"])
            #expect(status.status == 66)
            #expect(status.err.contains("TIAOKUAI_DIR"))
            #expect(status.err.contains("下一步:"))
            #expect(try tool.run(["status"], environment: ["LC_ALL": "en_US.UTF-8"]).err.contains("Next: "))
        }
    }

    @Test(arguments: [
        (["nosuch"], 64, "usage"), (["status", "--nosuch"], 64, "usage"), (["report"], 64, "usage"), (["status", "--dir", "nowhere"], 66, "folderMissing"),
        (["status"], 66, "noFolder"), (["bundle", "inspect", "nofile"], 66, "fileUnreadable"),
        (["node", "init", "--dir", "x", "--region", "999999", "--name", "x"], 65, "unknownRegion"), (["node", "init", "--dir", "x", "--region", "620724"], 64, "missingReason"),
        (["node", "init", "--dir", "x", "--region", "620724", "--name", "x", "--now", "2020-01-01"], 78, "rehearsalOnly"),
        (["node", "init", "--dir", "x", "--rehearsal", "--region", "620724", "--name", "x", "--now", "yesterday"], 64, "wrongInstant"),
        (["node", "restore", "nowhere", "--dir", "x"], 66, "folderMissing"),
    ])
    func everyErrorIsOneObjectWithCodeBothSentencesAndStatus(arguments: [String], status: Int, code: String) throws {
        try withTemporaryFolder { folder in
            let outcome = try Tool(folder: folder).run(arguments + ["--json"])
            #expect(Int(outcome.status) == status, "\(outcome.out) \(outcome.err)")
            let error = try #require(try outcome.error)
            #expect(error.code == code)
            #expect(!error.zh.isEmpty)
            #expect(!error.en.isEmpty)
            #expect(error.zh != error.en)
        }
    }

    @Test func theClockCanBeSetOnlyInARehearsal() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            #expect(try tool.run(["node", "init", "--dir", "real", "--root", "--region", "620000", "--name", "gs", "--unit", "620000.gov=省政府"]).status == 0)
            let outcome = try tool.run(["status", "--dir", "real", "--now", "2020-01-01", "--json"])
            #expect(outcome.status == 78)
            #expect(try outcome.error?.code == "rehearsalOnly")
            #expect(try tool.run(["list", "unit", "--dir", "real"]).out.contains("省政府"))
        }
    }

    @Test func theFolderComesFromTheEnvironmentToo() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.run(["node", "init", "--dir", "one", "--root", "--region", "620000", "--name", "gs"])
            let outcome = try tool.run(["status", "--json"], environment: ["TIAOKUAI_DIR": tool.path("one")])
            #expect(try outcome.json["name"] as? String == "gs")
            #expect(try tool.run([], environment: ["TIAOKUAI_DIR": tool.path("one")]).out.contains("甘肃省"))
        }
    }

    @Test func aNodesFolderIsItsOwnersAlone() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.run(["node", "init", "--dir", "one", "--root", "--region", "620000", "--name", "gs"])
            func mode(_ name: String) throws -> Int? {
                try (FileManager.default.attributesOfItem(atPath: tool.path(name))[.posixPermissions] as? NSNumber)?.intValue
            }
            #expect(try mode("one") == 0o700)
            for key in ["signing.key", "sealing.key"] { #expect(try mode("one/\(key)") == 0o600) }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tool.path("one/signing.key"))
            let doctor = try tool.run(["doctor", "--dir", "one", "--json"])
            #expect(doctor.status == 1)
            #expect(try doctor.error?.code == "checkFailed")
        }
    }
}
