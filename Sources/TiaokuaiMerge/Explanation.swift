import TiaokuaiModel

/// Why a field has the value it has: facts and codes for one screen. Sentences are made elsewhere.
public struct Explanation: Hashable, Sendable {
    /// One step of the path with what its plan states.
    public struct Step: Hashable, Sendable {
        public let tier: Int
        public let region: RegionID
        public let mode: ResponsibilityMode
        /// Which document states the mode; nil where none does.
        public let source: Source?
        /// The governing matrix version; nil where none is held.
        public let version: OperationID?
    }

    /// One operation's word on the field.
    public struct Claim: Hashable, Sendable {
        public let operation: OperationID
        public let unit: UnitID
        public let person: PersonID
        /// The unit's tier on the path (0 = the record's place); nil for a unit off the path.
        public let tier: Int?
        /// Nil withdraws.
        public let value: Value?
        public let written: Written
        /// The version that an act cites.
        public let under: OperationID?
        public let verdict: Verdict
        public let flags: [Flag]
        /// Of the other claims listed: those it was made in knowledge of, ascending.
        public let hadSeen: [OperationID]
        /// Of the other claims listed: those written in parallel, neither knowing of the other, ascending.
        public let parallelTo: [OperationID]
    }

    /// Who can change the value, and how.
    public struct Change: Hashable, Sendable {
        public enum Action: Hashable, Sendable {
            /// Lodge a claim; nobody has who would count.
            case lodge
            /// Lodge a report, so that a determination from above counts.
            case report
            /// Lodge another claim in place of its own.
            case amend
            /// Lodge the same as another side, or withdraw: agreement.
            case agree
            case withdraw
            /// Choose between the parallel claims of its own machines.
            case choose
            /// Lodge the same content as the other issuers.
            case joinIssue
            /// Decide, naming the claims, with a ground 裁定.
            case decide
            /// Replace or withdraw its decision.
            case revise
            /// Lodge a claim that cites a new fact: opens the dispute again.
            case citeNewFact
            /// Remove the members that it added.
            case removeMember
            /// Raise the workflow event of this name.
            case raise(String)
        }

        public let unit: UnitID
        public let action: Action
    }

    public let record: RecordID
    public let field: FieldNumber
    public let name: String
    public let rule: FieldRule
    public let outcome: FieldOutcome
    /// The path from the record's place to the root.
    public let steps: [Step]
    /// Standing claims, objections and decisions in force, by unit then identity.
    public let standing: [Claim]
    /// Pending and void words, by unit then identity: received, kept, without effect.
    public let refused: [Claim]
    /// By unit, then in the order of `Change.Action`'s cases.
    public let changes: [Change]

    /// The step that decided, for an outcome by mode.
    public var decidingStep: Step? { outcome.decidingTier.flatMap { tier in steps.first { $0.tier == tier } } }
}

/// Explains one field. Nil for a field that the kind does not have, or that only accompanies others.
///
/// Settles the record afresh: for one screen, not for a list.
public func explain(
    _ field: FieldNumber, _ operations: [JudgedOperation], record: RecordID, table: KindTable, governance: GoverningVersions
) -> Explanation? {
    guard let spec = table.field(field), spec.rule != .accompanying else { return nil }
    let settler = Settler(operations, record: record, table: table, versions: governance)
    let settlement = settler.settlement()
    let outcome = settlement.fields[field] ?? FieldOutcome(blank: .noClaim)
    let words = ExplainedWords(settler.graph, settlement, field, governance.governing)
    let changes = ChangeFinder(spec: spec, outcome: outcome, settlement: settlement, settler: settler).changes()
    return Explanation(
        record: record, field: field, name: spec.name, rule: spec.rule, outcome: outcome,
        steps: governance.governing.tiers.enumerated().map { tier, step in
            .init(tier: tier, region: step.region, mode: step.mode, source: step.source, version: step.version)
        },
        standing: words.standing(), refused: words.refused(), changes: changes)
}

/// The words on one field as they are shown.
private struct ExplainedWords {
    private let graph: RecordGraph
    private let settlement: Settlement
    private let field: FieldNumber
    private let governance: Governance
    private let words: [(judged: JudgedOperation, verdict: Verdict)]

    init(_ graph: RecordGraph, _ settlement: Settlement, _ field: FieldNumber, _ governance: Governance) {
        self.graph = graph
        self.settlement = settlement
        self.field = field
        self.governance = governance
        words = (graph.operations + graph.waiting.map(\.operation)).compactMap { judged in
            settlement.verdicts[judged.id]?[field].map { (judged, $0) }
        }
        .sorted { one, other in
            let units = (one.judged.operation.unit, other.judged.operation.unit)
            return units.0 != units.1 ? units.0 < units.1 : one.judged.id < other.judged.id
        }
    }

    func standing() -> [Explanation.Claim] {
        list { verdict in
            switch verdict {
            case .stands, .overruled, .disputed, .incomplete, .inert, .objection, .forked, .decides: true
            case .replaced, .withdrawn, .pending, .void, .passed: false
            }
        }
    }

    func refused() -> [Explanation.Claim] {
        list { verdict in
            switch verdict {
            case .pending, .void: true
            default: false
            }
        }
    }

    private func list(_ isListed: (Verdict) -> Bool) -> [Explanation.Claim] {
        let listed = words.filter { isListed($0.verdict) }
        return listed.map { word in
            let operation = word.judged.operation
            let others = listed.map(\.judged.id).filter { $0 != word.judged.id }
            return Explanation.Claim(
                operation: word.judged.id, unit: operation.unit, person: operation.person, tier: governance.tierOfUnit[operation.unit],
                value: operation.value(of: field) ?? nil, written: operation.written, under: operation.under, verdict: word.verdict,
                flags: settlement.flags[word.judged.id] ?? [], hadSeen: others.filter { had(word.judged.id, seen: $0) }.sorted(),
                parallelTo: others.filter { areParallel($0, word.judged.id) }.sorted())
        }
    }

    private func had(_ later: OperationID, seen earlier: OperationID) -> Bool {
        guard let later = graph.position(of: later), let earlier = graph.position(of: earlier) else { return false }
        return graph.isSeen(earlier, by: later)
    }

    private func areParallel(_ one: OperationID, _ other: OperationID) -> Bool {
        guard let one = graph.position(of: one), let other = graph.position(of: other) else { return false }
        return graph.areParallel(one, other)
    }
}
