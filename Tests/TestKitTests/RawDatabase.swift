import Foundation
import GRDBSQLite

/// One connection over SQLite's C interface, as bare as can be, so that nothing stands between the test and the VFS.
final class RawDatabase {
    struct Failure: Error, Hashable {
        let code: Int32
        let message: String
    }

    private var connection: OpaquePointer?

    init(_ folder: URL, journal: String, synchronous: String) throws {
        let code = sqlite3_open_v2(
            folder.appendingPathComponent("test.db").path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        do {
            guard code == SQLITE_OK else { throw failure(code) }
            try run("PRAGMA journal_mode=\(journal); PRAGMA synchronous=\(synchronous);")
        } catch {
            close()
            throw error
        }
    }

    func run(_ sql: String) throws {
        let code = sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// The first column of the first row as text; nil without a row or a value.
    func text(_ sql: String) throws -> String? {
        var statement: OpaquePointer?
        var code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        guard code == SQLITE_OK else { throw failure(code) }
        code = sqlite3_step(statement)
        guard code == SQLITE_ROW || code == SQLITE_DONE else { throw failure(code) }
        guard code == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) else { return nil }
        return String(cString: text)
    }

    func number(_ sql: String) throws -> Int { Int(try text(sql) ?? "") ?? 0 }

    func close() {
        sqlite3_close_v2(connection)
        connection = nil
    }

    deinit { close() }

    private func failure(_ code: Int32) -> Failure {
        Failure(code: code, message: connection.map { String(cString: sqlite3_errmsg($0)) } ?? "")
    }
}

/// A ledger of numbered rows 1, 2, 3, … in transactions of one row, each filling a page and more.
struct Ledger {
    let journal: String
    let synchronous: String

    func prepare(_ folder: URL) throws {
        let database = try RawDatabase(folder, journal: journal, synchronous: "EXTRA")
        try database.run("CREATE TABLE entry (number INTEGER PRIMARY KEY, filling TEXT NOT NULL)")
        database.close()
    }

    /// Appends so many rows, noting in `acknowledged` the last one whose commit returned.
    func append(_ count: Int, in folder: URL, acknowledged: inout Int, checkpointEvery: Int = 3) throws {
        let database = try RawDatabase(folder, journal: journal, synchronous: synchronous)
        defer { database.close() }
        for _ in 0..<count {
            let next = try database.number("SELECT max(number) FROM entry") + 1
            let filling = "printf('%.*c', 5000, char(\(97 + next % 26)))"
            try database.run("BEGIN IMMEDIATE; INSERT INTO entry VALUES (\(next), \(filling)); COMMIT;")
            acknowledged = next
            if journal == "WAL", next % checkpointEvery == 0 { try database.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        }
    }

    struct Found: Equatable {
        var isSound: Bool
        var last: Int
    }

    /// What a fresh connection finds: whether SQLite and the rows themselves are whole, and the last row.
    func inspect(_ folder: URL) -> Found {
        do {
            let database = try RawDatabase(folder, journal: journal, synchronous: "EXTRA")
            defer { database.close() }
            let check = try database.text("PRAGMA integrity_check")
            let last = try database.number("SELECT max(number) FROM entry")
            let count = try database.number(
                "SELECT count(*) FROM entry WHERE filling = printf('%.*c', 5000, char(97 + number % 26))")
            return Found(isSound: check == "ok" && count == last, last: last)
        } catch {
            return Found(isSound: false, last: 0)
        }
    }
}
