/// Positions in a record's graph, ascending, of which the latest are asked for again and again.
struct CausalList {
    private(set) var positions: [Int] = []
    /// The latest of all: those that no other in the list has seen; ascending.
    private(set) var latest: [Int] = []
    private var members = PositionSet()

    init() {}

    init(_ positions: some Sequence<Int>, in graph: RecordGraph) {
        for position in positions { append(position, in: graph) }
    }

    /// Positions come ascending.
    mutating func append(_ position: Int, in graph: RecordGraph) {
        latest = latest.filter { !graph.isSeen($0, by: position) } + [position]
        positions.append(position)
        members.insert(position)
    }

    /// The latest in the causal past of `bound`, and `bound` itself if it is in the list; ascending.
    func latest(upTo bound: Int, in graph: RecordGraph) -> [Int] { graph.latest(of: members, upTo: bound) }

    /// The last entry that each other entry has seen or was seen by: parallel to none.
    func lastParallelToNone(in graph: RecordGraph) -> Int? {
        positions.last { candidate in positions.allSatisfy { $0 == candidate || !graph.areParallel($0, candidate) } }
    }

    /// The first later entry that has seen `position`.
    func successor(of position: Int, in graph: RecordGraph) -> Int? {
        positions[firstIndex(after: position)...].first { graph.isSeen(position, by: $0) }
    }

    private func firstIndex(after position: Int) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A set of small numbers, as bits.
struct PositionSet {
    fileprivate(set) var words: [UInt64] = []

    mutating func insert(_ position: Int) {
        while words.count <= position >> 6 { words.append(0) }
        words[position >> 6] |= 1 << UInt64(position & 63)
    }

    func contains(_ position: Int) -> Bool {
        position >> 6 < words.count && words[position >> 6] >> UInt64(position & 63) & 1 == 1
    }
}
