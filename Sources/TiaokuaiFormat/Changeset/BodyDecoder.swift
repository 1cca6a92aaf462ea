import TiaokuaiModel

/// Reads a body back into operations and restores each one's explicit form before hashing it.
///
/// Everything is checked: indices against their tables, columns against the counts that the flags ask for, leftovers,
/// second spellings. A body that fails is unreadable as a whole.
public struct BodyDecoder {
    private let feed: Feed
    private let network: NetworkID
    private let texts: [String]
    private let units: [UnitID?]
    private let identities: [OperationID]
    private let epochs: [Epoch]
    private let keyShapes: [BodyForm.KeyShape]
    private let shapes: [[BodyForm.ShapeField]]
    public let count: Int
    private var columns: [ColumnReader] = []
    private var keyBytes: [UInt8] = []
    private var keyOffset = 0
    private var keyItems: CBORReader
    private var lists: ColumnReader
    private var listed: ColumnReader
    private var fieldColumns: [BodyForm.ShapeField: FieldColumnReader] = [:]
    private var flags: [BodyForm.Flags] = []
    private var used: TableUse

    /// Reads tables and columns; `count` comes from the signed header.
    public init(_ body: [UInt8], feed: Feed, network: NetworkID, count expected: Int) throws(FormatError) {
        self.feed = feed
        self.network = network
        var reader = CBORReader(body)
        try reader.arrayHeader(expecting: 10)
        guard try reader.unsigned() == BodyForm.version else { throw FormatError(.unsupported, at: 0, "body version") }
        guard try reader.byteString(limit: BodyForm.saltBytes).count == BodyForm.saltBytes else { throw FormatError(.malformedBody, at: 0, "salt") }
        texts = try BodyDecoder.table(&reader) { reader throws(FormatError) in try reader.text(limit: Value.maximumBytes) }
        identities = try BodyDecoder.table(&reader) { reader throws(FormatError) in OperationID(try reader.hash()) }
        epochs = try BodyDecoder.table(&reader) { reader throws(FormatError) in try Epoch(reading: &reader) }
        keyShapes = try BodyDecoder.table(&reader) { reader throws(FormatError) in try BodyDecoder.keyShape(&reader) }
        shapes = try BodyDecoder.table(&reader) { reader throws(FormatError) in try BodyDecoder.shape(&reader) }
        let offset = reader.offset
        count = Int(clamping: try reader.unsigned())
        guard count == expected, count <= Limits.operationsPerChangeset else { throw FormatError(.malformedBody, at: offset, "count") }
        used = try TableUse(texts: texts, identities: identities, epochs: epochs, keyShapes: keyShapes, shapes: shapes, at: offset)
        units = texts.map { UnitID.isWellFormed($0) ? UnitID(unchecked: $0) : nil }

        try reader.arrayHeader(expecting: BodyForm.columns)
        var flagColumn = try ColumnReader(&reader, count: count)
        var nexts = 0
        var listCounts = 0
        for _ in 0..<count {
            let flag = BodyForm.Flags(rawValue: try flagColumn.unsigned())
            guard flag.isSubset(of: .all) else { throw FormatError(.reserved, at: offset, "flags") }
            flags.append(flag)
            if flag.contains(.next) { nexts += 1 }
            listCounts += (flag.contains(.listsSeen) ? 1 : 0) + (flag.contains(.listsNames) ? 1 : 0) + (flag.contains(.foreignOrigin) ? 1 : 0)
        }
        for _ in 0..<5 { columns.append(try ColumnReader(&reader, count: count)) }
        columns.append(try ColumnReader(&reader, count: nexts))
        columns.append(try ColumnReader(&reader, count: nexts))
        columns.append(try ColumnReader(&reader, count: count - nexts))
        columns.append(try BodyDecoder.freeColumn(&reader, of: body))
        keyBytes = try reader.byteString(limit: Limits.bodyBytes)
        keyItems = CBORReader(keyBytes)
        lists = try ColumnReader(&reader, count: listCounts)
        listed = try BodyDecoder.freeColumn(&reader, of: body)
        try readFieldColumns(&reader)
        try reader.finish()
    }

