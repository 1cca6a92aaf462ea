import TiaokuaiModel

// What keeps a body from having two spellings, or room for what no operation says: table entries are distinct and each is
// used, decimals stand at the smallest exponent, and in pairs only where a common one does not do.

/// Which entries of a body's tables the operations have used so far.
struct TableUse {
    var texts, identities, epochs, keyShapes, shapes: [Bool]

    init(
        texts: [String], identities: [OperationID], epochs: [Epoch], keyShapes: [BodyForm.KeyShape], shapes: [[BodyForm.ShapeField]], at offset: Int
    ) throws(FormatError) {
        guard Set(texts.map(ExactText.init)).count == texts.count, Set(identities).count == identities.count, Set(epochs).count == epochs.count,
            Set(keyShapes).count == keyShapes.count, Set(shapes).count == shapes.count
        else { throw FormatError(.duplicateKey, at: offset, "table") }
        self.texts = Array(repeating: false, count: texts.count)
        self.identities = Array(repeating: false, count: identities.count)
        self.epochs = Array(repeating: false, count: epochs.count)
        self.keyShapes = Array(repeating: false, count: keyShapes.count)
        self.shapes = Array(repeating: false, count: shapes.count)
    }

    var isComplete: Bool { [texts, identities, epochs, keyShapes, shapes].allSatisfy { !$0.contains(false) } }
}

/// Text by its bytes: `String` takes canonically equivalent texts for equal, and a table would then give one for the other.
struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// One field column: an index or a scaled mantissa for each value, or the values as CBOR items.
struct FieldColumnReader {
    private let base: Int64?
    var column: ColumnReader
    private var items: CBORReader
    private var lowest: Int8 = .max
    private var wide: [ExactDecimal] = []

    init(_ reader: inout CBORReader, _ type: BodyForm.FieldType, count: Int) throws(FormatError) {
        let offset = reader.offset
        base = reader.nullIfNext() ? nil : try reader.integer()
        let isBaseRight = type == .decimal ? base.map { (-18...18).contains($0) } ?? true : base == 0
        guard isBaseRight else { throw FormatError(.malformedBody, at: offset, "base exponent") }
        if type == .other || base == nil {
            items = CBORReader(try reader.byteString(limit: Limits.bodyBytes))
            column = ColumnReader.empty
        } else {
            items = CBORReader([])
            column = try ColumnReader(&reader, count: count)
        }
    }

    /// The next value of a column of decimals or of other values.
    mutating func value(_ type: BodyForm.FieldType) throws(FormatError) -> Value {
        if type == .decimal { return .decimal(try decimal()) }
        let offset = items.offset
        let value = try Value(from: &items)
        guard value.text == nil, value.decimal == nil else { throw FormatError(.notShortest, at: offset, "text or decimal as an item") }
        return value
    }

    private mutating func decimal() throws(FormatError) -> ExactDecimal {
        guard let base else {
            let offset = items.offset
            let exponent = try items.integer()
            let mantissa = try items.integer()
            guard (-18...18).contains(exponent), ExactDecimal.isNormal(mantissa: mantissa, exponent: Int(exponent)),
                let decimal = try? ExactDecimal(mantissa: mantissa, exponent: Int(exponent))
            else { throw FormatError(.notShortest, at: offset, "decimal not in normal form") }
            wide.append(decimal)
            return decimal
        }
        guard let decimal = try? ExactDecimal(mantissa: try column.signed(), exponent: Int(base)) else {
            throw FormatError(.malformedBody, at: 0, "field column")
        }
        lowest = min(lowest, decimal.exponent)
        return decimal
    }

    var isAtEnd: Bool { column.isAtEnd && items.isAtEnd }

    /// Once all is read: the base is the smallest exponent, and pairs stand only where some mantissa can't be scaled to it.
    var hasOneSpelling: Bool {
        if let least = wide.map(\.exponent).min() { return wide.contains { $0.mantissa(scaledTo: least) == nil } }
        return lowest == .max || Int64(lowest) == base
    }
}
