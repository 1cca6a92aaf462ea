import TiaokuaiModel

/// A proof about a node's log that stands alone: with a root key and nothing else it can be checked (Docs/Formats/Log.md, "Proof").
///
///   proof      = ["tk-proof", 1, [1*4096 root: bstr], [*256 credential], [1*2 checkpoint: bstr], [1*2 receipt: bstr], changeset: hash / null]
///   credential = [envelope: bstr, body: bstr]
///
/// Readable, but nobody's word yet.
public struct ProofFile: Hashable, Sendable {
    public static let maximumRoots = 4_096
    public static let maximumCredentials = 256
    public static let maximumBytes = 64 * 1_024 * 1_024

    /// The root statements from number 1 on.
    public var roots: [[UInt8]]
    /// The changesets that carry the credentials of the log's owner and of all who issued them; ascending by their bytes.
    public var credentials: [ChangesetItem]
    /// The checkpoint that the proof ends in; before it, for a consistency proof, the older one.
    public var checkpoints: [[UInt8]]
    /// Receipts of RFC 9942, one under each hash of the network, SHA-256 first.
    public var receipts: [[UInt8]]
    /// What is proven to lie in the log; nil where a log is proven to have only grown.
    public var changeset: ChangesetID?

    public init(roots: [[UInt8]], credentials: [ChangesetItem], checkpoints: [[UInt8]], receipts: [[UInt8]], changeset: ChangesetID?) {
        self.roots = roots
        self.credentials = credentials.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        self.checkpoints = checkpoints
        self.receipts = receipts
        self.changeset = changeset
    }

    public var bytes: [UInt8] {
        var encoder = CBOREncoder(reserving: 8_192)
        encoder.arrayHeader(7)
        encoder.text("tk-proof")
        encoder.unsigned(1)
        encoder.byteStrings(roots)
        encoder.arrayHeader(credentials.count)
        for item in credentials {
            encoder.arrayHeader(2)
            encoder.byteString(item.envelope)
            encoder.byteString(item.compressedBody)
        }
        encoder.byteStrings(checkpoints)
        encoder.byteStrings(receipts)
        encoder.optional(changeset?.hash)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.maximumBytes else { throw FormatError(.limitExceeded, at: 0, "proof") }
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 7)
        guard try reader.text(limit: 16) == "tk-proof", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "proof version") }
        roots = try reader.byteStrings(1...Self.maximumRoots)
        let offset = reader.offset
        let count = try reader.arrayHeader()
        guard count <= Self.maximumCredentials else { throw FormatError(.limitExceeded, at: offset, "credentials") }
        var credentials: [ChangesetItem] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let item = ChangesetItem(envelope: try reader.byteString(limit: Limits.envelopeBytes), compressedBody: try reader.byteString(limit: Limits.bodyBytes))
            if let last = credentials.last, !last.bytes.lexicographicallyPrecedes(item.bytes) { throw FormatError(.unsortedKeys, at: reader.offset, "credentials") }
            credentials.append(item)
        }
        self.credentials = credentials
        checkpoints = try reader.byteStrings(1...2)
        receipts = try reader.byteStrings(1...2)
        changeset = try reader.optionalHash().map(ChangesetID.init)
        try reader.finish()
        // One checkpoint for what lies in a log, two for what it grew from.
        guard checkpoints.count == (changeset == nil ? 2 : 1) else { throw FormatError(.wrongCount, at: 0, "checkpoints") }
    }
}

extension CBOREncoder {
    fileprivate mutating func byteStrings(_ strings: [[UInt8]]) {
        arrayHeader(strings.count)
        for string in strings { byteString(string) }
    }
}

extension CBORReader {
    fileprivate mutating func byteStrings(_ counts: ClosedRange<Int>) throws(FormatError) -> [[UInt8]] {
        let start = offset
        let count = try arrayHeader()
        guard counts.contains(count) else { throw FormatError(.limitExceeded, at: start, "\(count) items") }
        var out: [[UInt8]] = []
        for _ in 0..<count { out.append(try byteString(limit: Limits.statementBytes)) }
        return out
    }
}
