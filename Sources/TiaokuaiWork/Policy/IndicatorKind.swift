import TiaokuaiModel

/// What is counted 指标: its measure, its line, who reports it. Defined by the highest place of the path that defines the id.
public enum IndicatorKind {
    public static let table = KindTable(
        "indicator", "指标", .policy, key: [.init("id", .text)], issuer: .government,
        fields: [
            FieldSpec("title", 16, .public, .soleIssuer, .text, "名称"),
            FieldSpec("measure", 17, .public, .soleIssuer, .text, "计量单位"),
            FieldSpec("direction", 18, .public, .soleIssuer, .text, "方向"),
            FieldSpec("line", 19, .public, .soleIssuer, .text, "牵头条线"),
            FieldSpec("reporter", 20, .public, .soleIssuer, .text, "填报条线"),
            FieldSpec("confidentialTo", 21, .internal, .soleIssuer, .text, "限知条线"),
            FieldSpec("frequency", 22, .public, .soleIssuer, .text, "填报频率"),
            FieldSpec("isStatistical", 23, .public, .soleIssuer, .boolean, "统计指标"),
            FieldSpec("nature", 24, .public, .soleIssuer, .text, "口径"),
            FieldSpec("definition", 25, .public, .soleIssuer, .text, "说明"),
        ])

    public static let title = table.number(of: "title")
    /// The base measure in which every value is kept: 人, 天, 元, %, 户, 项 …
    public static let measure = table.number(of: "measure")
    /// A raw value of `IndicatorDefinition.Direction`.
    public static let direction = table.number(of: "direction")
    /// The line that leads it: units of this line have the line's voice 条.
    public static let line = table.number(of: "line")
    /// The line whose unit reports it, or `government` for the block itself; absent is the leading line.
    public static let reporter = table.number(of: "reporter")
    /// Only nodes that receive this line see its cells; absent for none.
    public static let confidentialTo = table.number(of: "confidentialTo")
    public static let frequency = table.number(of: "frequency")
    /// 谁主管谁统计: the statistics unit of the place outranks line and block (R7).
    public static let isStatistical = table.number(of: "isStatistical")
    public static let nature = table.number(of: "nature")
    public static let definition = table.number(of: "definition")

    /// The value of `reporter` that stands for the government of the place.
    public static let governmentReports = "government"
}

/// An `indicator` record, read.
public struct IndicatorDefinition: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// More is better: bounds are floors 底线.
        case floor
        /// Less is better: bounds are ceilings 上限.
        case ceiling
        /// An exact standard, or a figure that is only watched.
        case none
    }

    public enum Frequency: String, Hashable, Sendable, CaseIterable { case daily, monthly, quarterly, yearly, once }

    public enum Nature: String, Hashable, Sendable, CaseIterable {
        /// From the first day of the year to the last day of the period 累计.
        case cumulative
        /// Within the period 本期.
        case flow
        /// On the last day of the period 期末.
        case stock
        /// A ratio: never added over places.
        case rate
    }

    public enum Reporter: Hashable, Sendable {
        case line(LineID)
        case government
    }

    public let id: String
    public let place: RegionID
    public let title: String
    public let measure: String
    public let direction: Direction
    public let line: LineID?
    public let reporter: Reporter
    public let confidentialTo: LineID?
    public let frequency: Frequency
    public let isStatistical: Bool
    public let nature: Nature

    /// Nil for a record of another kind or one without title and measure in use.
    public init?(_ record: EffectiveRecord) {
        guard record.key.kind == IndicatorKind.table.name, let place = record.key.partition.place, let id = record.keyText(0),
            let title = record[IndicatorKind.title]?.text, let measure = record[IndicatorKind.measure]?.text
        else { return nil }
        func lineID(_ number: FieldNumber) -> LineID? { record[number]?.text.flatMap { try? LineID(checking: $0) } }
        self.id = id
        self.place = place
        self.title = title
        self.measure = measure
        direction = record[IndicatorKind.direction]?.text.flatMap(Direction.init(rawValue:)) ?? .none
        line = lineID(IndicatorKind.line)
        let reportingLine = record[IndicatorKind.reporter]?.text == IndicatorKind.governmentReports ? nil : lineID(IndicatorKind.reporter) ?? line
        reporter = reportingLine.map(Reporter.line) ?? .government
        confidentialTo = lineID(IndicatorKind.confidentialTo)
        frequency = record[IndicatorKind.frequency]?.text.flatMap(Frequency.init(rawValue:)) ?? .monthly
        isStatistical = record[IndicatorKind.isStatistical]?.boolean ?? false
        nature = record[IndicatorKind.nature]?.text.flatMap(Nature.init(rawValue:)) ?? .flow
    }

    /// Whether figures of places add up to their superior's.
    public var isAdditive: Bool { nature != .rate }
}
