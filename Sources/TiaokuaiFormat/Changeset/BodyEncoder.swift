import TiaokuaiModel

/// Makes a body out of a batch of operations of one node's epoch in one partition.
public struct BodyEncoder {
    private let epoch: Epoch
    private var texts = Table<ExactText>()
    private var identities = Table<OperationID>()
    private var epochs = Table<Epoch>()
    private var keyShapes = Table<BodyForm.KeyShape>()
    private var shapes = Table<[BodyForm.ShapeField]>()
    private var flags = Column(), units = Column(), persons = Column(), written = Column(), shape = Column(), origins = Column()
    private var deltas = Column(), indices = Column(), keyShape = Column(), keyTexts = Column(), lists = Column(), listed = Column()
    private var keyBytes = CBOREncoder()
    private var fieldColumns: [BodyForm.ShapeField: FieldColumn] = [:]
    private var lastWritten: Int64 = 0
    private var lastOrigin: UInt64 = 0
    public private(set) var count = 0

    public init(epoch: Epoch) {
        self.epoch = epoch
    }

    public mutating func append(_ carried: CarriedOperation) {
        let operation = carried.operation
        var flag: BodyForm.Flags = []
        switch carried.carriage {
        case .new(let values):
            appendKey(carried.kind, values)
            if !operation.seen.isEmpty { flag.insert(.listsSeen) }
        case .next(let delta, let index, let previous):
            flag.insert(.next)
            deltas.append(UInt64(delta))
            indices.append(UInt64(index))
            if operation.seen != [previous] { flag.insert(.listsSeen) }
        }
        if flag.contains(.listsSeen) { appendList(operation.seen) }
        if !operation.names.isEmpty {
            flag.insert(.listsNames)
            appendList(operation.names)
        }
        if let under = operation.under {
            flag.insert(.citesVersion)
            listed.append(UInt64(identities.index(of: under)))
        }
        if operation.origin.epoch != epoch {
            flag.insert(.foreignOrigin)
            lists.append(UInt64(epochs.index(of: operation.origin.epoch)))
        }
        flags.append(flag.rawValue)
        units.append(UInt64(texts.index(of: operation.unit.text)))
        persons.append(UInt64(texts.index(of: operation.person.text)))
        written.append(signed: operation.written.milliseconds &- lastWritten)
        lastWritten = operation.written.milliseconds
        origins.append(signed: Int64(bitPattern: operation.origin.number &- lastOrigin &- 1))
        lastOrigin = operation.origin.number
        appendFields(operation.fields)
        count += 1
    }

    private mutating func appendList(_ ids: [OperationID]) {
        lists.append(UInt64(ids.count))
        for id in ids { listed.append(UInt64(identities.index(of: id))) }
    }

    private mutating func appendKey(_ kind: KindName, _ values: [Value]) {
        var parts: [Int] = []
        for value in values {
            switch value {
            case .text(let text):
                keyTexts.append(UInt64(texts.index(of: text)))
                parts.append(-1)
            case .bytes(let bytes):
                keyBytes.raw(bytes)
                parts.append(bytes.count)
            default:
                value.encode(into: &keyBytes)
                parts.append(-2)
            }
        }
        keyShape.append(UInt64(keyShapes.index(of: BodyForm.KeyShape(kind: texts.index(of: kind.text), parts: parts))))
    }

    private mutating func appendFields(_ fields: [Operation.Field]) {
        var described: [BodyForm.ShapeField] = []
        described.reserveCapacity(fields.count)
        for field in fields {
            let type: BodyForm.FieldType =
                switch field.value {
                case nil: .withdrawn
                case .decimal: .decimal
                case .text: .text
                default: .other
                }
            let key = BodyForm.ShapeField(number: field.number, type: type)
            described.append(key)
            switch field.value {
            case .decimal(let decimal): fieldColumns[key, default: FieldColumn()].decimals.append(decimal)
            case .text(let text): fieldColumns[key, default: FieldColumn()].texts.append(UInt64(texts.index(of: text)))
            case let value?: value.encode(into: &fieldColumns[key, default: FieldColumn()].others)
            case nil: break
            }
        }
        shape.append(UInt64(shapes.index(of: described)))
    }

