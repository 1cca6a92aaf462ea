import Foundation
import TestKit
import Testing

/// A GM network 国密网, founded and used by the commands that people use: its logs have a root under SM3 beside the other.
@Suite struct NationalNetworkTests {
    /// A province and a county with SM2, between them a city with Ed25519.
    private func network(_ folder: URL) throws -> Tool {
        let tool = Tool(folder: folder)
        try tool.province(keys: ["--suite", "sm2"])
        try tool.enrol("zy", under: "gs", file: "zy/node.yaml", day: "2020-04-12")
        try tool.do("zy", "publish", Tool.example("zy/node.yaml"), now: "2020-04-12")
        try tool.enrol("gt", under: "zy", file: "gt/node.yaml", keys: ["--suite", "sm2"])
        try tool.do("gt", "publish", Tool.example("gt/node.yaml"), now: "2020-04-15")
        try tool.do("gt", "publish", Tool.example("gt/publish/01-six-plans.yaml"), now: "2020-08-12")
        try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
        return tool
    }

    @Test func everyLogShowsAndProvesBothItsRoots() throws {
        try withTemporaryFolder { folder in
            let tool = try network(folder)
            for (from, to) in [("gt", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt"), ("gt", "zy")] { #expect(try tool.carry(from, to).status == 0, "\(from) to \(to)") }
            // One file for the province with SM2 and the county with SM2, by a city with Ed25519; both receipts come back.
            try tool.do("zy", "bundle", "export", "--to", "gs", "--to", "gt", "--all", "--out", tool.path("both.tkb"))
            for name in ["gs", "gt"] { #expect(try tool.attempt(name, ["bundle", "import", tool.path("both.tkb")]).status == 0, "\(name)") }
            for name in ["gs", "zy", "gt"] {
                let checkpoint = try tool.do(name, "log", "checkpoint")
                let root = try #require(checkpoint["root"] as? String)
                let sm3Root = try #require(checkpoint["sm3Root"] as? String)
                #expect(root.count == 64 && sm3Root.count == 64 && sm3Root != root, "\(name)")
                let verified = try tool.do(name, "log", "verify")
                #expect(verified["isWhole"] as? Bool == true && verified["sm3Root"] as? String == sm3Root && verified["root"] as? String == root, "\(name)")
                #expect(try tool.isHealthy(name), "\(name)")
            }
            let item = try #require((try tool.do("gs", "bundle", "inspect", tool.path("both.tkb"))["items"] as? [[String: Any]])?.first { $0["type"] as? String == "changeset" })
            let proof = try tool.do("zy", "log", "prove", try #require(item["id"] as? String))
            #expect(proof["holds"] as? Bool == true && (proof["sm3Path"] as? [String])?.count == (proof["path"] as? [String])?.count)

            // Read by Python from the pages alone: signatures by SM2, checkpoints with both roots, proofs under both.
            try tool.do("zy", "bundle", "export", "--to", "gt", "--all", "--unsealed", "--out", tool.path("open.tkb"))
            guard let run = try PythonVerifier.run([tool.path("open.tkb")]) else { return }
            let report = try #require(try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
            let items = (report["items"] as? [[String: Any]] ?? []).filter { ["rootStatement", "checkpoint", "consistency"].contains($0["type"] as? String) }
            #expect(items.count >= 3 && items.allSatisfy { $0["verdict"] as? String == "valid" }, "\(run.out)")
        }
    }

    @Test func inAnyOtherNetworkThereIsNone() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            #expect(try tool.do("gs", "log", "checkpoint")["sm3Root"] as? String == nil)
            #expect(try tool.do("gs", "log", "verify")["sm3Root"] as? String == nil)
        }
    }
}
