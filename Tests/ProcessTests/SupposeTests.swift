import Foundation
import TestKit
import Testing

/// `what-if`, `responsibility`, `disputes`, `appeal` and the screen of `explain` as commands.
@Suite struct SupposeTests {
    private static let transfer = "620724/labourTransfer/2020-07"
    private static let grain = "620724/grainReserveDays/2020-08"

    /// Province, city and county with their plans; a figure in dispute between city and county, one that the mode decided.
    private func withDisputes(_ body: (Tool) throws -> Void) throws {
        try withTemporaryFolder { folder in
            var tool = try Tool.threeTiers(folder)
            tool.now = "2020-08-20"
            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-04-30")
            try tool.do("zy", "publish", Tool.example("zy/publish/01-zhangye-plan.yaml"), now: "2020-05-20")
            try tool.do("gt", "publish", Tool.example("gt/publish/01-six-plans.yaml"), now: "2020-08-12")
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
            try tool.do("gt", "report", Tool.example("gt/figures/19-labour-transfer.yaml"), now: "2020-08-14")
            #expect(try tool.carry("gs", "zy", as: "gs-zy.tkb").status == 0)
            #expect(try tool.carry("gt", "zy", as: "gt-zy.tkb").status == 0)
            try tool.do("zy", "report", Tool.example("zy/figures/20-labour-transfer.yaml"))
            #expect(try tool.carry("zy", "gt", as: "zy-gt.tkb").status == 0)
            try body(tool)
        }
    }

    /// Each rule is driven once, and the engine's own word says that it was; then the screen is measured.
    @Test func explainFitsOneScreenForEveryRuleInBothLanguages() throws {
        try withDisputes { tool in
            var rules: Set<String> = []
            var verdicts: Set<String> = []
            var blanks: Set<String> = []
            var kinds: Set<String> = []
            func measure(_ node: String, _ record: String, _ field: String) throws {
                let json = try tool.do(node, "explain", record, field)
                rules.insert(json["rule"] as? String ?? "")
                for list in ["claims", "refused"] {
                    for claim in json[list] as? [[String: Any]] ?? [] { verdicts.insert((claim["verdict"] as? [String: Any])?["code"] as? String ?? "") }
                }
                if let blank = json["blank"] as? [String: Any] { blanks.insert(blank["code"] as? String ?? "") }
                if let dispute = json["dispute"] as? [String: Any] {
                    kinds.insert("\(dispute["axis"] ?? "") \(dispute["knowledge"] ?? "")")
                    kinds.insert((dispute["isReopened"] as? Bool) == true ? "reopened" : (dispute["isDecided"] as? Bool) == true ? "byRule" : "undecided")
                }
                try tool.expectOneScreen(node, ["explain", record, field])
            }
            func claim(_ node: String, _ record: String, _ value: String, _ unit: String, _ more: String...) throws {
                let outcome = try tool.attempt(node, ["claim", record, value, "--unit", unit, "--as", unit + ".p1"] + more)
                #expect(outcome.status == 0, "\(outcome.out)")
            }
            try measure("gt", "document:620724/620724.govoffice+620724.partyoffice/无文号%2F关于印发高台县“六保”工作方案的通知", "title")
            try measure("gt", "target 620724/grainReserveDays/2020", "floor")
            try measure("gt", Self.grain, "value")
            try measure("zy", Self.transfer, "value")
            // Agreed, then apart: the value last agreed.
            let jobs = "620724/newUrbanJobs/2020-07"
            try claim("gt", jobs, "value=1900", "620724.hrss")
            try measure("gt", jobs, "value")
            try claim("gt", jobs, "value=1900", "620724.gov")
            try claim("gt", jobs, "value=1910", "620724.hrss")
            try measure("gt", jobs, "value")
            try measure("gt", jobs, "remark")
            // A determination without a report; a floor below the superior's; an objection; a void word.
            try claim("zy", "620724/newUrbanJobs/2020-06", "value=5", "620700.hrss")
            try measure("zy", "620724/newUrbanJobs/2020-06", "value")
            try claim("gt", "target 620724/grainReserveDays/2020", "floor=8", "620724.gov")
            try measure("gt", "target 620724/grainReserveDays/2020", "floor")
            try claim("gt", "target 620724/newUrbanJobs/2020", "floor=9", "620724.hrss", "--even-if-void")
            try measure("gt", "target 620724/newUrbanJobs/2020", "floor")
            try claim("gt", Self.grain, "value=1", "620724.culture", "--even-if-void")
            try measure("gt", Self.grain, "value")
            // A ledger item: workflow and set. A decision, and a new fact against it.
            try tool.do("gt", "publish", Tool.example("gt/ledger/17-transport.yaml"))
            try tool.do("gt", "claim", "高工信-2020-017", "cooperating=+620724.police", "--unit", "620724.miit", "--as", "620724.miit.p1")
            try measure("gt", "高工信-2020-017", "state")
            try measure("gt", "高工信-2020-017", "cooperating")
            try tool.do("zy", "decide", Self.transfer, "value", "30402", "--ground", "纪要2020-1", "--unit", "620700.gov", "--as", "620700.gov.p1", now: "2020-09-01")
            try measure("zy", Self.transfer, "value")
            #expect(try tool.carry("zy", "gt", as: "zy-gt-2.tkb", now: "2020-09-01").status == 0)
            try claim("gt", Self.transfer, "value=30405", "620724.hrss", "--new-fact", "三人有新凭证")
            try measure("gt", Self.transfer, "value")
            // A joint issue that one office has signed; statistics.
            let joint = """
                format: "tiaokuai/publish/1"
                place: "620724"
                on: "2020-08-20"
                by: {unit: "620724.gov", as: "620724.gov.p1"}
                document:
                  number: "高办发〔2020〕3号"
                  title: "关于进一步做好“六保”工作的通知"
                  issuers: [{unit: "620724.partyoffice", as: "620724.partyoffice.p1"}, {unit: "620724.govoffice", as: "620724.govoffice.p1"}]
                  signedOn: "2020-08-20"
                indicators:
                  - {id: "smeSample", title: "中小微企业经营状况", measure: "户", direction: "none", line: "miit", nature: "stock", statistical: true}
                """
            try Data(joint.utf8).write(to: folder(tool, "joint.yaml"))
            try tool.do("gt", "publish", tool.path("joint.yaml"), "--unit", "620724.partyoffice")
            try tool.do("gt", "publish", tool.path("joint.yaml"), "--unit", "620724.gov")
            try measure("gt", "高办发〔2020〕3号", "title")
            try claim("gt", "620724/smeSample/2020-08", "value=310", "620724.miit")
            try claim("gt", "620724/smeSample/2020-08", "value=298", "620724.stats")
            try measure("gt", "620724/smeSample/2020-08", "value")
            #expect(rules == ["sole", "strictest", "mode", "none", "agreement", "lastAgreed", "workflow", "set", "decision", "statistics"])
            #expect(verdicts.isSuperset(of: ["stands", "overruled", "disputed", "incomplete", "inert", "objection", "void", "decides"]), "\(verdicts)")
            #expect(blanks.isSuperset(of: ["noClaim", "undecided", "incompleteJointIssue", "noReport"]), "\(blanks)")
            #expect(kinds.isSuperset(of: ["inTier conflicting", "vertical conflicting", "byRule", "undecided", "reopened"]), "\(kinds)")
        }
    }

