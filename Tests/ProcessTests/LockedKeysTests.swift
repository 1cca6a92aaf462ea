import Foundation
import TestKit
import Testing

/// Key files under a passphrase, from the commands: Docs/Operating.md, "Keys under a passphrase". Each passphrase tried costs half a second.
@Suite struct LockedKeysTests {
    private static let passphrase = "老地方见,二〇二〇"

    /// A command on a node, with this much in the environment; gives the outcome.
    private func run(_ tool: Tool, _ node: String, _ arguments: String..., passphrase: String? = nil, new: String? = nil) throws -> Outcome {
        var environment: [String: String] = [:]
        environment["TIAOKUAI_PASSPHRASE"] = passphrase
        environment["TIAOKUAI_NEW_PASSPHRASE"] = new
        return try tool.run(arguments + ["--dir", node, "--json", "--now", "2020-08-20"], environment: environment)
    }

    private func expect(_ outcome: Outcome, _ status: Int32, _ code: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.status == status, "\(outcome.out) \(outcome.err)", sourceLocation: sourceLocation)
        if let code { #expect(try outcome.error?.code == code, sourceLocation: sourceLocation) }
    }

    private func state(_ tool: Tool, _ node: String) throws -> String? { try tool.do(node, "node", "keys")["state"] as? String }

