import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// Something that another node's log, as it was shown here, contradicts or leaves open.
public struct LogConcern: Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Two signed checkpoints of one epoch that can't be of one log; `item`: the evidence, or where that is gone one of the checkpoints.
        case splitView
        /// A later checkpoint came and nothing proves that its log begins with this one's; `item`: the earlier checkpoint.
        case unproven
        /// The node says that it wrote a feed up to this head, which is not here: under way, or kept back; `item`: the head.
        case withheld
        /// A later checkpoint leaves out a head that an earlier one of the same epoch listed; `item`: the earlier head.
        case wentBack
        /// A peer vouches for a head of a feed that reaches as far here, and that head is not here: another branch; `item`: the head.
        case otherBranch
        /// A changeset names a checkpoint that is not here; `item`: the checkpoint.
        case checkpointLacking
        /// The node began a new epoch: it was restored from a backup, or somebody has a copy of it; `item`: the first that came of it.
        case restored
    }

    public let code: Code
    /// Whose log or feed it is.
    public let node: NodeID
    public let epoch: Epoch?
    public let feed: FeedID?
    /// Where the feed is known here, or can be told from its hash.
    public let partition: Partition?
    public let item: Hash32
    /// Of `splitView` and `unproven`: sizes of the earlier and the later log; of `otherBranch`, `checkpointLacking`: the sequence; of
    /// `restored`: changesets of earlier epochs that are held here and that the new one did not begin with.
    public let numbers: [UInt64]
    /// Since when it shows here, by this node's clock.
    public let since: Written
    /// Of `splitView` the hashes under which the two differ, of `unproven` those under which the proof is lacking.
    public let hashes: [HashAlgorithm]
    /// The node's unit has owned up to a fork of this epoch: two machines kept one log, and nobody hid it.
    public internal(set) var isRepaired = false

    init(
        _ code: Code, node: NodeID, epoch: Epoch? = nil, feed: FeedID? = nil, partition: Partition? = nil, item: Hash32, numbers: [UInt64] = [], since: Written,
        hashes: [HashAlgorithm] = []
    ) {
        self.code = code
        self.node = node
        self.epoch = epoch
        self.feed = feed
        self.partition = partition
        self.item = item
        self.numbers = numbers
        self.since = since
        self.hashes = hashes
    }

    /// It can't be explained by something that is still under way, and was not owned up to.
    public var isContradiction: Bool { !isRepaired && (code == .splitView || code == .wentBack || code == .otherBranch) }
}
