/// Who had seen whom in a long history: the graph laid out in strands, and what each strand learned of the others.
///
/// Every position hangs on its latest parent; of those that hang on one, the one with most behind it goes on in its strand,
/// the others begin strands of their own. So from any position at most log n strands lead back to a root. What an operation
/// had seen beyond its latest parent is noted with its strand: "at the i-th, it had seen that strand up to the j-th". A chain
/// of any length is one strand with nothing noted, two machines that never met are two.
///
/// Memory and time are n and what is noted. A history in which hundreds of strands keep learning of each other notes too much:
/// then it is not built, and `AncestorSearch` serves.
struct AncestorStrands {
    /// From the `at`-th operation of its strand on, the other strand was seen up to the `upTo`-th.
    private struct Step {
        let at: Int32
        let upTo: Int32
    }

    private var strand: [Int32]
    private var index: [Int32]
    /// Of each strand, the position on which its first hangs; −1 for none.
    private var base: [Int32] = []
    /// By strand and other strand, ascending in both.
    private var learned: [UInt64: [Step]] = [:]

    /// Nil when more than `budget` operations had to be looked at.
    ///
    /// - Parameter parents: of each position, those that it names; all lower.
    init?(_ parents: [[Int]], budget: Int) {
        strand = [Int32](repeating: 0, count: parents.count)
        index = strand
        let trunk = parents.map { $0.max() ?? -1 }
        layOut(trunk)
        var left = budget
        for (position, list) in parents.enumerated() where list.count > 1 {
            guard note(list, at: position, trunk, parents, &left) else { return nil }
        }
    }

    /// `earlier` is the lower position.
    func isSeen(_ earlier: Int, by later: Int) -> Bool {
        guard let last = lastIndex(on: strand[earlier], before: later) else { return false }
        return index[earlier] <= last
    }

    func strand(of position: Int) -> Int32 { strand[position] }

    /// The last of `positions`, which lie ascending on one strand, that `bound` had seen.
    func last(of positions: [Int], before bound: Int) -> Int? {
        guard let first = positions.first, let limit = lastIndex(on: strand[first], before: bound) else { return nil }
        let count = positions.firstPlace { index[$0] > limit }
        return count == 0 ? nil : positions[count - 1]
    }

    /// How far `bound` had seen the strand.
    private func lastIndex(on target: Int32, before bound: Int) -> Int32? {
        var at = bound
        while true {
            let own = strand[at]
            if own == target {
                let last = at == bound ? index[at] - 1 : index[at]
                return last < 0 ? nil : last
            }
            if let steps = learned[AncestorStrands.key(own, target)] {
                let count = steps.firstPlace { $0.at > index[at] }
                // What a strand learned later goes further than what it began with.
                if count > 0 { return steps[count - 1].upTo }
            }
            guard base[Int(own)] >= 0 else { return nil }
            at = Int(base[Int(own)])
        }
    }

    private static func key(_ strand: Int32, _ other: Int32) -> UInt64 { UInt64(UInt32(bitPattern: strand)) << 32 | UInt64(UInt32(bitPattern: other)) }

    private mutating func layOut(_ trunk: [Int]) {
        var weight = [Int32](repeating: 1, count: trunk.count)
        var heavy = [Int32](repeating: -1, count: trunk.count)
        for position in trunk.indices.reversed() where trunk[position] >= 0 {
            let parent = trunk[position]
            weight[parent] += weight[position]
            if heavy[parent] < 0 || weight[position] >= weight[Int(heavy[parent])] { heavy[parent] = Int32(position) }
        }
        for position in trunk.indices {
            let parent = trunk[position]
            if parent >= 0, heavy[parent] == Int32(position) {
                strand[position] = strand[parent]
                index[position] = index[parent] + 1
            } else {
                strand[position] = Int32(base.count)
                base.append(Int32(parent))
            }
        }
    }

    /// Notes what the parents of `position` other than the one it hangs on had seen, and that one had not.
    private mutating func note(_ list: [Int], at position: Int, _ trunk: [Int], _ parents: [[Int]], _ left: inout Int) -> Bool {
        let main = trunk[position]
        left -= list.count
        if left < 0 { return false }
        var found: [Int32: Int32] = [:]
        var open = list.filter { $0 != main }
        while let next = open.popLast() {
            let own = strand[next]
            let before = found[own]
            var at = next
            // Down the strand, as far as it is news.
            while at >= 0, strand[at] == own, at != main, index[at] > before ?? -1, !isSeen(at, by: main) {
                left -= 1
                if left < 0 { return false }
                for parent in parents[at] where parent != trunk[at] { open.append(parent) }
                at = trunk[at]
            }
            if at == next { continue }
            found[own] = max(before ?? -1, index[next])
            if at >= 0, strand[at] != own { open.append(at) }
        }
        for (other, upTo) in found {
            learned[AncestorStrands.key(strand[position], other), default: []].append(Step(at: index[position], upTo: upTo))
        }
        return true
    }
}

extension Array {
    /// The first place from which on all satisfy `condition`, which none before does; `count` for none.
    func firstPlace(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [Int] {
    /// True when the ascending list holds the number.
    func holds(_ number: Int) -> Bool {
        let place = firstPlace { $0 >= number }
        return place < count && self[place] == number
    }
}
