import TiaokuaiModel

// A body's tables, entry by entry.

extension BodyDecoder {
    static func table<Entry>(_ reader: inout CBORReader, _ read: (inout CBORReader) throws(FormatError) -> Entry) throws(FormatError) -> [Entry] {
        let offset = reader.offset
        let count = try reader.arrayHeader()
        guard count <= Limits.tableEntries else { throw FormatError(.limitExceeded, at: offset, "table") }
        var entries: [Entry] = []
        for _ in 0..<count { entries.append(try read(&reader)) }
        return entries
    }

    static func keyShape(_ reader: inout CBORReader) throws(FormatError) -> BodyForm.KeyShape {
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

    static func shape(_ reader: inout CBORReader) throws(FormatError) -> [BodyForm.ShapeField] {
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
    static func freeColumn(_ reader: inout CBORReader, of bytes: [UInt8]) throws(FormatError) -> ColumnReader {
        var ahead = reader
        let range = try ahead.byteStringRange()
        guard range.count >= 1, case let width = Int(bytes[range.lowerBound]), width <= 8,
            width == 0 ? range.count == 1 : (range.count - 1).isMultiple(of: width)
        else { throw FormatError(.malformedBody, at: reader.offset, "column") }
        return try ColumnReader(&reader, count: width == 0 ? 0 : (range.count - 1) / width, isCounted: false)
    }
}
