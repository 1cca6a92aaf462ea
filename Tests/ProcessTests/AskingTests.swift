import Foundation
import TestKit
import Testing

/// The passphrase typed at a terminal: a pseudo-terminal of the test's own, on which the test is the person.
@Suite struct AskingTests {
    private struct Screen {
        let outcome: Outcome
        /// Everything that was shown on the terminal.
        let shown: String
    }

    /// Runs a command at a terminal; `typed` goes in line by line, each after another prompt came.
    private func run(_ tool: Tool, _ arguments: [String], typing typed: [String]) throws -> Screen {
        let person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (unlocked, number): (Int32, Int32) = (0, 0)
        // What unlockpt and ptsname do, which Swift doesn't see.
        try #require(person >= 0 && ioctl(person, 0x4004_5431, &unlocked) == 0 && ioctl(person, 0x8004_5430, &number) == 0)
        defer { close(person) }
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(terminal >= 0)
        let out = tool.folder.appendingPathComponent("asked.out")
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        let seat = FileHandle(fileDescriptor: terminal)
        let child = try Child(
            [Tool.binary.path] + arguments, in: tool.folder,
            environment: ["PATH": "/usr/bin:/bin", "LANG": "zh_CN.UTF-8", "LLVM_PROFILE_FILE": tool.folder.path + "/asked.%p.profraw"], input: seat,
            output: try FileHandle(forWritingTo: out), error: seat)
        close(terminal)
        var shown: [UInt8] = []
        var rest = typed[...]
        var prompts = 0
        var piece = [UInt8](repeating: 0, count: 4_096)
        let end = Date().addingTimeInterval(120)
        while Date() < end {
            var waiting = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 1_000) > 0 else { continue }
            let count = read(person, &piece, piece.count)
            // The other end is closed: the process has ended.
            guard count > 0 else { break }
            shown += piece[..<count]
            let seen = String(decoding: shown, as: UTF8.self).components(separatedBy: ":").count - 1
            if seen > prompts, let line = rest.popFirst() {
                prompts = seen
                let bytes = Array(line.utf8)
                #expect(write(person, bytes, bytes.count) == bytes.count)
            }
        }
        let status = child.wait(within: 10)
        let text = String(decoding: shown, as: UTF8.self)
        return Screen(outcome: Outcome(status: status, out: String(decoding: try Data(contentsOf: out), as: UTF8.self), err: text), shown: text)
    }

    @Test func aPassphraseIsAskedForAndNeverShown() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.run(["node", "init", "--dir", "gs", "--root", "--region", "620000", "--name", "gs"])
            let lock = ["node", "lock", "--dir", "gs", "--json"]
            let differ = try run(tool, lock, typing: ["一句长口令二〇二〇\n", "一句长口令二〇二一\n"])
            #expect(try differ.outcome.status == 64 && differ.outcome.error?.code == "passphrasesDiffer")
            let short = try run(tool, lock, typing: ["短\n"])
            #expect(try short.outcome.status == 64 && short.outcome.error?.code == "passphraseShort")
            // Backspace takes one character of however many bytes; Ctrl-U takes all.
            let locked = try run(tool, lock, typing: ["wrong\u{15}一句长口令二〇二错\u{7f}〇\n", "一句长口令二〇二〇\n"])
            #expect(locked.outcome.status == 0, "\(locked.outcome.out) \(locked.shown)")
            #expect(locked.shown.contains("新口令") && locked.shown.contains("再输一次") && !locked.shown.contains("长口令"))

            let checkpoint = ["log", "checkpoint", "--dir", "gs", "--out", tool.path("point"), "--json"]
            let wrong = try run(tool, checkpoint, typing: ["一句长口令二〇二一\n"])
            #expect(try wrong.outcome.status == 77 && wrong.outcome.error?.code == "wrongPassphrase")
            let right = try run(tool, checkpoint, typing: ["一句长口令二〇二〇\n"])
            #expect(right.outcome.status == 0, "\(right.outcome.out)")
            #expect(right.shown.contains("signing.key 的口令") && !right.shown.contains("长口令"))
            // What needs no key asks for nothing.
            #expect(try run(tool, ["status", "--dir", "gs", "--json"], typing: []).shown == "")
        }
    }

    @Test func whoGivesUpEndsTheCommandAndNothingIsChanged() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.run(["node", "init", "--dir", "gs", "--root", "--region", "620000", "--name", "gs"])
            let lock = ["node", "lock", "--dir", "gs", "--json"]
            #expect(try run(tool, lock, typing: ["half\u{3}"]).outcome.status == 130)
            let ended = try run(tool, lock, typing: ["\u{4}"]).outcome
            #expect(try ended.status == 64 && ended.error?.code == "noNewPassphrase")
            #expect(try tool.run(["node", "keys", "--dir", "gs", "--json"]).json["state"] as? String == "open")
        }
    }
}
