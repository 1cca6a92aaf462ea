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
    /// The operation that states it is 示例数据.
    public let isSample: Bool
    /// From which day it counts: the day of its document, else the author's day.
    public let since: String?
    /// `signedOn` or `written`.
    public let sinceBy: String?
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

/// From this day on a bound came to this: the strictest of what was issued by then.
public struct BoundChange: Codable, Hashable, Sendable {
    public let since: String
    public let field: String
    /// Left out: no bound from this day on.
    public let value: String?
    public let measure: String?
    public let source: BoundStep?
}

/// The bounds of one target key at a place as they stood on a day, and every day on which they changed.
public struct BoundsOnDay: Codable, Hashable, Sendable {
    /// The record at the place itself, whether or not it was ever written.
    public let record: RecordFact
    public let place: PlaceFact
    public let indicator: String
    public let indicatorTitle: String
    public let period: String
    public let qualifier: String
    public let day: String
    /// In force on that day; a field that no tier had stated by then is left out.
    public let bounds: [BoundFact]
    /// Through all that is held, by day, then by field; also after that day.
    public let changes: [BoundChange]
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
    /// `value`, `none`, `disputed`, `sealed`.
    public let figureState: String
    public let figureRecord: RecordFact?
    /// `met`, `notMet`, `aspirationalShort`, `noFigure`, `disputed`, `sealed`, `noBound`.
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
    /// The bound, wherever on the path it is stated, is 示例数据.
    public let isSampleBound: Bool
    /// The bound or the figure is 示例数据.
    public let isSample: Bool
    public let reporters: [UnitFact]
}

/// The term of a standard on a day.
public struct TermRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    /// Of the document that sets it.
    public let signedOn: String?
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
    /// In use now.
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    public let dispute: DisputeFact
    /// `undecided`, `reopened`, `byRule` (a side prevails while all stand by their words) or `ended`.
    public let state: String
    /// By which the dispute stands, or stood: a raw value of `DecidingRule`.
    public let rule: String
    public let mode: String?
    public let source: SourceFact?
    /// Of an ended dispute: the claims that were at odds, with what became of them.
    public let claims: [ClaimBrief]
    /// Of each claim that lost: whether its unit has read the outcome.
    public let acknowledgements: [AcknowledgementFact]
    /// When the second of the words at odds was written, by its author's clock.
    public let begun: String?
    /// For `ended`.
    public let end: DisputeEnd?
}

/// What ended a dispute, as far as what is held tells.
public struct DisputeEnd: Codable, Hashable, Sendable {
    /// `decision`, `withdrawal`, `agreement` (a side said the same as the other), `event` (a later step of a workflow), or
    /// `otherwise` (who governs has changed).
    public let how: String
    public let unit: UnitFact?
    public let value: String?
    public let ground: String?
    public let operation: String?
    public let written: String?
    public let isSample: Bool
}

/// A unit that wrote differently on two machines in ignorance of each other (R19).
public struct SelfForkRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let fieldTitle: String
    public let unit: UnitFact
    public let claims: [ForkedClaim]
    public let measure: String?
    /// What the unit chose, having seen them all; left out while it has not.
    public let chosen: ForkedClaim?
}

public struct ForkedClaim: Codable, Hashable, Sendable {
    public let operation: String
    public let value: String?
    /// The node that carried it.
    public let nodeName: String?
    public let written: String
    public let isSample: Bool
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
    /// The last day of the term.
    public let dueOn: String
    public let overdueDays: Int?
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
    /// Filed and not answered: of the unit, or for it to answer.
    public let appeals: [AppealRow]
    public let choices: [ChoiceRow]
    /// Records whose form has not come yet: kept, without effect until it does.
    public let waitingForForm: [WaitingForFormRow]
}

/// Records of one kind at one place that wait for the form of their kind.
public struct WaitingForFormRow: Codable, Hashable, Sendable {
    public let kind: String
    public let place: PlaceFact?
    public let count: Int
}
