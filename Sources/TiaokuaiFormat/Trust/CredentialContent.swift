import TiaokuaiHash
import TiaokuaiModel

/// What a credential grants, as the value of the credential record's one field (Docs/Formats/Credential.md).
///
///   credential = [1, subject, name, signing key, sealing key, receives, [* unit], may issue / null, from, to / null, lineage, [* head], [* consent]]
///   receives   = [region, [* line] / null]          ; null: every line
///   may issue  = [region, depth]
///   unit       = [id, region, is government]
///   lineage    = 0 first / 1 joins / 2 takes over
///   consent    = COSE_Sign1 by a key that writes one of the units, over the digest of what it consents to
public struct CredentialContent: Hashable, Sendable {
    public enum Lineage: UInt64, Hashable, Sendable, CaseIterable {
        /// Nobody wrote these units before.
        case first = 0
        /// Both write: two machines of one unit.
        case joins = 1
        /// The old one's writing of these units ends at `heads`.
        case takesOver = 2
    }

    public struct WrittenUnit: Hashable, Sendable, Comparable {
        public let unit: UnitID
        public let region: RegionID
        /// The one organ of its region that is the block 块.
        public let isGovernment: Bool
        public init(_ unit: UnitID, _ region: RegionID, isGovernment: Bool = false) {
            self.unit = unit
            self.region = region
            self.isGovernment = isGovernment
        }

        func encode(into encoder: inout CBOREncoder) {
            encoder.arrayHeader(3)
            encoder.text(unit.text)
            encoder.text(region.text)
            encoder.boolean(isGovernment)
        }

        init(from reader: inout CBORReader) throws(FormatError) {
            try reader.arrayHeader(expecting: 3)
            self.init(try UnitID(reading: &reader), try RegionID(reading: &reader), isGovernment: try reader.boolean())
        }
        public static func < (left: WrittenUnit, right: WrittenUnit) -> Bool { left.unit < right.unit }
    }

    public struct Issuing: Hashable, Sendable {
        public let region: RegionID
        /// How many further levels of credentials may hang below; at most 8.
        public let depth: UInt64
        public init(region: RegionID, depth: UInt64) {
            self.region = region
            self.depth = depth
        }
    }

    public var subject: NodeID
    public var name: String
    public var signingKey: [UInt8]
    public var sealingKey: [UInt8]
    public var region: RegionID
    /// Nil: every line of the region's subtree.
    public var lines: [LineID]?
    /// Ascending, no duplicates.
    public var writes: [WrittenUnit]
    public var mayIssue: Issuing?
    public var validFrom: Day
    public var validTo: Day?
    public var lineage: Lineage
    /// For `takesOver`: the changesets of the old node that still count; ascending.
    public var heads: [ChangesetID]
    /// Envelopes in which old keys agree to `joins` or `takesOver`.
    public var consents: [[UInt8]]

    public init(
        subject: NodeID, name: String, signingKey: [UInt8], sealingKey: [UInt8], region: RegionID, lines: [LineID]? = nil, writes: [WrittenUnit],
        mayIssue: Issuing?, validFrom: Day, validTo: Day? = nil, lineage: Lineage = .first, heads: [ChangesetID] = [], consents: [[UInt8]] = []
    ) {
        self.subject = subject
        self.name = name
        self.signingKey = signingKey
        self.sealingKey = sealingKey
        self.region = region
        self.lines = lines?.sorted()
        self.writes = writes.sorted()
        self.mayIssue = mayIssue
        self.validFrom = validFrom
        self.validTo = validTo
        self.lineage = lineage
        self.heads = heads.sorted()
        self.consents = consents
    }

    public static let maximumDepth: UInt64 = 8

