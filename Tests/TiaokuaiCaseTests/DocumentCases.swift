import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice

/// Documents: own text only, citations that come before what they cite, typography, publicity (R1, R14, R16, R19).
@Suite struct DocumentCases {
    private func file(_ place: String, _ number: String, _ title: String, issuers: [String] = [], signed: String = "2020-08-12", rest: String = "") -> [UInt8] {
        let signing = (issuers.isEmpty ? ["\(place).gov"] : issuers).map { "    - {unit: \"\($0)\", as: \"\($0).p1\"}" }.joined(separator: "\n")
        return Array(
            """
            format: "tiaokuai/publish/1"
            place: "\(place)"
            on: "\(signed)"
            示例数据: true
            by: {unit: "\(place).gov", as: "\(place).gov.p1"}
            document:
              number: "\(number)"
              title: "\(title)"
              issuers:
            \(signing)
              signedOn: "\(signed)"
            \(rest)
            """.utf8)
    }

    @Test func r14r1c05theCitysRegistrySaysWhichNumberIsRightAndTheCountysTextStays() throws {
        let cites = """
              cites:
                - {relation: "implements", number: "市委办发〔2020〕16号", title: "关于印发张掖市“六保”工作方案的通知", clause: "保居民就业"}
                - {relation: "implements", number: "市委办发〔2020〕25号", title: "关于印发张掖市“六保”工作方案的通知", clause: "保基层运转"}
            """
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") { _ = try $0.publish(file("620724", "高政办发〔2020〕1号", "高台县“六保”工作方案", rest: cites), file: "county.yaml") }
            try one.at("zy") { _ = try $0.publish(file("620700", "市委办发〔2020〕25号", "关于印发张掖市“六保”工作方案的通知"), file: "city.yaml") }
        } check: { (_, office) throws in
            #expect(
                try office.citations(place: "620724").map { "\($0.number) \($0.clause) \($0.state) \($0.targets.map(\.reference))" } == [
                    "市委办发〔2020〕16号 保居民就业 mismatch [\"市委办发〔2020〕25号\"]", "市委办发〔2020〕25号 保基层运转 resolved [\"市委办发〔2020〕25号\"]",
                ])
            #expect(try office.history("高政办发〔2020〕1号").count == 1)
        }
    }

    @Test func r12r13c26aMilestoneThatWasDueBeforeTheIssueIsMarkedAndNotRefused() throws {
        try Case.play(["zy", "gt"], on: "2020-08-12") { one in
            try one.at("gt") { _ = try $0.publish(file("620724", "高政办发〔2020〕1号", "高台县“六保”工作方案"), file: "county.yaml") }
            try one.at("gt") {
                try $0.state(
                    "target 620724/newUrbanJobs/2020/by-2020-06", ["floor": "1300人", "deadline": "2020-06-10", "document": "高政办发〔2020〕1号"], by: "620724.gov")
            }
            try one.at("zy", on: "2020-08-20") { try $0.state("target 620700/newUrbanJobs/2020", ["floor": "20000人"], by: "620700.gov") }
        } check: { (_, office) throws in
            func row(_ day: String) throws -> AssessmentRow? {
                try office.todo(unit: nil, place: "620724", asOf: try office.day(day)).targets.first { $0.qualifier == "by-2020-06" }
            }
            let due = try #require(try row("2020-08-20"))
            #expect("\(due.state ?? "") \(due.days ?? 0) \(due.dueBeforeIssue) \(due.signedOn ?? "")" == "overdue 71 true 2020-08-12")
            #expect(try row("2020-08-01") == nil)
        }
    }

    @Test func r12s12aNoticeThatWasOutBeforeItWasSignedKeepsBothDates() throws {
        try Case.play(["zy", "gt"], on: "2020-07-16") { one in
            try one.at("gt") { _ = try $0.publish(file("620724", "高政办发〔2020〕7号", "关于加强重点区域管控的通知", signed: "2020-07-20"), file: "notice.yaml") }
        } check: { (_, office) throws in
            let signed = try office.explain("高政办发〔2020〕7号", field: "signedOn")
            #expect(signed.value == "2020-07-20")
            #expect(signed.claims.map { "\($0.business ?? "") \($0.written.prefix(10))" } == ["2020-07-20 2020-07-16"])
            #expect(signed.dispute == nil)
        }
    }

    @Test func s14aListThatNamesFewerThanItCountsIsKeptAsPrinted() throws {
        let text = "构建县、乡、村、户“五位一体”监测预警体系"
        try Case.play(["zy", "gt"]) { one in
            let measure = "measures:\n  - {path: \"保居民就业/31\", title: \"\(text)\", clause: \"31\", units: [\"620724.hrss\"]}"
            try one.at("gt") { _ = try $0.publish(file("620724", "高政办发〔2020〕1号", "高台县“六保”工作方案", rest: measure), file: "county.yaml") }
            try one.at("zy") { _ = try $0.publish(file("620700", "张政办发〔2020〕1号", "张掖市“六保”工作方案"), file: "city.yaml") }
        } check: { (_, office) throws in
            let measures = try office.list(kind: "measure", place: "620724")
            #expect(measures.flatMap(\.values).filter { $0.field == "title" }.map(\.value) == [text])
            #expect(measures.allSatisfy { !$0.isDisputed && $0.blanks.isEmpty })
        }
    }

    @Test func r14c27aReportThatServesAMeasureNotYetHeldIsShownAsPendingAndReleased() throws {
        let cell = "620724/newUrbanJobs/2020-08"
        try Stage.with(["gs", "zy", "gt"]) { stage in
            let one = Case(stage)
            try one.at("gt") {
                let measure = "measures:\n  - {path: \"保居民就业/22\", title: \"职业技能培训\", clause: \"22\", units: [\"620724.hrss\"]}"
                _ = try $0.publish(file("620724", "高政办发〔2020〕1号", "高台县“六保”工作方案", rest: measure), file: "county.yaml")
            }
            try one.at("gt") { try $0.state(cell, ["value": "630人", "measure": "高政办发〔2020〕1号 保居民就业/22"], by: "620724.hrss") }
            // The report alone.
            let before = try stage.saveStore("gs")
            try stage.putStore(before, "gs")
            try stage.deliver(try #require(one.bundles[1].files["gs"]), to: "gs")
            #expect(try stage["gs"].show(cell).references.map { "\($0.field) \($0.state)" } == ["measure pending"])
            #expect(try stage["gs"].explain(cell, field: "value").value == "630")
            try stage.putStore(before, "gs")
            try one.inEveryOrder { (_, office) throws in
                let figure = try office.show(cell)
                #expect(figure.references.map { "\($0.field) \($0.state) \($0.records.map(\.kind))" } == ["measure resolved [\"measure\"]"])
            }
        }
    }

    @Test func r1c30theForwardedTextIsTheCitysAndTheCountysCorrectionIsANote() throws {
        try Case.play(
            ["gs", "zy", "gt"],
            before: { _ = try $0["zy"].publish(self.file("620700", "张政发〔2020〕9号", "关于做好“六稳”工作落实“六保”任务的实施意见"), file: "city.yaml") }
        ) { one in
            try one.at("zy", on: "2020-08-20") { try $0.state("张政发〔2020〕9号", ["title": "关于做好“六稳”工作落实“六保”任务的实施意见(修订)"], by: "620700.gov") }
            try one.at("gt") { office in
                let error = #expect(throws: OfficeError.self) { try office.state("张政发〔2020〕9号", ["title": "关于做好六稳工作落实六保任务的意见"], by: "620724.gov") }
                #expect(error?.facts["reason"] == "notOnPath")
                _ = try office.object("张政发〔2020〕9号", field: "title", text: "错字", proposal: "关于做好六稳工作落实六保任务的意见", by: office.hand("620724.gov"))
            }
        } check: { (_, office) throws in
            #expect(try office.explain("张政发〔2020〕9号", field: "title").value == "关于做好“六稳”工作落实“六保”任务的实施意见(修订)")
            let notes = try office.kept().filter { $0.standing == "objection" }.map { "\($0.unit.id) \($0.value ?? "")" }
            #expect(notes == ["620724.gov 关于做好六稳工作落实六保任务的意见"] || office.node.folder.path.hasSuffix("gt"))
            #expect(try office.list(kind: "objection").count == 1)
        }
    }

    @Test func r19c44onePlanInTwoTypographiesIsOneDocument() throws {
        try Case.play(["gs", "zy", "gt", "gt2"]) { one in
            try one.at("gt") { try $0.state("document:620724/620724.hrss/无文号%2F保基本民生", ["title": "关于保基本民生（工作）方案", "textHash": "aa01"], by: "620724.hrss") }
            try one.at("gt2") { try $0.state("document:620724/620724.hrss/无文号%2F保基本民生", ["title": "关于保基本民生 (工作)方案", "textHash": "aa01", "renditions": "bb02"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let document = try office.show("无文号/保基本民生")
            let title = try #require(document.fields.first { $0.field == "title" })
            #expect(title.blank == nil && title.dispute == nil)
            #expect(Set(title.claims.compactMap(\.value)).count == 2)
            #expect(title.claims.allSatisfy { $0.verdict.code == "stands" })
            #expect(document.fields.first { $0.field == "renditions" }?.members.map(\.value) == ["bb02"])
            #expect(try office.selfForks(place: "620724").isEmpty)
        }
    }

    @Test func r21ofOneIssuersVersionsTheLaterInItsOwnChainReplaces() throws {
        try Case.play(["gs", "zy", "gt"], before: { _ = try $0["zy"].publish(self.file("620700", "张政发〔2020〕9号", "实施意见"), file: "city.yaml") }) { one in
            try one.at("zy", on: "2020-08-20") { try $0.state("张政发〔2020〕9号", ["title": "实施意见(一)"], by: "620700.gov") }
            try one.at("zy", on: "2020-08-21") { try $0.state("张政发〔2020〕9号", ["title": "实施意见(二)"], by: "620700.gov") }
        } check: { (_, office) throws in
            #expect(try office.explain("张政发〔2020〕9号", field: "title").value == "实施意见(二)")
            #expect(Set(try office.history("张政发〔2020〕9号", field: "title").map { $0.fields[0].verdict.code }) == ["replaced", "stands"])
        }
    }

    @Test func r1c49aUnitsNamesAreItsOwnTiersAndDocumentsKeepTheirs() throws {
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") { try $0.state("unit:620724/620724.ndrc", ["aliases": "县发改局、县发展改革局"], by: "620724.gov") }
            try one.at("zy") { try $0.state("unit:620724/620724.mofcom", ["name": "高台县商务和粮食局"], by: "620700.finance") }
            try one.at("gt") { _ = try $0.publish(file("620724", "高政办发〔2020〕2号", "县发改局等部门分工"), file: "county.yaml") }
        } check: { (node, office) throws in
            #expect(try office.author(unit: "县发改局", person: "p").unit == "620724.ndrc")
            #expect(try office.explain("unit 620724.mofcom", field: "name").value == "高台县商务局")
            #expect(try office.kept(place: "620724").map(told) == ["objection 620700.finance name 高台县商务和粮食局 against 高台县商务局"])
            #expect(try office.explain("高政办发〔2020〕2号", field: "title").value == "县发改局等部门分工")
        }
    }
}
