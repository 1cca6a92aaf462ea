import TiaokuaiModel

/// A target 目标 of a place. Bounds of the same key are joined along the path, the strictest in force: a lower tier may
/// tighten, a looser bound is kept and inert.
///
/// The qualifier is empty for the period's own target; a checkpoint has one of its own (`by-2020-05`).
public enum TargetKind {
    public static let table = KindTable(
        "target", "目标", .policy, key: [.init("indicator", .text), .init("period", .text), .init("qualifier", .text)], issuer: .government,
        fields: [
            FieldSpec("floor", 16, .internal, .strictest(.floor), .decimal, "底线"),
            FieldSpec("ceiling", 17, .internal, .strictest(.ceiling), .decimal, "上限"),
            FieldSpec("deadline", 18, .internal, .strictest(.earliest), .day, "时限"),
            FieldSpec("percentOfTarget", 19, .internal, .strictest(.floor), .decimal, "占年度目标百分比"),
            FieldSpec("comparator", 20, .internal, .soleIssuer, .text, "比较方式"),
            FieldSpec("firmness", 21, .internal, .soleIssuer, .text, "约束力"),
            FieldSpec("relativeTo", 22, .internal, .soleIssuer, .text, "对比期"),
            FieldSpec("document", 23, .internal, .soleIssuer, .text, "依据文件"),
            FieldSpec("clause", 24, .internal, .soleIssuer, .text, "条款"),
            FieldSpec("measure", 25, .internal, .soleIssuer, .text, "措施"),
        ])

    /// In the indicator's base measure, as is `ceiling`.
    public static let floor = table.number(of: "floor")
    public static let ceiling = table.number(of: "ceiling")
    public static let deadline = table.number(of: "deadline")
    /// A checkpoint: percent of the floor in force for the same indicator and period, without qualifier.
    public static let percentOfTarget = table.number(of: "percentOfTarget")
    /// A raw value of `Comparator`; absent is `atLeast` for a floor and `atMost` for a ceiling.
    public static let comparator = table.number(of: "comparator")
    /// A raw value of `Firmness`; absent is `firm`.
    public static let firmness = table.number(of: "firmness")
    /// The period whose figure of the same indicator and place is the floor (or the ceiling): 不低于去年水平.
    public static let relativeTo = table.number(of: "relativeTo")
    /// A document number.
    public static let document = table.number(of: "document")
    public static let clause = table.number(of: "clause")
    /// A measure's path in that document.
    public static let measure = table.number(of: "measure")
}

/// How a bound is worded.
public enum Comparator: String, Hashable, Sendable, CaseIterable {
    /// 以上、不低于、达到
    case atLeast
    /// 以内、不超过、以下(含本数)
    case atMost
    /// A bare figure of a plan; assessed as a floor. 清零 is `atMost` 0.
    case equal
    /// 高于、突破
    case above
    /// 低于、不足
    case below
}

/// 约束力 of a target.
public enum Firmness: String, Hashable, Sendable, CaseIterable {
    /// 确保, or plainly stated.
    case firm
    /// 力争、争取
    case aspirational
    /// 动态清零: holds at every moment, has no date.
    case dynamicZero
}
