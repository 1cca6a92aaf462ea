import TiaokuaiModel

/// `authority` and its preset `holder`: by precedence 条块结合.
///
/// 1. A standing decision 裁定 is in use, of several the highest government's, unless the mode says otherwise against a unit
///    above the decider. A unit whose decisions forked keeps its rank and the field is blank until it chooses. Later claims
///    within its reach only open a dispute on the decider's agenda, and only when they cite a new fact.
/// 2. Otherwise the ranking by mode (`Precedence`): the leading voices' value if they say the same.
/// 3. Otherwise the value last agreed (`AgreedPoints`), or a blank with its reason.
struct AuthorityEvaluator {
    private let input: FieldInput
    private let precedence: Precedence
    private let words: AuthorityWords
    private let isFigure: Bool
    private var result = FieldResult()

    init(_ input: FieldInput) {
        self.input = input
        let seats = Set(input.entries.map(\.unit)).reduce(into: [UnitID: Seat]()) { $0[$1] = input.governance.seat(of: $1) }
        precedence = Precedence(governance: input.governance, seats: seats)
        words = AuthorityWords(input, seats: seats)
        isFigure = input.spec.rule == .authority
    }

    func evaluated() -> FieldResult {
        var settled = self
        settled.settle()
        return settled.result
    }

    private var voices: UnitVoices { words.voices }

    private mutating func settle() {
        for (position, reason) in words.void { result.verdicts[position] = .void(reason) }
        for (position, flag) in words.flags { result.flag(position, flag) }
        var deciding: [UnitVoice] = []
        for unit in voices.units {
            result.verdicts.merge(voices.ownVerdicts(of: unit)) { first, _ in first }
            guard let voice = voices.voice(of: unit) else { continue }
            for fork in voice.forks { result.flag(fork, .selfFork(unit)) }
            if voices.isDecision(voice) { deciding.append(voice) }
        }
        for annulment in words.annulments where result.verdicts[annulment] == .withdrawn { result.verdicts[annulment] = .passed }
        let ranking = ranking()
        if let highest = deciding.max(by: { tier($0.unit) < tier($1.unit) }) {
            apply(decision: highest, over: deciding.filter { $0.unit != highest.unit }, ranking)
        } else {
            apply(ranking)
        }
        result.outcome.standing = StandingClaims(input, voices).list(result.verdicts)
    }

    private func tier(_ unit: UnitID) -> Int { input.governance.tierOfUnit[unit] ?? 0 }

    /// What the claims that stand come to. Decisions are no voices here.
    private func ranking() -> Ranking {
        let spoken = voices.units.compactMap { voices.voice(of: $0) }.filter { !voices.isDecision($0) }
        return precedence.ranking(of: spoken, isFigure: isFigure)
    }
}

// By decision.
extension AuthorityEvaluator {
    /// A decision binds downward: it takes the place of all that units at or below its tier say. Against the claims of
    /// units above, which it could not have named, it is one side under the modes of their tiers, like what stands below.
    private mutating func apply(decision: UnitVoice, over lower: [UnitVoice], _ ranking: Ranking) {
        let reach = tier(decision.unit)
        let ranked = ranking.leading + ranking.outranked.map(\.voice)
        let above = ranked.filter { tier($0.unit) > reach }
        let joined = precedence.seating(decision.unit, asGovernmentOf: reach).ranking(of: [decision] + above, isFigure: false)
        apply(joined)
        let verdict = result.verdicts[decision.words[0]] ?? .stands
        if verdict == .stands { mark(decision, .decides) }
        if verdict == .stands || above.isEmpty {
            result.outcome.rule = .decision
            (result.outcome.decidingTier, result.outcome.mode) = (nil, nil)
        }
        let first = input.ids(decision.words)[0]
        for voice in lower { mark(voice, .overruled(by: first)) }
        for voice in (ranked + ranking.beside).filter({ tier($0.unit) <= reach }) {
            mark(voice, isEqual(voice, decision) ? verdict : .overruled(by: first))
        }
        for voice in ranking.beside.filter({ tier($0.unit) > reach }) { mark(voice, isEqual(voice, decision) ? verdict : .objection) }
        reopen(decision, by: (ranked + ranking.beside).filter { tier($0.unit) <= reach }.flatMap(\.claims))
    }

    private func isEqual(_ one: UnitVoice, _ other: UnitVoice) -> Bool {
        guard let left = one.value, let right = other.value else { return false }
        return input.equality.areEqual(left, right)
    }

    /// A later claim that says something else and cites a new fact, be it one machine's of a forked unit, puts the matter
    /// on the decider's agenda again.
    private mutating func reopen(_ decision: UnitVoice, by claims: [Int]) {
        guard let value = decision.value else { return }
        let differing = claims.filter { claim in voices.values[claim].map { !input.equality.areEqual($0, value) } ?? false }
        let isReopened = differing.contains { claim in
            input.operation(at: claim).says(.newFact) && decision.words.contains { input.graph.isSeen($0, by: claim) }
        }
        guard isReopened else { return }
        let builder = DisputeBuilder(input: input)
        let others = (result.outcome.dispute?.claims ?? []).compactMap { input.graph.position(of: $0) }
        let all = decision.words + differing + others
        let prevailing = result.outcome.dispute?.prevailing.compactMap { input.graph.position(of: $0) } ?? decision.words
        result.outcome.dispute = builder.dispute(
            all, anchors: decision.words, prevailing: prevailing, deciders: builder.deciders(differing + others).filter { tier($0) >= tier(decision.unit) },
            isReopened: true)
    }
}

