/// What a figure counts 计量单位: a dimension such as 人 or 元/人, and the power of ten in which it is written: 万元 is 元 × 10⁴.
public struct Measure: Hashable, Sendable {
    /// As given, folded and without white space.
    public let text: String
    /// The base measures, `/` between numerator and denominators.
    public let dimension: String
    /// A figure in this measure × 10^exponent is the figure in the dimension's base.
    public let exponent: Int
    /// False when a part of it is not in the table of known measures: then it is a dimension of its own.
    public let isKnown: Bool
    /// True when its numerator is a base, so that 万 and 亿 can be written before it.
    let isBase: Bool

    public static let maximumBytes = 64

    /// Reads 人, 万元, 亿千瓦时, 元/人, %. An indicator may count what the table does not know; only text that can't be a measure is
    /// refused with `unknownMeasure`: empty, longer than 64 bytes, with digits in front, or with an empty part.
    public init(parsing source: some StringProtocol) throws(EntryError) {
        guard source.utf8.count <= Measure.maximumBytes else { throw EntryError(.unknownMeasure, source) }
        let text = canonicalText(source)
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= Measure.maximumBytes,
            let first = text.utf8.first, !(0x30...0x39).contains(first)
        else { throw EntryError(.unknownMeasure, source) }
        var dimensions: [String] = []
        var exponent = 0
        var isKnown = true
        var isBase = true
        for (index, part) in parts.enumerated() {
            let atom = Measure.atom(part)
            dimensions.append(atom.dimension)
            exponent += index == 0 ? atom.exponent : -atom.exponent
            isKnown = isKnown && atom.isKnown
            if index == 0 { isBase = atom.exponent == 0 }
        }
        self.text = text
        self.dimension = dimensions.joined(separator: "/")
        self.exponent = exponent
        self.isKnown = isKnown
        self.isBase = isBase
    }

    /// Ratios are not counted in 万 or 亿.
    var admitsMultipliers: Bool { !["%", "个百分点", "倍"].contains(dimension) }

}

extension Measure {
    /// 万, 亿 and the like, with their powers of ten.
    static let multipliers: [String: Int] = [
        "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    ]

    private static func atom(_ text: Substring) -> (dimension: String, exponent: Int, isKnown: Bool) {
        if let known = known[String(text)] { return (known.0, known.1, true) }
        for length in [2, 1] where text.count > length {
            guard let power = multipliers[String(text.prefix(length))] else { continue }
            let rest = String(text.dropFirst(length))
            if let known = known[rest] { return (known.0, known.1 + power, true) }
            if length == 1 || multipliers[String(rest.prefix(1))] == nil { return (rest, power, false) }
        }
        return (String(text), 0, false)
    }

    /// Every spelling → its base measure and power of ten.
    private static let known: [String: (String, Int)] = {
        var table: [String: (String, Int)] = [:]
        for (base, spellings) in aliases {
            for (spelling, power) in spellings { table[spelling] = (base, power) }
        }
        for word in counters { table[word] = (word, 0) }
        return table
    }()

    private static let aliases: [(base: String, spellings: [(String, Int)])] = [
        ("人", [("人", 0), ("名", 0), ("位", 0), ("口", 0)]),
        ("元", [("元", 0), ("圆", 0), ("块", 0), ("人民币元", 0), ("元人民币", 0), ("¥", 0), ("RMB", 0), ("CNY", 0), ("角", -1)]),
        ("天", [("天", 0), ("日", 0)]),
        ("个月", [("个月", 0), ("月", 0)]),
        ("小时", [("小时", 0), ("时", 0), ("h", 0)]),
        ("公里", [("公里", 0), ("千米", 0), ("km", 0), ("KM", 0), ("米", -3), ("m", -3)]),
        ("平方米", [("平方米", 0), ("平米", 0), ("m2", 0), ("平方公里", 6), ("平方千米", 6), ("km2", 6)]),
        ("立方米", [("立方米", 0), ("方", 0), ("m3", 0), ("升", -3), ("L", -3)]),
        ("公顷", [("公顷", 0), ("ha", 0)]),
        ("吨", [("吨", 0), ("公吨", 0), ("t", 0), ("公斤", -3), ("千克", -3), ("kg", -3), ("KG", -3), ("克", -6), ("g", -6)]),
        ("千瓦", [("千瓦", 0), ("kW", 0), ("KW", 0), ("kw", 0), ("瓦", -3), ("W", -3), ("兆瓦", 3), ("MW", 3), ("吉瓦", 6), ("GW", 6)]),
        ("千瓦时", [("千瓦时", 0), ("度", 0), ("kWh", 0), ("KWh", 0), ("KWH", 0), ("kwh", 0), ("兆瓦时", 3), ("MWh", 3)]),
        ("%", [("%", 0), ("‰", -1)]),
        ("个百分点", [("个百分点", 0), ("百分点", 0)]),
    ]

    /// What is counted in itself only.
    private static let counters = [
        "户", "亩", "件", "家", "个", "项", "次", "人次", "户次", "家次", "所", "台", "辆", "座", "套", "条", "份", "宗", "起", "头", "只", "岁", "年", "倍", "分钟", "批", "笔",
        "场", "处", "间", "栋", "村", "镇", "张", "支", "期", "床", "片", "株", "门", "册", "篇", "眼",
    ]
}
