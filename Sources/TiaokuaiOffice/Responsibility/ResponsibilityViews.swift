// What questions about who answers for what give back.

/// A unit as an entry of the matrix names it.
public struct NamedUnit: Codable, Hashable, Sendable {
    public let unit: UnitFact
    /// `territorial`, `vertical` (can only be requested) or `enterprise`; left out for a unit that is not registered here.
    public let management: String?
}

/// A group such as 各县市, with those that it stands for as far as they are registered.
public struct UnitGroup: Codable, Hashable, Sendable {
    public let asPrinted: String
    public let units: [UnitFact]
    /// Places one step below, registered or not.
    public let places: Int
}

/// One entry of the matrix in force.
public struct MatrixEntryFact: Codable, Hashable, Sendable {
    public let document: String
    public let part: String
    public let clause: String
    /// Words of the document that state the mode.
    public let quote: String
    /// The operation that published this version.
    public let version: String
    public let inForceFrom: String
    /// Its own; left out where it is silent.
    public let mode: String?
    public let topic: String?
    /// Who leads, and why: `named` 牵头, or `listOrder`, the first of the list.
    public let leads: [NamedUnit]
    public let ledBy: String
    public let assisting: [NamedUnit]
    public let groups: [UnitGroup]
    /// 等相关部门
    public let isOpenEnded: Bool
    /// Of a part around it: who works on every entry within it.
    public let blanket: [NamedUnit]
    public let blanketGroups: [UnitGroup]
    /// The part that says so.
    public let blanketFrom: String?
    /// Newest versions made side by side: none of them governs, an older one may.
    public let parallelVersions: [String]
    public let isSample: Bool
}

/// One step of the path.
public struct ResponsibilityStep: Codable, Hashable, Sendable {
    public let place: PlaceFact
    public let government: UnitFact?
    /// In effect at this step.
    public let mode: String
    public let source: SourceFact?
    /// `own`, `part` (a part around the entry, or the part on the same topic), `inherited` (a superior's plan), or `none`.
    public let modeFrom: String
    public let inheritedFrom: PlaceFact?
    /// The units that speak for the line at this step.
    public let lineUnits: [NamedUnit]
    public let cooperating: [NamedUnit]
    /// The entry that governs here; left out where no plan of this tier covers it.
    public let entry: MatrixEntryFact?
    /// Other entries of this tier on the same indicator.
    public let others: [MatrixEntryFact]
}

public struct ContradictionFact: Codable, Hashable, Sendable {
    /// A raw value of `MatrixContradiction.Kind`, or `parallelVersions`.
    public let kind: String
    public let place: PlaceFact
    public let document: String
    public let parts: [String]
    public let subjects: [String]
}

/// Who answers for an indicator, or for a part or measure of a plan, at a place on a day.
public struct ResponsibilityView: Codable, Hashable, Sendable {
    public let place: PlaceFact
    /// The indicator's id, or the part.
    public let subject: String
    public let title: String
    public let day: String
    /// The place first, the root last.
    public let steps: [ResponsibilityStep]
    public let statistics: [UnitFact]
    public let contradictions: [ContradictionFact]
}

/// What is otherwise about who governs a record at one step of its path.
public struct GovernanceChange: Codable, Hashable, Sendable {
    public let place: PlaceFact
    public let modeBefore: String
    public let modeAfter: String
    public let sourceBefore: SourceFact?
    public let sourceAfter: SourceFact?
    public let lineAdded: [UnitFact]
    public let lineRemoved: [UnitFact]
    public let cooperatingAdded: [UnitFact]
    public let cooperatingRemoved: [UnitFact]
    public let versionBefore: String?
    public let versionAfter: String?
}

/// One outcome that a change of the matrix changed.
public struct OutcomeChange: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let fieldTitle: String
    public let before: OutcomeFact
    public let after: OutcomeFact
    public let why: [GovernanceChange]
    public let isSample: Bool
}

public struct ResponsibilityDiff: Codable, Hashable, Sendable {
    /// `days`, `versions` or `rehearsal`.
    public let by: String
    public let from: String
    public let to: String
    public let changes: [OutcomeChange]
    /// Records whose governance changed and whose outcomes did not.
    public let unchanged: Int
    /// Records that were looked at.
    public let records: Int
    /// Of a rehearsed file: what else it holds that would come into force with it, and is not rehearsed, by kind.
    public var notRehearsed: [RehearsalGap] = []
}

/// So many records of a kind.
public struct RehearsalGap: Codable, Hashable, Sendable {
    public let kind: String
    public let kindTitle: String
    public let count: Int
}
