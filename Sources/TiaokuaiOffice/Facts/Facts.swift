// What the functions of this module give back: plain values with stable English keys, ready for JSON. Ids are whole
// hexadecimal strings, days `2020-08-12`, times ISO 8601 in UTC+8; a value is plain text with its measure beside it.

public struct UnitFact: Codable, Hashable, Sendable {
    public let id: String
    public let name: String
}

public struct PlaceFact: Codable, Hashable, Sendable {
    public let id: String
    public let name: String
}

public struct KeyPart: Codable, Hashable, Sendable {
    public let name: String
    public let value: String
}

public struct RecordFact: Codable, Hashable, Sendable {
    public let id: String
    /// Accepted wherever a record is asked for.
    public let reference: String
    public let kind: String
    public let kindTitle: String
    /// What a form calls the kind in English; left out for a built-in one.
    public let kindEnglish: String?
    public let place: PlaceFact?
    public let partition: String
    public let key: [KeyPart]
    /// Its title or name in use, or its indicator's.
    public let title: String?
    /// Some of its standing claims are 示例数据.
    public let isSample: Bool
}

/// What an operation's word on a field has become.
public struct VerdictFact: Codable, Hashable, Sendable {
    /// `stands`, `overruled`, `disputed`, `incomplete`, `inert`, `objection`, `replaced`, `withdrawn`, `forked`, `pending`,
    /// `void`, `passed`, `decides`; in the audit also `refused` and `undecided`, of standards that differ from others on the path.
    public let code: String
    /// The operation that overruled or replaced it.
    public let by: String?
    /// For `void`: a raw value of `VoidReason`.
    public let reason: String?
    /// For `pending`.
    public let waitsFor: [String]?
}

/// Why a field has no value in use.
public struct BlankFact: Codable, Hashable, Sendable {
    /// `noClaim`, `undecided`, `forked`, `incompleteJointIssue`, `noReport`.
    public let code: String
    /// Who alone can choose, or who has not signed yet.
    public let units: [UnitFact]
}

/// Where a rule comes from: document, clause, bare formula.
public struct SourceFact: Codable, Hashable, Sendable {
    public let document: String
    public let clause: String
    public let formula: String
}

public struct DisputeFact: Codable, Hashable, Sendable {
    public let id: String
    /// `vertical` or `inTier`.
    public let axis: String
    /// `parallel` or `conflicting`.
    public let knowledge: String
    public let claims: [String]
    public let prevailing: [String]
    /// Who may decide, the lowest first.
    public let deciders: [UnitFact]
    public let isReopened: Bool
    /// A side prevails by a rule: nothing waits for anybody.
    public let isDecided: Bool
}

public struct ClaimBrief: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let value: String?
    public let verdict: VerdictFact
}

/// Where and when an operation became known here.
public struct KnownFact: Codable, Hashable, Sendable {
    /// The node that carried it.
    public let node: String
    public let nodeName: String?
    /// Left out for work of this node that is not sealed yet.
    public let changeset: String?
    /// Position in this node's log.
    public let leaf: UInt64?
    public let received: String?
    public let isOwn: Bool
}

/// One operation's word on one field, with its three times.
public struct ClaimFact: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let person: String
    /// The tier of its unit.
    public let tier: PlaceFact?
    /// Left out: withdrawn.
    public let value: String?
    public let verdict: VerdictFact
    /// The period or day that the record is about.
    public let business: String?
    /// The author's clock.
    public let written: String
    public let known: KnownFact
    public let hadSeen: [String]
    public let parallelTo: [String]
    /// The version that an act cites.
    public let under: String?
    public let ground: String?
    public let evidence: String?
    public let reason: String?
    public let newFact: String?
    public let isSample: Bool
}

public struct MemberFact: Codable, Hashable, Sendable {
    public let value: String
    /// Of the record that the member names, where it is held.
    public let reference: String?
    public let addedBy: String
    public let unit: UnitFact
}

public struct EpisodeFact: Codable, Hashable, Sendable {
    /// From 1: the opening; each reopening begins the next.
    public let number: Int
    public let openedBy: String
}

public struct FieldVerdict: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    public let claimed: String?
    public let verdict: VerdictFact
    /// In use now.
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
}

public struct WrittenFact: Codable, Hashable, Sendable {
    public let operation: String
    public let record: RecordFact
    public let unit: UnitFact
    public let person: String
    public let verdicts: [FieldVerdict]
}

/// What was written, in the order of writing.
public struct Writing: Codable, Hashable, Sendable {
    public let writings: [WrittenFact]
    /// So many claims stood already with the same content: nothing was written for them.
    public let unchanged: Int
}
