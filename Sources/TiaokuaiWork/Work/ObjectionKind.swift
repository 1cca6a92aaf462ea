import TiaokuaiModel

/// What a unit has to say against a record that is not its own to claim on 异议, at its own place. Never takes effect by itself.
public enum ObjectionKind {
    public static let table = KindTable(
        "objection", "异议", .work, key: [.init("unit", .text), .init("record", .bytes), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("field", 16, .internal, .soleIssuer, .text, "所涉字段"),
            FieldSpec("claims", 17, .internal, .soleIssuer, .list, "所涉主张"),
            FieldSpec("proposal", 18, .internal, .soleIssuer, .text, "建议值"),
            FieldSpec("text", 19, .internal, .soleIssuer, .text, "意见"),
        ])

    public static let field = table.number(of: "field")
    /// Operation ids, 32 bytes each.
    public static let claims = table.number(of: "claims")
    public static let proposal = table.number(of: "proposal")
    public static let text = table.number(of: "text")
}
