import TiaokuaiHash
import TiaokuaiModel

// The explicit form, hashed with SHA-256 to the operation's identity (Docs/Formats/Changeset.md, "Operation"):
//
//   operation = [1, record, unit, person, written, [epoch, number], under / null, [* seen], [* names], [* [number, value / null]]]
//   value     = tag 4 [exponent, mantissa] / tstr / bstr / bool / tag 100 day / [* value]; a field's also tag 70001 sealed (SealedValue+CBOR)
//
// Lists are sorted and hold no duplicates. Anything else is not the explicit form of any operation.

extension Operation {
    public static let formVersion: UInt64 = 1

    /// Appends the explicit form.
    public func encode(into encoder: inout CBOREncoder) {
        encoder.arrayHeader(10)
        encoder.unsigned(Operation.formVersion)
        encoder.byteString(record.hash)
        encoder.text(unit.text)
        encoder.text(person.text)
        encoder.integer(written.milliseconds)
        encoder.arrayHeader(2)
        encoder.byteString(origin.epoch.bytes)
        encoder.unsigned(origin.number)
        if let under { encoder.byteString(under.hash) } else { encoder.null() }
        encoder.arrayHeader(seen.count)
        for id in seen { encoder.byteString(id.hash) }
        encoder.arrayHeader(names.count)
        for id in names { encoder.byteString(id.hash) }
        encoder.arrayHeader(fields.count)
        for field in fields {
            encoder.arrayHeader(2)
            encoder.unsigned(UInt64(field.number.wire))
            if let value = field.value { value.encode(into: &encoder) } else { encoder.null() }
        }
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encode(into: &encoder)
        return encoder.bytes
    }

    /// SHA-256 of the explicit form.
    public var identity: OperationID { OperationID(sha256(explicitForm)) }

    /// Reads one explicit form; throws `FormatError` on any other spelling.
    public init(from reader: inout CBORReader) throws(FormatError) {
        let start = reader.offset
        try reader.arrayHeader(expecting: 10)
        guard try reader.unsigned() == Operation.formVersion else { throw FormatError(.unsupported, at: start, "operation form") }
        let record = RecordID(try reader.hash())
        let unit = try UnitID(reading: &reader)
        let person = try PersonID(reading: &reader)
        let written = Written(milliseconds: try reader.integer())
        try reader.arrayHeader(expecting: 2)
        let epoch = try Epoch(reading: &reader)
        let number = try reader.unsigned()
        let under = reader.nullIfNext() ? nil : OperationID(try reader.hash())
        let seen = try Operation.identities(&reader)
        let names = try Operation.identities(&reader)
        let count = try reader.arrayHeader()
        guard count <= Limits.fieldsPerOperation else { throw FormatError(.limitExceeded, at: reader.offset, "fields") }
        var fields: [Field] = []
        fields.reserveCapacity(count)
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let wire = try reader.unsigned()
            guard let wire = UInt32(exactly: wire), wire >> 2 <= FieldNumber.maximumIndex, wire >> 2 > 0, wire & 3 != 3 else {
                throw FormatError(.reserved, at: reader.offset, "field number")
            }
            let field = FieldNumber(wire: wire)
            if let last = fields.last, last.number >= field { throw FormatError(.unsortedKeys, at: reader.offset, "fields") }
            fields.append(Field(field, reader.nullIfNext() ? nil : try Value(from: &reader)))
        }
        self.init(
            record: record, unit: unit, person: person, written: written, origin: Origin(epoch: epoch, number: number), under: under,
            seen: seen, names: names, fields: fields)
    }

    private static func identities(_ reader: inout CBORReader) throws(FormatError) -> [OperationID] {
        let count = try reader.arrayHeader()
        guard count <= Operation.maximumWireIdentities else { throw FormatError(.limitExceeded, at: reader.offset, "identities") }
        var out: [OperationID] = []
        out.reserveCapacity(count)
        for _ in 0..<count {
            let id = OperationID(try reader.hash())
            if let last = out.last, last >= id { throw FormatError(.unsortedKeys, at: reader.offset, "identities") }
            out.append(id)
        }
        return out
    }

    /// Beyond the quota of `maximumSeen` an operation is void but still readable; beyond this its bytes are refused.
    static let maximumWireIdentities = 4_096
}

extension PermanentName {
    init(reading reader: inout CBORReader) throws(FormatError) {
        let offset = reader.offset
        let text = try reader.text(limit: 64)
        guard Self.isWellFormed(text) else { throw FormatError(.invalidText, at: offset, "not a permanent name") }
        self.init(unchecked: text)
    }
}

extension Epoch {
    init(reading reader: inout CBORReader) throws(FormatError) {
        let offset = reader.offset
        guard let epoch = Epoch(bytes: try reader.byteString(limit: 16)) else { throw FormatError(.wrongType, at: offset, "epoch") }
        self = epoch
    }
}

extension Value {
    public static let decimalTag: UInt64 = 4
    public static let dayTag: UInt64 = 100

    public func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .decimal(let decimal):
            encoder.tag(Value.decimalTag)
            encoder.arrayHeader(2)
            encoder.integer(Int64(decimal.exponent))
            encoder.integer(decimal.mantissa)
        case .text(let text): encoder.text(text)
        case .bytes(let bytes): encoder.byteString(bytes)
        case .boolean(let flag): encoder.boolean(flag)
        case .day(let day):
            encoder.tag(Value.dayTag)
            encoder.integer(Int64(day.number))
        case .list(let list):
            encoder.arrayHeader(list.count)
            for element in list { element.encode(into: &encoder) }
        case .sealed(let sealed): sealed.encode(into: &encoder)
        }
    }

    public init(from reader: inout CBORReader, depth: Int = 0) throws(FormatError) {
        let offset = reader.offset
        switch reader.nextMajorType() {
        case 2: self = .bytes(try reader.byteString(limit: Value.maximumBytes))
        case 3: self = .text(try reader.text(limit: Value.maximumBytes))
        case 4:
            guard depth < Value.maximumDepth else { throw FormatError(.limitExceeded, at: offset, "depth") }
            let count = try reader.arrayHeader()
            guard count <= Value.maximumListCount else { throw FormatError(.limitExceeded, at: offset, "list") }
            var list: [Value] = []
            for _ in 0..<count { list.append(try Value(from: &reader, depth: depth + 1)) }
            self = .list(list)
        case 6:
            switch try reader.tag() {
            case Value.decimalTag:
                try reader.arrayHeader(expecting: 2)
                let exponent = try reader.integer()
                let mantissa = try reader.integer()
                guard (-18...18).contains(exponent), ExactDecimal.isNormal(mantissa: mantissa, exponent: Int(exponent)),
                    let decimal = try? ExactDecimal(mantissa: mantissa, exponent: Int(exponent))
                else { throw FormatError(.notShortest, at: offset, "decimal not in normal form") }
                self = .decimal(decimal)
            case Value.dayTag:
                let number = try reader.integer()
                guard let day = Int32(exactly: number) else { throw FormatError(.limitExceeded, at: offset, "day") }
                self = .day(Day(number: day))
            case SealedValue.tag where depth == 0: self = .sealed(try SealedValue(from: &reader))
            default: throw FormatError(.unsupported, at: offset, "value tag")
            }
        case 7: self = .boolean(try reader.boolean())
        default: throw FormatError(.wrongType, at: offset, "value")
        }
    }
}
