import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// The end of this node's feed in one partition: where the next changeset goes.
struct FeedEnd {
    let feed: Feed
    let feedRef: Int64
    var sequence: UInt64
    var head: ChangesetID?

    /// Nodes above this one, whose newest checkpoint the next changesets name.
    private let superiors: [NodeID]

    init(_ writer: StoreWriter, settings: NodeSettings, partition: Partition, superiors: [NodeID]) throws {
        self.superiors = superiors
        feed = Feed(node: settings.node, epoch: settings.epoch, partition: partition)
        feedRef = try writer.feedRef(feed)
        let heads = try writer.reader.heads(ofFeed: feedRef)
        // This node never forks its own epoch; were two heads there, the longest is the one it goes on from.
        let last = heads.max { ($0.sequence, $0.id) < ($1.sequence, $1.id) }
        sequence = last?.sequence ?? 0
        head = last?.id
    }

    /// True when the changeset lies on the way that the next one continues. In a forked feed what came last may lie on the other
    /// branch, where nobody who follows this one finds it.
    func continues(_ changeset: ChangesetRef, _ resolver: NextResolver) throws -> Bool {
        let link = try resolver.link(changeset)
        guard link.feed == feedRef, link.sequence <= sequence else { return false }
        let delta = UInt32(clamping: sequence + 1 - link.sequence)
        return try resolver.ancestor(ofFeed: feedRef, sequence: sequence + 1, predecessor: head, delta: delta) == changeset
    }

    /// The next changeset's header; `count` and body length are filled in when it is made.
    func header(_ writer: StoreWriter, settings: NodeSettings) throws -> ChangesetHeader {
        guard let network = settings.network, let credential = settings.credential else { throw NodeError(.notEnrolled) }
        let resumes =
            head == nil
            ? settings.resumes.filter { $0.feed.partition == feed.partition }.map { ChangesetHeader.Resumption(epoch: $0.feed.epoch, head: $0.id) } : []
        return ChangesetHeader(
            network: network, feed: feed, sequence: sequence + 1, predecessor: head, bodyLength: 0, count: 0, credential: credential,
            rootStatement: settings.rootStatement, checkpoint: try newestSuperiorCheckpoint(writer, settings), isRehearsal: settings.isRehearsal,
            resumes: resumes)
    }

    private func newestSuperiorCheckpoint(_ writer: StoreWriter, _ settings: NodeSettings) throws -> Hash32? {
        try superiors.flatMap { try writer.reader.statements(.checkpoint, node: $0) }.max { ($0.received, $0.id) < ($1.received, $1.id) }?.id
    }
}

extension Node {
    /// Signs everything written and not yet sealed: at hand-over. Asks for the key only when there is something to sign.
    public func seal() throws {
        guard try store.read({ try $0.earliestUnsealedDay() }) != nil else { return }
        // Whoever opens the key may have to be asked: not while others wait for the store.
        _ = try keys.signer()
        try store.write { writer in
            let settings = try Node.settings(writer.reader)
            try sealPending(writer, settings, partition: nil)
        }
    }

    func sealPending(_ writer: StoreWriter, _ settings: NodeSettings, partition only: Partition?) throws {
        guard try writer.reader.earliestUnsealedDay() != nil else { return }
        let understanding = try understanding(writer.reader, settings)
        let settings = try signable(settings, understanding)
        let key = try signingKey(settings)
        let superiors = understanding.superiors(of: settings.node)
        for (ref, partition) in try writer.reader.partitions() where partition != .local && (only == nil || only == partition) {
            var end: FeedEnd?
            while true {
                let rows = try writer.reader.pending(partition: ref, limit: operationsPerBatch)
                guard !rows.isEmpty else { break }
                if end == nil { end = try FeedEnd(writer, settings: settings, partition: partition, superiors: superiors) }
                try end?.seal(rows, writer, settings: settings, key: key, surroundings: surroundings)
            }
        }
    }
}

