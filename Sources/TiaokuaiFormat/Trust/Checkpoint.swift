import TiaokuaiModel

/// A log's signed head 检查点 (Docs/Formats/Log.md).
///
///   checkpoint = ["tk-checkpoint", 1, network, node, epoch, size, root, written, [* [feed hash, head]], ? SM3 root]
public struct Checkpoint: Hashable, Sendable {
    public struct OwnFeed: Hashable, Sendable, Comparable {
        /// The feed's id: a hash over node, epoch and partition, so that the partition's name does not show.
        public let feed: FeedID
        public let head: ChangesetID
        public init(feed: FeedID, head: ChangesetID) {
            self.feed = feed
            self.head = head
        }
        public static func < (left: OwnFeed, right: OwnFeed) -> Bool { left.feed != right.feed ? left.feed < right.feed : left.head < right.head }
    }

    public var network: NetworkID
    public var node: NodeID
    public var epoch: Epoch
    /// Leaves, the genesis entry included.
    public var size: UInt64
    /// Under SHA-256.
    public var root: Hash32
    public var written: Written
    /// The node's own feeds, so that a withheld feed or epoch shows; ascending.
    public var ownFeeds: [OwnFeed]
    /// The same log's root under SM3, exactly in a GM network 国密网.
    public var sm3Root: Hash32?

    public init(network: NetworkID, node: NodeID, epoch: Epoch, size: UInt64, root: Hash32, written: Written, ownFeeds: [OwnFeed], sm3Root: Hash32? = nil) {
        self.network = network
        self.node = node
        self.epoch = epoch
        self.size = size
        self.root = root
        self.written = written
        self.ownFeeds = ownFeeds.sorted()
        self.sm3Root = sm3Root
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(sm3Root == nil ? 9 : 10)
        encoder.text("tk-checkpoint")
        encoder.unsigned(1)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(epoch.bytes)
        encoder.unsigned(size)
        encoder.byteString(root)
        encoder.integer(written.milliseconds)
        encoder.arrayHeader(ownFeeds.count)
        for own in ownFeeds {
            encoder.arrayHeader(2)
            encoder.byteString(own.feed.hash)
            encoder.byteString(own.head.hash)
        }
        if let sm3Root { encoder.byteString(sm3Root) }
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        let items = try reader.arrayHeader()
        guard items == 9 || items == 10 else { throw FormatError(.wrongCount, at: 0, "\(items)") }
        guard try reader.text(limit: 16) == "tk-checkpoint", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "checkpoint version") }
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        epoch = try Epoch(reading: &reader)
        size = try reader.unsigned()
        guard size <= UInt64(Int64.max) else { throw FormatError(.limitExceeded, at: reader.offset, "size") }
        root = try reader.hash()
        written = Written(milliseconds: try reader.integer())
        let count = try reader.arrayHeader()
        guard count <= Limits.headsPerStatement else { throw FormatError(.limitExceeded, at: reader.offset, "own feeds") }
        ownFeeds = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let own = OwnFeed(feed: FeedID(try reader.hash()), head: ChangesetID(try reader.hash()))
            if let last = ownFeeds.last, last >= own { throw FormatError(.unsortedKeys, at: reader.offset, "own feeds") }
            ownFeeds.append(own)
        }
        sm3Root = items == 10 ? try reader.hash() : nil
        try reader.finish()
    }
}
