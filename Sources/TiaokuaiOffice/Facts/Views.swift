// What the questions of this module give back.

public struct NamedValue: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    public let value: String
    public let measure: String?
}

public struct NamedBlank: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    public let blank: BlankFact
}

public struct ListRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let values: [NamedValue]
    public let blanks: [NamedBlank]
    /// Claims differ, and no rule says which prevails.
    public let isDisputed: Bool
}

public struct FieldFact: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    public let fieldRule: String
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    public let rule: String
    public let mode: String?
    public let source: SourceFact?
    public let decidingPlace: PlaceFact?
    public let claims: [ClaimBrief]
    public let dispute: DisputeFact?
    public let members: [MemberFact]
    public let episode: EpisodeFact?
    /// For a bound: what it comes to along the path.
    public let bound: BoundFact?
}

/// Something that a record names and that is held here, or not.
public struct ReferenceFact: Codable, Hashable, Sendable {
    public let field: String
    public let text: String
    /// `resolved`, `mismatch`, `titleMismatch`, `pending`.
    public let state: String
    public let records: [RecordFact]
}

public struct RecordView: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let fields: [FieldFact]
    public let references: [ReferenceFact]
    /// Of a standard, along its path: `stands`, `repeats`, `refused`, `withinDiscretion`, `undecided`.
    public let judgement: String?
}

public struct SearchHit: Codable, Hashable, Sendable {
    public let record: RecordFact
    /// The field whose value fits, or `key`.
    public let field: String
    public let text: String
}

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

public struct StepFact: Codable, Hashable, Sendable {
    public let place: PlaceFact
    public let mode: String
    public let source: SourceFact?
}

public struct ChangeFact: Codable, Hashable, Sendable {
    public let unit: UnitFact
    /// `lodge`, `report`, `amend`, `agree`, `withdraw`, `choose`, `joinIssue`, `decide`, `revise`, `citeNewFact`,
    /// `removeMember`, `raise`.
    public let action: String
    public let event: String?
}

public struct FieldExplanation: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let title: String
    public let fieldRule: String
    /// In use; for a bound what it comes to along the path.
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    /// A raw value of `DecidingRule`.
    public let rule: String
    public let mode: String?
    public let source: SourceFact?
    public let decidingPlace: PlaceFact?
    public let steps: [StepFact]
    public let claims: [ClaimFact]
    /// Pending and void words: received, kept, without effect.
    public let refused: [ClaimFact]
    public let dispute: DisputeFact?
    public let changes: [ChangeFact]
    public let bound: BoundFact?
    /// For a bound: the record's own value, perhaps inert.
    public let ownValue: String?
    public let members: [MemberFact]
    public let episode: EpisodeFact?
    public let isSample: Bool
}

public struct HistoryField: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    /// Left out: withdrawn.
    public let value: String?
    public let measure: String?
    public let verdict: VerdictFact
}

public struct HistoryRow: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let person: String
    public let written: String
    public let epoch: String
    /// Within the epoch, from 1.
    public let number: UInt64
    public let known: KnownFact
    public let fields: [HistoryField]
    public let names: [String]
    public let seen: [String]
    public let under: String?
    /// `supersededVersion`, `selfFork`.
    public let flags: [String]
    public let ground: String?
    public let evidence: String?
    public let reason: String?
    public let newFact: String?
    public let isSample: Bool
}

public struct CitationRow: Codable, Hashable, Sendable {
    public let document: RecordFact
    public let relation: String
    public let number: String
    public let title: String
    public let clause: String
    /// `resolved`, `mismatch`, `titleMismatch`, `pending`.
    public let state: String
    public let targets: [RecordFact]
}

/// A claim that is kept beside the one in force along the path.
public struct KeptRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let unit: UnitFact
    public let field: String
    public let value: String?
    public let measure: String?
    /// `inert` (a looser bound, R2), `refused` (another standard, R3), `repeats`, `withinDiscretion`, `undecided`.
    public let standing: String
    public let against: RecordFact?
    public let againstValue: String?
}

public struct TemplateRow: Codable, Hashable, Sendable {
    public let place: String
    public let indicator: String
    public let title: String
    public let period: String
    public let measure: String
    /// What the unit has reported already.
    public let value: String?
    public let unit: String
}

public struct ReportTemplate: Codable, Hashable, Sendable {
    /// With a byte order mark and Chinese headers, for spreadsheets.
    public let csv: String
    public let rows: [TemplateRow]
}
