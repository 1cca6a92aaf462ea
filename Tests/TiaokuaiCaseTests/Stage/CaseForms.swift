import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Record kinds that the cases need and this software does not have: declared as data, published by the province as forms.
enum CaseForms {
    private static func label(_ text: String) -> Label { Label(text, text) }

    private static func kind(
        _ name: KindName, _ title: String, key: [(String, ValueType)], issuer: KindTable.Author, line: LineID? = nil, workflow: Workflow? = nil, _ fields: [FieldSpec]
    ) -> KindTable {
        KindTable(
            name, title, english: title, .work, key: key.map { .init($0.0, $0.1, label($0.0)) }, issuer: issuer, fields: fields,
            workflow: workflow, line: line)
    }

    private static func field(_ name: String, _ number: UInt32, _ rule: FieldRule, _ type: ValueType, _ title: String, choices: [String] = []) -> FieldSpec {
        FieldSpec(name, number, .internal, rule, type, title, english: title, choices: choices.map { .init($0, label($0)) })
    }

    /// 名录: an entry of one line's list; the same firm in two lists is two entries with one subject.
    static let roster = kind(
        "case.roster", "企业名录", key: [("subject", .text), ("unit", .text)], issuer: .key("unit"),
        [field("list", 16, .soleIssuer, .text, "名录"), field("headcount", 17, .soleIssuer, .decimal, "职工人数")])

    /// 稳岗返还: what is exclusive is one record, its key what it is exclusive in.
    static let refund = kind(
        "case.refund", "稳岗返还", key: [("subject", .text), ("period", .text)], issuer: .unitOfPlace, line: "hrss",
        [field("benefit", 16, .authority, .text, "返还类别", choices: ["hardship", "general"]), field("amount", 17, .authority, .decimal, "金额")])

    /// 核实: what the county's offices found, and the day of enrolment.
    static let verification = kind(
        "case.verification", "核实", key: [("household", .text)], issuer: .lineOfPlace, line: "civil",
        [
            field("result", 16, .authority, .text, "核实结果", choices: ["eligible", "notEligible", "enrolled"]), field("enrolledOn", 17, .soleIssuer, .day, "纳入日期"),
            field("methods", 18, .set, .text, "核实方式"),
        ])

    /// 工资专户: money of the account has one purpose.
    static let wages = kind(
        "case.wages", "工资专户", key: [("unit", .text), ("number", .decimal)], issuer: .key("unit"),
        [field("purpose", 16, .soleIssuer, .text, "用途", choices: ["wages"]), field("amount", 17, .soleIssuer, .decimal, "金额")])

    /// 考核: the superior's score of a unit below.
    static let assessment = kind(
        "case.assessment", "考核", key: [("unit", .text), ("subject", .text), ("period", .text)], issuer: .key("unit"),
        [field("score", 16, .soleIssuer, .decimal, "得分")])

    /// 挂牌督战: only the tier that hung it takes it down.
    static let placard = kind(
        "case.placard", "挂牌督战", key: [("unit", .text), ("subject", .text)], issuer: .key("unit"),
        workflow: Workflow(
            states: ["hung", "down"],
            events: [
                .init("hang", from: ["", "down"], to: "hung", by: [.issuer], opensEpisode: true, label: label("挂牌")),
                .init("takeDown", from: ["hung"], to: "down", by: [.issuer], needsEvidence: true, label: label("摘牌")),
            ], stateLabels: ["hung": label("已挂牌"), "down": label("已摘牌")]),
        [field("state", 16, .workflow, .text, "状态")])

    static func publish(_ tables: [KindTable], on stage: Stage) throws {
        try stage.nodes["gs"]?.write(tables.map { FormKind.draft(of: $0, at: "620000", by: "620000.gov", person: "620000.gov.p1") })
    }
}
