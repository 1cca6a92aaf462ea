import TiaokuaiHash
import TiaokuaiModel

/// Reads a body back into operations and restores each one's explicit form before hashing it.
///
/// Everything is checked: indices against their tables, columns against the counts that the flags ask for, leftovers.
/// A body that fails is unreadable as a whole.
public struct BodyDecoder {
    private struct FieldColumnReader {
        var base: Int64?
        var column: ColumnReader?
        var items: CBORReader?
    }

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
        let raw = try rawOperations()
        var out: [CarriedOperation] = []
        out.reserveCapacity(count)
        var identifier = RecordIdentifier(network: network, partition: feed.partition)
        let hasher = Hasher256()
        var encoder = CBOREncoder(reserving: 512)
        for (position, one) in raw.enumerated() {
            let carriage: CarriedOperation.Carriage
            let operation: Operation
            let kind: KindName
            switch one.carriage {
            case .new(let newKind, let values):
                kind = newKind
                carriage = .new(values: values)
                operation = one.restored(record: identifier.identity(kind: kind, values: values, hasher: hasher), previous: nil)
            case .next(let delta, let index):
                let previous = delta == 0 ? ResolvedPrevious(out[Int(index)]) : try resolve(delta, index)
                kind = previous.kind
                carriage = .next(sequenceDelta: delta, index: index, previous: previous.id)
                operation = one.restored(record: previous.record, previous: previous.id)
            }
            encoder.removeAll()
            operation.encode(into: &encoder)
            guard encoder.bytes.count <= Limits.operationBytes else { throw FormatError(.limitExceeded, at: position, "operation") }
            out.append(CarriedOperation(id: OperationID(encoder.bytes.withUnsafeBytes { hasher.hash($0) }), operation: operation, kind: kind, carriage: carriage))
        }
        return out
    }

    /// The columns read, nothing resolved or hashed. A body can be read once.
    public mutating func rawOperations() throws(FormatError) -> [RawOperation] {
        var out: [RawOperation] = []
        out.reserveCapacity(count)
        var written: Int64 = 0
        var origin: UInt64 = 0
        for position in 0..<count {
            let flag = flags[position]
            guard let unit = units[try columns[0].index(below: texts.count)] else { throw FormatError(.invalidText, at: position, "unit") }
            let personText = texts[try columns[1].index(below: texts.count)]
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
            let under = flag.contains(.citesVersion) ? identities[try listed.index(below: identities.count)] : nil
            let epoch = flag.contains(.foreignOrigin) ? epochs[try lists.index(below: epochs.count)] : feed.epoch
            out.append(
                RawOperation(
                    carriage: carriage, unit: unit, person: PersonID(unchecked: personText), written: Written(milliseconds: written),
                    origin: Origin(epoch: epoch, number: origin), under: under, listedSeen: seen, names: names,
                    fields: try fields(shapes[try columns[3].index(below: shapes.count)])))
        }
        try finish()
        return out
    }

    private mutating func identityList() throws(FormatError) -> [OperationID] {
        let count = try lists.index(below: Operation.maximumWireIdentities + 1)
        var ids: [OperationID] = []
        for _ in 0..<count {
            let id = identities[try listed.index(below: identities.count)]
            if let last = ids.last, last >= id { throw FormatError(.unsortedKeys, at: 0, "identities") }
            ids.append(id)
        }
        return ids
    }

    private mutating func key() throws(FormatError) -> (kind: KindName, values: [Value]) {
        let shape = keyShapes[try columns[7].index(below: keyShapes.count)]
        guard shape.kind < texts.count, KindName.isWellFormed(texts[shape.kind]) else { throw FormatError(.invalidText, at: 0, "kind") }
        var values: [Value] = []
        values.reserveCapacity(shape.parts.count)
        for part in shape.parts {
            switch part {
            case -1: values.append(.text(texts[try columns[8].index(below: texts.count)]))
            case -2:
                keyItems = CBORReader(keyBytes, from: keyOffset)
                values.append(try Value(from: &keyItems))
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
        switch field.type {
        case .text:
            guard let position = try fieldColumns.values[index].column?.index(below: texts.count) else { break }
            return .text(texts[position])
        case .decimal:
            let exponent: Int64
            let mantissa: Int64
            if let base = fieldColumns.values[index].base {
                exponent = base
                mantissa = try fieldColumns.values[index].column?.signed() ?? 0
            } else {
                exponent = try fieldColumns.values[index].items?.integer() ?? 0
                mantissa = try fieldColumns.values[index].items?.integer() ?? 0
            }
            guard (-18...18).contains(exponent), let decimal = try? ExactDecimal(mantissa: mantissa, exponent: Int(exponent)) else { break }
            return .decimal(decimal)
        default:
            guard var items = fieldColumns.values[index].items else { break }
            let value = try Value(from: &items)
            fieldColumns.values[index].items = items
            return value
        }
        throw FormatError(.malformedBody, at: 0, "field column")
    }

    private func finish() throws(FormatError) {
        let all = columns + [lists, listed] + fieldColumns.values.compactMap(\.column)
        guard all.allSatisfy(\.isAtEnd), keyOffset == keyBytes.count, fieldColumns.values.allSatisfy({ $0.items?.isAtEnd ?? true }) else {
            throw FormatError(.leftover, at: 0, "columns hold more than the operations need")
        }
    }
}

extension BodyDecoder {
    private static func table<Entry>(_ reader: inout CBORReader, _ read: (inout CBORReader) throws(FormatError) -> Entry) throws(FormatError) -> [Entry] {
        let offset = reader.offset
        let count = try reader.arrayHeader()
        guard count <= Limits.tableEntries else { throw FormatError(.limitExceeded, at: offset, "table") }
        var entries: [Entry] = []
        for _ in 0..<count { entries.append(try read(&reader)) }
        return entries
    }

    private static func keyShape(_ reader: inout CBORReader) throws(FormatError) -> BodyForm.KeyShape {
        try reader.arrayHeader(expecting: 2)
        let kind = Int(clamping: try reader.unsigned())
        let count = try reader.arrayHeader()
        guard count <= Limits.keyValues else { throw FormatError(.limitExceeded, at: reader.offset, "key values") }
        var parts: [Int] = []
        for _ in 0..<count {
            if reader.nullIfNext() {
                parts.append(-1)
            } else if reader.nextMajorType() == 7 {
                guard try !reader.boolean() else { throw FormatError(.reserved, at: reader.offset, "key shape") }
                parts.append(-2)
            } else {
                let length = try reader.unsigned()
                guard length <= UInt64(Value.maximumBytes) else { throw FormatError(.limitExceeded, at: reader.offset, "key bytes") }
                parts.append(Int(length))
            }
        }
        return BodyForm.KeyShape(kind: kind, parts: parts)
    }

    private static func shape(_ reader: inout CBORReader) throws(FormatError) -> [BodyForm.ShapeField] {
        let count = try reader.arrayHeader()
        guard count <= Limits.fieldsPerOperation else { throw FormatError(.limitExceeded, at: reader.offset, "fields") }
        var shape: [BodyForm.ShapeField] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let offset = reader.offset
            guard let wire = UInt32(exactly: try reader.unsigned()), wire >> 2 > 0, wire >> 2 <= FieldNumber.maximumIndex, wire & 3 != 3,
                let type = BodyForm.FieldType(rawValue: try reader.unsigned())
            else { throw FormatError(.reserved, at: offset, "field") }
            let number = FieldNumber(wire: wire)
            if let last = shape.last, last.number >= number { throw FormatError(.unsortedKeys, at: offset, "fields") }
            shape.append(BodyForm.ShapeField(number: number, type: type))
        }
        return shape
    }

    /// A column whose length follows from its bytes; whether it was used up is checked at the end.
    private static func freeColumn(_ reader: inout CBORReader, of bytes: [UInt8]) throws(FormatError) -> ColumnReader {
        var ahead = reader
        let range = try ahead.byteStringRange()
        guard range.count >= 1, case let width = Int(bytes[range.lowerBound]), width <= 8,
            width == 0 ? range.count == 1 : (range.count - 1).isMultiple(of: width)
        else { throw FormatError(.malformedBody, at: reader.offset, "column") }
        return try ColumnReader(&reader, count: width == 0 ? 0 : (range.count - 1) / width)
    }

    private mutating func readFieldColumns(_ reader: inout CBORReader) throws(FormatError) {
        var counts: [BodyForm.ShapeField: Int] = [:]
        var shapeColumn = columns[3]
        for _ in 0..<count {
            for field in shapes[try shapeColumn.index(below: shapes.count)] where field.type != .withdrawn { counts[field, default: 0] += 1 }
        }
        let offset = reader.offset
        guard try reader.arrayHeader() == counts.count else { throw FormatError(.malformedBody, at: offset, "field columns") }
        for _ in 0..<counts.count {
            try reader.arrayHeader(expecting: 4)
            guard let wire = UInt32(exactly: try reader.unsigned()), let type = BodyForm.FieldType(rawValue: try reader.unsigned()) else {
                throw FormatError(.reserved, at: reader.offset, "field column")
            }
            let field = BodyForm.ShapeField(number: FieldNumber(wire: wire), type: type)
            guard let expected = counts[field], fieldColumns[field] == nil else { throw FormatError(.malformedBody, at: reader.offset, "field column") }
            let base: Int64? = reader.nullIfNext() ? nil : try reader.integer()
            if type == .other || base == nil {
                fieldColumns[field] = FieldColumnReader(base: base, items: CBORReader(try reader.byteString(limit: Limits.bodyBytes)))
            } else {
                fieldColumns[field] = FieldColumnReader(base: base, column: try ColumnReader(&reader, count: expected))
            }
        }
    }
}
