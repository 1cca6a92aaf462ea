import Foundation
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode

/// Writes a log as C2SP tlog-tiles: hash tiles of 256, bundles of entries, each entry the 32 bytes of an identity. Entries come
/// in order, and what is held is one tile for each level.
struct LogTiles {
    static let width = 256
    /// An entry of a bundle: its length in two bytes, and an identity.
    static let entryBytes = 2 + Hash32.byteCount
    /// Takes a tile's path below the log's folder, and its bytes.
    private let put: (String, [UInt8]) throws -> Void
    private let tree = MerkleTree.sha256
    private var levels: [[Hash32]] = [[]]
    private var numbers: [UInt64] = [0]
    private var entries: [UInt8] = []
    private(set) var files = 0

    init(put: @escaping (String, [UInt8]) throws -> Void) { self.put = put }

    /// Writes them as files.
    init(in folder: String) {
        self.init { name, bytes in
            let path = "\(folder)/\(name)"
            do {
                try FileManager.default.createDirectory(atPath: PathParts.folder(of: path), withIntermediateDirectories: true)
            } catch {
                throw NodeError(.fileUnwritable, ["path": path, "reason": (error as NSError).localizedDescription])
            }
            try DurableFile.write(bytes, to: path)
        }
    }

    mutating func append(_ identity: Hash32) throws {
        // A length of two bytes, big-endian, before each entry.
        entries += [0, UInt8(Hash32.byteCount)] + identity.bytes
        levels[0].append(tree.leafHash(identity))
        guard levels[0].count == LogTiles.width else { return }
        try write(entries, "entries", numbers[0], count: LogTiles.width)
        entries = []
        try complete(0)
    }

    /// A whole tile goes out, and its root one level up.
    private mutating func complete(_ level: Int) throws {
        try write(levels[level].flatMap(\.bytes), "\(level)", numbers[level], count: LogTiles.width)
        var hashes = levels[level]
        while hashes.count > 1 { hashes = stride(from: 0, to: hashes.count, by: 2).map { tree.node(hashes[$0], hashes[$0 + 1]) } }
        levels[level] = []
        numbers[level] += 1
        if level + 1 == levels.count {
            levels.append([])
            numbers.append(0)
        }
        levels[level + 1] += hashes
        if levels[level + 1].count == LogTiles.width { try complete(level + 1) }
    }

    /// What is not whole yet, as partial tiles.
    mutating func finish() throws {
        if !entries.isEmpty { try write(entries, "entries", numbers[0], count: levels[0].count) }
        for level in levels.indices where !levels[level].isEmpty {
            try write(levels[level].flatMap(\.bytes), "\(level)", numbers[level], count: levels[level].count)
        }
    }

    private mutating func write(_ bytes: [UInt8], _ level: String, _ number: UInt64, count: Int) throws {
        try put("tile/\(level)/\(LogTiles.path(number))\(count == LogTiles.width ? "" : ".p/\(count)")", bytes)
        files += 1
    }

    /// `1234067` → `x001/x234/067`.
    static func path(_ number: UInt64) -> String {
        func padded(_ part: UInt64) -> String { String(repeating: "0", count: 3 - String(part).count) + String(part) }
        var (out, rest) = (padded(number % 1_000), number / 1_000)
        while rest > 0 {
            out = "x\(padded(rest % 1_000))/\(out)"
            rest /= 1_000
        }
        return out
    }
}
