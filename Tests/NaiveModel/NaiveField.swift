import TiaokuaiModel

/// An `authority` or `holder` field, as far as a set of operations goes.
struct NaiveField {
    let record: NaiveRecord
    let spec: FieldSpec
    /// Everything said of the field within that set, not void from the operation alone.
    let said: Set<OperationID>
    /// "Vertical units: requests only": what names one of them as holder, and is not its line's to say.
    let requests: Set<OperationID>

    init(_ record: NaiveRecord, _ spec: FieldSpec, within held: Set<OperationID>) {
        self.record = record
        self.spec = spec
        let all = record.said(of: spec.number, within: held)
        requests = spec.rule == .holder ? all.filter { record.isRequest($0, spec.number) } : []
        said = all.subtracting(requests)
    }

    var history: NaiveHistory { record.history }
    /// "Claims are weighed by the version that governs the record."
    var governing: NaiveGovernance { record.governing }

    func word(_ id: OperationID) -> NaiveWord? { history.word(id, spec.number) }

    func voice(of unit: UnitID, among claims: Set<OperationID>) -> NaiveVoice {
        history.voice(of: unit, among: claims, spec.number, .exact)
    }

    func settle() -> (NaiveOutcome, void: Set<OperationID>) {
        let words = sorted()
        let claims = words.claims
        var outcome = NaiveOutcome()
        outcome.standing = history.standingOrInUse(claims.union(words.acceptances), spec.number, .exact)

        // 1. A decision.
        if let decided = decisionInForce(words) {
            settle(decided, words, into: &outcome)
            return (outcome, words.void.union(requests))
        }
        // 2. By mode, statistics first.
        let sides = sides(of: claims)
        let official = officialUnit(claims)
        let counting = counting(claims)
        let atOdds = Set(counting.compactMap(history.unit)).subtracting(official == nil ? sides.objecting : [])
        outcome.isDisputed = record.differ(atOdds, counting, spec)

        let winners = official.map { [$0] } ?? sides.winners
        let values = winners.map { voice(of: $0, among: counting).value }
        if values.count == 1 {
            outcome.value = values[0]
        } else if !values.contains(nil), Set(values).count == 1 {
            // "Equal claims agree."
            outcome.value = values[0]
        } else if !values.isEmpty {
            outcome.value = lastAgreed(claims, words.acceptances)
        }
        return (outcome, words.void.union(requests))
    }
}

extension NaiveRecord {
    /// The holder is a unit, or a post `unit:post`.
    fileprivate func isRequest(_ id: OperationID, _ field: FieldNumber) -> Bool {
        guard let operation = operation(id), let text = operation.words[field]?.value?.text else { return false }
        let vertical = governing.assigners.first { text == $0.key.text || text.hasPrefix($0.key.text + ":") }
        return vertical.map { !$0.value.contains(operation.unit) } ?? false
    }
}
