import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiStore

@testable import TiaokuaiNode

/// How the store is kept.
@Suite struct StoreSettingsTests {
    @Test func theWriterSyncsFullyInEveryWayOfOpening() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let (made, backup, restored) = (
                folder.appendingPathComponent("made").path, folder.appendingPathComponent("backup").path, folder.appendingPathComponent("restored").path
            )
            let node = try Node.create(at: made, plan: Network.provincePlan, surroundings: Stage.surroundings())
            try node.found(plan: Network.provincePlan, isRehearsal: true)
            #expect(try node.store.synchronousLevel() == 2)
            try node.backUp(to: backup)
            try node.store.close()
            #expect(try Stage.with(made) { try $0.store.synchronousLevel() } == 2)
            let other = try Node.restore(from: backup, to: restored, surroundings: Stage.surroundings(salt: 2))
            #expect(try other.store.synchronousLevel() == 2)
            try other.store.close()
            for path in [made, restored] { #expect(try header(path)[18...19] == [2, 2], "\(path) is not in WAL mode") }
        }
    }

    @Test func aClosedStoreIsOneFile() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("gt").path
            try Stage.copy(network.snapshot("gt-second"), to: path)
            try Stage.with(path) { node in
                _ = try node.ask { try $0.progress() }
                try node.write([Drafts.figure("14.3")])
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["marker", "sealing.key", "signing.key", "tiaokuai.sqlite"])
        }
    }

    @Test func theFolderIsItsOwnersAlone() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("gt").path
            try Node.create(at: path, plan: Network.countyPlan, surroundings: Stage.surroundings()).store.close()
            func mode(_ path: String) throws -> Int? { try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }
            #expect(try mode(path) == 0o700)
            for name in ["signing.key", "sealing.key", "marker", "tiaokuai.sqlite"] { #expect(try mode(path + "/" + name) == 0o600, "\(name)") }
        }
    }

    @Test func keysWithoutAStoreAreSomebodysKeys() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("gt").path
            try Node.create(at: path, plan: Network.countyPlan, surroundings: Stage.surroundings()).store.close()
            try FileManager.default.removeItem(atPath: path + "/tiaokuai.sqlite")
            let key = try Data(contentsOf: URL(fileURLWithPath: path + "/signing.key"))
            #expect(throws: NodeError(.folderNotEmpty, ["path": path])) { try Node.create(at: path, plan: Network.countyPlan) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path + "/signing.key")) == key)
        }
    }

    @Test func aMissingFolderAndOneOfALaterVersionAreNamed() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("gt").path
            #expect(throws: NodeError(.folderMissing, ["path": path])) { try Node(opening: path) }
            try Stage.copy(network.snapshot("gt-second"), to: path)
            let before = try Fingerprint(storeIn: path)
            let queue = try DatabaseQueue(path: path + "/" + Store.fileName)
            try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2')") }
            #expect(throws: StoreError(.newerVersion, "2")) { try Node(opening: path) }
            try queue.write { try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '2'") }
            try queue.close()
            #expect(try Fingerprint(storeIn: path) == before)
        }
    }

    @Test func aStoreOfAnotherBuildOrAnotherProgramIsNamedAndLeftAsItIs() throws {
        let network = try Network.shared.get()
        let changes: [(sql: String, named: String)] = [
            ("ALTER TABLE changeset DROP COLUMN digest", "changeset"), ("DROP INDEX waiting_for", "waiting_for"), ("DROP TABLE carried_head", "carried_head"),
            ("ALTER TABLE outcome ADD COLUMN later INTEGER", "outcome"),
        ]
        try withTemporaryFolder(inMemory: true) { folder in
            for (index, change) in changes.enumerated() {
                let path = folder.appendingPathComponent("gt\(index)").path
                try Stage.copy(network.snapshot("gt-second"), to: path)
                let queue = try DatabaseQueue(path: path + "/" + Store.fileName)
                try queue.write { try $0.execute(sql: change.sql) }
                try queue.close()
                let before = try Fingerprint(storeIn: path)
                #expect(throws: StoreError(.otherBuild, change.named)) { try Node(opening: path) }
                #expect(try Fingerprint(storeIn: path) == before)
            }
            // What somebody added is theirs.
            let path = folder.appendingPathComponent("added").path
            try Stage.copy(network.snapshot("gt-second"), to: path)
            let queue = try DatabaseQueue(path: path + "/" + Store.fileName)
            try queue.write { try $0.execute(sql: "CREATE INDEX mine ON journal (code); CREATE TABLE notes (text TEXT)") }
            try queue.close()
            #expect(throws: Never.self) { try Node(opening: path) }
            // Another program's, an empty file, and no database at all.
            let store = folder.appendingPathComponent("other.sqlite").path
            let other = try DatabaseQueue(path: store)
            try other.write { try $0.execute(sql: "CREATE TABLE accounts (name TEXT)") }
            try other.close()
            #expect(throws: StoreError(.notAStore, store)) { try Store(path: store) }
            let tables = try DatabaseQueue(path: store).read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") }
            #expect(tables == ["accounts"])
            for text in ["", "minutes of a meeting, and no database"] {
                try text.write(toFile: store, atomically: true, encoding: .utf8)
                #expect(throws: StoreError(.notAStore, store)) { try Store(path: store) }
                #expect(try String(contentsOfFile: store, encoding: .utf8) == text)
            }
        }
    }

    /// A checkpoint is made when the log grew, not whenever one is asked for; also in a restored node, whose log is young.
    @Test func aRestoredNodeMakesOneCheckpointForOneLog() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let clock = Locked<Int64>(1_600_000_000_000)
            let surroundings = Surroundings(
                now: {
                    clock.with {
                        $0 += 1_000; return Written(milliseconds: $0)
                    }
                }, randomBytes: { [UInt8](repeating: 9, count: $0) })
            let node = try Node.restore(from: network.snapshot("gt-backup"), to: folder.appendingPathComponent("gt").path, surroundings: surroundings)
            defer { try? node.store.close() }
            #expect(try node.checkpoint() == node.checkpoint())
            try node.write([Drafts.figure("1")])
            try node.seal()
            #expect(try node.checkpoint() == node.checkpoint())
        }
    }

    @Test func aSpoiltBackupIsNotRestored() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let (backup, restored) = (folder.appendingPathComponent("backup").path, folder.appendingPathComponent("restored").path)
            try Stage.copy(network.snapshot("gt-backup"), to: backup)
            let store = URL(fileURLWithPath: backup + "/tiaokuai.sqlite")
            var bytes = try Data(contentsOf: store)
            for page in stride(from: 4_096, to: bytes.count, by: 4_096) { bytes.replaceSubrange(page..<page + 512, with: Data(count: 512)) }
            try bytes.write(to: store)
            #expect { _ = try Node.restore(from: backup, to: restored) } throws: { ($0 as? StoreError)?.code == .damaged }
            #expect(!FileManager.default.fileExists(atPath: restored))
        }
    }

    private func header(_ folder: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + Store.fileName)).prefix(100))
    }
}
