import TiaokuaiModel

/// Sorts the operations on a field under precedence into claims, withdrawals, decisions and what is void, one after
/// another in causal order, so that each finds what lies in its past already sorted.
///
/// - A claim (no `names`) needs a seat. A withdrawal needs an earlier word of its unit, or a seat.
/// - On a `holder` field a unit without a seat may accept: claim itself, where an admitted claim in its past says so.
/// - On a `holder` field a vertically managed unit, or a post of it, is named by units of its own line alone: others ask (R17).
/// - A decision 裁定 (`names` not empty, a value) needs the accompanying `ground`, names claims or decisions on this field
///   in its own past, and is made by a government at or above the tiers of all whose claims it names, and above the author
///   of any other's decision that it names.
/// - It is void (`deciderLodged`) when its unit has lodged one of the claims named, has a claim of its own standing in
///   the decision's past, or has one parallel to it: nobody decides in its own cause by leaving its claim unnamed.
/// - A government withdraws its own decision with a withdrawal; a higher one annuls it with an operation without a
///   value that names it, with a ground.
/// - A decision replaces those of lower governments that it had seen, named or not; they stay replaced when it is withdrawn.
/// - A plain later claim of the deciding unit replaces its decision, like any word of its own.
struct AuthorityWords {
    private let input: FieldInput
    private let seats: [UnitID: Seat]
    private(set) var voices: UnitVoices
    /// Positions of valid decisions, ascending.
    private(set) var decisions: [Int] = []
    private var decisionsOfUnit: [UnitID: [Int]] = [:]
    /// Positions of valid claims and withdrawals, ascending.
    private(set) var claims: [Int] = []
    private(set) var void: [Int: VoidReason] = [:]
    private(set) var flags: [Int: Flag] = [:]
    /// Operations that annul other units' decisions and have no other effect.
    private(set) var annulments: [Int] = []
    /// Of each unit, its plain claims; filled when somebody decides.
    private var plainClaims: [UnitID: [Int]]?

    init(_ input: FieldInput, seats: [UnitID: Seat]) {
        self.input = input
        self.seats = seats
        voices = UnitVoices(graph: input.graph, equality: input.equality)
        for entry in input.entries {
            let isAct = !input.operation(at: entry.at).names.isEmpty
            let reason = assignsBeyondItsLine(entry) ? .verticalUnit : isAct ? decide(entry) : claim(entry)
            if let reason { void[entry.at] = reason }
        }
        voices.close()
    }

    /// A post is named as `unit:post`.
    private func assignsBeyondItsLine(_ entry: FieldInput.Entry) -> Bool {
        guard input.spec.rule == .holder, !input.governance.assigners.isEmpty, let name = entry.value?.text?.prefix(while: { $0 != ":" }),
            let named = try? UnitID(checking: String(name)), let assigners = input.governance.assigners[named]
        else { return false }
        return !assigners.contains(entry.unit)
    }

    private mutating func claim(_ entry: FieldInput.Entry) -> VoidReason? {
        guard input.governance.tierOfUnit[entry.unit] != nil else { return .notOnPath }
        if seats[entry.unit] == nil {
            if entry.value == nil {
                let hasSpoken = voices.words(of: entry.unit).contains { input.graph.isSeen($0, by: entry.at) }
                if !hasSpoken { return refusal(of: entry.unit) }
            } else if input.spec.rule == .holder, entry.value == .text(entry.unit.text) {
                guard isAssigned(entry) else { return .notHolder }
                flags[entry.at] = input.flag(forActAt: entry.at)
            } else {
                return refusal(of: entry.unit)
            }
        }
        voices.append(entry.value, by: entry.unit, at: entry.at)
        claims.append(entry.at)
        return nil
    }

    private func refusal(of unit: UnitID) -> VoidReason {
        let governance = input.governance
        let hasBlockSeat = governance.tiers.contains { $0.cooperating.contains(unit) } || governance.tiers.first?.government == unit
        return governance.isVertical && hasBlockSeat ? .verticalUnit : .notAdmitted
    }

    /// True when another unit's valid word in the past of the entry names the same holder.
    private func isAssigned(_ entry: FieldInput.Entry) -> Bool {
        func names(_ position: Int) -> Bool {
            input.graph.unit(at: position) != entry.unit && input.graph.isSeen(position, by: entry.at) && voices.values[position] == entry.value
        }
        return claims.contains(where: names) || decisions.contains(where: names)
    }

    private mutating func decide(_ entry: FieldInput.Entry) -> VoidReason? {
        let operation = input.operation(at: entry.at)
        let governance = input.governance(forActAt: entry.at)
        guard operation.says(.ground) else { return .noGround }
        guard governance.tierOfUnit[entry.unit] != nil, input.governance.tierOfUnit[entry.unit] != nil else { return .notOnPath }
        guard governance.statistics.isEmpty, input.governance.statistics.isEmpty else { return .statisticsDecide }
        guard !governance.isVertical, !input.governance.isVertical else { return .verticalUnit }
        guard let named = input.graph.past(of: entry.at, holding: operation.countedNames) else { return .unknownNames }
        let namedDecisions = named.filter { voices.isDecision($0) }
        let namedClaims = named.filter { voices.values[$0] != nil && !namedDecisions.contains($0) }
        guard !namedDecisions.isEmpty || (entry.value != nil && !namedClaims.isEmpty) else { return .unknownNames }

        guard let tier = governance.tiers.lastIndex(where: { $0.government == entry.unit }) else { return .notDecider }
        func tierOf(_ unit: UnitID) -> Int { governance.tierOfUnit[unit] ?? input.governance.tierOfUnit[unit] ?? 0 }
        let own = namedClaims.contains { input.graph.unit(at: $0) == entry.unit }
        if own || hasLodged(entry) { return .deciderLodged }
        guard namedClaims.allSatisfy({ tierOf(input.graph.unit(at: $0)) <= tier }) else { return .notDecider }
        let isAbove = namedDecisions.allSatisfy { input.graph.unit(at: $0) == entry.unit || tierOf(input.graph.unit(at: $0)) < tier }
        guard isAbove else { return .notDecider }

        flags[entry.at] = input.flag(forActAt: entry.at)
        voices.append(entry.value, by: entry.unit, at: entry.at, isDecision: entry.value != nil)
        if entry.value != nil {
            for (unit, made) in decisionsOfUnit where tierOf(unit) < tier {
                for lower in made where input.graph.isSeen(lower, by: entry.at) { voices.strike(lower, by: entry.at) }
            }
            decisions.append(entry.at)
            decisionsOfUnit[entry.unit, default: []].append(entry.at)
        } else {
            annulments.append(entry.at)
            for decision in namedDecisions where input.graph.unit(at: decision) != entry.unit { voices.strike(decision, by: entry.at) }
        }
        return nil
    }

    /// True when the unit has a claim of its own that stands in the past of its decision, or one parallel to it.
    private mutating func hasLodged(_ entry: FieldInput.Entry) -> Bool {
        guard seats[entry.unit] != nil else { return false }
        if voices.standing(of: entry.unit, upTo: entry.at).contains(where: { !voices.isDecision($0) }) { return true }
        let claims =
            plainClaims
            ?? input.entries.reduce(into: [:]) { claims, other in
                if other.value != nil, input.operation(at: other.at).names.isEmpty { claims[other.unit, default: []].append(other.at) }
            }
        plainClaims = claims
        return (claims[entry.unit] ?? []).contains { input.graph.areParallel($0, entry.at) }
    }
}
