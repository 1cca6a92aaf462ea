import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// One operation as an entry of the log brought it.
public struct EnteredOperation: Sendable {
    public let entry: LogEntry
    public let feed: Feed
    public let record: RecordRow
    public let place: Place
    public let raw: RawOperation
}

/// An operation's identity, and what its words have become.
public struct HeldWord: Hashable, Sendable {
    public let id: OperationID
    public let verdicts: [FieldNumber: Verdict]
}

extension NodeView {
    /// What the log brought from a position on, in order of entry, one body at a time, until a body closure says no more.
    ///
    /// - Parameters:
    ///   - isMeant: whether a feed's changesets are looked into at all.
    ///   - ineffective: an entry that waits, or is void as a whole.
    public func forEachEntered(
        from position: UInt64, where isMeant: (Feed) -> Bool, ineffective: (LogEntry, Feed) throws -> Bool,
        _ body: (EnteredOperation) throws -> Bool
    ) throws {
        let resolver = NextResolver(reader: reader)
        try forEachLogEntry(from: position) { entry in
            let feed = try resolver.feed(entry.entry.feed)
            guard isMeant(feed) else { return true }
            guard entry.entry.state == .applied else { return try ineffective(entry, feed) }
            let refs = try reader.recordRefs(entry.entry.ref)
            for (index, raw) in try resolver.rawOperations(in: entry.entry.ref).enumerated() where refs.indices.contains(index) {
                let one = EnteredOperation(
                    entry: entry, feed: feed, record: try reader.record(refs[index]), place: Place(entry.entry.ref, Int64(index)), raw: raw)
                guard try body(one) else { return false }
            }
            return true
        }
    }

    /// What became of the operation at a place of a record: its identity, and the verdict on each field that it names.
    public func word(at place: Place, of record: RecordRow, fields: [FieldNumber]) throws -> HeldWord? {
        if let outcome = try reader.outcome(record.ref) {
            guard let stored = try StoredOperation.decode(outcome.places).first(where: { $0.place == place }) else { return nil }
            return HeldWord(id: stored.id, verdicts: try SettlementForm.decode(outcome.form).verdicts[stored.id] ?? [:])
        }
        // One unit's chain: a field stands unless a later operation of it speaks of the field again.
        let chain = try PlacedOperation.all(of: record.ref, reader)
        guard let index = chain.firstIndex(where: { $0.place == place }) else { return nil }
        let later = chain[(index + 1)...]
        let verdicts = fields.map { number -> (FieldNumber, Verdict) in
            if let next = later.first(where: { $0.operation.value(of: number) != nil }) { return (number, .replaced(by: next.id)) }
            if case .some(.none) = chain[index].operation.value(of: number) { return (number, .withdrawn) }
            return (number, .stands)
        }
        return HeldWord(id: chain[index].id, verdicts: Dictionary(verdicts, uniquingKeysWith: { first, _ in first }))
    }

    /// Positions at which policy entered the log, ascending: between two of them every horizon has the same policy.
    public func policyPositions() throws -> [UInt64] {
        try reader.feeds().filter(\.feed.partition.isPolicy).flatMap { row in
            try reader.changesets(inFeed: row.ref, from: 1).compactMap { try reader.changesetEntry($0.ref)?.leaf }
        }.sorted()
    }

    /// The newest checkpoint of a superior that the author of a changeset held when it was sealed, where it is held here: what is
    /// in the changeset was sealed after it. Nil where it names none, or one that never came.
    public func checkpointBefore(_ changeset: ChangesetRef) throws -> Checkpoint? {
        guard let named = try reader.header(changeset).checkpoint, let row = try reader.statement(named), row.type == .checkpoint else { return nil }
        return try Checkpoint(UnverifiedStatement(row.envelope, .checkpoint).claimed)
    }

    /// What a node itself said that it had, receipt by receipt, as far as they are held here.
    public func custody(of node: NodeID) throws -> [Custody] {
        try reader.statements(.receipt, node: node).map { row in
            let receipt = try Receipt(UnverifiedStatement(row.envelope, .receipt).claimed)
            return Custody(written: receipt.written, to: receipt.to, heads: receipt.accepted.map(\.head))
        }
    }

    /// Whether a changeset is in the past of some of the heads, or one of them.
    public func covers(_ heads: [ChangesetID], _ changeset: ChangesetID) throws -> Bool { try Ancestry(reader: reader).contains(changeset, heads) }

    /// Whether a superior's log had an entry when it was as large as a checkpoint says. Nil where that can't be told from here: of
    /// another node's log only what its receipts prove is known.
    public func had(_ checkpoint: Checkpoint, _ changeset: ChangesetID) throws -> Bool? {
        if checkpoint.node == settings.node, checkpoint.epoch == settings.epoch {
            return try reader.leafPosition(of: changeset.hash).map { $0 < checkpoint.size }
        }
        let ancestry = Ancestry(reader: reader)
        for row in try reader.statements(.receipt, node: checkpoint.node) {
            let receipt = try Receipt(UnverifiedStatement(row.envelope, .receipt).claimed)
            guard try Checkpoint(UnverifiedStatement(receipt.checkpoint, .checkpoint).claimed).epoch == checkpoint.epoch else { continue }
            // Its own work it had before any checkpoint that covers it.
            for accepted in receipt.accepted where accepted.leafIndex < checkpoint.size {
                if try ancestry.contains(changeset, [accepted.head]) { return true }
            }
        }
        return nil
    }
}

/// One receipt: whose heads a node had, by its own clock. What it leaves out it had not, if it is for everybody or for the author,
/// who is told of all of its own feeds.
public struct Custody: Hashable, Sendable {
    public let written: Written
    /// Nil for everybody.
    public let to: NodeID?
    public let heads: [ChangesetID]
}
