import Foundation
import TestKit
import Testing

/// The first thread, whole: two folders, one matrix, one cell, one stick, one receipt, equal digests, one flipped byte.
@Suite struct ThreadTests {
    @Test func aCountysFigureReachesTheProvinceWithItsReasonAndTheReceiptComesBack() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")

            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            let taken = try tool.do("gs", "bundle", "import", tool.path("up.tkb"), "--receipt", tool.path("down.tkb"))
            #expect(taken["isComplete"] as? Bool == true)
            #expect((taken["items"] as? [Any])?.isEmpty == true)

            let why = try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")
            #expect(why["value"] as? String == "14.2")
            #expect(why["rule"] as? String == "mode")
            #expect(why["mode"] as? String == "lineFirst")
            #expect((why["source"] as? [String: Any])?["clause"] as? String == "保粮食能源安全 一(五)")
            #expect((why["claims"] as? [[String: Any]])?.count == 2)

            try tool.do("gt", "bundle", "import", tool.path("down.tkb"))
            try tool.expectEqualDigests("gs", "gt")
            let rest = try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("rest.tkb"))
            #expect(rest["changesets"] as? Int == 0)

            let before = try tool.digest("gs", with: "gt")
            try tool.do("gt", "report", "620724/newUrbanJobs/2020-08", "2100人", "--unit", "620724.hrss", "--as", "620724.hrss.p2", now: "2020-08-21")
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("next.tkb"), now: "2020-08-21")
            let changeset = try #require(try tool.items(of: "next.tkb").first { $0["type"] as? String == "changeset" }?["offset"] as? Int)
            try tool.alter("next.tkb") { $0[changeset + 300] ^= 1 }
            let damaged = try tool.attempt("gs", ["bundle", "import", tool.path("next.tkb")])
            #expect(damaged.status == 65)
            #expect(try damaged.error?.code == "bundleDamaged")
            #expect(try tool.digest("gs", with: "gt") == before)
            #expect(try tool.isHealthy("gs"))
            #expect(try tool.isHealthy("gt"))
        }
    }

    @Test func theScreenOfExplainReadsAsPeopleSpeak() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
            let screen = try tool.run(["explain", "--dir", "gt", "620724/grainReserveDays/2020-08", "value"])
            #expect(screen.status == 0)
            let lines = screen.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(lines[0] == "620724/grainReserveDays/2020-08 · 数值 【示例数据】")
            #expect(lines[1] == "在用:14.2 天")
            #expect(lines[2] == "以条为主(《关于印发高台县“六保”工作方案的通知》,保粮食能源安全 一(五)):高台县发展改革局 14.2 天")
            #expect(lines[3] == "  采用;高台县商务局 15.6 天 保留,不采用。")
            #expect(lines.count <= 24)
            #expect(!screen.out.contains("\u{1B}"))
            let english = try tool.run(["explain", "--dir", "gt", "620724/grainReserveDays/2020-08", "value", "--lang", "en"])
            #expect(english.out.contains("line first"))
            #expect(english.out.contains("made-up figures"))
        }
    }

    @Test func aFileInTOMLSaysTheSameAsOneInYAML() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let toml = """
                format = "tiaokuai/publish/1"
                place = "620724"
                on = "2020-08-18"
                "示例数据" = true
                by = {unit = "620724.gov", as = "620724.gov.p1"}
                [[targets]]
                indicator = "grainReserveDays"
                period = "2020"
                comparator = "atLeast"
                value = "16"
                measure = "天"
                """
            try Data(toml.utf8).write(to: folder.appendingPathComponent("target.toml"))
            try tool.do("gt", "publish", tool.path("target.toml"), now: "2020-08-18")
            #expect(try tool.do("gt", "explain", "target 620724/grainReserveDays/2020", "floor")["value"] as? String == "16")
        }
    }

    @Test func aSlipIsUndoneWithWithdraw() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let cell = "620724/grainReserveDays/2020-08"
            try tool.do("gt", "report", cell, "142天", "--unit", "县发改局", now: "2020-08-14")
            try tool.do("gt", "withdraw", cell, "value", "--unit", "县发改局", now: "2020-08-14")
            #expect(try tool.do("gt", "explain", cell, "value")["value"] == nil)
            try tool.do("gt", "report", cell, "14.2天", "--unit", "县发改局", now: "2020-08-14")
            #expect(try tool.do("gt", "explain", cell, "value")["value"] as? String == "14.2")
            #expect(try (tool.do("gt", "history", cell, "value")["rows"] as? [Any])?.count == 3)
        }
    }

    @Test func aBackupRestoredOpensANewEpochAndTheLostReportComesBack() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "node", "backup", "--out", tool.path("saved"))
            try tool.do("gt", "report", "620724/newUrbanJobs/2020-08", "2100人", "--unit", "620724.hrss", "--as", "620724.hrss.p2")
            #expect(try tool.carry("gt", "gs").status == 0)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("gt"))

            try tool.do("gt", "node", "restore", tool.path("saved"))
            #expect(try tool.isHealthy("gt"))
            #expect(try tool.attempt("gt", ["explain", "620724/newUrbanJobs/2020-08", "value"]).status == 66)
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
            #expect(try tool.carry("gt", "gs").status == 0)
            #expect(try tool.carry("gs", "gt", as: "back.tkb").status == 0)
            #expect(try tool.do("gt", "explain", "620724/newUrbanJobs/2020-08", "value")["value"] as? String == "2100")
            try tool.expectEqualDigests("gs", "gt")
            #expect((try tool.do("gs", "status")["forks"] as? [Any])?.isEmpty == true)
        }
    }
}
