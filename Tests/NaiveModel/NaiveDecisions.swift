import TiaokuaiModel

/// What was said of an `authority` or `holder` field, by what it is.
struct NaiveWords {
    /// Claims and withdrawals of units that have authority.
    var claims: Set<OperationID> = []
    /// The assignee of a holder field says that it is the holder, without other authority.
    var acceptances: Set<OperationID> = []
    var decisions: Set<OperationID> = []
    /// Words that end decisions and are none: the decider's withdrawal, or that of a government above it.
    var endings: Set<OperationID> = []
    var void: Set<OperationID> = []
}

extension NaiveRecord {
    /// An operation that names claims and gives a value decides them; one that names claims and gives none withdraws a
    /// decision (or its own words); one that names nothing is a claim or its withdrawal.
    func sortWords(_ spec: FieldSpec, within held: Set<OperationID>) -> NaiveWords {
        var words = NaiveWords()
        let said = said(of: spec.number, within: held)
        words.decisions = said.filter { operation($0).map { isDecision($0, spec) } ?? false }
        for id in said.subtracting(words.decisions) {
            guard let operation = operation(id), let word = operation.words[spec.number] else { continue }
            let isAdmitted = isSeated(operation.unit)
            let isSelf = spec.rule == .holder && word.value == .text(operation.unit.text)
            if governing.onPath[operation.unit] == nil {
                words.void.insert(id)
            } else if word == .withdraws {
                let endsDecision = endsDecision(operation, among: words.decisions, spec)
                if endsDecision { words.endings.insert(id) }
                let endsOwn = endsDecision && operation.names.allSatisfy { history.unit($0) == operation.unit }
                if isAdmitted && (operation.names.isEmpty || endsOwn) {
                    words.claims.insert(id)
                } else if operation.names.isEmpty && hasAccepted(operation, spec) {
                    words.acceptances.insert(id)
                } else if !endsDecision {
                    words.void.insert(id)
                }
            } else if isSelf, !isAdmitted, operation.names.isEmpty {
                if isAssigned(operation, spec) { words.acceptances.insert(id) } else { words.void.insert(id) }
            } else if operation.names.isEmpty && isAdmitted {
                words.claims.insert(id)
            } else {
                words.void.insert(id)
            }
        }
        return words
    }

    /// "Claims are weighed by the version that governs the record."
    func isSeated(_ unit: UnitID) -> Bool { governing.standing(of: unit) != nil || governing.statistics.contains(unit) }

    /// Somebody with authority had assigned the unit, by claim or decision, and it knew. An acceptance is an act.
    private func isAssigned(_ operation: NaiveOperation, _ spec: FieldSpec) -> Bool {
        said(of: spec.number, within: history.past[operation.id] ?? []).compactMap(self.operation).contains { earlier in
            earlier.unit != operation.unit && earlier.words[spec.number] == operation.words[spec.number]
                && (isDecision(earlier, spec) || earlier.names.isEmpty && isSeated(earlier.unit))
        }
    }

    /// Only what was accepted can be given back.
    private func hasAccepted(_ operation: NaiveOperation, _ spec: FieldSpec) -> Bool {
        guard spec.rule == .holder else { return false }
        return said(of: spec.number, within: history.past[operation.id] ?? []).compactMap(self.operation).contains {
            $0.unit == operation.unit && $0.words[spec.number] == .says(.text($0.unit.text)) && isAssigned($0, spec)
        }
    }

    /// "A decision naming the claims that it decides, by the lowest government above all their units that lodged none of
    /// them (R's own included), or by a higher one. It cites its ground. It reaches neither statistical indicators nor
    /// vertical units' records."
    private func isDecision(_ operation: NaiveOperation, _ spec: FieldSpec) -> Bool {
        let governance = governance(ofAct: operation)
        guard operation.words[spec.number]?.value != nil, !operation.names.isEmpty, operation.cites(.ground),
            governance.statistics.isEmpty, !governance.isVertical,
            let tier = governance.tiers.firstIndex(where: { $0.government == operation.unit })
        else { return false }
        guard operation.names.allSatisfy({ history.isBefore($0, operation.id) }), !isInItsOwnCause(operation, spec) else { return false }
        let claims = operation.names.compactMap(self.operation).filter { isClaim($0, spec) || isDecision($0, spec) }
        return !claims.isEmpty
            && claims.allSatisfy { claim in
                guard let place = governance.onPath[claim.unit] else { return false }
                return isDecision(claim, spec) ? place < tier || claim.unit == operation.unit : place <= tier && claim.unit != operation.unit
            }
    }

