import Foundation
import GRDB
import TiaokuaiFormat
import TiaokuaiModel

/// One connection to a store's file that sees it as it stood behind a horizon.
///
/// SQLite looks for a table among a connection's temporary ones first. So views of the same names hide what came later, and
/// empty tables of the same names stand where the present's results lie; every statement of this module answers about the past
/// without knowing of it. The file itself is opened for reading only.
final class PastStore: Sendable {
    private let queue: DatabaseQueue
    private let supply: RecordSupply

    init(path: String, _ horizon: StoreHorizon, _ supply: RecordSupply) throws {
        self.supply = supply
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.busyTimeoutSeconds)
        configuration.prepareDatabase { db in
            // What a long list brings in may be much: beyond the cache it goes into a temporary file.
            try db.execute(sql: "PRAGMA cache_size = -24576; PRAGMA temp_store = FILE")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.deferred) {
                try PastSchema(horizon).make(db); return .commit
            }
        }
    }

    func read<Result>(_ body: (StoreReader) throws -> Result) throws -> Result {
        try transaction { try body(StoreReader($0, supply: supply)) }
    }

    func prepare(_ body: (StoreWriter) throws -> Void) throws {
        try transaction { try body(StoreWriter($0, supply: supply)) }
    }

    /// What was brought in stays, also when the question ended in an error: it is the past, which doesn't change.
    private func transaction<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        try queue.writeWithoutTransaction { db in
            var answer: Swift.Result<Answer, any Error>?
            try db.inTransaction(.deferred) {
                answer = Swift.Result { try body(db) }
                return .commit
            }
            guard let answer else { throw StoreError(.inconsistent, "past") }
            return try answer.get()
        }
    }
}

/// The temporary views and tables that hide what lies beyond a horizon.
struct PastSchema {
    let horizon: StoreHorizon

    init(_ horizon: StoreHorizon) { self.horizon = horizon }

    func make(_ db: Database) throws {
        let position = Int64(clamping: horizon.position)
        let through = horizon.statementsThrough.milliseconds
        var isMeant = "leaf < \(position)"
        if let heads = horizon.heads {
            try vouched(db, heads)
            isMeant += " AND ref IN (SELECT ref FROM temp.vouched)"
        }
        try late(db, position)
        try db.execute(
            sql: """
                CREATE TEMP VIEW changeset AS
                    SELECT ref, id, feed, sequence, predecessor, CASE WHEN ref IN (SELECT ref FROM temp.late) THEN 2 ELSE state END AS state,
                        CASE WHEN ref IN (SELECT ref FROM temp.late) THEN NULL ELSE reason END AS reason, leaf, received, envelope, body, digest, records
                    FROM main.changeset WHERE \(isMeant);
                CREATE TEMP VIEW waiting AS
                    SELECT ref AS changeset, predecessor AS item, 'predecessor' AS what FROM main.changeset
                    WHERE \(isMeant) AND predecessor IS NOT NULL AND (ref IN (SELECT ref FROM temp.late) OR state = 2);
                CREATE TEMP TABLE feed AS SELECT * FROM main.feed WHERE ref IN (SELECT DISTINCT feed FROM main.changeset WHERE \(isMeant));
                CREATE TEMP VIEW leaf AS SELECT position, identity FROM main.leaf WHERE position < \(position);
                CREATE TEMP VIEW log_node AS SELECT level, position, hash FROM main.log_node WHERE ((position + 1) << level) <= \(position);
                CREATE TEMP VIEW log_node_sm3 AS SELECT level, position, hash FROM main.log_node_sm3 WHERE ((position + 1) << level) <= \(position);
                CREATE TEMP VIEW citation AS
                    SELECT feed, version, changeset, position FROM main.citation
                    WHERE changeset IN (SELECT ref FROM main.changeset WHERE \(isMeant)) AND changeset NOT IN (SELECT ref FROM temp.late);
                CREATE TEMP TRIGGER citation_is_there INSTEAD OF INSERT ON temp.citation BEGIN SELECT 1; END;
                CREATE TEMP VIEW statement AS
                    SELECT id, type, node, number, envelope, received FROM main.statement
                    WHERE (received <= \(through) OR (type = \(FrameType.rootStatement.rawValue) AND number = 1))
                        AND NOT (type = \(FrameType.checkpoint.rawValue) AND node IS x'\(horizon.node.hash.hex)' AND number > \(position));
                CREATE TEMP VIEW journal AS SELECT ref, written, code, record, facts FROM main.journal WHERE written <= \(through);
                """)
        // What is not sealed is in no entry; what peers have acknowledged, and the register of sticks, are of today.
        for table in ["meta", "standing", "outcome", "verdict", "pending", "acknowledged", "carried", "carried_head", "carried_confirmation"] {
            try shadow(db, table)
        }
        try db.execute(sql: "INSERT INTO temp.meta SELECT * FROM main.meta")
    }

    /// An empty table of the same shape.
    private func shadow(_ db: Database, _ table: String) throws {
        let made = try String.fetchOne(db, sql: "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
        guard let made, made.hasPrefix("CREATE TABLE ") else { throw StoreError(.inconsistent, table) }
        try db.execute(sql: "CREATE TEMP TABLE " + made.dropFirst("CREATE TABLE ".count))
    }

    /// Changesets that had come and waited behind the horizon: what lies before them in their feed came later, or never.
    private func late(_ db: Database, _ position: Int64) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE late (ref INTEGER PRIMARY KEY);
                INSERT INTO temp.late
                WITH RECURSIVE waiting(ref, id, feed, sequence) AS (
                    SELECT n.ref, n.id, n.feed, n.sequence FROM main.changeset p CROSS JOIN main.changeset n
                        ON n.feed = p.feed AND n.sequence = p.sequence + 1 AND n.predecessor = p.id
                        WHERE ifnull(p.leaf, \(position)) >= \(position) AND n.leaf < \(position)
                    UNION SELECT n.ref, n.id, n.feed, n.sequence FROM waiting w CROSS JOIN main.changeset n
                        ON n.feed = w.feed AND n.sequence = w.sequence + 1 AND n.predecessor = w.id WHERE n.leaf < \(position))
                SELECT ref FROM waiting;
                """)
    }

    private func vouched(_ db: Database, _ heads: [ChangesetID]) throws {
        try db.execute(sql: "CREATE TEMP TABLE vouched (ref INTEGER PRIMARY KEY)")
        for head in heads {
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO temp.vouched
                    WITH RECURSIVE before(ref, predecessor) AS (
                        SELECT ref, predecessor FROM main.changeset WHERE id = ?
                        UNION SELECT c.ref, c.predecessor FROM before b CROSS JOIN main.changeset c ON c.id = b.predecessor)
                    SELECT ref FROM before
                    """, arguments: [head.hash.data])
        }
    }
}

extension Hash32 {
    fileprivate var data: Data { Data(bytes) }
}
