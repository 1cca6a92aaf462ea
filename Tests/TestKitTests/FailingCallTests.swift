import Foundation
import GRDBSQLite
import TestKit
import Testing

@Suite struct FailingCallTests {
    @Test(arguments: [Ledger(journal: "WAL", synchronous: "FULL"), Ledger(journal: "DELETE", synchronous: "FULL")])
    func afterAnyFailedCallTheAcknowledgedRowsStand(ledger: Ledger) async throws {
        let played = try await sweepFailures(
            journal: { 0 }, prepare: { try ledger.prepare($0) },
            act: { folder, acknowledged in try ledger.append(5, in: folder, acknowledged: &acknowledged) },
            check: { folder, acknowledged, point in
                let found = ledger.inspect(folder)
                #expect(found.isSound, "\(point)")
                #expect((acknowledged...acknowledged + 1).contains(found.last), "\(point): \(acknowledged) acknowledged, \(found.last) found")
            })
        #expect(played > 4 * 15)
    }

    @Test func aFullDiskSaysSoAndWritingGoesOnWhenThereIsRoom() throws {
        let ledger = Ledger(journal: "WAL", synchronous: "FULL")
        try withTemporaryFolder { folder in
            try ledger.prepare(folder)
            let vfs = try FaultVFS(watching: folder)
            let database = try RawDatabase(folder, journal: "WAL", synchronous: "FULL")
            try database.run("INSERT INTO entry VALUES (1, 'a')")
            vfs.fail(at: 1, with: .full, once: false)
            for _ in 0..<3 {
                #expect(throws: RawDatabase.Failure(code: SQLITE_FULL, message: "database or disk is full")) {
                    try database.run("INSERT INTO entry VALUES (2, 'a')")
                }
            }
            #expect(vfs.failures == 3)
            #expect(try database.number("SELECT count(*) FROM entry") == 1)
            vfs.disarm()
            try database.run("INSERT INTO entry VALUES (2, 'a')")
            #expect(try database.number("SELECT count(*) FROM entry") == 2)
            database.close()
        }
    }

    @Test func whatWaitedAtAFailedSyncIsNotSavedByTheNext() throws {
        try withTemporaryFolder { folder in
            let ledger = Ledger(journal: "MEMORY", synchronous: "FULL")
            try ledger.prepare(folder)
            let vfs = try FaultVFS(watching: folder)
            let database = try RawDatabase(folder, journal: "OFF", synchronous: "FULL")
            vfs.count(only: .sync)
            vfs.fail(at: 1, with: .ioError)
            #expect(throws: RawDatabase.Failure.self) { try database.run("INSERT INTO entry VALUES (1, printf('%.*c', 90000, 'b'))") }
            let unsafe = vfs.unsyncedSectors
            #expect(unsafe > 90_000 / 512)
            try? database.run("INSERT INTO entry VALUES (2, 'short')")
            #expect(vfs.calls(of: .sync) >= 2)
            #expect(vfs.unsyncedSectors > unsafe / 2)
            database.close()
        }
    }

    @Test func eachKindOfCallIsCounted() throws {
        let ledger = Ledger(journal: "DELETE", synchronous: "FULL")
        try withTemporaryFolder { folder in
            try ledger.prepare(folder)
            let vfs = try FaultVFS(watching: folder)
            var acknowledged = 0
            try ledger.append(2, in: folder, acknowledged: &acknowledged)
            try Ledger(journal: "WAL", synchronous: "FULL").append(3, in: folder, acknowledged: &acknowledged)
            for kind in [FaultVFS.Calls.open, .write, .truncate, .sync, .delete, .sharedMemory, .read] {
                #expect(vfs.calls(of: kind) > 0, "\(kind)")
            }
            let kinds: [FaultVFS.Calls] = [.open, .write, .truncate, .sync, .delete, .sharedMemory]
            #expect(vfs.counted == kinds.map { vfs.calls(of: $0) }.reduce(0, +))
            #expect(vfs.openFiles == 0)
        }
    }

    @Test func aWatchTouchesNoOtherFolder() throws {
        let ledger = Ledger(journal: "WAL", synchronous: "FULL")
        try withTemporaryFolder { dark in
            try withTemporaryFolder { bright in
                let vfs = try FaultVFS(watching: dark)
                #expect(throws: FaultVFS.Problem.self) { try FaultVFS(watching: dark) }
                vfs.losePower()
                try ledger.prepare(bright)
                var acknowledged = 0
                try ledger.append(2, in: bright, acknowledged: &acknowledged)
                #expect(ledger.inspect(bright) == .init(isSound: true, last: 2))
                #expect(throws: RawDatabase.Failure.self) { try ledger.prepare(dark) }
            }
        }
    }
}
