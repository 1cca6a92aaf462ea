/// Who had seen whom as bit sets: a row for each position, over the positions before it.
///
/// n²/16 bytes and one pass over the edges, whatever the shape: 17 MB for 16,384 operations.
struct AncestorRows {
    private let rows: [UInt64]
    private let starts: [Int]

    /// - Parameter parents: of each position, those that it names; all lower.
    init(_ parents: [[Int]]) {
        var starts: [Int] = []
        starts.reserveCapacity(parents.count)
        var length = 0
        for position in parents.indices {
            starts.append(length)
            length += (position + 63) >> 6
        }
        var rows = [UInt64](repeating: 0, count: length)
        rows.withUnsafeMutableBufferPointer { rows in
            for (position, list) in parents.enumerated() {
                let start = starts[position]
                for parent in list {
                    let from = starts[parent]
                    for word in 0..<((parent + 63) >> 6) { rows[start + word] |= rows[from + word] }
                    rows[start + parent >> 6] |= 1 << UInt64(parent & 63)
                }
            }
        }
        self.rows = rows
        self.starts = starts
    }

    /// `earlier` is the lower position.
    func isSeen(_ earlier: Int, by later: Int) -> Bool { rows[starts[later] + earlier >> 6] >> UInt64(earlier & 63) & 1 == 1 }

    /// Those of `members` in the causal past of `bound` that no other of them there has seen; ascending.
    ///
    /// The highest position left is always one of them: what it has seen is struck out, and so on.
    func latest(of members: PositionSet, before bound: Int) -> [Int] {
        let start = starts[bound]
        let length = min((bound + 63) >> 6, members.words.count)
        if length == 0 { return [] }
        var found: [Int] = []
        var rest = [UInt64](repeating: 0, count: length)
        rest.withUnsafeMutableBufferPointer { rest in
            for word in 0..<length { rest[word] = rows[start + word] & members.words[word] }
            for word in (0..<length).reversed() {
                while rest[word] != 0 {
                    let position = word << 6 + 63 - rest[word].leadingZeroBitCount
                    found.append(position)
                    rest[word] &= ~(1 << UInt64(position & 63))
                    let seen = starts[position]
                    for lower in 0..<min(length, (position + 63) >> 6) { rest[lower] &= ~rows[seen + lower] }
                }
            }
        }
        return found.reversed()
    }
}

/// A set of small numbers, as bits.
struct PositionSet {
    fileprivate(set) var words: [UInt64] = []

    mutating func insert(_ position: Int) {
        while words.count <= position >> 6 { words.append(0) }
        words[position >> 6] |= 1 << UInt64(position & 63)
    }
}
