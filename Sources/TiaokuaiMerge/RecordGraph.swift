import TiaokuaiModel

/// The causal graph of one record: which operations are in, which wait, and who had seen whom.
///
/// - An operation is in when all that it names in `seen` is in; until then it waits, by name.
/// - Positions are a topological order fixed by the operations alone: by the longest way from a root, then by identity.
///   Nothing that is decided depends on it; it makes walks repeatable.
/// - Void operations are in like any other: they keep their place.
/// - What lies beyond `Operation.maximumSeen` in a `seen` list is not read: a quota by position in the author's own list.
///
/// Who had seen whom is kept as bits up to `rowLimit` operations; beyond it by strands, whose size follows the length of the
/// history and not its square; where branches keep learning of each other so that strands would not do, bits are made when
/// they are asked for and kept within a bound. So whatever is sent, memory goes with the operations and not with their square.
struct RecordGraph {
    private enum Ancestors {
        case rows(AncestorRows)
        case strands(AncestorStrands)
        case search(AncestorSearch)
    }

    /// An operation that waits, with those of its `seen` that are not in the graph, ascending.
    struct Waiting {
        let operation: JudgedOperation
        let missing: [OperationID]
    }

    let operations: [JudgedOperation]
    let waiting: [Waiting]
    /// Operations that nothing in the graph has seen, ascending.
    let heads: [OperationID]
    private let positions: [OperationID: Int]
    /// What each operation names in `seen`, as positions; by position.
    let parents: [[Int]]
    private let ancestors: Ancestors

    static let rowLimit = 1 << 14
    /// Operations that may be looked at to lay out strands: what they note takes at most some 100 bytes for each.
    static let strandLimit = 1 << 21

    init(_ given: [JudgedOperation]) { self.init(given, rowLimit: RecordGraph.rowLimit) }

    init(_ given: [JudgedOperation], rowLimit: Int, strandLimit: Int = RecordGraph.strandLimit) {
        let all = RecordGraph.distinct(given)
        var index: [OperationID: Int] = [:]
        index.reserveCapacity(all.count)
        for (place, operation) in all.enumerated() { index[operation.id] = place }
        let parents = all.map { Array($0.operation.seen.prefix(Operation.maximumSeen)).map { index[$0] } }
        let depth = RecordGraph.depths(parents)

        let order = all.indices.filter { depth[$0] >= 0 }.sorted { depth[$0] != depth[$1] ? depth[$0] < depth[$1] : $0 < $1 }
        var placed = [Int](repeating: -1, count: all.count)
        for (position, place) in order.enumerated() { placed[place] = position }

        let operations = order.map { all[$0] }
        self.operations = operations
        var positions: [OperationID: Int] = [:]
        positions.reserveCapacity(order.count)
        for (position, operation) in operations.enumerated() { positions[operation.id] = position }
        self.positions = positions
        waiting = all.indices.filter { depth[$0] < 0 }.map { place in
            let missing = Set(all[place].operation.seen.prefix(Operation.maximumSeen)).filter { positions[$0] == nil }
            return Waiting(operation: all[place], missing: missing.sorted())
        }
        let parentPositions = order.map { place in parents[place].compactMap { $0.map { placed[$0] } } }
        self.parents = parentPositions
        ancestors = RecordGraph.ancestors(parentPositions, rowLimit: rowLimit, strandLimit: strandLimit)
        var isHead = [Bool](repeating: true, count: order.count)
        for list in parentPositions { for parent in list { isHead[parent] = false } }
        heads = operations.indices.filter { isHead[$0] }.map { operations[$0].id }.sorted()
    }

    var count: Int { operations.count }

    func position(of id: OperationID) -> Int? { positions[id] }
    func id(at position: Int) -> OperationID { operations[position].id }
    func unit(at position: Int) -> UnitID { operations[position].operation.unit }

    /// True when the operation at `later` had seen the one at `earlier`, directly or through others.
    func isSeen(_ earlier: Int, by later: Int) -> Bool {
        guard earlier < later else { return false }
        return switch ancestors {
        case .rows(let rows): rows.isSeen(earlier, by: later)
        case .strands(let strands): strands.isSeen(earlier, by: later)
        case .search(let search): search.isSeen(earlier, by: later)
        }
    }

    /// True when neither had seen the other.
    func areParallel(_ one: Int, _ other: Int) -> Bool {
        one != other && !isSeen(one, by: other) && !isSeen(other, by: one)
    }

