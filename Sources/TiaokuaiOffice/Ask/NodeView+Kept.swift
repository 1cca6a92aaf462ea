import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// What is kept and not in use, at the place and below, by place, then by reference.
    ///
    /// - Parameter saidBy: as of `settled`.
    func kept(within place: RegionID, saidBy: Day? = nil) throws -> [KeptRow] {
        let facts = FactMaker(self)
        let rows = try inertBounds(within: place, facts) + standardsNotInForce(within: place, facts) + claimsNotInUse(within: place, saidBy, facts) + objections(within: place, facts)
        return rows.sorted { left, right in
            func order(_ row: KeptRow) -> [String] { [row.place.id, row.record.reference, row.record.id, row.field, row.unit.id, row.operation ?? ""] }
            return order(left).lexicographicallyPrecedes(order(right))
        }
    }

    /// Bounds looser than the one above them (R2).
    private func inertBounds(within place: RegionID, _ facts: FactMaker) throws -> [KeptRow] {
        var rows: [KeptRow] = []
        for ref in try reader.records(kind: TargetKind.table.name) {
            let row = try reader.record(ref)
            guard let region = row.key.partition.place, isWithin(region, place) else { continue }
            for spec in TargetKind.table.fields {
                guard let outcome = try pathOutcome(row.key, spec), let own = outcome.steps.first(where: { $0.step.region == region && $0.standing == .inert })
                else { continue }
                let above = try outcome.effective.map { try facts.record(RecordKey(.policy($0.region), row.key.kind, row.key.values)) }
                rows.append(
                    KeptRow(
                        record: try facts.record(row), place: facts.place(region), unit: facts.unit(own.step.unit), field: spec.name, fieldTitle: spec.title,
                        value: facts.text(own.step.value), measure: facts.measure(of: spec, row.key), standing: own.standing.rawValue, reason: nil, against: above,
                        againstValue: outcome.effective.map { facts.text($0.value) }, operation: own.step.operation.hash.hex,
                        isSample: try isSample(own.step.operation, of: ref)))
            }
        }
        return rows
    }

    private func standardsNotInForce(within place: RegionID, _ facts: FactMaker) throws -> [KeptRow] {
        guard let spec = StandardKind.table.field(StandardKind.value) else { return [] }
        return try reader.records(kind: StandardKind.table.name).compactMap { ref in
            let row = try reader.record(ref)
            guard let region = row.key.partition.place, isWithin(region, place), let (judgement, top) = try judgement(of: row), judgement != .stands else {
                return nil
            }
            let record = try facts.record(row)
            return KeptRow(
                record: record, place: facts.place(region), unit: facts.unit(UnitID(unchecked: row.key.values[0].text ?? "")), field: spec.name,
                fieldTitle: spec.title, value: try effective(ref)[StandardKind.value].map(facts.text), measure: facts.measure(of: spec, row.key),
                standing: judgement.code, reason: nil, against: try top.map { try facts.record($0) },
                againstValue: try top.flatMap { try effective($0.ref)[StandardKind.value].map(facts.text) }, operation: nil, isSample: record.isSample,
                proposal: judgement == .undecided ? try mostFavourable(of: row)?.description : nil)
        }
    }

    /// Operations that were overruled, stand as objections, or are void. A workflow's void steps are among them.
    private func claimsNotInUse(within place: RegionID, _ saidBy: Day?, _ facts: FactMaker) throws -> [KeptRow] {
        var rows: [KeptRow] = []
        try settled(within: place, saidBy: saidBy) { row, settlement in
            guard let region = row.key.partition.place, let table = table(of: row.key) else { return }
            let wanted = settlement.verdicts.filter { $0.value.values.contains { $0.isKeptAside } }
            guard !wanted.isEmpty else { return }
            let operations = Dictionary(try settledOperations(of: row.ref).map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
            let record = try facts.record(row)
            for (id, verdicts) in wanted {
                guard let operation = operations[id] else { continue }
                for field in operation.fields where verdicts[field.number]?.isKeptAside == true {
                    guard let spec = table.field(field.number), spec.rule != .accompanying, let verdict = verdicts[field.number].map(facts.verdict) else { continue }
                    rows.append(
                        KeptRow(
                            record: record, place: facts.place(region), unit: facts.unit(operation.unit), field: spec.name, fieldTitle: spec.title,
                            value: field.value.map(facts.text), measure: facts.measure(of: spec, row.key), standing: verdict.code, reason: verdict.reason,
                            against: record, againstValue: settlement.fields[field.number]?.value.map(facts.text), operation: id.hash.hex,
                            isSample: operation.isSample))
                }
            }
        }
        return rows
    }

    /// Objection records: what a unit has to say against another's.
    private func objections(within place: RegionID, _ facts: FactMaker) throws -> [KeptRow] {
        try reader.records(kind: ObjectionKind.table.name).compactMap { ref in
            let row = try reader.record(ref)
            guard let about = row.key.values[1].bytes.flatMap({ Hash32(bytes: $0) }).flatMap({ try? reader.recordRef(RecordID($0)) }) else { return nil }
            let target = try reader.record(about)
            guard let region = target.key.partition.place, isWithin(region, place) else { return nil }
            let values = try effective(ref)
            let record = try facts.record(row)
            let spec = values[ObjectionKind.field]?.text.flatMap { table(of: target.key)?.field(named: $0) }
            return KeptRow(
                record: record, place: facts.place(region), unit: facts.unit(UnitID(unchecked: row.key.values[0].text ?? "")), field: spec?.name ?? "",
                fieldTitle: spec?.title ?? "", value: (values[ObjectionKind.proposal] ?? values[ObjectionKind.text])?.text, measure: nil, standing: "objection",
                reason: nil, against: try facts.record(target),
                againstValue: try spec.flatMap { spec in try settlement(about)?.fields[spec.number]?.value.map(facts.text) }, operation: nil,
                isSample: record.isSample)
        }
    }

    func isSample(_ id: OperationID, of ref: RecordRef) throws -> Bool { try settledOperations(of: ref).contains { $0.id == id && $0.operation.isSample } }
}

extension Verdict {
    /// Received, kept, and without effect beside what stands.
    fileprivate var isKeptAside: Bool {
        switch self {
        case .overruled, .objection, .void: true
        default: false
        }
    }
}
