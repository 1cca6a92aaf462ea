import TiaokuaiModel

/// Two signed changesets of one feed and sequence 分叉的证据: it stands alone (Docs/Formats/Log.md, "Evidence of a fork").
///
///   fork-evidence = ["tk-fork", 1, [key: bstr, envelope: bstr], [key: bstr, envelope: bstr]]
///
/// An envelope is that of a changeset, without its body: what was written is nobody's business who only has to see that a
/// feed was written twice. Readable, but nobody's word yet.
public struct ForkEvidence: Hashable, Sendable {
    public struct Side: Hashable, Sendable {
        /// The COSE_Key that signed.
        public let key: [UInt8]
        /// The changeset's envelope.
        public let envelope: [UInt8]

        public init(key: [UInt8], envelope: [UInt8]) {
            self.key = key
            self.envelope = envelope
        }
    }

    /// The one of the smaller identity first.
    public let first, second: Side

    public init(first: Side, second: Side) {
        self.first = first
        self.second = second
    }

    /// True for bytes that begin as this evidence does, and not as that of two logs.
    public static func begins(_ bytes: [UInt8]) -> Bool {
        var reader = CBORReader(bytes)
        guard let count = try? reader.arrayHeader(), count == 4, let name = try? reader.text(limit: 16) else { return false }
        return name == tag
    }

    private static let tag = "tk-fork"

    public var bytes: [UInt8] {
        var encoder = CBOREncoder(reserving: 1_024)
        encoder.arrayHeader(4)
        encoder.text(ForkEvidence.tag)
        encoder.unsigned(1)
        for side in [first, second] {
            encoder.arrayHeader(2)
            encoder.byteString(side.key)
            encoder.byteString(side.envelope)
        }
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 4)
        guard try reader.text(limit: 16) == ForkEvidence.tag, try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "evidence version") }
        func side(_ reader: inout CBORReader) throws(FormatError) -> Side {
            try reader.arrayHeader(expecting: 2)
            return Side(key: try reader.byteString(limit: 256), envelope: try reader.byteString(limit: Limits.envelopeBytes))
        }
        first = try side(&reader)
        second = try side(&reader)
        try reader.finish()
    }
}