    /// The strand on which a position lies; nil where the graph is not kept by strands.
    func strand(of position: Int) -> Int32? { if case .strands(let strands) = ancestors { strands.strand(of: position) } else { nil } }

    /// True when sets of positions are best kept as bits.
    var isKeptAsRows: Bool { if case .rows = ancestors { true } else { false } }

    private static func ancestors(_ parents: [[Int]], rowLimit: Int, strandLimit: Int) -> Ancestors {
        if parents.count <= rowLimit { return .rows(AncestorRows(parents)) }
        return AncestorStrands(parents, budget: min(parents.count * 16, strandLimit)).map(Ancestors.strands) ?? .search(AncestorSearch(parents))
    }

    /// Those of `list` in the causal past of `bound` that no other of them there has seen; ascending.
    func latest(of list: CausalList, before bound: Int) -> [Int] {
        switch ancestors {
        case .rows(let rows): return rows.latest(of: list.members, before: bound)
        case .strands(let strands):
            let last = list.byStrand.values.compactMap { strands.last(of: $0, before: bound) }.sorted()
            return last.count < 2 ? last : last.filter { one in !last.contains { isSeen(one, by: $0) } }
        case .search(let search): return search.latest(of: list.positions, before: bound)
        }
    }

    /// Positions of `ids`, or nil when one of them is not in the causal past of `position`.
    func past(of position: Int, holding ids: some Sequence<OperationID>) -> [Int]? {
        var found: [Int] = []
        for id in ids {
            guard let place = positions[id], isSeen(place, by: position) else { return nil }
            found.append(place)
        }
        return found
    }
}

extension RecordGraph {
    /// By identity, each once. One identity is one content; should a caller break that, the void copy counts, then the
    /// one whose content sorts first, so that the order in which they came never matters.
    private static func distinct(_ given: [JudgedOperation]) -> [JudgedOperation] {
        let sorted = given.sorted { $0.id < $1.id }
        var out: [JudgedOperation] = []
        out.reserveCapacity(sorted.count)
        for operation in sorted {
            guard let last = out.last, last.id == operation.id else {
                out.append(operation)
                continue
            }
            if last != operation, operation.tieBreak.lexicographicallyPrecedes(last.tieBreak) { out[out.count - 1] = operation }
        }
        return out
    }

    /// The longest way from an operation that has seen nothing; −1 for what waits, also for what only names itself in a circle.
    private static func depths(_ parents: [[Int?]]) -> [Int] {
        var depth = [Int](repeating: -1, count: parents.count)
        var open = [Int](repeating: 0, count: parents.count)
        var children = [[Int]](repeating: [], count: parents.count)
        var ready: [Int] = []
        for (place, list) in parents.enumerated() {
            open[place] = list.count
            for case let parent? in list { children[parent].append(place) }
            if list.isEmpty { ready.append(place) }
        }
        while let place = ready.popLast() {
            let longest = parents[place].compactMap { $0.map { depth[$0] } }.max() ?? -1
            depth[place] = longest + 1
            for child in children[place] {
                open[child] -= 1
                if open[child] == 0 { ready.append(child) }
            }
        }
        return depth
    }
}

extension JudgedOperation {
    /// A total order over copies of one identity that differ: void ones first.
    fileprivate var tieBreak: [UInt8] {
        var bytes: [UInt8] = [voidReason == nil ? 1 : 0]
        bytes += Array((voidReason?.rawValue ?? "").utf8) + [0]
        bytes += Array(operation.unit.text.utf8) + [0]
        bytes += Array(operation.person.text.utf8) + [0]
        bytes += operation.record.hash.bytes
        for list in [operation.seen, operation.names, operation.under.map { [$0] } ?? []] {
            bytes.append(UInt8(truncatingIfNeeded: list.count))
            for id in list { id.hash.append(to: &bytes) }
        }
        for field in operation.fields {
            bytes += withUnsafeBytes(of: field.number.wire.bigEndian, Array.init)
            bytes += field.value?.canonicalBytes ?? []
        }
        bytes += withUnsafeBytes(of: operation.written.milliseconds.bigEndian, Array.init)
        bytes += operation.origin.epoch.bytes + withUnsafeBytes(of: operation.origin.number.bigEndian, Array.init)
        return bytes
    }
}
