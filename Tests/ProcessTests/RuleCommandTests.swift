import Foundation
import TestKit
import Testing
import TiaokuaiWording

/// What was assigned and passed on, what was made under which version, and forms from publishing to explaining: as commands.
@Suite struct RuleCommandTests {
    private func text(_ tool: Tool, _ node: String, _ arguments: [String], _ language: String = "zh") throws -> String {
        let outcome = try tool.run(arguments + ["--dir", node, "--now", "2020-09-20", "--lang", language])
        #expect(outcome.status == 0, "\(arguments): \(outcome.err)")
        return outcome.out
    }

    private func rows(_ json: [String: Any]) -> [[String: Any]] { json["rows"] as? [[String: Any]] ?? [] }

    @Test func aPlaceSeesWhatItWasAssignedSinceWhenAndWhatItHasNotPassedOn() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            let task = "allocation:620700/newUrbanJobs/2020/620724"
            for (value, day) in [("2600人", "2020-05-20"), ("2800人", "2020-08-01")] {
                try tool.do("zy", "claim", task, "value=\(value)", "--unit", "620700.gov", "--as", "620700.gov.p1", now: day)
            }
            #expect(try tool.carry("gs", "zy", as: "gs-zy.tkb").status == 0)
            #expect(try tool.carry("zy", "gt", as: "zy-gt.tkb").status == 0)
            #expect(try text(tool, "gt", ["allocations"]).contains("没有分到下级"))
            for (town, value) in [("620724100", "1600人"), ("620724101", "1000人")] {
                try tool.do("gt", "claim", "allocation:620724/newUrbanJobs/2020/\(town)", "value=\(value)", "--unit", "620724.gov", "--as", "620724.gov.p1")
            }
            let row = try #require(rows(try tool.do("gt", "allocations", "高台县")).first)
            #expect(["state", "value", "unallocated"].map { row[$0] as? String } == ["assigned", "2800", "200"])
            #expect((row["changes"] as? [[String: Any]])?.compactMap { $0["since"] as? String } == ["2020-05-20", "2020-08-01"])
            let shown = try text(tool, "gt", ["allocations"])
            #expect(shown.contains("2800 人") && shown.contains("还有 200 人 没有分下去"))
            #expect(try text(tool, "gt", ["allocations"], "en").contains("200 人 is not passed on"))
            #expect(try text(tool, "zy", ["allocations"]).contains("没有分解到这里的任务"))
            #expect(try tool.attempt("gt", ["allocations", "无此县"]).error?.code == "unknownPlace")
        }
    }

    /// A form with a field for the version of a standard, published by the county.
    private static let application = """
        format: "tiaokuai/publish/1"
        place: "620724"
        on: "2020-07-01"
        示例数据: true
        by: {unit: "620724.gov", as: "620724.gov.p1"}
        forms:
          - name: "county.application"
            title: "惠企办件"
            english: "application"
            key:
              - {name: "number", title: "编号", english: "number"}
            fields:
              - {number: 16, name: "result", type: "text", class: "internal", rule: "sole", title: "办理结果", english: "result"}
              - {number: 17, name: "instrument", type: "bytes", class: "internal", rule: "sole", title: "依据版本", english: "version"}
        """

    @Test func anExtendedTermNamesWhatWasMadeUnderTheShorterOne() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            let relief = "standard 620000/energyRelief/2020/620000.gov"
            let author = ["--unit", "620000.gov", "--as", "620000.gov.p1"]
            _ = try tool.attempt("gs", ["claim", relief, "termFrom=2020-02-01", "termTo=2020-06-30"] + author, now: "2020-06-01")
            #expect(try tool.carry("gs", "zy", as: "1.tkb", now: "2020-06-02").status == 0)
            #expect(try tool.carry("zy", "gt", as: "2.tkb", now: "2020-06-02").status == 0)
            let version = try #require(rows(try tool.do("gt", "history", relief)).first?["operation"] as? String)
            try Data(Self.application.utf8).write(to: folder.appendingPathComponent("form.yaml"))
            try tool.do("gt", "publish", tool.path("form.yaml"), now: "2020-07-01")
            let record = "惠企办件:高台县/2020-1"
            try tool.do("gt", "report", record, "办理结果=到期不再办理", "instrument=\(version)", "--unit", "620724.gov", "--as", "620724.gov.p1", now: "2020-07-10")
            #expect(try text(tool, "gt", ["show", record]).contains("照旧有效"))
            _ = try tool.attempt("gs", ["claim", relief, "termTo=2020-12-31"] + author, now: "2020-08-12")
            #expect(try tool.carry("gs", "zy", as: "3.tkb").status == 0)
            #expect(try tool.carry("zy", "gt", as: "4.tkb").status == 0)
            let row = try #require(rows(try tool.do("gt", "made-under", relief)).first)
            #expect(["standing", "termThen", "termNow"].map { row[$0] as? String } == ["recheck", "2020-06-30", "2020-12-31"])
            #expect(try text(tool, "gt", ["made-under", relief]).contains("期限已延长,须复核"))
            #expect(try text(tool, "gt", ["show", record], "en").contains("term extended since: look again"))
            #expect(try tool.attempt("gt", ["made-under", "standard 620000/nothing/2020/620000.gov"]).error?.code == "unknownRecord")
        }
    }

    @Test func aFormIsPublishedReportedAgainstRaisedAndExplained() throws {
        try withTemporaryFolder { folder in
            var tool = try Tool.threeTiers(folder)
            tool.now = "2020-08-14"
            try tool.do("gs", "publish", Tool.example("flood/gs/publish/01-forms.yaml"), now: "2020-05-20")
            #expect(try tool.carry("gs", "zy", as: "1.tkb").status == 0)
            #expect(try tool.carry("zy", "gt", as: "2.tkb").status == 0)
            let author = ["--unit", "620724.gov", "--as", "620724.gov.p1"]
            let gauge = "水库水情:高台县/2020-08-14/示例-01"
            func done(_ arguments: [String]) throws {
                let outcome = try tool.attempt("gt", arguments + author)
                #expect(outcome.status == 0, "\(arguments): \(outcome.out) \(outcome.err)")
            }
            try done(["report", gauge, "水位=1431.2米"])
            #expect(try text(tool, "gt", ["explain", gauge, "水位"]).contains("1431.2 米"))
            #expect(try text(tool, "gt", ["explain", gauge, "level"], "en").contains("level"))
            let item = "flood.evacuation:620724/620724.gov/1"
            try done(["claim", item, "事项=示例村转移", "需转移人数=120人"])
            try done(["raise", "order", item])
            let state = try #require(try tool.do("gt", "show", item)["fields"] as? [[String: Any]]).first { $0["field"] as? String == "progress" }
            #expect(state?["value"] as? String == "ordered")
            // A step that the state does not allow, a field that the form has not.
            #expect(try tool.attempt("gt", ["raise", "strikeOff", item, "--evidence", "x"] + author).error?.facts["reason"] == "eventNotAllowed")
            #expect(try tool.attempt("gt", ["report", gauge, "深度=3"] + author).error?.code == "unknownField")
            // The sheet of the form.
            let sheet = tool.path("水情.csv")
            try tool.do("gt", "report", "template", "--form", "水库水情", "--period", "2020-08-14", "--unit", "620724.gov", "--out", sheet)
            let header = try String(contentsOfFile: sheet, encoding: .utf8).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            let columns = header.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\u{FEFF}\"")) }
            func line(_ day: String, _ level: String) -> String {
                columns.map { ["日期": day, "水库编码": "示例-02", "水位(米)": level, "地区": "620724", "填报单位": "620724.gov"][$0] ?? "" }.joined(separator: ",")
            }
            try Data([header, line("2020-08-14", "12"), line("2020-08-15", "高")].joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: sheet))
            let refused = try tool.attempt("gt", ["report", "import", sheet, "--form", "水库水情"] + author)
            #expect(try refused.error?.code == "badFile")
            try Data([header, line("2020-08-14", "12"), line("2020-08-15", "13")].joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: sheet))
            try done(["report", "import", sheet, "--form", "水库水情"])
            #expect(try text(tool, "gt", ["list", "水库水情"]).contains("13 米"))
        }
    }

    @Test func recordsThatComeBeforeTheirFormWaitAndAreReadWhenItComes() throws {
        try withTemporaryFolder { folder in
            var tool = try Tool.threeTiers(folder)
            tool.now = "2020-08-14"
            #expect(try tool.carry("gt", "zy", as: "first.tkb").status == 0)
            try Data(Self.application.utf8).write(to: folder.appendingPathComponent("form.yaml"))
            try tool.do("gt", "publish", tool.path("form.yaml"))
            try tool.do("gt", "report", "惠企办件:高台县/2020-7", "result=办结", "--unit", "620724.gov", "--as", "620724.gov.p1")
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "zy", "--out", tool.path("all.tkb"))
            try tool.bundle("all.tkb", without: { $0["partition"] as? String == "policy(620724)" }, as: "early.tkb")
            _ = try tool.attempt("zy", ["bundle", "import", tool.path("early.tkb")])
            let early = try tool.do("zy", "list", "county.application")
            let id = try #require((rows(early).first?["record"] as? [String: Any])?["id"] as? String)
            #expect(try tool.do("zy", "show", String(id.prefix(12)))["judgement"] as? String == "pending")
            #expect(try tool.attempt("zy", ["bundle", "import", tool.path("all.tkb")]).status == 0)
            #expect(try tool.do("zy", "explain", "惠企办件:高台县/2020-7", "办理结果")["value"] as? String == "办结")
            try tool.expectEqualDigests("zy", "gt")
        }
    }
}
