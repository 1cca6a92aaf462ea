import TiaokuaiModel

/// A place in a line, and the grammar of RFC 8259 from there on, without arrays and objects.
struct JSONCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var index: Int
    let start: Int
    let end: Int

    var isAtEnd: Bool { index == end }
    /// The next byte; 0 at the end, which no grammar admits.
    var peek: UInt8 { index < end ? bytes[index] : 0 }

    func failure(_ code: EntryError.Code, at place: Int? = nil) -> EntryError {
        let place = place ?? index
        let near = bytes[place..<min(end, place + 40)]
        return EntryError(code, String(decoding: near, as: UTF8.self), column: place - start + 1)
    }

    @inline(__always) mutating func skipSpace() {
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D { index += 1 }
    }

    @inline(__always) mutating func take(_ byte: UInt8) throws(EntryError) {
        guard peek == byte, index < end else { throw failure(.malformedJSON) }
        index += 1
    }

    mutating func value() throws(EntryError) -> JSONLineScanner.Field {
        var field = JSONLineScanner.Field(kind: .null, isEscaped: false, isKeyEscaped: false, keyStart: 0, keyEnd: 0, start: index, end: index, number: .zero)
        switch peek {
        case UInt8(ascii: "\""):
            let text = try string()
            (field.kind, field.start, field.end, field.isEscaped) = (.text, text.start, text.end, text.isEscaped)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            field.kind = .number
            field.number = try number()
            field.end = index
        case UInt8(ascii: "t"):
            try word("true")
            field.kind = .yes
        case UInt8(ascii: "f"):
            try word("false")
            field.kind = .no
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw failure(.nestedValue)
        default: throw failure(.malformedJSON)
        }
        return field
    }

    private mutating func word(_ word: StaticString) throws(EntryError) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index + offset < end, bytes[index + offset] == word.utf8Start[offset] else { throw failure(.malformedJSON) }
        }
        index += word.utf8CodeUnitCount
    }
}

// MARK: Strings

extension JSONCursor {
    /// The range between the quotes.
    mutating func string() throws(EntryError) -> (start: Int, end: Int, isEscaped: Bool) {
        try take(UInt8(ascii: "\""))
        let first = index
        var isEscaped = false
        while true {
            skipPlain()
            guard index < end else { throw failure(.malformedJSON) }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return (first, index - 1, isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                try skipEscape()
            case 0x80...:
                let length = UTF8Check.length(bytes, index, end)
                guard length > 0 else { throw failure(.malformedJSON) }
                index += length
            default: throw failure(.malformedJSON)
            }
        }
    }

    /// Passes over printable ASCII other than quote and backslash, eight bytes at a time.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        guard let base = bytes.baseAddress else { return }
        while index + 8 <= end {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // A byte with its high bit set, below 0x20, or equal to one of the two leaves a high bit behind.
            let found = (word | (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones)) & highs
            if found != 0 { break }
            index += 8
        }
        while index < end, bytes[index] >= 0x20, bytes[index] < 0x80, bytes[index] != 0x22, bytes[index] != 0x5C { index += 1 }
    }

    private mutating func skipEscape() throws(EntryError) {
        let at = index
        index += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            index += 1
        case UInt8(ascii: "u"):
            let unit = try unit()
            // NUL ends strings elsewhere, and half a pair is no character.
            if unit == 0 || UTF16.isTrailSurrogate(unit) { throw failure(.malformedJSON, at: at) }
            if UTF16.isLeadSurrogate(unit) {
                guard peek == UInt8(ascii: "\\"), index + 1 < end, bytes[index + 1] == UInt8(ascii: "u") else { throw failure(.malformedJSON, at: at) }
                index += 1
                guard UTF16.isTrailSurrogate(try self.unit()) else { throw failure(.malformedJSON, at: at) }
            }
        default: throw failure(.malformedJSON, at: at)
        }
    }

    /// `uXXXX`
    private mutating func unit() throws(EntryError) -> UInt16 {
        guard index + 5 <= end, let unit = JSONCursor.hexadecimal(bytes[(index + 1)..<(index + 5)]) else { throw failure(.malformedJSON) }
        index += 5
        return unit
    }

    private static func hexadecimal(_ digits: some Sequence<UInt8>) -> UInt16? {
        var unit: UInt16 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }

    /// The text of a string whose escapes were checked.
    static func unescaped(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var units: [UInt16] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u") {
                if let unit = hexadecimal(bytes[(index + 2)..<min(bytes.count, index + 6)]) { units.append(unit) }
                index += 6
                continue
            }
            flush(&units, to: &out)
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                out.append(simpleEscape(bytes[index]))
            } else {
                out.append(bytes[index])
            }
            index += 1
        }
        flush(&units, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private static func flush(_ units: inout [UInt16], to out: inout [UInt8]) {
        if units.isEmpty { return }
        out += Array(String(decoding: units, as: UTF16.self).utf8)
        units.removeAll()
    }

    private static func simpleEscape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }
}
