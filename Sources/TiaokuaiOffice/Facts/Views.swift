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
    /// What a form calls it in English; left out for a built-in kind's.
    public let english: String?
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
    /// Of a bound or standard that a superior's leaves without effect: what is in use in its place.
    public let inForce: InForceFact?
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
    /// Of a record that cites one: the version of a standard under which it was made.
    public let madeUnder: MadeUnder?
}

public struct SearchHit: Codable, Hashable, Sendable {
    public let record: RecordFact
    /// The field whose value fits, or `key`.
    public let field: String
    public let text: String
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
    /// What a form calls it in English; left out for a built-in kind's.
    public let english: String?
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

/// What one document cites, and what is held of it (R14).
public struct CitationRow: Codable, Hashable, Sendable {
    public let document: RecordFact
    public let relation: String
    public let number: String
    public let title: String
    public let clause: String
    /// `resolved`, `mismatch`, `titleMismatch`, `pending`.
    public let state: String
    public let targets: [RecordFact]
    /// How far what is quoted from it may be shown: the stricter of the two documents' classes (R16). A raw value of `Publicity`.
    public let quotedPublicity: String
}

/// A claim that is kept and is not in use.
public struct KeptRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let unit: UnitFact
    public let field: String
    public let fieldTitle: String
    public let value: String?
    public let measure: String?
    /// `inert` (a looser bound, R2); of standards (R3) `refused`, `repeats`, `withinDiscretion`, `undecided`; `overruled`,
    /// `objection`, or `void`.
    public let standing: String
    /// For `void`: a raw value of `VoidReason`.
    public let reason: String?
    /// The record whose value counts instead.
    public let against: RecordFact?
    public let againstValue: String?
    /// Left out for a standard, which is judged as a whole.
    public let operation: String?
    public let isSample: Bool
    /// Of standards that nobody has settled (R21): the most favourable of them, by the indicator's direction. A proposal, in use nowhere.
    public var proposal: String?
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
