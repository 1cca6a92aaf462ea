import TiaokuaiHash
import TiaokuaiModel

// A value that one node alone can read (Docs/Formats/Changeset.md, "A sealed value"):
//
//   sealed  = tag 70001 [suite, receiver, key, binding, wrapped, ciphertext]
//   binding = SHA-256 of ["tk-field", 1, record, unit, [epoch, number], field number, receiver, key]
//
// Suite, length of `wrapped` and padded length of the ciphertext fit each other, or it is refused before anybody opens anything.

extension SealedValue {
    public static let tag: UInt64 = 70_001
    static let bindingName = "tk-field"
    static let bindingVersion: UInt64 = 1

    /// Lengths that `wrapped` may have: an X25519 key or a point of P-256; of SM2 the DER of two coordinates, a digest and 32 bytes.
    static func isLength(_ count: Int, ofWrappedBy suite: Suite) -> Bool {
        switch suite {
        case .hpke: count == 32 || count == 65
        case .gm: 96...160 ~= count
        }
    }

    public func encode(into encoder: inout CBOREncoder) {
        encoder.tag(SealedValue.tag)
        encoder.arrayHeader(6)
        encoder.unsigned(suite.rawValue)
        encoder.byteString(receiver.hash)
        encoder.byteString(key)
        encoder.byteString(binding)
        encoder.byteString(wrapped)
        encoder.byteString(ciphertext)
    }

    /// Reads what follows the tag.
    init(from reader: inout CBORReader) throws(FormatError) {
        try reader.arrayHeader(expecting: 6)
        var offset = reader.offset
        guard let suite = Suite(rawValue: try reader.unsigned()) else { throw FormatError(.unsupported, at: offset, "suite of a sealed value") }
        let receiver = NodeID(try reader.hash())
        let key = try reader.hash()
        let binding = try reader.hash()
        offset = reader.offset
        let wrapped = try reader.byteString(limit: 256)
        guard SealedValue.isLength(wrapped.count, ofWrappedBy: suite) else { throw FormatError(.outOfRange, at: offset, "wrapped: \(wrapped.count) bytes") }
        offset = reader.offset
        let ciphertext = try reader.byteString(limit: Value.maximumBytes + suite.tagBytes)
        guard SealedValue.paddedLengths.contains(ciphertext.count - suite.tagBytes) else {
            throw FormatError(.outOfRange, at: offset, "ciphertext: \(ciphertext.count) bytes")
        }
        self.init(suite: suite, receiver: receiver, key: key, binding: binding, wrapped: wrapped, ciphertext: ciphertext)
    }
}

/// The one place for which a value is sealed.
public struct SealedPlace: Hashable, Sendable {
    /// Its identity is a hash over the network, the partition, the kind and the key.
    public let record: RecordID
    public let unit: UnitID
    /// The author's own counter, which no two operations of a node have in common.
    public let origin: Origin
    public let field: FieldNumber

    public init(record: RecordID, unit: UnitID, origin: Origin, field: FieldNumber) {
        self.record = record
        self.unit = unit
        self.origin = origin
        self.field = field
    }

    public init(_ operation: Operation, _ field: FieldNumber) {
        self.init(record: operation.record, unit: operation.unit, origin: operation.origin, field: field)
    }

    /// The digest that binds a value for this receiver to this place; associated data of the encryption too.
    public func binding(to receiver: NodeID, key: Hash32) -> Hash32 {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(8)
        encoder.text(SealedValue.bindingName)
        encoder.unsigned(SealedValue.bindingVersion)
        encoder.byteString(record.hash)
        encoder.text(unit.text)
        encoder.arrayHeader(2)
        encoder.byteString(origin.epoch.bytes)
        encoder.unsigned(origin.number)
        encoder.unsigned(UInt64(field.wire))
        encoder.byteString(receiver.hash)
        encoder.byteString(key)
        return sha256(encoder.bytes)
    }

    /// True where the value was sealed for this place.
    public func isOf(_ sealed: SealedValue) -> Bool { sealed.binding == binding(to: sealed.receiver, key: sealed.key) }
}

extension Operation {
    /// Every sealed value with the place at which it stands.
    public var sealedValues: [(place: SealedPlace, value: SealedValue)] {
        fields.compactMap { field in field.value?.sealed.map { (SealedPlace(self, field.number), $0) } }
    }

    /// A field that shows personal data to whoever reads the operation. Withdrawn or sealed it shows none (R16).
    public var personalFieldInClear: FieldNumber? { fields.first(where: \.showsPersonalData)?.number }
}

extension Operation.Field {
    /// Personal data in clear: neither withdrawn nor sealed, and of no class that may be seen.
    public var showsPersonalData: Bool { (number.fieldClass ?? .personal) == .personal && value != nil && value?.sealed == nil }
}
