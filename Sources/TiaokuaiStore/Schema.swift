import GRDB
import Synchronization

/// Numbered, append-only migrations. A released one never changes; the number is also the folder's version.
enum Schema {
    static let version = 1

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        return migrator
    }

    /// Version of a file; nil where it has none of this program's tables.
    static func version(of db: Database) throws -> Int? {
        guard try db.tableExists("grdb_migrations") else { return nil }
        return try Int.fetchOne(db, sql: "SELECT max(CAST(identifier AS INTEGER)) FROM grdb_migrations")
    }

    /// The first table or index of a file, by name, that is not what this build makes: before its release a version may still change,
    /// and its number says nothing then. Nil where all are there. What others have added is theirs.
    static func difference(in db: Database) throws -> String? {
        let found = try definitions(of: db)
        return try wanted().filter { found[$0.key] != $0.value }.keys.min()
    }

    /// The first trigger or view of a file, by name, whatever its name: this program makes none, and one changes what statements do and
    /// answer. Nil where there is none.
    static func stranger(in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT name FROM sqlite_schema WHERE type IS NULL OR type NOT IN ('table', 'index') ORDER BY name")
    }

    /// What the migrations of this build make, found out once.
    private static func wanted() throws -> [String: String] {
        if let known = made.withLock({ $0 }) { return known }
        let queue = try DatabaseQueue()
        try migrator.migrate(queue)
        let found = try queue.read { db in try definitions(of: db) }
        made.withLock { $0 = found }
        return found
    }

    private static let made = Mutex<[String: String]?>(nil)

    /// Statements that made tables and indices, by name, as SQLite keeps them.
    private static func definitions(of db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE typeof(sql) = 'text' AND name NOT LIKE 'grdb%'")
        return Dictionary(rows.map { ($0[0] as String, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
    }

    // A record's standing claims are one row per unit; a row of `outcome` exists only where two units meet, a unit forked,
    // or the kind needs the engine; a row of `verdict` only where it isn't "stands". There is no row per operation once it
    // is sealed: history walks backwards through bodies. Names and partitions are interned, records numbered in order of
    // arrival, so that most inserts append. The columns of a primary key stand first: SQLite 3.40's integrity check finds
    // NULLs that are not there in a table without rowid whose key has another order. `changeset_course` has what tells which
    // changesets lie behind a horizon, so that a past is made without walking over their bytes, and `changeset_by_entry` when they came. `changeset.digest` is over the bytes as they
    // came: a packed body has several spellings, and the signed digest is of the body. `summed` names those that came without
    // their signatures, and the statement by which they did.
    private static let first = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
        CREATE TABLE name (ref INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE partition (ref INTEGER PRIMARY KEY, form BLOB NOT NULL UNIQUE) STRICT;
        CREATE TABLE feed (
            ref INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, node BLOB NOT NULL, epoch BLOB NOT NULL,
            partition INTEGER NOT NULL REFERENCES partition) STRICT;
        CREATE TABLE changeset (
            ref INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, feed INTEGER NOT NULL REFERENCES feed, sequence INTEGER NOT NULL,
            predecessor BLOB, state INTEGER NOT NULL, reason TEXT, leaf INTEGER, received INTEGER NOT NULL,
            envelope BLOB NOT NULL, body BLOB NOT NULL, digest BLOB NOT NULL,
            records BLOB NOT NULL DEFAULT x'') STRICT;
        CREATE INDEX changeset_course ON changeset (feed, sequence, leaf, id, predecessor);
        CREATE INDEX changeset_by_entry ON changeset (leaf, received) WHERE leaf IS NOT NULL;
        CREATE INDEX changeset_by_state ON changeset (state) WHERE state <> 1;
        CREATE TABLE summed (changeset INTEGER PRIMARY KEY REFERENCES changeset, snapshot BLOB NOT NULL) STRICT;
        CREATE TABLE waiting (changeset INTEGER NOT NULL REFERENCES changeset, item BLOB NOT NULL, what TEXT NOT NULL, PRIMARY KEY (changeset, item)) WITHOUT ROWID, STRICT;
        CREATE INDEX waiting_for ON waiting (item);
        CREATE TABLE citation (
            feed INTEGER NOT NULL REFERENCES feed, version BLOB NOT NULL, changeset INTEGER NOT NULL, position INTEGER NOT NULL,
            PRIMARY KEY (feed, version, changeset, position)) WITHOUT ROWID, STRICT;
        CREATE TABLE leaf (position INTEGER PRIMARY KEY, identity BLOB NOT NULL) STRICT;
        CREATE INDEX leaf_by_identity ON leaf (identity);
        CREATE TABLE log_node (level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, position)) WITHOUT ROWID, STRICT;
        CREATE TABLE log_node_sm3 (level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, position)) WITHOUT ROWID, STRICT;
        CREATE TABLE record (
            ref INTEGER PRIMARY KEY, prefix INTEGER NOT NULL, id BLOB NOT NULL, kind INTEGER NOT NULL REFERENCES name,
            partition INTEGER NOT NULL REFERENCES partition, is_plain INTEGER NOT NULL, key BLOB NOT NULL) STRICT;
        CREATE INDEX record_by_prefix ON record (prefix);
        CREATE INDEX record_by_kind ON record (kind, partition) WHERE NOT is_plain;
        CREATE TABLE standing (
            record INTEGER NOT NULL, unit INTEGER NOT NULL, changeset INTEGER NOT NULL, position INTEGER NOT NULL,
            head BLOB NOT NULL, fields BLOB NOT NULL, PRIMARY KEY (record, unit)) WITHOUT ROWID, STRICT;
        CREATE TABLE outcome (record INTEGER PRIMARY KEY, places BLOB NOT NULL, form BLOB NOT NULL, is_disputed INTEGER NOT NULL) STRICT;
        CREATE INDEX outcome_disputed ON outcome (record) WHERE is_disputed;
        CREATE TABLE verdict (
            record INTEGER NOT NULL, operation BLOB NOT NULL, field INTEGER NOT NULL, form BLOB NOT NULL, PRIMARY KEY (record, operation, field)) WITHOUT ROWID, STRICT;
        CREATE TABLE pending (
            number INTEGER PRIMARY KEY, partition INTEGER NOT NULL, record INTEGER NOT NULL, id BLOB NOT NULL, operation BLOB NOT NULL,
            day INTEGER NOT NULL, feed_changeset INTEGER NOT NULL, feed_position INTEGER NOT NULL, feed_operation BLOB) STRICT;
        CREATE INDEX pending_by_record ON pending (record);
        CREATE TABLE statement (
            id BLOB PRIMARY KEY, type INTEGER NOT NULL, node BLOB, number INTEGER NOT NULL, envelope BLOB NOT NULL, received INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        CREATE INDEX statement_by_type ON statement (type, node, number);
        CREATE TABLE acknowledged (peer BLOB NOT NULL, feed BLOB NOT NULL, changeset BLOB NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (peer, feed, changeset)) WITHOUT ROWID, STRICT;
        CREATE TABLE carried (
            ref INTEGER PRIMARY KEY, direction TEXT NOT NULL, carrier TEXT NOT NULL, peer BLOB, digest BLOB, frames INTEGER NOT NULL, bytes INTEGER NOT NULL,
            written INTEGER NOT NULL, note TEXT NOT NULL, handover INTEGER NOT NULL, unit TEXT, person TEXT, vouches BLOB, outcome BLOB) STRICT;
        CREATE INDEX carried_by_digest ON carried (digest) WHERE digest IS NOT NULL;
        CREATE INDEX carried_with ON carried (peer, direction, handover);
        CREATE TABLE carried_head (
            carried INTEGER NOT NULL REFERENCES carried, changeset BLOB NOT NULL, feed BLOB NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY (carried, changeset)) WITHOUT ROWID, STRICT;
        CREATE TABLE carried_confirmation (carried INTEGER PRIMARY KEY REFERENCES carried, written INTEGER NOT NULL, unit TEXT, person TEXT) STRICT;
        CREATE TABLE journal (ref INTEGER PRIMARY KEY, written INTEGER NOT NULL, code TEXT NOT NULL, record INTEGER, facts TEXT NOT NULL) STRICT;
        """
}
