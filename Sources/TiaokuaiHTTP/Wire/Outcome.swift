import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// What one end made of the frames it got: counts, and by name what was not simply accepted.
public struct Outcome: Hashable, Sendable {
    public struct Note: Hashable, Sendable {
        public enum Kind: UInt64, Hashable, Sendable, CaseIterable {
            case waiting = 2
            case void = 3
            case refused = 4
        }
        public let kind: Kind
        /// A changeset's id, or the digest of refused bytes.
        public let item: Hash32
        /// What it waits for, or why it was refused.
        public let code: String
        /// The item waited for in hexadecimal, or a fact for people; at most 200 characters.
        public let fact: String

        public init(kind: Kind, item: Hash32, code: String, fact: String) {
            self.kind = kind
            self.item = item
            self.code = code
            self.fact = String(fact.prefix(200))
        }
    }

    public static let maximumNotes = 64

    public var accepted = 0
    public var duplicates = 0
    public var waiting = 0
    public var void = 0
    public var refused = 0
    /// Checkpoints, receipts and root statements that are now held.
    public var statements = 0
    public var damaged = 0
    /// The first `maximumNotes`.
    public var notes: [Note] = []

    public init() {}

    /// Something is held that was not held before, or was refused.
    public var isNews: Bool { accepted > 0 || waiting > 0 || void > 0 || refused > 0 || damaged > 0 }

    init(_ report: ImportReport) {
        accepted = report.accepted.count
        duplicates = report.duplicates
        waiting = report.waiting.count
        void = report.void.count
        refused = report.refused.count
        statements = report.statements
        damaged = report.damaged.count
        notes = (report.refused + report.void + report.waiting).prefix(Outcome.maximumNotes).compactMap(Outcome.note)
    }

    private static func note(_ reception: Reception) -> Note? {
        switch reception {
        case .waiting(let id, let what, let item): Note(kind: .waiting, item: id.hash, code: what.rawValue, fact: item.hex)
        case .void(let id, let code): Note(kind: .void, item: id.hash, code: code, fact: "")
        case .refused(let digest, let code, let fact): Note(kind: .refused, item: digest, code: code, fact: fact)
        case .accepted, .duplicate, .statement: nil
        }
    }

    mutating func add(_ other: Outcome) {
        accepted += other.accepted
        duplicates += other.duplicates
        waiting += other.waiting
        void += other.void
        refused += other.refused
        statements += other.statements
        damaged += other.damaged
        notes += other.notes.prefix(Outcome.maximumNotes - notes.count)
    }
}

// The acknowledgement of a page:
//
//   page ack = ["tk-page", 1, accepted, duplicates, waiting, void, refused, statements, damaged, [* note]]
//   note     = [kind, item, code, fact]

extension Outcome {
    var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.beginMessage("tk-page", items: 8)
        for count in [accepted, duplicates, waiting, void, refused, statements, damaged] { encoder.unsigned(UInt64(count)) }
        encoder.arrayHeader(notes.count)
        for note in notes {
            encoder.arrayHeader(4)
            encoder.unsigned(note.kind.rawValue)
            encoder.byteString(note.item)
            encoder.text(note.code)
            encoder.text(note.fact)
        }
        return encoder.bytes
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-page", items: 8)
        accepted = try reader.count(limit: Int(Int32.max))
        duplicates = try reader.count(limit: Int(Int32.max))
        waiting = try reader.count(limit: Int(Int32.max))
        void = try reader.count(limit: Int(Int32.max))
        refused = try reader.count(limit: Int(Int32.max))
        statements = try reader.count(limit: Int(Int32.max))
        damaged = try reader.count(limit: Int(Int32.max))
        let count = try reader.arrayHeader()
        guard count <= Outcome.maximumNotes else { throw FormatError(.limitExceeded, at: reader.offset, "notes") }
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 4)
            guard let kind = Note.Kind(rawValue: try reader.unsigned()) else { throw FormatError(.reserved, at: reader.offset, "note") }
            let item = try reader.hash()
            let code = try reader.text(limit: 64)
            notes.append(Note(kind: kind, item: item, code: code, fact: try reader.text(limit: 1_024)))
        }
        try reader.finish()
    }
}
