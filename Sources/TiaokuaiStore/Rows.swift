import TiaokuaiFormat
import TiaokuaiModel

/// A record's number in this store: in order of arrival, never sent anywhere.
public struct RecordRef: Hashable, Comparable, Sendable {
    public let number: Int64
    public init(_ number: Int64) { self.number = number }
    public static func < (left: RecordRef, right: RecordRef) -> Bool { left.number < right.number }
}

/// A changeset's number in this store. 0 stands for work that is not sealed yet.
public struct ChangesetRef: Hashable, Comparable, Sendable {
    public let number: Int64
    public init(_ number: Int64) { self.number = number }
    public static let unsealed = ChangesetRef(0)
    public static func < (left: ChangesetRef, right: ChangesetRef) -> Bool { left.number < right.number }
}

/// Where an operation lies: in a changeset's body, or (changeset 0) in `pending` under its origin number.
public struct Place: Hashable, Comparable, Sendable {
    public let changeset: ChangesetRef
    public let position: Int64
    public init(_ changeset: ChangesetRef, _ position: Int64) {
        self.changeset = changeset
        self.position = position
    }
    public static func < (left: Place, right: Place) -> Bool {
        left.changeset != right.changeset ? left.changeset < right.changeset : left.position < right.position
    }
}

public struct RecordRow: Hashable, Sendable {
    public let ref: RecordRef
    public let id: RecordID
    public let key: RecordKey
}

/// What bringing an operation into effect needs to know of its record, read at one go.
public struct RecordState: Hashable, Sendable {
    public let ref: RecordRef
    public let id: RecordID
    public let kind: Int64
    public let standing: [StandingRow]
    /// The engine has settled it.
    public let hasOutcome: Bool
}

/// One unit's standing claims on one record: its last operation and the packed fields.
public struct StandingRow: Hashable, Sendable {
    public var record: RecordRef
    public var unit: Int64
    public var place: Place
    public var head: OperationID
    /// CBOR: `[* [number, value]]`, ascending; withdrawn fields left out.
    public var fields: [UInt8]

    public init(record: RecordRef, unit: Int64, place: Place, head: OperationID, fields: [UInt8]) {
        self.record = record
        self.unit = unit
        self.place = place
        self.head = head
        self.fields = fields
    }
}

/// A record that the engine settles: all its operations' places, and what they come to.
public struct OutcomeRow: Hashable, Sendable {
    public var record: RecordRef
    public var places: [UInt8]
    public var form: [UInt8]
    public var isDisputed: Bool

    public init(record: RecordRef, places: [UInt8], form: [UInt8], isDisputed: Bool) {
        self.record = record
        self.places = places
        self.form = form
        self.isDisputed = isDisputed
    }
}

public struct VerdictRow: Hashable, Sendable {
    public let record: RecordRef
    public let operation: OperationID
    public let field: FieldNumber
    public let form: [UInt8]

    public init(record: RecordRef, operation: OperationID, field: FieldNumber, form: [UInt8]) {
        self.record = record
        self.operation = operation
        self.field = field
        self.form = form
    }
}

public enum ChangesetState: Int64, Hashable, Sendable, CaseIterable {
    /// Verified, entered, its operations in effect or void one by one.
    case applied = 1
    /// Lacks something that `waiting` names.
    case waiting = 2
    /// A signed body that can't be read: void as a whole, the feed goes on.
    case void = 3
}

public struct ChangesetRow: Hashable, Sendable {
    public let ref: ChangesetRef
    public let id: ChangesetID
    public let feed: Int64
    public let sequence: UInt64
    public let predecessor: ChangesetID?
    public let state: ChangesetState
    public let reason: String?
    /// Index in this node's Merkle log; nil while it can't be verified.
    public let leaf: UInt64?
    public let received: Written
    public let item: ChangesetItem
    /// `ChangesetItem.storedDigest` as it was when the row was written.
    public let digest: Hash32

    package init(
        ref: ChangesetRef, id: ChangesetID, feed: Int64, sequence: UInt64, predecessor: ChangesetID?, state: ChangesetState, reason: String?, leaf: UInt64?,
        received: Written, item: ChangesetItem, digest: Hash32
    ) {
        self.ref = ref
        self.id = id
        self.feed = feed
        self.sequence = sequence
        self.predecessor = predecessor
        self.state = state
        self.reason = reason
        self.leaf = leaf
        self.received = received
        self.item = item
        self.digest = digest
    }
}

/// Where a changeset stands in its feed.
public struct ChangesetLink: Hashable, Sendable {
    public let ref: ChangesetRef
    public let id: ChangesetID
    public let feed: Int64
    public let sequence: UInt64
    public let predecessor: ChangesetID?

    public init(ref: ChangesetRef, id: ChangesetID, feed: Int64, sequence: UInt64, predecessor: ChangesetID?) {
        self.ref = ref
        self.id = id
        self.feed = feed
        self.sequence = sequence
        self.predecessor = predecessor
    }
}

/// What became of a changeset here, without its bytes.
public struct ChangesetEntry: Hashable, Sendable {
    public let ref: ChangesetRef
    public let id: ChangesetID
    public let feed: Int64
    public let sequence: UInt64
    public let state: ChangesetState
    /// Why it is void; nil otherwise.
    public let reason: String?
    /// Index in this node's Merkle log; nil while it can't be verified.
    public let leaf: UInt64?
    public let received: Written
}

public struct FeedRow: Hashable, Sendable {
    public let ref: Int64
    public let feed: Feed
    public let partitionRef: Int64
}

public struct PendingRow: Hashable, Sendable {
    public let number: UInt64
    public let partition: Int64
    public let record: RecordRef
    public let id: OperationID
    /// The explicit form.
    public let operation: [UInt8]
    /// UTC+8 day on which it was written, by the node's clock.
    public let day: Day
    /// The feed's previous operation on the record when this was written; changeset −1: none.
    public let previous: Place
    public let previousID: OperationID?

    public init(
        number: UInt64, partition: Int64, record: RecordRef, id: OperationID, operation: [UInt8], day: Day, previous: Place, previousID: OperationID?
    ) {
        self.previousID = previousID
        self.number = number
        self.partition = partition
        self.record = record
        self.id = id
        self.operation = operation
        self.day = day
        self.previous = previous
    }
}

public struct WaitingRow: Hashable, Sendable {
    public let changeset: ChangesetRef
    public let id: ChangesetID
    public let what: String
    public let item: Hash32
}

public struct StatementRow: Hashable, Sendable {
    public let id: Hash32
    public let type: FrameType
    public let node: NodeID?
    public let number: UInt64
    public let envelope: [UInt8]
    public let received: Written

    public init(id: Hash32, type: FrameType, node: NodeID?, number: UInt64, envelope: [UInt8], received: Written) {
        self.id = id
        self.type = type
        self.node = node
        self.number = number
        self.envelope = envelope
        self.received = received
    }
}

/// By what a record is found and listed.
public struct RecordListing: Equatable, Sendable {
    let prefix, isPlain: Int64
    let kind: String
    let key: [UInt8]
    let isDisputed: Int64
}
