import TiaokuaiModel

/// A circular 通报 on a period, with the figures as they were frozen when it was made: a late correction does not change
/// it, the next one carries the correction.
public enum CircularKind {
    public static let table = KindTable(
        "circular", "通报", .policy, key: [.init("unit", .text), .init("period", .text), .init("scope", .text)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "标题"),
            FieldSpec("text", 17, .internal, .soleIssuer, .text, "正文"),
            FieldSpec("figures", 18, .internal, .soleIssuer, .list, "采用数据"),
            FieldSpec("frozenOn", 19, .internal, .soleIssuer, .day, "截止日"),
        ])

    public static let title = table.number(of: "title")
    public static let text = table.number(of: "text")
    /// Each a list: place, indicator, period (texts), value (decimal), operation (32 bytes).
    public static let figures = table.number(of: "figures")
    public static let frozenOn = table.number(of: "frozenOn")
}
