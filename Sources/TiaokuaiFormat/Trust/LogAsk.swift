import TiaokuaiModel

/// What a node wants to have proven of another's log 索证 (Docs/Formats/Log.md): a statement of the sort `ask`.
///
///   ask = ["tk-ask", 1, network, node, of, written, [* [epoch, size]], [* checkpoint]]
///
/// It goes to the log's owner by any road, and asks for a consistency receipt from each size to the newest, and for the
/// checkpoints that changesets of the owner name. The newest counts; one without wishes takes the earlier ones back.
public struct LogAsk: Hashable, Sendable {
    public struct Size: Hashable, Sendable, Comparable {
        public let epoch: Epoch
        public let size: UInt64
        public init(epoch: Epoch, size: UInt64) {
            self.epoch = epoch
            self.size = size
        }
        public static func < (left: Size, right: Size) -> Bool { left.epoch != right.epoch ? left.epoch < right.epoch : left.size < right.size }
    }

    public var network: NetworkID
    /// Who asks.
    public var node: NodeID
    /// Whose log.
    public var of: NodeID
    public var written: Written
    /// Ascending, no duplicates.
    public let sizes: [Size]
    /// Identities of checkpoints, ascending, no duplicates.
    public let checkpoints: [Hash32]

    public init(network: NetworkID, node: NodeID, of: NodeID, written: Written, sizes: some Sequence<Size>, checkpoints: some Sequence<Hash32>) {
        self.network = network
        self.node = node
        self.of = of
        self.written = written
        self.sizes = Set(sizes).sorted().suffix(Limits.wishesPerAsk)
        self.checkpoints = Array(Set(checkpoints).sorted().prefix(Limits.wishesPerAsk))
    }

    public var isEmpty: Bool { sizes.isEmpty && checkpoints.isEmpty }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(8)
        encoder.text("tk-ask")
        encoder.unsigned(1)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(of.hash)
        encoder.integer(written.milliseconds)
        encoder.arrayHeader(sizes.count)
        for size in sizes {
            encoder.arrayHeader(2)
            encoder.byteString(size.epoch.bytes)
            encoder.unsigned(size.size)
        }
        encoder.arrayHeader(checkpoints.count)
        for checkpoint in checkpoints { encoder.byteString(checkpoint) }
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 8)
        guard try reader.text(limit: 16) == "tk-ask", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "ask version") }
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        of = NodeID(try reader.hash())
        written = Written(milliseconds: try reader.integer())
        let count = try reader.arrayHeader()
        guard count <= Limits.wishesPerAsk else { throw FormatError(.limitExceeded, at: reader.offset, "sizes") }
        var sizes: [Size] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let size = Size(epoch: try Epoch(reading: &reader), size: try reader.unsigned())
            if let last = sizes.last, last >= size { throw FormatError(.unsortedKeys, at: reader.offset, "sizes") }
            sizes.append(size)
        }
        let named = try reader.arrayHeader()
        guard named <= Limits.wishesPerAsk else { throw FormatError(.limitExceeded, at: reader.offset, "checkpoints") }
        var checkpoints: [Hash32] = []
        for _ in 0..<named {
            let checkpoint = try reader.hash()
            if let last = checkpoints.last, last >= checkpoint { throw FormatError(.unsortedKeys, at: reader.offset, "checkpoints") }
            checkpoints.append(checkpoint)
        }
        try reader.finish()
        self.sizes = sizes
        self.checkpoints = checkpoints
    }
}
