import TiaokuaiModel

/// Two signed checkpoints of one node and epoch that can't be of one log 两本账的证据: it stands alone (Docs/Formats/Log.md).
///
///   evidence = ["tk-evidence", 1, [key: bstr, checkpoint: bstr], [key: bstr, checkpoint: bstr], [* hash]]
///
/// Of one size they have different roots, and the path is empty. Of different sizes the path leads to the newer root, and
/// gives the log of the older size another root than the older checkpoint's. Readable, but nobody's word yet.
public struct SplitEvidence: Hashable, Sendable {
    public struct Side: Hashable, Sendable {
        /// The COSE_Key that signed.
        public let key: [UInt8]
        /// The checkpoint's envelope.
        public let checkpoint: [UInt8]
        public init(key: [UInt8], checkpoint: [UInt8]) {
            self.key = key
            self.checkpoint = checkpoint
        }
    }

    /// The one of the smaller size; of equal sizes, of the smaller identity.
    public let older, newer: Side
    public let path: [Hash32]

    public init(older: Side, newer: Side, path: [Hash32]) {
        self.older = older
        self.newer = newer
        self.path = path
    }

    public var bytes: [UInt8] {
        var encoder = CBOREncoder(reserving: 1_024)
        encoder.arrayHeader(5)
        encoder.text("tk-evidence")
        encoder.unsigned(1)
        for side in [older, newer] {
            encoder.arrayHeader(2)
            encoder.byteString(side.key)
            encoder.byteString(side.checkpoint)
        }
        encoder.arrayHeader(path.count)
        for hash in path { encoder.byteString(hash) }
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= 2 * Limits.statementBytes else { throw FormatError(.limitExceeded, at: 0, "evidence") }
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 5)
        guard try reader.text(limit: 16) == "tk-evidence", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "evidence version") }
        func side(_ reader: inout CBORReader) throws(FormatError) -> Side {
            try reader.arrayHeader(expecting: 2)
            return Side(key: try reader.byteString(limit: 256), checkpoint: try reader.byteString(limit: Limits.statementBytes))
        }
        older = try side(&reader)
        newer = try side(&reader)
        let count = try reader.arrayHeader()
        guard count <= ConsistencyReceipt.maximumPath else { throw FormatError(.limitExceeded, at: reader.offset, "path") }
        var path: [Hash32] = []
        for _ in 0..<count { path.append(try reader.hash()) }
        try reader.finish()
        self.path = path
    }
}
