import TiaokuaiModel

/// In which standing a unit speaks: units of one standing differ only in what they say.
struct VoiceStanding: Hashable {
    /// Nil for a voice that has no part in the ranking.
    var seat: Seat?
    /// It answers for the record.
    var reports: Bool
}

/// What stands of the words on one field in the causal past that a `PastWalk` is at: by unit, by standing and by value.
struct PastTally {
    /// Units of one standing that say one thing; −1 for those whose own machines differ there.
    private struct Share: Hashable {
        let standing: Int
        let value: Int
    }

    private struct Change {
        let unit: Int
        let words: [Int]
        let share: Share?
    }

    /// A value on which at least two units stand, and nobody who is not outranked with another.
    struct Agreement {
        let value: Value
        fileprivate let number: Int
    }

    private let voices: UnitVoices
    /// Of each unit that has a part, its number; of each number, the standing.
    private let units: [UnitID: Int]
    private let standingOf: [Int]
    /// Of each standing, a unit that speaks in it.
    private let speakers: [UnitID]
    private var valueNumbers: [Int: Int] = [:]
    private var values: [Value] = []
    private var strikes: [Int: [Int]] = [:]

    private var words: [[Int]]
    private var shares: [Share?]
    private var counts: [[Int: Int]]
    private var sayers: [Set<Int>]
    private var log: [Change] = []
    private var starts: [Int] = []

    init(_ voices: UnitVoices, _ standing: (UnitID) -> VoiceStanding?) {
        self.voices = voices
        var units: [UnitID: Int] = [:]
        var standingOf: [Int] = []
        var speakers: [UnitID] = []
        var numbers: [VoiceStanding: Int] = [:]
        var byContent: [ContentKey: Int] = [:]
        for unit in voices.units {
            guard let own = standing(unit) else { continue }
            if numbers[own] == nil {
                numbers[own] = speakers.count
                speakers.append(unit)
            }
            units[unit] = standingOf.count
            standingOf.append(numbers[own] ?? 0)
            for word in voices.words(of: unit) {
                guard let value = voices.values[word] else { continue }
                let key = voices.equality.key(of: value)
                if byContent[key] == nil {
                    byContent[key] = values.count
                    values.append(value)
                }
                valueNumbers[word] = byContent[key]
            }
        }
        self.units = units
        self.standingOf = standingOf
        self.speakers = speakers
        for (struck, striker) in voices.struck { strikes[striker, default: []].append(struck) }
        words = Array(repeating: [], count: standingOf.count)
        shares = Array(repeating: nil, count: standingOf.count)
        counts = Array(repeating: [:], count: speakers.count)
        sayers = Array(repeating: [], count: values.count)
    }

    /// - Parameter added: what came into the past with `at`, itself included; ascending.
    mutating func enter(_ at: Int, _ added: ArraySlice<Int>) {
        starts.append(log.count)
        for position in added {
            if let unit = units[voices.graph.unit(at: position)], voices.isWord(position) {
                // A later word of one unit has seen what it replaces; nothing in the past can have seen what is only now in it.
                let kept = words[unit].filter { !voices.graph.isSeen($0, by: position) }
                change(unit, to: kept + [position], at: at)
            }
            for struck in strikes[position] ?? [] {
                if let unit = units[voices.graph.unit(at: struck)] { change(unit, to: words[unit], at: at) }
            }
        }
    }

    mutating func leave() {
        let start = starts.removeLast()
        while log.count > start {
            let change = log.removeLast()
            words[change.unit] = change.words
            give(change.share, to: change.unit)
        }
    }

    /// What those who speak here agree on; nil where they don't, or only one speaks.
    func agreement(_ ranking: ([UnitVoice]) -> Ranking) -> Agreement? {
        // Two values of one standing are enough to see that it differs.
        var spoken: [UnitVoice] = []
        for (standing, unit) in speakers.enumerated() {
            for number in counts[standing].keys.prefix(2) {
                spoken.append(UnitVoice(unit: unit, value: number < 0 ? nil : values[number], words: [], forks: []))
            }
        }
        let result = ranking(spoken)
        guard result.value(voices.equality) != nil, let first = result.leading.first, let unit = units[first.unit],
            let number = counts[standingOf[unit]].keys.first, number >= 0
        else { return nil }
        let agreeing = sayers[number]
        return agreeing.count > 1 ? Agreement(value: values[number], number: number) : nil
    }

    /// The claims that stand with the value in the past of `at`, ascending.
    func rests(on agreement: Agreement, at: Int) -> [Int] {
        sayers[agreement.number].flatMap { standingWords(words[$0], at: at) }.sorted()
    }

    private func standingWords(_ words: [Int], at: Int) -> [Int] {
        words.filter { voices.values[$0] != nil && !voices.isStruck($0, upTo: at) }
    }

    private mutating func change(_ unit: Int, to latest: [Int], at: Int) {
        log.append(Change(unit: unit, words: words[unit], share: shares[unit]))
        words[unit] = latest
        give(share(of: unit, at: at), to: unit)
    }

    private func share(of unit: Int, at: Int) -> Share? {
        let standing = standingWords(words[unit], at: at)
        guard let first = standing.first, !standing.contains(where: { voices.isDecision($0) }) else { return nil }
        let number = valueNumbers[first]
        let isOne = standing.allSatisfy { valueNumbers[$0] == number }
        return Share(standing: standingOf[unit], value: isOne ? number ?? -1 : -1)
    }

    private mutating func give(_ share: Share?, to unit: Int) {
        if shares[unit] == share { return }
        if let old = shares[unit] {
            let left = (counts[old.standing][old.value] ?? 1) - 1
            counts[old.standing][old.value] = left == 0 ? nil : left
            if old.value >= 0 { sayers[old.value].remove(unit) }
        }
        shares[unit] = share
        if let share {
            counts[share.standing][share.value, default: 0] += 1
            if share.value >= 0 { sayers[share.value].insert(unit) }
        }
    }
}
