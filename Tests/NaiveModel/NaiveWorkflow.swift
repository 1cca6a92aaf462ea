import TiaokuaiModel

/// What an event came to in its own causal past.
struct NaiveEvent {
    var isValid = false
    /// Leaves the state as its author saw it.
    var isNeutral = false
    /// The episodes it belongs to: its own if it opens one.
    var episodes: Set<OperationID> = []
}

/// The latest valid transitions of a set of events, and what they come to.
struct NaiveState {
    /// Valid transitions that no valid transition comes after.
    var latest: Set<OperationID> = []
    /// The safest of their results; "" before any.
    var name = ""
    /// The events that opened the episodes in which the latest transitions lie: several where units reopened in parallel.
    var episodes: Set<OperationID> = []
    var isDisputed = false
}

extension NaiveRecord {
    func settleWorkflow(_ spec: FieldSpec, within held: Set<OperationID>) -> (NaiveOutcome, void: Set<OperationID>) {
        let said = said(of: spec.number, within: held)
        let judged = judgeEvents(said, spec)
        let state = state(of: said, judged, spec)
        var outcome = NaiveOutcome()
        outcome.value = state.latest.isEmpty ? nil : .text(state.name)
        outcome.isDisputed = state.isDisputed
        outcome.standing = state.latest
        return (outcome, said.filter { judged[$0]?.isValid != true })
    }

    /// "An event's validity and result come from its own causal past": each after all that it had seen.
    private func judgeEvents(_ said: Set<OperationID>, _ spec: FieldSpec) -> [OperationID: NaiveEvent] {
        var judged: [OperationID: NaiveEvent] = [:]
        let otherwise = saidOtherwise(than: spec)
        for id in said.sorted(by: { (history.past[$0]?.count ?? 0) < (history.past[$1]?.count ?? 0) }) {
            guard let event = event(id, spec), let operation = operation(id) else { continue }
            let earlier = said.filter { history.isBefore($0, id) }
            let seen = state(of: earlier, judged, spec)
            var result = NaiveEvent()
            let valid = Set(judged.filter(\.value.isValid).keys)
            result.isValid =
                isAllowed(operation, event, seen) && (!event.needsNames || judgesWhatItKnows(operation, seen, meaningful: otherwise.union(valid)))
                && !isVerifyingItself(operation, event, earlier.intersection(valid), spec)
            result.isNeutral = !event.opensEpisode && event.to == seen.name
            result.episodes = event.opensEpisode ? [id] : seen.episodes
            judged[id] = result
        }
        return judged
    }

    /// "The state is the safest result among the latest valid transitions, in one published total order; a parallel pair
    /// with different results is a dispute. Void and neutral events are transparent."
    private func state(of said: Set<OperationID>, _ judged: [OperationID: NaiveEvent], _ spec: FieldSpec) -> NaiveState {
        var state = NaiveState()
        state.latest = history.latest(said.filter { judged[$0]?.isValid == true && judged[$0]?.isNeutral == false })
        let results = Set(state.latest.compactMap { event($0, spec)?.to })
        state.name = table.workflow?.states.first { results.contains($0) } ?? ""
        state.isDisputed = results.count > 1
        state.episodes = Set(state.latest.flatMap { judged[$0]?.episodes ?? [] })
        return state
    }

    private func event(_ id: OperationID, _ spec: FieldSpec) -> Workflow.Event? {
        history.word(id, spec.number)?.value?.text.flatMap { table.workflow?.event(named: $0) }
    }

    private func isAllowed(_ operation: NaiveOperation, _ event: Workflow.Event, _ seen: NaiveState) -> Bool {
        let governance = governance(ofAct: operation)
        return governance.onPath[operation.unit] != nil && event.by.contains { has($0, operation, governance) }
            && (!event.needsEvidence || operation.cites(.evidence)) && event.from.contains(seen.name)
    }

    /// "Accept, return and close name the claim, or the episode, that they judge: nobody accepts unread": for each episode
    /// that is open to them, the episode itself or something said in it. What is void says nothing.
    private func judgesWhatItKnows(_ operation: NaiveOperation, _ seen: NaiveState, meaningful: Set<OperationID>) -> Bool {
        let named = operation.names.intersection(meaningful)
        return !named.isEmpty && operation.names.allSatisfy { history.isBefore($0, operation.id) }
            && seen.episodes.allSatisfy { episode in named.contains { $0 == episode || history.isBefore(episode, $0) } }
    }

    /// Operations that say something of another field of the record, not void from the operation alone. Whether a claim is
    /// admitted there is not asked: that hangs on the version that governs now, and an act on the one that it cites.
    private func saidOtherwise(than spec: FieldSpec) -> Set<OperationID> {
        table.fields.filter { $0.rule != .workflow && $0.rule != .accompanying }.reduce(into: []) { $0.formUnion(said(of: $1.number)) }
    }

    /// "A verifier other than the resolver": not the unit that did the event last in the act's causal past.
    private func isVerifyingItself(_ operation: NaiveOperation, _ event: Workflow.Event, _ valid: Set<OperationID>, _ spec: FieldSpec) -> Bool {
        guard let name = event.notByAuthorOf else { return false }
        return history.latest(valid.filter { self.event($0, spec)?.name == name }).contains { history.unit($0) == operation.unit }
    }

    /// "Vertical units: requests only": a block neither assigns, assesses nor closes there.
    private func has(_ role: Workflow.Role, _ operation: NaiveOperation, _ governance: NaiveGovernance) -> Bool {
        let unit = operation.unit
        let isBlock = governance.tiers.contains { $0.government == unit }
        switch role {
        case .issuer: return governance.issuers.contains(unit)
        case .lead: return governance.tiers.contains { $0.lineUnits.contains(unit) }
        case .government: return !governance.isVertical && governance.tiers[0].government == unit
        case .superior: return !governance.isVertical && governance.tiers.dropFirst().contains { $0.government == unit }
        case .superiorUnit: return (governance.onPath[unit] ?? 0) > 0 && !(governance.isVertical && isBlock)
        case .anyone: return governance.onPath[unit] != nil
        case .holder(let name):
            guard let field = table.field(named: name) else { return false }
            let held = NaiveField(self, field, within: history.past[operation.id] ?? []).settle().0
            return held.value == .text(unit.text)
        }
    }
}
