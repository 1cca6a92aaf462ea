import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// What was once at odds on a record and no longer is. Nothing is stored about a dispute that ended: it follows from the
/// operations, the same on every node that holds the same.
///
/// Two claims of different units that differ, with all that either had seen, are one state in which the record once may
/// have been. Where that state, settled, is disputed, there was a dispute; where its identity is not the present one's,
/// it has ended, and the operations after it say how.
struct DisputeHistory {
    private let facts: FactMaker
    private let book: LossBook
    private let row: RecordRow
    private let now: Settlement
    private let table: KindTable
    private let judged: [JudgedOperation]
    private let byID: [OperationID: Operation]
    private let past: CausalPast
    /// The newest so many operations of a field are compared with one another: pairs grow with the square.
    private static let operationsCompared = 40

    /// Nil where no two units spoke.
    init?(_ book: LossBook, _ row: RecordRow, _ now: Settlement) throws {
        let facts = book.facts
        guard let table = facts.view.table(of: row.key) else { return nil }
        let operations = try facts.view.settledOperations(of: row.ref).filter { book.isSaid($0.operation) }
        guard Set(operations.map(\.operation.unit)).count > 1 else { return nil }
        self.facts = facts
        self.book = book
        self.row = row
        self.now = now
        self.table = table
        judged = facts.view.judged(try facts.view.operations(of: row.ref).filter { book.isSaid($0.operation) }, of: row.key)
        byID = Dictionary(operations.map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        past = CausalPast(operations.map { ($0.id, $0.operation.seen) })
    }

    /// One state of the record, with the dispute that it shows.
    private struct Cut {
        let operations: Set<OperationID>
        let outcome: FieldOutcome
        let dispute: Dispute
        let governance: GoverningVersions
    }

    func ended() throws -> [DisputeRow] {
        try table.fields.filter { [.authority, .holder, .workflow].contains($0.rule) }.flatMap { spec in
            try cuts(spec).filter { $0.dispute.id != now.fields[spec.number]?.dispute?.id }.map { try row(of: $0, spec) }
        }
    }

    /// Of each dispute the latest state that shows it.
    private func cuts(_ spec: FieldSpec) throws -> [Cut] {
        let spoken = judged.filter { isWord($0.id, spec.number) }.suffix(DisputeHistory.operationsCompared)
        var found: [DisputeID: Cut] = [:]
        var seen: Set<Set<OperationID>> = []
        for (index, one) in spoken.enumerated() {
            for other in spoken.dropFirst(index + 1) where one.operation.unit != other.operation.unit {
                let held = past.past(of: one.id).union(past.past(of: other.id)).union([one.id, other.id])
                guard seen.insert(held).inserted else { continue }
                let part = judged.filter { held.contains($0.id) }
                let governance = try facts.view.governing(row.key, part)
                guard let outcome = settle(part, record: row.id, table: table, governance: governance).fields[spec.number], let dispute = outcome.dispute else { continue }
                if (found[dispute.id]?.operations.count ?? 0) < held.count {
                    found[dispute.id] = Cut(operations: held, outcome: outcome, dispute: dispute, governance: governance)
                }
            }
        }
        return found.values.sorted { $0.dispute.id.hash.hex < $1.dispute.id.hash.hex }
    }

    /// It says a value of the field, and is not void.
    private func isWord(_ id: OperationID, _ number: FieldNumber) -> Bool {
        guard case .some(.some) = byID[id]?.value(of: number) else { return false }
        if case .void? = now.verdicts[id]?[number] { return false }
        return true
    }

    private func row(of cut: Cut, _ spec: FieldSpec) throws -> DisputeRow {
        let tiers = cut.governance.governing.tiers
        let tier = cut.outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        let outcome = now.fields[spec.number]
        let claims = cut.dispute.claims.compactMap { id -> ClaimBrief? in
            guard let operation = byID[id] else { return nil }
            return ClaimBrief(
                operation: id.hash.hex, unit: facts.unit(operation.unit), value: (operation.value(of: spec.number) ?? nil).map(facts.text),
                verdict: facts.verdict(now.verdicts[id]?[spec.number] ?? .stands))
        }
        let losses = try outcome.map { try book.losses(row, spec, $0) } ?? []
        return DisputeRow(
            record: try facts.record(row), field: spec.name, fieldTitle: spec.title, value: outcome?.value.map(facts.text),
            measure: facts.measure(of: spec, row.key), blank: facts.blank(outcome?.blank), dispute: facts.fact(of: cut.dispute), state: "ended",
            rule: cut.outcome.rule.rawValue, mode: cut.outcome.mode?.rawValue, source: facts.source(tier?.source), claims: claims,
            acknowledgements: losses.filter { loss in claims.contains { $0.operation == loss.operation } },
            begun: FactMaker.begun(cut.dispute.claims.compactMap { id in byID[id].map { ($0.unit, $0.written) } }), end: end(of: cut, spec))
    }

    // MARK: How it ended

    private func end(of cut: Cut, _ spec: FieldSpec) -> DisputeEnd {
        let number = spec.number
        let later = judged.filter { !cut.operations.contains($0.id) && isValid($0.id, number) }
        let decisions = later.filter { one in
            isWord(one.id, number) && one.operation.names.contains { cut.dispute.claims.contains($0) || decides($0, number) } && spec.rule != .workflow
        }
        if let decision = latest(decisions) { return made("decision", by: decision, number) }
        // What took the place of the claims at odds.
        let successors = later.filter { one in cut.dispute.claims.contains { replaced($0, by: one.id, number) } }
        guard let last = latest(successors) else {
            if spec.rule == .workflow, let event = latest(later) { return made("event", by: event, number) }
            return DisputeEnd(how: "otherwise", unit: nil, value: nil, ground: nil, operation: nil, written: nil, isSample: false)
        }
        if case .some(.none) = last.operation.value(of: number) { return made("withdrawal", by: last, number) }
        return made(spec.rule == .workflow ? "event" : "agreement", by: last, number)
    }

    private func isValid(_ id: OperationID, _ number: FieldNumber) -> Bool {
        switch now.verdicts[id]?[number] {
        case nil, .void, .pending: false
        default: true
        }
    }

    private func decides(_ id: OperationID, _ number: FieldNumber) -> Bool { now.verdicts[id]?[number] == .decides }

    private func replaced(_ claim: OperationID, by id: OperationID, _ number: FieldNumber) -> Bool {
        byID[claim]?.unit == byID[id]?.unit && past.isSeen(claim, by: id) && byID[id]?.value(of: number) != nil
    }

    /// The one that saw the most; of parallel ones the one whose identity comes last.
    private func latest(_ operations: [JudgedOperation]) -> JudgedOperation? {
        operations.max { left, right in
            let (one, other) = (past.past(of: left.id).count, past.past(of: right.id).count)
            return one == other ? left.id < right.id : one < other
        }
    }

    private func made(_ how: String, by judged: JudgedOperation, _ number: FieldNumber) -> DisputeEnd {
        let operation = judged.operation
        return DisputeEnd(
            how: how, unit: facts.unit(operation.unit), value: (operation.value(of: number) ?? nil).map(facts.text), ground: operation.note(.ground),
            operation: judged.id.hash.hex, written: operation.written.timestamp, isSample: operation.isSample)
    }
}