extension FeedEnd {
    /// One changeset out of pending rows, which then lie in its body.
    mutating func seal(_ rows: [PendingRow], _ writer: StoreWriter, settings: NodeSettings, key: some Signer, surroundings: Surroundings) throws {
        let resolver = NextResolver(reader: writer.reader)
        let ref = try writer.reader.nextChangesetRef()
        var encoder = BodyEncoder(epoch: settings.epoch)
        var places: [UInt64: (index: UInt32, id: OperationID)] = [:]
        for (index, row) in rows.enumerated() {
            var form = CBORReader(row.operation)
            let operation = try Operation(from: &form)
            let record = try writer.reader.record(row.record)
            // Refused when it was written; whatever road it came by, it does not leave.
            if let field = operation.personalFieldInClear {
                throw NodeError(.personalField, ["kind": record.key.kind.text, "field": "\(field.index)"])
            }
            let carriage: CarriedOperation.Carriage
            if row.previous.changeset == .unsealed, let earlier = places[UInt64(row.previous.position)] {
                carriage = .next(sequenceDelta: 0, index: earlier.index, previous: earlier.id)
            } else if row.previous.changeset.number > 0, try continues(row.previous.changeset, resolver), case let link = try resolver.link(row.previous.changeset) {
                guard let previous = row.previousID else { throw StoreError(.inconsistent, "pending \(row.number)") }
                carriage = .next(sequenceDelta: UInt32(clamping: sequence + 1 - link.sequence), index: UInt32(row.previous.position), previous: previous)
            } else {
                carriage = .new(values: record.key.values)
            }
            encoder.append(CarriedOperation(id: row.id, operation: operation, kind: record.key.kind, carriage: carriage))
            places[row.number] = (UInt32(index), row.id)
        }
        try enter(encoder, ref, rows.map(\.record), writer, settings: settings, key: key, surroundings: surroundings)
        try move(rows, to: ref, writer)
        for (index, row) in rows.enumerated() {
            var form = CBORReader(row.operation)
            if let under = try Operation(from: &form).under { try writer.insertCitation(of: under, inFeed: feedRef, at: Place(ref, Int64(index))) }
            try writer.deletePending(row.number)
        }
    }

    /// Finishes, signs and enters a changeset under the reference it was promised.
    mutating func enter(
        _ encoder: BodyEncoder, _ ref: ChangesetRef, _ records: [RecordRef], _ writer: StoreWriter, settings: NodeSettings, key: some Signer,
        surroundings: Surroundings
    ) throws {
        var header = try header(writer, settings: settings)
        header.count = encoder.count
        let now = surroundings.now()
        let signed = try SignedChangeset.sign(header: header, body: encoder.finish(salt: surroundings.randomBytes(16)), sealed: now, key: key)
        let leaf = try LogKeeper.append(signed.id.hash, writer)
        let entered = try writer.insertChangeset(
            signed.id, feed: feedRef, sequence: header.sequence, predecessor: header.predecessor, state: .applied, leaf: leaf, received: now, item: signed.item)
        guard entered == ref else { throw StoreError(.inconsistent, "changeset reference \(entered.number)") }
        try writer.setRecordRefs(ref, records)
        sequence = header.sequence
        head = signed.id
    }

    /// An operation's place is named by its record's standing row or outcome, and by later pending operations.
    private func move(_ rows: [PendingRow], to changeset: ChangesetRef, _ writer: StoreWriter) throws {
        var places: [RecordRef: [Place: Place]] = [:]
        for (index, row) in rows.enumerated() {
            let (from, to) = (Place(.unsealed, Int64(row.number)), Place(changeset, Int64(index)))
            places[row.record, default: [:]][from] = to
            try writer.moveStanding(row.record, from: from, to: to)
            try writer.movePending(row.record, from: from, to: to)
        }
        for (record, moved) in places {
            guard let outcome = try writer.reader.outcome(record) else { continue }
            var operations = try StoredOperation.decode(outcome.places)
            for index in operations.indices { operations[index].place = moved[operations[index].place] ?? operations[index].place }
            operations.sort { $0.place < $1.place }
            try writer.setPlaces(record, StoredOperation.encode(operations))
        }
    }
}

