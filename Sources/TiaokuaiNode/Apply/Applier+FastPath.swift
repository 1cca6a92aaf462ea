import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore

// The fast path: a record of a plain kind on which one unit wrote in one feed, each operation having seen the one before,
// all of them admitted. It has a standing row and no outcome; whatever order its operations came in, and whatever the
// engine had to do with it meanwhile.
extension Applier {
    func takesFastPath(_ operation: Operation, _ cached: CachedRecord, kind: KindName, place: Place, node: NodeID, changeset: ChangesetID?) throws -> Bool {
        guard let table = kindFacts(kind).table, isPlainClaim(operation, table) else { return false }
        if let standing = cached.standing {
            guard operation.seen.count == 1, operation.seen[0] == standing.head, try names.ref(of: operation.unit.text) == standing.unit else { return false }
            // History walks one feed's links: what another machine or epoch goes on with is the engine's.
            guard try isSameFeed(place, standing.place) else { return false }
        } else {
            guard operation.seen.isEmpty else { return false }
        }
        return try trustFault(node: node, unit: operation.unit, changeset: changeset) == nil
    }

    private func isPlainClaim(_ operation: Operation, _ table: KindTable) -> Bool {
        guard operation.names.isEmpty, operation.under == nil, !operation.fields.isEmpty else { return false }
        return operation.fields.allSatisfy { field in
            guard let spec = table.field(field.number) else { return false }
            return field.value.map { spec.admits($0) } ?? true
        }
    }

    /// True when the fast path would have taken all of a plain record's operations, had they come in order and under the
    /// trust of today.
    func isChain(_ judged: [JudgedOperation], _ operations: [StoredOperation], _ table: KindTable) throws -> Bool {
        var last: Int?
        for index in CausalOrder.indices(judged) {
            let one = judged[index]
            guard one.voidReason == nil, isPlainClaim(one.operation, table) else { return false }
            if let last {
                guard one.operation.seen == [judged[last].id], one.operation.unit == judged[last].operation.unit else { return false }
                guard try isSameFeed(operations[index].place, operations[last].place) else { return false }
            } else {
                guard one.operation.seen.isEmpty else { return false }
            }
            last = index
        }
        return last != nil
    }

    /// Leaves a record as the fast path does; true when the engine had an outcome for it.
    func settleAsChain(_ judged: [JudgedOperation], _ operations: [StoredOperation], _ ref: RecordRef) throws -> Bool {
        let order = CausalOrder.indices(judged)
        guard let first = order.first, let last = order.last else { return false }
        var fields = PackedFields.first(judged[first].operation.fields)
        for index in order.dropFirst() { fields = try PackedFields.overlay(fields, judged[index].operation.fields) }
        let hadOutcome = try writer.deleteOutcome(ref)
        try writer.deleteStanding(ref)
        try writer.upsert(
            StandingRow(
                record: ref, unit: try names.ref(of: judged[last].operation.unit.text), place: operations[last].place, head: judged[last].id, fields: fields))
        return hadOutcome
    }

    /// Everything of a fast-path record, oldest first: from `pending` and the bodies, then this batch's own.
    func earlierOperations(of cached: CachedRecord) throws -> [StoredOperation] {
        var out =
            try cached.stored.map { stored in
                try resolver.history(of: cached.id, from: stored.place).map { StoredOperation(place: $0.place, explicitForm: $0.operation.explicitForm) }
            } ?? []
        out += cached.taken.map { StoredOperation(place: $0.place, explicitForm: $0.operation.explicitForm) }
        return out
    }

    private func isSameFeed(_ left: Place, _ right: Place) throws -> Bool { try owner(of: left) == owner(of: right) }

    /// Node and epoch of what lies at a place; unsealed work is this node's own, of this epoch.
    private func owner(of place: Place) throws -> FeedOwner {
        if place.changeset == .unsealed { return FeedOwner(node: settings.node, epoch: settings.epoch) }
        let feed = try resolver.feed(try resolver.link(place.changeset).feed)
        return FeedOwner(node: feed.node, epoch: feed.epoch)
    }
}

private struct FeedOwner: Equatable {
    let node: NodeID
    let epoch: Epoch
}
