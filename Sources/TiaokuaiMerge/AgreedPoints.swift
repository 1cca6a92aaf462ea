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
        /// All claims that stood there.
        let standing: Set<Int>
    }

    /// Not outranked by any other; ascending positions.
    let last: [Point]

    /// - Parameters:
    ///   - claims: positions of claims and withdrawals on the field, ascending; no decisions.
    ///   - ranking: what the voices in the causal past-and-self of a position come to.
    init(claims: [Int], voices: UnitVoices, ranking: (Int) -> Ranking) {
        let graph = voices.graph
        var points: [Point] = []
        var line = CausalList()
        for at in claims {
            guard let point = AgreedPoints.point(at: at, ranking(at), voices.equality) else { continue }
            points.append(point)
            line.append(at, in: graph)
        }
        let latest = Set(line.latest)
        last = points.filter { candidate in
            latest.contains(candidate.at)
                && !points.contains { other in
                    other.at != candidate.at && AgreedPoints.holdsLaterWord(other, on: candidate, graph)
                        && !AgreedPoints.holdsLaterWord(candidate, on: other, graph)
                }
        }
    }

    /// The value last agreed; nil when there is none or several.
    func value(_ equality: ContentEquality) -> Value? {
        equality.areAllEqual(last.map(\.value)) ? last.first?.value : nil
    }

    private static func point(at: Int, _ ranking: Ranking, _ equality: ContentEquality) -> Point? {
        guard let value = ranking.value(equality), !ranking.leading.contains(where: \.isForked) else { return nil }
        let others = (ranking.outranked.map(\.voice) + ranking.beside).filter { voice in
            !voice.isForked && voice.value.map { equality.areEqual($0, value) } == true
        }
        let agreeing = ranking.leading + others
        guard agreeing.count > 1 else { return nil }
        let all = ranking.leading + ranking.outranked.map(\.voice) + ranking.beside
        return Point(at: at, value: value, rests: agreeing.flatMap(\.words).sorted(), standing: Set(all.flatMap(\.words)))
    }

    /// True when the past-and-self of `point` holds a later word of a unit on a claim that `other` rests on.
    private static func holdsLaterWord(_ point: Point, on other: Point, _ graph: RecordGraph) -> Bool {
        other.rests.contains { claim in
            (claim == point.at || graph.isSeen(claim, by: point.at)) && !point.standing.contains(claim)
        }
    }
}
