import TiaokuaiModel

/// A problem sent up 提级转报, at the place where the facts stay. One problem may go up by two routes, each a record.
public enum EscalationKind {
    public static let table = KindTable(
        "escalation", "提级转报", .work, key: [.init("unit", .text), .init("year", .decimal), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("item", 16, .internal, .soleIssuer, .bytes, "台账事项"),
            FieldSpec("to", 17, .internal, .soleIssuer, .text, "报送单位"),
            FieldSpec("route", 18, .internal, .soleIssuer, .text, "渠道"),
            FieldSpec("cause", 19, .internal, .soleIssuer, .text, "提级原因"),
            FieldSpec("note", 20, .internal, .soleIssuer, .text, "说明"),
            FieldSpec("state", 21, .internal, .workflow, .text, "状态"),
        ],
        workflow: Workflow(
            states: ["sentBack", "raised", "taken", "answered"],
            events: [
                .init("raise", from: ["", "sentBack", "answered"], to: "raised", by: [.issuer], opensEpisode: true),
                .init("take", from: ["raised"], to: "taken", by: [.superior, .superiorUnit], needsNames: true),
                .init("sendBack", from: ["raised", "taken"], to: "sentBack", by: [.superior, .superiorUnit], needsNames: true),
                .init("answer", from: ["raised", "taken"], to: "answered", by: [.superior, .superiorUnit], needsEvidence: true, needsNames: true),
            ]))

    /// A ledger item's record id, 32 bytes.
    public static let item = table.number(of: "item")
    /// A unit id above.
    public static let to = table.number(of: "to")
    /// A raw value of `Route`.
    public static let route = table.number(of: "route")
    /// A raw value of `Cause`.
    public static let cause = table.number(of: "cause")
    public static let note = table.number(of: "note")
    public static let state = table.number(of: "state")

    public enum Route: String, Hashable, Sendable, CaseIterable {
        /// 条: by the departments of one line 转报.
        case line
        /// 块: from task force to task force 专班.
        case block
    }

    public enum Cause: String, Hashable, Sendable, CaseIterable {
        /// 跨县域
        case crossCounty
        /// 需要省级协调
        case needsProvince
        /// 县级层面难以协调解决
        case beyondPlace
    }
}