    /// "That lodged none of them": not those it names, and not one that it leaves unnamed either, still standing when it
    /// decided or lodged beside the decision by another of its machines.
    private func isInItsOwnCause(_ decision: NaiveOperation, _ spec: FieldSpec) -> Bool {
        let own = said(of: spec.number).filter { id in
            operation(id).map { $0.unit == decision.unit && $0.names.isEmpty && isSeated($0.unit) } ?? false
        }
        let past = history.past[decision.id] ?? []
        return !history.standing(own.intersection(past), spec.number).isEmpty
            || own.contains { history.areParallel($0, decision.id) && history.word($0, spec.number)?.value != nil }
    }

    /// What can be decided: a claim or an acceptance that is not void. Void ones among the names are passed over.
    private func isClaim(_ operation: NaiveOperation, _ spec: FieldSpec) -> Bool {
        guard !isVoidAlone(operation, spec.number), operation.words[spec.number]?.value != nil, operation.names.isEmpty else { return false }
        if isSeated(operation.unit) { return true }
        return spec.rule == .holder && operation.words[spec.number] == .says(.text(operation.unit.text)) && isAssigned(operation, spec)
    }

    /// A withdrawal that names nothing takes back whatever its unit said; one that names decisions ends these.
    private func endsDecision(_ operation: NaiveOperation, among decisions: Set<OperationID>, _ spec: FieldSpec) -> Bool {
        operation.names.isEmpty
            ? decisions.contains { isEnded($0, by: operation) && history.unit($0) == operation.unit }
            : operation.names.allSatisfy { decisions.contains($0) && isEnded($0, by: operation) } && !isInItsOwnCause(operation, spec)
    }

    /// "Holds until its author or a higher one replaces or withdraws it."
    private func isEnded(_ decision: OperationID, by later: NaiveOperation) -> Bool {
        guard history.isBefore(decision, later.id), let author = history.unit(decision) else { return false }
        if later.unit == author { return true }
        let governance = governance(ofAct: later)
        guard let above = governance.tiers.firstIndex(where: { $0.government == later.unit }),
            let below = governance.tiers.firstIndex(where: { $0.government == author })
        else { return false }
        return above > below
    }

    /// The decision in force, with its value; nil where none is. A parallel pair: the higher; of one author, as a fork.
    func settleDecisions(_ words: NaiveWords, _ spec: FieldSpec) -> (value: Value?, inForce: Set<OperationID>)? {
        let inForce = words.decisions.filter { decision in
            !words.decisions.union(words.claims).contains { later in operation(later).map { isEnded(decision, by: $0) } ?? false }
                && !words.endings.contains { later in
                    guard let ending = operation(later), isEnded(decision, by: ending) else { return false }
                    return ending.names.contains(decision) || ending.unit == history.unit(decision)
                }
        }
        func tier(_ id: OperationID) -> Int {
            operation(id).map { act in governance(ofAct: act).tiers.firstIndex { $0.government == act.unit } ?? -1 } ?? -1
        }
        guard let highest = inForce.map(tier).max() else { return nil }
        let top = inForce.filter { tier($0) == highest }
        let values = Set(top.compactMap { history.word($0, spec.number)?.value })
        if values.count == 1 { return (values.first, top) }
        guard let author = top.first.flatMap(history.unit) else { return (nil, top) }
        let own = words.decisions.union(words.endings).filter { history.unit($0) == author }
        return (history.voice(of: author, among: own, spec.number, .exact).value, top)
    }

    /// "A later claim that cites a new fact only opens a dispute on the decider's agenda."
    func isReopened(against decisions: Set<OperationID>, by standing: Set<OperationID>, _ spec: FieldSpec) -> Bool {
        standing.contains { claim in
            operation(claim)?.cites(.newFact) ?? false
                && decisions.contains { history.isBefore($0, claim) && history.word($0, spec.number) != history.word(claim, spec.number) }
        }
    }
}
