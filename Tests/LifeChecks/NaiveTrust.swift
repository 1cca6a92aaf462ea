import TiaokuaiModel

/// Whose word counts at a node, from the grants and cuts that it holds. "Only a cut ends a credential"; "nothing of that
/// key outside their ancestry has effect, in any partition or epoch, whenever it arrives; of several, the intersection". A
/// grant counts as long as some carriage of it counts, so the whole way from the root.
struct NaiveTrust {
    private let sighting: Sighting
    private let root: Hash32
    private var grants: [NodeID: [Grant]] = [:]
    private var cuts: [NodeID: [KeyCut]] = [:]
    private var carriagesOfGrants: [OperationID: [Carriage]] = [:]

    init(_ ledger: LifeLedger, _ sighting: Sighting, root: Hash32) {
        self.sighting = sighting
        self.root = root
        let held = Dictionary(grouping: sighting.carriages, by: \.id)
        for grant in ledger.grants.values {
            guard grant.id == root || held[OperationID(grant.id)] != nil else { continue }
            grants[grant.subject, default: []].append(grant)
            carriagesOfGrants[OperationID(grant.id)] = held[OperationID(grant.id)]
        }
        for cut in ledger.cuts.values where held[cut.id] != nil { cuts[cut.subject, default: []].append(cut) }
    }

    /// Units that a grant which stands names.
    var units: Set<UnitID> { grants.values.joined().filter(stands).reduce(into: []) { $0.formUnion($1.units) } }

    private func stands(_ grant: Grant) -> Bool {
        grant.id == root || (carriagesOfGrants[OperationID(grant.id)] ?? []).contains { counts($0.operation.unit, by: $0) }
    }

    /// Whether an operation of the unit counts by this carriage.
    func counts(_ unit: UnitID, by carriage: Carriage) -> Bool {
        let all = (grants[carriage.node] ?? []).filter(stands)
        var mine = all.filter { $0.units.contains(unit) }
        if Set((grants[carriage.node] ?? []).map(\.key)).count > 1, let changeset = carriage.changeset {
            let named = sighting.links[changeset].flatMap { link in all.first { $0.id == link.credential } }
            mine = mine.filter { $0.key == named?.key }
        }
        return mine.contains { grant in
            let lines = (cuts[carriage.node] ?? []).filter { $0.key == grant.key }.map(\.heads) + all.filter { $0.key > grant.key }.compactMap(\.endsAt)
            return lines.allSatisfy { heads in carriage.changeset.map { sighting.contains($0, before: heads) } ?? false }
        }
    }
}
