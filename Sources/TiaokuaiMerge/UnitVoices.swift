import TiaokuaiModel

/// What one unit says on a field, all its machines together.
struct UnitVoice {
    let unit: UnitID
    /// Nil when the unit forked and has no earlier word that is parallel to none of its own: it keeps its rank, and no value.
    let value: Value?
    /// The operations behind `value`, or without one the forked ones; ascending positions. Empty for one that stands for
    /// several units.
    let words: [Int]
    /// Parallel different claims of this unit that stand side by side; empty unless it forked.
    let forks: [Int]

    var isForked: Bool { !forks.isEmpty }
    /// What it says and what its machines say apart: all that can be at odds with others.
    var claims: [Int] { words + forks.filter { !words.holds($0) } }
}

/// The words of each unit on one field, and what stands of them: in all that is held, or in one operation's causal past.
///
/// A word (claim, decision or withdrawal) replaces the same unit's own earlier words in its causal past and nothing
/// else. A withdrawal replaces and says nothing; a claim parallel to it, which it had not seen, stands on.
/// Parallel claims that differ are a self-fork: in use is the unit's last word parallel to none of its own, if that is a
/// claim; otherwise the unit has its rank and no value. Claims that forked never fall back on a decision 裁定, which they
/// replaced, nor forked decisions on a claim.
struct UnitVoices {
    let graph: RecordGraph
    let equality: ContentEquality
    private(set) var values: [Int: Value] = [:]
    private var lists: [UnitID: CausalList] = [:]
    /// Words struck out by someone entitled to; what they had replaced stays replaced.
    private(set) var struck: [Int: Int] = [:]
    private var decisions: Set<Int> = []
    /// Of each unit in all that is held, once no more words come.
    private var whole: [UnitID: UnitVoice]?

    init(graph: RecordGraph, equality: ContentEquality) {
        self.graph = graph
        self.equality = equality
    }

    /// Words come by ascending position.
    mutating func append(_ value: Value?, by unit: UnitID, at position: Int, isDecision: Bool = false) {
        values[position] = value
        if isDecision { decisions.insert(position) }
        lists[unit, default: CausalList()].append(position, in: graph)
    }

    /// `position` is annulled by the operation at `by`; the earliest such operation is remembered.
    mutating func strike(_ position: Int, by striker: Int) {
        if struck[position] == nil { struck[position] = striker }
    }

    /// No more words come.
    mutating func close() {
        units = lists.keys.sorted()
        whole = units.reduce(into: [:]) { $0[$1] = found(of: $1, upTo: nil) }
    }

    /// In order; once no more words come.
    private(set) var units: [UnitID] = []

    var hasDecisions: Bool { !decisions.isEmpty }

    func isDecision(_ position: Int) -> Bool { decisions.contains(position) }

    func isDecision(_ voice: UnitVoice) -> Bool { hasDecisions && voice.words.contains { isDecision($0) } }

    /// The operation at `position` is a word of its unit on the field.
    func isWord(_ position: Int) -> Bool { lists[graph.unit(at: position)]?.positions.holds(position) ?? false }

    /// Something was said on top of the claim, or it was struck out, or a decision may stand beside it.
    func isContested(_ position: Int) -> Bool {
        hasDecisions || struck[position] != nil || lists[graph.unit(at: position)]?.successor(of: position) != nil
    }

    func words(of unit: UnitID) -> [Int] { lists[unit]?.positions ?? [] }

    /// The claims of `unit` that stand in the causal past of `bound` and at it, or in all; ascending.
    func standing(of unit: UnitID, upTo bound: Int? = nil) -> [Int] {
        guard let list = lists[unit] else { return [] }
        let latest = bound.map { list.latest(upTo: $0, in: graph) } ?? list.latest
        return latest.filter { position in values[position] != nil && !isStruck(position, upTo: bound) }
    }

    /// Nil when the unit has no voice: it never spoke, or withdrew.
    ///
    /// What a forked unit falls back on is a matter of all that is held; in one operation's past it is forked and no more.
    func voice(of unit: UnitID, upTo bound: Int? = nil) -> UnitVoice? {
        if bound == nil, let whole { return whole[unit] }
        return found(of: unit, upTo: bound)
    }

    private func found(of unit: UnitID, upTo bound: Int?) -> UnitVoice? {
        let standing = standing(of: unit, upTo: bound)
        guard let first = standing.min(by: { graph.id(at: $0) < graph.id(at: $1) }) else { return nil }
        if standing.count == 1 || equality.areAllEqual(standing.compactMap { values[$0] }) {
            return UnitVoice(unit: unit, value: values[first], words: standing, forks: [])
        }
        let last = bound == nil ? lists[unit]?.lastParallelToNone : nil
        let isSameKind = last.map { last in standing.allSatisfy { decisions.contains($0) == decisions.contains(last) } }
        guard let last, isSameKind == true, let value = values[last], !isStruck(last, upTo: bound) else {
            return UnitVoice(unit: unit, value: nil, words: standing, forks: standing)
        }
        return UnitVoice(unit: unit, value: value, words: [last], forks: standing)
    }

    /// Verdicts that follow from the unit's own words alone: replaced, withdrawn, forked. What is left stands.
    func ownVerdicts(of unit: UnitID) -> [Int: Verdict] {
        guard let list = lists[unit] else { return [:] }
        var verdicts: [Int: Verdict] = [:]
        let voice = voice(of: unit)
        for position in list.positions {
            if let striker = struck[position] {
                let own = list.successor(of: position).flatMap { graph.isSeen($0, by: striker) ? $0 : nil }
                verdicts[position] = .replaced(by: graph.id(at: own ?? striker))
            } else if voice?.forks.holds(position) == true {
                verdicts[position] = .forked
            } else if voice?.words.holds(position) == true {
                continue
            } else if let successor = list.successor(of: position) {
                verdicts[position] = .replaced(by: graph.id(at: successor))
            } else if values[position] == nil {
                verdicts[position] = .withdrawn
            }
        }
        return verdicts
    }

    /// True when the word was struck out in the causal past of `bound` and at it, or at all.
    func isStruck(_ position: Int, upTo bound: Int?) -> Bool {
        guard let striker = struck[position] else { return false }
        return bound.map { striker == $0 || graph.isSeen(striker, by: $0) } ?? true
    }
}
