import Foundation
import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What an export of a log came to.
public struct PublishedLog: Hashable, Sendable {
    public let origin: String
    public let size: UInt64
    public let root: Hash32
    public let files: Int
    /// The key as stock tools take it; nil where they know none of its suite, and can read all but the signature.
    public let verifierKey: String?
}

extension Node {
    /// The name under which stock tools know a log: network, node and epoch.
    static func origin(_ network: NetworkID, _ node: NodeID, _ epoch: Epoch) -> String { "tiaokuai/\(network.hash.hex)/\(node.hash.hex)/\(epoch)" }

    /// Writes this node's log into a folder as C2SP tlog-tiles, with a checkpoint signed as a note, up to the newest checkpoint.
    ///
    /// An earlier export of the same log is brought up to date; throws `folderNotEmpty` for a folder with anything else in it.
    public func exportLog(to folder: String) throws -> PublishedLog {
        let newest = try Checkpoint(UnverifiedStatement(try checkpoint(), .checkpoint).claimed)
        return try exportLog(to: folder, size: newest.size, root: newest.root, signer: try signingKey(try settings()))
    }

    /// The same up to a signed root, with a note that nobody signs where there is no signer.
    func exportLog(to folder: String, size: UInt64, root: Hash32, signer: (any Signer)?) throws -> PublishedLog {
        let settings = try settings()
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let origin = Node.origin(network, settings.node, settings.epoch)
        var isFolder: ObjCBool = true
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), !isFolder.boolValue { throw AuditError(.folderNotEmpty, ["path": folder]) }
        try checkFolder(folder, origin)
        var tiles = LogTiles(in: folder)
        try store.read { reader in
            for position in 0..<size {
                guard let identity = try reader.leaf(position) else { throw LogError(.missingLeaf, "index \(position)") }
                try tiles.append(identity)
            }
        }
        try tiles.finish()
        var note = SignedNote(text: try CheckpointBody(origin: origin, size: size, root: root).text)
        var verifierKey: String?
        if let signer {
            try note.sign(origin, signer)
            verifierKey = SignedNote.verifierKey(origin, signer.verifyingKey)
        }
        if let verifierKey { try DurableFile.write(Array((verifierKey + "\n").utf8), to: folder + "/vkey") }
        // Last, so that whoever reads finds every tile that it asks for.
        try DurableFile.write(note.bytes, to: folder + "/checkpoint")
        return PublishedLog(origin: origin, size: size, root: root, files: tiles.files, verifierKey: verifierKey)
    }

    private func checkFolder(_ folder: String, _ origin: String) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        if names.isEmpty { return }
        let path = folder + "/checkpoint"
        let isOurs = names.contains("checkpoint") && (try? SignedNote(DurableFile.read(path, limit: 65_536)).body().origin) == origin
        guard isOurs else { throw AuditError(.folderNotEmpty, ["path": folder]) }
    }

    /// Witnesses a checkpoint: adds this node's cosignature, if it holds the very checkpoint, signed by its owner, and knows of no other
    /// log of that epoch. Gives the note's new bytes.
    ///
    /// A second word of the same witness stands in place of its first. Throws `notANote`, `noteNotOurs`, `ownNote`, `notSeen`, `logInDoubt`.
    public func cosign(_ bytes: [UInt8]) throws -> [UInt8] {
        var note = try SignedNote(bytes)
        let body = try note.body()
        let key = try signingKey(try settings())
        let name = try ask { view in
            guard let network = view.settings.network else { throw NodeError(.notEnrolled) }
            let held = try (view.trust?.nodes ?? []).flatMap { try view.reader.heldCheckpoints(of: $0) }
            let ofLog = held.filter { Node.origin(network, $0.checkpoint.node, $0.checkpoint.epoch) == body.origin }
            guard let first = ofLog.first else { throw AuditError(.noteNotOurs, ["origin": String(body.origin.prefix(80))]) }
            let facts = ["node": first.checkpoint.node.short, "size": "\(body.size)"]
            guard first.checkpoint.node != view.settings.node else { throw AuditError(.ownNote, facts) }
            guard ofLog.contains(where: { $0.checkpoint.size == body.size && $0.checkpoint.root == body.root }) else { throw AuditError(.notSeen, facts) }
            // Owned up to or not: a witness says that it has seen one log.
            let isInDoubt = try view.logConcerns(thorough: true).contains { concern in
                guard concern.node == first.checkpoint.node, concern.epoch == first.checkpoint.epoch else { return false }
                return concern.isContradiction || concern.code == .splitView || concern.code == .unproven && concern.numbers.contains(body.size)
            }
            if isInDoubt { throw AuditError(.logInDoubt, facts) }
            return "tiaokuai/\(network.hash.hex)/\(view.settings.node.hash.hex)"
        }
        try note.cosign(name, at: UInt64(clamping: surroundings.now().milliseconds / 1_000), key)
        return note.bytes
    }
}
