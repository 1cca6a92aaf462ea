import TiaokuaiModel

/// Flood control 防汛, declared in Swift: one file, one table for each kind of record.
enum FloodKinds {
    /// What a reservoir stands at: by precedence between line and block.
    static let gauge = KindTable(
        "flood.gauge", "水库水情", english: "reservoir gauge", .work,
        key: [.init("day", .text, Label("日期", "day")), .init("reservoir", .text, Label("水库编码", "reservoir"))], issuer: .government,
        fields: [FieldSpec("level", 16, .internal, .authority, .decimal, "水位", english: "level", measure: "米")], line: "water")

    static let level = FieldNumber(index: 16, class: .internal)
}