    private func folder(_ tool: Tool, _ name: String) -> URL { tool.folder.appendingPathComponent(name) }

    @Test func whatIfAnswersOnOneScreenAndWritesNothing() throws {
        try withDisputes { tool in
            let before = try tool.do("gt", "history", Self.grain)["rows"] as? [Any]
            let json = try tool.do("gt", "what-if", Self.grain, "value", "--mode", "unspecified")
            #expect((json["now"] as? [String: Any])?["value"] as? String == "14.2")
            #expect(json["isSame"] as? Bool != nil)
            try tool.expectOneScreen("gt", ["what-if", Self.grain, "value", "--mode", "blockFirst", "--at", "620724"])
            let claim = try #require((json["claims"] as? [[String: Any]])?.first?["operation"] as? String)
            try tool.expectOneScreen("gt", ["what-if", Self.grain, "value", "--without", String(claim.prefix(8))])
            #expect(try tool.do("gt", "history", Self.grain)["rows"].map { ($0 as? [Any])?.count } == before?.count)
            for (arguments, code) in [
                (["--without", "00000000"], "unknownOperation"), (["--mode", "sideways"], "badValue"), (["--mode", "lineFirst", "--at", "622900"], "placeNotAbove"),
                ([], "missingReason"), (["--mode", "lineFirst", "--without", String(claim.prefix(8))], "missingReason"),
            ] {
                let error = try #require(try tool.attempt("gt", ["what-if", Self.grain, "value"] + arguments).error)
                #expect(error.code == code)
                #expect(!error.zh.isEmpty && !error.en.isEmpty)
            }
        }
    }

