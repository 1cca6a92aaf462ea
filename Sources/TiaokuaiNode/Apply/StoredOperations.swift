import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore

/// One operation of a record that the engine settles, as its outcome row keeps it.
struct StoredOperation: Hashable {
    var place: Place
    let explicitForm: [UInt8]
    /// The hash of the form.
    let id: OperationID

    init(place: Place, explicitForm: [UInt8]) { self.init(place: place, explicitForm: explicitForm, id: OperationID(sha256(explicitForm))) }

    /// Where the identity is known.
    init(place: Place, explicitForm: [UInt8], id: OperationID) {
        self.place = place
        self.explicitForm = explicitForm
        self.id = id
    }

    func operation() throws -> Operation {
        var reader = CBORReader(explicitForm)
        return try Operation(from: &reader)
    }

    // places = [* [changeset reference, position, operation]]

    static func encode(_ operations: [StoredOperation]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: operations.count * 256)
        encoder.arrayHeader(operations.count)
        for stored in operations {
            encoder.arrayHeader(3)
            encoder.integer(stored.place.changeset.number)
            encoder.integer(stored.place.position)
            encoder.byteString(stored.explicitForm)
        }
        return encoder.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [StoredOperation] {
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        var out: [StoredOperation] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 3)
            let place = Place(ChangesetRef(try reader.integer()), try reader.integer())
            out.append(StoredOperation(place: place, explicitForm: try reader.byteString(limit: Limits.operationBytes)))
        }
        return out
    }
}

/// The packed fields of a standing row: `[* [number, value]]`, ascending.
enum PackedFields {
    static func encode(_ fields: [Operation.Field]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 96)
        encoder.arrayHeader(fields.count)
        for field in fields {
            encoder.arrayHeader(2)
            encoder.unsigned(UInt64(field.number.wire))
            if let value = field.value { value.encode(into: &encoder) } else { encoder.null() }
        }
        return encoder.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [Operation.Field] {
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        var out: [Operation.Field] = []
        out.reserveCapacity(count)
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            out.append(
                Operation.Field(FieldNumber(wire: UInt32(truncatingIfNeeded: try reader.unsigned())), reader.nullIfNext() ? nil : try Value(from: &reader)))
        }
        return out
    }

    /// The unit's claims after one more operation: newer fields replace, withdrawn ones go.
    static func overlay(_ packed: [UInt8], _ fields: [Operation.Field]) throws -> [UInt8] {
        var merged = try decode(packed)
        for field in fields {
            if let index = merged.firstIndex(where: { $0.number >= field.number }) {
                if merged[index].number == field.number { merged[index] = field } else { merged.insert(field, at: index) }
            } else {
                merged.append(field)
            }
        }
        return encode(merged.filter { $0.value != nil && !$0.number.isAccompanying })
    }

    static func first(_ fields: [Operation.Field]) -> [UInt8] {
        encode(fields.contains { $0.value == nil || $0.number.isAccompanying } ? fields.filter { $0.value != nil && !$0.number.isAccompanying } : fields)
    }
}
