extension CBORItem {
    /// The deterministic encoding: map keys in ascending bytewise order of their encodings, numbers in their shortest
    /// form. Two equal keys in a map are our own mistake and are written as they stand; `decode` admits none.
    public func encode() -> [UInt8] {
        var encoder = CBOREncoder()
        encode(into: &encoder)
        return encoder.bytes
    }

    public func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .unsigned(let value): encoder.unsigned(value)
        case .negative(let value): encoder.negative(value)
        case .bytes(let bytes): encoder.byteString(bytes)
        case .text(let text): encoder.text(text)
        case .array(let items):
            encoder.arrayHeader(items.count)
            for item in items { item.encode(into: &encoder) }
        case .map(let pairs):
            encoder.mapHeader(pairs.count)
            for (key, value) in pairs.map({ ($0.key.encode(), $0.value) }).sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
                encoder.raw(key)
                value.encode(into: &encoder)
            }
        case .tag(let number, let item):
            encoder.tag(number)
            item.encode(into: &encoder)
        case .boolean(let value): encoder.boolean(value)
        case .null: encoder.null()
        case .undefined: encoder.raw([CBOR.Simple.undefined])
        case .simple(let value): encoder.raw(value < 24 ? [0xe0 | value] : [0xf8, value])
        case .float(let bits): encoder.raw(CBORFloat.shortest(bits))
        }
    }
}
