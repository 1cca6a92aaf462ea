import TiaokuaiModel

/// What a new node asks for; self-signed with the key it names, carried as a file.
///
///   request = ["tk-request", 1, name, signing key, sealing key, region, [* line] / null, [* unit], depth / null, written,
///              lineage, [* consent], node / null]
public struct EnrolmentRequest: Hashable, Sendable {
    public var name: String
    public var signingKey: [UInt8]
    public var sealingKey: [UInt8]
    public var region: RegionID
    public var lines: [LineID]?
    public var writes: [CredentialContent.WrittenUnit]
    /// Nil: asks for no right to issue.
    public var depth: UInt64?
    public var written: Written
    public var lineage: CredentialContent.Lineage
    /// Envelopes in which old keys agree.
    public var consents: [[UInt8]] = []
    /// For a new key of a node that there is already; nil: the node that the key itself names.
    public var node: NodeID?

    public init(
        name: String, signingKey: [UInt8], sealingKey: [UInt8], region: RegionID, lines: [LineID]?, writes: [CredentialContent.WrittenUnit],
        depth: UInt64?, written: Written, lineage: CredentialContent.Lineage = .first
    ) {
        self.lineage = lineage
        self.name = name
        self.signingKey = signingKey
        self.sealingKey = sealingKey
        self.region = region
        self.lines = lines?.sorted()
        self.writes = writes.sorted()
        self.depth = depth
        self.written = written
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 512)
        encoder.arrayHeader(13)
        encoder.text("tk-request")
        encoder.unsigned(1)
        encoder.text(name)
        encoder.byteString(signingKey)
        encoder.byteString(sealingKey)
        encoder.text(region.text)
        if let lines {
            encoder.arrayHeader(lines.count)
            for line in lines { encoder.text(line.text) }
        } else {
            encoder.null()
        }
        encoder.arrayHeader(writes.count)
        for written in writes { written.encode(into: &encoder) }
        if let depth { encoder.unsigned(depth) } else { encoder.null() }
        encoder.integer(written.milliseconds)
        encoder.unsigned(lineage.rawValue)
        encoder.arrayHeader(consents.count)
        for consent in consents { encoder.byteString(consent) }
        encoder.optional(node?.hash)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 13)
        guard try reader.text(limit: 16) == "tk-request", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "request version") }
        name = try reader.text(limit: 256)
        signingKey = try reader.byteString(limit: 256)
        sealingKey = try reader.byteString(limit: 256)
        region = try RegionID(reading: &reader)
        lines = reader.nullIfNext() ? nil : try reader.ascending { reader throws(FormatError) in try LineID(reading: &reader) }
        writes = try reader.ascending { reader throws(FormatError) in
            try CredentialContent.WrittenUnit(from: &reader)
        }
        depth = reader.nullIfNext() ? nil : UInt64(try reader.count(limit: Int(CredentialContent.maximumDepth)))
        written = Written(milliseconds: try reader.integer())
        guard let lineage = CredentialContent.Lineage(rawValue: try reader.unsigned()) else { throw FormatError(.reserved, at: reader.offset, "lineage") }
        self.lineage = lineage
        consents = try reader.list { reader throws(FormatError) in try reader.byteString(limit: Limits.envelopeBytes) }
        node = try reader.optionalHash().map { NodeID($0) }
        try reader.finish()
    }
}
