import Foundation
import TestKit
import Testing

/// `drop` as a process: folders that something else carries across.
@Suite struct DropCommandTests {
    @Test func twoNodesExchangeThroughFoldersAndRejectsLieBesideTheirReasons() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            for name in ["up", "down"] { try FileManager.default.createDirectory(atPath: tool.path(name), withIntermediateDirectories: true) }
            let sent = try tool.do("gt", "drop", "--out", tool.path("up"), "--to", "gs", "--as", "li")
            let written = try #require(sent["written"] as? [[String: Any]])
            #expect(written.count == 1 && (written[0]["changesets"] as? Int ?? 0) > 0)
            try Data("junk".utf8).write(to: folder.appendingPathComponent("up/说明.txt"))
            symlink("/etc/hostname", tool.path("up/link.tkb"))

            let taken = try tool.attempt("gs", ["drop", "--in", tool.path("up"), "--out", tool.path("down"), "--to", "gt", "--settle", "1s", "--as", "wang"])
            #expect(taken.status == 65)
            let items = try #require(try taken.json["items"] as? [[String: Any]])
            #expect(items.map { $0["fate"] as? String } == ["taken", "rejected", "rejected"])
            #expect(try taken.error?.code == "notAFile")
            for name in ["说明.txt", "link.tkb"] {
                let text = try String(contentsOfFile: tool.path("up/rejected/\(name).reason.txt"), encoding: .utf8)
                #expect(text.contains("下一步:") && text.contains("Next: "))
                let reason = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("up/rejected/\(name).reason.json"))) as? [String: Any]
                #expect((reason?["error"] as? [String: Any])?["code"] as? String == (name == "link.tkb" ? "notAFile" : "notABundle"))
            }
            let rows = try #require(try tool.do("gs", "bundle", "list")["rows"] as? [[String: Any]])
            #expect(rows.prefix(2).map { $0["carrier"] as? String } == ["drop", "drop"] && rows[1]["person"] as? String == "wang")

            try tool.do("gt", "drop", "--in", tool.path("down"), "--out", tool.path("up"), "--to", "gs", "--settle", "1s")
            try tool.expectEqualDigests("gs", "gt")
            #expect((try tool.do("gt", "bundle", "list", "--unacknowledged")["rows"] as? [Any])?.isEmpty == true)
            #expect((try tool.do("gt", "drop", "--out", tool.path("up"), "--to", "gs")["written"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func aWatchedFolderIsOneProcesssAndEndsOnASignal() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try FileManager.default.createDirectory(atPath: tool.path("in"), withIntermediateDirectories: true)
            let watcher = try Child([
                Tool.binary.path, "drop", "--dir", tool.path("gs"), "--in", tool.path("in"), "--watch", "--every", "1s", "--settle", "1s", "--json",
            ])
            func expect(_ what: String, _ isTrue: () throws -> Bool) throws {
                let end = Date().addingTimeInterval(60)
                while try !isTrue() {
                    try #require(Date() < end, "\(what)")
                    usleep(50_000)
                }
            }
            try expect("the folders are there") { FileManager.default.fileExists(atPath: tool.path("in/rejected")) }
            #expect(try tool.attempt("gs", ["drop", "--in", tool.path("in")]).status == 75)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("in/a.tkb"))
            try expect("it is taken") { FileManager.default.fileExists(atPath: tool.path("in/taken/a.tkb")) }
            watcher.signal(SIGTERM)
            #expect(watcher.wait(within: 60) == 128 + SIGTERM)
            #expect(try tool.isHealthy("gs"))
        }
    }

    /// As somebody who is not root, for whom permissions count.
    @Test func aFileThatMayNotBeReadIsWaitedForAndThenMovedAside() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try FileManager.default.createDirectory(atPath: tool.path("in"), withIntermediateDirectories: true)
            try Data("secret".utf8).write(to: folder.appendingPathComponent("in/locked.tkb"))
            let change = try Child.run([
                "/usr/bin/env", "sh", "-c", "chown -R 65534 \"$0\" && chown 0 \"$0/in/locked.tkb\" && chmod 000 \"$0/in/locked.tkb\"", folder.path,
            ])
            let other = ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"]
            guard change.status == 0, FileManager.default.isExecutableFile(atPath: other[0]) else {
                print("note: skipped, nobody else can be played here")
                return
            }
            let drop = ["drop", "--in", tool.path("in"), "--settle", "1s"]
            let early = try tool.attempt("gs", drop, wrapper: other)
            let items = try #require(try early.json["items"] as? [[String: Any]], "\(early.err)")
            #expect(early.status == 0 && items.first?["fate"] as? String == "arriving", "\(early.out) \(early.err)")
            let late = try tool.attempt("gs", drop + ["--patience", "0s"], wrapper: other)
            #expect(try late.error?.code == "fileUnreadable", "\(late.out) \(late.err)")
            #expect(late.status == 66)
            #expect(FileManager.default.fileExists(atPath: tool.path("in/rejected/locked.tkb")))
        }
    }

    @Test func wrongWritingIsToldBeforeAnythingIsDone() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            for wrong in [[], ["--in", "x", "--to", "gt"], ["--out", "x"], ["--in", "x", "--every", "0s"], ["--in", "x", "--settle", "soon"], ["--in", "x", "--max-size", "0"]] {
                #expect(try tool.attempt("gs", ["drop"] + wrong).status == 64, "\(wrong)")
            }
            #expect(try tool.attempt("gs", ["drop", "--in", tool.path("none")]).status == 66)
            #expect(try tool.attempt("gs", ["drop", "--out", tool.path("none"), "--to", "gt"]).status == 73)
            #expect(try tool.attempt("gs", ["drop", "--out", folder.path, "--to", "nobody"]).status == 66)
        }
    }
}
