import GRDB
import TiaokuaiFormat
import TiaokuaiModel

// What an audit reads, row after row and none of it believed.
extension StoreReader {
    /// What a record's row says by which it is found and listed; equal in two stores that hold the same.
    public func recordListing(_ ref: RecordRef) throws -> RecordListing {
        let statement = try RawStatement(
            db,
            """
            SELECT r.prefix, r.is_plain, n.text, r.key, ifnull(o.is_disputed, -1)
            FROM record r JOIN name n ON n.ref = r.kind LEFT JOIN outcome o ON o.record = r.ref WHERE r.ref = ?
            """)
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "record \(ref.number)") }
        return RecordListing(
            prefix: statement.integer(0), isPlain: statement.integer(1), kind: statement.text(2), key: statement.bytes(3), isDisputed: statement.integer(4))
    }

    /// Changesets of one feed, ascending by sequence then id.
    public func entries(ofFeed feed: Int64) throws -> [ChangesetEntry] {
        let statement = try RawStatement(db, "SELECT \(StoreReader.entryColumns) FROM changeset WHERE feed = ? ORDER BY sequence, id")
        statement.bind(1, feed)
        defer { statement.reset() }
        var out: [ChangesetEntry] = []
        while try statement.step() { out.append(try entry(statement)) }
        return out
    }

    /// Feeds whose stored identity is not the one that node, epoch and partition give.
    public func misnamedFeeds() throws -> [Feed] {
        let stored = Dictionary(try Row.fetchAll(db, sql: "SELECT ref, lower(hex(id)) FROM feed").map { ($0[0] as Int64, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
        return try feeds().filter { stored[$0.ref] != $0.feed.id.hash.hex }.map(\.feed)
    }

    public func changesetCount() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM changeset") ?? 0 }

    /// Node rows of one tree at one level.
    public func logNodeRows(_ tree: LogTreeTable, level: Int) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(tree.table) WHERE level = ?", arguments: [level]) ?? 0
    }

    /// Statements of a type by identity, a bounded page at a time.
    public func statements(_ type: FrameType, after: Hash32?, limit: Int) throws -> [StatementRow] {
        let statement = try RawStatement(
            db, "SELECT id, node, number, envelope, received FROM statement WHERE type = ?1 AND (?2 IS NULL OR id > ?2) ORDER BY id LIMIT ?3")
        statement.bind(1, Int64(type.rawValue))
        if let after { statement.bind(2, after) } else { statement.bindNull(2) }
        statement.bind(3, limit)
        defer { statement.reset() }
        var out: [StatementRow] = []
        while try statement.step() {
            guard let id = statement.hash(0) else { throw StoreError(.inconsistent, "statement") }
            out.append(
                StatementRow(
                    id: id, type: type, node: statement.hash(1).map(NodeID.init), number: UInt64(clamping: statement.integer(2)), envelope: statement.bytes(3),
                    received: Written(milliseconds: statement.integer(4))))
        }
        return out
    }

    public func statementCount(_ type: FrameType) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM statement WHERE type = ?", arguments: [Int64(type.rawValue)]) ?? 0
    }

    /// Types of the statements held, as they are numbered in their rows: whatever stands there.
    public func statementTypes() throws -> [Int64] { try Int64.fetchAll(db, sql: "SELECT DISTINCT type FROM statement ORDER BY type") }

    /// Versions of the matrix that operations cite, and where those lie, by feed.
    public func citations(inFeed feed: Int64) throws -> [(version: OperationID, place: Place)] {
        let statement = try RawStatement(db, "SELECT version, changeset, position FROM citation WHERE feed = ?")
        statement.bind(1, feed)
        defer { statement.reset() }
        var out: [(version: OperationID, place: Place)] = []
        while try statement.step() {
            guard let version = statement.hash(0) else { throw StoreError(.inconsistent, "citation") }
            out.append((OperationID(version), Place(ChangesetRef(statement.integer(1)), statement.integer(2))))
        }
        return out
    }

    /// Keys of `meta` that begin so, ascending.
    public func metaKeys(prefix: String) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT key FROM meta WHERE substr(key, 1, ?) = ? ORDER BY key", arguments: [prefix.count, prefix])
    }
}

extension StoreReader {
    /// Changesets whose identity begins with these hexadecimal digits (at least 8 of them), ascending.
    public func changesets(idPrefix: String, limit: Int) throws -> [ChangesetID] {
        guard (8...64).contains(idPrefix.count), let low = Hash32(hex: idPrefix + String(repeating: "0", count: 64 - idPrefix.count)),
            let high = Hash32(hex: idPrefix + String(repeating: "f", count: 64 - idPrefix.count))
        else { return [] }
        let statement = try RawStatement(db, "SELECT id FROM changeset WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")
        statement.bind(1, low)
        statement.bind(2, high)
        statement.bind(3, limit)
        defer { statement.reset() }
        var out: [ChangesetID] = []
        while try statement.step() { if let id = statement.hash(0) { out.append(ChangesetID(id)) } }
        return out
    }
}
