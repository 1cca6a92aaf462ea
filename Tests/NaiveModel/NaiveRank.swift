import TiaokuaiModel

/// Why a unit's claim counts under `authority`.
enum NaiveSeat: Hashable {
    case line(tier: Int)
    /// The government of the record's place; those above it decide, they do not claim.
    case government
    case cooperating
}

/// A smaller rank goes first.
typealias NaiveRank = [Int]

extension NaiveGovernance {
    /// "Vertical units: requests only": they "answer to their line alone", whatever the mode of the place.
    func seat(of unit: UnitID) -> NaiveSeat? {
        for (index, tier) in tiers.enumerated().reversed() where tier.lineUnits.contains(unit) { return .line(tier: index) }
        if isVertical { return nil }
        if tiers[0].government == unit { return .government }
        return tiers.contains { $0.cooperating.contains(unit) } ? .cooperating : nil
    }

    /// "By mode", word for word.
    func rank(_ seat: NaiveSeat, under mode: ResponsibilityMode) -> NaiveRank {
        switch (isVertical ? .lineFirst : mode, seat) {
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

    func tier(ofGovernment unit: UnitID) -> Int? { tiers.firstIndex { $0.government == unit } }
}

/// Who wins by mode among units that have a voice.
struct NaiveSides {
    /// The units that nothing outranks.
    var winners: Set<UnitID> = []
    /// Cooperating units that lost where no mode is stated: their other value is an objection, not a dispute.
    var objecting: Set<UnitID> = []
}

extension NaiveField {
    /// "Settle from the inside out: the claims of the lowest tier by its mode; what stands is one side, with its best rank,
    /// against the next tier's claims under that tier's mode, up to the root."
    func sides(of claims: Set<OperationID>) -> NaiveSides {
        let counting = counting(claims)
        return sides(of: counting, among: counting, above: nil)
    }

    /// The same for some of the claims that count, from the tiers above a decision, which stands for all below.
    func sides(of claims: Set<OperationID>, among counting: Set<OperationID>, above decided: NaiveDecision?) -> NaiveSides {
        let speakers = Set(claims.compactMap(history.unit)).filter { !voice(of: $0, among: counting).isSilent }
        var sides = NaiveSides()
        if let decided { sides.winners = [decided.author] }
        for (index, tier) in governing.tiers.enumerated() where index > decided?.tier ?? -1 {
            let entrants = speakers.filter { governing.onPath[$0] == index && governing.seat(of: $0) != nil }
            func rank(_ unit: UnitID) -> NaiveRank {
                let seat = unit == decided?.author ? .government : governing.seat(of: unit)
                return seat.map { governing.rank($0, under: tier.mode) } ?? []
            }
            let side = sides.winners
            let sideRank = side.map(rank).min(by: goesBefore)
            guard let best = (entrants.map(rank) + [sideRank].compactMap(\.self)).min(by: goesBefore) else { continue }
            let kept = sideRank == best ? side : []
            sides.winners = kept.union(entrants.filter { rank($0) == best })
            if tier.mode == .unspecified {
                let losers = entrants.union(side).subtracting(sides.winners)
                sides.objecting.formUnion(losers.filter { governing.seat(of: $0) == .cooperating })
            }
        }
        return sides
    }

    private func goesBefore(_ one: NaiveRank, _ other: NaiveRank) -> Bool { one.lexicographicallyPrecedes(other) }

    /// "A determination counts for the working figure only beside a report": a claim from above, beside a standing claim of
    /// a unit that answers for the record. Where nobody answers for it there is no such condition.
    func counting(_ claims: Set<OperationID>) -> Set<OperationID> {
        guard spec.rule == .authority, !governing.reporters.isEmpty else { return claims }
        let isReported = history.standing(claims, spec.number).contains { history.unit($0).map(governing.reporters.contains) ?? false }
        return isReported ? claims : claims.filter { history.unit($0).map { governing.onPath[$0] == 0 } ?? false }
    }

    /// "Statistics unit of R, then upward: 谁主管谁统计": the first that has a voice; nil where none has.
    func officialUnit(_ claims: Set<OperationID>) -> UnitID? {
        let counting = counting(claims)
        return governing.statistics.first { !voice(of: $0, among: counting).isSilent }
    }
}
