import Foundation
import TestKit
import Testing

/// Follows Docs/Operating.md, "A lost root", command by command.
@Suite struct LostRootTests {
    @Test func twoOfThreeKeepersReplaceALostRoot() throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.do(
                "gs", "node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml"), "--root-keys", "3", "--threshold", "2", "--root-keys-out",
                tool.path("root"), now: "2020-04-01")
            try tool.do("gs", "publish", Tool.example("gs/node.yaml"), Tool.example("gs/publish/00-indicators.yaml"), now: "2020-04-01")
            try tool.enrol("zy", under: "gs", file: "zy/node.yaml", day: "2020-04-12")
            try tool.do("zy", "publish", Tool.example("zy/node.yaml"), now: "2020-04-12")
            try tool.carry("zy", "gs")
            try FileManager.default.removeItem(atPath: tool.path("gs"))

            try tool.do("gs2", "node", "init", "--rehearsal", "--name", "gs2", "--units", Tool.example("gs/node.yaml"))
            try tool.do("gs2", "enroll", "request", "--takes-over", "--depth", "8", "--out", tool.path("gs2.request"))
            try tool.do("zy", "root", "next", "--request", tool.path("gs2.request"), "--out", tool.path("next.root"))
            for keeper in [1, 3] {
                #expect(try tool.run(["root", "sign", tool.path("next.root"), "--key", tool.path("root-\(keeper).key"), "--out", tool.path("next.\(keeper)")]).status == 0)
            }
            // One keeper alone is nobody.
            let alone = try tool.attempt("zy", ["root", "accept", tool.path("next.1")])
            #expect(try alone.status == 65 && alone.error?.code == "notARoot")
            #expect(try tool.run(["root", "join", tool.path("next.1"), tool.path("next.3"), "--out", tool.path("root-2.stmt")]).status == 0)
            try tool.do("zy", "root", "accept", tool.path("root-2.stmt"))
            try tool.do("zy", "bundle", "export", "--to", "gs2", "--all", "--out", tool.path("root.grant"))
            try tool.do("gs2", "enroll", "accept", tool.path("root.grant"))
            // It grants again, and the city's credential stands.
            let county = try tool.attempt("gs2", ["status"]).json
            #expect((county["isEnrolled"] as? Bool) == true)
            try tool.enrol("gt", under: "gs2", file: "gt/node.yaml", day: "2020-08-20")
            #expect(try tool.carry("zy", "gs2").status == 0)
            #expect(try tool.carry("gs2", "zy").status == 0)
            #expect(try tool.attempt("gs2", ["doctor"]).status == 0)
            #expect(try tool.attempt("zy", ["doctor"]).status == 0)
        }
    }
}
