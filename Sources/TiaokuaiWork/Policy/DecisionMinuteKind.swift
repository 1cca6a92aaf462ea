import TiaokuaiModel

/// The minute of a consultation 会商纪要: the ground that decisions cite. Policy, so that the places below can read it.
public enum DecisionMinuteKind {
    public static let table = KindTable(
        "decisionMinute", "会商纪要", .policy, key: [.init("unit", .text), .init("year", .decimal), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "议题"),
            FieldSpec("heldOn", 17, .internal, .soleIssuer, .day, "会商日期"),
            FieldSpec("attendees", 18, .internal, .soleIssuer, .list, "参会单位"),
            FieldSpec("text", 19, .internal, .soleIssuer, .text, "议定事项"),
            FieldSpec("disputes", 20, .internal, .soleIssuer, .list, "所涉争议"),
        ])

    public static let title = table.number(of: "title")
    public static let heldOn = table.number(of: "heldOn")
    /// Unit ids.
    public static let attendees = table.number(of: "attendees")
    public static let text = table.number(of: "text")
    /// Dispute ids, 32 bytes each.
    public static let disputes = table.number(of: "disputes")
}
