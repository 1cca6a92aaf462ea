/// What `CBORItem.decode` admits. Not well-formed items, invalid UTF-8, duplicate keys, more than `CBOR.maximumDepth`
/// levels and leftovers are refused by every mode.
public enum CBORMode: Hashable, Sendable {
    /// The profile of this project (see `CBOR`): what we write and what we admit in our own formats.
    case strict
    /// RFC 8949 §4.2.1 in full: besides the profile, floating point in its shortest width (of NaNs only `f9 7e00`),
    /// `undefined`, simple values, all tags, bignums that no integer can hold.
    case deterministic
    /// Any valid CBOR: long forms, indefinite lengths, unsorted keys. For reading what others wrote, never for our own.
    case tolerant
}

extension CBORItem {
    /// Reads exactly one item that fills `bytes`.
    public static func decode(_ bytes: [UInt8], mode: CBORMode = .strict) throws(FormatError) -> CBORItem {
        var parser = ItemParser(reader: CBORReader(bytes), mode: mode)
        let item = try parser.item(depth: CBOR.maximumDepth)
        try parser.reader.finish()
        return item
    }
}

extension CBORReader {
    /// Reads the next item as a tree by the strict profile.
    public mutating func item() throws(FormatError) -> CBORItem {
        var parser = ItemParser(reader: self, mode: .strict)
        let item = try parser.item(depth: CBOR.maximumDepth)
        offset = parser.reader.offset
        return item
    }
}

private struct ItemParser {
    var reader: CBORReader
    let mode: CBORMode

    /// A head; `argument` is nil for an indefinite length.
    struct Head {
        let offset: Int
        let major: UInt8
        let information: UInt8
        let argument: UInt64?
    }

    mutating func item(depth: Int) throws(FormatError) -> CBORItem {
        let head = try head()
        guard depth > 0 else { throw FormatError(.limitExceeded, at: head.offset, "deeper than \(CBOR.maximumDepth)") }
        switch head.major {
        case CBOR.Major.unsigned: return .unsigned(head.argument ?? 0)
        case CBOR.Major.negative: return .negative(head.argument ?? 0)
        case CBOR.Major.bytes: return .bytes(try string(head))
        case CBOR.Major.text: return .text(try text(head))
        case CBOR.Major.array: return .array(try items(head, depth: depth))
        case CBOR.Major.map: return .map(try pairs(head, depth: depth))
        case CBOR.Major.tag: return try tagged(head, depth: depth)
        default: return try simple(head)
        }
    }

    private mutating func head() throws(FormatError) -> Head {
        let start = reader.offset
        guard start < reader.end else { throw FormatError(.truncated, at: start) }
        let byte = reader.bytes[start]
        let (major, information) = (byte >> 5, byte & 31)
        switch information {
        case 0..<24:
            reader.offset += 1
            return Head(offset: start, major: major, information: information, argument: UInt64(information))
        case 24...27:
            let argument = try longArgument(at: start, information, isNumber: major != CBOR.Major.simple)
            return Head(offset: start, major: major, information: information, argument: argument)
        case 31 where (CBOR.Major.bytes...CBOR.Major.map).contains(major):
            guard mode == .tolerant else { throw FormatError(.indefiniteLength, at: start) }
            reader.offset += 1
            return Head(offset: start, major: major, information: information, argument: nil)
        default:
            throw FormatError(byte == 0xff ? .indefiniteLength : .reserved, at: start)
        }
    }

    private mutating func longArgument(at start: Int, _ information: UInt8, isNumber: Bool) throws(FormatError) -> UInt64 {
        let width = 1 << Int(information - 24)
        guard reader.end - start > width else { throw FormatError(.truncated, at: start) }
        var value: UInt64 = 0
        for index in start + 1...start + width { value = value << 8 | UInt64(reader.bytes[index]) }
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(4 * width)
        if isNumber, mode != .tolerant, value < least { throw FormatError(.notShortest, at: start) }
        reader.offset = start + 1 + width
        return value
    }

    /// True when a container of indefinite length ends here; moves past the break.
    private mutating func isBreak() throws(FormatError) -> Bool {
        guard reader.offset < reader.end else { throw FormatError(.truncated, at: reader.offset) }
        guard reader.bytes[reader.offset] == 0xff else { return false }
        reader.offset += 1
        return true
    }

    private mutating func string(_ head: Head) throws(FormatError) -> [UInt8] {
        guard let count = head.argument else { return try chunks(head).flatMap { $0 } }
        guard count <= UInt64(reader.remaining) else { throw FormatError(.truncated, at: head.offset) }
        let start = reader.offset
        reader.offset += Int(count)
        return Array(reader.bytes[start..<reader.offset])
    }

