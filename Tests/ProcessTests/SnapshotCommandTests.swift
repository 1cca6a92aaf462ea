import Foundation
import TestKit
import Testing

/// A city that lost its disk begins again from the province's snapshot.
@Suite struct SnapshotCommandTests {
    @Test func aRestoredCityGoesOnFromASnapshot() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.do("gt", "publish", Tool.example("gt/publish/01-six-plans.yaml"), now: "2020-08-12")
            try tool.carry("gt", "zy")
            try tool.do("zy", "node", "backup", "--out", tool.path("saved"))
            for (value, day) in [("142天", "2020-08-14"), ("14.2天", "2020-08-15"), ("15.6天", "2020-08-16")] {
                try tool.do("gt", "report", "620724/grainReserveDays/2020-08", value, "--unit", "县发改局", now: day)
                try tool.carry("gt", "zy", now: day)
            }
            try tool.carry("zy", "gs")
            let whole = try tool.do("gs", "bundle", "export", "--to", "zy", "--all", "--out", tool.path("whole.tkb"))

            let made = try tool.do("gs", "snapshot", "make", "--to", "zy", "--out", tool.path("zy.tkb"))
            let snapshot = try #require(made["snapshot"] as? [String: Any])
            #expect(snapshot["toName"] as? String == "zy" && (snapshot["summed"] as? Int ?? 0) >= 2 && made["isSealed"] as? Bool == true)
            let restored = try tool.attempt("zy2", ["node", "restore", tool.path("saved")])
            #expect(restored.status == 0, "\(restored.err)")

            // Not as a bundle, not for others, and a cut-off file changes nothing.
            #expect(try tool.attempt("zy2", ["bundle", "import", tool.path("zy.tkb"), "--dry-run"]).status != 0)
            #expect(try tool.attempt("gt", ["snapshot", "load", tool.path("zy.tkb")]).status != 0)
            #expect(try tool.attempt("gt", ["snapshot", "make", "--to", "zy", "--out", tool.path("up.tkb")]).error?.code == "notBelow")
            try tool.alter("zy.tkb", as: "cut.tkb") { $0.removeLast($0.count / 3) }
            let before = try tool.do("zy2", "digest", "--with", "gs")
            #expect(try tool.attempt("zy2", ["snapshot", "load", tool.path("cut.tkb")]).error?.code == "incomplete")
            #expect(try tool.do("zy2", "digest", "--with", "gs")["derived"] as? String == before["derived"] as? String)

            let loaded = try tool.do("zy2", "snapshot", "load", tool.path("zy.tkb"), "--receipt", tool.path("back.tkb"))
            #expect(loaded["summed"] as? Int == snapshot["summed"] as? Int)
            #expect((loaded["notCompared"] as? [Any])?.isEmpty == true && (loaded["compared"] as? [Any])?.isEmpty == false)
            #expect(try tool.do("zy2", "digest", "--with", "gs")["derived"] as? String == tool.do("gs", "digest", "--with", "zy")["derived"] as? String)

            // The receipt tells the province what the city has: nothing is sent again.
            try tool.do("gs", "bundle", "import", tool.path("back.tkb"))
            let rest = try tool.do("gs", "bundle", "export", "--to", "zy", "--out", tool.path("rest.tkb"))
            #expect(rest["changesets"] as? Int == 0 && (whole["changesets"] as? Int ?? 0) > 0)

            let audit = try tool.attempt("zy2", ["audit", "verify"])
            #expect(audit.status == 0, "\(audit.out)")
            let findings = try #require(audit.json["findings"] as? [[String: Any]])
            #expect(findings.contains { $0["code"] as? String == "summedUp" })
            #expect(try tool.attempt("zy2", ["doctor"]).status == 0)

            let list = try tool.do("zy2", "snapshot", "list")
            let stretch = try #require((list["withoutSignatures"] as? [[String: Any]])?.first)
            #expect(stretch["holderName"] as? String == "gs")
            let id = try #require(snapshot["id"] as? String)
            try tool.do("zy2", "snapshot", "list", "--id", String(id.prefix(8)), "--out", tool.path("statement.tkb"))
            for target in [String(id.prefix(12)), tool.path("statement.tkb")] {
                #expect(try tool.do("gs", "snapshot", "check", target)["isConfirmed"] as? Bool == true)
            }
            // The province has every signature; the city has that of the head alone, and says so at each word.
            func signatures(_ node: String) throws -> [String?] {
                let words = try tool.do(node, "audit", "history", "620724/grainReserveDays/2020-08")["words"] as? [[String: Any]] ?? []
                return words.map { ($0["entered"] as? [String: Any])?["bySnapshotOf"] as? String }
            }
            #expect(try signatures("gs") == [nil, nil, nil])
            #expect(try signatures("zy2") == ["gs", "gs", nil])
            let told = try tool.run(["audit", "history", "620724/grainReserveDays/2020-08", "--dir", "zy2", "--lang", "zh"])
            #expect(told.out.contains("随快照而来,签名在 gs"), "\(told.out)")
            for language in ["zh", "en"] {
                for command in [["snapshot", "list", "--dir", "zy2"], ["snapshot", "check", tool.path("statement.tkb"), "--dir", "gs"]] {
                    #expect(try tool.run(command + ["--lang", language]).status == 0)
                }
            }
        }
    }
}
