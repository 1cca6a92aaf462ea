import Foundation
import GRDB

/// A node's SQLite file: WAL, synchronous=FULL, one writer at a time, any number of readers and processes.
///
/// Nothing holds a lock longer than one transaction; a command that finds another writing waits up to
/// `busyTimeoutSeconds`, then throws `busy`.
public final class Store: Sendable {
    public static let fileName = "tiaokuai.sqlite"
    public static let busyTimeoutSeconds: Double = 30

    private let pool: DatabasePool
    /// Set in a store as it stood behind a horizon; then nothing is read from the pool.
    private let past: PastStore?
    public let path: String

    /// Opens the file, creating it when `creating`; waits so long for another that writes. Throws `missing`, `newerVersion`,
    /// `otherBuild`, `strangeSchema`, `notAStore`, `readOnly`, `damaged`.
    public init(path: String, creating: Bool = false, busyTimeoutSeconds: Double = Store.busyTimeoutSeconds) throws {
        guard creating || FileManager.default.fileExists(atPath: path) else { throw StoreError(.missing, path) }
        self.path = path
        past = nil
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -24576; PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY")
        }
        do {
            if !creating { try Store.expectStore(path) }
            pool = try DatabasePool(path: path, configuration: configuration)
            // DatabasePool sets NORMAL after prepareDatabase: FULL has to be set on the open writer.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000") }
            let applied = try pool.read { try Schema.version(of: $0) }
            // Nothing is added to what another program made.
            guard let applied = applied ?? (creating ? 0 : nil) else { throw StoreError(.notAStore, path) }
            guard applied <= Schema.version else { throw StoreError(.newerVersion, "\(applied)") }
            if applied < Schema.version { try Schema.migrator.migrate(pool) }
            if let stranger = try pool.read({ try Schema.stranger(in: $0) }) { throw StoreError(.strangeSchema, stranger) }
            if let different = try pool.read({ try Schema.difference(in: $0) }) { throw StoreError(.otherBuild, different) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw StoreError(.notAStore, path)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Opening a file for writing makes a database of an empty one, and puts another program's into WAL: what is no store is told before.
    private static func expectStore(_ path: String) throws {
        // Who may not read it hears that from SQLite.
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        let head = Array((try? handle.read(upToCount: 20)) ?? Data())
        try? handle.close()
        guard head.count == 20, head.starts(with: Array("SQLite format 3\0".utf8)) else { throw StoreError(.notAStore, path) }
        // Every store of ours is in WAL, but for one that was backed up and not opened since. Not opened for reading only: a power cut may
        // have left a journal to go back by.
        if head[18] == 2 { return }
        guard try DatabaseQueue(path: path).read({ try Schema.version(of: $0) }) != nil else { throw StoreError(.notAStore, path) }
    }

    /// The same store as it stood behind a horizon: only to be read. Its records' rows are what `supply` brings.
    public init(_ store: Store, behind horizon: StoreHorizon, supply: RecordSupply) throws {
        pool = store.pool
        path = store.path
        do {
            past = try PastStore(path: store.path, horizon, supply)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// The writer's `PRAGMA synchronous`: 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try translating { try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// A consistent view; never waits for a writer.
    public func read<Result>(_ body: (StoreReader) throws -> Result) throws -> Result {
        try translating { try past.map { try $0.read(body) } ?? pool.unsafeRead { db in try Store.inOneView(db) { try body(StoreReader(db)) } } }
    }

    /// A deferred transaction on a reading connection, begun and ended by statements that are compiled once: a read is often shorter
    /// than the compiling of these two.
    private static func inOneView<Result>(_ db: Database, _ body: () throws -> Result) throws -> Result {
        try RawStatement(db, "BEGIN DEFERRED TRANSACTION").run()
        do {
            let result = try body()
            try RawStatement(db, "COMMIT TRANSACTION").run()
            return result
        } catch {
            try? RawStatement(db, "ROLLBACK TRANSACTION").run()
            throw error
        }
    }

    /// One transaction, durable when this returns; rolled back as a whole when `body` throws.
    public func write<Result>(_ body: (StoreWriter) throws -> Result) throws -> Result {
        guard past == nil else { throw StoreError(.readOnly, path) }
        return try translating { try pool.write { try body(StoreWriter($0)) } }
    }

    /// Copies the whole store into a new file that stands alone, while others go on working.
    public func backUp(to path: String) throws {
        try translating { try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) } }
    }

    /// SQLite's own check of the file; empty when all is well.
    public func integrityFindings() throws -> [String] {
        try translating { try pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check").filter { $0 != "ok" } } }
    }

    /// The last to close brings the journal into the file and removes it.
    public func close() throws {
        // The file is not this one's to close.
        guard past == nil else { return }
        // A reader can't do that, and the pool closes its readers last unless they are gone by then.
        pool.invalidateReadOnlyConnections()
        try translating { try pool.close() }
    }

    /// Within a store behind a horizon: brings into effect what belongs there. What it writes lies in memory or in a temporary file.
    public func prepare(_ body: (StoreWriter) throws -> Void) throws {
        guard let past else { throw StoreError(.inconsistent, "no horizon") }
        try translating { try past.prepare(body) }
    }

    private func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}

extension StoreError {
    init(_ error: DatabaseError) {
        let code: Code =
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL: .diskFull
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .readOnly
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
            // The file of shared memory, without which nobody reads either, could not grow.
            case .SQLITE_IOERR: error.extendedResultCode == .SQLITE_IOERR_SHMSIZE ? .diskFull : .ioError
            default: .inconsistent
            }
        self.init(code, error.description)
    }
}
