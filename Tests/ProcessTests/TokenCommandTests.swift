import Foundation
import TestKit
import Testing

/// A node whose signing key lies on a PKCS#11 token: SoftHSM in a folder of the test's own, seen by the processes through their
/// environment.
@Suite(.enabled(if: SoftHSM.isInstalled, "softhsm2 is not installed")) struct TokenCommandTests {
    private func run(_ tool: Tool, _ hsm: SoftHSM, _ node: String, _ arguments: [String], pin: String? = SoftHSM.pin, now: String = "2020-08-20") throws -> Outcome {
        var environment = ["SOFTHSM2_CONF": hsm.configuration.path]
        environment["TIAOKUAI_PIN"] = pin
        return try tool.run(arguments + ["--dir", node, "--json", "--now", now], environment: environment)
    }

    private func expect(_ outcome: Outcome, _ status: Int32, _ code: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.status == status, "\(outcome.out) \(outcome.err)", sourceLocation: sourceLocation)
        if let code { #expect(try outcome.error?.code == code, sourceLocation: sourceLocation) }
    }

    @Test(arguments: ["ed25519", "p256"]) func aProvinceSignsWithItsToken(suite: String) throws {
        try withTemporaryFolder { folder in
            let (tool, hsm) = (Tool(folder: folder), try SoftHSM(in: folder))
            let made = try run(
                tool, hsm, "gs", ["node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml")] + hsm.options + ["--token-key", suite], now: "2020-04-01")
            try expect(made, 0)
            let keys = try #require(try made.json["keys"] as? [String: Any])
            #expect(keys["suite"] as? String == suite)
            #expect((keys["token"] as? [String: Any])?["key"] as? String == suite)
            // No key that signs is in the folder; what seals is.
            #expect(keys["open"] as? [String] == ["sealing.key"])
            try expect(
                try run(tool, hsm, "gs", ["publish", Tool.example("gs/node.yaml"), Tool.example("gs/publish/00-indicators.yaml")], pin: nil, now: "2020-04-01"), 0)
            try tool.do("gt", "node", "init", "--rehearsal", "--units", Tool.example("gt/node.yaml"), now: "2020-04-15")
            try tool.do("gt", "enroll", "request", "--out", tool.path("gt.request"), now: "2020-04-15")
            try expect(try run(tool, hsm, "gs", ["enroll", "grant", tool.path("gt.request"), "--out", tool.path("gt.grant")], now: "2020-04-15"), 0)
            try tool.do("gt", "enroll", "accept", tool.path("gt.grant"), now: "2020-04-15")
            try tool.do("gt", "publish", Tool.example("gt/node.yaml"), now: "2020-04-15")
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")

            let server = try Server(tool, node: "gs", environment: ["SOFTHSM2_CONF": hsm.configuration.path, "TIAOKUAI_PIN": SoftHSM.pin])
            #expect((try tool.do("gt", "sync", server.url)["changesetsSent"] as? Int ?? 0) > 0)
            #expect(server.stop() == 0)
            try tool.expectEqualDigests("gs", "gt")
            #expect(try tool.attempt("gs", ["log", "verify"]).status == 0)
            #expect(try tool.attempt("gt", ["log", "verify"]).status == 0)
        }
    }

    @Test func whatIsWrongWithATokenIsSaidAndWhatNeedsNoneGoesOn() throws {
        try withTemporaryFolder { folder in
            let (tool, hsm) = (Tool(folder: folder), try SoftHSM(in: folder))
            func make(_ options: [String], pin: String? = SoftHSM.pin) throws -> Outcome {
                try run(tool, hsm, "gs", ["node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml")] + options, pin: pin, now: "2020-04-01")
            }
            try expect(try make(["--token", SoftHSM.token, "--token-key", "p256"]), 64, "missingReason")
            try expect(try make(["--token-module", "/nowhere/module.so", "--token", SoftHSM.token, "--token-key", "p256"]), 78, "moduleUnreadable")
            let missing = try make(["--token-module", try #require(SoftHSM.module), "--token", "another", "--token-key", "p256"])
            try expect(missing, 78, "tokenMissing")
            #expect(try missing.error?.facts["fact"]?.contains(SoftHSM.token) == true)
            try expect(try make(hsm.options + ["--token-key", "another"]), 78, "keyMissing")
            try expect(try make(hsm.options + ["--token-key", "p256"], pin: nil), 78, "pinMissing")
            try expect(try make(hsm.options + ["--token-key", "p256"], pin: "9999"), 77, "pinWrong")
            try expect(try make(hsm.options + ["--token-key", "p256", "--suite", "sm2"]), 65, "unsupportedSuite")
            #expect(!FileManager.default.fileExists(atPath: tool.path("gs")))

            try Data("\(SoftHSM.pin)\n".utf8).write(to: folder.appendingPathComponent("pin"))
            try expect(try make(hsm.options + ["--token-key", "p256", "--pin-file", tool.path("pin")], pin: nil), 0)
            // Taken out: what is written waits for it.
            let checkpoint = ["log", "checkpoint", "--out", tool.path("point")]
            try hsm.pull()
            try expect(try run(tool, hsm, "gs", checkpoint), 78, "tokenMissing")
            try expect(try run(tool, hsm, "gs", ["publish", Tool.example("gs/node.yaml")], now: "2020-04-01"), 0)
            try expect(try run(tool, hsm, "gs", ["status"], pin: nil), 0)
            try hsm.putIn()
            try expect(try run(tool, hsm, "gs", checkpoint), 0)

            // The module lies elsewhere after an upgrade; another key is not taken for this node's.
            let copy = folder.appendingPathComponent("moved.so")
            try Data(contentsOf: URL(fileURLWithPath: try #require(SoftHSM.module))).write(to: copy)
            try expect(try run(tool, hsm, "gs", ["node", "token", "--token-key", "ed25519"]), 78, "keyNotOnToken")
            try expect(try run(tool, hsm, "gs", ["node", "token", "--token-module", copy.path]), 0)
            #expect((try tool.do("gs", "node", "keys")["token"] as? [String: Any])?["module"] as? String == copy.path)
            try expect(try run(tool, hsm, "gs", checkpoint), 0)
            // The sealing key is locked all the same.
            let locked = try tool.run(["node", "lock", "--dir", "gs", "--json"], environment: ["TIAOKUAI_PASSPHRASE": "a passphrase"])
            try expect(locked, 0)
            #expect(try locked.json["locked"] as? [String] == ["sealing.key"])
        }
    }

    @Test func aServingNodeWhoseTokenIsPulledSaysSoToItselfAndToTheOther() throws {
        try withTemporaryFolder { folder in
            let (tool, hsm) = (Tool(folder: folder), try SoftHSM(in: folder))
            try tool.province()
            try tool.enrol("gt", under: "gs", file: "gt/node.yaml")
            // The county goes over to its token by rotation.
            try expect(try run(tool, hsm, "gt", ["enroll", "rotate", "--out", tool.path("gt.rotate"), "--token-key", "ed25519"] + hsm.options), 0)
            try tool.do("gs", "enroll", "grant", tool.path("gt.rotate"), "--out", tool.path("gt.grant2"))
            try expect(try run(tool, hsm, "gt", ["enroll", "rotate", "--accept", tool.path("gt.grant2")]), 0)
            let keys = try tool.do("gt", "node", "keys")
            #expect(keys["suite"] as? String == "ed25519" && (keys["token"] as? [String: Any])?["token"] as? String == SoftHSM.token)
            try tool.do("gt", "publish", Tool.example("gt/node.yaml"), now: "2020-08-20")
            let server = try Server(tool, node: "gs")
            #expect((try tool.do("gs", "status")["peers"] as? [[String: Any]])?.count == 1)
            try expect(try run(tool, hsm, "gt", ["sync", server.url]), 0)
            try hsm.pull()
            try expect(try run(tool, hsm, "gt", ["sync", server.url]), 78, "tokenMissing")
            #expect(server.stop() == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }
}
