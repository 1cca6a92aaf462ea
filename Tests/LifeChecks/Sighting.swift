import TiaokuaiModel

/// Where an operation lies at a node.
public struct Carriage: Hashable, Sendable {
    public let id: OperationID
    public let operation: Operation
    public let key: RecordKey
    public let node: NodeID
    /// Nil while it is not sealed.
    public let changeset: ChangesetID?
    public let position: Int64

    public init(id: OperationID, operation: Operation, key: RecordKey, node: NodeID, changeset: ChangesetID?, position: Int64) {
        self.id = id
        self.operation = operation
        self.key = key
        self.node = node
        self.changeset = changeset
        self.position = position
    }
}

/// What a changeset says of itself.
public struct Link: Hashable, Sendable {
    public let node: NodeID
    public let feed: Hash32
    public let partition: Partition
    public let predecessor: ChangesetID?
    /// The credential that it names.
    public let credential: Hash32
    /// Heads of earlier epochs that a feed's first changeset names.

    public init(node: NodeID, feed: Hash32, partition: Partition, predecessor: ChangesetID?, credential: Hash32) {
        self.node = node
        self.feed = feed
        self.partition = partition
        self.predecessor = predecessor
        self.credential = credential
    }
}

/// What a node shows of one field.
public struct SeenField: Hashable, Sendable {
    public var value: Value?
    public var isDisputed: Bool
    public var standing: Set<OperationID>
    public var members: Set<OperationID>

    public init(value: Value?, isDisputed: Bool, standing: Set<OperationID>, members: Set<OperationID>) {
        self.value = value
        self.isDisputed = isDisputed
        self.standing = standing
        self.members = members
    }
}

/// What a node shows of one record.
public struct SeenRecord: Hashable, Sendable {
    public var fields: [FieldNumber: SeenField]
    public var void: [OperationID: Set<FieldNumber>]
    /// The reasons that the node gives, for whoever reads a finding.
    public var reasons: [OperationID: String] = [:]
    public var pending: Set<OperationID>
    /// Operations with a verdict on every field that they name.
    public var judged: Set<OperationID>

    public init(fields: [FieldNumber: SeenField], void: [OperationID: Set<FieldNumber>], pending: Set<OperationID>, judged: Set<OperationID>) {
        self.fields = fields
        self.void = void
        self.pending = pending
        self.judged = judged
    }
}

/// A bound of one target key as a node joins it along the path to its own place.
public struct SeenBound: Hashable, Sendable {
    public let indicator, period: String
    public let field: FieldNumber
    public let value: String?
    /// Places whose own bound is kept without effect.
    public let inert: Set<RegionID>

    public init(indicator: String, period: String, field: FieldNumber, value: String?, inert: Set<RegionID>) {
        self.indicator = indicator
        self.period = period
        self.field = field
        self.value = value
        self.inert = inert
    }
}

/// A node as it was seen at one moment, through what it answers to anybody who asks.
public struct Sighting: Sendable {
    public let machine: String
    public let node: NodeID
    public let place: RegionID
    /// Nil receives every line.
    public let lines: Set<LineID>?
    public var carriages: [Carriage] = []
    public var links: [ChangesetID: Link] = [:]
    public var records: [RecordKey: SeenRecord] = [:]
    /// Entries of its log.
    public var log: Set<Hash32> = []
    /// By peer: heads that the peer's newest receipt names.
    public var vouched: [NodeID: Set<ChangesetID>] = [:]
    public var bounds: [SeenBound] = []
    /// Feeds that the node calls forked.
    public var forked: Set<Hash32> = []
    /// Changesets that wait for something.
    public var waiting: Set<ChangesetID> = []

    public init(machine: String, node: NodeID, place: RegionID, lines: Set<LineID>?) {
        self.machine = machine
        self.node = node
        self.place = place
        self.lines = lines
    }

    /// True when the changeset is one of the heads or lies before one, by predecessors.
    func contains(_ changeset: ChangesetID, before heads: some Collection<ChangesetID>) -> Bool {
        if heads.contains(changeset) { return true }
        for head in heads {
            var step = links[head]?.predecessor
            while let id = step {
                if id == changeset { return true }
                step = links[id]?.predecessor
            }
        }
        return false
    }
}
