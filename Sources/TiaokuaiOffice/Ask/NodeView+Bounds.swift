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
}

extension NodeView {
    /// One tier's record of a target key, with its values in use.
    private struct Tier {
        let region: RegionID
        let ref: RecordRef
        let values: [FieldNumber: Value]
        let settlement: Settlement?
    }

    private func tiers(_ key: RecordKey, supposing: [RecordRef: Settlement] = [:]) throws -> [Tier] {
        guard let place = key.partition.place else { return [] }
        let day = (key.text("period", in: table(of: key)) ?? key.text("day", in: table(of: key))).flatMap { try? Period(parsing: $0) }?.lastDay
        return try path(of: place, on: day).reversed().compactMap { region in
            guard let ref = try recordRef(RecordKey(.policy(region), key.kind, key.values)) else { return nil }
            let settlement = try supposing[ref] ?? settlement(ref)
            return Tier(region: region, ref: ref, values: settlement?.fields.compactMapValues(\.value) ?? [:], settlement: settlement)
        }
    }

    /// What a `strictest` field comes to along the path; nil for a field of another rule or a record that is no target.
    func pathOutcome(_ key: RecordKey, _ spec: FieldSpec, supposing: [RecordRef: Settlement] = [:]) throws -> PathOutcome? {
        guard case .strictest(let strictness) = spec.rule else { return nil }
        let steps = try tiers(key, supposing: supposing).compactMap { tier in tier.settlement.flatMap { pathStep(tier.region, $0, spec) } }
        return strictestAlongPath(steps, strictness)
    }

    /// What one tier's record states for a field, where it has a value in use.
    func pathStep(_ region: RegionID, _ settlement: Settlement, _ spec: FieldSpec) -> PathStep? {
        guard let outcome = settlement.fields[spec.number], let value = outcome.value, let source = outcome.sources.first,
            let claim = outcome.standing.first(where: { $0.operation == source })
        else { return nil }
        // A deadline that a looser tier repeats binds as such; only amounts may be aspirational.
        let isTarget = TargetKind.table.field(spec.number) == spec
        let isFirm = !isTarget || settlement.fields[TargetKind.firmness]?.value?.text != Firmness.aspirational.rawValue
        return PathStep(region: region, unit: claim.unit, operation: source, value: value, isFirm: isFirm)
    }

    /// `supposing` puts other settlements in the place of those of some tiers' records.
    func bound(_ key: RecordKey, _ spec: FieldSpec, _ facts: FactMaker, supposing: [RecordRef: Settlement] = [:]) throws -> BoundFact? {
        guard let outcome = try pathOutcome(key, spec, supposing: supposing) else { return nil }
        let tiers = try tiers(key, supposing: supposing)
        return try facts.bound(outcome, key, spec) { region in
            guard let tier = tiers.first(where: { $0.region == region }) else { return ([:], []) }
            return (tier.values, try settledOperations(of: tier.ref))
        }
    }
}

extension FactMaker {
    /// A join along a path as facts; `tier` gives a tier's values in use and its operations.
    func bound(
        _ outcome: PathOutcome, _ key: RecordKey, _ spec: FieldSpec,
        tier: (RegionID) throws -> (values: [FieldNumber: Value], operations: [IdentifiedOperation])
    ) throws -> BoundFact {
        let table = table(key)
        func named(_ name: String, _ values: [FieldNumber: Value]) -> String? { table?.field(named: name).flatMap { values[$0.number]?.text } }
        let steps = try outcome.steps.map { step -> BoundStep in
            let (values, operations) = try tier(step.step.region)
            let document = named("document", values)
            let operation = operations.first { $0.id == step.step.operation }?.operation
            let issue = try view.issueDays(of: operations, at: step.step.region)[step.step.operation]
            return BoundStep(
                place: place(step.step.region), unit: unit(step.step.unit), operation: step.step.operation.hash.hex, value: text(step.step.value),
                standing: step.standing.rawValue, document: document, clause: named("clause", values), isFirm: step.step.isFirm,
                isSample: operation?.isSample ?? false, since: issue?.day.description, sinceBy: issue?.basis.rawValue)
        }
        return BoundFact(
            field: spec.name, value: outcome.effective.map { text($0.value) }, measure: measure(of: spec, key), source: steps.first { $0.standing == "effective" },
            stretch: steps.first { $0.standing == "stretch" }, steps: steps)
    }
}