    /// The finished body. `salt` is 16 random bytes, so that the digest of a withheld body can't be guessed open.
    public func finish(salt: [UInt8]) -> [UInt8] {
        precondition(salt.count == BodyForm.saltBytes)
        var encoder = CBOREncoder(reserving: count * 48)
        encoder.arrayHeader(10)
        encoder.unsigned(BodyForm.version)
        encoder.byteString(salt)
        encoder.arrayHeader(texts.entries.count)
        for text in texts.entries { encoder.text(text.text) }
        encoder.arrayHeader(identities.entries.count)
        for id in identities.entries { encoder.byteString(id.hash) }
        encoder.arrayHeader(epochs.entries.count)
        for epoch in epochs.entries { encoder.byteString(epoch.bytes) }
        encoder.arrayHeader(keyShapes.entries.count)
        for shape in keyShapes.entries {
            encoder.arrayHeader(2)
            encoder.unsigned(UInt64(shape.kind))
            encoder.arrayHeader(shape.parts.count)
            for part in shape.parts {
                switch part {
                case -1: encoder.null()
                case -2: encoder.boolean(false)
                default: encoder.unsigned(UInt64(part))
                }
            }
        }
        encoder.arrayHeader(shapes.entries.count)
        for shape in shapes.entries {
            encoder.arrayHeader(shape.count)
            for field in shape {
                encoder.arrayHeader(2)
                encoder.unsigned(UInt64(field.number.wire))
                encoder.unsigned(field.type.rawValue)
            }
        }
        encoder.unsigned(UInt64(count))
        encoder.arrayHeader(BodyForm.columns)
        for column in [flags, units, persons, written, shape, origins, deltas, indices, keyShape] { column.encode(into: &encoder) }
        keyTexts.encode(into: &encoder, isCounted: false)
        encoder.byteString(keyBytes.bytes)
        lists.encode(into: &encoder)
        listed.encode(into: &encoder, isCounted: false)
        encodeFieldColumns(into: &encoder)
        return encoder.bytes
    }

    private func encodeFieldColumns(into encoder: inout CBOREncoder) {
        let filled = fieldColumns.sorted { ($0.key.number, $0.key.type.rawValue) < ($1.key.number, $1.key.type.rawValue) }
        encoder.arrayHeader(filled.count)
        for (key, column) in filled {
            encoder.arrayHeader(4)
            encoder.unsigned(UInt64(key.number.wire))
            encoder.unsigned(key.type.rawValue)
            column.encode(key.type, into: &encoder)
        }
    }
}

/// Values of one field and type over the whole body.
private struct FieldColumn {
    var decimals: [ExactDecimal] = []
    var texts = Column()
    var others = CBOREncoder()

    /// Base exponent, then the column. Decimals are scaled to the smallest exponent where every mantissa allows it;
    /// otherwise the base is null and each stands as exponent and mantissa.
    func encode(_ type: BodyForm.FieldType, into encoder: inout CBOREncoder) {
        switch type {
        case .withdrawn: preconditionFailure("a withdrawn field has no column")
        case .text:
            encoder.integer(0)
            texts.encode(into: &encoder)
        case .other:
            encoder.integer(0)
            encoder.byteString(others.bytes)
        case .decimal:
            let base = decimals.map(\.exponent).min() ?? 0
            var column = Column()
            for decimal in decimals {
                guard let scaled = decimal.mantissa(scaledTo: base) else { return encodeWide(into: &encoder) }
                column.append(signed: scaled)
            }
            encoder.integer(Int64(base))
            column.encode(into: &encoder)
        }
    }

    private func encodeWide(into encoder: inout CBOREncoder) {
        encoder.null()
        var wide = CBOREncoder()
        for decimal in decimals {
            wide.integer(Int64(decimal.exponent))
            wide.integer(decimal.mantissa)
        }
        encoder.byteString(wide.bytes)
    }
}

extension ExactDecimal {
    func mantissa(scaledTo base: Int8) -> Int64? {
        var value = mantissa
        for _ in 0..<max(0, Int(exponent) - Int(base)) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return value
    }
}

extension Table<ExactText> {
    fileprivate mutating func index(of text: String) -> Int { index(of: ExactText(text: text)) }
}

/// Values in order of first use, each once.
private struct Table<Entry: Hashable> {
    private(set) var entries: [Entry] = []
    private var positions: [Entry: Int] = [:]

    mutating func index(of entry: Entry) -> Int {
        if let position = positions[entry] { return position }
        positions[entry] = entries.count
        entries.append(entry)
        return entries.count - 1
    }
}
