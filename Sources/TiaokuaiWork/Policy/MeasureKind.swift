import TiaokuaiModel

/// A measure 措施 of a plan. The path is the plan, then the labels down to the measure as printed and without brackets:
/// `保居民就业/22`, `保粮食能源安全/一/3`, `保市场主体/6/3`.
public enum MeasureKind {
    public static let table = KindTable(
        "measure", "措施", .policy, key: [.init("document", .text), .init("path", .text)], issuer: .government,
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "标题"),
            FieldSpec("clause", 17, .internal, .soleIssuer, .text, "条款"),
            FieldSpec("unitsAsPrinted", 18, .internal, .soleIssuer, .list, "责任单位原文"),
            FieldSpec("frequency", 19, .internal, .soleIssuer, .text, "频率"),
            FieldSpec("discretion", 20, .internal, .soleIssuer, .text, "裁量"),
            FieldSpec("deadline", 21, .internal, .soleIssuer, .day, "时限"),
        ])

    public static let title = table.number(of: "title")
    public static let clause = table.number(of: "clause")
    /// Names in the order of the document, groups such as 各镇人民政府 included.
    public static let unitsAsPrinted = table.number(of: "unitsAsPrinted")
    /// A raw value of `IndicatorDefinition.Frequency`, for what must be done again and again.
    public static let frequency = table.number(of: "frequency")
    /// `must` 要/一律/严格, `may` 可/鼓励, or `adapt` 因地制宜; absent is `must`.
    public static let discretion = table.number(of: "discretion")
    public static let deadline = table.number(of: "deadline")
}
