import Foundation
import GRDB
import TestKit
import Testing

/// Files that commands write where they are told to: never in the place of what lies there, and the same bytes twice are no harm.
@Suite struct OutputFileTests {
    @Test func noCommandWritesOverWhatLiesThere() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.carry("gt", "gs", now: "2020-08-13")
            try tool.carry("gs", "gt")
            // What gt has seen: the asking itself is sealed only later.
            try tool.do("gs", "audit", "log-export", tool.path("published"))
            let id = try tool.read("gs") { try #require(try Data.fetchOne($0, sql: "SELECT id FROM changeset ORDER BY ref DESC LIMIT 1")) }
            let changeset = id.map { String(format: "%02x", $0) }.joined()
            let (minutes, mine) = (tool.path("minutes.txt"), Data("会议纪要".utf8))
            try mine.write(to: URL(fileURLWithPath: minutes))
            let commands: [(node: String, words: [String], option: String)] = [
                ("gs", ["log", "checkpoint"], "--out"), ("gs", ["audit", "prove", changeset], "--out"),
                ("gs", ["audit", "prove", changeset, "--out", tool.path("a.tkp")], "--with-changeset"),
                ("gt", ["audit", "cosign", tool.path("published/checkpoint")], "--out"),
                ("gt", ["report", "template", "--period", "2020-08", "--unit", "县发改局"], "--out"), ("gt", ["bundle", "receipt", tool.path("stick.tkb")], "--html"),
                ("gt", ["enroll", "rotate"], "--out"),
            ]
            let before = Set(try FileManager.default.contentsOfDirectory(atPath: tool.path("gt")))
            for (node, words, option) in commands {
                let refused = try tool.attempt(node, words + [option, minutes])
                #expect(try refused.error?.code == "fileExists" && refused.status == 73, "\(words): \(refused.out) \(refused.err)")
                #expect(try refused.error?.zh.contains(minutes) == true && refused.error?.en.contains(minutes) == true)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: minutes)) == mine)
            // A name that leads nowhere is somebody's, too.
            try FileManager.default.createSymbolicLink(atPath: tool.path("link"), withDestinationPath: tool.path("nowhere"))
            #expect(try tool.attempt("gs", ["log", "checkpoint", "--out", tool.path("link")]).error?.code == "fileExists")
            // A refused rotation has made no keys that would wait for a request that nobody has.
            let after = Set(try FileManager.default.contentsOfDirectory(atPath: tool.path("gt")))
            #expect(after.subtracting(before).filter { $0.contains("key") } == [])
        }
    }

    @Test func theSameBytesAgainAreNoHarm() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gs", "log", "checkpoint", "--out", tool.path("point"))
            let first = try Data(contentsOf: folder.appendingPathComponent("point"))
            try tool.do("gs", "log", "checkpoint", "--out", tool.path("point"))
            try Data().write(to: folder.appendingPathComponent("empty"))
            try tool.do("gs", "log", "checkpoint", "--out", tool.path("empty"))
            #expect(try Data(contentsOf: folder.appendingPathComponent("point")) == first)
            #expect(try Data(contentsOf: folder.appendingPathComponent("empty")) == first)
        }
    }
}
