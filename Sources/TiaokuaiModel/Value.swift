/// What a claim can say of a field. A withdrawn field has no value (`nil` where `Value?` stands).
public enum Value: Hashable, Sendable {
    case decimal(ExactDecimal)
    case text(String)
    case bytes([UInt8])
    case boolean(Bool)
    case day(Day)
    case list([Value])

    /// At most this many bytes of text or bytes in one value: a long document text is split over attachments.
    public static let maximumBytes = 65_536
    public static let maximumListCount = 1_024
    public static let maximumDepth = 3
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral number: Int64) { self = .decimal(ExactDecimal(number)) }
    public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

extension Value {
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var decimal: ExactDecimal? { if case .decimal(let decimal) = self { decimal } else { nil } }
    public var list: [Value]? { if case .list(let list) = self { list } else { nil } }
    public var day: Day? { if case .day(let day) = self { day } else { nil } }
    public var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}

extension Value: CustomStringConvertible {
    /// For people: numbers plainly, text as it is, lists with 、 between.
    public var description: String {
        switch self {
        case .decimal(let decimal): decimal.description
        case .text(let text): text
        case .bytes(let bytes): bytes.hex
        case .boolean(let flag): flag ? "true" : "false"
        case .day(let day): day.description
        case .list(let list): list.map(\.description).joined(separator: "、")
        }
    }
}
