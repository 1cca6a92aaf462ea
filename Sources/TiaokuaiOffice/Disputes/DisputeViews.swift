// What questions about disputes, decisions and appeals give back.

/// Whether a losing side has said that it read the outcome (R18).
public struct AcknowledgementFact: Codable, Hashable, Sendable {
    public let unit: UnitFact
    /// The claim that lost.
    public let operation: String
    public let value: String?
    /// `acknowledged`, `due` or `overdue`.
    public let state: String
    /// `read`, `accepts` or `objects`.
    public let answer: String?
    public let readOn: String?
    public let note: String?
    /// The last day of the term, which counts from the word that prevailed or, if later, from the claim itself.
    public let dueOn: String
    public let overdueDays: Int?
}

/// One side of a matter on an agenda, with all that it brought.
public struct AgendaSide: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let person: String
    public let value: String?
    public let verdict: VerdictFact
    public let written: String
    public let ground: String?
    public let evidence: String?
    public let reason: String?
    public let newFact: String?
    public let isSample: Bool
}

/// One matter for the next consultation.
public struct AgendaItem: Codable, Hashable, Sendable {
    /// `undecided`, `reopened` or `appeal`.
    public let why: String
    public let record: RecordFact
    public let field: String
    public let fieldTitle: String
    /// In use until something else is decided.
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    public let dispute: DisputeFact?
    public let sides: [AgendaSide]
    /// In force: what is reopened or appealed against.
    public let decision: AgendaSide?
    /// The path with the mode of each step and the document that states it, the record's place first.
    public let steps: [StepFact]
    /// The measure that the record serves, as its reporter names it.
    public let serves: String?
    /// The values that the sides lodged, each once. Another value can be decided too, and for an appeal the decision upheld.
    public let choices: [String]
    /// Governments above that may decide as well.
    public let others: [UnitFact]
    public let appeal: AppealRow?
    public let isSample: Bool
}

/// The agenda of one government's next consultation 会商.
public struct Agenda: Codable, Hashable, Sendable {
    public let government: UnitFact
    public let place: PlaceFact
    /// When it meets: a month, quarter or year; left out beyond the calendar.
    public let period: String?
    /// `monthly`, `quarterly` or `yearly`.
    public let consultation: String
    /// The day of its newest minute.
    public let lastHeld: String?
    public let items: [AgendaItem]
}

/// A request that the government above look at a decision again.
public struct AppealRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let unit: UnitFact
    /// The record decided on; left out where it is not held here.
    public let about: RecordFact?
    public let field: String
    public let fieldTitle: String
    public let decision: ClaimBrief?
    /// Whom it is for: the government next above the one that decided.
    public let to: UnitFact?
    public let text: String?
    public let filedOn: String?
    /// The last day of the term; a later appeal is flagged, and who decides on it may take that into account.
    public let dueOn: String?
    public let isLate: Bool
    /// `filed` (the decision stands meanwhile), `upheld`, `replaced` (another decision took the place), `withdrawn`, `pending`
    /// (what it is about is not held here) or `void`.
    public let state: String
    /// For `void`: `nothingLost`, `unknownDecision`, `noTierAbove`, or a raw value of `VoidReason`.
    public let reason: String?
    public let isSample: Bool
}

/// One step in the course of a dispute.
public struct StoryStep: Codable, Hashable, Sendable {
    /// `claim`, `newFact`, `withdrawal`, `decision`, `annulment`; then, beside the record, `acknowledgement`, `objection`,
    /// `appeal`, `appealUpheld`, `appealWithdrawn`.
    public let what: String
    public let unit: UnitFact
    /// The author's day.
    public let day: String
    public let value: String?
    public let verdict: VerdictFact?
    public let ground: String?
    public let note: String?
    /// Of a decision: the claims and decisions that it settled, by name.
    public let settles: [ClaimBrief]
    /// Other units' words that its author knew.
    public let knew: [UnitFact]
    public let operation: String
    /// Why it has no effect beside the record: `nothingLost` …
    public let reason: String?
    public let isSample: Bool
}

/// The course of the disputes on one field, from the first word on.
public struct DisputeStory: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let fieldTitle: String
    public let now: OutcomeFact
    /// On the record in causal order, then what was said beside it.
    public let steps: [StoryStep]
    /// The present one and those that ended.
    public let disputes: [DisputeRow]
}