// By mode and by agreement.
extension AuthorityEvaluator {
    private mutating func apply(_ ranking: Ranking) {
        guard !ranking.leading.isEmpty else {
            result.outcome.blank = ranking.beside.isEmpty || !isFigure ? .noClaim : .noReport
            for voice in ranking.beside { mark(voice, .objection) }
            return
        }
        if let value = ranking.value(input.equality) {
            decided(ranking, value)
        } else {
            undecided(ranking)
        }
    }

    private mutating func decided(_ ranking: Ranking, _ value: Value) {
        let isSame = { [equality = input.equality] (voice: UnitVoice) in voice.value.map { equality.areEqual($0, value) } == true }
        let supporters = ranking.outranked.filter { isSame($0.voice) }
        let supporting = supporters.map(\.voice)
        let overruled = ranking.outranked.filter { !isSame($0.voice) }
        let inUse = ranking.leading + supporting
        use(inUse.flatMap(\.words), rule: .agreement)
        for voice in inUse { mark(voice, .stands) }
        for voice in ranking.beside { mark(voice, isSame(voice) ? .stands : .objection) }
        let lost = markOutranked(overruled, by: ranking.leading)
        if let last = lost.max(by: { $0.tier < $1.tier }) {
            result.outcome.rule = ranking.isByStatistics ? .statistics : .mode
            result.outcome.decidingTier = ranking.isByStatistics ? nil : last.tier
            result.outcome.mode = ranking.isByStatistics ? nil : last.mode
        }
        // A cooperating unit where no mode is stated is no side, whatever its machines say apart.
        let prevailing = ranking.leading + supporters.filter { !$0.isObjection }.map(\.voice)
        let sides = prevailing + lost.map(\.voice)
        if !lost.isEmpty || (sides.count > 1 && sides.contains(where: \.isForked)) {
            dispute(sides, prevailing: prevailing)
        }
    }

    private mutating func undecided(_ ranking: Ranking) {
        for voice in ranking.leading { mark(voice, .disputed) }
        let lost = markOutranked(ranking.outranked, by: ranking.leading)
        for voice in ranking.beside { mark(voice, .objection) }
        let sides = ranking.leading + lost.map(\.voice)
        let points = sides.count > 1 ? dispute(sides, prevailing: []) : nil
        if ranking.leading.count == 1 {
            result.outcome.blank = .forked(ranking.leading[0].unit)
        } else if let points, let value = points.value(input.equality) {
            use(points.last.flatMap(\.rests), rule: .lastAgreed)
            let others = ranking.outranked.map(\.voice) + ranking.beside
            for voice in others where voice.value.map({ input.equality.areEqual($0, value) }) == true { mark(voice, .stands) }
        } else if let forked = ranking.leading.first(where: { $0.value == nil }) {
            result.outcome.blank = .forked(forked.unit)
        } else {
            result.outcome.blank = .undecided
        }
    }

    /// Marks those who lost by rank and returns those who are at odds; an objection is not.
    private mutating func markOutranked(_ outranked: [Ranking.Outranked], by leading: [UnitVoice]) -> [Ranking.Outranked] {
        guard let first = input.ids(leading.flatMap(\.words)).first else { return [] }
        for each in outranked { mark(each.voice, each.isObjection ? .objection : .overruled(by: first)) }
        return outranked.filter { !$0.isObjection }
    }

    /// Claims of several units that differ, also those that one unit's machines lodged apart.
    @discardableResult
    private mutating func dispute(_ sides: [UnitVoice], prevailing: [UnitVoice]) -> AgreedPoints {
        let claims = sides.flatMap(\.claims)
        let points = AgreedPoints(
            claims: words.claims, voices: voices,
            standing: { [precedence] in VoiceStanding(seat: precedence.seats[$0], reports: precedence.governance.reporters.contains($0)) },
            ranking: { [precedence, isFigure] in precedence.ranking(of: $0, isFigure: isFigure) })
        let builder = DisputeBuilder(input: input)
        result.outcome.dispute = builder.dispute(
            claims, anchors: points.last.map(\.at), prevailing: prevailing.flatMap(\.words), deciders: builder.deciders(claims))
        return points
    }

    /// Of equal claims the wording of the one whose identity comes first is shown.
    private mutating func use(_ positions: [Int], rule: DecidingRule) {
        let sources = input.ids(Set(positions))
        result.outcome.sources = sources
        result.outcome.value = sources.first.flatMap { input.graph.position(of: $0) }.flatMap { voices.values[$0] }
        result.outcome.blank = nil
        result.outcome.rule = rule
    }

    /// A forked unit's own claims stay `forked`; what it falls back on gets the verdict.
    private mutating func mark(_ voice: UnitVoice, _ verdict: Verdict) {
        for word in voice.words where !voice.forks.holds(word) { result.verdicts[word] = verdict }
    }
}
