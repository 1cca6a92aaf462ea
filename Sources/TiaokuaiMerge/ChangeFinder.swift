import TiaokuaiModel

/// Finds who can change a field's value now, and how.
struct ChangeFinder {
    let spec: FieldSpec
    let outcome: FieldOutcome
    let settlement: Settlement
    let settler: Settler

    private var governance: Governance { settler.versions.governing }

    func changes() -> [Explanation.Change] {
        let found: [(UnitID, Explanation.Change.Action)] =
            switch spec.rule {
            case .soleIssuer, .strictest: sole(governance.issuers, isJoint: governance.issuers.count > 1)
            case .soleReporter: sole(governance.reporters, isJoint: false)
            case .authority, .holder: precedence()
            case .workflow: events()
            case .set: Set(outcome.members.map(\.unit)).map { ($0, .removeMember) }
            case .accompanying: []
            }
        // Stable by unit: the actions of one unit keep the order in which they were found.
        return found.enumerated().sorted { $0.element.0 != $1.element.0 ? $0.element.0 < $1.element.0 : $0.offset < $1.offset }
            .map { Explanation.Change(unit: $0.element.0, action: $0.element.1) }
    }

    private func isForked(_ unit: UnitID) -> Bool { outcome.standing.contains { $0.unit == unit && $0.verdict == .forked } }
    private func speaks(_ unit: UnitID) -> Bool { outcome.standing.contains { $0.unit == unit } }

    private func sole(_ owners: Set<UnitID>, isJoint: Bool) -> [(UnitID, Explanation.Change.Action)] {
        owners.sorted().map { owner in
            if isForked(owner) { return (owner, .choose) }
            if speaks(owner) { return (owner, outcome.dispute == nil ? .amend : .agree) }
            return (owner, isJoint && owners.contains(where: speaks) ? .joinIssue : .lodge)
        }
    }

    private func precedence() -> [(UnitID, Explanation.Change.Action)] {
        var found: [(UnitID, Explanation.Change.Action)] = []
        let forked = Set(outcome.standing.filter { $0.verdict == .forked }.map(\.unit)).sorted()
        found += forked.map { ($0, .choose) }
        if outcome.rule == .decision {
            return found + afterDecision()
        }
        let claims = outcome.standing.filter { $0.verdict != .forked }
        if claims.isEmpty, forked.isEmpty {
            return seated().map { ($0, .lodge) }
        }
        if outcome.blank == .noReport { found += governance.reporters.sorted().map { ($0, .report) } }
        for unit in Set(claims.map(\.unit)).sorted() where !forked.contains(unit) {
            let verdicts = claims.filter { $0.unit == unit }.map(\.verdict)
            if verdicts.contains(.disputed) {
                found += [(unit, .agree), (unit, .withdraw)]
            } else if verdicts.contains(.stands) {
                found.append((unit, .amend))
            }
        }
        return found + (outcome.dispute?.deciders ?? []).map { ($0, .decide) }
    }

    private func afterDecision() -> [(UnitID, Explanation.Change.Action)] {
        let decider = outcome.standing.first { $0.verdict == .decides }?.unit
        let tier = decider.flatMap { governance.tierOfUnit[$0] } ?? 0
        var found = decider.map { [($0, Explanation.Change.Action.revise)] } ?? []
        found += governance.tiers.enumerated().filter { $0.offset > tier }.compactMap(\.element.government).map { ($0, .decide) }
        let claimants = Set(outcome.standing.map(\.unit)).filter { unit in
            unit != decider && governance.seat(of: unit) != nil && governance.tierOfUnit[unit] ?? 0 <= tier
        }
        return found + claimants.sorted().map { ($0, .citeNewFact) }
    }

    private func seated() -> [UnitID] {
        governance.tierOfUnit.keys.filter { governance.seat(of: $0) != nil }.sorted()
    }

    private func events() -> [(UnitID, Explanation.Change.Action)] {
        guard let workflow = settler.table.workflow else { return [] }
        let state = outcome.value?.text ?? ""
        let names = settler.table.fields.filter { $0.rule == .holder || $0.rule == .authority }
        let holders = names.reduce(into: [String: UnitID]()) { holders, field in
            let name = settlement.fields[field.number]?.value?.text
            holders[field.name] = name.flatMap { UnitID.isWellFormed($0) ? UnitID(unchecked: $0) : nil }
        }
        let roles = WorkflowRoles(governance: governance, holders: holders)
        return workflow.events.filter { $0.from.contains(state) }.flatMap { event in
            governance.tierOfUnit.keys.sorted().filter { roles.refusal(of: $0, event) == nil && mayFollow(event, $0) }.map { ($0, .raise(event.name)) }
        }
    }

    /// False for the unit that did the event which this one must not be done after by the same unit.
    private func mayFollow(_ event: Workflow.Event, _ unit: UnitID) -> Bool {
        guard let other = event.notByAuthorOf, let workflow = settler.table.workflow else { return true }
        let last = settler.graph.operations.last { isDone($0) && self.event($0, in: workflow)?.name == other }
        return last?.operation.unit != unit
    }

    private func event(_ judged: JudgedOperation, in workflow: Workflow) -> Workflow.Event? {
        (judged.operation.value(of: spec.number) ?? nil)?.text.flatMap { workflow.event(named: $0) }
    }

    private func isDone(_ judged: JudgedOperation) -> Bool {
        switch settlement.verdicts[judged.id]?[spec.number] {
        case .stands, .overruled, .passed: true
        default: false
        }
    }
}
