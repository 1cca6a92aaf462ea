import GRDB
import TiaokuaiFormat
import TiaokuaiModel

extension StoreReader {
    private static let columns = "ref, id, feed, sequence, predecessor, state, reason, leaf, received, envelope, body, digest"

    private func row(_ statement: RawStatement) throws -> ChangesetRow {
        guard let id = statement.hash(1), let state = ChangesetState(rawValue: statement.integer(5)), let digest = statement.hash(11) else {
            throw StoreError(.inconsistent, "changeset \(statement.integer(0))")
        }
        return ChangesetRow(
            ref: ChangesetRef(statement.integer(0)), id: ChangesetID(id), feed: statement.integer(2), sequence: try statement.unsigned(3),
            predecessor: statement.hash(4).map(ChangesetID.init), state: state, reason: statement.isNull(6) ? nil : statement.text(6),
            leaf: try statement.isNull(7) ? nil : statement.unsigned(7), received: Written(milliseconds: statement.integer(8)),
            item: ChangesetItem(envelope: statement.bytes(9), compressedBody: statement.bytes(10)), digest: digest)
    }

    public func changeset(_ id: ChangesetID) throws -> ChangesetRow? {
        let statement = try RawStatement(db, "SELECT \(Self.columns) FROM changeset WHERE id = ?")
        statement.bind(1, id.hash)
        defer { statement.reset() }
        return try statement.step() ? try row(statement) : nil
    }

