import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// The bounds of one target key joined along the path to a place: `floor`, `ceiling`, `deadline`, `percentOfTarget`,
    /// those that any tier states.
    public func bounds(place: RegionID, indicator: String, period: String, qualifier: String = "") throws -> [BoundFact] {
        try node.ask { view in
            guard let definition = view.officeIndicator(indicator, at: place) else {
                throw OfficeError(.unknownIndicator, ["indicator": indicator, "place": place.text])
            }
            let key = RecordKey(.policy(place), TargetKind.table.name, [.text(definition.id), .text(period), .text(qualifier)])
            return try TargetKind.table.fields.compactMap { spec in
                let bound = try view.bound(key, spec, FactMaker(view))
                return bound?.steps.isEmpty == false ? bound : nil
            }
        }
    }

    /// What is kept without effect along paths: looser bounds (R2), standards that differ from the one above or repeat it (R3).
    public func kept(place: RegionID? = nil) throws -> [KeptRow] { try node.ask { try $0.kept(within: place ?? $0.settings.region) } }
}

extension NodeView {
    /// One tier's record of a target key, with its values in use.
    private struct Tier {
        let region: RegionID
        let ref: RecordRef
        let values: [FieldNumber: Value]
        let settlement: Settlement?
    }

    private func tiers(_ key: RecordKey) throws -> [Tier] {
        guard let place = key.partition.place else { return [] }
        let day = key.text("period", in: node.kinds[key.kind]).flatMap { try? Period(parsing: $0) }?.lastDay
        return try path(of: place, on: day).reversed().compactMap { region in
            guard let ref = try recordRef(RecordKey(.policy(region), key.kind, key.values)) else { return nil }
            let settlement = try settlement(ref)
            return Tier(region: region, ref: ref, values: settlement?.fields.compactMapValues(\.value) ?? [:], settlement: settlement)
        }
    }

    /// What a `strictest` field comes to along the path; nil for a field of another rule or a record that is no target.
    func pathOutcome(_ key: RecordKey, _ spec: FieldSpec) throws -> PathOutcome? {
        guard case .strictest(let strictness) = spec.rule else { return nil }
        let steps = try tiers(key).compactMap { tier -> PathStep? in
            guard let outcome = tier.settlement?.fields[spec.number], let value = outcome.value, let source = outcome.sources.first,
                let claim = outcome.standing.first(where: { $0.operation == source })
            else { return nil }
            // A deadline that a looser tier repeats binds as such; only amounts may be aspirational.
            let isFirm = tier.values[TargetKind.firmness]?.text != Firmness.aspirational.rawValue
            return PathStep(region: tier.region, unit: claim.unit, operation: source, value: value, isFirm: isFirm)
        }
        return strictestAlongPath(steps, strictness)
    }

    func bound(_ key: RecordKey, _ spec: FieldSpec, _ facts: FactMaker) throws -> BoundFact? {
        guard let outcome = try pathOutcome(key, spec) else { return nil }
        let tiers = try tiers(key)
        func step(_ step: PathOutcome.Step) -> BoundStep {
            let values = tiers.first { $0.region == step.step.region }?.values ?? [:]
            return BoundStep(
                place: facts.place(step.step.region), unit: facts.unit(step.step.unit), operation: step.step.operation.hash.hex,
                value: facts.text(step.step.value), standing: step.standing.rawValue, document: values[TargetKind.document]?.text,
                clause: values[TargetKind.clause]?.text, isFirm: step.step.isFirm)
        }
        return BoundFact(
            field: spec.name, value: outcome.effective.map { facts.text($0.value) }, measure: facts.measure(of: spec, key),
            source: outcome.steps.first { $0.standing == .effective }.map(step), stretch: outcome.steps.first { $0.standing == .stretch }.map(step),
            steps: outcome.steps.map(step))
    }

    // MARK: Standards

    /// How a standard stands along its path, with the highest one; nil for another record.
    func judgement(of row: RecordRow) throws -> (judgement: ExactStandard.Judgement, top: RecordRow?)? {
        guard row.key.kind == StandardKind.table.name, let place = row.key.partition.place else { return nil }
        let path = path(of: place)
        var standards: [(row: RecordRow, standard: ExactStandard)] = []
        for ref in try reader.records(kind: StandardKind.table.name) {
            let other = try reader.record(ref)
            guard other.key.values.count == 3, other.key.values[1] == row.key.values[1], other.key.values[2] == row.key.values[2],
                let tier = other.key.partition.place.flatMap({ path.firstIndex(of: $0) }), let standard = ExactStandard(try effective(ref), tier: tier)
            else { continue }
            standards.append((other, standard))
        }
        let judgements = ExactStandard.judge(standards.map(\.standard))
        guard let own = standards.firstIndex(where: { $0.row.ref == row.ref }) else { return nil }
        let top = standards.indices.first { judgements[$0] == .stands && $0 != own }
        return (judgements[own], top.map { standards[$0].row })
    }

    func kept(within place: RegionID) throws -> [KeptRow] {
        let facts = FactMaker(self)
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
                        record: try facts.record(row), place: facts.place(region), unit: facts.unit(own.step.unit), field: spec.name,
                        value: facts.text(own.step.value), measure: facts.measure(of: spec, row.key), standing: own.standing.rawValue, against: above,
                        againstValue: outcome.effective.map { facts.text($0.value) }))
            }
        }
        for ref in try reader.records(kind: StandardKind.table.name) {
            let row = try reader.record(ref)
            guard let region = row.key.partition.place, isWithin(region, place), let (judgement, top) = try judgement(of: row), judgement != .stands else {
                continue
            }
            let value = try effective(ref)[StandardKind.value]
            rows.append(
                KeptRow(
                    record: try facts.record(row), place: facts.place(region), unit: facts.unit(UnitID(unchecked: row.key.values[0].text ?? "")),
                    field: "value",
                    value: value.map(facts.text), measure: StandardKind.table.field(StandardKind.value).flatMap { facts.measure(of: $0, row.key) },
                    standing: judgement.code, against: try top.map { try facts.record($0) },
                    againstValue: try top.flatMap { try effective($0.ref)[StandardKind.value].map(facts.text) }))
        }
        return rows
    }
}

extension ExactStandard.Judgement {
    var code: String {
        switch self {
        case .stands: "stands"
        case .repeats: "repeats"
        case .refused: "refused"
        case .withinDiscretion: "withinDiscretion"
        case .undecided: "undecided"
        }
    }
}
