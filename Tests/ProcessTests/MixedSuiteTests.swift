import Foundation
import TestKit
import Testing

/// One network of nodes with different cipher suites, made and joined by the commands that people use.
@Suite struct MixedSuiteTests {
    /// A province with Ed25519, a city with P-256, a county with SM2, and the office of one line with SM2 that receives on P-256.
    private func network(_ folder: URL) throws -> Tool {
        let tool = Tool(folder: folder)
        try tool.province()
        try tool.enrol("zy", under: "gs", file: "zy/node.yaml", day: "2020-04-12", keys: ["--suite", "p256"])
        try tool.do("zy", "publish", Tool.example("zy/node.yaml"), now: "2020-04-12")
        try tool.enrol("gt", under: "zy", file: "gt/node.yaml", keys: ["--suite", "sm2"])
        try tool.do("gt", "publish", Tool.example("gt/node.yaml"), now: "2020-04-15")
        try tool.do(
            "rs", "node", "init", "--rehearsal", "--name", "rs", "--region", "620724", "--line", "hrss", "--unit", "620724.hrssdesk=高台县人社局窗口", "--suite", "sm2",
            "--sealing", "p256")
        try tool.do("rs", "enroll", "request", "--out", tool.path("rs.request"))
        try tool.do("zy", "enroll", "grant", tool.path("rs.request"), "--out", tool.path("rs.grant"))
        try tool.do("rs", "enroll", "accept", tool.path("rs.grant"))
        return tool
    }

    private func keys(_ tool: Tool, _ node: String) throws -> [String] {
        let keys = try tool.do(node, "node", "keys")
        return [try #require(keys["suite"] as? String), try #require(keys["sealing"] as? String), try #require(keys["state"] as? String)]
    }

    private func expectSoundLogs(_ tool: Tool) throws {
        for node in ["gs", "zy", "gt", "rs"] {
            #expect(try tool.attempt(node, ["log", "verify"]).status == 0, "\(node)")
            #expect(try tool.isHealthy(node), "\(node)")
        }
    }

    @Test func provinceCityCountyAndLineOfDifferentSuitesAgreeByStickAndOverHTTP() throws {
        try withTemporaryFolder { folder in
            let tool = try network(folder)
            #expect(try keys(tool, "gs") == ["ed25519", "x25519", "open"])
            #expect(try keys(tool, "zy") == ["p256", "p256", "open"])
            #expect(try keys(tool, "gt") == ["sm2", "sm2", "open"])
            #expect(try keys(tool, "rs") == ["sm2", "p256", "open"])

            try tool.do("gt", "publish", Tool.example("gt/publish/01-six-plans.yaml"), now: "2020-08-12")
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
            for (from, to) in [("gt", "zy"), ("rs", "zy"), ("zy", "gt"), ("zy", "rs"), ("gt", "zy"), ("rs", "zy")] {
                #expect(try tool.carry(from, to).status == 0, "\(from) to \(to)")
            }
            // Sealed in the receiver's suite.
            try tool.do("zy", "bundle", "export", "--to", "gt", "--all", "--out", tool.path("down.tkb"))
            let seal = try #require(try tool.run(["bundle", "inspect", tool.path("down.tkb"), "--json"]).json["seal"] as? [String: Any])
            #expect(seal["suite"] as? String == "gm")
            // One file for a county with SM2, an office with P-256 and a province with X25519.
            try tool.do("zy", "bundle", "export", "--to", "gt", "--to", "rs", "--to", "gs", "--all", "--out", tool.path("all.tkb"))
            let shared = try #require(try tool.run(["bundle", "inspect", tool.path("all.tkb"), "--json"]).json["seal"] as? [String: Any])
            #expect(shared["suite"] as? String == "gm" && (shared["wraps"] as? [String])?.sorted() == ["hpke", "hpke", "sm2"])
            for receiver in ["gt", "rs", "gs"] {
                let inside = try tool.do(receiver, "bundle", "inspect", tool.path("all.tkb"))
                #expect(inside["hasTrailer"] as? Bool == true, "\(receiver)")
                // The province takes it after it was told the same over the wire.
                if receiver != "gs" { #expect(try tool.attempt(receiver, ["bundle", "import", tool.path("all.tkb")]).status == 0, "\(receiver)") }
            }

            let server = try Server(tool, node: "gs")
            #expect((try tool.do("zy", "sync", server.url, "--expect", "gs")["changesetsSent"] as? Int ?? 0) > 0)
            #expect((try tool.do("zy", "sync", server.url)["changedNothing"] as? Bool) == true)
            #expect(server.stop() == 0)
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("all.tkb")]).status == 0)
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["value"] as? String == "14.2")
            for (one, other) in [("gs", "zy"), ("zy", "gt"), ("zy", "rs")] { try tool.expectEqualDigests(one, other) }
            try expectSoundLogs(tool)

            // The county goes over to P-256; what the SM2 key signed stays valid everywhere.
            try tool.do("gt", "enroll", "rotate", "--suite", "p256", "--out", tool.path("gt.rotate"))
            try tool.do("zy", "enroll", "grant", tool.path("gt.rotate"), "--out", tool.path("gt.grant2"))
            try tool.do("gt", "enroll", "rotate", "--accept", tool.path("gt.grant2"))
            #expect(try keys(tool, "gt") == ["p256", "p256", "open"])
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.8天", "--unit", "县发改局")
            let again = try Server(tool, node: "zy")
            #expect((try tool.do("gt", "sync", again.url)["changesetsSent"] as? Int ?? 0) > 0)
            #expect(again.stop() == 0)
            #expect(try tool.carry("zy", "gs").status == 0)
            #expect(try tool.carry("gs", "zy").status == 0)
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["value"] as? String == "14.8")
            for (one, other) in [("gs", "zy"), ("zy", "gt")] { try tool.expectEqualDigests(one, other) }
            try expectSoundLogs(tool)
        }
    }

    @Test(arguments: [["--suite", "rsa"], ["--sealing", "sm4"], ["--suite"]])
    func anotherSuiteIsAMistakeOfUsage(options: [String]) throws {
        try withTemporaryFolder { folder in
            let outcome = try Tool(folder: folder).run(["node", "init", "--dir", "x", "--region", "620724", "--name", "x", "--json"] + options)
            #expect(try outcome.status == 64 && outcome.error?.code == "usage")
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("x").path))
        }
    }
}
