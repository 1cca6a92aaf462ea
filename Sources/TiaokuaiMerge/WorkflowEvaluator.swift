import TiaokuaiModel

/// `workflow`: the field's operations are events, its value is the state.
///
/// - An event's validity and result come from its own causal past: the state there, the roles there, what it names there.
/// - Void events are transparent; so is a neutral one, which ends where it began and opens no episode.
/// - The state is the safest result (`Workflow.states`, safest first) among the latest valid transitions. A parallel pair
///   with different results is a dispute.
/// - An event that needs `names` names what it judges, in its own past: for every episode open there the episode or
///   something said in it; before the first episode, anything. A void event says nothing, nor does a word on another
///   field that is void from trust or from the operation alone. Nobody accepts unread.
/// - In a record of a vertically managed unit 垂直管理 governments have no role.
struct WorkflowEvaluator {
    private struct Transition {
        let event: Workflow.Event
        let unit: UnitID
    }

    private let input: FieldInput
    private let others: [FieldNumber: FieldInput]
    /// Operations that say something on another field.
    private let claimed: Set<Int>
    private let workflow: Workflow
    private let ranks: [String: Int]
    private var transitions: [Int: Transition] = [:]
    private var line = CausalList()
    private var episodes = CausalList()
    private var doneByEvent: [String: CausalList] = [:]
    private var holders: [String: (key: [Int], unit: UnitID?)] = [:]
    private var result = FieldResult()

    init(_ input: FieldInput, beside others: [FieldNumber: FieldInput]) {
        self.input = input
        self.others = others
        claimed = Set(others.values.filter { $0.spec != input.spec }.flatMap { $0.entries.map(\.at) })
        workflow = input.table.workflow ?? Workflow(states: [], events: [])
        ranks = Dictionary(workflow.states.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func evaluated() -> FieldResult {
        var settled = self
        for entry in input.entries { settled.take(entry) }
        settled.settle()
        return settled.result
    }

    private mutating func take(_ entry: FieldInput.Entry) {
        guard let name = entry.value?.text, let event = workflow.event(named: name) else {
            result.verdicts[entry.at] = .void(.eventNotAllowed)
            return
        }
        let before = state(of: line.latest(upTo: entry.at, in: input.graph))
        if let reason = refusal(of: event, by: entry, before: before) {
            result.verdicts[entry.at] = .void(reason)
            return
        }
        result.flag(entry.at, input.flag(forActAt: entry.at))
        result.verdicts[entry.at] = .passed
        doneByEvent[name, default: CausalList()].append(entry.at, in: input.graph)
        if event.to == before, !event.opensEpisode { return }
        transitions[entry.at] = Transition(event: event, unit: entry.unit)
        line.append(entry.at, in: input.graph)
        if event.opensEpisode { episodes.append(entry.at, in: input.graph) }
    }

    /// The safest result; "" before any.
    private func state(of latest: [Int]) -> String {
        latest.compactMap { transitions[$0]?.event.to }.min { rank($0) < rank($1) } ?? ""
    }

    private func rank(_ state: String) -> Int { ranks[state] ?? ranks.count }

    private mutating func settle() {
        let latest = line.latest
        guard !latest.isEmpty else { return }
        let state = state(of: latest)
        let winning = latest.filter { transitions[$0]?.event.to == state }
        let sources = input.ids(winning)
        for position in latest { result.verdicts[position] = winning.holds(position) ? .stands : .overruled(by: sources[0]) }
        result.outcome = FieldOutcome(value: .text(state), sources: sources, rule: .workflow)
        let current = Set(winning.flatMap { episodes.latest(upTo: $0, in: input.graph) })
        result.outcome.episode = input.ids(current).first
        result.outcome.standing = latest.compactMap { position in
            guard let transition = transitions[position] else { return nil }
            return StandingClaim(
                operation: input.graph.id(at: position), unit: transition.unit, value: .text(transition.event.name),
                verdict: result.verdicts[position] ?? .stands)
        }
        .sorted { $0.unit != $1.unit ? $0.unit < $1.unit : $0.operation < $1.operation }
        flagForks(latest)
        guard winning.count < latest.count else { return }
        let builder = DisputeBuilder(input: input)
        result.outcome.dispute = builder.dispute(
            latest, anchors: commonPast(of: latest), prevailing: winning, deciders: builder.deciders(latest))
    }

    /// The latest transitions that all of `positions` had seen.
    private func commonPast(of positions: [Int]) -> [Int] {
        var common = CausalList()
        for early in line.positions where positions.allSatisfy({ input.graph.isSeen(early, by: $0) }) { common.append(early, in: input.graph) }
        return common.latest
    }

    private mutating func flagForks(_ latest: [Int]) {
        let own = latest.compactMap { position in transitions[position].map { (at: position, unit: $0.unit, to: $0.event.to) } }
        let ends = own.reduce(into: [UnitID: Set<String>]()) { $0[$1.unit, default: []].insert($1.to) }
        for each in own where ends[each.unit]?.count ?? 0 > 1 { result.flag(each.at, .selfFork(each.unit)) }
    }
}

// Validity, from the event's own causal past.
extension WorkflowEvaluator {
    private mutating func refusal(of event: Workflow.Event, by entry: FieldInput.Entry, before: String) -> VoidReason? {
        let governance = input.governance(forActAt: entry.at)
        guard governance.tierOfUnit[entry.unit] != nil else { return .notOnPath }
        guard event.from.contains(before) else { return .eventNotAllowed }
        if event.needsNames, let reason = refusalOfNames(at: entry.at) { return reason }
        if let reason = refusalOfRole(event, entry, governance) { return reason }
        if let other = event.notByAuthorOf {
            let done = doneByEvent[other]?.latest(upTo: entry.at, in: input.graph) ?? []
            if done.contains(where: { input.graph.unit(at: $0) == entry.unit }) { return .sameUnitAsResolver }
        }
        return nil
    }

    private func refusalOfNames(at position: Int) -> VoidReason? {
        guard let named = input.graph.past(of: position, holding: input.operation(at: position).countedNames) else { return .unknownNames }
        let judged = named.filter { claimed.contains($0) || result.verdicts[$0] == .passed }
        let open = episodes.latest(upTo: position, in: input.graph)
        let coversAll = open.allSatisfy { episode in judged.contains { $0 == episode || input.graph.isSeen(episode, by: $0) } }
        return coversAll && !judged.isEmpty ? nil : .unknownNames
    }

    private mutating func refusalOfRole(_ event: Workflow.Event, _ entry: FieldInput.Entry, _ governance: Governance) -> VoidReason? {
        let names = event.by.compactMap { role in if case .holder(let name) = role { name } else { nil } }
        let roles = WorkflowRoles(governance: governance, holders: names.reduce(into: [:]) { $0[$1] = holder($1, at: entry.at) })
        return roles.refusal(of: entry.unit, event)
    }

    /// Who held the named field in the causal past of `position`.
    private mutating func holder(_ name: String, at position: Int) -> UnitID? {
        guard let spec = input.table.field(named: name), spec.rule == .holder || spec.rule == .authority, var past = others[spec.number] else { return nil }
        past.entries = past.entries.filter { input.graph.isSeen($0.at, by: position) }
        let key = past.entries.map(\.at)
        if let known = holders[name], known.key == key { return known.unit }
        let unit = AuthorityEvaluator(past).evaluated().outcome.value?.text.flatMap { try? UnitID(checking: $0) }
        holders[name] = (key, unit)
        return unit
    }
}
