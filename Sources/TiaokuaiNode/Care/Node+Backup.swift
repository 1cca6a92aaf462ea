import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

extension Node {
    /// Copies the node into a new folder, keys included, while others go on working: the store as of one instant and
    /// nothing unsealed in it. The living marker stays behind, so that the copy itself never signs.
    ///
    /// Throws `fileExists` when something stands at `path`, `clonedFolder` and the like from sealing, `busy` when others
    /// write so much that no instant without unsealed work was found.
    public func backUp(to path: String) throws {
        let copy = NodeFolder(path: path, on: folder.medium)
        do {
            try copy.make { try fill(copy) }
        } catch let error as NodeError where error.code == .folderNotEmpty {
            throw NodeError(.fileExists, ["path": path])
        }
    }

    func fill(_ copy: NodeFolder) throws {
        try copySealed(to: copy.unfinishedStorePath)
        try folder.copyKeyFiles(to: copy)
    }

    private static let backupTries = 20

    /// Between sealing and copying another command may write. What is not sealed would be written under the epoch that a
    /// restored node leaves behind, so such a copy is thrown away.
    private func copySealed(to path: String) throws {
        for _ in 0..<Node.backupTries {
            if try settings().credential != nil { try seal() }
            try store.backUp(to: path)
            let copy = try Store(path: path)
            let isSealed = try copy.read { reader in
                let local = try reader.partitionRef(.local)
                return try reader.pending().allSatisfy { $0.partition == local }
            }
            try copy.close()
            if isSealed { return }
            try FileManager.default.removeItem(atPath: path)
        }
        throw StoreError(.busy, "others write without a pause")
    }

    /// Makes a node out of a backup in an empty or new folder, and opens a new epoch before anything is signed: what the
    /// old folder wrote after the backup comes back from those who received it. The new epoch's first checkpoint is signed, but for a
    /// key under a passphrase or on a token.
    ///
    /// Throws `folderMissing`, `folderNotEmpty`, and `StoreError.damaged` for a backup that a bad medium spoilt.
    public static func restore(from backup: String, to path: String, surroundings: Surroundings = .real) throws -> Node {
        let source = NodeFolder(path: backup)
        guard source.exists else { throw NodeError(.folderMissing, ["path": backup]) }
        let target = NodeFolder(path: path, on: surroundings.medium)
        try target.make { try fill(target, from: source, surroundings) }
        let node = try Node(opening: path, surroundings: surroundings)
        // Signed at once where the key lies open: until something is, nothing tells the new epoch from one that somebody made up.
        if try node.settings().network != nil { _ = try? node.checkpoint() }
        return node
    }

    static func fill(_ target: NodeFolder, from source: NodeFolder, _ surroundings: Surroundings) throws {
        try copyStore(of: source, to: target)
        try source.copyKeyFiles(to: target)
        let store = try Store(path: target.unfinishedStorePath)
        if let finding = try store.integrityFindings().first { throw StoreError(.damaged, finding) }
        let settings = try store.write { writer in try beginEpoch(writer, surroundings) }
        try store.close()
        try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: target)
    }

    /// A backup at rest is one file and may lie on a medium that can't be written. One that somebody opened has a journal
    /// beside it and is read through SQLite.
    private static func copyStore(of source: NodeFolder, to target: NodeFolder) throws {
        let path = target.unfinishedStorePath
        let hasJournal = ["-wal", "-journal"].contains { FileManager.default.fileExists(atPath: source.storePath + $0) }
        if hasJournal { try Store(path: source.storePath).backUp(to: path) } else { try DurableFile.copy(source.storePath, to: path, mode: 0o600, on: target.medium) }
    }

    private static func beginEpoch(_ writer: StoreWriter, _ surroundings: Surroundings) throws -> NodeSettings {
        var settings = try Node.settings(writer.reader)
        var heads = settings.resumes
        for row in try writer.reader.feeds() where row.feed.node == settings.node {
            heads += try writer.reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) }
        }
        settings.epoch = surroundings.newEpoch()
        settings.resumes = Heads(heads).heads
        try writer.setMeta(NodeSettings.key, settings.encode())
        // Numbers count from 1 in each epoch; rows that never leave the store keep theirs, and then counting goes on.
        if try writer.reader.pendingCount() == 0 { try writer.setCounter(Node.originKey, 0) }
        guard let network = settings.network else { return settings }
        // The log is a node's within one epoch: a new one begins, with everything held in it.
        try writer.clearLog()
        _ = try LogKeeper.append(LogKeeper.genesis(network: network, node: settings.node, epoch: settings.epoch), writer)
        for ref in try writer.reader.changesets() {
            let row = try writer.reader.changeset(ref)
            if row.leaf != nil { try writer.setLeaf(ref, try LogKeeper.append(row.id.hash, writer)) }
        }
        try writer.insertJournal(written: surroundings.now(), code: "restored", record: nil, facts: settings.epoch.description)
        return settings
    }
}
