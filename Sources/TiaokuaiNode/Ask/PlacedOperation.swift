import TiaokuaiModel
import TiaokuaiStore

/// An operation and where it lies.
struct PlacedOperation {
    let place: Place
    let id: OperationID
    let operation: Operation

    /// Every operation held of a record, in order of arrival, unsealed work last; one that was carried twice has two places.
    static func all(of ref: RecordRef, _ reader: StoreReader) throws -> [PlacedOperation] {
        var found: [PlacedOperation] = []
        if let outcome = try reader.outcome(ref) {
            found = try StoredOperation.decode(outcome.places).map { PlacedOperation(place: $0.place, id: $0.id, operation: try $0.operation()) }
        } else {
            let resolver = NextResolver(reader: reader)
            let state = try reader.recordState(ref)
            var seen: Set<OperationID> = []
            for standing in state.standing {
                for one in try resolver.history(of: state.id, from: standing.place) where seen.insert(one.id).inserted {
                    found.append(PlacedOperation(place: one.place, id: one.id, operation: one.operation))
                }
            }
        }
        return found.sorted { ($0.isUnsealed, $0.place) < ($1.isUnsealed, $1.place) }
    }

    private var isUnsealed: Int { place.changeset == .unsealed ? 1 : 0 }
}
