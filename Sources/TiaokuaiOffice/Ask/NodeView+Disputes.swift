import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// Every record at the place and below that the engine settled, with its settlement.
    func settled(within place: RegionID, _ body: (RecordRow, Settlement) throws -> Void) throws {
        for partition in try reader.partitions() where partition.partition.place.map({ isWithin($0, place) }) ?? false {
            var last = RecordRef(0)
            while true {
                let page = try reader.records(inPartition: partition.ref, after: last, limit: 500, onlySettled: true)
                guard let end = page.last else { break }
                for ref in page { if let settlement = try settlement(ref) { try body(try reader.record(ref), settlement) } }
                last = end
            }
        }
    }

    func disputes(within place: RegionID, withEnded: Bool) throws -> [DisputeRow] {
        let facts = FactMaker(self)
        var rows: [DisputeRow] = []
        try settled(within: place) { row, settlement in
            for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
                if let dispute = try facts.disputeRow(row, number, outcome) { rows.append(dispute) }
            }
            if withEnded { rows += try DisputeHistory(facts, row, settlement)?.ended() ?? [] }
        }
        return rows.sorted { ($0.record.reference, $0.field, $0.state, $0.dispute.id) < ($1.record.reference, $1.field, $1.state, $1.dispute.id) }
    }

    /// Claims of a unit (nil: of any) on a record that lost and are not acknowledged.
    func unacknowledged(_ row: RecordRow, _ settlement: Settlement, of unit: UnitID?, _ acknowledged: Set<OperationID>) -> [(
        field: FieldNumber, claim: StandingClaim
    )] {
        settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome in
            outcome.standing.filter { claim in
                guard unit.map({ $0 == claim.unit }) ?? true, !acknowledged.contains(claim.operation) else { return false }
                if node.kinds[row.key.kind]?.field(number)?.rule == .workflow { return false }
                switch claim.verdict {
                case .overruled, .inert: return true
                default: return false
                }
            }.map { (number, $0) }
        }
    }

    func unacknowledged(_ row: RecordRow, of unit: UnitID) throws -> [(field: FieldNumber, claim: StandingClaim)] {
        guard let settlement = try settlement(row.ref) else { return [] }
        return unacknowledged(row, settlement, of: unit, try acknowledgements())
    }

    /// Claims that their units have acknowledged.
    func acknowledgements() throws -> Set<OperationID> {
        Set(
            try reader.records(kind: AcknowledgementKind.table.name).compactMap { ref in
                let key = try reader.record(ref).key
                return key.values[2].bytes.flatMap { Hash32(bytes: $0) }.map { OperationID($0) }
            })
    }
}

extension FactMaker {
    func disputeRow(_ row: RecordRow, _ number: FieldNumber, _ outcome: FieldOutcome) throws -> DisputeRow? {
        guard let dispute = dispute(outcome.dispute), let spec = table(row.key.kind)?.field(number) else { return nil }
        let tiers = try view.governing(row.key, view.judged(try view.operations(of: row.ref), of: row.key)).governing.tiers
        let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        return DisputeRow(
            record: try record(row), field: spec.name, fieldTitle: spec.title, value: outcome.value.map(text), measure: measure(of: spec, row.key),
            blank: blank(outcome.blank), dispute: dispute, state: dispute.isReopened ? "reopened" : dispute.isDecided ? "byRule" : "undecided",
            rule: outcome.rule.rawValue, mode: outcome.mode?.rawValue, source: source(tier?.source), claims: outcome.standing.map(claim), end: nil)
    }
}
