import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

extension NodeView {
    /// Units that wrote different things in ignorance of each other on their own machines, by reference.
    ///
    /// - Parameter saidBy: as of `settled`.
    func selfForks(within place: RegionID, saidBy: Day? = nil) throws -> [SelfForkRow] {
        let facts = FactMaker(self)
        var rows: [SelfForkRow] = []
        try settled(within: place, saidBy: saidBy) { row, settlement in
            // Once the unit has chosen, the verdicts say only that it replaced its words: who had seen what still tells.
            let operations = try settledOperations(of: row.ref).filter { one in saidBy.map { one.operation.written.day <= $0 } ?? true }
            guard operations.count > 1, let table = table(of: row.key) else { return }
            let held = Dictionary(try self.operations(of: row.ref).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let past = CausalPast(operations.map { ($0.id, $0.operation.seen) })
            for spec in table.fields where ![.workflow, .set, .accompanying].contains(spec.rule) {
                let words = operations.filter { one in
                    if case .void? = settlement.verdicts[one.id]?[spec.number] { return false }
                    guard case .some(.some) = one.operation.value(of: spec.number) else { return false }
                    return true
                }
                for (unit, own) in Dictionary(grouping: words, by: \.operation.unit).sorted(by: { $0.key < $1.key }) where own.count > 1 {
                    func differ(_ one: IdentifiedOperation, _ other: IdentifiedOperation) -> Bool {
                        guard case .some(.some(let left)) = one.operation.value(of: spec.number), case .some(.some(let right)) = other.operation.value(of: spec.number)
                        else { return false }
                        return !spec.saysTheSame(left, right)
                    }
                    let forked = own.filter { one in own.contains { past.areParallel($0.id, one.id) && differ($0, one) } }
                    guard !forked.isEmpty else { continue }
                    let chosen = own.first { one in
                        forked.allSatisfy { past.isSeen($0.id, by: one.id) } && settlement.fields[spec.number]?.standing.contains { $0.operation == one.id } == true
                    }
                    func claim(_ one: IdentifiedOperation) -> ForkedClaim {
                        ForkedClaim(
                            operation: one.id.hash.hex, value: (one.operation.value(of: spec.number) ?? nil).map(facts.text),
                            nodeName: held[one.id].flatMap { facts.known($0).nodeName }, written: one.operation.written.timestamp, isSample: one.operation.isSample)
                    }
                    rows.append(
                        SelfForkRow(
                            record: try facts.record(row), field: spec.name, fieldTitle: spec.title, unit: facts.unit(unit),
                            claims: forked.sorted { $0.id < $1.id }.map(claim), measure: facts.measure(of: spec, row.key), chosen: chosen.map(claim)))
                }
            }
        }
        return rows.sorted { ($0.record.reference, $0.field, $0.unit.id) < ($1.record.reference, $1.field, $1.unit.id) }
    }
}
