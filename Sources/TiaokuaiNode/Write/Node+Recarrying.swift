import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// Work of a unit of this node that a line leaves without effect: signed with a key that was cut, replaced or taken over,
/// beyond the heads that still count.
public struct LostWork: Hashable, Sendable {
    public let id: OperationID
    public let record: RecordID
    public let key: RecordKey
    public let operation: Operation
    /// Who carried it, and in which epoch.
    public let node: NodeID
    public let epoch: Epoch
    public let reason: TrustFault
}

extension Node {
    /// What this node could carry again: work of units that it writes now, of `from` (nil: of this node itself, in its own
    /// epochs), none of whose carriages counts. In the order in which it came.
    public func lostWork(from: NodeID? = nil) throws -> [LostWork] {
        try store.write { writer in
            let settings = try Node.settings(writer.reader)
            return try Recarrier(self, writer, settings).lost(from: from).map(\.work)
        }
    }

    /// Carries honest work again under this node's key: the same operations, with their identity and origin, in this node's
    /// feeds. Nothing that counts already is carried; doing it twice does nothing.
    ///
    /// - Parameters:
    ///   - from: whose work; nil: this node's own, of its own epochs, after a rotation or a cut.
    ///   - only: which of it; nil: all that `lostWork` names. A thief had the key too: for another node's work the operator chooses.
    /// - Returns: what was carried.
    @discardableResult
    public func recarry(from: NodeID? = nil, only: Set<OperationID>? = nil) throws -> [OperationID] {
        _ = try keys.signer()
        return try store.write { writer in
            let settings = try Node.settings(writer.reader)
            try sealPending(writer, settings, partition: nil)
            let recarrier = try Recarrier(self, writer, settings)
            let chosen = try recarrier.lost(from: from).filter { only?.contains($0.work.id) ?? true }
            try recarrier.carry(chosen)
            return chosen.map(\.work.id)
        }
    }
}

private struct Recarrier {
    struct Found {
        let work: LostWork
        let ref: RecordRef
    }

    let node: Node
    let writer: StoreWriter
    let settings: NodeSettings
    let applier: Applier

    init(_ node: Node, _ writer: StoreWriter, _ settings: NodeSettings) throws {
        self.node = node
        self.writer = writer
        self.settings = settings
        applier = try node.applier(writer, settings)
    }

    func lost(from: NodeID?) throws -> [Found] {
        guard let trust = applier.understanding.trust else { return [] }
        let author = from ?? settings.node
        let own = Set(settings.resumes.map(\.feed.epoch) + [settings.epoch])
        var out: [Found] = []
        var seen: Set<OperationID> = []
        for feed in try writer.reader.feeds() where feed.feed.node == author && (from != nil || own.contains(feed.feed.epoch)) {
            for changeset in try writer.reader.changesets(inFeed: feed.ref, from: 1) where changeset.state == .applied {
                for ref in try writer.reader.recordRefs(changeset.ref) {
                    // A record of the fast path has nothing void on it.
                    guard let outcome = try writer.reader.outcome(ref) else { continue }
                    let carriages = Dictionary(grouping: try StoredOperation.decode(outcome.places), by: \.id)
                    for (id, places) in carriages.sorted(by: { $0.key < $1.key }) where places.contains(where: { $0.place.changeset == changeset.ref }) {
                        guard !seen.contains(id), let stored = places.first, let reason = try fault(stored, places, trust) else { continue }
                        seen.insert(id)
                        let row = try writer.reader.record(ref)
                        out.append(
                            Found(
                                work: LostWork(
                                    id: id, record: row.id, key: row.key, operation: try stored.operation(), node: author, epoch: feed.feed.epoch, reason: reason),
                                ref: ref))
                    }
                }
            }
        }
        return out
    }

    /// Why none of the carriages counts, where this node could carry it; nil otherwise.
    private func fault(_ stored: StoredOperation, _ places: [StoredOperation], _ trust: TrustState) throws -> TrustFault? {
        let unit = try stored.operation().unit
        let mayCarry = trust.reason(node: settings.node, unit: unit, changeset: nil, credentialOf: { _ in nil }, isInAncestry: { _, _ in false }) == nil
        guard mayCarry else { return nil }
        var reason: TrustFault?
        for place in places {
            let carrier = try applier.resolver.carrier(of: place.place, own: settings.node)
            guard let fault = try applier.trustFault(node: carrier.node, unit: unit, changeset: carrier.changeset) else { return nil }
            reason = reason ?? fault
        }
        // What its author never might write is nobody's to carry.
        return reason == .unitNotGranted ? nil : reason
    }

    func carry(_ found: [Found]) throws {
        let byPartition = Dictionary(grouping: found) { $0.work.key.partition }
        guard !byPartition.isEmpty else { return }
        let signing = try node.signable(settings, applier.understanding)
        let key = try node.signingKey(signing)
        let superiors = applier.understanding.superiors(of: settings.node)
        for (partition, work) in byPartition.sorted(by: { $0.key < $1.key }) where partition != .local {
            var end = try FeedEnd(writer, settings: signing, partition: partition, superiors: superiors)
            var rest = work[...]
            while !rest.isEmpty {
                try carry(Array(rest.prefix(node.operationsPerBatch)), &end, signing, key)
                rest = rest.dropFirst(node.operationsPerBatch)
            }
        }
    }

    private func carry(_ batch: [Found], _ end: inout FeedEnd, _ signing: NodeSettings, _ key: any Signer) throws {
        let ref = try writer.reader.nextChangesetRef()
        var encoder = BodyEncoder(epoch: settings.epoch)
        var lastOfRecord: [RecordRef: (index: UInt32, id: OperationID)] = [:]
        for (index, found) in batch.enumerated() {
            // The feed's first on the record spells the key out; what follows there points back, as everything in a feed does.
            var carriage = CarriedOperation.Carriage.new(values: found.work.key.values)
            if let earlier = lastOfRecord[found.ref] {
                carriage = .next(sequenceDelta: 0, index: earlier.index, previous: earlier.id)
            } else if let previous = try applier.graphState(found.ref, ownNode: settings.node, ownEpoch: settings.epoch).previous,
                try end.continues(previous.place.changeset, applier.resolver)
            {
                let sequence = try applier.resolver.link(previous.place.changeset).sequence
                carriage = .next(sequenceDelta: UInt32(clamping: end.sequence + 1 - sequence), index: UInt32(previous.place.position), previous: previous.id)
            }
            encoder.append(CarriedOperation(id: found.work.id, operation: found.work.operation, kind: found.work.key.kind, carriage: carriage))
            lastOfRecord[found.ref] = (UInt32(index), found.work.id)
        }
        try end.enter(encoder, ref, batch.map(\.ref), writer, settings: signing, key: key, surroundings: node.surroundings)
        for (index, found) in batch.enumerated() {
            try applier.apply(
                found.work.id, found.work.operation, to: found.ref, kind: found.work.key.kind, place: Place(ref, Int64(index)), node: settings.node,
                changeset: end.head)
        }
        try applier.finish()
    }
}