    @Test func theMatrixIsShownAndAChangeOfItRehearsed() throws {
        try withDisputes { tool in
            let json = try tool.do("gt", "responsibility", "show", "高台县", "成品粮储备可供应天数", "--on", "2020-08-31")
            let steps = try #require(json["steps"] as? [[String: Any]])
            #expect(steps.map { $0["mode"] as? String } == ["lineFirst", "lineFirst", "unspecified"])
            let text = try tool.shown("gt", ["responsibility", "show", "高台县", "grainReserveDays"], "zh").joined(separator: "\n")
            for words in ["以条为主", "高台县发展改革局", "按名单次序", "“以条为主”"] { #expect(text.contains(words), "\(words)") }
            let file = """
                format: "tiaokuai/publish/1"
                place: "620724"
                on: "2020-08-20"
                by: {unit: "620724.gov", as: "620724.gov.p1"}
                document: {number: "高政发〔2020〕8号", title: "t", signedOn: "2020-08-20", issuers: [{unit: "620724.gov", as: "620724.gov.p1"}]}
                measures:
                  - {path: "保粮食能源安全/一/3/1", title: "a", clause: "3(1)", mode: "unspecified", units: ["620724.ndrc", "620724.mofcom"], leads: ["620724.ndrc", "620724.mofcom"], indicators: ["grainReserveDays"]}
                """
            try Data(file.utf8).write(to: folder(tool, "draft.yaml"))
            let diff = try tool.do("gt", "responsibility", "diff", tool.path("draft.yaml"))
            // Two leads report now: the figure, and the measure that it serves.
            let changes = try #require(diff["changes"] as? [[String: Any]])
            #expect(changes.map { $0["field"] as? String } == ["measure", "value"])
            #expect((changes.last?["after"] as? [String: Any])?["dispute"] as? String == "undecided")
            let said = try tool.shown("gt", ["responsibility", "diff", tool.path("draft.yaml")], "zh").joined(separator: "\n")
            for words in ["2 处结果变了", "之前:14.2 天", "只是演练"] { #expect(said.contains(words), "\(words) in \(said)") }
            #expect((try tool.do("gt", "responsibility", "diff", "--from", "2020-08-01", "--to", "2020-08-12")["changes"] as? [Any])?.isEmpty == false)
            #expect(try tool.attempt("gt", ["responsibility", "diff", "--from", "ffffffff"]).error?.code == "unknownVersion")
            #expect(try tool.attempt("gt", ["responsibility", "diff"]).error?.code == "missingReason")
            #expect(try tool.attempt("gt", ["responsibility", "show", "高台县", "没有"]).error?.code == "unknownIndicator")
        }
    }

    @Test func aDisputeIsFollowedFromTheAgendaToTheAppeal() throws {
        try withDisputes { tool in
            let agenda = try #require((try tool.do("zy", "disputes", "--agenda", "--as-of", "2020-08-20")["rows"] as? [[String: Any]])?.first)
            #expect(agenda["period"] as? String == "2020-08")
            #expect((agenda["items"] as? [[String: Any]])?.count == 1)
            let text = try tool.shown("zy", ["disputes", "--agenda", "--as-of", "2020-08-20"], "zh").joined(separator: "\n")
            for words in ["张掖市人民政府 2020-08 会商议题(1)", "612人重复计算", "可裁定为:", "按月会商"] { #expect(text.contains(words), "\(words) in \(text)") }
            let open = try tool.shown("zy", ["disputes"], "zh").joined(separator: "\n")
            #expect(open.contains("任一方改报成一致或撤回,或由张掖市人民政府、甘肃省人民政府裁定"), "\(open)")
            try tool.do("zy", "decide", Self.transfer, "value", "30402", "--ground", "纪要2020-1", "--unit", "620700.gov", "--as", "620700.gov.p1", now: "2020-09-01")
            #expect(try tool.carry("zy", "gt", as: "zy-gt-2.tkb", now: "2020-09-01").status == 0)
            let overdue = try tool.shown("gt", ["disputes", "--all", "--as-of", "2020-09-20"], "zh").joined(separator: "\n")
            #expect(overdue.contains("应于 2020-09-16 前知悉,逾期 4 天"), "\(overdue)")
            let acting = ["--unit", "620724.hrss", "--as", "620724.hrss.p1"]
            #expect(try tool.attempt("gt", ["acknowledge", Self.transfer, "--unit", "620724.ndrc", "--as", "620724.ndrc.p1"]).error?.code == "nothingLost")
            #expect(try tool.attempt("gt", ["acknowledge", Self.transfer] + acting, now: "2020-09-20").status == 0)
            let filed = try tool.attempt("gt", ["appeal", "file", Self.transfer, "value", "--text", "10人系两次务工"] + acting, now: "2020-09-20")
            #expect(filed.status == 0, "\(filed.out)")
            let rows = try #require(try tool.do("gt", "appeal", "list")["rows"] as? [[String: Any]])
            #expect(rows.map { $0["state"] as? String } == ["filed"])
            #expect(try tool.shown("gt", ["appeal", "list"], "en").joined().contains("the decision stands meanwhile"))
            let story = try tool.shown("gt", ["disputes", Self.transfer], "zh").joined(separator: "\n")
            for words in ["裁定 30402 人", "裁定的是:", "依据 纪要2020-1", "知悉", "提请复核"] { #expect(story.contains(words), "\(words) in \(story)") }
            #expect(try tool.attempt("gt", ["appeal", "file", Self.grain, "value", "--text", "x", "--unit", "620724.mofcom", "--as", "620724.mofcom.p1"]).error?.code == "notDecided")
        }
    }
}
