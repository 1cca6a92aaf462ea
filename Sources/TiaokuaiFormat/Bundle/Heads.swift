import TiaokuaiModel

/// A set of (feed, head), all heads of a forked feed: what a node holds, what a cut leaves, where an epoch starts, what a
/// receipt vouches for.
///
///   heads = [* [partition, node, epoch, sequence, head]]
public struct Heads: Hashable, Sendable {
    public struct Head: Hashable, Sendable, Comparable {
        public var feed: Feed
        public var sequence: UInt64
        public var id: ChangesetID
        public init(feed: Feed, sequence: UInt64, id: ChangesetID) {
            self.feed = feed
            self.sequence = sequence
            self.id = id
        }
        public static func < (left: Head, right: Head) -> Bool {
            if left.feed.partition != right.feed.partition { return left.feed.partition < right.feed.partition }
            if left.feed.node != right.feed.node { return left.feed.node < right.feed.node }
            if left.feed.epoch != right.feed.epoch { return left.feed.epoch < right.feed.epoch }
            return left.id < right.id
        }
    }

    /// Ascending.
    public let heads: [Head]

    public init(_ heads: some Sequence<Head>) {
        self.heads = Set(heads).sorted()
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: heads.count * 128)
        encoder.arrayHeader(heads.count)
        for head in heads {
            encoder.arrayHeader(5)
            head.feed.partition.encode(into: &encoder)
            encoder.byteString(head.feed.node.hash)
            encoder.byteString(head.feed.epoch.bytes)
            encoder.unsigned(head.sequence)
            encoder.byteString(head.id.hash)
        }
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        let read = try reader.list { reader throws(FormatError) in
            try reader.arrayHeader(expecting: 5)
            let partition = try Partition(from: &reader)
            let feed = Feed(node: NodeID(try reader.hash()), epoch: try Epoch(reading: &reader), partition: partition)
            return Head(feed: feed, sequence: try reader.unsigned(), id: ChangesetID(try reader.hash()))
        }
        try reader.finish()
        self.init(read)
        guard heads == read else { throw FormatError(.unsortedKeys, at: 0, "heads") }
    }
}
