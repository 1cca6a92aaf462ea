/// One value sealed to one node, as it stands in one operation.
public struct SealedRow: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let person: String
    public let written: String
    public let field: String
    public let title: String
    public let verdict: VerdictFact
    /// The node that can read it.
    public let receiver: String
    /// Left out where its credential is not held.
    public let receiverName: String?
    public let isForThisNode: Bool
    /// What it opened to; left out where it is for another node or did not open.
    public let value: String?
    public let measure: String?
    /// Why it did not open: a raw value of `SealError.Code`; or `wrongType` beside a value that the field does not take.
    public let fault: String?
}

/// What an opened record's sealed values say.
public struct SealedView: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let rows: [SealedRow]
}
