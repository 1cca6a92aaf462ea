import NaiveModel
import TiaokuaiMerge
import TiaokuaiModel

extension NaiveGovernance {
    init(_ governance: Governance) {
        self.init(
            tiers: governance.tiers.map {
                NaiveTier(government: $0.government, lineUnits: $0.lineUnits, cooperating: $0.cooperating, mode: $0.mode)
            },
            onPath: governance.tierOfUnit, issuers: governance.issuers, reporters: governance.reporters, statistics: governance.statistics,
            isVertical: governance.isVertical, assigners: governance.assigners)
    }
}

extension World {
    func naive(under governance: GoverningVersions) -> NaiveSettlement {
        NaiveRecord(
            operations.map { NaiveOperation($0.id, $0.operation, isVoidFromTrust: $0.voidReason != nil) }, table: WorldTable.kind,
            governing: NaiveGovernance(governance.governing), cited: governance.cited.mapValues(NaiveGovernance.init), raised: governance.raised
        ).settle()
    }

    /// The first thing on which the engine and the naive model differ; nil where they agree.
    func disagreement(under governance: GoverningVersions) -> String? {
        let engine = settled(under: governance)
        let naive = naive(under: governance)
        for spec in WorldTable.own {
            let theirs = engine.fields[spec.number] ?? FieldOutcome()
            let ours = naive.fields[spec.number] ?? NaiveOutcome()
            if let difference = difference(spec, theirs, ours) { return "\(spec.name): \(difference)" }
        }
        for judged in operations {
            let pending = engine.verdicts[judged.id]?.values.contains { if case .pending = $0 { true } else { false } } ?? false
            if pending != naive.pending.contains(judged.id) {
                return "\(judged.id.short): pending \(pending) in the engine"
            }
            if pending { continue }
            for field in judged.operation.fields where !field.number.isAccompanying {
                let verdict = engine.verdicts[judged.id]?[field.number]
                let isVoid = if case .void = verdict { true } else { false }
                if isVoid != naive.void[judged.id]?.contains(field.number) ?? false {
                    return "\(judged.id.short) on \(field.number.index): the engine says \(verdict.map { "\($0)" } ?? "nothing")"
                }
            }
        }
        return nil
    }

    /// What is void from the operation alone is shown so even while the operation waits.
    func isVoidThroughout(_ verdicts: [FieldNumber: Verdict]) -> Bool {
        verdicts.values.allSatisfy { if case .void = $0 { true } else { false } }
    }

    private func difference(_ spec: FieldSpec, _ theirs: FieldOutcome, _ ours: NaiveOutcome) -> String? {
        switch (theirs.value, ours.value) {
        case _ where spec.rule == .set: break
        case (nil, nil): break
        case (let one?, let other?) where NaiveEquality(spec.rule).areEqual(one, other): break
        default: return "value \(theirs.value?.description ?? "blank") by the engine, \(ours.value?.description ?? "blank") by the naive model"
        }
        if (theirs.dispute != nil) != ours.isDisputed { return "dispute \(theirs.dispute != nil) by the engine, \(ours.isDisputed) by the naive model" }
        switch spec.rule {
        case .set:
            let members = Set(theirs.members.map { NaiveMember(value: $0.value, addedBy: $0.addedBy, unit: $0.unit) })
            return members == ours.members ? nil : "members \(members.count) by the engine, \(ours.members.count) by the naive model"
        case .workflow: return nil
        default:
            let deciding = Set(operations.filter { !$0.operation.names.isEmpty }.map(\.id))
            let standing = Set(theirs.standing.map(\.operation)).subtracting(deciding)
            return standing == ours.standing
                ? nil : "standing \(standing.map(\.short).sorted()) by the engine, \(ours.standing.map(\.short).sorted()) by the naive model"
        }
    }
}
