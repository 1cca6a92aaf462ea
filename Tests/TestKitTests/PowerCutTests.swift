import Foundation
import TestKit
import Testing

/// The VFS must let through what SQLite promises, and must be able to show what it doesn't.
@Suite struct PowerCutTests {
    static let fullWAL = Ledger(journal: "WAL", synchronous: "FULL")

    @Test(arguments: [fullWAL, Ledger(journal: "DELETE", synchronous: "EXTRA"), Ledger(journal: "TRUNCATE", synchronous: "FULL")])
    func aCommittedTransactionSurvivesEveryCut(ledger: Ledger) async throws {
        let played = try await sweepPowerCuts(
            cuts: [.nothingSurvives, .someSurvives(seed: 11), .someSurvives(seed: 12), .tornSectors(seed: 13), .processKilled],
            journal: { 0 }, prepare: { try ledger.prepare($0) },
            act: { folder, acknowledged in try ledger.append(7, in: folder, acknowledged: &acknowledged) },
            check: { folder, acknowledged, point in
                let found = ledger.inspect(folder)
                #expect(found.isSound, "\(point)")
                #expect((acknowledged...acknowledged + 1).contains(found.last), "\(point): \(acknowledged) acknowledged, \(found.last) found")
            })
        #expect(played > 5 * 30)
    }

    @Test func withoutAnySyncCommittedRowsAreLost() throws {
        let ledger = Ledger(journal: "WAL", synchronous: "OFF")
        try withTemporaryFolder { folder in
            try ledger.prepare(folder)
            let vfs = try FaultVFS(watching: folder)
            var acknowledged = 0
            let database = try RawDatabase(folder, journal: "WAL", synchronous: "OFF")
            for number in 1...20 { try database.run("INSERT INTO entry VALUES (\(number), printf('%.*c', 5000, char(\(97 + number % 26))))") }
            acknowledged = 20
            #expect(vfs.unsyncedSectors > 20 * 8)
            vfs.losePower()
            database.close()
            try vfs.cutPower()
            #expect(ledger.inspect(folder) == .init(isSound: true, last: 0))
            #expect(acknowledged == 20)
        }
    }

    @Test func withoutAnySyncSomeCutBreaksTheDatabase() throws {
        let ledger = Ledger(journal: "DELETE", synchronous: "OFF")
        var broken = 0
        for seed in 0..<40 as Range<UInt64> {
            try withTemporaryFolder { folder in
                try ledger.prepare(folder)
                let vfs = try FaultVFS(watching: folder)
                var acknowledged = 0
                try ledger.append(12, in: folder, acknowledged: &acknowledged)
                try vfs.cutPower(.someSurvives(seed: seed))
                if !ledger.inspect(folder).isSound { broken += 1 }
            }
        }
        #expect(broken > 10)
    }

    @Test func normalSyncInWALMayLoseTheLatestRowsAndBreaksNothing() async throws {
        let ledger = Ledger(journal: "WAL", synchronous: "NORMAL")
        var losses = 0
        try await sweepPowerCuts(
            journal: { 0 }, prepare: { try ledger.prepare($0) },
            act: { folder, acknowledged in try ledger.append(7, in: folder, acknowledged: &acknowledged) },
            check: { folder, acknowledged, point in
                let found = ledger.inspect(folder)
                #expect(found.isSound, "\(point)")
                if found.last < acknowledged { losses += 1 }
            })
        #expect(losses > 0)
    }

    @Test func anUnsyncedDeletionOfTheJournalUndoesACommit() async throws {
        let ledger = Ledger(journal: "DELETE", synchronous: "FULL")
        var undone = 0
        try await sweepPowerCuts(
            cuts: [.nothingSurvives], journal: { 0 }, prepare: { try ledger.prepare($0) },
            act: { folder, acknowledged in try ledger.append(4, in: folder, acknowledged: &acknowledged) },
            check: { folder, acknowledged, point in
                let found = ledger.inspect(folder)
                #expect(found.isSound, "\(point)")
                if found.last < acknowledged { undone += 1 }
            })
        #expect(undone > 0)
    }

    @Test func aDatabaseWhoseFolderWasNeverSyncedIsGone() throws {
        try withTemporaryFolder { folder in
            let vfs = try FaultVFS(watching: folder)
            let database = try RawDatabase(folder, journal: "MEMORY", synchronous: "FULL")
            try database.run("CREATE TABLE entry (number INTEGER PRIMARY KEY)")
            vfs.losePower()
            database.close()
            try vfs.cutPower()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test func aKilledProcessLosesNothingThatItWrote() throws {
        let ledger = Ledger(journal: "WAL", synchronous: "OFF")
        try withTemporaryFolder { folder in
            try ledger.prepare(folder)
            let vfs = try FaultVFS(watching: folder)
            let database = try RawDatabase(folder, journal: "WAL", synchronous: "OFF")
            try database.run("INSERT INTO entry VALUES (1, printf('%.*c', 5000, 'b'))")
            vfs.losePower()
            database.close()
            try vfs.cutPower(.processKilled)
            #expect(ledger.inspect(folder) == .init(isSound: true, last: 1))
        }
    }

    @Test func theSameSeedLeavesTheSameBytes() throws {
        let ledger = Ledger(journal: "DELETE", synchronous: "OFF")
        func left(_ seed: UInt64) throws -> [String: Data] {
            try withTemporaryFolder { folder in
                try ledger.prepare(folder)
                let vfs = try FaultVFS(watching: folder)
                var acknowledged = 0
                try ledger.append(6, in: folder, acknowledged: &acknowledged)
                try vfs.cutPower(.tornSectors(seed: seed))
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
            }
        }
        #expect(try left(5) == left(5))
        #expect(try left(5) != left(6))
    }

    @Test func aCutIsRefusedWhileAFileIsOpen() throws {
        try withTemporaryFolder { folder in
            let vfs = try FaultVFS(watching: folder)
            let database = try RawDatabase(folder, journal: "DELETE", synchronous: "FULL")
            try database.run("CREATE TABLE entry (number INTEGER PRIMARY KEY)")
            #expect(throws: FaultVFS.Problem.self) { try vfs.cutPower() }
            database.close()
            try vfs.cutPower()
        }
    }
}
