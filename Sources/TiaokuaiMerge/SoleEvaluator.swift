import TiaokuaiModel

/// `sole(.issuer)`, `sole(.reporter)` and, inside one record, `strictest`: the owners' word counts, nobody else's.
///
/// - A joint issue is in force when every issuer stands with the same content. Until then the field is blank and says who
///   is missing; what had been issued before does not linger, since its issuers replaced it.
/// - A record answered for by several reporters reads like equals under precedence: equal reports agree, different ones
///   are a dispute and the value last agreed stays.
/// - Another unit on the path lodges an objection, which never takes effect by itself; a unit off the path is void.
struct SoleEvaluator {
    private let input: FieldInput
    private let owners: Set<UnitID>
    private let isJoint: Bool
    private let rule: DecidingRule
    private var voices: UnitVoices
    private var result: FieldResult

    init(_ input: FieldInput, owners: Set<UnitID>, isJoint: Bool, rule: DecidingRule) {
        self.input = input
        self.owners = owners
        self.isJoint = isJoint
        self.rule = rule
        voices = UnitVoices(graph: input.graph, equality: input.equality)
        result = FieldResult()
        for entry in input.entries {
            if input.governance.tierOfUnit[entry.unit] == nil {
                result.verdicts[entry.at] = .void(.notOnPath)
            } else {
                voices.append(entry.value, by: entry.unit, at: entry.at)
            }
        }
        voices.close()
    }

    func evaluated() -> FieldResult {
        var settled = self
        settled.settle()
        return settled.result
    }

    private mutating func settle() {
        for unit in voices.units {
            result.verdicts.merge(voices.ownVerdicts(of: unit)) { first, _ in first }
            guard let voice = voices.voice(of: unit) else { continue }
            for fork in voice.forks { result.flag(fork, .selfFork(unit)) }
            if !owners.contains(unit) {
                for word in voice.words where !voice.forks.holds(word) { result.verdicts[word] = .objection }
            }
        }
        let spoken = owners.sorted().compactMap { voices.voice(of: $0) }
        let values = spoken.compactMap(\.value)
        let missing = owners.subtracting(spoken.map(\.unit)).sorted()
        if spoken.isEmpty {
            result.outcome.blank = .noClaim
        } else if spoken.count == 1, values.isEmpty {
            result.outcome.blank = .forked(spoken[0].unit)
        } else if values.count < spoken.count || !input.equality.areAllEqual(values) {
            undecided(spoken, missing: missing)
        } else if isJoint, !missing.isEmpty {
            result.outcome.blank = .incompleteJointIssue(missing: missing)
            mark(spoken, .incomplete)
            if spoken.count > 1, spoken.contains(where: \.isForked) { dispute(spoken, prevailing: []) }
        } else {
            use(spoken.flatMap(\.words), rule: rule)
            mark(spoken, .stands)
            if spoken.count > 1, spoken.contains(where: \.isForked) { dispute(spoken, prevailing: spoken) }
        }
        result.outcome.standing = StandingClaims(input, voices).list(result.verdicts)
    }

    private mutating func undecided(_ spoken: [UnitVoice], missing: [UnitID]) {
        mark(spoken.filter { $0.value != nil }, .disputed)
        let points = dispute(spoken, prevailing: [])
        if !isJoint, points.value(input.equality) != nil {
            use(points.last.flatMap(\.rests), rule: .lastAgreed)
        } else if let forked = spoken.first(where: { $0.value == nil }) {
            result.outcome.blank = .forked(forked.unit)
        } else {
            result.outcome.blank = isJoint ? .incompleteJointIssue(missing: missing) : .undecided
        }
    }

    /// Claims of several owners that differ, also those that one owner's machines lodged apart. No decision reaches them.
    @discardableResult
    private mutating func dispute(_ sides: [UnitVoice], prevailing: [UnitVoice]) -> AgreedPoints {
        let owned = owners.sorted()
        let points = AgreedPoints(
            claims: owned.flatMap { voices.words(of: $0) }.sorted(), voices: voices,
            standing: { [owners] in owners.contains($0) ? VoiceStanding(seat: nil, reports: true) : nil }, ranking: { Ranking(leading: $0) })
        result.outcome.dispute = DisputeBuilder(input: input).dispute(
            sides.flatMap(\.claims), anchors: points.last.map(\.at), prevailing: prevailing.flatMap(\.words), deciders: [])
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

    private mutating func mark(_ voices: [UnitVoice], _ verdict: Verdict) {
        for voice in voices {
            for word in voice.words { result.verdicts[word] = verdict }
        }
    }
}

/// Every standing claim of every unit, with its verdict; by unit, then identity.
struct StandingClaims {
    private let input: FieldInput
    private let voices: UnitVoices

    init(_ input: FieldInput, _ voices: UnitVoices) {
        self.input = input
        self.voices = voices
    }

    func list(_ verdicts: [Int: Verdict]) -> [StandingClaim] {
        voices.units.flatMap { unit -> [StandingClaim] in
            guard let voice = voices.voice(of: unit) else { return [] }
            let claims = Set(voice.words + voice.forks).compactMap { position -> StandingClaim? in
                guard let value = voices.values[position] else { return nil }
                return StandingClaim(operation: input.graph.id(at: position), unit: unit, value: value, verdict: verdicts[position] ?? .stands)
            }
            return claims.sorted { $0.operation < $1.operation }
        }
    }
}
