/// Any CBOR item as a tree: for envelopes' headers, `inspect` and tests. What is read in bulk goes through `CBORReader`.
///
/// Floating point is held as the bit pattern of the double that it equals, so that nothing here computes with it.
public indirect enum CBORItem: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        public var key: CBORItem
        public var value: CBORItem
        public init(_ key: CBORItem, _ value: CBORItem) {
            self.key = key
            self.value = value
        }
    }

    case unsigned(UInt64)
    /// The integer −1 − n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORItem])
    /// In the order read; `encode()` sorts.
    case map([Pair])
    case tag(UInt64, CBORItem)
    case boolean(Bool)
    case null
    case undefined
    /// Simple values without a meaning of their own: 0 … 19 and 32 … 255.
    case simple(UInt8)
    /// The bits of an IEEE 754 double.
    case float(UInt64)

    public static func integer(_ value: Int64) -> CBORItem {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(bitPattern: ~value))
    }
}

extension CBORItem {
    /// The integer, where it fits 64 bits with sign.
    public var integer: Int64? {
        switch self {
        case .unsigned(let value): Int64(exactly: value)
        case .negative(let value): Int64(exactly: value).map { ~$0 }
        default: nil
        }
    }
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var array: [CBORItem]? { if case .array(let items) = self { items } else { nil } }
    public var map: [Pair]? { if case .map(let pairs) = self { pairs } else { nil } }

    /// The value of an integer key of a map; nil when this is no map or has no such key.
    public subscript(key: Int64) -> CBORItem? { self[key: .integer(key)] }
    public subscript(key key: CBORItem) -> CBORItem? { map?.first { $0.key == key }?.value }
}

extension CBORItem: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: CBORItem...) { self = .array(elements) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
