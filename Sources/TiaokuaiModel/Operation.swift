/// What a unit says of one record: a claim, an event, a decision, a withdrawal, a set's addition or removal. One shape
/// for all; the field's rule says how it is read. Its identity is the hash of its explicit form.
public struct Operation: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let number: FieldNumber
        /// Nil withdraws.
        public let value: Value?
        public init(_ number: FieldNumber, _ value: Value?) {
            self.number = number
            self.value = value
        }
    }

    public var record: RecordID
    public var unit: UnitID
    public var person: PersonID
    public var written: Written
    public var origin: Origin
    /// The version of the matrix or instrument under which an act was made: the operation that published it.
    public var under: OperationID?
    /// The heads of the record's graph that the author's node held; ascending, no duplicates.
    public var seen: [OperationID]
    /// The claims or the episode that this judges, decides or removes; ascending, no duplicates.
    public var names: [OperationID]
    /// Ascending by number, no duplicates.
    public var fields: [Field]

    public init(
        record: RecordID, unit: UnitID, person: PersonID, written: Written, origin: Origin, under: OperationID? = nil,
        seen: [OperationID] = [], names: [OperationID] = [], fields: [Field]
    ) {
        self.record = record
        self.unit = unit
        self.person = person
        self.written = written
        self.origin = origin
        self.under = under
        self.seen = seen
        self.names = names
        self.fields = fields
    }

    public func value(of number: FieldNumber) -> Value?? {
        guard let field = fields.first(where: { $0.number == number }) else { return nil }
        return .some(field.value)
    }

    // Quotas void what is beyond; they count by position in the author's own lists, never by arrival.
    public static let maximumFields = 64
    public static let maximumSeen = 64
    public static let maximumNames = 64
}

/// An operation with its identity, computed once.
public struct IdentifiedOperation: Hashable, Sendable {
    public let id: OperationID
    public let operation: Operation
    public init(_ id: OperationID, _ operation: Operation) {
        self.id = id
        self.operation = operation
    }
}
