import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// Finds what a `next` points at, and walks a record's operations backwards through bodies. Holds a few unpacked bodies.
final class NextResolver {
    struct Found {
        let place: Place
        let id: OperationID
        let operation: Operation
    }

    private let reader: StoreReader
    private var recordRefs: [ChangesetRef: [UInt32]] = [:]
    private var bodies: [ChangesetRef: [RawOperation]] = [:]
    private var kinds: [Int64: KindName] = [:]
    private var links: [ChangesetRef: ChangesetLink] = [:]
    private var feeds: [Int64: Feed] = [:]
    private var chain: [FeedPosition: ChangesetRef] = [:]
    private static let bodiesHeld = 8

    private struct FeedPosition: Hashable {
        let feed: Int64
        let sequence: UInt64
    }

    init(reader: StoreReader) { self.reader = reader }

    /// The node and changeset that carried what lies at a place; the node's own, unsealed work has no changeset.
    func carrier(of place: Place, own: NodeID) throws -> (node: NodeID, changeset: ChangesetID?) {
        if place.changeset == .unsealed { return (own, nil) }
        let link = try link(place.changeset)
        return (try feed(link.feed).node, link.id)
    }

    func link(_ ref: ChangesetRef) throws -> ChangesetLink {
        if let link = links[ref] { return link }
        let link = try reader.changesetLink(ref)
        links[ref] = link
        return link
    }

    /// A changeset that is about to be entered.
    func remember(_ link: ChangesetLink) {
        links[link.ref] = link
        // It may be the second of its sequence: from here on the predecessors tell.
        chain[FeedPosition(feed: link.feed, sequence: link.sequence)] = nil
    }

    func feed(_ ref: Int64) throws -> Feed {
        if let feed = feeds[ref] { return feed }
        for row in try reader.feeds() { feeds[row.ref] = row.feed }
        guard let feed = feeds[ref] else { throw StoreError(.inconsistent, "feed \(ref)") }
        return feed
    }

    /// The changeset `delta` before `sequence`, along the predecessors of `predecessor`.
    func ancestor(ofFeed feed: Int64, sequence: UInt64, predecessor: ChangesetID?, delta: UInt32) throws -> ChangesetRef {
        guard UInt64(delta) < sequence else { throw FormatError(.malformedBody, at: 0, "next points before the feed") }
        let wanted = sequence - UInt64(delta)
        // Nearly all of a body's `next`s ask for the same few changesets of a feed that is a chain.
        if let known = chain[FeedPosition(feed: feed, sequence: wanted)] { return known }
        let candidates = try reader.changesets(inFeed: feed, from: wanted, through: wanted)
        if candidates.count == 1 {
            chain[FeedPosition(feed: feed, sequence: wanted)] = candidates[0].ref
            return candidates[0].ref
        }
        var step = predecessor
        while let id = step, let ref = try reader.changesetRef(id) {
            let link = try link(ref)
            if link.sequence == wanted { return ref }
            step = link.predecessor
        }
        throw FormatError(.malformedBody, at: 0, "next points outside its feed")
    }

    func recordRef(at place: Place) throws -> RecordRef {
        let refs = try recordRefs[place.changeset] ?? reader.recordRefs(place.changeset).map { UInt32(truncatingIfNeeded: $0.number) }
        if recordRefs[place.changeset] == nil { recordRefs[place.changeset] = refs }
        guard refs.indices.contains(Int(place.position)) else { throw FormatError(.malformedBody, at: Int(place.position), "next points beyond its changeset") }
        return RecordRef(Int64(refs[Int(place.position)]))
    }

    /// All operations of one record that one feed carried, oldest first, ending at `place`: walked backwards through the
    /// bodies, then restored forwards, so that each identity follows from the one before.
    func history(of record: RecordID, from place: Place) throws -> [Found] {
        var walked: [(place: Place, raw: RawOperation?)] = []
        var next: Place? = place
        while let place = next {
            if place.changeset == .unsealed {
                guard let row = try reader.pending(number: UInt64(place.position)) else { throw StoreError(.inconsistent, "pending \(place.position)") }
                walked.append((place, nil))
                next = row.previous.changeset.number < 0 ? nil : row.previous
            } else {
                let raw = try raw(at: place)
                walked.append((place, raw))
                next = try previousPlace(raw, at: place)
            }
        }
        var out: [Found] = []
        for (place, raw) in walked.reversed() {
            if let raw {
                let operation = raw.restored(record: record, previous: out.last?.id)
                out.append(Found(place: place, id: operation.identity, operation: operation))
            } else if let row = try reader.pending(number: UInt64(place.position)) {
                var form = CBORReader(row.operation)
                out.append(Found(place: place, id: row.id, operation: try Operation(from: &form)))
            }
        }
        return out
    }

    /// The operation at a place, its columns only.
    func raw(at place: Place) throws -> RawOperation {
        let body = try rawOperations(in: place.changeset)
        guard body.indices.contains(Int(place.position)) else { throw FormatError(.malformedBody, at: Int(place.position), "next points beyond its changeset") }
        return body[Int(place.position)]
    }

    private func previousPlace(_ raw: RawOperation, at place: Place) throws -> Place? {
        guard case .next(let delta, let index) = raw.carriage else { return nil }
        if delta == 0 { return Place(place.changeset, Int64(index)) }
        let link = try link(place.changeset)
        return Place(try ancestor(ofFeed: link.feed, sequence: link.sequence, predecessor: link.predecessor, delta: delta), Int64(index))
    }

    /// A whole body, unpacked. The store holds only what was verified when it came.
    func rawOperations(in changeset: ChangesetRef) throws -> [RawOperation] {
        if let body = bodies[changeset] { return body }
        let row = try reader.changeset(changeset)
        let header = try UnverifiedChangeset(row.item).header
        let body = try Zstd.decompress(row.item.compressedBody, length: header.bodyLength)
        var decoder = try BodyDecoder(body, feed: header.feed, network: header.network, count: header.count)
        let operations = try decoder.rawOperations()
        if bodies.count >= NextResolver.bodiesHeld { bodies = [:] }
        bodies[changeset] = operations
        return operations
    }

    /// What stands at a place. Where it is its record's newest, the standing row has the identity; otherwise the bodies tell.
    func previous(at place: Place) throws -> ResolvedPrevious {
        let ref = try recordRef(at: place)
        let identity = try reader.recordState(ref)
        let kind = try kindName(identity.kind)
        if let row = identity.standing.first(where: { $0.place == place }) { return ResolvedPrevious(id: row.head, record: identity.id, kind: kind) }
        if let outcome = try reader.outcome(ref), let stored = try StoredOperation.decode(outcome.places).first(where: { $0.place == place }) {
            return ResolvedPrevious(id: stored.id, record: identity.id, kind: kind)
        }
        guard let found = try history(of: identity.id, from: place).last else { throw StoreError(.inconsistent, "place \(place.changeset.number).\(place.position)") }
        return ResolvedPrevious(id: found.id, record: identity.id, kind: kind)
    }

    private func kindName(_ ref: Int64) throws -> KindName {
        if let kind = kinds[ref] { return kind }
        let kind = KindName(unchecked: try reader.name(ref))
        kinds[ref] = kind
        return kind
    }
}
