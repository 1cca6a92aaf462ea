import TiaokuaiModel

/// A unit's word that it has read what became of its claim 知悉, at its own place (R18). The claims are in `names` as well.
public enum AcknowledgementKind {
    public static let table = KindTable(
        "acknowledgement", "知悉", .work, key: [.init("unit", .text), .init("record", .bytes), .init("claim", .bytes)], issuer: .key("unit"),
        fields: [
            FieldSpec("readOn", 16, .internal, .soleIssuer, .day, "知悉日期"),
            FieldSpec("answer", 17, .internal, .soleIssuer, .text, "态度"),
            FieldSpec("note", 18, .internal, .soleIssuer, .text, "说明"),
        ])

    public static let readOn = table.number(of: "readOn")
    /// `read`, `accepts` or `objects`.
    public static let answer = table.number(of: "answer")
    public static let note = table.number(of: "note")
}
