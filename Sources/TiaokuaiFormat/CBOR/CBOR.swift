/// What the files of this folder share: deterministic CBOR, RFC 8949 §4.2.1.
///
/// The profile of everything that this project writes:
/// - heads (major type and argument) in their shortest form, lengths definite;
/// - map keys unique, in ascending bytewise order of their encodings;
/// - text is valid UTF-8, kept as it is (no normalisation);
/// - no floating point, no `undefined`, no simple values besides false, true and null;
/// - no bignums (tags 2 and 3) and no self-description (tag 55799): both are second spellings;
/// - one item is the whole input: nothing may follow it.
public enum CBOR {
    /// Nesting deeper than this is refused, so that no input can exhaust the stack.
    public static let maximumDepth = 32
    /// The limit of one byte or text string where the caller states none: room for 16 values of the largest size.
    public static let defaultStringLimit = 1 << 20

    enum Major {
        static let unsigned: UInt8 = 0
        static let negative: UInt8 = 1
        static let bytes: UInt8 = 2
        static let text: UInt8 = 3
        static let array: UInt8 = 4
        static let map: UInt8 = 5
        static let tag: UInt8 = 6
        static let simple: UInt8 = 7
    }

    /// Tags that the profile refuses wherever they stand.
    enum Tag {
        static let positiveBignum: UInt64 = 2
        static let negativeBignum: UInt64 = 3
        static let selfDescribed: UInt64 = 55_799

        static func isRefused(_ tag: UInt64) -> Bool {
            tag == positiveBignum || tag == negativeBignum || tag == selfDescribed
        }
    }

    /// Of major type 7.
    enum Simple {
        static let isFalse: UInt8 = 0xf4
        static let isTrue: UInt8 = 0xf5
        static let null: UInt8 = 0xf6
        static let undefined: UInt8 = 0xf7
    }
}
