import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

extension Applier {
    /// Heads of a record's graph as held now, with what this batch has brought; and this feed's previous operation on it.
    func graphState(_ ref: RecordRef, ownNode: NodeID, ownEpoch: Epoch) throws -> (heads: [OperationID], previous: Place?) {
        let cached = try record(ref)
        if !cached.isSettled {
            guard let standing = cached.standing else { return ([], nil) }
            return ([standing.head], try isOwnFeed(standing.place, ownNode, ownEpoch) ? standing.place : nil)
        }
        var operations = try writer.reader.outcome(ref).map { try StoredOperation.decode($0.places) } ?? []
        operations += arriving(ref)
        var heads: Set<OperationID> = []
        var seen: Set<OperationID> = []
        for stored in operations {
            heads.insert(stored.id)
            seen.formUnion(try stored.operation().seen)
        }
        let previous = try operations.filter { try isOwnFeed($0.place, ownNode, ownEpoch) }.max { order($0.place) < order($1.place) }?.place
        return (heads.subtracting(seen).sorted(), previous)
    }

    /// Unsealed work comes after everything sealed.
    private func order(_ place: Place) -> (Int64, Int64) { (place.changeset == .unsealed ? .max : place.changeset.number, place.position) }

    private func isOwnFeed(_ place: Place, _ node: NodeID, _ epoch: Epoch) throws -> Bool {
        if place.changeset == .unsealed { return true }
        let feed = try resolver.feed(try resolver.link(place.changeset).feed)
        return feed.node == node && feed.epoch == epoch
    }

    /// The identity of this feed's operation at a place, where the record is at hand.
    func operationID(at place: Place, of ref: RecordRef) throws -> OperationID {
        let cached = try record(ref)
        if let standing = cached.standing, standing.place == place { return standing.head }
        if let stored = arriving(ref).first(where: { $0.place == place }) { return stored.id }
        return try resolver.previous(at: place).id
    }
}
