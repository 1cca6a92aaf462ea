import Foundation
import TestKit
import Testing

/// What a clerk gets wrong with files and sticks: each is told by name, and nothing is lost by it.
@Suite struct StickMishapTests {
    private func fifo(_ path: String) throws { #expect(mkfifo(path, 0o600) == 0) }

    private func isFifo(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    @Test func nothingIsWrittenInThePlaceOfWhatIsNoFileOrIsSomebodys() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            // A pipe stands for a device: whoever may write to /dev may replace what lies there.
            try fifo(tool.path("pipe"))
            #expect(try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", tool.path("pipe")]).error?.code == "notAFile")
            #expect(try tool.attempt("gt", ["enroll", "request", "--out", tool.path("pipe")]).error?.code == "notAFile")
            #expect(isFifo(tool.path("pipe")))
            for command in [["import"], ["inspect"], ["verify"], ["receipt"]] {
                #expect(try tool.attempt("gs", ["bundle"] + command + [tool.path("pipe")]).error?.code == "notAFile", "\(command)")
            }
            let note = Data("会议纪要".utf8)
            try note.write(to: folder.appendingPathComponent("minutes.txt"))
            let request = tool.path("gt.request")
            for command in [
                ["bundle", "export", "--to", "gs"], ["enroll", "request"], ["enroll", "rotate"], ["enroll", "grant", request], ["enroll", "consent", request], ["root", "next"],
            ] {
                let node = command[1] == "grant" || command[0] == "root" ? "gs" : "gt"
                let outcome = try tool.attempt(node, command + ["--out", tool.path("minutes.txt")])
                #expect(try outcome.error?.code == "fileExists" && outcome.status == 73, "\(command): \(outcome.out)")
            }
            #expect(try Data(contentsOf: folder.appendingPathComponent("minutes.txt")) == note)
            // Nor in the place of a key, or of a request that went out: another one of the same name would not be what was read over the phone.
            #expect(try tool.attempt("gt", ["enroll", "request", "--out", tool.path("gt/signing.key")]).error?.code == "fileExists")
            try tool.do("gt", "enroll", "request", "--out", tool.path("again.request"))
            let again = try tool.attempt("gt", ["enroll", "request", "--out", tool.path("again.request")], now: "2020-08-21")
            #expect(try again.error?.code == "fileExists" && again.status == 73)
        }
    }

    @Test func whatWasTakenInIsToldThoughTheReceiptCanNotBeWritten() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb"), "--receipt", tool.path("gone/r.tkb")])
            #expect(outcome.status == 73)
            #expect(try outcome.error?.code == "fileUnwritable")
            #expect(try (outcome.json["accepted"] as? [String])?.isEmpty == false && outcome.json["receipt"] == nil)
        }
    }

    @Test func aReceiverIsNamedOnceAndIsSomebodyElse() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            #expect(try tool.attempt("gt", ["bundle", "export", "--to", "gt", "--out", tool.path("x.tkb")]).error?.code == "toItself")
            #expect(try tool.attempt("gt", ["drop", "--out", folder.path, "--to", "gt"]).error?.code == "toItself")
            let twice = try tool.do("gt", "bundle", "export", "--to", "gs", "--to", "gs", "--out", tool.path("x.tkb"))
            #expect(twice["receivers"] as? [String] == ["gs"])
        }
    }

    @Test func eachFileThatCanNotBeCheckedIsNamedBesideTheOthers() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let network = try #require(try tool.do("gs", "status")["network"] as? String)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--all", "--out", tool.path("up.tkb"))
            try tool.do("gs", "bundle", "export", "--to", "gt", "--all", "--out", tool.path("down.tkb"))
            try Data().write(to: folder.appendingPathComponent("empty.tkb"))
            let all = ["up.tkb", "down.tkb", "empty.tkb", "gone.tkb"].map { tool.path($0) }
            let found = try tool.attempt("gs", ["bundle", "verify"] + all)
            #expect(found.status == 1)
            let unread = try #require(try found.json["unread"] as? [[String: Any]])
            #expect(unread.map { $0["file"] as? String } == Array(all.dropFirst()))
            #expect(unread.map { ($0["error"] as? [String: Any])?["code"] as? String } == ["notForTheseKeys", "notABundle", "fileUnreadable"])
            #expect(try (found.json["files"] as? [[String: Any]])?.count == 1 && found.json["faults"] as? Int == 3)
            for language in ["zh", "en"] {
                let text = try tool.run(["bundle", "verify", "--dir", "gs", "--lang", language] + all)
                #expect(all.allSatisfy { text.out.contains($0) } && !text.out.contains("bundle receipt"))
            }
            // One alone is an error of its own.
            #expect(try tool.attempt("gs", ["bundle", "verify", tool.path("empty.tkb")]).error?.code == "notABundle")
            #expect(try tool.attempt("gs", ["bundle", "verify", "--key", tool.path("gs/signing.key"), tool.path("up.tkb")]).error?.code == "otherPurpose")
            #expect(try tool.run(["bundle", "verify", "--root", network, "--key", tool.path("gs/sealing.key"), tool.path("up.tkb")]).status == 0)
            #expect(try tool.run(["bundle", "verify", "--json", "--dir", "nowhere", tool.path("up.tkb")]).error?.code == "folderMissing")
        }
    }

    @Test func aCommandThatIsWrittenWronglyIsToldInBothLanguages() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            for (command, zh, en) in [
                (["bundle", "verify", "x.tkb"], "用 --root 写", "with --root"), (["bundle", "verify", "--root", "12", "x.tkb"], "64 位", "64 hexadecimal"),
                (["bundle", "list", "--limit", "0"], "--limit 至少为 1", "at least 1"), (["drop", "--every", "0s", "--in", "."], "--every", "at least 1s"),
            ] {
                let outcome = try tool.run(command + ["--json"])
                let error = try #require(try outcome.error)
                #expect(outcome.status == 64 && error.code == "usage")
                #expect(error.zh.contains(zh) && !error.zh.contains("原文") && error.en.contains(en), "\(command): \(error)")
            }
        }
    }

    @Test func aSlipIsOfAFileThatCameAndItsCodeIsReadHoweverItIsTyped() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            #expect(try tool.attempt("gs", ["bundle", "receipt", tool.path("up.tkb")]).error?.code == "neverTakenIn")
            try tool.do("gs", "bundle", "import", tool.path("up.tkb"))
            let slip = try tool.do("gs", "bundle", "receipt", tool.path("up.tkb"))
            #expect(slip["fromRegion"] as? String == "高台县" && slip["receiverRegion"] as? String == "甘肃省")
            let code = try #require(slip["code"] as? String)
            // As an input method for Chinese writes it.
            let fullWidth = String(String.UnicodeScalarView(code.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
            for typed in [code.uppercased(), fullWidth, code.replacing("-", with: " "), code.replacing("-", with: "—")] {
                #expect(try tool.do("gt", "bundle", "confirm", typed, "--dry-run")["meaning"] as? String == "received", "\(typed)")
            }
        }
    }
}
