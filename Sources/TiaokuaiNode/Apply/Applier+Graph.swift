import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

extension Applier {
    /// Heads of a record's graph as held now, with what this batch has brought; and this feed's previous operation on it.
    func graphState(_ ref: RecordRef, ownNode: NodeID, ownEpoch: Epoch) throws -> (heads: [OperationID], previous: (place: Place, id: OperationID)?) {
        let cached = try record(ref)
        if !cached.isSettled {
            guard let standing = cached.standing else { return ([], nil) }
            return ([standing.head], try isOwnFeed(standing.place, ownNode, ownEpoch) ? (standing.place, standing.head) : nil)
        }
        var operations = try writer.reader.outcome(ref).map { try StoredOperation.decode($0.places) } ?? []
        operations += arriving(ref)
        let heads = CausalOrder.heads(try operations.map { ($0.id, try $0.operation().seen) })
        let previous = try operations.filter { try isOwnFeed($0.place, ownNode, ownEpoch) }.max { order($0.place) < order($1.place) }.map { ($0.place, $0.id) }
        return (heads, previous)
    }

    /// Unsealed work comes after everything sealed.
    private func order(_ place: Place) -> (Int64, Int64) { (place.changeset == .unsealed ? .max : place.changeset.number, place.position) }

    private func isOwnFeed(_ place: Place, _ node: NodeID, _ epoch: Epoch) throws -> Bool {
        if place.changeset == .unsealed { return true }
        let feed = try resolver.feed(try resolver.link(place.changeset).feed)
        return feed.node == node && feed.epoch == epoch
    }

    /// What a `next` of a changeset points at: from the batch's own records where they are at hand.
    func previous(at place: Place) throws -> ResolvedPrevious {
        let cached = try record(try resolver.recordRef(at: place))
        let inBatch = cached.standing.flatMap { $0.place == place ? $0.head : nil } ?? arriving(cached.ref).last { $0.place == place }?.id
        if let inBatch { return ResolvedPrevious(id: inBatch, record: cached.id, kind: KindName(unchecked: try names.text(of: cached.kind))) }
        return try resolver.previous(at: place)
    }
}
