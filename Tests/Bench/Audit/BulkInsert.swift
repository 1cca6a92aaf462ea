import Foundation
import GRDBSQLite
import TiaokuaiModel
import TiaokuaiStore

/// What the audit is measured against: the rows of a store, read and put into the same tables with the same indices in a fresh file, by
/// prepared statements in one transaction, durable at the end as the store is. Nothing is checked.
enum BulkInsert {
    /// Gives how many rows were inserted.
    static func run(from source: String, to target: String) throws -> Int {
        let (from, to) = (try open(source, SQLITE_OPEN_READONLY), try open(target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE))
        defer {
            sqlite3_close_v2(from)
            sqlite3_close_v2(to)
        }
        for pragma in ["journal_mode = WAL", "synchronous = FULL", "cache_size = -24576", "temp_store = MEMORY"] { try execute(to, "PRAGMA \(pragma)") }
        try execute(to, "BEGIN IMMEDIATE")
        let wanted = "sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'"
        for sql in try texts(from, "SELECT sql FROM sqlite_schema WHERE \(wanted) ORDER BY type DESC") { try execute(to, sql) }
        var rows = 0
        for table in try texts(from, "SELECT name FROM sqlite_schema WHERE type = 'table' AND \(wanted)") { rows += try copy(table, from, to) }
        try execute(to, "COMMIT")
        try execute(to, "PRAGMA wal_checkpoint(TRUNCATE)")
        return rows
    }

    private static func copy(_ table: String, _ from: OpaquePointer, _ to: OpaquePointer) throws -> Int {
        let select = try prepare(from, "SELECT * FROM \(table)")
        let columns = sqlite3_column_count(select)
        let insert = try prepare(to, "INSERT INTO \(table) VALUES (\((0..<columns).map { _ in "?" }.joined(separator: ", ")))")
        defer {
            sqlite3_finalize(select)
            sqlite3_finalize(insert)
        }
        var rows = 0
        while sqlite3_step(select) == SQLITE_ROW {
            for column in 0..<columns { sqlite3_bind_value(insert, column + 1, sqlite3_column_value(select, column)) }
            guard sqlite3_step(insert) == SQLITE_DONE else { throw failure(to) }
            sqlite3_reset(insert)
            rows += 1
        }
        return rows
    }

    private static func texts(_ database: OpaquePointer, _ sql: String) throws -> [String] {
        let statement = try prepare(database, sql)
        defer { sqlite3_finalize(statement) }
        var out: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW { if let text = sqlite3_column_text(statement, 0) { out.append(String(cString: text)) } }
        return out
    }

    private static func open(_ path: String, _ flags: Int32) throws -> OpaquePointer {
        var database: OpaquePointer?
        guard sqlite3_open_v2(path, &database, flags, nil) == SQLITE_OK, let database else { throw StoreError(.ioError, path) }
        return database
    }

    private static func prepare(_ database: OpaquePointer, _ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure(database) }
        return statement
    }

    private static func execute(_ database: OpaquePointer, _ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure(database) }
    }

    private static func failure(_ database: OpaquePointer) -> StoreError { StoreError(.ioError, sqlite3_errmsg(database).map { String(cString: $0) } ?? "") }
}
