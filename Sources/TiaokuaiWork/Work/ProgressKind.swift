import TiaokuaiModel

/// A measure's progress 进度 as the bench's workload writes it: nine columns, of which region, author and time are the
/// operation's own. Every field is the issuer's and no rule joins records, so a batch needs no settlement: the fast path
/// of merging must give what `settle` gives. A claim by any admitted unit of the place stands.
public enum ProgressKind {
    public static let table = KindTable(
        "progress", "进度", .work, key: [.init("id", .bytes)], issuer: .unitOfPlace,
        fields: [
            FieldSpec("line", 16, .internal, .soleIssuer, .text, "条线"),
            FieldSpec("indicator", 17, .internal, .soleIssuer, .text, "指标"),
            FieldSpec("period", 18, .internal, .soleIssuer, .text, "期间"),
            FieldSpec("value", 19, .internal, .soleIssuer, .decimal, "数值"),
            FieldSpec("note", 20, .internal, .soleIssuer, .text, "备注"),
        ])

    /// The key is 16 bytes.
    public static let idByteCount = 16
    public static let line = table.number(of: "line")
    public static let indicator = table.number(of: "indicator")
    public static let period = table.number(of: "period")
    public static let value = table.number(of: "value")
    public static let note = table.number(of: "note")
}
