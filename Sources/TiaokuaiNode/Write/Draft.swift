import TiaokuaiModel

/// What a person wants to say, before it has an identity.
public struct Draft: Sendable {
    public var key: RecordKey
    public var unit: UnitID
    public var person: PersonID
    public var fields: [Operation.Field]
    public var names: [OperationID]
    public var under: OperationID?
    /// Nil: the node's clock.
    public var written: Written?
    /// The values of its own fields are sealed to one node; the notes beside them (reason, evidence) stay in clear.
    public var sealing: FieldSealing?

    public init(
        key: RecordKey, unit: UnitID, person: PersonID, fields: [Operation.Field], names: [OperationID] = [], under: OperationID? = nil, written: Written? = nil,
        sealing: FieldSealing? = nil
    ) {
        self.key = key
        self.unit = unit
        self.person = person
        self.fields = fields.sorted { $0.number < $1.number }
        self.names = Set(names).sorted()
        self.under = under
        self.written = written
        self.sealing = sealing
    }
}

/// What was written: durable when the caller gets it.
public struct WrittenOperation: Hashable, Sendable {
    public let id: OperationID
    public let record: RecordID
}
