import Foundation
import GRDB
import TestKit
import Testing

/// `audit verify`, `prove`, `check`, `compare` as people run them.
@Suite struct AuditVerifyTests {
    @Test func aHistoryIsVerifiedProvenAndComparedByCommands() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.carry("gt", "gs", now: "2020-08-13")
            let network = try #require(try tool.run(["audit", "verify", "--dir", tool.path("gs"), "--json"]).json["network"] as? String)

            // Clean: status 0, the replay's digest is the same, and a second run with --resume verifies nothing twice.
            let state = tool.path("gs.state")
            let first = try tool.run(["audit", "verify", "--dir", tool.path("gs"), "--root", network, "--resume", state, "--json"])
            #expect(first.status == 0, "\(first.out)")
            #expect(try first.json["derived"] as? String == first.json["replayedDerived"] as? String)
            let again = try tool.run(["audit", "verify", "--dir", tool.path("gs"), "--resume", state, "--json"]).json
            #expect(again["resumed"] as? Int == again["changesets"] as? Int)
            let other = try tool.run(["audit", "verify", "--dir", tool.path("gs"), "--root", String(repeating: "0", count: 64)])
            #expect(other.status == 1)

            // The stick alone says as much without a node; only what it lacks is noted.
            try tool.do("gs", "bundle", "export", "--to", "gt", "--out", tool.path("all.tkb"), "--all", "--unsealed", now: "2020-08-14")
            let stick = try tool.run(["audit", "verify", "--root", network, tool.path("all.tkb"), "--json"])
            #expect(stick.status == 0, "\(stick.out)")

            // A proof, checked with the root alone.
            let id = try tool.read("gs") { try #require(try String.fetchOne($0, sql: "SELECT lower(hex(id)) FROM changeset ORDER BY ref DESC LIMIT 1")) }
            let proof = tool.path("one.tkp")
            let made = try tool.run(["audit", "prove", "--dir", tool.path("gs"), String(id.prefix(12)), "--with-changeset", tool.path("one.tkc"), "--out", proof])
            #expect(made.status == 0, "\(made.err)")
            let checked = try tool.run(["audit", "check", proof, "--root", network, "--changeset", tool.path("one.tkc"), "--json"])
            #expect(checked.status == 0, "\(checked.out)")
            #expect(try checked.json["changeset"] as? String == id)
            let wrong = try tool.run(["audit", "check", proof, "--root", String(repeating: "0", count: 64), "--json"])
            #expect(wrong.status == 1)
            #expect((try wrong.json["error"] as? [String: Any])?["code"] as? String == "wrongRoot")

            // Two nodes of one history.
            let same = try tool.run(["audit", "compare", tool.path("gs"), tool.path("gt"), "--json"])
            #expect(same.status == 0, "\(same.out)")
            #expect(try same.json["agrees"] as? Bool == true)

            // One byte of one envelope, changed in the file.
            try tool.write("gs") { db in
                var envelope = try #require(try Data.fetchOne(db, sql: "SELECT envelope FROM changeset WHERE ref = 3"))
                envelope[envelope.count - 1] ^= 1
                try db.execute(sql: "UPDATE changeset SET envelope = ? WHERE ref = 3", arguments: [envelope])
            }
            let spoilt = try tool.run(["audit", "verify", "--dir", tool.path("gs"), "--json"])
            #expect(spoilt.status == 1)
            let codes = (try spoilt.json["findings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
            #expect(codes.contains("bytesDiffer") && codes.contains("wrongSignature"), "\(codes)")
        }
    }

    @Test func whatIsAskedWronglyIsAUsageError() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            for arguments in [["audit", "prove", "--out", "x"], ["audit", "check", "x", "--root", "12"], ["audit", "verify", "x.tkb", "--root", "zz"], ["audit", "compare", "x"]] {
                let outcome = try tool.run(arguments)
                #expect(outcome.status == 64, "\(arguments) \(outcome.err)")
            }
            let missing = try tool.run(["audit", "compare", tool.path("a"), tool.path("b")])
            #expect(missing.status == 66)
        }
    }
}

extension Tool {
    func write(_ node: String, _ body: (Database) throws -> Void) throws { try DatabaseQueue(path: path(node) + "/tiaokuai.sqlite").write(body) }
    func read<Answer>(_ node: String, _ body: (Database) throws -> Answer) throws -> Answer {
        try DatabaseQueue(path: path(node) + "/tiaokuai.sqlite").read(body)
    }
}
