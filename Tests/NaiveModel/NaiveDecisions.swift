import TiaokuaiModel

extension NaiveField {
    /// "A decision naming the claims that it decides, by the lowest government above all their units that lodged none of
    /// them (R's own included), or by a higher one. It cites its ground. It reaches neither statistical indicators nor
    /// vertical units' records." What is void among the names is passed over; what the author had not seen is not named.
    func isDecision(_ operation: NaiveOperation) -> Bool {
        let governance = record.governance(ofAct: operation)
        guard operation.words[spec.number]?.value != nil, operation.cites(.ground), governance.statistics.isEmpty, !governance.isVertical,
            let tier = governance.tier(ofGovernment: operation.unit), operation.names.allSatisfy({ history.isBefore($0, operation.id) }),
            !isInItsOwnCause(operation)
        else { return false }
        let named = operation.names.filter(said.contains).compactMap(record.operation)
        let decisions = named.filter(isDecision)
        let claims = named.filter { isClaim($0) || isAcceptance($0) }
        return !(decisions.isEmpty && claims.isEmpty)
            && claims.allSatisfy { claim in governance.onPath[claim.unit].map { $0 <= tier } ?? false }
            && decisions.allSatisfy { $0.unit == operation.unit || isAbove(operation, $0.unit) }
    }

    /// "That lodged none of them": not one that it names, and not one that it leaves unnamed, if that still stood when it
    /// decided or was lodged beside the decision by another of its machines.
    func isInItsOwnCause(_ decision: NaiveOperation) -> Bool {
        let own = said.filter { id in record.operation(id).map { $0.unit == decision.unit && $0.names.isEmpty && isSeated($0.unit) } ?? false }
        let before = own.filter { history.isBefore($0, decision.id) }
        return own.intersection(decision.names).contains { word($0)?.value != nil }
            || !history.standing(before, spec.number).isEmpty
            || own.contains { history.areParallel($0, decision.id) && word($0)?.value != nil }
    }

    /// Whether an act is that of a government above a unit's, by the version that the act cites.
    func isAbove(_ act: NaiveOperation, _ government: UnitID) -> Bool {
        let governance = record.governance(ofAct: act)
        guard let above = governance.tier(ofGovernment: act.unit), let below = governance.tier(ofGovernment: government) else { return false }
        return above > below
    }

    /// The decision in force; nil where none is. Of parallel ones the highest government's; of one government's, as for
    /// any unit that forked, but never one that a higher government has ended.
    func decisionInForce(_ words: NaiveWords) -> NaiveDecision? {
        let standing = words.decisions.filter { !isEnded($0, words) }
        func tier(_ id: OperationID) -> Int { record.operation(id).flatMap { record.governance(ofAct: $0).tier(ofGovernment: $0.unit) } ?? -1 }
        guard let highest = standing.map(tier).max() else { return nil }
        let inForce = standing.filter { tier($0) == highest }
        guard let author = inForce.first.flatMap(history.unit) else { return nil }
        var decision = NaiveDecision(author: author, tier: highest, value: nil, standing: inForce, inUse: inForce)
        let values = Set(inForce.compactMap { word($0)?.value })
        if values.count == 1 {
            decision.value = values.first
        } else if let before = history.lastClear(words.decisions.union(words.endings).filter { history.unit($0) == author }),
            let value = word(before)?.value, !isEndedFromAbove(before, words)
        {
            decision.value = value
            decision.inUse = [before]
        }
        return decision
    }

    /// "Holds until its author or a higher one replaces or withdraws it." Any later word of its author replaces it.
    private func isEnded(_ decision: OperationID, _ words: NaiveWords) -> Bool {
        isEndedFromAbove(decision, words)
            || words.decisions.union(words.claims).union(words.endings).contains { later in
                history.isBefore(decision, later) && history.unit(later) == history.unit(decision)
            }
    }

    private func isEndedFromAbove(_ decision: OperationID, _ words: NaiveWords) -> Bool {
        guard let author = history.unit(decision) else { return true }
        return words.decisions.union(words.endings).compactMap(record.operation).contains { later in
            history.isBefore(decision, later.id) && isAbove(later, author) && (words.decisions.contains(later.id) || later.names.contains(decision))
        }
    }

    /// "A later claim that cites a new fact only opens a dispute on the decider's agenda": one that says something else, by
    /// a unit that the decision binds. It is later than what is in use.
    func isReopened(against decided: NaiveDecision, by standing: Set<OperationID>) -> Bool {
        guard let value = decided.value else { return false }
        return standing.contains { claim in
            record.operation(claim)?.cites(.newFact) ?? false && word(claim) != .says(value) && !isBeyond(decided, claim)
                && decided.inUse.contains { history.isBefore($0, claim) }
        }
    }

    /// A decision is "by the lowest government above all their units" and binds downward; a claim from further up is not
    /// its to decide.
    private func isBeyond(_ decided: NaiveDecision, _ claim: OperationID) -> Bool {
        history.unit(claim).flatMap { governing.onPath[$0] }.map { $0 > decided.tier } ?? true
    }

    /// What is decided is "one side, with its best rank", that of a government, "against the next tier's claims under that
    /// tier's mode, up to the root".
    func settle(_ decided: NaiveDecision, _ words: NaiveWords, into outcome: inout NaiveOutcome) {
        let counting = counting(words.claims)
        let further = counting.filter { isBeyond(decided, $0) }
        let sides = sides(of: further, among: counting, above: decided)
        let values = sides.winners.map { $0 == decided.author ? decided.value : voice(of: $0, among: counting).value }
        if values.count == 1 || (!values.contains(nil) && Set(values).count == 1) {
            outcome.value = values[0]
        } else {
            outcome.value = lastAgreed(words.claims, words.acceptances)
        }
        let atOdds = Set(further.compactMap(history.unit)).union([decided.author]).subtracting(sides.objecting)
        outcome.isDisputed = record.differ(atOdds, further.union(decided.standing), spec) || isReopened(against: decided, by: outcome.standing)
    }
}

/// What a government has decided and nobody has ended.
struct NaiveDecision {
    let author: UnitID
    let tier: Int
    /// Nil where its machines decided apart and nothing before them can be used.
    var value: Value?
    let standing: Set<OperationID>
    /// Those that say the value.
    var inUse: Set<OperationID>
}