/// Seals whole batches of one partition as they are written, without a row in `pending`.
struct BulkSealer {
    let partition: Partition
    private let writer: StoreWriter
    private let settings: NodeSettings
    private let key: any Signer
    private let surroundings: Surroundings
    private var end: FeedEnd
    private var identifier: RecordIdentifier
    private let hasher = Hasher256()
    private var form = CBOREncoder(reserving: 512)

    init(
        _ writer: StoreWriter, settings: NodeSettings, partition: Partition, superiors: [NodeID], key: any Signer, surroundings: Surroundings
    ) throws {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        self.partition = partition
        self.writer = writer
        self.settings = settings
        self.key = key
        self.surroundings = surroundings
        end = try FeedEnd(writer, settings: settings, partition: partition, superiors: superiors)
        identifier = RecordIdentifier(network: network, partition: partition)
    }

    mutating func seal(_ drafts: [Draft], _ number: inout UInt64, applier: Applier, checker: inout DraftChecker, out: inout [WrittenOperation]) throws {
        let ref = try writer.reader.nextChangesetRef()
        let before = end.head
        applier.resolver.remember(ChangesetLink(ref: ref, id: ChangesetID(.zero), feed: end.feedRef, sequence: end.sequence + 1, predecessor: end.head))
        var encoder = BodyEncoder(epoch: settings.epoch)
        var records: [RecordRef] = []
        records.reserveCapacity(drafts.count)
        for (index, draft) in drafts.enumerated() {
            try checker.check(draft)
            number += 1
            let id = identifier.identity(kind: draft.key.kind, values: draft.key.values, hasher: hasher)
            let record = try applier.recordRef(id, kind: draft.key.kind, partition: partition, key: draft.key.values)
            let state = try applier.graphState(record, ownNode: settings.node, ownEpoch: settings.epoch)
            let origin = Origin(epoch: settings.epoch, number: number)
            let operation = Operation(
                record: id, unit: draft.unit, person: draft.person, written: draft.written ?? checker.now, origin: origin,
                under: try applier.citation(for: draft, held: record), seen: state.heads, names: draft.names,
                fields: try checker.fields(of: draft, record: id, origin: origin))
            form.removeAll()
            operation.encode(into: &form)
            guard form.bytes.count <= Limits.operationBytes else {
                throw NodeError(.wrongType, ["field": "", "reason": "operation of \(form.bytes.count) bytes"])
            }
            let operationID = OperationID(form.bytes.withUnsafeBytes { hasher.hash($0) })
            var carriage = CarriedOperation.Carriage.new(values: draft.key.values)
            if let previous = state.previous, try previous.place.changeset == ref || end.continues(previous.place.changeset, applier.resolver) {
                let sequence = previous.place.changeset == ref ? end.sequence + 1 : try applier.resolver.link(previous.place.changeset).sequence
                carriage = .next(sequenceDelta: UInt32(clamping: end.sequence + 1 - sequence), index: UInt32(previous.place.position), previous: previous.id)
            }
            encoder.append(CarriedOperation(id: operationID, operation: operation, kind: draft.key.kind, carriage: carriage))
            try applier.apply(operationID, operation, to: record, kind: draft.key.kind, place: Place(ref, Int64(index)), node: settings.node, changeset: nil)
            records.append(record)
            out.append(WrittenOperation(id: operationID, record: id))
        }
        try end.enter(encoder, ref, records, writer, settings: settings, key: key, surroundings: surroundings)
        // Whatever is judged from here on asks for the changeset by its identity.
        if let head = end.head {
            applier.resolver.remember(ChangesetLink(ref: ref, id: head, feed: end.feedRef, sequence: end.sequence, predecessor: before))
        }
        // The batch is complete: write it out, so that memory stays bounded however much comes.
        try applier.finish()
    }
}
