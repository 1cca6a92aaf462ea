/// Positions in a record's graph, ascending, of which the latest are asked for again and again.
struct CausalList {
    private(set) var positions: [Int] = []
    /// The latest of all: those that no other in the list has seen; ascending.
    private(set) var latest: [Int] = []
    /// As bits, where the graph is kept so; by strand, where it is kept so.
    private(set) var members = PositionSet()
    private(set) var byStrand: [Int32: [Int]] = [:]
    /// Of each entry that a later one has seen, the first that has.
    private var successors: [Int: Int] = [:]
    /// Entries that each other entry has seen or was seen by; each has seen the one before.
    private var unforked: [Int] = []

    /// Positions come ascending.
    mutating func append(_ position: Int, in graph: RecordGraph) {
        var beside: [Int] = []
        // What has seen nothing stands beside all others.
        if graph.parents[position].isEmpty { swap(&beside, &latest) }
        for entry in latest {
            if graph.isSeen(entry, by: position) { successors[entry] = position } else { beside.append(entry) }
        }
        while let last = unforked.last, !graph.isSeen(last, by: position) { unforked.removeLast() }
        if beside.isEmpty { unforked.append(position) }
        beside.append(position)
        latest = beside
        positions.append(position)
        if graph.isKeptAsRows { members.insert(position) }
        if let strand = graph.strand(of: position) { byStrand[strand, default: []].append(position) }
    }

    /// The latest in the causal past of `bound`, and `bound` itself if it is in the list; ascending.
    func latest(upTo bound: Int, in graph: RecordGraph) -> [Int] {
        guard let first = positions.first, first <= bound, let last = positions.last else { return [] }
        if positions.holds(bound) { return [bound] }
        if last < bound, latest.allSatisfy({ graph.isSeen($0, by: bound) }) { return latest }
        return graph.latest(of: self, before: bound)
    }

    /// The last entry that each other entry has seen or was seen by: parallel to none.
    var lastParallelToNone: Int? { unforked.last }

    /// The first later entry that has seen `position`.
    func successor(of position: Int) -> Int? { successors[position] }
}