    private mutating func chunks(_ head: Head) throws(FormatError) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        while try !isBreak() {
            let chunk = try self.head()
            guard chunk.major == head.major, chunk.argument != nil else { throw FormatError(.wrongType, at: chunk.offset, "chunk") }
            chunks.append(try string(chunk))
        }
        return chunks
    }

    /// Each chunk of a text must be valid by itself (RFC 8949 §3.2.3).
    private mutating func text(_ head: Head) throws(FormatError) -> String {
        var text = ""
        for chunk in head.argument == nil ? try chunks(head) : [try string(head)] {
            guard let valid = String(validating: chunk, as: UTF8.self) else { throw FormatError(.invalidText, at: head.offset) }
            text += valid
        }
        return text
    }

    private mutating func items(_ head: Head, depth: Int) throws(FormatError) -> [CBORItem] {
        var items: [CBORItem] = []
        guard let count = head.argument else {
            while try !isBreak() { items.append(try item(depth: depth - 1)) }
            return items
        }
        guard count <= UInt64(reader.remaining) else { throw FormatError(.truncated, at: head.offset) }
        for _ in 0..<count { items.append(try item(depth: depth - 1)) }
        return items
    }

    private mutating func pairs(_ head: Head, depth: Int) throws(FormatError) -> [CBORItem.Pair] {
        var pairs: [CBORItem.Pair] = []
        var keys: [[UInt8]] = []
        if let count = head.argument {
            guard count <= UInt64(reader.remaining / 2) else { throw FormatError(.truncated, at: head.offset) }
            for _ in 0..<count { try pair(&pairs, &keys, depth: depth) }
        } else {
            while try !isBreak() { try pair(&pairs, &keys, depth: depth) }
        }
        if mode == .tolerant { try refuseDuplicates(keys, at: head.offset) }
        return pairs
    }

    private mutating func pair(_ pairs: inout [CBORItem.Pair], _ keys: inout [[UInt8]], depth: Int) throws(FormatError) {
        let start = reader.offset
        let key = try item(depth: depth - 1)
        // Of equal items, the deterministic encodings are equal, however they were spelled.
        let encoded = mode == .tolerant ? key.encode() : Array(reader.bytes[start..<reader.offset])
        if mode != .tolerant, let last = keys.last {
            if last == encoded { throw FormatError(.duplicateKey, at: start) }
            guard last.lexicographicallyPrecedes(encoded) else { throw FormatError(.unsortedKeys, at: start) }
        }
        keys.append(encoded)
        pairs.append(CBORItem.Pair(key, try item(depth: depth - 1)))
    }

    private mutating func tagged(_ head: Head, depth: Int) throws(FormatError) -> CBORItem {
        let tag = head.argument ?? 0
        if mode == .strict, CBOR.Tag.isRefused(tag) { throw FormatError(.unsupported, at: head.offset, "tag \(tag)") }
        let content = try item(depth: depth - 1)
        if tag == CBOR.Tag.positiveBignum || tag == CBOR.Tag.negativeBignum {
            guard let bytes = content.bytes else { throw FormatError(.wrongType, at: head.offset, "bignum") }
            if mode == .deterministic, bytes.count <= 8 || bytes[0] == 0 { throw FormatError(.notShortest, at: head.offset, "bignum") }
        }
        return .tag(tag, content)
    }

    private func refuseDuplicates(_ keys: [[UInt8]], at offset: Int) throws(FormatError) {
        let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left == right { throw FormatError(.duplicateKey, at: offset) }
    }

    private func simple(_ head: Head) throws(FormatError) -> CBORItem {
        let argument = head.argument ?? 0
        switch head.information {
        case 20, 21: return .boolean(head.information == 21)
        case 22: return .null
        case 25...27:
            guard mode != .strict else { throw FormatError(.unsupported, at: head.offset, "floating point") }
            let bits = CBORFloat.widened(argument, width: 1 << Int(head.information - 24))
            let isShortest = CBORFloat.shortest(bits).first == 0xe0 | head.information && !CBORFloat.isSecondNaN(bits)
            guard isShortest || mode == .tolerant else { throw FormatError(.notShortest, at: head.offset) }
            return .float(bits)
        case 24 where argument < 32: throw FormatError(.reserved, at: head.offset, "simple value \(argument) in two bytes")
        default:
            guard mode != .strict else { throw FormatError(.unsupported, at: head.offset, "simple value \(argument)") }
            return argument == 23 ? .undefined : .simple(UInt8(truncatingIfNeeded: argument))
        }
    }
}
