import TiaokuaiModel

/// An exact standard 标准: neither lower nor higher below its issuer. Records on one (indicator, period) are joined along
/// the path by `ExactStandard.judge`; the highest place's stands.
public enum StandardKind {
    public static let table = KindTable(
        "standard", "标准", .policy, key: [.init("issuer", .text), .init("indicator", .text), .init("period", .text)], issuer: .key("issuer"),
        fields: [
            FieldSpec("value", 16, .public, .soleIssuer, .decimal, "标准值"),
            FieldSpec("per", 17, .public, .soleIssuer, .text, "计发单位"),
            FieldSpec("termFrom", 18, .public, .soleIssuer, .day, "执行起"),
            FieldSpec("termTo", 19, .public, .soleIssuer, .day, "执行止"),
            FieldSpec("document", 20, .public, .soleIssuer, .text, "依据文件"),
            FieldSpec("clause", 21, .public, .soleIssuer, .text, "条款"),
            FieldSpec("discretion", 22, .public, .soleIssuer, .text, "裁量"),
            FieldSpec("condition", 23, .public, .soleIssuer, .text, "条件"),
        ])

    /// In the indicator's base measure; absent for a standard that only has a term.
    public static let value = table.number(of: "value")
    public static let per = table.number(of: "per")
    public static let termFrom = table.number(of: "termFrom")
    /// The last day on which it holds.
    public static let termTo = table.number(of: "termTo")
    public static let document = table.number(of: "document")
    public static let clause = table.number(of: "clause")
    /// As in a measure: only `may` opens a range below.
    public static let discretion = table.number(of: "discretion")
    public static let condition = table.number(of: "condition")
}