    public func changeset(_ ref: ChangesetRef) throws -> ChangesetRow {
        let statement = try RawStatement(db, "SELECT \(Self.columns) FROM changeset WHERE ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "changeset \(ref.number)") }
        return try row(statement)
    }

    /// Where a changeset stands, without its bytes.
    public func changesetLink(_ ref: ChangesetRef) throws -> ChangesetLink {
        let statement = try RawStatement(db, "SELECT id, feed, sequence, predecessor FROM changeset WHERE ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step(), let id = statement.hash(0) else { throw StoreError(.inconsistent, "changeset \(ref.number)") }
        return ChangesetLink(
            ref: ref, id: ChangesetID(id), feed: statement.integer(1), sequence: try statement.unsigned(2),
            predecessor: statement.hash(3).map(ChangesetID.init))
    }

    /// What became of a changeset here, without its bytes; nil for one that is not held, or that lies beyond a horizon.
    public func changesetEntry(_ ref: ChangesetRef) throws -> ChangesetEntry? {
        let statement = try RawStatement(db, "SELECT \(StoreReader.entryColumns) FROM changeset WHERE ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        return try statement.step() ? entry(statement) : nil
    }

    static let entryColumns = "ref, id, feed, sequence, state, reason, leaf, received"

    func entry(_ statement: RawStatement) throws -> ChangesetEntry {
        guard let id = statement.hash(1), let state = ChangesetState(rawValue: statement.integer(4)) else {
            throw StoreError(.inconsistent, "changeset \(statement.integer(0))")
        }
        return ChangesetEntry(
            ref: ChangesetRef(statement.integer(0)), id: ChangesetID(id), feed: statement.integer(2), sequence: UInt64(clamping: statement.integer(3)), state: state,
            reason: statement.isNull(5) ? nil : statement.text(5), leaf: statement.isNull(6) ? nil : UInt64(clamping: statement.integer(6)),
            received: Written(milliseconds: statement.integer(7)))
    }

    /// A changeset's envelope without its body.
    public func envelope(_ ref: ChangesetRef) throws -> [UInt8] {
        let statement = try RawStatement(db, "SELECT envelope FROM changeset WHERE ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "changeset \(ref.number)") }
        return statement.bytes(0)
    }

    public func changesetRef(_ id: ChangesetID) throws -> ChangesetRef? {
        let statement = try RawStatement(db, "SELECT ref FROM changeset WHERE id = ?")
        statement.bind(1, id.hash)
        defer { statement.reset() }
        return try statement.step() ? ChangesetRef(statement.integer(0)) : nil
    }

    /// The reference that the next changeset will get.
    public func nextChangesetRef() throws -> ChangesetRef {
        ChangesetRef(try Int64.fetchOne(db, sql: "SELECT ifnull(max(ref), 0) + 1 FROM changeset") ?? 1)
    }

    /// References of all changesets in order of arrival, after the given one.
    public func changesets(after: ChangesetRef = ChangesetRef(0), limit: Int = .max) throws -> [ChangesetRef] {
        try Int64.fetchAll(db, sql: "SELECT ref FROM changeset WHERE ref > ? ORDER BY ref LIMIT ?", arguments: [after.number, limit]).map(ChangesetRef.init)
    }

    /// Changesets of one feed from a sequence on, ascending by sequence then id; more than one of a sequence is a fork.
    public func changesets(inFeed feed: Int64, from sequence: UInt64, through last: UInt64 = UInt64(Int64.max)) throws -> [(
        ref: ChangesetRef, id: ChangesetID, sequence: UInt64, predecessor: ChangesetID?, state: ChangesetState
    )] {
        let statement = try RawStatement(
            db, "SELECT ref, id, sequence, predecessor, state FROM changeset WHERE feed = ? AND sequence BETWEEN ? AND ? ORDER BY sequence, id")
        statement.bind(1, feed)
        statement.bind(2, Int64(clamping: sequence))
        statement.bind(3, Int64(clamping: last))
        defer { statement.reset() }
        var out: [(ref: ChangesetRef, id: ChangesetID, sequence: UInt64, predecessor: ChangesetID?, state: ChangesetState)] = []
        while try statement.step() {
            guard let id = statement.hash(1), let state = ChangesetState(rawValue: statement.integer(4)) else {
                throw StoreError(.inconsistent, "changeset \(statement.integer(0))")
            }
            out.append((ChangesetRef(statement.integer(0)), ChangesetID(id), try statement.unsigned(2), statement.hash(3).map(ChangesetID.init), state))
        }
        return out
    }

    /// The changesets of a feed that nothing held comes after; held without a gap. More than one: the feed is forked.
    public func heads(ofFeed feed: Int64) throws -> [(id: ChangesetID, sequence: UInt64)] {
        let statement = try RawStatement(
            db,
            """
            SELECT id, sequence FROM changeset c WHERE feed = ?1 AND state <> 2
            AND NOT EXISTS (SELECT 1 FROM changeset n WHERE n.feed = ?1 AND n.sequence = c.sequence + 1 AND n.predecessor = c.id AND n.state <> 2)
            ORDER BY id
            """)
        statement.bind(1, feed)
        defer { statement.reset() }
        var out: [(id: ChangesetID, sequence: UInt64)] = []
        while try statement.step() {
            guard let id = statement.hash(0) else { throw StoreError(.inconsistent, "feed \(feed)") }
            out.append((ChangesetID(id), try statement.unsigned(1)))
        }
        return out
    }

    /// Bytes of a changeset's envelope and packed body.
    public func byteCount(of changeset: ChangesetRef) throws -> Int64 {
        let statement = try RawStatement(db, "SELECT length(envelope) + length(body) FROM changeset WHERE ref = ?")
        statement.bind(1, changeset.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "changeset \(changeset.number)") }
        return statement.integer(0)
    }

    /// References of the records that a changeset's operations speak of, in their order; four bytes each, big-endian.
    public func recordRefs(_ changeset: ChangesetRef) throws -> [RecordRef] {
        if supply?.isPolicyOnly == true { return [] }
        let statement = try RawStatement(db, "SELECT records FROM changeset WHERE ref = ?")
        statement.bind(1, changeset.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "changeset \(changeset.number)") }
        let bytes = statement.bytes(0)
        guard bytes.count.isMultiple(of: 4) else { throw StoreError(.inconsistent, "records of changeset \(changeset.number)") }
        return bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: 4).map { RecordRef(Int64(UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))) }
        }
    }

    public func waiting() throws -> [WaitingRow] {
        let statement = try RawStatement(
            db, "SELECT w.changeset, c.id, w.what, w.item FROM waiting w JOIN changeset c ON c.ref = w.changeset ORDER BY w.changeset, w.item")
        defer { statement.reset() }
        var out: [WaitingRow] = []
        while try statement.step() {
            guard let id = statement.hash(1), let item = statement.hash(3) else { throw StoreError(.inconsistent, "waiting") }
            out.append(WaitingRow(changeset: ChangesetRef(statement.integer(0)), id: ChangesetID(id), what: statement.text(2), item: item))
        }
        return out
    }

    public func waiting(for item: Hash32) throws -> [ChangesetRef] {
        let statement = try RawStatement(db, "SELECT changeset FROM waiting WHERE item = ? ORDER BY changeset")
        statement.bind(1, item)
        defer { statement.reset() }
        var out: [ChangesetRef] = []
        while try statement.step() { out.append(ChangesetRef(statement.integer(0))) }
        return out
    }

    /// Where a feed's operations cite a version of the matrix (or another instrument) in `under`.
    public func citations(of version: OperationID, inFeed feed: Int64) throws -> [Place] {
        let statement = try RawStatement(db, "SELECT changeset, position FROM citation WHERE feed = ? AND version = ? ORDER BY changeset, position")
        statement.bind(1, feed)
        statement.bind(2, version.hash)
        defer { statement.reset() }
        var out: [Place] = []
        while try statement.step() { out.append(Place(ChangesetRef(statement.integer(0)), statement.integer(1))) }
        return out
    }

    // MARK: Work that is not sealed

    public func pending(partition: Int64? = nil, limit: Int = .max) throws -> [PendingRow] {
        let statement = try RawStatement(
            db,
            "SELECT number, partition, record, id, operation, day, feed_changeset, feed_position, feed_operation FROM pending WHERE ?1 IS NULL OR partition = ?1 ORDER BY number LIMIT ?2"
        )
        if let partition { statement.bind(1, partition) } else { statement.bindNull(1) }
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [PendingRow] = []
        while try statement.step() { out.append(try pendingRow(statement)) }
        return out
    }

    public func pending(number: UInt64) throws -> PendingRow? {
        let statement = try RawStatement(
            db, "SELECT number, partition, record, id, operation, day, feed_changeset, feed_position, feed_operation FROM pending WHERE number = ?")
        statement.bind(1, Int64(number))
        defer { statement.reset() }
        return try statement.step() ? try pendingRow(statement) : nil
    }

    private func pendingRow(_ statement: RawStatement) throws -> PendingRow {
        guard let id = statement.hash(3) else { throw StoreError(.inconsistent, "pending \(statement.integer(0))") }
        return PendingRow(
            number: try statement.unsigned(0), partition: statement.integer(1), record: RecordRef(statement.integer(2)), id: OperationID(id),
            operation: statement.bytes(4), day: Day(number: Int32(clamping: statement.integer(5))),
            previous: Place(ChangesetRef(statement.integer(6)), statement.integer(7)),
            previousID: statement.hash(8).map(OperationID.init))
    }

    public func pendingCount() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM pending") ?? 0 }

    // MARK: Log, statements, register

    public func leafCount() throws -> UInt64 {
        let statement = try RawStatement(db, "SELECT ifnull(max(position) + 1, 0) FROM leaf")
        defer { statement.reset() }
        return try statement.step() ? statement.unsigned(0) : 0
    }

    /// How many entries there are, wherever they stand.
    public func leafRows() throws -> UInt64 {
        let statement = try RawStatement(db, "SELECT count(*) FROM leaf")
        defer { statement.reset() }
        return try statement.step() ? statement.unsigned(0) : 0
    }

    /// Entries of the log from a position on whose changesets are held, in order, at most so many.
    public func logEntries(from position: UInt64, limit: Int) throws -> [(position: UInt64, entry: ChangesetEntry)] {
        let statement = try RawStatement(
            db, "SELECT \(StoreReader.entryColumns), position FROM leaf CROSS JOIN changeset ON id = identity WHERE position >= ? ORDER BY position LIMIT ?")
        statement.bind(1, Int64(clamping: position))
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [(position: UInt64, entry: ChangesetEntry)] = []
        while try statement.step() { out.append((try statement.unsigned(8), try entry(statement))) }
        return out
    }

    /// The latest time at which one of the changesets came that lie at these positions of the log; nil where none does.
    public func latestReceived(_ positions: Range<UInt64>) throws -> Written? {
        let statement = try RawStatement(db, "SELECT max(received) FROM changeset WHERE leaf >= ? AND leaf < ?")
        statement.bind(1, Int64(clamping: positions.lowerBound))
        statement.bind(2, Int64(clamping: positions.upperBound))
        defer { statement.reset() }
        return try statement.step() && !statement.isNull(0) ? Written(milliseconds: statement.integer(0)) : nil
    }

    public func leaf(_ position: UInt64) throws -> Hash32? {
        let statement = try RawStatement(db, "SELECT identity FROM leaf WHERE position = ?")
        statement.bind(1, Int64(clamping: position))
        defer { statement.reset() }
        return try statement.step() ? statement.hash(0) : nil
    }

    public func leafPosition(of identity: Hash32) throws -> UInt64? {
        let statement = try RawStatement(db, "SELECT min(position) FROM leaf WHERE identity = ?")
        statement.bind(1, identity)
        defer { statement.reset() }
        return try statement.step() && !statement.isNull(0) ? statement.unsigned(0) : nil
    }

    /// A node of one of the trees over the leaves.
    public func logNode(_ tree: LogTreeTable = .sha256, level: Int, position: UInt64) throws -> Hash32? {
        let statement = try RawStatement(db, "SELECT hash FROM \(tree.table) WHERE level = ? AND position = ?")
        statement.bind(1, level)
        statement.bind(2, Int64(clamping: position))
        defer { statement.reset() }
        return try statement.step() ? statement.hash(0) : nil
    }

    /// How many nodes of a level a tree has, which are those over the first leaves.
    public func logNodeCount(_ tree: LogTreeTable, level: Int) throws -> UInt64 {
        let statement = try RawStatement(db, "SELECT ifnull(max(position) + 1, 0) FROM \(tree.table) WHERE level = ?")
        statement.bind(1, level)
        defer { statement.reset() }
        return try statement.step() ? statement.unsigned(0) : 0
    }

    /// Statements of a type, ascending by number; `node` nil means of every node.
    public func statements(_ type: FrameType, node: NodeID? = nil) throws -> [StatementRow] {
        let statement = try RawStatement(
            db, "SELECT id, node, number, envelope, received FROM statement WHERE type = ?1 AND (?2 IS NULL OR node = ?2) ORDER BY node, number, id")
        statement.bind(1, Int64(type.rawValue))
        if let node { statement.bind(2, node.hash) } else { statement.bindNull(2) }
        defer { statement.reset() }
        var out: [StatementRow] = []
        while try statement.step() {
            guard let id = statement.hash(0) else { throw StoreError(.inconsistent, "statement") }
            out.append(
                StatementRow(
                    id: id, type: type, node: statement.hash(1).map(NodeID.init), number: try statement.unsigned(2), envelope: statement.bytes(3),
                    received: Written(milliseconds: statement.integer(4))))
        }
        return out
    }

    /// The statement with this identity, of whatever type.
    public func statement(_ id: Hash32) throws -> StatementRow? {
        let statement = try RawStatement(db, "SELECT type, node, number, envelope, received FROM statement WHERE id = ?")
        statement.bind(1, id)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        guard let type = FrameType(rawValue: UInt64(clamping: statement.integer(0))) else { throw StoreError(.inconsistent, "statement") }
        return StatementRow(
            id: id, type: type, node: statement.hash(1).map(NodeID.init), number: UInt64(clamping: statement.integer(2)), envelope: statement.bytes(3),
            received: Written(milliseconds: statement.integer(4)))
    }

    /// The heads that a peer has acknowledged in its own statements.
    public func acknowledged(by peer: NodeID) throws -> [(feed: FeedID, changeset: ChangesetID, sequence: UInt64)] {
        let statement = try RawStatement(db, "SELECT feed, changeset, sequence FROM acknowledged WHERE peer = ? ORDER BY feed, changeset")
        statement.bind(1, peer.hash)
        defer { statement.reset() }
        var out: [(feed: FeedID, changeset: ChangesetID, sequence: UInt64)] = []
        while try statement.step() {
            guard let feed = statement.hash(0), let changeset = statement.hash(1) else { throw StoreError(.inconsistent, "acknowledged") }
            out.append((FeedID(feed), ChangesetID(changeset), try statement.unsigned(2)))
        }
        return out
    }

    public func journal(limit: Int) throws -> [(written: Written, code: String, record: RecordRef?, facts: String)] {
        let statement = try RawStatement(db, "SELECT written, code, record, facts FROM journal ORDER BY ref DESC LIMIT ?")
        statement.bind(1, limit)
        defer { statement.reset() }
        var out: [(written: Written, code: String, record: RecordRef?, facts: String)] = []
        while try statement.step() {
            out.append(
                (Written(milliseconds: statement.integer(0)), statement.text(1), statement.isNull(2) ? nil : RecordRef(statement.integer(2)), statement.text(3))
            )
        }
        return out
    }
}
