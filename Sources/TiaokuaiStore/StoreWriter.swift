import GRDB
import TiaokuaiFormat
import TiaokuaiModel

/// Changes within one transaction. Valid only inside the closure that received it.
public struct StoreWriter {
    public let reader: StoreReader
    var db: Database { reader.db }

    init(_ db: Database, supply: RecordSupply? = nil) { reader = StoreReader(db, supply: supply) }

    /// Undoes what `body` did, and nothing before it, when it throws.
    public func undoingOnError<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try db.inSavepoint {
            result = try body()
            return .commit
        }
        guard let result else { throw StoreError(.inconsistent, "savepoint") }
        return result
    }

    public func setMeta(_ key: String, _ value: [UInt8]) throws {
        let statement = try RawStatement(db, "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
        statement.bind(1, key)
        statement.bind(2, value)
        try statement.run()
    }

    public func setCounter(_ key: String, _ value: UInt64) throws { try setMeta(key, withUnsafeBytes(of: value.bigEndian, Array.init)) }

    // MARK: Names, partitions, feeds

    public func intern(_ text: String) throws -> Int64 {
        if let ref = try reader.nameRef(text) { return ref }
        let statement = try RawStatement(db, "INSERT INTO name (text) VALUES (?)")
        statement.bind(1, text)
        try statement.run()
        return db.lastInsertedRowID
    }

    public func partitionRef(_ partition: Partition) throws -> Int64 {
        if let ref = try reader.partitionRef(partition) { return ref }
        let statement = try RawStatement(db, "INSERT INTO partition (form) VALUES (?)")
        statement.bind(1, partition.explicitForm)
        try statement.run()
        return db.lastInsertedRowID
    }

    public func feedRef(_ feed: Feed) throws -> Int64 {
        if let ref = try reader.feedRef(feed) { return ref }
        let statement = try RawStatement(db, "INSERT INTO feed (id, node, epoch, partition) VALUES (?, ?, ?, ?)")
        statement.bind(1, feed.id.hash)
        statement.bind(2, feed.node.hash)
        statement.bind(3, feed.epoch.bytes)
        statement.bind(4, try partitionRef(feed.partition))
        try statement.run()
        return db.lastInsertedRowID
    }

    // MARK: Records

    public func insertRecord(_ id: RecordID, kind: Int64, partition: Int64, isPlain: Bool, key: [Value]) throws -> RecordRef {
        var encoder = CBOREncoder(reserving: 64)
        encoder.arrayHeader(key.count)
        for value in key { value.encode(into: &encoder) }
        let statement = try RawStatement(db, "INSERT INTO record (prefix, id, kind, partition, is_plain, key) VALUES (?, ?, ?, ?, ?, ?)")
        statement.bind(1, StoreReader.prefix(id.hash))
        statement.bind(2, id.hash)
        statement.bind(3, kind)
        statement.bind(4, partition)
        statement.bind(5, isPlain ? 1 : 0)
        statement.bind(6, encoder.bytes)
        try statement.run()
        return RecordRef(db.lastInsertedRowID)
    }

    public func upsert(_ row: StandingRow) throws {
        let statement = try RawStatement(
            db,
            """
            INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET changeset = excluded.changeset, position = excluded.position, head = excluded.head, fields = excluded.fields
            """)
        statement.bind(1, row.record.number)
        statement.bind(2, row.unit)
        statement.bind(3, row.place.changeset.number)
        statement.bind(4, row.place.position)
        statement.bind(5, row.head.hash)
        statement.bind(6, row.fields)
        try statement.run()
    }

    /// Makes these the record's rows. Only what changed is written: of ten thousand units on one record one has spoken.
    public func setStanding(_ rows: [StandingRow], of record: RecordRef) throws {
        let held = try reader.standing(record)
        let known = Dictionary(held.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
        let units = Set(rows.map(\.unit))
        for row in held where !units.contains(row.unit) {
            let statement = try RawStatement(db, "DELETE FROM standing WHERE record = ? AND unit = ?")
            statement.bind(1, record.number)
            statement.bind(2, row.unit)
            try statement.run()
        }
        for row in rows where known[row.unit] != row { try upsert(row) }
    }

    public func deleteStanding(_ record: RecordRef) throws {
        let statement = try RawStatement(db, "DELETE FROM standing WHERE record = ?")
        statement.bind(1, record.number)
        try statement.run()
    }

    /// Sealing moves an operation from `pending` to its place in a body; a standing row that points there follows.
    public func moveStanding(_ record: RecordRef, from: Place, to: Place) throws {
        try move("UPDATE standing SET changeset = ?, position = ? WHERE record = ? AND changeset = ? AND position = ?", record, from, to)
    }

    /// Later pending operations that name it as their feed's previous one follow too.
    public func movePending(_ record: RecordRef, from: Place, to: Place) throws {
        try move("UPDATE pending SET feed_changeset = ?, feed_position = ? WHERE record = ? AND feed_changeset = ? AND feed_position = ?", record, from, to)
    }

    private func move(_ sql: String, _ record: RecordRef, _ from: Place, _ to: Place) throws {
        let statement = try RawStatement(db, sql)
        statement.bind(1, to.changeset.number)
        statement.bind(2, to.position)
        statement.bind(3, record.number)
        statement.bind(4, from.changeset.number)
        statement.bind(5, from.position)
        try statement.run()
    }

    /// Where a settled record's operations lie, after some were sealed.
    public func setPlaces(_ record: RecordRef, _ places: [UInt8]) throws {
        let statement = try RawStatement(db, "UPDATE outcome SET places = ? WHERE record = ?")
        statement.bind(1, places)
        statement.bind(2, record.number)
        try statement.run()
    }

    /// Replaces a record's outcome and verdicts.
    public func setOutcome(_ outcome: OutcomeRow, verdicts: [VerdictRow]) throws {
        let statement = try RawStatement(
            db,
            """
            INSERT INTO outcome VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET places = excluded.places, form = excluded.form, is_disputed = excluded.is_disputed
            """)
        statement.bind(1, outcome.record.number)
        statement.bind(2, outcome.places)
        statement.bind(3, outcome.form)
        statement.bind(4, outcome.isDisputed ? 1 : 0)
        try statement.run()
        try setVerdicts(verdicts, of: outcome.record)
    }

    /// Makes these the record's rows; ascending by operation and field. Only what changed is written.
    private func setVerdicts(_ verdicts: [VerdictRow], of record: RecordRef) throws {
        struct Key: Hashable {
            let operation: OperationID
            let field: FieldNumber
        }
        var gone = Dictionary(try reader.verdicts(record).map { (Key(operation: $0.operation, field: $0.field), $0) }, uniquingKeysWith: { first, _ in first })
        for verdict in verdicts where gone.removeValue(forKey: Key(operation: verdict.operation, field: verdict.field)) != verdict {
            let insert = try RawStatement(db, "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)")
            insert.bind(1, record.number)
            insert.bind(2, verdict.operation.hash)
            insert.bind(3, Int64(verdict.field.wire))
            insert.bind(4, verdict.form)
            try insert.run()
        }
        for key in gone.keys {
            let delete = try RawStatement(db, "DELETE FROM verdict WHERE record = ? AND operation = ? AND field = ?")
            delete.bind(1, record.number)
            delete.bind(2, key.operation.hash)
            delete.bind(3, Int64(key.field.wire))
            try delete.run()
        }
    }

    /// Removes a record's outcome and verdicts; true when it had any.
    public func deleteOutcome(_ record: RecordRef) throws -> Bool {
        let verdicts = try RawStatement(db, "DELETE FROM verdict WHERE record = ?")
        verdicts.bind(1, record.number)
        try verdicts.run()
        let outcome = try RawStatement(db, "DELETE FROM outcome WHERE record = ?")
        outcome.bind(1, record.number)
        try outcome.run()
        return db.changesCount > 0
    }

    // MARK: Changesets

    /// Enters a changeset; `leaf` is its index in the log, nil while it can't be verified.
    public func insertChangeset(
        _ id: ChangesetID, feed: Int64, sequence: UInt64, predecessor: ChangesetID?, state: ChangesetState, reason: String? = nil,
        leaf: UInt64?, received: Written, item: ChangesetItem
    ) throws -> ChangesetRef {
        let statement = try RawStatement(
            db, "INSERT INTO changeset (id, feed, sequence, predecessor, state, reason, leaf, received, envelope, body, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        statement.bind(1, id.hash)
        statement.bind(2, feed)
        statement.bind(3, Int64(clamping: sequence))
        if let predecessor { statement.bind(4, predecessor.hash) } else { statement.bindNull(4) }
        statement.bind(5, state.rawValue)
        if let reason { statement.bind(6, reason) } else { statement.bindNull(6) }
        if let leaf { statement.bind(7, Int64(clamping: leaf)) } else { statement.bindNull(7) }
        statement.bind(8, received.milliseconds)
        statement.bind(9, item.envelope)
        statement.bind(10, item.compressedBody)
        statement.bind(11, item.storedDigest)
        try statement.run()
        return ChangesetRef(db.lastInsertedRowID)
    }

    public func setState(_ ref: ChangesetRef, _ state: ChangesetState, reason: String? = nil) throws {
        let statement = try RawStatement(db, "UPDATE changeset SET state = ?, reason = ? WHERE ref = ?")
        statement.bind(1, state.rawValue)
        if let reason { statement.bind(2, reason) } else { statement.bindNull(2) }
        statement.bind(3, ref.number)
        try statement.run()
    }

    /// Puts the bytes that verified in the place of the ones that were held unread: the same changeset may have come first
    /// in a spoilt copy.
    public func setItem(_ ref: ChangesetRef, _ item: ChangesetItem) throws {
        let statement = try RawStatement(db, "UPDATE changeset SET envelope = ?, body = ?, digest = ? WHERE ref = ?")
        statement.bind(1, item.envelope)
        statement.bind(2, item.compressedBody)
        statement.bind(3, item.storedDigest)
        statement.bind(4, ref.number)
        try statement.run()
    }

    /// Lets go of a waiting changeset that turned out not to verify; one that was logged stays.
    public func deleteUnverified(_ ref: ChangesetRef) throws {
        try deleteWaiting(ref)
        let statement = try RawStatement(db, "DELETE FROM changeset WHERE ref = ? AND leaf IS NULL")
        statement.bind(1, ref.number)
        try statement.run()
    }

    public func setLeaf(_ ref: ChangesetRef, _ leaf: UInt64) throws {
        let statement = try RawStatement(db, "UPDATE changeset SET leaf = ? WHERE ref = ?")
        statement.bind(1, Int64(clamping: leaf))
        statement.bind(2, ref.number)
        try statement.run()
    }

    public func setRecordRefs(_ ref: ChangesetRef, _ records: [RecordRef]) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(records.count * 4)
        for record in records {
            guard let number = UInt32(exactly: record.number) else { throw StoreError(.inconsistent, "more than 2³² records") }
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        let statement = try RawStatement(db, "UPDATE changeset SET records = ? WHERE ref = ?")
        statement.bind(1, bytes)
        statement.bind(2, ref.number)
        try statement.run()
    }

    /// An operation of a sealed changeset cites a version: later acts of its feed can't fall behind it.
    public func insertCitation(of version: OperationID, inFeed feed: Int64, at place: Place) throws {
        let statement = try RawStatement(db, "INSERT OR IGNORE INTO citation (feed, version, changeset, position) VALUES (?, ?, ?, ?)")
        statement.bind(1, feed)
        statement.bind(2, version.hash)
        statement.bind(3, place.changeset.number)
        statement.bind(4, place.position)
        try statement.run()
    }

    public func insertWaiting(_ ref: ChangesetRef, what: String, item: Hash32) throws {
        let statement = try RawStatement(db, "INSERT OR IGNORE INTO waiting (changeset, what, item) VALUES (?, ?, ?)")
        statement.bind(1, ref.number)
        statement.bind(2, what)
        statement.bind(3, item)
        try statement.run()
    }

    public func deleteWaiting(_ ref: ChangesetRef) throws {
        let statement = try RawStatement(db, "DELETE FROM waiting WHERE changeset = ?")
        statement.bind(1, ref.number)
        try statement.run()
    }

    // MARK: Work that is not sealed

    public func insertPending(_ row: PendingRow) throws {
        let statement = try RawStatement(db, "INSERT INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        statement.bind(1, Int64(row.number))
        statement.bind(2, row.partition)
        statement.bind(3, row.record.number)
        statement.bind(4, row.id.hash)
        statement.bind(5, row.operation)
        statement.bind(6, Int64(row.day.number))
        statement.bind(7, row.previous.changeset.number)
        statement.bind(8, row.previous.position)
        if let previous = row.previousID { statement.bind(9, previous.hash) } else { statement.bindNull(9) }
        try statement.run()
    }

    public func deletePending(_ number: UInt64) throws {
        let statement = try RawStatement(db, "DELETE FROM pending WHERE number = ?")
        statement.bind(1, Int64(number))
        try statement.run()
    }

    // MARK: Log, statements, register

    public func insertLeaf(_ position: UInt64, _ identity: Hash32) throws {
        let statement = try RawStatement(db, "INSERT INTO leaf VALUES (?, ?)")
        statement.bind(1, Int64(clamping: position))
        statement.bind(2, identity)
        try statement.run()
    }

    /// Before a restored node's new epoch begins its own log.
    public func clearLog() throws {
        try db.execute(sql: "DELETE FROM leaf; DELETE FROM log_node; DELETE FROM log_node_sm3")
    }

    public func insertLogNode(_ tree: LogTreeTable = .sha256, level: Int, position: UInt64, _ hash: Hash32) throws {
        let statement = try RawStatement(db, "INSERT OR REPLACE INTO \(tree.table) VALUES (?, ?, ?)")
        statement.bind(1, level)
        statement.bind(2, Int64(clamping: position))
        statement.bind(3, hash)
        try statement.run()
    }

    /// False when it was held already.
    @discardableResult
    public func insertStatement(_ row: StatementRow) throws -> Bool {
        let statement = try RawStatement(db, "INSERT OR IGNORE INTO statement VALUES (?, ?, ?, ?, ?, ?)")
        statement.bind(1, row.id)
        statement.bind(2, Int64(row.type.rawValue))
        if let node = row.node { statement.bind(3, node.hash) } else { statement.bindNull(3) }
        statement.bind(4, Int64(clamping: row.number))
        statement.bind(5, row.envelope)
        statement.bind(6, row.received.milliseconds)
        try statement.run()
        return db.changesCount > 0
    }

    /// Replaces what a peer is known to hold, by its own newest statement.
    public func setAcknowledged(by peer: NodeID, _ heads: [Heads.Head]) throws {
        let clear = try RawStatement(db, "DELETE FROM acknowledged WHERE peer = ?")
        clear.bind(1, peer.hash)
        try clear.run()
        for head in heads {
            let statement = try RawStatement(db, "INSERT OR REPLACE INTO acknowledged (peer, changeset, feed, sequence) VALUES (?, ?, ?, ?)")
            statement.bind(1, peer.hash)
            statement.bind(2, head.id.hash)
            statement.bind(3, head.feed.id.hash)
            statement.bind(4, Int64(clamping: head.sequence))
            try statement.run()
        }
    }

    public func insertJournal(written: Written, code: String, record: RecordRef?, facts: String) throws {
        let statement = try RawStatement(db, "INSERT INTO journal (written, code, record, facts) VALUES (?, ?, ?, ?)")
        statement.bind(1, written.milliseconds)
        statement.bind(2, code)
        if let record { statement.bind(3, record.number) } else { statement.bindNull(3) }
        statement.bind(4, facts)
        try statement.run()
    }
}
