import TiaokuaiModel

/// Ends a credential: nothing of its key outside the ancestry of `heads` has effect, in any partition or epoch.
///
///   cut = [1, credential, subject, [* head], reason]
public struct CutContent: Hashable, Sendable {
    public var credential: Hash32
    public var subject: NodeID
    /// The changesets that still count, with all before them; ascending.
    public var heads: [ChangesetID]
    public var reason: String

    public init(credential: Hash32, subject: NodeID, heads: [ChangesetID], reason: String) {
        self.credential = credential
        self.subject = subject
        self.heads = heads.sorted()
        self.reason = reason
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(5)
        encoder.unsigned(1)
        encoder.byteString(credential)
        encoder.byteString(subject.hash)
        encoder.arrayHeader(heads.count)
        for head in heads { encoder.byteString(head.hash) }
        encoder.text(reason)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 5)
        guard try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "cut version") }
        credential = try reader.hash()
        subject = NodeID(try reader.hash())
        heads = try reader.ascending { reader throws(FormatError) in ChangesetID(try reader.hash()) }
        reason = try reader.text(limit: 1_024)
        try reader.finish()
    }
}
