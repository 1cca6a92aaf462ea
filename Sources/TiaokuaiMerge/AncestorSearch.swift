/// Who had seen whom in a history that is too long for all of its bits and too entangled for strands: the row of a position is
/// made when it is asked for, and the rows that were made last are kept, up to `wordLimit` words of 64.
///
/// A row is made out of the rows of those it names, as far as they are kept, and by going through what they name, as far as they
/// are not. So memory is the edges and `wordLimit`, whatever the shape; time for one row is at most the edges behind it.
///
/// Not to be shared between threads: asking changes what is kept.
final class AncestorSearch {
    private let parents: [[Int]]
    private let wordLimit: Int
    private var rows: [[UInt64]]
    /// Positions whose rows are kept, in the order in which they were made; from `oldest` on.
    private var made: [Int] = []
    private var oldest = 0
    private(set) var words = 0

    /// 256 MiB: every row of 65,536 operations.
    static let wordLimit = 1 << 25

    /// - Parameter parents: of each position, those that it names; all lower.
    init(_ parents: [[Int]], wordLimit: Int = AncestorSearch.wordLimit) {
        self.parents = parents
        self.wordLimit = wordLimit
        rows = [[UInt64]](repeating: [], count: parents.count)
    }

    /// `earlier` is the lower position.
    func isSeen(_ earlier: Int, by later: Int) -> Bool {
        // Nearly every question is about what an operation itself names.
        if parents[later].contains(earlier) { return true }
        return row(of: later).holdsBit(earlier)
    }

    /// Those of `positions`, ascending, in the causal past of `bound` that no other of them there has seen; ascending.
    func latest(of positions: [Int], before bound: Int) -> [Int] {
        let past = row(of: bound)
        var found: [Int] = []
        var seen = [UInt64](repeating: 0, count: past.count)
        for position in positions.prefix(positions.firstPlace { $0 >= bound }).reversed() where past.holdsBit(position) && !seen.holdsBit(position) {
            found.append(position)
            seen.unite(row(of: position))
        }
        return found.reversed()
    }

    /// What the position has seen, as bits; empty for one that has seen nothing.
    private func row(of position: Int) -> [UInt64] {
        if parents[position].isEmpty || !rows[position].isEmpty { return rows[position] }
        var row = [UInt64](repeating: 0, count: (position + 63) >> 6)
        // What lies behind these is in `row` already.
        var closed = row
        for parent in parents[position] { row.setBit(parent) }
        for word in row.indices.reversed() {
            while case let open = row[word] & ~closed[word], open != 0 {
                let next = word << 6 + 63 - open.leadingZeroBitCount
                closed.setBit(next)
                if rows[next].isEmpty {
                    for parent in parents[next] { row.setBit(parent) }
                } else {
                    row.unite(rows[next])
                    closed.unite(rows[next])
                }
            }
        }
        keep(row, of: position)
        return row
    }

    private func keep(_ row: [UInt64], of position: Int) {
        rows[position] = row
        made.append(position)
        words += row.count
        while words > wordLimit, oldest < made.count - 1 {
            words -= rows[made[oldest]].count
            rows[made[oldest]] = []
            oldest += 1
        }
        // Each that is kept stands in the list once.
        if oldest > made.count / 2 {
            made.removeFirst(oldest)
            oldest = 0
        }
    }
}

extension [UInt64] {
    fileprivate func holdsBit(_ number: Int) -> Bool { number >> 6 < count && self[number >> 6] >> UInt64(number & 63) & 1 == 1 }

    fileprivate mutating func setBit(_ number: Int) { self[number >> 6] |= 1 << UInt64(number & 63) }

    /// The other is no longer.
    fileprivate mutating func unite(_ other: [UInt64]) {
        withUnsafeMutableBufferPointer { own in
            other.withUnsafeBufferPointer { other in for word in other.indices { own[word] |= other[word] } }
        }
    }
}
