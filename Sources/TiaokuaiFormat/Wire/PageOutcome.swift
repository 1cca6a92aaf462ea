import TiaokuaiModel

/// What one end made of the frames it got: counts, and by name what was not simply accepted. On the wire it acknowledges a page:
///
///   page ack = ["tk-page", 1, accepted, duplicates, waiting, void, refused, statements, damaged, [*64 note]]
///   note     = [kind, item, code, fact]
public struct PageOutcome: Hashable, Sendable {
    public struct Note: Hashable, Sendable {
        public enum Kind: UInt64, Hashable, Sendable, CaseIterable {
            case waiting = 2
            case void = 3
            case refused = 4
        }
        public let kind: Kind
        /// A changeset's id, or the digest of refused bytes.
        public let item: Hash32
        /// What it waits for, or why it was refused; at most 64 bytes.
        public let code: String
        /// The item waited for in hexadecimal, or a fact for people; at most 1,024 bytes.
        public let fact: String

        public init(kind: Kind, item: Hash32, code: String, fact: String) {
            self.kind = kind
            self.item = item
            self.code = code
            self.fact = fact.shortened(toBytes: PageOutcome.maximumFactBytes)
        }
    }

    public static let maximumNotes = 64
    static let maximumCodeBytes = 64
    static let maximumFactBytes = 1_024

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

    public mutating func add(_ other: PageOutcome) {
        accepted += other.accepted
        duplicates += other.duplicates
        waiting += other.waiting
        void += other.void
        refused += other.refused
        statements += other.statements
        damaged += other.damaged
        notes += other.notes.prefix(PageOutcome.maximumNotes - notes.count)
    }

    // MARK: Form

    public var explicitForm: [UInt8] {
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

    public init(decoding bytes: [UInt8]) throws(FormatError) {
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
        guard count <= PageOutcome.maximumNotes else { throw FormatError(.limitExceeded, at: reader.offset, "notes") }
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 4)
            guard let kind = Note.Kind(rawValue: try reader.unsigned()) else { throw FormatError(.reserved, at: reader.offset, "note") }
            let item = try reader.hash()
            let code = try reader.text(limit: PageOutcome.maximumCodeBytes)
            notes.append(Note(kind: kind, item: item, code: code, fact: try reader.text(limit: PageOutcome.maximumFactBytes)))
        }
        try reader.finish()
    }
}

extension String {
    /// The longest beginning of whole scalars that takes no more bytes of UTF-8. By scalars and not by characters: one character
    /// may be as long as it likes.
    func shortened(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var short = String.UnicodeScalarView()
        var room = limit
        for scalar in unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            short.append(scalar)
        }
        return String(short)
    }
}
