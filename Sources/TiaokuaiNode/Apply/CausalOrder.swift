import TiaokuaiMerge
import TiaokuaiModel

/// An order of one record's operations that does not depend on their arrival: each stands after all that it had seen, by
/// the longest way from one that saw nothing; what is parallel stands by identity. What is not held counts as not seen.
enum CausalOrder {
    static func sorted(_ operations: [(OperationID, seen: [OperationID])]) -> [OperationID] { indices(operations).map { operations[$0].0 } }

    static func sorted(_ operations: [JudgedOperation]) -> [JudgedOperation] { indices(operations).map { operations[$0] } }

    static func indices(_ operations: [JudgedOperation]) -> [Int] { indices(operations.map { ($0.id, $0.operation.seen) }) }

    static func indices(_ operations: [(OperationID, seen: [OperationID])]) -> [Int] {
        let index = Dictionary(operations.enumerated().map { ($1.0, $0) }, uniquingKeysWith: { first, _ in first })
        var depth = [Int](repeating: -1, count: operations.count)
        // No operation can have seen itself through others, its identity being its hash: this is for bytes that lie.
        var isOpen = [Bool](repeating: false, count: operations.count)
        for start in operations.indices where depth[start] < 0 {
            var open = [start]
            while let place = open.last {
                isOpen[place] = true
                let seen = operations[place].seen.compactMap { index[$0] }.filter { !isOpen[$0] || depth[$0] >= 0 }
                let unknown = seen.filter { depth[$0] < 0 }
                if unknown.isEmpty {
                    depth[place] = 1 + (seen.map { depth[$0] }.max() ?? -1)
                    open.removeLast()
                } else {
                    open.append(unknown[0])
                }
            }
        }
        return operations.indices.sorted { (depth[$0], operations[$0].0) < (depth[$1], operations[$1].0) }
    }

    /// What an author who holds these has seen last: the heads of the record's graph, ascending. What waits for an operation
    /// that is not held is no part of the graph yet; whoever named it as seen would wait along with it.
    static func heads(_ operations: [(OperationID, seen: [OperationID])]) -> [OperationID] {
        // What lies beyond the quota is not read, as in `RecordGraph`.
        let named = Dictionary(operations.map { ($0.0, $0.seen.prefix(Operation.maximumSeen)) }, uniquingKeysWith: { first, _ in first })
        var entered: Set<OperationID> = []
        var seen: Set<OperationID> = []
        for id in sorted(operations) where named[id]?.allSatisfy(entered.contains) ?? false {
            entered.insert(id)
            seen.formUnion(named[id] ?? [])
        }
        return entered.subtracting(seen).sorted()
    }
}