    @Test func aLockedNodeWorksWithoutItsPassphraseUntilSomethingHasToBeSigned() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try expect(try run(tool, "gt", "node", "lock", passphrase: Self.passphrase), 0)
            #expect(try state(tool, "gt") == "locked")
            // Writing and looking ask for nothing.
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
            for look in [["status"], ["todo"], ["list", "unit"], ["explain", "620724/grainReserveDays/2020-08", "value"], ["doctor"], ["log", "verify"], ["digest", "--with", "gs"]] {
                let seen = try tool.attempt("gt", look)
                #expect(seen.status == 0, "\(look): \(seen.out) \(seen.err)")
            }
            #expect((try tool.do("gt", "status")["unsealed"] as? Int ?? 0) > 0)
            // Handing over needs the key.
            let export = ["bundle", "export", "--to", "gs", "--out", tool.path("up.tkb")]
            let missing = try tool.attempt("gt", export)
            try expect(missing, 78, "keyFileSealed")
            #expect(try missing.error?.facts["fact"] == "signing.key")
            #expect(!FileManager.default.fileExists(atPath: tool.path("up.tkb")))
            try expect(try run(tool, "gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"), passphrase: "老地方见,二〇一九"), 77, "wrongPassphrase")
            try expect(try run(tool, "gt", "sync", "http://127.0.0.1:1", passphrase: "老地方见,二〇一九"), 77, "wrongPassphrase")
            try expect(try run(tool, "gt", "serve", "--port", "0"), 78, "keyFileSealed")

            // From a file: its first line, whatever ends it.
            try Data("\(Self.passphrase)\r\nsecond line".utf8).write(to: folder.appendingPathComponent("gt.pass"))
            try expect(try run(tool, "gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"), "--passphrase-file", tool.path("gt.pass")), 0)
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb"), "--receipt", tool.path("down.tkb")]).status == 0)
            try expect(try run(tool, "gt", "bundle", "import", tool.path("down.tkb")), 78, "keyFileSealed")
            // What is for it shows from outside all the same.
            let inspected = try run(tool, "gt", "bundle", "inspect", tool.path("down.tkb"))
            try expect(inspected, 0)
            #expect(try inspected.json["seal"] as? [String: Any] != nil)
            try expect(try run(tool, "gt", "bundle", "import", tool.path("down.tkb"), passphrase: Self.passphrase), 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func serveAsksOnceAtItsStartAndGoesOn() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try expect(try run(tool, "gs", "node", "lock", passphrase: Self.passphrase), 0)
            let server = try Server(tool, node: "gs", environment: ["TIAOKUAI_PASSPHRASE": Self.passphrase])
            #expect((try tool.do("gt", "sync", server.url)["changesetsSent"] as? Int ?? 0) > 0)
            // Another passphrase meanwhile: whoever has the key open keeps it.
            try expect(try run(tool, "gs", "node", "passphrase", passphrase: Self.passphrase, new: "another one, longer"), 0)
            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-04-30")
            #expect((try tool.do("gt", "sync", server.url)["changesetsReceived"] as? Int ?? 0) > 0)
            #expect(server.stop() == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func lockUnlockAndPassphraseSayWhatTheyFind() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            try expect(try run(tool, "gs", "node", "unlock"), 78, "keysOpen")
            try expect(try run(tool, "gs", "node", "passphrase"), 78, "keysOpen")
            try expect(try run(tool, "gs", "node", "lock"), 64, "noNewPassphrase")
            try expect(try run(tool, "gs", "node", "lock", passphrase: "1234567"), 64, "passphraseShort")
            try expect(try run(tool, "gs", "node", "lock", "--passphrase-file", tool.path("nofile")), 66, "fileUnreadable")
            try Data().write(to: folder.appendingPathComponent("empty.pass"))
            try expect(try run(tool, "gs", "node", "lock", "--passphrase-file", tool.path("empty.pass")), 65, "malformedFile")
            #expect(try state(tool, "gs") == "open")

            try expect(try run(tool, "gs", "node", "lock", passphrase: Self.passphrase), 0)
            try expect(try run(tool, "gs", "node", "lock", passphrase: Self.passphrase), 78, "keysLocked")
            try expect(try run(tool, "gs", "node", "passphrase", new: "another one, longer"), 78, "keyFileSealed")
            try expect(try run(tool, "gs", "node", "passphrase", passphrase: Self.passphrase), 64, "noNewPassphrase")
            try expect(try run(tool, "gs", "node", "passphrase", passphrase: "老地方见,二〇一九", new: "another one, longer"), 77, "wrongPassphrase")
            try expect(try run(tool, "gs", "node", "passphrase", passphrase: Self.passphrase, new: "another one, longer"), 0)
            try expect(try run(tool, "gs", "node", "unlock", passphrase: Self.passphrase), 77, "wrongPassphrase")
            try expect(try run(tool, "gs", "node", "unlock", passphrase: "another one, longer"), 0)
            #expect(try state(tool, "gs") == "open")
            #expect(try tool.isHealthy("gs"))
            // Nothing of a passphrase is an argument.
            try expect(try run(tool, "gs", "node", "lock", "--passphrase", "geheim12"), 64, "usage")
        }
    }

    @Test func aNodeIsLockedFromItsMakingAndItsBackupToo() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            let made = try run(tool, "gs", "node", "init", "--root", "--rehearsal", "--name", "gs", "--region", "620000", "--suite", "sm2", "--lock", passphrase: Self.passphrase)
            try expect(made, 0)
            let keys = try #require(try made.json["keys"] as? [String: Any])
            #expect(keys["state"] as? String == "locked" && keys["suite"] as? String == "sm2" && keys["sealing"] as? String == "sm2")
            try expect(try run(tool, "x", "node", "init", "--rehearsal", "--name", "x", "--region", "620700", "--lock"), 64, "noNewPassphrase")
            #expect(!FileManager.default.fileExists(atPath: tool.path("x")))
            try tool.do("gs", "node", "backup", "--out", tool.path("backup"))
            try tool.do("gs2", "node", "restore", tool.path("backup"))
            try expect(try run(tool, "gs2", "log", "checkpoint", "--out", tool.path("point")), 78, "keyFileSealed")
            try expect(try run(tool, "gs2", "log", "checkpoint", "--out", tool.path("point"), passphrase: Self.passphrase), 0)
        }
    }

    @Test func aKeeperLocksARootKeyAndSignsWithIt() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.do(
                "gs", "node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml"), "--root-keys", "1", "--root-keys-out", tool.path("root"), now: "2020-04-01")
            func keeper(_ arguments: String..., passphrase: String? = nil, new: String? = nil) throws -> Outcome {
                var environment: [String: String] = [:]
                environment["TIAOKUAI_PASSPHRASE"] = passphrase
                environment["TIAOKUAI_NEW_PASSPHRASE"] = new
                return try tool.run(arguments + ["--json"], environment: environment)
            }
            let key = tool.path("root-1.key")
            try expect(try keeper("root", "lock", key, passphrase: Self.passphrase), 0)
            try expect(try keeper("root", "lock", key, passphrase: Self.passphrase, new: "another one, longer"), 0)
            // Its public half is read without the passphrase.
            try tool.do("gs", "root", "next", "--key", key, "--threshold", "1", "--out", tool.path("next.root"))
            let sign = ["root", "sign", tool.path("next.root"), "--key", key, "--out", tool.path("next.1")]
            try expect(try tool.run(sign + ["--json"]), 78, "keyFileSealed")
            try expect(try tool.run(sign + ["--json"], environment: ["TIAOKUAI_PASSPHRASE": Self.passphrase]), 77, "wrongPassphrase")
            try expect(try tool.run(sign + ["--json"], environment: ["TIAOKUAI_PASSPHRASE": "another one, longer"]), 0)
            try expect(try keeper("root", "join", tool.path("next.1"), "--out", tool.path("root-2.stmt")), 0)
            try tool.do("gs", "root", "accept", tool.path("root-2.stmt"))
        }
    }

    @Test func aDamagedKeyFileIsNamed() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            try tool.alter("gs/signing.key") { $0.removeLast() }
            let outcome = try tool.attempt("gs", ["log", "checkpoint", "--out", tool.path("point")])
            try expect(outcome, 78, "malformedKeyFile")
            #expect(try outcome.error?.facts["fact"]?.hasPrefix("signing.key") == true)
            #expect(try tool.attempt("gs", ["list", "unit"]).status == 0)
        }
    }
}
