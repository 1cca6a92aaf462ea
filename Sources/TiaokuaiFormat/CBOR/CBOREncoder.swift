import TiaokuaiModel

/// Writes deterministic CBOR forward into one array. Heads are always in their shortest form; the caller gives map keys
/// in ascending bytewise order of their encodings and as many items as the headers announce.
public struct CBOREncoder: Sendable {
    public private(set) var bytes: [UInt8] = []

    /// - Parameter reserving: bytes to make room for at once.
    public init(reserving: Int = 0) {
        bytes.reserveCapacity(reserving)
    }

    /// Forgets what was written and keeps the room.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    public mutating func unsigned(_ value: UInt64) {
        head(CBOR.Major.unsigned, value)
    }

    public mutating func integer(_ value: Int64) {
        if value >= 0 {
            head(CBOR.Major.unsigned, UInt64(value))
        } else {
            head(CBOR.Major.negative, UInt64(bitPattern: ~value))
        }
    }

    /// The integer −1 − `value`, down to −2⁶⁴.
    public mutating func negative(_ value: UInt64) {
        head(CBOR.Major.negative, value)
    }

    public mutating func byteString(_ value: [UInt8]) {
        head(CBOR.Major.bytes, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    public mutating func byteString(_ value: Hash32) {
        head(CBOR.Major.bytes, 32)
        let words = (value.word0.bigEndian, value.word1.bigEndian, value.word2.bigEndian, value.word3.bigEndian)
        withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
    }

    public mutating func byteString(_ value: UnsafeRawBufferPointer) {
        head(CBOR.Major.bytes, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    public mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            head(CBOR.Major.text, UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    public mutating func arrayHeader(_ count: Int) {
        head(CBOR.Major.array, UInt64(count))
    }

    /// - Parameter count: the number of pairs.
    public mutating func mapHeader(_ count: Int) {
        head(CBOR.Major.map, UInt64(count))
    }

    public mutating func tag(_ number: UInt64) {
        head(CBOR.Major.tag, number)
    }

    public mutating func boolean(_ value: Bool) {
        bytes.append(value ? CBOR.Simple.isTrue : CBOR.Simple.isFalse)
    }

    public mutating func null() {
        bytes.append(CBOR.Simple.null)
    }

    /// Appends bytes that are CBOR already.
    public mutating func raw(_ encoded: [UInt8]) {
        bytes.append(contentsOf: encoded)
    }

    public mutating func raw(_ encoded: ArraySlice<UInt8>) {
        bytes.append(contentsOf: encoded)
    }

    mutating func head(_ major: UInt8, _ argument: UInt64) {
        let first = major << 5
        switch argument {
        case 0..<24:
            bytes.append(first | UInt8(truncatingIfNeeded: argument))
        case 24...0xff:
            bytes.append(first | 24)
            bytes.append(UInt8(truncatingIfNeeded: argument))
        case 0x100...0xffff:
            bytes.append(first | 25)
            withUnsafeBytes(of: UInt16(truncatingIfNeeded: argument).bigEndian) { bytes.append(contentsOf: $0) }
        case 0x1_0000...0xffff_ffff:
            bytes.append(first | 26)
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: argument).bigEndian) { bytes.append(contentsOf: $0) }
        default:
            bytes.append(first | 27)
            withUnsafeBytes(of: argument.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }
}
