import TiaokuaiModel

/// Who had seen what among the operations of one record. What is named in `seen` and not held is left out.
struct CausalPast {
    private let pasts: [OperationID: Set<OperationID>]

    init(_ operations: [(id: OperationID, seen: [OperationID])]) {
        let seen = Dictionary(operations.map { ($0.id, $0.seen) }, uniquingKeysWith: { first, _ in first })
        var pasts: [OperationID: Set<OperationID>] = [:]
        for id in seen.keys {
            var past: Set<OperationID> = []
            var open = seen[id] ?? []
            while let next = open.popLast() {
                guard let further = seen[next], past.insert(next).inserted else { continue }
                if let known = pasts[next] { past.formUnion(known) } else { open += further }
            }
            pasts[id] = past
        }
        self.pasts = pasts
    }

    /// Everything that it knew of, itself left out.
    func past(of id: OperationID) -> Set<OperationID> { pasts[id] ?? [] }

    func isSeen(_ earlier: OperationID, by later: OperationID) -> Bool { pasts[later]?.contains(earlier) ?? false }

    /// Neither knew of the other.
    func areParallel(_ one: OperationID, _ other: OperationID) -> Bool { one != other && !isSeen(one, by: other) && !isSeen(other, by: one) }
}
