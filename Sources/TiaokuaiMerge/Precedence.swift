import TiaokuaiModel

/// What a number of voices comes to: who leads, and who was outranked where.
struct Ranking {
    struct Outranked {
        let voice: UnitVoice
        let tier: Int
        let mode: ResponsibilityMode
        /// A cooperating unit's other value where no mode is stated: an objection, not a dispute.
        let isObjection: Bool
    }

    /// Of equal rank, above all others; empty when nobody spoke.
    var leading: [UnitVoice] = []
    var outranked: [Outranked] = []
    /// Voices that have no part in the ranking: a determination without a report, an assignee's acceptance.
    var beside: [UnitVoice] = []
    /// The leading voice is that of the statistics unit 谁主管谁统计.
    var isByStatistics = false

    /// The value that the leading voices share; nil when they differ or one of them has none.
    func value(_ equality: ContentEquality) -> Value? {
        let values = leading.compactMap(\.value)
        return values.count == leading.count && equality.areAllEqual(values) ? values.first : nil
    }
}

/// Precedence by mode, settled from the inside out.
///
/// The claims of the lowest tier are ranked by its mode; what stands is one side, with its best rank, against the next
/// tier's claims under that tier's mode, up to the root. A side that is undecided stays one: it falls to a higher rank as
/// a whole, and among equals it makes them undecided. Since a lead always outranks a cooperating unit and the ranks of
/// line and government inside a side do not differ against a higher tier, the side's best rank is: has a lead, or has not.
struct Precedence {
    let governance: Governance
    /// Of every unit that spoke.
    let seats: [UnitID: Seat]

    /// The same with a unit that decided as the government of a tier: its decision is what stands there and below.
    func seating(_ decider: UnitID, asGovernmentOf tier: Int) -> Precedence {
        var seats = seats
        seats[decider] = Seat(tier: tier, isGovernment: true, isLine: false, statistics: nil)
        return Precedence(governance: governance, seats: seats)
    }

    /// - Parameter isFigure: a determination from above counts only beside a report (not for `holder` fields).
    func ranking(of voices: [UnitVoice], isFigure: Bool) -> Ranking {
        var ranking = Ranking()
        var seated: [(voice: UnitVoice, seat: Seat)] = []
        let hasReport = voices.contains { governance.reporters.contains($0.unit) }
        for voice in voices {
            guard let seat = seats[voice.unit] else {
                ranking.beside.append(voice)
                continue
            }
            let isDetermination = seat.tier > 0 && !governance.reporters.contains(voice.unit)
            if isFigure, isDetermination, !hasReport, !governance.reporters.isEmpty {
                ranking.beside.append(voice)
            } else {
                seated.append((voice, seat))
            }
        }
        let official = seated.filter { $0.seat.statistics != nil }.min { ($0.seat.statistics ?? 0) < ($1.seat.statistics ?? 0) }
        if let official {
            ranking.leading = [official.voice]
            ranking.isByStatistics = true
            for (voice, seat) in seated where voice.unit != official.voice.unit {
                ranking.outranked.append(.init(voice: voice, tier: seat.tier, mode: .unspecified, isObjection: false))
            }
            return ranking
        }
        climb(seated, &ranking)
        return ranking
    }

    private func climb(_ seated: [(voice: UnitVoice, seat: Seat)], _ ranking: inout Ranking) {
        var sideHasLead = false
        for (tier, step) in governance.tiers.enumerated() {
            let here = seated.filter { $0.seat.tier == tier }
            let side = ranking.leading
            if here.isEmpty { continue }
            let mode = governance.isVertical ? .lineFirst : step.mode
            let government = here.filter { $0.seat.isGovernment && !(mode == .lineFirst && $0.seat.isLine) }.map(\.voice)
            let line = here.filter { $0.seat.isLine && !(mode != .lineFirst && $0.seat.isGovernment) }.map(\.voice)
            let cooperating = here.filter { !$0.seat.isLead }.map(\.voice)
            let inner = sideHasLead ? side : []
            let last = cooperating + (sideHasLead ? [] : side)
            let ranks: [[UnitVoice]] =
                switch mode {
                case .lineFirst: [line, inner + government, last]
                case .blockFirst: [inner + government, line, last]
                case .unspecified: [inner + government + line, last]
                }
            guard let best = ranks.firstIndex(where: { !$0.isEmpty }) else { continue }
            ranking.leading = ranks[best]
            for (rank, voices) in ranks.enumerated() where rank > best {
                let isObjection = mode == .unspecified
                ranking.outranked += voices.map { .init(voice: $0, tier: tier, mode: mode, isObjection: isObjection) }
            }
            sideHasLead = best < ranks.count - 1
        }
    }
}
