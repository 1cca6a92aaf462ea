import NaiveModel
import TiaokuaiModel

/// What a node must show of every record, by the ledger, the naive model and the operations that it holds.
public struct NaiveState {
    let ledger: LifeLedger
    let sighting: Sighting
    let policy: NaivePolicy
    /// Carriages of each operation, as `held` lists them.
    private let carriages: [OperationID: [Carriage]]

    /// - Parameter root: the hash of root statement 1, which grants the root node what it has.
    public init(_ ledger: LifeLedger, _ sighting: Sighting, _ fields: PolicyFields, _ tables: [KindName: KindTable], root: Hash32) {
        self.ledger = ledger
        self.sighting = sighting
        let trust = NaiveTrust(ledger, sighting, root: root)
        carriages = Dictionary(grouping: sighting.carriages, by: \.id)
        var held: [RecordKey: [(operation: IdentifiedOperation, counts: Bool)]] = [:]
        for (id, all) in carriages {
            guard let first = all.first else { continue }
            let isPersonal = first.key.partition != .local && first.operation.fields.contains { ($0.number.fieldClass ?? .personal) == .personal }
            let counts = !isPersonal && all.contains { trust.counts(first.operation.unit, by: $0) }
            held[first.key, default: []].append((IdentifiedOperation(id, first.operation), counts))
        }
        policy = NaivePolicy(ledger, fields, tables, held, granted: trust.units)
    }

    /// Nil for a kind without a table.
    public func settle(_ key: RecordKey) -> (settlement: NaiveSettlement, governance: NaiveGovernance)? {
        let held = policy.held[key] ?? []
        guard let table = policy.tables[key.kind] else { return nil }
        let counting = held.filter(\.counts).map(\.operation)
        let lodging = Set(counting.map(\.operation.unit))
        let values = lastWords(counting)
        guard let governing = policy.governing(key, lodging: lodging, values: values) else { return nil }
        var cited: [OperationID: NaiveGovernance] = [:]
        var raised: [OperationID: OperationID] = [:]
        for one in held.map(\.operation) {
            guard let under = one.operation.under else { continue }
            let versions = policy.versions(with: under, on: governing.path)
            guard !versions.isEmpty else { continue }
            let later = versions.filter { $0.past.contains(under) }
            if let newest = later.last(where: { isCited($0.id, before: one.id) })?.id { raised[one.id] = newest }
            for id in [under, raised[one.id]].compactMap(\.self) where cited[id] == nil {
                cited[id] = policy.governing(key, lodging: lodging, values: values, citing: id)?.governance
            }
        }
        let operations = held.map { NaiveOperation($0.operation.id, $0.operation.operation, isVoidFromTrust: !$0.counts) }
        return (NaiveRecord(operations, table: table, governing: governing.governance, cited: cited, raised: raised).settle(), governing.governance)
    }

    /// How many acts of a record cite a version that another one supersedes, or are raised to a later one.
    func superseded(_ key: RecordKey) -> Int {
        let path = key.partition.place.map { ledger.path(of: $0, on: nil) } ?? []
        return (policy.held[key] ?? []).count { one in
            guard let under = one.operation.operation.under else { return false }
            return policy.versions(with: under, on: path).contains { $0.past.contains(under) }
        }
    }

    /// What was said last of each field, of a record that one unit opens.
    private func lastWords(_ operations: [IdentifiedOperation]) -> [FieldNumber: Value] {
        var depth: [OperationID: Int] = [:]
        let byID = Dictionary(uniqueKeysWithValues: operations.map { ($0.id, $0) })
        func measure(_ id: OperationID) -> Int {
            if let known = depth[id] { return known }
            let found = 1 + (byID[id]?.operation.seen.filter { byID[$0] != nil }.map(measure).max() ?? -1)
            depth[id] = found
            return found
        }
        var values: [FieldNumber: Value] = [:]
        for one in operations.sorted(by: { (measure($0.id), $0.id) < (measure($1.id), $1.id) }) {
            for field in one.operation.fields { values[field.number] = field.value }
        }
        return values
    }

    /// Whether a feed that carries the act had cited the version before it.
    private func isCited(_ version: OperationID, before act: OperationID) -> Bool {
        let citing = sighting.carriages.filter { $0.operation.under == version }
        return (carriages[act] ?? []).contains { place in
            citing.contains { other in
                guard other.node == place.node, other.key.partition == place.key.partition, other.id != act else { return false }
                switch (other.changeset, place.changeset) {
                case (nil, nil): return other.position < place.position
                case (nil, .some): return false
                // What is not sealed comes after everything of this epoch's feed.
                case (let earlier?, nil): return isInOwnEpoch(earlier, place)
                case (let earlier?, let later?):
                    if earlier == later { return other.position < place.position }
                    return sighting.contains(earlier, before: [later])
                }
            }
        }
    }

    private func isInOwnEpoch(_ changeset: ChangesetID, _ unsealed: Carriage) -> Bool {
        guard let feed = sighting.links[changeset]?.feed else { return false }
        return currentFeed(unsealed) == feed
    }

    /// The feed into which this unsealed operation will go: that of the newest changeset of the epoch of its origin.
    private func currentFeed(_ unsealed: Carriage) -> Hash32? {
        sighting.carriages.first {
            $0.changeset != nil && $0.node == unsealed.node && $0.key.partition == unsealed.key.partition
                && $0.operation.origin.epoch == unsealed.operation.origin.epoch
        }?.changeset.flatMap { sighting.links[$0]?.feed }
    }
}
