import TiaokuaiModel

// The small messages of Docs/Formats/Wire.md: deterministic CBOR arrays that begin with their name and version.

extension CBOREncoder {
    mutating func beginMessage(_ name: String, items: Int) {
        arrayHeader(items + 2)
        text(name)
        unsigned(1)
    }
}

extension CBORReader {
    /// A byte string of 32 bytes, or an empty one.
    mutating func hashOrNothing(_ what: String) throws(FormatError) -> Hash32? {
        let bytes = try byteString(limit: Hash32.byteCount)
        guard bytes.isEmpty || bytes.count == Hash32.byteCount else { throw FormatError(.wrongCount, at: offset, what) }
        return Hash32(bytes: bytes)
    }

    /// A raw signature: 64 bytes in every suite.
    mutating func signature() throws(FormatError) -> [UInt8] {
        let bytes = try byteString(limit: WireSignature.byteCount)
        guard bytes.count == WireSignature.byteCount else { throw FormatError(.wrongCount, at: offset, "signature") }
        return bytes
    }

    /// Throws `unsupported` for another name or version.
    mutating func beginMessage(_ name: String, items: Int) throws(FormatError) {
        try arrayHeader(expecting: items + 2)
        guard try text(limit: 32) == name, try unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "\(name) of another version") }
    }
}

enum WireSignature {
    static let byteCount = 64
}
