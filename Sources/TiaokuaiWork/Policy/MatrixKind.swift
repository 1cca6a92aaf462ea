import TiaokuaiModel

/// Who answers 责任分工, for a part of a plan or one measure of it. The mode belongs to a part; an entry without one takes
/// that of the nearest part above it in the same document, else the superior's plan's on the same topic.
public enum MatrixKind {
    public static let table = KindTable(
        "matrix", "责任分工", .policy, key: [.init("document", .text), .init("part", .text)], issuer: .government,
        fields: [
            FieldSpec("mode", 16, .internal, .soleIssuer, .text, "条块方式"),
            FieldSpec("leads", 17, .internal, .soleIssuer, .list, "牵头单位"),
            FieldSpec("responsible", 18, .internal, .soleIssuer, .list, "责任单位"),
            FieldSpec("cooperating", 19, .internal, .soleIssuer, .list, "配合单位"),
            FieldSpec("indicators", 20, .internal, .soleIssuer, .list, "涉及指标"),
            FieldSpec("topic", 21, .internal, .soleIssuer, .text, "任务类别"),
            FieldSpec("clause", 22, .internal, .soleIssuer, .text, "条款"),
            FieldSpec("formula", 23, .internal, .soleIssuer, .text, "表述"),
            FieldSpec("inForceFrom", 24, .internal, .soleIssuer, .day, "生效日"),
            FieldSpec("isOpenEnded", 25, .internal, .soleIssuer, .boolean, "等相关部门"),
            FieldSpec("blanket", 26, .internal, .soleIssuer, .list, "以下各项均需实施的单位"),
            FieldSpec("collective", 27, .internal, .soleIssuer, .list, "统称的责任单位"),
        ])

    /// A raw value of `ResponsibilityMode`; absent is silent, which is not `unspecified`: silence inherits.
    public static let mode = table.number(of: "mode")
    /// Unit ids named 牵头 in the text; absent where list order decides.
    public static let leads = table.number(of: "leads")
    /// Unit ids in the order of the document.
    public static let responsible = table.number(of: "responsible")
    public static let cooperating = table.number(of: "cooperating")
    /// Indicator ids that the entry covers.
    public static let indicators = table.number(of: "indicators")
    /// A raw value of `Topic`: what parts of plans at different tiers have in common.
    public static let topic = table.number(of: "topic")
    public static let clause = table.number(of: "clause")
    public static let formula = table.number(of: "formula")
    public static let inForceFrom = table.number(of: "inForceFrom")
    public static let isOpenEnded = table.number(of: "isOpenEnded")
    /// Of a part: who works on every entry within it, listed there or not 以下各项均需……实施. Unit ids, and groups as printed.
    public static let blanket = table.number(of: "blanket")
    /// Groups as printed, such as 各县市 or 各镇人民政府: the governments of all places one step below the issuer's.
    public static let collective = table.number(of: "collective")
}

/// What a part of a plan is about: the six guarantees 六保, food and energy apart because their modes are.
public enum Topic: String, Hashable, Sendable, CaseIterable {
    /// 保居民就业
    case employment
    /// 保基本民生
    case basicLivelihood
    /// 保市场主体
    case marketEntities
    /// 保粮食安全
    case foodSecurity
    /// 保能源安全
    case energySecurity
    /// 保产业链供应链稳定
    case supplyChains
    /// 保基层运转
    case grassrootsOperation
}
