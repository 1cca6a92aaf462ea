import TiaokuaiHash
import TiaokuaiModel

/// A body's operations as far as its bytes alone tell: whole, with their identities, but for those that go on with what another
/// changeset of the feed carried. Needs no store, so it can be made on another core.
public struct BodyOperations: Sendable {
    private enum One: Sendable {
        case whole(CarriedOperation)
        /// Waits for the operation that its `next` points at.
        case open(RawOperation, sequenceDelta: UInt32, index: UInt32)
    }

    private var operations: [One] = []

    init(_ raw: [RawOperation], feed: Feed, network: NetworkID) throws(FormatError) {
        operations.reserveCapacity(raw.count)
        var identifier = RecordIdentifier(network: network, partition: feed.partition)
        var restorer = Restorer()
        for (position, one) in raw.enumerated() {
            switch one.carriage {
            case .new(let kind, let values):
                let record = identifier.identity(kind: kind, values: values, hasher: restorer.hasher)
                operations.append(.whole(try restorer.restored(one, at: position, record: record, previous: nil, kind: kind, .new(values: values))))
            case .next(0, let index):
                guard case .whole(let before) = operations[Int(index)] else {
                    operations.append(.open(one, sequenceDelta: 0, index: index))
                    continue
                }
                operations.append(.whole(try restorer.restored(one, at: position, after: ResolvedPrevious(before), delta: 0, index: index)))
            case .next(let delta, let index):
                operations.append(.open(one, sequenceDelta: delta, index: index))
            }
        }
    }

    /// All of them whole, in order. `resolve` gives what this feed's operation at (sequence delta ≥ 1, index) is.
    public func resolved(by resolve: (UInt32, UInt32) throws -> ResolvedPrevious) throws -> [CarriedOperation] {
        var out: [CarriedOperation] = []
        out.reserveCapacity(operations.count)
        var restorer = Restorer()
        for (position, one) in operations.enumerated() {
            switch one {
            case .whole(let operation): out.append(operation)
            case .open(let raw, let delta, let index):
                let before = delta == 0 ? ResolvedPrevious(out[Int(index)]) : try resolve(delta, index)
                out.append(try restorer.restored(raw, at: position, after: before, delta: delta, index: index))
            }
        }
        return out
    }
}

/// Restores explicit forms and hashes them, with one hasher and one buffer for all.
private struct Restorer {
    let hasher = Hasher256()
    private var encoder = CBOREncoder(reserving: 512)

    mutating func restored(_ raw: RawOperation, at position: Int, after previous: ResolvedPrevious, delta: UInt32, index: UInt32) throws(FormatError) -> CarriedOperation {
        if raw.listedSeen == [previous.id] { throw FormatError(.notShortest, at: position, "the previous operation is listed") }
        return try restored(
            raw, at: position, record: previous.record, previous: previous.id, kind: previous.kind, .next(sequenceDelta: delta, index: index, previous: previous.id))
    }

    mutating func restored(
        _ raw: RawOperation, at position: Int, record: RecordID, previous: OperationID?, kind: KindName, _ carriage: CarriedOperation.Carriage
    ) throws(FormatError) -> CarriedOperation {
        let operation = raw.restored(record: record, previous: previous)
        encoder.removeAll()
        operation.encode(into: &encoder)
        guard encoder.bytes.count <= Limits.operationBytes else { throw FormatError(.limitExceeded, at: position, "operation") }
        let hasher = hasher
        let id = OperationID(encoder.bytes.withUnsafeBytes { hasher.hash($0) })
        return CarriedOperation(id: id, operation: operation, kind: kind, carriage: carriage)
    }
}
