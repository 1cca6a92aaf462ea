import TiaokuaiModel

/// A losing side's request that the government above look at a decision again 提请复核, at the unit's own place. The decision
/// stands meanwhile; only another decision, of the government above, changes what is in use.
public enum AppealKind {
    public static let table = KindTable(
        "appeal", "提请复核", .work, key: [.init("unit", .text), .init("record", .bytes), .init("decision", .bytes)], issuer: .key("unit"),
        fields: [
            FieldSpec("field", 16, .internal, .soleIssuer, .text, "所涉字段"),
            FieldSpec("to", 17, .internal, .soleIssuer, .text, "报送单位"),
            FieldSpec("text", 18, .internal, .soleIssuer, .text, "理由"),
            FieldSpec("filedOn", 19, .internal, .soleIssuer, .day, "提请日期"),
            FieldSpec("state", 20, .internal, .workflow, .text, "状态"),
        ],
        workflow: Workflow(
            states: ["filed", "withdrawn", "upheld"],
            events: [
                .init("file", from: ["", "withdrawn", "upheld"], to: "filed", by: [.issuer], opensEpisode: true),
                .init("withdraw", from: ["filed"], to: "withdrawn", by: [.issuer]),
                .init("uphold", from: ["filed"], to: "upheld", by: [.superior], needsEvidence: true, needsNames: true),
            ]))

    public static let field = table.number(of: "field")
    /// The government that is asked: the next above the one that decided.
    public static let to = table.number(of: "to")
    public static let text = table.number(of: "text")
    public static let filedOn = table.number(of: "filedOn")
    public static let state = table.number(of: "state")
}
