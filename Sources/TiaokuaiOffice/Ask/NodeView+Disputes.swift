import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// Every record at the place and below that the engine settled, with its settlement.
    ///
    /// - Parameter day: what was written later does not count; nil: all that is held.
    func settled(within place: RegionID, saidBy day: Day? = nil, _ body: (RecordRow, Settlement) throws -> Void) throws {
        let facts = FactMaker(self)
        try records(within: place, onlySettled: true) { row in
            guard let settlement = try settlement(row.ref) else { return }
            guard let day else { return try body(row, settlement) }
            let held = try operations(of: row.ref)
            let said = held.filter { $0.operation.written.day <= day }
            if said.count == held.count { try body(row, settlement) } else if !said.isEmpty { try body(row, facts.settlement(row, of: said)) }
        }
    }

    /// - Parameter saidBy: as of `settled`.
    func disputes(within place: RegionID, withEnded: Bool, asOf day: Day, saidBy: Day? = nil) throws -> [DisputeRow] {
        let book = try LossBook(self, asOf: day, saidBy: saidBy)
        var rows: [DisputeRow] = []
        try settled(within: place, saidBy: saidBy) { row, settlement in rows += try disputes(of: row, settlement, withEnded: withEnded, book) }
        return rows.sorted { ($0.record.reference, $0.field, $0.state, $0.dispute.id) < ($1.record.reference, $1.field, $1.state, $1.dispute.id) }
    }

    func disputes(of row: RecordRow, withEnded: Bool, _ book: LossBook) throws -> [DisputeRow] {
        guard let settlement = try settlement(row.ref) else { return [] }
        return try disputes(of: row, settlement, withEnded: withEnded, book)
    }

    private func disputes(of row: RecordRow, _ settlement: Settlement, withEnded: Bool, _ book: LossBook) throws -> [DisputeRow] {
        let present = try settlement.fields.sorted { $0.key < $1.key }.compactMap { number, outcome in
            try FactMaker(self).disputeRow(row, number, outcome, book)
        }
        return present + (withEnded ? try DisputeHistory(book, row, settlement)?.ended() ?? [] : [])
    }

    /// Claims of the unit on a record that lost and that it has not acknowledged.
    func unacknowledged(_ row: RecordRow, of unit: UnitID) throws -> [OperationID] {
        guard let settlement = try settlement(row.ref) else { return [] }
        let book = try LossBook(self, asOf: node.surroundings.now().day)
        return settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome -> [OperationID] in
            guard table(of: row.key)?.field(number)?.rule != .workflow else { return [] }
            return outcome.standing.filter { $0.unit == unit && NodeView.isLost($0.verdict) && book.acknowledgement(of: $0.operation, by: unit) == nil }.map(\.operation)
        }
    }
}

extension FactMaker {
    func disputeRow(_ row: RecordRow, _ number: FieldNumber, _ outcome: FieldOutcome, _ book: LossBook) throws -> DisputeRow? {
        guard let dispute = dispute(outcome.dispute), let spec = table(row.key)?.field(number) else { return nil }
        let held = try view.operations(of: row.ref).filter { book.isSaid($0.operation) }
        let tiers = try view.governing(row.key, view.judged(held, of: row.key)).governing.tiers
        let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        let claims = Set(outcome.dispute?.claims ?? [])
        return DisputeRow(
            record: try record(row), field: spec.name, fieldTitle: spec.title, value: outcome.value.map(text), measure: measure(of: spec, row.key),
            blank: blank(outcome.blank), dispute: dispute, state: dispute.isReopened ? "reopened" : dispute.isDecided ? "byRule" : "undecided",
            rule: outcome.rule.rawValue, mode: outcome.mode?.rawValue, source: source(tier?.source), claims: outcome.standing.map(claim),
            acknowledgements: try book.losses(row, spec, outcome),
            begun: FactMaker.begun(held.filter { claims.contains($0.id) }.map { ($0.operation.unit, $0.operation.written) }), end: nil)
    }

    /// When a second unit spoke.
    static func begun(_ words: [(unit: UnitID, written: Written)]) -> String? {
        let first = Dictionary(grouping: words, by: \.unit).values.compactMap { $0.map(\.written).min() }.sorted()
        return (first.dropFirst().first ?? first.first).map(\.timestamp)
    }
}