    public func encode(into encoder: inout CBOREncoder) {
        encoder.arrayHeader(13)
        encoder.unsigned(1)
        encoder.byteString(subject.hash)
        encoder.text(name)
        encoder.byteString(signingKey)
        encoder.byteString(sealingKey)
        encoder.arrayHeader(2)
        encoder.text(region.text)
        if let lines {
            encoder.arrayHeader(lines.count)
            for line in lines { encoder.text(line.text) }
        } else {
            encoder.null()
        }
        encoder.arrayHeader(writes.count)
        for written in writes { written.encode(into: &encoder) }
        if let mayIssue {
            encoder.arrayHeader(2)
            encoder.text(mayIssue.region.text)
            encoder.unsigned(mayIssue.depth)
        } else {
            encoder.null()
        }
        encoder.integer(Int64(validFrom.number))
        if let validTo { encoder.integer(Int64(validTo.number)) } else { encoder.null() }
        encoder.unsigned(lineage.rawValue)
        encoder.arrayHeader(heads.count)
        for head in heads { encoder.byteString(head.hash) }
        encoder.arrayHeader(consents.count)
        for consent in consents { encoder.byteString(consent) }
    }

    /// What an old key signs when it lets another node write for its units:
    /// SHA-256 of `["tk-consent", network, signing key, lineage, [* unit]]`.
    public static func consentDigest(network: NetworkID, signingKey: [UInt8], lineage: Lineage, units: [UnitID]) -> Hash32 {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(5)
        encoder.text("tk-consent")
        encoder.byteString(network.hash)
        encoder.byteString(signingKey)
        encoder.unsigned(lineage.rawValue)
        encoder.arrayHeader(units.count)
        for unit in units.sorted() { encoder.text(unit.text) }
        return sha256(encoder.bytes)
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 512)
        encode(into: &encoder)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try self.init(from: &reader)
        try reader.finish()
    }

    public init(from reader: inout CBORReader) throws(FormatError) {
        let start = reader.offset
        try reader.arrayHeader(expecting: 13)
        guard try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: start, "credential version") }
        subject = NodeID(try reader.hash())
        name = try reader.text(limit: 256)
        signingKey = try reader.byteString(limit: 256)
        sealingKey = try reader.byteString(limit: 256)
        try reader.arrayHeader(expecting: 2)
        region = try RegionID(reading: &reader)
        lines = reader.nullIfNext() ? nil : try reader.ascending { reader throws(FormatError) in try LineID(reading: &reader) }
        writes = try reader.ascending { reader throws(FormatError) in
            try WrittenUnit(from: &reader)
        }
        if reader.nullIfNext() {
            mayIssue = nil
        } else {
            try reader.arrayHeader(expecting: 2)
            mayIssue = Issuing(region: try RegionID(reading: &reader), depth: UInt64(try reader.count(limit: Int(CredentialContent.maximumDepth))))
        }
        validFrom = try reader.day()
        validTo = reader.nullIfNext() ? nil : try reader.day()
        guard let lineage = Lineage(rawValue: try reader.unsigned()) else { throw FormatError(.reserved, at: reader.offset, "lineage") }
        self.lineage = lineage
        heads = try reader.ascending { reader throws(FormatError) in ChangesetID(try reader.hash()) }
        consents = try reader.list { reader throws(FormatError) in try reader.byteString(limit: Limits.envelopeBytes) }
    }
}

extension CBORReader {
    mutating func day() throws(FormatError) -> Day {
        let start = offset
        guard let number = Int32(exactly: try integer()) else { throw FormatError(.outOfRange, at: start, "day") }
        return Day(number: number)
    }

    /// A list in ascending order without duplicates, at most `Limits.namesPerCredential` long.
    mutating func ascending<Element: Comparable>(_ read: (inout CBORReader) throws(FormatError) -> Element) throws(FormatError) -> [Element] {
        let start = offset
        let count = try arrayHeader()
        guard count <= Limits.namesPerCredential else { throw FormatError(.limitExceeded, at: start, "list") }
        var out: [Element] = []
        for _ in 0..<count {
            let element = try read(&self)
            if let last = out.last, last >= element { throw FormatError(.unsortedKeys, at: start, "list") }
            out.append(element)
        }
        return out
    }
}
