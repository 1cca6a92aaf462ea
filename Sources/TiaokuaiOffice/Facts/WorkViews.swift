// What the questions about work that is due, disputed or missed give back.

/// One tier's word on a bound.
public struct BoundStep: Codable, Hashable, Sendable {
    public let place: PlaceFact
    public let unit: UnitFact
    public let operation: String
    public let value: String
    /// `effective`, `equal`, `shadowed`, `inert`, `stretch`, `incomparable`.
    public let standing: String
    public let document: String?
    public let clause: String?
    public let isFirm: Bool
}

/// A bound joined along the path: the strictest stands.
public struct BoundFact: Codable, Hashable, Sendable {
    /// `floor`, `ceiling`, `deadline`, `percentOfTarget`.
    public let field: String
    public let value: String?
    public let measure: String?
    public let source: BoundStep?
    public let stretch: BoundStep?
    /// Root first.
    public let steps: [BoundStep]
}

/// A target in force at a place, against the figure in use.
public struct AssessmentRow: Codable, Hashable, Sendable {
    /// The lowest record of the key on the path.
    public let record: RecordFact
    public let place: PlaceFact
    public let indicator: String
    public let indicatorTitle: String
    public let period: String
    public let qualifier: String
    public let measure: String
    public let floor: String?
    public let ceiling: String?
    public let comparator: String
    public let firmness: String
    public let isRelative: Bool
    public let figure: String?
    public let figurePeriod: String?
    /// `value`, `none`, `disputed`.
    public let figureState: String
    public let figureRecord: RecordFact?
    /// `met`, `notMet`, `aspirationalShort`, `noFigure`, `disputed`, `noBound`.
    public let assessment: String
    public let shortBy: String?
    /// Misses a firm bound that counts already on the day asked about.
    public let isAlert: Bool
    public let deadline: String?
    /// `notIssued`, `met`, `metLate`, `due`, `overdue`; left out without a deadline.
    public let state: String?
    public let days: Int?
    public let dueBeforeIssue: Bool
    public let signedOn: String?
    public let document: String?
    public let clause: String?
    public let reporters: [UnitFact]
}

/// The term of a standard on a day.
public struct TermRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let from: String?
    public let until: String?
    /// `notIssued`, `notStarted`, `inForce`, `expired`, `expiredAtIssue`.
    public let state: String
    public let days: Int?
}

public struct LedgerRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let unit: UnitFact
    public let title: String
    public let state: String
    public let episode: Int
    public let leader: String?
    public let department: UnitFact?
    public let category: String?
    public let amount: String?
    public let deadline: String?
    /// Days after the deadline on the day asked about, for an item that is not closed.
    public let overdueDays: Int?
}

public struct DisputeRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let fieldTitle: String
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    public let dispute: DisputeFact
    public let rule: String
    public let mode: String?
    public let source: SourceFact?
    public let claims: [ClaimBrief]
}

public struct MissingFigure: Codable, Hashable, Sendable {
    public let indicator: String
    public let title: String
    public let period: String
    public let place: PlaceFact
    public let reporters: [UnitFact]
}

public struct ReturnedRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let by: UnitFact
    public let reason: String?
    public let claims: [String]
}

public struct UnacknowledgedRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let claim: ClaimBrief
    public let valueInUse: String?
    public let measure: String?
}

/// A unit's two machines said different things: it alone can choose.
public struct ChoiceRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let unit: UnitFact
    public let claims: [ClaimBrief]
}

public struct Todo: Codable, Hashable, Sendable {
    public let asOf: String
    public let place: PlaceFact
    public let unit: UnitFact?
    /// Not met, and overdue or due soon.
    public let targets: [AssessmentRow]
    /// Standards whose term had run out when they were issued.
    public let terms: [TermRow]
    public let missing: [MissingFigure]
    public let ledger: [LedgerRow]
    public let disputes: [DisputeRow]
    public let returned: [ReturnedRow]
    public let unacknowledged: [UnacknowledgedRow]
    public let choices: [ChoiceRow]
}
