import TiaokuaiModel

/// Takes one line apart into fields, each a range of bytes. It makes no string and, from the second line on, no allocation.
struct JSONLineScanner {
    enum Kind: UInt8 { case text, number, yes, no, null }

    struct Field {
        var kind: Kind
        /// True when the string has escapes in it.
        var isEscaped: Bool
        var isKeyEscaped: Bool
        var keyStart, keyEnd, start, end: Int
        var number: ExactDecimal
    }

    let keys: [String]
    private let keyBytes: [[UInt8]]
    private let maximumFields: Int
    private(set) var fields: [Field] = []
    /// By slot: the place in `fields`, or −1.
    private var places: [Int]
    /// The slots in the order in which the last line had them: most lines are alike.
    private var expected: [Int] = []
    private(set) var lineStart = 0

    init(keys: [String], maximumFields: Int) {
        self.keys = keys
        self.maximumFields = maximumFields
        keyBytes = keys.map { Array($0.utf8) }
        places = [Int](repeating: -1, count: keys.count)
    }

    func field(_ slot: Int) -> Field? { places[slot] < 0 ? nil : fields[places[slot]] }

    /// False for a line of white space.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws(EntryError) -> Bool {
        var cursor = JSONCursor(bytes: bytes, index: line.lowerBound, start: line.lowerBound, end: line.upperBound)
        lineStart = line.lowerBound
        fields.removeAll(keepingCapacity: true)
        for slot in places.indices { places[slot] = -1 }
        cursor.skipSpace()
        if cursor.isAtEnd { return false }
        try cursor.take(UInt8(ascii: "{"))
        cursor.skipSpace()
        if cursor.peek == UInt8(ascii: "}") {
            cursor.index += 1
        } else {
            try scanFields(&cursor)
        }
        cursor.skipSpace()
        guard cursor.isAtEnd else { throw cursor.failure(.malformedJSON) }
        return true
    }

    private mutating func scanFields(_ cursor: inout JSONCursor) throws(EntryError) {
        while true {
            cursor.skipSpace()
            let keyAt = cursor.index
            guard fields.count < maximumFields else { throw cursor.failure(.tooManyFields) }
            let key = try cursor.string()
            cursor.skipSpace()
            try cursor.take(UInt8(ascii: ":"))
            cursor.skipSpace()
            var field = try cursor.value()
            (field.keyStart, field.keyEnd, field.isKeyEscaped) = (key.start, key.end, key.isEscaped)
            try place(field, keyAt, cursor)
            cursor.skipSpace()
            if cursor.peek == UInt8(ascii: ",") {
                cursor.index += 1
            } else {
                return try cursor.take(UInt8(ascii: "}"))
            }
        }
    }

    private mutating func place(_ field: Field, _ keyAt: Int, _ cursor: JSONCursor) throws(EntryError) {
        let position = fields.count
        fields.append(field)
        if keys.isEmpty {
            let name = key(field, in: cursor.bytes)
            for other in 0..<position where key(fields[other], in: cursor.bytes) == name { throw cursor.failure(.duplicateKey, at: keyAt) }
            return
        }
        if position < expected.count, !field.isKeyEscaped, isEqual(cursor.bytes, field, keyBytes[expected[position]]), places[expected[position]] < 0 {
            places[expected[position]] = position
            return
        }
        let name = key(field, in: cursor.bytes)
        guard let slot = keys.firstIndex(of: name) else { throw cursor.failure(.unknownKey, at: keyAt) }
        guard places[slot] < 0 else { throw cursor.failure(.duplicateKey, at: keyAt) }
        places[slot] = position
        if position < expected.count { expected[position] = slot } else if position == expected.count { expected.append(slot) }
    }

    private func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ field: Field, _ key: [UInt8]) -> Bool {
        guard field.keyEnd - field.keyStart == key.count else { return false }
        for offset in key.indices where bytes[field.keyStart + offset] != key[offset] { return false }
        return true
    }
}

// MARK: Making values

extension JSONLineScanner {
    func key(_ field: Field, in bytes: UnsafeBufferPointer<UInt8>) -> String { text(field.keyStart..<field.keyEnd, field.isKeyEscaped, in: bytes) }

    func scalar(_ field: Field, in bytes: UnsafeBufferPointer<UInt8>) -> JSONScalar {
        switch field.kind {
        case .text: .text(text(field.start..<field.end, field.isEscaped, in: bytes))
        case .number: .number(field.number)
        case .yes: .boolean(true)
        case .no: .boolean(false)
        case .null: .null
        }
    }

    /// The range was checked when it was scanned: UTF-8 and escapes are whole.
    func text(_ range: Range<Int>, _ isEscaped: Bool, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let slice = UnsafeBufferPointer(rebasing: bytes[range])
        return isEscaped ? JSONCursor.unescaped(Array(slice)) : String(decoding: slice, as: UTF8.self)
    }
}
