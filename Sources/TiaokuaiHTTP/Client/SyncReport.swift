import TiaokuaiFormat
import TiaokuaiModel

/// How far a synchronisation is.
public struct SyncProgress: Hashable, Sendable {
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        case greeting, sending, receiving, closing
    }

    public let phase: Phase
    /// Frames done in this phase, nearly all of them changesets.
    public let done: Int
    /// Of so many; 0 in `greeting` and `closing`.
    public let total: Int
    /// Bytes of bodies, both ways so far.
    public let bytes: Int64
}

/// What came of meeting one node.
public struct SyncReport: Hashable, Sendable {
    public let peer: NodeID
    /// Bytes of bodies, without HTTP's own heads.
    public let bytesSent: Int64
    public let bytesReceived: Int64
    public let changesetsSent: Int
    public let changesetsReceived: Int
    /// What the peer made of ours, as it acknowledged page by page.
    public let sent: PageOutcome
    /// What this node made of theirs.
    public let received: PageOutcome
    /// Identity of the newest receipt of the peer that this node holds.
    public let receipt: Hash32?
    /// It came now: the peer vouches for more, or for less, than it did before.
    public let receiptIsNew: Bool

    /// Neither side got anything that it did not hold.
    public var changedNothing: Bool { !sent.isNews && !received.isNews }
}
