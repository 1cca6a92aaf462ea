import TiaokuaiModel

/// The points at which those who decide agreed, and which of them is the last.
///
/// An *agreed point* is a claim (a withdrawal is one without a value) in whose causal past-and-self at least two units
/// stand with one value and nobody who is not outranked there stands with another. A claim that was outranked there
/// neither makes nor spoils an agreement by differing: an admitted claim that loses never changes what the others come
/// to. A unit that stands forked in that past agrees to nothing.
///
/// Of agreed points the causally later outranks. So does one whose past-and-self holds a unit's later word on a claim
/// that the other rests on, unless each outranks the other in this way.
struct AgreedPoints {
    struct Point {
        /// Position of the claim that made the agreement visible.
        let at: Int
        let value: Value
        /// The claims that stood there with that value, ascending positions.
        let rests: [Int]
    }

    /// Not outranked by any other; ascending positions.
    let last: [Point]

    /// - Parameters:
    ///   - claims: positions of claims and withdrawals on the field, ascending; no decisions.
    ///   - standing: in which standing a unit speaks; nil for one whose word has no part in an agreement.
    ///   - ranking: what voices come to; those of one standing with one value count as one.
    init(claims: [Int], voices: UnitVoices, standing: @escaping (UnitID) -> VoiceStanding?, ranking: @escaping ([UnitVoice]) -> Ranking) {
        let graph = voices.graph
        let isClaim = AgreedPoints.marks(claims, graph)
        var tally = PastTally(voices, standing)
        var points: [Int] = []
        PastWalk(graph: graph).go { at, added in
            tally.enter(at, added)
            if isClaim[at], tally.agreement(ranking) != nil { points.append(at) }
        } leave: { _ in
            tally.leave()
        }
        points.sort()
        let latest = AgreedPoints.latest(points, graph)
        var found: [Point] = []
        if !latest.isEmpty {
            let isLatest = AgreedPoints.marks(latest, graph)
            PastWalk(graph: graph).go { at, added in
                tally.enter(at, added)
                if isLatest[at], let agreement = tally.agreement(ranking) {
                    found.append(Point(at: at, value: agreement.value, rests: tally.rests(on: agreement, at: at)))
                }
            } leave: { _ in
                tally.leave()
            }
        }
        let comparison = PointComparison(voices: voices, counts: { standing($0) != nil }, tally: tally, ranking: ranking)
        last = found.filter { !comparison.isOutranked($0, by: points) }.sorted { $0.at < $1.at }
    }

    /// The value last agreed; nil when there is none or several.
    func value(_ equality: ContentEquality) -> Value? {
        equality.areAllEqual(last.map(\.value)) ? last.first?.value : nil
    }

    private static func marks(_ positions: [Int], _ graph: RecordGraph) -> [Bool] {
        var marks = [Bool](repeating: false, count: graph.count)
        for position in positions { marks[position] = true }
        return marks
    }

    /// Those that no other of them has seen.
    private static func latest(_ points: [Int], _ graph: RecordGraph) -> [Int] {
        let isPoint = marks(points, graph)
        var isSeen = [Bool](repeating: false, count: graph.count)
        for position in isSeen.indices.reversed() where isPoint[position] || isSeen[position] {
            for parent in graph.parents[position] { isSeen[parent] = true }
        }
        return points.filter { !isSeen[$0] }
    }
}

/// Whether an agreed point is outranked by one that it had not seen.
private struct PointComparison {
    let voices: UnitVoices
    /// The unit's word has a part in agreements.
    let counts: (UnitID) -> Bool
    let tally: PastTally
    let ranking: ([UnitVoice]) -> Ranking

    private var graph: RecordGraph { voices.graph }

    func isOutranked(_ candidate: AgreedPoints.Point, by points: [Int]) -> Bool {
        // Where nothing was said on top of what it rests on, no point holds a later word on it.
        let contested = candidate.rests.filter { voices.isContested($0) }
        if contested.isEmpty { return false }
        return points.contains { other in
            // What it had seen itself can hold a later word only where a decision stands beside a claim of its unit.
            guard other != candidate.at, voices.hasDecisions || !graph.isSeen(other, by: candidate.at) else { return false }
            return holdsLaterWord(other, on: contested) && !holdsLaterWord(candidate.at, on: rests(of: other))
        }
    }

    /// True when the past-and-self of `point` holds a later word of a unit on one of `claims`.
    private func holdsLaterWord(_ point: Int, on claims: [Int]) -> Bool {
        claims.contains { claim in (claim == point || graph.isSeen(claim, by: point)) && !stands(claim, at: point) }
    }

    private func stands(_ claim: Int, at point: Int) -> Bool {
        guard let voice = voices.voice(of: graph.unit(at: claim), upTo: point) else { return false }
        return voice.words.holds(claim) && !voices.isDecision(voice)
    }

    private func rests(of point: Int) -> [Int] {
        let spoken = voices.units.filter(counts).compactMap { voices.voice(of: $0, upTo: point) }.filter { !voices.isDecision($0) }
        guard let value = ranking(spoken).value(voices.equality) else { return [] }
        return spoken.filter { voice in voice.value.map { voices.equality.areEqual($0, value) } == true }.flatMap(\.words)
    }
}