    /// All operations, in order. `resolve` gives what this feed's operation at (sequence delta ≥ 1, index) is.
    public mutating func operations(resolve: (UInt32, UInt32) throws -> ResolvedPrevious) throws -> [CarriedOperation] {
        try operations().resolved(by: resolve)
    }

    /// All operations, as far as they can be told without the feed's other changesets. A body can be read once.
    public mutating func operations() throws(FormatError) -> BodyOperations { try BodyOperations(rawOperations(), feed: feed, network: network) }

    /// The columns read, nothing resolved or hashed. A body can be read once.
    public mutating func rawOperations() throws(FormatError) -> [RawOperation] {
        var out: [RawOperation] = []
        out.reserveCapacity(count)
        var written: Int64 = 0
        var origin: UInt64 = 0
        for position in 0..<count {
            let flag = flags[position]
            let unitIndex = try columns[0].index(below: texts.count)
            let personIndex = try columns[1].index(below: texts.count)
            used.texts[unitIndex] = true
            used.texts[personIndex] = true
            guard let unit = units[unitIndex] else { throw FormatError(.invalidText, at: position, "unit") }
            let personText = texts[personIndex]
            guard PersonID.isWellFormed(personText) else { throw FormatError(.invalidText, at: position, "person") }
            written = written &+ (try columns[2].signed())
            origin = origin &+ 1 &+ UInt64(bitPattern: try columns[4].signed())
            let carriage: RawOperation.Carriage
            if flag.contains(.next) {
                let delta = try columns[5].index(below: Int(UInt32.max))
                let index = try columns[6].index(below: Limits.operationsPerChangeset)
                guard delta > 0 || index < position else { throw FormatError(.malformedBody, at: position, "next points forward") }
                carriage = .next(sequenceDelta: UInt32(delta), index: UInt32(index))
            } else {
                let key = try key()
                carriage = .new(kind: key.kind, values: key.values)
            }
            let seen = flag.contains(.listsSeen) ? try identityList() : nil
            let names = flag.contains(.listsNames) ? try identityList() : []
            let under = flag.contains(.citesVersion) ? try identity() : nil
            let epoch = flag.contains(.foreignOrigin) ? try foreignEpoch() : feed.epoch
            guard seen?.isEmpty != true || flag.contains(.next), !names.isEmpty || !flag.contains(.listsNames) else {
                throw FormatError(.notShortest, at: position, "an empty list is spelled out")
            }
            let shapeIndex = try columns[3].index(below: shapes.count)
            used.shapes[shapeIndex] = true
            out.append(
                RawOperation(
                    carriage: carriage, unit: unit, person: PersonID(unchecked: personText), written: Written(milliseconds: written),
                    origin: Origin(epoch: epoch, number: origin), under: under, listedSeen: seen, names: names,
                    fields: try fields(shapes[shapeIndex])))
        }
        try finish()
        return out
    }

    private mutating func identityList() throws(FormatError) -> [OperationID] {
        let count = try lists.index(below: Operation.maximumWireIdentities + 1)
        var ids: [OperationID] = []
        for _ in 0..<count {
            let id = try identity()
            if let last = ids.last, last >= id { throw FormatError(.unsortedKeys, at: 0, "identities") }
            ids.append(id)
        }
        return ids
    }

    private mutating func identity() throws(FormatError) -> OperationID {
        let index = try listed.index(below: identities.count)
        used.identities[index] = true
        return identities[index]
    }

    private mutating func foreignEpoch() throws(FormatError) -> Epoch {
        let index = try lists.index(below: epochs.count)
        used.epochs[index] = true
        guard epochs[index] != feed.epoch else { throw FormatError(.notShortest, at: index, "the feed's own epoch is listed") }
        return epochs[index]
    }

