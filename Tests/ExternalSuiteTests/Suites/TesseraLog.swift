import Foundation
import TestKit
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

/// The first fifteen entries of a log that another implementation wrote: checkpoints signed as notes, tiles, entry bundles.
enum TesseraLog {
    static let suite = ExternalSuite("tessera-log", vectors: 47) { folder in
        let note = try NoteKey(in: folder)
        let entries = try TesseraLog.entries(of: folder.bytes("tile/entries/000.p/15"))
        guard entries.count == 15 else { throw SuiteFolder.Malformed("\(entries.count) entries") }
        let log = MemoryLog()
        var tile: [UInt8] = []
        var checkpoints = folder.row("checkpoint*", expecting: 17)
        var tiles = folder.row("tile/0/*", expecting: 15)
        var bundles = folder.row("tile/entries/*", expecting: 15)
        for size in 0...15 {
            let names = ["checkpoint.\(size)"] + (size == 15 ? ["checkpoint"] : [])
            for name in names {
                let body = try CheckpointBody(origin: note.origin, size: UInt64(size), root: log.frontier.root)
                checkpoints.judge(name, try note.verdict(on: folder.text(name), saying: body), demanding: .accept)
            }
            if size > 0 {
                tiles.judge("tile of \(size)", .accepted(try folder.bytes("tile/0/000.p/\(size)") == tile, orRefused: "rootMismatch"), demanding: .accept)
                let bundle = try TesseraLog.entries(of: folder.bytes("tile/entries/000.p/\(size)"))
                bundles.judge("bundle of \(size)", .accepted(bundle == Array(entries.prefix(size)), orRefused: "rootMismatch"), demanding: .accept)
            }
            guard size < 15 else { break }
            let leafHash = MerkleTree.sha256.leafHash(ofEntry: entries[size])
            log.append(leafHash: leafHash)
            tile += leafHash.bytes
        }
        return [checkpoints, tiles, bundles]
    }

    /// An entry bundle: each entry behind its length in two bytes.
    private static func entries(of bundle: [UInt8]) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bundle[...]
        while !rest.isEmpty {
            let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(2)
            guard rest.count >= count else { throw SuiteFolder.Malformed("an entry is cut off") }
            entries.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return entries
    }
}

/// The key of a signed note (C2SP signed-note): `name+hash+base64(1 ‖ Ed25519 key)`, as the suite's description gives it.
private struct NoteKey {
    let origin: String
    private let hash: [UInt8]
    private let key: VerifyingKey

    init(in folder: SuiteFolder) throws {
        let words = try folder.text("SOURCE.txt").split(whereSeparator: \.isWhitespace)
        guard let parts = words.map({ $0.split(separator: "+", maxSplits: 2) }).first(where: { $0.count == 3 && $0[0].hasPrefix("example.com/") }) else {
            throw SuiteFolder.Malformed("no note key")
        }
        let encoded = try base64(String(parts[2]))
        guard encoded.count == 33, encoded[0] == 1 else { throw SuiteFolder.Malformed("not an Ed25519 note key") }
        origin = String(parts[0])
        hash = try hex(String(parts[1]))
        key = try VerifyingKey(.ed25519, rawBytes: Array(encoded.dropFirst()))
    }

    /// Accepted when the note says exactly this and a signature line of this key holds over it.
    func verdict(on note: String, saying body: CheckpointBody) throws -> Verdict {
        guard note.hasPrefix(body.text + "\n") else { return .refused("rootMismatch") }
        for line in note.dropFirst(body.text.count + 1).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[0] == "—", parts[1] == origin else { continue }
            let signature = try base64(String(parts[2]))
            if Array(signature.prefix(4)) == hash, key.isValid(signature: Array(signature.dropFirst(4)), for: Array(body.text.utf8)) { return .accepted }
        }
        return .refused("wrongSignature")
    }
}
