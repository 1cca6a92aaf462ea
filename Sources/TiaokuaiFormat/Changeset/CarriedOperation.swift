import TiaokuaiModel

/// An operation as a changeset carries it.
public struct CarriedOperation: Sendable {
    public enum Carriage: Sendable {
        /// The feed's first operation on the record, or one carried again: the key is spelled out.
        case new(values: [Value])
        /// The feed's previous operation on the record is at `sequence − sequenceDelta`, `index` of this feed.
        case next(sequenceDelta: UInt32, index: UInt32, previous: OperationID)
    }

    public let id: OperationID
    public let operation: Operation
    public let kind: KindName
    public let carriage: Carriage

    public init(id: OperationID, operation: Operation, kind: KindName, carriage: Carriage) {
        self.id = id
        self.operation = operation
        self.kind = kind
        self.carriage = carriage
    }
}

/// An operation as its columns give it, before what a `next` points at is known: no record, no identity yet.
public struct RawOperation: Sendable {
    public enum Carriage: Sendable {
        case new(kind: KindName, values: [Value])
        case next(sequenceDelta: UInt32, index: UInt32)
    }

    public let carriage: Carriage
    public let unit: UnitID
    public let person: PersonID
    public let written: Written
    public let origin: Origin
    public let under: OperationID?
    /// Nil: exactly the feed's previous operation on the record (none for a new one).
    public let listedSeen: [OperationID]?
    public let names: [OperationID]
    public let fields: [Operation.Field]

    /// The whole operation, once its record and the previous operation's identity are known.
    public func restored(record: RecordID, previous: OperationID?) -> Operation {
        Operation(
            record: record, unit: unit, person: person, written: written, origin: origin, under: under,
            seen: listedSeen ?? previous.map { [$0] } ?? [], names: names, fields: fields)
    }
}

/// What the receiver's store knows of the operation that a `next` points at.
public struct ResolvedPrevious: Sendable {
    public let id: OperationID
    public let record: RecordID
    public let kind: KindName
    public init(id: OperationID, record: RecordID, kind: KindName) {
        self.id = id
        self.record = record
        self.kind = kind
    }

    init(_ carried: CarriedOperation) {
        self.init(id: carried.id, record: carried.operation.record, kind: carried.kind)
    }
}

// A changeset's body (Docs/Formats/Changeset.md, "Body"). Tables first, then columns; what an operation needs beyond the
// first five columns is present only where its flags say so.
//
//   body = [1, salt .size 16, [* text], [* identity .size 32], [* epoch .size 16],
//           [* key shape], [* shape], count, columns, [* field column]]
//   key shape    = [kind: text index, [* length / null / false]]   ; bytes of that length / text / CBOR value
//   shape        = [* [field number, type]]
//   columns      = [flags, unit, person, written, shape, origin, delta, index, key shape, key texts, key bytes, lists, list ids]
//   field column = [field number, type, base exponent, bstr]
enum BodyForm {
    static let version: UInt64 = 1
    static let saltBytes = 16
    static let columns = 13

    struct Flags: OptionSet {
        let rawValue: UInt64
        static let next = Flags(rawValue: 1)
        static let listsSeen = Flags(rawValue: 2)
        static let listsNames = Flags(rawValue: 4)
        static let citesVersion = Flags(rawValue: 8)
        static let foreignOrigin = Flags(rawValue: 16)
        static let all: Flags = [.next, .listsSeen, .listsNames, .citesVersion, .foreignOrigin]
    }

    enum FieldType: UInt64 {
        case withdrawn = 0, decimal = 1, text = 2, other = 3
    }

    struct ShapeField: Hashable {
        let number: FieldNumber
        let type: FieldType
    }

    struct KeyShape: Hashable {
        let kind: Int
        /// Non-negative: bytes of that length; −1: text; −2: a CBOR value in the key bytes.
        let parts: [Int]
    }
}
