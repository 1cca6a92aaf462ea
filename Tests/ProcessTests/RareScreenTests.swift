import Foundation
import TestKit
import Testing

/// `explain` where something is the matter with the history itself: what is missing, what was written twice.
@Suite struct RareScreenTests {
    private static let september = "620724/grainReserveDays/2020-09"

    private func verdicts(_ tool: Tool, _ node: String) throws -> [String: [String: Any]] {
        let facts = try tool.do(node, "explain", Self.september, "value")
        let claims = ["claims", "refused"].flatMap { facts[$0] as? [[String: Any]] ?? [] }
        return Dictionary(
            claims.compactMap { claim in (claim["verdict"] as? [String: Any]).flatMap { one in (one["code"] as? String).map { ($0, claim) } } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The province lost a week and gets the city's decision before the words that it decides: R14.
    @Test func whatWaitsForWordsThatHaveNotComeSaysSo() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.carry("zy", "gs")
            try tool.do("gs", "node", "backup", "--out", tool.path("saved"))
            try tool.do("gt", "claim", Self.september, "value=14.2", "--unit", "620724.ndrc")
            try tool.do("gt", "claim", Self.september, "value=15.6", "--unit", "620724.gov", "--as", "620724.gov.p1")
            try tool.carry("gt", "zy")
            try tool.carry("zy", "gs")
            try tool.carry("gs", "zy")
            try tool.do("zy", "decide", Self.september, "value", "14.2", "--ground", "纪要2020-9", "--unit", "620700.gov", "--as", "620700.gov.p1", now: "2020-09-10")
            try tool.do("zy", "bundle", "export", "--to", "gs", "--out", tool.path("late.tkb"), now: "2020-09-10")
            let restored = try tool.attempt("gs2", ["node", "restore", tool.path("saved")])
            #expect(restored.status == 0, "\(restored.err)")
            try tool.do("gs2", "bundle", "import", tool.path("late.tkb"), now: "2020-09-10")

            let waiting = try #require(try verdicts(tool, "gs2")["pending"])
            #expect((waiting["unit"] as? [String: Any])?["id"] as? String == "620700.gov")
            let screen = try tool.expectOneScreen("gs2", ["explain", Self.september, "value"])
            #expect(screen.zh.contains("等待前项"), "\(screen.zh)")
            #expect(screen.en.contains("waits for what it names"), "\(screen.en)")

            // The week comes again, and the decision holds.
            try tool.do("zy", "bundle", "export", "--to", "gs", "--all", "--out", tool.path("all.tkb"), now: "2020-09-11")
            try tool.do("gs2", "bundle", "import", tool.path("all.tkb"), now: "2020-09-11")
            #expect(try tool.do("gs2", "explain", Self.september, "value")["value"] as? String == "14.2")
            #expect(try verdicts(tool, "gs2")["pending"] == nil)
        }
    }

    /// One unit on two machines of one disk: R19, R20.
    @Test func whatOneUnitWroteTwiceSaysSo() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.carry("gt", "zy")
            try tool.image("gt", to: "image")
            try tool.do("gt", "claim", Self.september, "value=15", "--unit", "620724.ndrc")
            try tool.carry("gt", "zy")
            try tool.putBack("image", over: "gt")
            try tool.do("gt", "claim", Self.september, "value=13", "--unit", "620724.ndrc")
            try tool.carry("gt", "zy")

            #expect(try verdicts(tool, "zy")["forked"] != nil)
            let blank = try tool.do("zy", "explain", Self.september, "value")["blank"] as? [String: Any]
            #expect(blank?["code"] as? String == "forked")
            let screen = try tool.expectOneScreen("zy", ["explain", Self.september, "value"])
            for value in ["13", "15"] { #expect(screen.zh.contains(value) && screen.en.contains(value)) }
            #expect(screen.zh.contains("两台机器不一致,待其选定"), "\(screen.zh)")
            #expect(screen.en.contains("wrote differently on two machines and must choose"), "\(screen.en)")
        }
    }
}
