import TiaokuaiModel

/// An item of the problem ledger 问题台账: one problem, one leader, one department, followed to its closing-off 销号.
///
/// Who resolves does not verify; nothing closes without evidence; a reopening beats a close that did not know of it.
public enum LedgerItemKind {
    public static let table = KindTable(
        "ledgerItem", "台账事项", .work,
        key: [.init("unit", .text), .init("year", .decimal), .init("number", .decimal), .init("origin", .bytes)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "问题"),
            FieldSpec("description", 17, .internal, .soleIssuer, .text, "具体情况"),
            FieldSpec("subject", 18, .internal, .soleIssuer, .text, "涉及对象"),
            FieldSpec("document", 19, .internal, .soleIssuer, .text, "依据文件"),
            FieldSpec("measure", 20, .internal, .soleIssuer, .text, "对应措施"),
            FieldSpec("line", 21, .internal, .soleIssuer, .text, "条线"),
            FieldSpec("amount", 22, .internal, .soleIssuer, .decimal, "金额(元)"),
            FieldSpec("category", 23, .internal, .authority, .text, "类别"),
            FieldSpec("deadline", 24, .internal, .authority, .day, "办结时限"),
            FieldSpec("leader", 25, .internal, .holder, .text, "包抓领导"),
            FieldSpec("department", 26, .internal, .holder, .text, "责任部门"),
            FieldSpec("state", 27, .internal, .workflow, .text, "状态"),
            FieldSpec("cooperating", 28, .internal, .set, .text, "配合单位"),
            FieldSpec("links", 29, .internal, .set, .bytes, "关联事项"),
            FieldSpec("attachments", 30, .internal, .set, .text, "附件"),
        ],
        workflow: workflow)

    static let workflow = Workflow(
        states: ["reopened", "returned", "open", "escalated", "inProgress", "resolvedClaimed", "verified", "closed"],
        events: [
            .init("open", from: [""], to: "open", by: [.issuer], opensEpisode: true),
            .init(
                "start", from: ["open", "reopened", "returned", "escalated"], to: "inProgress", by: [.issuer, .holder("department"), .government, .lead]),
            .init(
                "escalate", from: ["open", "reopened", "returned", "inProgress", "escalated"], to: "escalated",
                by: [.issuer, .holder("department"), .government, .lead]),
            .init(
                "resolve", from: ["open", "reopened", "returned", "inProgress", "escalated"], to: "resolvedClaimed", by: [.issuer, .holder("department")],
                needsEvidence: true),
            .init(
                "verify", from: ["resolvedClaimed"], to: "verified", by: [.issuer, .government, .lead, .superior, .superiorUnit], needsEvidence: true,
                needsNames: true, notByAuthorOf: "resolve"),
            .init(
                "return", from: ["resolvedClaimed", "verified"], to: "returned", by: [.issuer, .government, .lead, .superior, .superiorUnit], needsNames: true),
            .init(
                "close", from: ["verified"], to: "closed", by: [.issuer, .government, .lead, .superior], needsEvidence: true, needsNames: true,
                notByAuthorOf: "resolve"),
            .init(
                "reopen", from: ["inProgress", "escalated", "resolvedClaimed", "verified", "closed"], to: "reopened", by: [.anyone], needsEvidence: true,
                opensEpisode: true),
        ])

    public static let title = table.number(of: "title")
    public static let description = table.number(of: "description")
    /// The firm, chain or debt that it is about; never a person.
    public static let subject = table.number(of: "subject")
    /// A document number, with `measure` the part of the plan under which the item is weighed.
    public static let document = table.number(of: "document")
    public static let measure = table.number(of: "measure")
    /// The line that leads the item; absent is the opening unit's.
    public static let line = table.number(of: "line")
    public static let amount = table.number(of: "amount")
    public static let category = table.number(of: "category")
    public static let deadline = table.number(of: "deadline")
    /// A `PostReference` 一名领导.
    public static let leader = table.number(of: "leader")
    /// A unit id 一个部门.
    public static let department = table.number(of: "department")
    public static let state = table.number(of: "state")
    /// The last state 销号.
    public static let closed = "closed"
    public static let cooperating = table.number(of: "cooperating")
    /// Record ids, 32 bytes.
    public static let links = table.number(of: "links")
    public static let attachments = table.number(of: "attachments")
}
