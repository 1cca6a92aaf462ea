import TestKit
import TiaokuaiMerge
import TiaokuaiModel

extension World {
    /// Whether a unit has any part in the record, under any version.
    func hasAuthority(_ unit: UnitID) -> Bool {
        ([governance.governing, changed.governing] + governance.cited.values).contains { version in
            version.issuers.contains(unit) || version.reporters.contains(unit) || version.statistics.contains(unit)
                || version.tiers.contains { $0.government == unit || $0.lineUnits.contains(unit) || $0.cooperating.contains(unit) }
        }
    }

    /// Units that lead where no mode is stated: of the line, and the government of the place.
    var leads: Set<UnitID> {
        let place = governance.governing
        return place.tiers.reduce(into: Set([place.isVertical ? nil : place.tiers[0].government].compactMap(\.self))) { $0.formUnion($1.lineUnits) }
    }

    func isAdmitted(_ unit: UnitID) -> Bool {
        leads.contains(unit) || governance.governing.tiers.contains { $0.cooperating.contains(unit) }
    }

    /// The same record and claims where no plan states a mode, nothing is statistical, nobody reports and nothing was decided.
    func withoutModes() -> World {
        func plain(_ governance: Governance) -> Governance {
            var governance = governance
            for index in governance.tiers.indices { governance.tiers[index].mode = .unspecified }
            governance.statistics = []
            governance.reporters = []
            governance.isVertical = false
            return governance
        }
        let versions = GoverningVersions(plain(governance.governing), cited: governance.cited.mapValues(plain), raised: governance.raised)
        let kept = World(seed: seed, operations: operations, governance: versions, changed: versions, cast: cast)
        let decisions = operations.filter { $0.operation.value(of: WorldTable.figure.number) != nil && !$0.operation.names.isEmpty }
        return kept.without(Set(decisions.map(\.id)))
    }

    /// The unit takes back what it says, having seen nothing but its own words.
    func withdrawal(of unit: UnitID, on field: FieldSpec) -> JudgedOperation {
        let own = operations.filter { $0.operation.unit == unit && $0.operation.value(of: field.number) != nil }
        return added(by: unit, .init(field.number, nil), seen: own.map(\.id), identity: Hash32(word0: 1, word1: seed, word2: 0, word3: 0))
    }

    func claim(_ value: Value?, by unit: UnitID, seen: [OperationID], using random: inout SplitMix64) -> JudgedOperation {
        added(by: unit, .init(WorldTable.figure.number, value), seen: seen, identity: random.hash())
    }

    /// A claim on the figure that admits to having seen just some of what there is.
    func rogueClaim(by unit: UnitID, using random: inout SplitMix64) -> JudgedOperation {
        let seen = operations.map(\.id).filter { _ in random.chance(oneIn: 5) }
        return claim(.decimal(ExactDecimal(Int64.random(in: 1...7, using: &random))), by: unit, seen: seen, using: &random)
    }

    private func added(by unit: UnitID, _ field: Operation.Field, seen: [OperationID], identity: Hash32) -> JudgedOperation {
        JudgedOperation(
            OperationID(identity),
            Operation(
                record: World.record, unit: unit, person: "p1", written: Written(milliseconds: 0),
                origin: Origin(epoch: Epoch(high: 9, low: 9), number: UInt64(operations.count + 1)), seen: seen.sorted(), fields: [field]))
    }
}
