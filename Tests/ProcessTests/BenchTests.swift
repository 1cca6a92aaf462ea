import Foundation
import TestKit
import Testing

/// The bench as an outside harness calls it: what comes out at the province is what the workload says, and a fresh
/// process answers from disk.
@Suite struct BenchTests {
    @Test func theOwnWorkloadComesOutAsItsDigestSaysAndIsMarkedAsOwn() throws {
        try withTemporaryFolder { folder in
            let run = try Tool(folder: folder).run(["bench", "run", "--edits", "300", "--json"])
            #expect(run.status == 0, "\(run.out)\(run.err)")
            let report = try #require(try run.json["report"] as? [String: Any])
            #expect(report["digestMatches"] as? Bool == true && report["source"] as? String == "own" && report["edits"] as? Int == 300)
            #expect((report["phases"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["setup", "write", "export", "transfer", "import"])
        }
    }

    @Test func mergingAloneIsMeasuredByShapeAndSize() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            let report = try tool.run(["bench", "merge", "--shape", "chain", "--limit", "1000", "--json"]).json
            let measures = try #require(report["measures"] as? [[String: Any]])
            #expect(measures.map { "\($0["shape"] ?? "") \($0["claims"] ?? "")" } == ["chain 1000"])
            #expect(measures.allSatisfy { ($0["seconds"] as? Double ?? 0) > 0 })
            #expect(try tool.run(["bench", "merge", "--shape", "fork", "--limit", "1000", "--lang", "zh"]).out.contains("fork"))
            #expect(try tool.run(["bench", "merge", "--shape", "sideways", "--json"]).error?.code == "badValue")
        }
    }

    @Test func theGeneratorsWorkloadGoesThroughTheHarnessesCommands() throws {
        guard let generator = sharedFolder?.appendingPathComponent("bench/gen_workload.py"), FileManager.default.fileExists(atPath: generator.path) else {
            return print("../shared/bench is absent: the outside workload was left out")
        }
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            func python(_ arguments: [String]) throws -> String {
                let outcome = try Child.run(["/usr/bin/env", "python3"] + arguments, environment: ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"])
                try #require(outcome.status == 0, "\(outcome.err)")
                return outcome.out.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            _ = try python([generator.path, "600", tool.path("W")])
            for name in ["county", "province"] { try FileManager.default.createDirectory(atPath: tool.path(name), withIntermediateDirectories: false) }
            let phases = [
                ["bench", "setup", "county", "province", tool.path("W/base.jsonl")], ["bench", "load", "county", tool.path("W/ops.jsonl")],
                ["bundle", "export", "--dir", "county", "--to", "province", "--out", "handed.over"],
            ]
            for phase in phases {
                let outcome = try tool.run(phase)
                #expect(outcome.status == 0, "\(phase): \(outcome.out)\(outcome.err)")
            }
            try FileManager.default.moveItem(atPath: tool.path("handed.over"), toPath: tool.path("any-name.bin"))
            #expect(try tool.run(["bundle", "import", "--dir", "province", "any-name.bin"]).status == 0)
            let dump = try tool.run(["bench", "dump", "province"]).out
            try Data(dump.utf8).write(to: folder.appendingPathComponent("dump.jsonl"))
            let script = """
                import json, sys
                sys.path.insert(0, \(String(reflecting: generator.deletingLastPathComponent().path)))
                import gen_workload as g
                rows = [[r[k] for k in g.FIELDS] for r in map(json.loads, open(sys.argv[1]))]
                print(g.digest(rows) == json.load(open(sys.argv[2]))["final_digest"], len(rows))
                """
            #expect(try python(["-c", script, tool.path("dump.jsonl"), tool.path("W/meta.json")]).hasPrefix("True "))
            // Nothing is left to be merged: a fresh process answers at once.
            let digests = try ["county", "province"].map { try tool.run(["digest", "--dir", $0, "--json"]).json }
            #expect(digests[0]["derived"] as? String == digests[1]["derived"] as? String)
            #expect(try tool.run(["doctor", "--dir", "province", "--json"]).json["isHealthy"] as? Bool == true)
        }
    }
}
