extension CBORReader {
    /// The major type and argument of the next head: shortest form only, no reserved value, no indefinite length. Of
    /// major type 7, false, true and null pass; everything else is `unsupported`.
    mutating func head() throws(FormatError) -> (major: UInt8, argument: UInt64) {
        guard offset < end else { throw FormatError(.truncated, at: offset) }
        let byte = bytes[offset]
        let information = byte & 31
        if byte >= 0xe0 { return try simpleHead(byte) }
        if information < 24 {
            offset += 1
            return (byte >> 5, UInt64(information))
        }
        return (byte >> 5, try longArgument(information))
    }

    /// The argument of a head of this major type.
    mutating func argument(of major: UInt8) throws(FormatError) -> UInt64 {
        guard offset < end else { throw FormatError(.truncated, at: offset) }
        let byte = bytes[offset]
        guard byte >> 5 == major else { throw wrongType(at: offset) }
        let information = byte & 31
        if information < 24 {
            offset += 1
            return UInt64(information)
        }
        return try longArgument(information)
    }

    mutating func stringRange(_ major: UInt8) throws(FormatError) -> Range<Int> {
        let start = offset
        let count = try argument(of: major)
        guard count <= UInt64(end - offset) else { throw FormatError(.truncated, at: start, "\(count) bytes announced, \(end - offset) left") }
        let range = offset..<offset + Int(count)
        offset = range.upperBound
        return range
    }

    func wrongType(at offset: Int) -> FormatError {
        guard offset < end else { return FormatError(.truncated, at: offset) }
        return FormatError(.wrongType, at: offset, "initial byte \(bytes[offset])")
    }

    private mutating func longArgument(_ information: UInt8) throws(FormatError) -> UInt64 {
        let start = offset
        guard information < 28 else {
            throw information == 31 ? FormatError(.indefiniteLength, at: start) : FormatError(.reserved, at: start)
        }
        let width = 1 << Int(information - 24)
        guard end - start > width else { throw FormatError(.truncated, at: start) }
        var value: UInt64 = 0
        for index in start + 1...start + width { value = value << 8 | UInt64(bytes[index]) }
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(4 * width)
        guard value >= least else { throw FormatError(.notShortest, at: start) }
        offset = start + 1 + width
        return value
    }

    private mutating func simpleHead(_ byte: UInt8) throws(FormatError) -> (major: UInt8, argument: UInt64) {
        switch byte {
        case CBOR.Simple.isFalse, CBOR.Simple.isTrue, CBOR.Simple.null:
            offset += 1
            return (CBOR.Major.simple, UInt64(byte & 31))
        case 0xfc...0xfe: throw FormatError(.reserved, at: offset)
        case 0xff: throw FormatError(.indefiniteLength, at: offset, "break")
        case 0xf9...0xfb: throw FormatError(.unsupported, at: offset, "floating point")
        default: throw FormatError(.unsupported, at: offset, "simple value")
        }
    }
}
