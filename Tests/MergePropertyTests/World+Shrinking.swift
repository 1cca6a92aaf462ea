import TiaokuaiMerge
import TiaokuaiModel

extension World {
    /// Takes operations out as if they had never been: who had seen one has seen what it had seen. The order of the rest
    /// stays as it was.
    func without(_ gone: Set<OperationID>) -> World {
        let before = Dictionary(operations.map { ($0.id, Set($0.operation.seen)) }, uniquingKeysWith: { first, _ in first })
        func seen(_ id: OperationID) -> Set<OperationID> {
            (before[id] ?? []).reduce(into: []) { kept, earlier in
                if gone.contains(earlier) { kept.formUnion(seen(earlier)) } else { kept.insert(earlier) }
            }
        }
        return with(
            operations.filter { !gone.contains($0.id) }.map { judged in
                guard judged.operation.seen.contains(where: gone.contains) || judged.operation.names.contains(where: gone.contains) else { return judged }
                var operation = judged.operation
                operation.seen = seen(judged.id).sorted()
                operation.names = operation.names.filter { !gone.contains($0) }
                return JudgedOperation(judged.id, operation, voidReason: judged.voidReason)
            })
    }

    /// Takes out one operation after another for as long as the world still fails.
    func shrunk(_ fails: (World) -> String?) -> World {
        var smallest = self
        var moved = true
        while moved {
            moved = false
            for judged in smallest.operations.reversed() {
                let smaller = smallest.without([judged.id])
                if fails(smaller) != nil {
                    smallest = smaller
                    moved = true
                }
            }
        }
        return smallest
    }
}

extension World: CustomStringConvertible {
    /// The scenario in words: the governance, then each operation with its author, what it saw, named and said.
    var description: String {
        var lines = ["seed \(seed)"]
        for (index, tier) in governance.governing.tiers.enumerated() {
            lines.append("  tier \(index): \(tier.summary) | changed: \(changed.governing.tiers[index].summary)")
        }
        let place = governance.governing
        lines.append("  issuers \(place.issuers.sorted()) reporters \(place.reporters.sorted()) statistics \(place.statistics) vertical \(place.isVertical)")
        lines.append(
            "  changed: issuers \(changed.governing.issuers.sorted()) reporters \(changed.governing.reporters.sorted()) statistics \(changed.governing.statistics)"
        )
        let settlement = settled()
        for judged in operations {
            let operation = judged.operation
            let fields = operation.fields.prefix(6).map { field in
                "\(WorldTable.kind.field(field.number)?.name ?? "#\(field.number.index)")=\(field.value?.description ?? "∅")"
            }
            var line = "  \(judged.id.short) \(operation.unit): \(fields.joined(separator: " "))"
            if operation.fields.count > 6 { line += " … \(operation.fields.count) fields" }
            line += " seen \(operation.seen.map(\.short))"
            if !operation.names.isEmpty { line += " names \(operation.names.map(\.short))" }
            if let under = operation.under { line += " under v\((cast.versions.firstIndex(of: under) ?? 9) + 1)" }
            if let reason = judged.voidReason { line += " void(\(reason))" }
            let verdicts = settlement.verdicts[judged.id] ?? [:]
            line += " → \(operation.fields.prefix(6).map { verdicts[$0.number].map(\.summary) ?? "nothing" }.joined(separator: ", "))"
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}

extension GoverningTier {
    fileprivate var summary: String {
        "\(mode) gov \(government?.text ?? "none") line \(lineUnits.sorted()) coop \(cooperating.sorted())"
    }
}

extension Verdict {
    fileprivate var summary: String {
        switch self {
        case .overruled(let winner): "overruled(\(winner.short))"
        case .replaced(let later): "replaced(\(later.short))"
        case .pending(let names): "pending(\(names.map(\.short)))"
        default: "\(self)"
        }
    }
}
