import TiaokuaiModel

/// What a node says of the history that it sums up for one below it 快照 (Docs/Formats/Snapshot.md): a statement of the sort `snapshot`.
///
///   snapshot = ["tk-snapshot", 1, network, node, to, written, checkpoint envelope, summed, [* [partition, derived]], [* head]]
///
/// The heads commit to every byte below them, so there is no digest of the content.
public struct SnapshotStatement: Hashable, Sendable {
    /// What the records of one partition come to.
    public struct State: Hashable, Sendable {
        public let partition: Partition
        /// The second digest of `StateDigest`, over this partition alone.
        public let derived: Hash32
        public init(partition: Partition, derived: Hash32) {
            self.partition = partition
            self.derived = derived
        }
    }

    public var network: NetworkID
    /// Who sums up.
    public var node: NodeID
    /// For whom.
    public var to: NodeID
    public var written: Written
    /// A whole envelope: the log in which every head lies.
    public var checkpoint: [UInt8]
    /// Changesets that are carried without their signatures.
    public var summed: UInt64
    /// One for each partition of the heads; ascending.
    public var states: [State]
    /// All heads of all feeds that `to` may have, those of policy too.
    public var heads: Heads

    public init(
        network: NetworkID, node: NodeID, to: NodeID, written: Written, checkpoint: [UInt8], summed: UInt64, states: some Sequence<State>, heads: Heads
    ) {
        self.network = network
        self.node = node
        self.to = to
        self.written = written
        self.checkpoint = checkpoint
        self.summed = summed
        self.states = states.sorted { $0.partition < $1.partition }
        self.heads = heads
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 512 + checkpoint.count + heads.heads.count * 128)
        encoder.arrayHeader(10)
        encoder.text("tk-snapshot")
        encoder.unsigned(1)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(to.hash)
        encoder.integer(written.milliseconds)
        encoder.byteString(checkpoint)
        encoder.unsigned(summed)
        encoder.arrayHeader(states.count)
        for state in states {
            encoder.arrayHeader(2)
            state.partition.encode(into: &encoder)
            encoder.byteString(state.derived)
        }
        encoder.raw(heads.explicitForm)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 10)
        guard try reader.text(limit: 16) == "tk-snapshot", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "snapshot version") }
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        to = NodeID(try reader.hash())
        written = Written(milliseconds: try reader.integer())
        checkpoint = try reader.byteString(limit: Limits.statementBytes)
        summed = try reader.unsigned()
        states = try reader.list { reader throws(FormatError) in
            try reader.arrayHeader(expecting: 2)
            return State(partition: try Partition(from: &reader), derived: try reader.hash())
        }
        for (left, right) in zip(states, states.dropFirst()) where left.partition >= right.partition {
            throw FormatError(.unsortedKeys, at: 0, "partitions")
        }
        heads = try Heads(decoding: Array(bytes[try reader.itemRange()]))
        try reader.finish()
        guard Set(states.map(\.partition)) == Set(heads.heads.map(\.feed.partition)) else { throw FormatError(.wrongCount, at: 0, "partitions and heads") }
    }
}
