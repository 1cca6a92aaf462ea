import TiaokuaiModel

/// Reads deterministic CBOR forward, without building a tree. Every method reads one item, or one header, at `offset`
/// and moves past it; whatever the profile does not admit throws `FormatError` with the offset of the item at fault.
///
/// After a throw the reader must not be used further. Array and map counts are checked against the bytes that remain,
/// so a caller may reserve room for them.
public struct CBORReader: Sendable {
    let bytes: [UInt8]
    let end: Int
    public internal(set) var offset: Int

    /// - Parameters:
    ///   - from: where reading starts.
    ///   - to: where the input ends; the end of `bytes` when nil.
    public init(_ bytes: [UInt8], from: Int = 0, to: Int? = nil) {
        let end = to ?? bytes.count
        precondition(from >= 0 && from <= end && end <= bytes.count)
        self.bytes = bytes
        self.end = end
        offset = from
    }

    public var isAtEnd: Bool { offset == end }
    /// Bytes not read yet.
    public var remaining: Int { end - offset }

    /// The major type (0 … 7) of the item ahead; nil at the end.
    public func nextMajorType() -> UInt8? {
        offset < end ? bytes[offset] >> 5 : nil
    }

    public mutating func unsigned() throws(FormatError) -> UInt64 {
        try argument(of: CBOR.Major.unsigned)
    }

    /// An integer of either sign; `outOfRange` beyond 64 bits with sign.
    public mutating func integer() throws(FormatError) -> Int64 {
        let start = offset
        let (major, argument) = try head()
        guard major <= CBOR.Major.negative else { throw wrongType(at: start) }
        guard argument <= UInt64(Int64.max) else { throw FormatError(.outOfRange, at: start) }
        let value = Int64(bitPattern: argument)
        return major == CBOR.Major.unsigned ? value : ~value
    }

    /// An unsigned integer no greater than `limit`, as `Int`; `outOfRange` otherwise.
    public mutating func count(limit: Int) throws(FormatError) -> Int {
        let start = offset
        let value = try unsigned()
        guard value <= UInt64(limit) else { throw FormatError(.outOfRange, at: start, "\(value) > \(limit)") }
        return Int(value)
    }

    public mutating func byteString(limit: Int = CBOR.defaultStringLimit) throws(FormatError) -> [UInt8] {
        let start = offset
        let range = try byteStringRange()
        guard range.count <= limit else { throw FormatError(.limitExceeded, at: start, "\(range.count) > \(limit)") }
        return Array(bytes[range])
    }

    /// Where the contents of a byte string lie; nothing is copied.
    public mutating func byteStringRange() throws(FormatError) -> Range<Int> {
        try stringRange(CBOR.Major.bytes)
    }

    /// A byte string of exactly 32 bytes; `wrongCount` for another length.
    public mutating func hash() throws(FormatError) -> Hash32 {
        let start = offset
        let range = try byteStringRange()
        guard range.count == 32 else { throw FormatError(.wrongCount, at: start, "\(range.count) bytes, 32 expected") }
        return bytes.withUnsafeBytes { buffer in
            var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            words.0 = buffer.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
            words.1 = buffer.loadUnaligned(fromByteOffset: range.lowerBound + 8, as: UInt64.self)
            words.2 = buffer.loadUnaligned(fromByteOffset: range.lowerBound + 16, as: UInt64.self)
            words.3 = buffer.loadUnaligned(fromByteOffset: range.lowerBound + 24, as: UInt64.self)
            return Hash32(
                word0: UInt64(bigEndian: words.0), word1: UInt64(bigEndian: words.1),
                word2: UInt64(bigEndian: words.2), word3: UInt64(bigEndian: words.3))
        }
    }

    /// Text of at most `limit` bytes of valid UTF-8.
    public mutating func text(limit: Int = CBOR.defaultStringLimit) throws(FormatError) -> String {
        let start = offset
        let range = try stringRange(CBOR.Major.text)
        guard range.count <= limit else { throw FormatError(.limitExceeded, at: start, "\(range.count) > \(limit)") }
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw FormatError(.invalidText, at: start) }
        return text
    }

    /// The number of items that follow, never more than the bytes that remain.
    public mutating func arrayHeader() throws(FormatError) -> Int {
        let start = offset
        let count = try argument(of: CBOR.Major.array)
        guard count <= UInt64(remaining) else { throw FormatError(.truncated, at: start, "\(count) items in \(remaining) bytes") }
        return Int(count)
    }

    public mutating func arrayHeader(expecting expected: Int) throws(FormatError) {
        let start = offset
        let count = try argument(of: CBOR.Major.array)
        guard count == UInt64(expected) else { throw FormatError(.wrongCount, at: start, "\(count) items, \(expected) expected") }
        guard expected <= remaining else { throw FormatError(.truncated, at: start) }
    }

    /// The number of pairs that follow. The order of the keys is checked by `keyAhead(after:)`, or by the caller when it
    /// admits one order of known keys only.
    public mutating func mapHeader() throws(FormatError) -> Int {
        let start = offset
        let count = try argument(of: CBOR.Major.map)
        guard count <= UInt64(remaining / 2) else { throw FormatError(.truncated, at: start, "\(count) pairs in \(remaining) bytes") }
        return Int(count)
    }

    public mutating func tag() throws(FormatError) -> UInt64 {
        try argument(of: CBOR.Major.tag)
    }

    public mutating func tag(expecting expected: UInt64) throws(FormatError) {
        let start = offset
        let found = try tag()
        guard found == expected else { throw FormatError(.wrongType, at: start, "tag \(found), \(expected) expected") }
    }

    public mutating func boolean() throws(FormatError) -> Bool {
        guard offset < end else { throw FormatError(.truncated, at: offset) }
        let byte = bytes[offset]
        guard byte == CBOR.Simple.isTrue || byte == CBOR.Simple.isFalse else { throw wrongType(at: offset) }
        offset += 1
        return byte == CBOR.Simple.isTrue
    }

    /// Moves past `null` if it is next, and says whether it was.
    public mutating func nullIfNext() -> Bool {
        guard offset < end, bytes[offset] == CBOR.Simple.null else { return false }
        offset += 1
        return true
    }

    /// The end of the input, or `leftover`.
    public mutating func finish() throws(FormatError) {
        guard isAtEnd else { throw FormatError(.leftover, at: offset, "\(remaining) bytes") }
    }
}
