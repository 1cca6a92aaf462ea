import TiaokuaiFormat
import TiaokuaiModel

/// One file, or one side of a wire session, that was handed over: a line of the stick register 交接登记.
public struct CarriedRow: Hashable, Sendable {
    public var ref: Int64 = 0
    /// `out` or `in`.
    public var direction: String
    /// `file`, `drop` (a drop folder), `receipt` (a file that answers and hands over nothing), `http`.
    public var carrier: String
    public var peer: NodeID?
    /// SHA-256 of the whole file.
    public var digest: Hash32?
    public var frames: Int
    public var bytes: Int64
    public var written: Written
    /// The file's name.
    public var note: String
    /// The register's number of the first file of this hand-over; the volumes of one share it. 0 begins a new one.
    public var handover: Int64 = 0
    /// Whose post and who handed it over, as it was declared.
    public var unit: UnitID?
    public var person: PersonID?
    /// `Receipt.acknowledgedDigest` of this node's receipt, where one went along.
    public var vouches: Hash32?
    /// What came of a file that was taken in; the form is its reader's.
    public var outcome: [UInt8]?

    public init(direction: String, carrier: String, peer: NodeID?, digest: Hash32?, frames: Int, bytes: Int64, written: Written, note: String) {
        self.direction = direction
        self.carrier = carrier
        self.peer = peer
        self.digest = digest
        self.frames = frames
        self.bytes = bytes
        self.written = written
        self.note = note
    }
}

/// The newest changeset of one feed in a file.
public struct CarriedHead: Hashable, Sendable {
    public let feed: FeedID
    public let changeset: ChangesetID
    public let sequence: UInt64

    public init(feed: FeedID, changeset: ChangesetID, sequence: UInt64) {
        self.feed = feed
        self.changeset = changeset
        self.sequence = sequence
    }
}

/// An operator's word that a file arrived whole, from a slip that came back on paper or by telephone. It is no receipt.
public struct ConfirmationRow: Hashable, Sendable {
    public let carried: Int64
    public let written: Written
    public let unit: UnitID?
    public let person: PersonID?

    public init(carried: Int64, written: Written, unit: UnitID?, person: PersonID?) {
        self.carried = carried
        self.written = written
        self.unit = unit
        self.person = person
    }
}