    private mutating func key() throws(FormatError) -> (kind: KindName, values: [Value]) {
        let shapeIndex = try columns[7].index(below: keyShapes.count)
        used.keyShapes[shapeIndex] = true
        let shape = keyShapes[shapeIndex]
        if shape.kind < texts.count { used.texts[shape.kind] = true }
        guard shape.kind < texts.count, KindName.isWellFormed(texts[shape.kind]) else { throw FormatError(.invalidText, at: 0, "kind") }
        var values: [Value] = []
        values.reserveCapacity(shape.parts.count)
        for part in shape.parts {
            switch part {
            case -1:
                let index = try columns[8].index(below: texts.count)
                used.texts[index] = true
                values.append(.text(texts[index]))
            case -2:
                keyItems = CBORReader(keyBytes, from: keyOffset)
                let value = try Value(from: &keyItems)
                guard value.text == nil, value.bytes == nil else { throw FormatError(.notShortest, at: keyOffset, "text or bytes as an item") }
                guard value.sealed == nil else { throw FormatError(.unsupported, at: keyOffset, "a sealed value in a key") }
                values.append(value)
                keyOffset = keyItems.offset
            default:
                guard part <= keyBytes.count - keyOffset else { throw FormatError(.truncated, at: keyOffset, "key bytes") }
                values.append(.bytes(Array(keyBytes[keyOffset..<keyOffset + part])))
                keyOffset += part
            }
        }
        return (KindName(unchecked: texts[shape.kind]), values)
    }

    private mutating func fields(_ shape: [BodyForm.ShapeField]) throws(FormatError) -> [Operation.Field] {
        var fields: [Operation.Field] = []
        fields.reserveCapacity(shape.count)
        for field in shape { fields.append(Operation.Field(field.number, try value(of: field))) }
        return fields
    }

    private mutating func value(of field: BodyForm.ShapeField) throws(FormatError) -> Value? {
        if field.type == .withdrawn { return nil }
        guard let index = fieldColumns.index(forKey: field) else { throw FormatError(.malformedBody, at: 0, "no column for a field") }
        if field.type == .text {
            let position = try fieldColumns.values[index].column.index(below: texts.count)
            used.texts[position] = true
            return .text(texts[position])
        }
        return try fieldColumns.values[index].value(field.type)
    }

    private func finish() throws(FormatError) {
        let all = columns + [lists, listed]
        guard all.allSatisfy(\.isAtEnd), keyOffset == keyBytes.count, fieldColumns.values.allSatisfy(\.isAtEnd) else {
            throw FormatError(.leftover, at: 0, "columns hold more than the operations need")
        }
        guard used.isComplete else { throw FormatError(.leftover, at: 0, "tables hold more than the operations need") }
        guard fieldColumns.values.allSatisfy(\.hasOneSpelling) else { throw FormatError(.notShortest, at: 0, "decimal column") }
    }

    private mutating func readFieldColumns(_ reader: inout CBORReader) throws(FormatError) {
        var counts: [BodyForm.ShapeField: Int] = [:]
        var shapeColumn = columns[3]
        for _ in 0..<count {
            for field in shapes[try shapeColumn.index(below: shapes.count)] where field.type != .withdrawn { counts[field, default: 0] += 1 }
        }
        let offset = reader.offset
        guard try reader.arrayHeader() == counts.count else { throw FormatError(.malformedBody, at: offset, "field columns") }
        var last: (FieldNumber, UInt64)?
        for _ in 0..<counts.count {
            try reader.arrayHeader(expecting: 4)
            guard let wire = UInt32(exactly: try reader.unsigned()), let type = BodyForm.FieldType(rawValue: try reader.unsigned()) else {
                throw FormatError(.reserved, at: reader.offset, "field column")
            }
            let field = BodyForm.ShapeField(number: FieldNumber(wire: wire), type: type)
            guard let expected = counts[field] else { throw FormatError(.malformedBody, at: reader.offset, "field column") }
            if let last, last >= (field.number, type.rawValue) { throw FormatError(.unsortedKeys, at: reader.offset, "field columns") }
            last = (field.number, type.rawValue)
            fieldColumns[field] = try FieldColumnReader(&reader, type, count: expected)
        }
    }
}
