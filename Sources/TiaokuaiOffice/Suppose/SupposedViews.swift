// What questions about something that is not so give back.

/// What a field comes to.
public struct OutcomeFact: Codable, Hashable, Sendable {
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    /// A raw value of `DecidingRule`.
    public let rule: String
    public let mode: String?
    public let source: SourceFact?
    public let decidingPlace: PlaceFact?
    /// `undecided`, `reopened` or `byRule`; left out where nothing is at odds.
    public let dispute: String?
    /// Who may decide the dispute, the lowest first.
    public let deciders: [UnitFact]
}

/// One unit's word, as it stands and as it would.
public struct SupposedClaim: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    /// Left out: withdrawn.
    public let value: String?
    public let now: VerdictFact
    /// Left out: it is supposed never to have been said.
    public let then: VerdictFact?
    public let isSample: Bool
}

public struct SuppositionFact: Codable, Hashable, Sendable {
    /// `mode` or `without`.
    public let what: String
    /// For `mode`.
    public let mode: String?
    /// The tier that is meant; left out for all of them.
    public let place: PlaceFact?
    /// For `without`.
    public let claim: ClaimBrief?
    /// The word left out is a decision.
    public let isDecision: Bool
    /// The record that it is a word on, where that is another tier's of the same key.
    public let record: RecordFact?
}

/// A field as it stands and as it would with one thing changed. Nothing was written.
public struct SupposedField: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let title: String
    public let supposition: SuppositionFact
    /// Nothing would be otherwise: neither value nor rule.
    public let isSame: Bool
    public let now: OutcomeFact
    public let then: OutcomeFact
    public let claims: [SupposedClaim]
    public let isSample: Bool
}
