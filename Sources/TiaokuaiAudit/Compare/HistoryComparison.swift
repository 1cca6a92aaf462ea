import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// How two views of one network's history differ: two nodes' stores, two sticks, or one of each.
public struct HistoryComparison: Sendable {
    /// Which of the two.
    public enum Side: String, Hashable, Sendable, CaseIterable { case left, right }

    /// Two signed logs of one node and epoch that are not of one history 两本账.
    public struct Split: Sendable {
        public let node: NodeID
        public let epoch: Epoch
        /// Sizes of the two logs, the older first.
        public let sizes: [UInt64]
        public let roots: [Hash32]
        public let hashes: [HashAlgorithm]
        /// It stands alone; nil where one of the two is the log as it lies there, unsigned at that size.
        public let evidence: SplitEvidence?
        /// Its unit has owned up to a fork of this epoch: two machines kept one log, and nobody hid it.
        public internal(set) var isRepaired = false
    }

    /// A log that is shorter where its owner keeps it than a checkpoint that it signed, which the other side has.
    public struct Shortened: Hashable, Sendable {
        public let node: NodeID
        public let epoch: Epoch
        public let held, signed: UInt64
        public let owner: Side
    }

    /// Checkpoints that the other side has and that their own node, at its log's current epoch, keeps no longer: it stores each before
    /// it shows it to anybody.
    public struct Dropped: Hashable, Sendable {
        public let node: NodeID
        public let epoch: Epoch
        /// Of the logs that they are of, ascending.
        public let sizes: [UInt64]
        public let owner: Side
    }

    /// A node whose log is of another epoch than the one that the other side was shown: it was put back from a backup, or says so.
    public struct Superseded: Hashable, Sendable {
        public let node: NodeID
        /// The earlier one, of which checkpoints are held and the log is gone.
        public let epoch: Epoch
        /// The longest log that was signed in it.
        public let signed: UInt64
        public let owner: Side
        /// Something that the node signed is of its present epoch. If not, nothing says that there is one.
        public let isSigned: Bool
    }

    /// One feed and sequence, two changesets.
    public struct Branching: Sendable {
        public let feed: Feed
        public let sequence: UInt64
        public let changesets: [ChangesetID]
        /// Nil where a credential that would tell a key is on neither side.
        public let evidence: ForkEvidence?
        public internal(set) var isRepaired = false
    }

    /// A stretch of a feed that one side has and the other lacks.
    public struct Lacking: Hashable, Sendable {
        public let side: Side
        public let feed: Feed
        public let from, through: UInt64
        public let count: Int
        /// The side that lacks it may receive it; nil for bundles, which are for nobody in particular.
        public let isAdmitted: Bool?
    }

    /// A head that its author says it wrote and that a side lacks though it may receive it.
    public struct Withheld: Hashable, Sendable {
        public let side: Side
        public let node: NodeID
        public let partition: Partition?
        public let head: Hash32
        /// The other side has it: somebody keeps it back, or it is under way.
        public let isOnOtherSide: Bool
    }

    public internal(set) var splits: [Split] = []
    public internal(set) var shortened: [Shortened] = []
    public internal(set) var dropped: [Dropped] = []
    public internal(set) var superseded: [Superseded] = []
    public internal(set) var branchings: [Branching] = []
    public internal(set) var lacking: [Lacking] = []
    public internal(set) var withheld: [Withheld] = []
    /// Checkpoints that both hold or that are seen to be of one log.
    public internal(set) var checkpoints = 0
    /// Changesets that both have.
    public internal(set) var shared = 0

    /// What nothing that is under way can explain, and nobody has owned up to.
    public var contradictions: Int { splits.count { !$0.isRepaired } + shortened.count + dropped.count + superseded.count { !$0.isSigned } + branchings.count { !$0.isRepaired } }
}
