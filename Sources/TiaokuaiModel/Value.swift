/// What a claim can say of a field. A withdrawn field has no value (`nil` where `Value?` stands).
///
/// Two values are equal when their bytes are: texts that merely look alike (a composed and a decomposed letter) have
/// different identities on the wire and are different here, unlike Swift's strings.
public enum Value: Hashable, Sendable {
    case decimal(ExactDecimal)
    case text(String)
    case bytes([UInt8])
    case boolean(Bool)
    case day(Day)
    case list([Value])
    /// Readable to one node alone; stands for a whole value only, never inside a list or a key.
    case sealed(SealedValue)

    /// At most this many bytes of text or bytes in one value: a long document text is split over attachments.
    public static let maximumBytes = 65_536
    public static let maximumListCount = 1_024
    public static let maximumDepth = 3
}

extension Value {
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.decimal(let left), .decimal(let right)): left == right
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.day(let left), .day(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.sealed(let left), .sealed(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .decimal(let decimal): hasher.combine(decimal)
        case .text(let text):
            for byte in text.utf8 { hasher.combine(byte) }
        case .bytes(let bytes): hasher.combine(bytes)
        case .boolean(let flag): hasher.combine(flag)
        case .day(let day): hasher.combine(day)
        case .list(let list): hasher.combine(list)
        case .sealed(let sealed): hasher.combine(sealed)
        }
    }
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
    public var sealed: SealedValue? { if case .sealed(let sealed) = self { sealed } else { nil } }
}

extension Value: CustomStringConvertible {
    /// For people: numbers plainly, text as it is, lists with 、 between; of a sealed value the mark and its receiver.
    public var description: String {
        switch self {
        case .decimal(let decimal): decimal.description
        case .text(let text): text
        case .bytes(let bytes): bytes.hex
        case .boolean(let flag): flag ? "true" : "false"
        case .day(let day): day.description
        case .list(let list): list.map(\.description).joined(separator: "、")
        case .sealed(let sealed): sealed.description
        }
    }
}
