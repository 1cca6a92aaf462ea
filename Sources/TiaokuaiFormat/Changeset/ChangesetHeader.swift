import TiaokuaiModel

/// What a changeset says of itself, in the private header of its envelope (Docs/Formats/Changeset.md, "Envelope").
///
///   header = [1, network, node, epoch, partition, sequence, predecessor / null, body length, count,
///             credential, root statement, checkpoint / null, is rehearsal, [* [epoch, head]]]
public struct ChangesetHeader: Hashable, Sendable {
    public static let formatVersion: UInt64 = 1
    /// Private-use COSE header label (RFC 9052: below −65536).
    public static let label: Int64 = -70_001

    public var network: NetworkID
    public var feed: Feed
    /// From 1, without gaps.
    public var sequence: UInt64
    /// Nil exactly for sequence 1.
    public var predecessor: ChangesetID?
    /// Bytes of the uncompressed body: the bound of its decompression.
    public var bodyLength: Int
    public var count: Int
    /// The operation that granted the signing key, or the root statement's hash for the root node.
    public var credential: Hash32
    /// Number of the newest root statement that the author held.
    public var rootStatement: UInt64
    /// Identity of the newest superior checkpoint that the author held.
    public var checkpoint: Hash32?
    public var isRehearsal: Bool
    /// In sequence 1 only: the heads of this partition's feeds in the author's earlier epochs; ascending, no duplicates.
    public var resumes: [Resumption]

    public struct Resumption: Hashable, Comparable, Sendable {
        public let epoch: Epoch
        public let head: ChangesetID
        public init(epoch: Epoch, head: ChangesetID) {
            self.epoch = epoch
            self.head = head
        }
        public static func < (left: Resumption, right: Resumption) -> Bool {
            left.epoch != right.epoch ? left.epoch < right.epoch : left.head < right.head
        }
    }

    public init(
        network: NetworkID, feed: Feed, sequence: UInt64, predecessor: ChangesetID?, bodyLength: Int, count: Int, credential: Hash32,
        rootStatement: UInt64, checkpoint: Hash32?, isRehearsal: Bool, resumes: [Resumption] = []
    ) {
        self.network = network
        self.feed = feed
        self.sequence = sequence
        self.predecessor = predecessor
        self.bodyLength = bodyLength
        self.count = count
        self.credential = credential
        self.rootStatement = rootStatement
        self.checkpoint = checkpoint
        self.isRehearsal = isRehearsal
        self.resumes = resumes.sorted()
    }

    public func encode(into encoder: inout CBOREncoder) {
        encoder.arrayHeader(14)
        encoder.unsigned(ChangesetHeader.formatVersion)
        encoder.byteString(network.hash)
        encoder.byteString(feed.node.hash)
        encoder.byteString(feed.epoch.bytes)
        feed.partition.encode(into: &encoder)
        encoder.unsigned(sequence)
        encoder.optional(predecessor?.hash)
        encoder.unsigned(UInt64(bodyLength))
        encoder.unsigned(UInt64(count))
        encoder.byteString(credential)
        encoder.unsigned(rootStatement)
        encoder.optional(checkpoint)
        encoder.boolean(isRehearsal)
        encoder.arrayHeader(resumes.count)
        for resumption in resumes {
            encoder.arrayHeader(2)
            encoder.byteString(resumption.epoch.bytes)
            encoder.byteString(resumption.head.hash)
        }
    }

    public init(from reader: inout CBORReader) throws(FormatError) {
        let start = reader.offset
        try reader.arrayHeader(expecting: 14)
        guard try reader.unsigned() == ChangesetHeader.formatVersion else { throw FormatError(.unsupported, at: start, "changeset version") }
        network = NetworkID(try reader.hash())
        feed = Feed(node: NodeID(try reader.hash()), epoch: try Epoch(reading: &reader), partition: try Partition(from: &reader))
        sequence = try reader.unsigned()
        predecessor = try reader.optionalHash().map(ChangesetID.init)
        bodyLength = try reader.count(limit: Limits.bodyBytes)
        count = try reader.count(limit: Limits.operationsPerChangeset)
        credential = try reader.hash()
        rootStatement = try reader.unsigned()
        checkpoint = try reader.optionalHash()
        isRehearsal = try reader.boolean()
        let earlier = try reader.arrayHeader()
        guard earlier <= Limits.resumptions else { throw FormatError(.limitExceeded, at: reader.offset, "earlier epochs") }
        resumes = []
        for _ in 0..<earlier {
            try reader.arrayHeader(expecting: 2)
            let resumption = Resumption(epoch: try Epoch(reading: &reader), head: ChangesetID(try reader.hash()))
            if let last = resumes.last, last >= resumption { throw FormatError(.unsortedKeys, at: reader.offset, "earlier epochs") }
            resumes.append(resumption)
        }
        guard resumes.isEmpty || sequence == 1 else { throw FormatError(.malformedHeader, at: start, "earlier epochs beyond sequence 1") }
        guard sequence >= 1, (sequence == 1) == (predecessor == nil) else { throw FormatError(.malformedHeader, at: start, "sequence and predecessor") }
    }
}

extension CBOREncoder {
    mutating func optional(_ hash: Hash32?) {
        if let hash { byteString(hash) } else { null() }
    }
}

extension CBORReader {
    mutating func optionalHash() throws(FormatError) -> Hash32? {
        nullIfNext() ? nil : try hash()
    }
}
