import Foundation
import GRDB
import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

@testable import TiaokuaiNode

/// How tests open nodes: a clock that stands still and randomness that repeats itself, so that work that was cut short
/// and done again comes to the same bytes as work that was not.
enum Stage {
    /// Operations in one sealed changeset, so that a few drafts make several.
    static let operationsPerBatch = 8

    static func surroundings(salt: UInt8 = 1, clock: Int64 = 1_597_190_400_000) -> Surroundings {
        Surroundings(now: { Written(milliseconds: clock) }, randomBytes: { [UInt8](repeating: salt, count: $0) })
    }

    static func open(_ path: String) throws -> Node {
        Node(
            folder: NodeFolder(path: path), store: try Store(path: path + "/" + Store.fileName), surroundings: surroundings(), kinds: .builtIn,
            regions: .gbt2260, operationsPerBatch: operationsPerBatch)
    }

    /// Opens a node for one piece of work and closes it, whatever comes of it.
    @discardableResult
    static func with<Result>(_ path: String, _ body: (Node) throws -> Result) throws -> Result {
        let node = try open(path)
        defer { try? node.store.close() }
        return try body(node)
    }

    /// Does it, and once more where it met a fault that has passed before it was done.
    static func patiently(_ fault: Fault?, unless isDone: () -> Bool = { false }, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            guard fault?.passes == true else { throw error }
            if !isDone() { try body() }
        }
    }

    /// As a node's folder is made; but whoever has no power clears nothing away.
    static func make(_ folder: NodeFolder, _ fault: Fault?, _ fill: () throws -> Void) throws {
        guard fault?.endsTheProcess == true else { return try folder.make(fill) }
        try folder.create()
        try fill()
        try folder.finish()
    }

    /// Puts a closed node's folder elsewhere, as itself and not as a clone: with a marker of its own.
    static func copy(_ from: String, to path: String) throws {
        try FileManager.default.copyItem(atPath: from, toPath: path)
        let folder = NodeFolder(path: path)
        guard FileManager.default.fileExists(atPath: folder.markerPath) else { return }
        let marker = try Marker(in: folder)
        try Marker.write(epoch: marker.epoch, rootStatement: marker.rootStatement, in: folder)
    }
}

/// SHA-256 over every row of a store, but for the register of hand-overs and the journal, where a repeated action shows.
struct Fingerprint: Hashable {
    let hash: Hash32

    init(storeIn path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path + "/" + Store.fileName, configuration: configuration)
        defer { try? queue.close() }
        let hasher = Hasher256()
        try queue.read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'carried%' AND name <> 'journal' AND name NOT LIKE 'sqlite%' ORDER BY name")
            for table in tables {
                let rows = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
                    row.databaseValues.map { $0.storage.value.map(Fingerprint.text) ?? "null" }.joined(separator: ",")
                }
                hasher.update(Array(([table] + rows.sorted()).joined(separator: "\n").utf8))
            }
        }
        hash = hasher.finish()
    }

    private static func text(_ value: any DatabaseValueConvertible) -> String { (value as? Data).map { [UInt8]($0).hex } ?? "\(value)" }
}
