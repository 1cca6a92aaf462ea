import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

extension Node {
    /// Copies the node into a new folder, keys included, while others go on working: the store as of one instant and
    /// nothing unsealed in it. The living marker stays behind, so that the copy itself never signs.
    ///
    /// Throws `fileExists` when something stands at `path`, `clonedFolder` and the like from sealing.
    public func backUp(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw NodeError(.fileExists, ["path": path]) }
        if try settings().credential != nil { try seal() }
        let copy = NodeFolder(path: path)
        try copy.create()
        do {
            try store.backUp(to: copy.storePath)
            chmod(copy.storePath, 0o600)
            try copy.writeKeys(signing: try folder.readSigningKey(), sealing: try folder.readSealingKey())
            try DurableFile.syncFile(copy.storePath)
            try DurableFile.syncFolder(of: copy.storePath)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    /// Makes a node out of a backup in an empty or new folder, and opens a new epoch before anything is signed: what the
    /// old folder wrote after the backup comes back from those who received it.
    ///
    /// Throws `folderMissing`, `folderNotEmpty`.
    public static func restore(from backup: String, to path: String, surroundings: Surroundings = .real) throws -> Node {
        let source = NodeFolder(path: backup)
        guard source.exists else { throw NodeError(.folderMissing, ["path": backup]) }
        let target = NodeFolder(path: path)
        try target.create()
        do {
            try target.writeKeys(signing: try source.readSigningKey(), sealing: try source.readSealingKey())
            try Store(path: source.storePath).backUp(to: target.storePath)
            chmod(target.storePath, 0o600)
            try DurableFile.syncFile(target.storePath)
            let store = try Store(path: target.storePath)
            let settings = try store.write { writer in try beginEpoch(writer, surroundings) }
            try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: target)
            return try Node(opening: path, surroundings: surroundings)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
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
