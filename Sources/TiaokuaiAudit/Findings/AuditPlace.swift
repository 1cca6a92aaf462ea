import TiaokuaiFormat
import TiaokuaiModel

/// Where in a history something is: as much of it as applies.
public struct AuditPlace: Hashable, Sendable, Codable {
    /// All identities in hexadecimal.
    public var node: String?
    public var epoch: String?
    /// As `Partition.description`.
    public var partition: String?
    public var changeset: String?
    public var sequence: UInt64?
    /// Position in the node's own log; 0 is the genesis entry.
    public var entry: UInt64?
    /// Of the log that a checkpoint or proof speaks of.
    public var size: UInt64?
    /// The statement, credential or head that it is about.
    public var item: String?
    public var record: String?
    public var kind: String?
    /// The field's number, without its class.
    public var field: UInt32?
    /// Column of a stored row.
    public var column: String?
    public var file: String?
    /// Bytes from the beginning of the file.
    public var offset: UInt64?

    public init() {}

    public init(_ feed: Feed, sequence: UInt64? = nil, changeset: ChangesetID? = nil) {
        node = feed.node.hash.hex
        epoch = feed.epoch.description
        partition = feed.partition.description
        self.sequence = sequence
        self.changeset = changeset?.hash.hex
    }

    public init(node: NodeID, epoch: Epoch? = nil, size: UInt64? = nil, item: Hash32? = nil) {
        self.node = node.hash.hex
        self.epoch = epoch?.description
        self.size = size
        self.item = item?.hex
    }

    public init(entry: UInt64, item: Hash32? = nil) {
        self.entry = entry
        self.item = item?.hex
    }

    public init(item: Hash32) { self.item = item.hex }

    public init(file: String, offset: UInt64? = nil) {
        self.file = file
        self.offset = offset
    }
}
