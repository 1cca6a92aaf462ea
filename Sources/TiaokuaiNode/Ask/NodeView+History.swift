import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// An operation as it is held: what it says, who carried it, and when it became known here.
public struct HeldOperation: Hashable, Sendable {
    public let id: OperationID
    public let operation: Operation
    public let place: Place
    /// The node whose feed carried it.
    public let node: NodeID
    /// Nil for the node's own work that is not sealed yet.
    public let changeset: ChangesetID?
    /// Index of the changeset in this node's log; nil while it is not sealed.
    public let leaf: UInt64?
    /// When the changeset entered this node's log, by this node's clock; nil while it is not sealed.
    public let received: Written?
}

extension NodeView {
    /// Every operation held of a record, in order of arrival, unsealed work of this node last. Also for records that the
    /// fast path took: their operations are walked backwards through the bodies.
    public func operations(of ref: RecordRef) throws -> [HeldOperation] {
        let resolver = NextResolver(reader: reader)
        var entries: [ChangesetRef: ChangesetEntry] = [:]
        return try PlacedOperation.all(of: ref, reader).map { one in
            guard one.place.changeset != .unsealed else {
                return HeldOperation(id: one.id, operation: one.operation, place: one.place, node: settings.node, changeset: nil, leaf: nil, received: nil)
            }
            guard let entry = try entries[one.place.changeset] ?? reader.changesetEntry(one.place.changeset) else {
                throw StoreError(.inconsistent, "changeset \(one.place.changeset.number)")
            }
            entries[one.place.changeset] = entry
            return HeldOperation(
                id: one.id, operation: one.operation, place: one.place, node: try resolver.feed(entry.feed).node, changeset: entry.id, leaf: entry.leaf,
                received: entry.received)
        }
    }

    /// The operations of a record that the engine settles, without their carriage; none for one of the fast path.
    public func settledOperations(of ref: RecordRef) throws -> [IdentifiedOperation] {
        guard let outcome = try reader.outcome(ref) else { return [] }
        return try StoredOperation.decode(outcome.places).map { IdentifiedOperation($0.id, try $0.operation()) }
    }

    /// The same operations as the trust stratum hands them to the engine: each once, however often it was carried.
    public func judged(_ held: [HeldOperation], of key: RecordKey) -> [JudgedOperation] {
        let ancestry = Ancestry(reader: reader)
        let carriages = Dictionary(grouping: held, by: \.id)
        var done: Set<OperationID> = []
        return held.filter { done.insert($0.id).inserted }.map { one in
            let faults = (carriages[one.id] ?? [one]).map { carriage in
                understanding.trust?.reason(
                    node: carriage.node, unit: one.operation.unit, changeset: carriage.changeset, credentialOf: ancestry.credential,
                    isInAncestry: ancestry.isInAncestry)
            }
            return JudgedOperation(one.id, one.operation, faults: faults, key: key, understanding)
        }
    }

    /// Who governs a record on which nobody has spoken yet, or only these values were given.
    public func governance(of key: RecordKey, values: [FieldNumber: Value] = [:]) -> Governance {
        understanding.policy.governance(of: key, table: table(of: key), values: values, lodging: [], local: settings.region)
    }

    /// Who governs a record over which these operations are held; none are needed.
    public func governing(_ key: RecordKey, _ judged: [JudgedOperation] = []) throws -> GoverningVersions {
        var places: [OperationID: [Place]] = [:]
        if judged.contains(where: { $0.operation.under != nil }), let ref = try recordRef(key), let outcome = try reader.outcome(ref) {
            places = Dictionary(grouping: try StoredOperation.decode(outcome.places), by: \.id).mapValues { $0.map(\.place) }
        }
        return try weighing.versions(of: key, table: table(of: key), judged) { id in places[id] ?? [] }
    }

    var weighing: Weighing { Weighing(reader: reader, settings: settings, policy: understanding.policy, resolver: NextResolver(reader: reader)) }

    /// What drafts would come to if they were written now, one after another, without writing them: of each the verdict on
    /// every field that it names.
    public func foresee(_ drafts: [Draft]) throws -> [[FieldNumber: Verdict]] {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        var byRecord: [RecordID: [JudgedOperation]] = [:]
        var keys: [RecordID: RecordKey] = [:]
        var ids: [(record: RecordID, operation: OperationID)] = []
        for (index, draft) in drafts.enumerated() {
            let record = draft.key.identity(in: network)
            keys[record] = draft.key
            if byRecord[record] == nil {
                byRecord[record] = try reader.recordRef(record).map { judged(try operations(of: $0), of: draft.key) } ?? []
            }
            let before = byRecord[record] ?? []
            let seen = CausalOrder.heads(before.map { ($0.id, $0.operation.seen) })
            let (id, operation) = try imagined(draft, seen: seen, number: UInt64(index + 1))
            byRecord[record] = before + [JudgedOperation(id, operation, voidReason: understanding.formFault(of: draft))]
            ids.append((record, id))
        }
        var settlements: [RecordID: Settlement] = [:]
        for (record, operations) in byRecord {
            guard let key = keys[record], let table = table(of: key) else { continue }
            settlements[record] = settle(operations, record: record, table: table, governance: try governing(key, operations))
        }
        return ids.map { settlements[$0.record]?.verdicts[$0.operation] ?? [:] }
    }

    /// The place first, its superiors, the root last; with no day as of the newest region table.
    public func path(of place: RegionID, on day: Day? = nil) -> [RegionID] { understanding.policy.path(of: place, on: day ?? Day(number: .max)) }

    /// The block 块 of a place; nil where none is known.
    public func government(of place: RegionID) -> UnitID? { understanding.policy.governments[place] }

    public func unit(_ id: UnitID) -> Unit? { understanding.policy.units[id] }

    /// The reference of a record that is held; nil otherwise.
    public func recordRef(_ key: RecordKey) throws -> RecordRef? {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        return try reader.recordRef(key.identity(in: network))
    }

    /// A record's row, held or not: a key that nobody spoke of yet has no reference in the store.
    public func identity(of key: RecordKey) throws -> RecordID {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        return key.identity(in: network)
    }

    /// The origin that the next operation written here would have; good only inside the transaction that writes it.
    public func nextOrigin(ahead: UInt64 = 0) throws -> Origin {
        Origin(epoch: settings.epoch, number: try reader.counter(Node.originKey) + 1 + ahead)
    }
}
