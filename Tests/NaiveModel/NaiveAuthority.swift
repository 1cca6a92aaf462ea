import TiaokuaiModel

/// Why a unit's claim counts under `authority`.
enum NaiveStanding: Hashable {
    case line(tier: Int)
    /// The government of the record's place; those above it decide, they do not claim.
    case government
    case cooperating
}

/// A smaller rank goes first.
typealias NaiveRank = [Int]

extension NaiveGovernance {
    /// "Vertical units: requests only": they "answer to their line alone", whatever the mode of the place.
    func standing(of unit: UnitID) -> NaiveStanding? {
        for (index, tier) in tiers.enumerated().reversed() where tier.lineUnits.contains(unit) { return .line(tier: index) }
        if isVertical { return nil }
        if tiers[0].government == unit { return .government }
        return tiers.contains { $0.cooperating.contains(unit) } ? .cooperating : nil
    }

    /// "By mode", word for word.
    func rank(_ standing: NaiveStanding, under mode: ResponsibilityMode) -> NaiveRank {
        switch (isVertical ? .lineFirst : mode, standing) {
        // Units of L, highest tier first; then the government of R; then cooperating units.
        case (.lineFirst, .line(let tier)): [0, -tier]
        case (.lineFirst, .government): [1, 0]
        case (.lineFirst, .cooperating): [2, 0]
        // The government of R; then R's own unit of L; then L's superiors, nearest first; then cooperating units.
        case (.blockFirst, .government): [0, 0]
        case (.blockFirst, .line(let tier)): [1, tier]
        case (.blockFirst, .cooperating): [2, 0]
        // No winner among leads, units of L and the government of R.
        case (.unspecified, .line), (.unspecified, .government): [0, 0]
        case (.unspecified, .cooperating): [1, 0]
        }
    }
}

/// Who wins by mode among units that have a voice.
struct NaiveSides {
    /// The units that nothing outranks.
    var winners: Set<UnitID> = []
    /// Cooperating units that lost where no mode is stated: their other value is an objection, not a dispute.
    var objecting: Set<UnitID> = []
}

extension NaiveRecord {
    func settleAuthority(_ spec: FieldSpec, within held: Set<OperationID>) -> (NaiveOutcome, void: Set<OperationID>) {
        let field = spec.number
        let words = sortWords(spec, within: held)
        let admitted = words.claims
        let acceptances = words.acceptances
        var outcome = NaiveOutcome()
        outcome.standing = history.standingOrInUse(admitted.union(acceptances), field, .exact)

        let sides = sidesByMode(of: admitted, spec)
        outcome.unbeaten = sides.winners
        if let decided = settleDecisions(words, spec) {
            outcome.value = decided.value
            outcome.isDisputed = isReopened(against: decided.inForce, by: outcome.standing, spec)
            return (outcome, words.void)
        }
        let official = officialUnit(admitted, spec)
        let counting = counting(admitted, spec)
        outcome.isDisputed = differ(Set(counting.compactMap(history.unit)).subtracting(official == nil ? sides.objecting : []), counting, spec)

        if let official {
            outcome.value = history.voice(of: official, among: counting, field, .exact).value
        } else {
            let voices = sides.winners.map { history.voice(of: $0, among: admitted, field, .exact) }
            let values = voices.compactMap(\.value)
            if voices.count == 1 || (values.count == voices.count && NaiveEquality.exact.allEqual(values)) {
                outcome.value = values.first
            } else if voices.count > 1 {
                outcome.value = lastAgreed(claims: admitted, acceptances: acceptances, spec)
            }
        }
        return (outcome, words.void)
    }

    /// "Standing claims that differ are a dispute: listed, never silent": of different units, since a unit that differs with
    /// itself waits for itself.
    func differ(_ units: Set<UnitID>, _ claims: Set<OperationID>, _ spec: FieldSpec) -> Bool {
        let standing = history.standing(claims, spec.number).filter { history.unit($0).map(units.contains) ?? false }
        return standing.contains { one in
            standing.contains { other in
                guard history.unit(one) != history.unit(other), let left = history.word(one, spec.number)?.value,
                    let right = history.word(other, spec.number)?.value
                else { return false }
                return !NaiveEquality(spec.rule).areEqual(left, right)
            }
        }
    }

    /// "Statistics unit of R, then upward: 谁主管谁统计": the first that has a voice; nil where none has.
    func officialUnit(_ admitted: Set<OperationID>, _ spec: FieldSpec) -> UnitID? {
        let counting = counting(admitted, spec)
        return governing.statistics.first { !history.voice(of: $0, among: counting, spec.number, .exact).isSilent }
    }

    /// "A determination counts for the working figure only beside a report": a claim from above, beside a standing claim of
    /// a unit that answers for the record. Where nobody answers for it there is no such condition.
    func counting(_ admitted: Set<OperationID>, _ spec: FieldSpec) -> Set<OperationID> {
        guard spec.rule == .authority, !governing.reporters.isEmpty else { return admitted }
        let isReported = history.standing(admitted, spec.number).contains { history.unit($0).map(governing.reporters.contains) ?? false }
        return isReported ? admitted : admitted.filter { history.unit($0).map { governing.onPath[$0] == 0 } ?? false }
    }

    /// "Settle from the inside out: the claims of the lowest tier by its mode; what stands is one side, with its best rank,
    /// against the next tier's claims under that tier's mode, up to the root."
    func sidesByMode(of admitted: Set<OperationID>, _ spec: FieldSpec) -> NaiveSides {
        let counting = counting(admitted, spec)
        let speakers = Set(counting.compactMap(history.unit)).filter {
            !history.voice(of: $0, among: counting, spec.number, .exact).isSilent
        }
        var sides = NaiveSides()
        for (index, tier) in governing.tiers.enumerated() {
            let entrants = speakers.filter { governing.onPath[$0] == index && governing.standing(of: $0) != nil }
            func rank(_ unit: UnitID) -> NaiveRank { governing.standing(of: unit).map { governing.rank($0, under: tier.mode) } ?? [] }
            let side = sides.winners
            let sideRank = side.map(rank).min(by: isBefore)
            guard let best = (entrants.map(rank) + [sideRank].compactMap(\.self)).min(by: isBefore) else { continue }
            let kept = sideRank == best ? side : []
            let winners = kept.union(entrants.filter { rank($0) == best })
            if tier.mode == .unspecified {
                sides.objecting.formUnion(entrants.union(side).subtracting(winners).filter { governing.standing(of: $0) == .cooperating })
            }
            sides.winners = winners
        }
        return sides
    }

    private func isBefore(_ one: NaiveRank, _ other: NaiveRank) -> Bool { one.lexicographicallyPrecedes(other) }
}
