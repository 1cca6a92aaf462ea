import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// That one changeset stands in this node's log: what anybody can check with the node's key and nothing else.
public struct LogProof: Hashable, Sendable {
    public let changeset: ChangesetID
    public let index: UInt64
    /// The log's size under the checkpoint in which the proof ends.
    public let size: UInt64
    /// Under each hash of the network's logs, SHA-256 first: the root, and the path to it.
    public let paths: [Path]
    /// The signed checkpoint's envelope.
    public let checkpoint: [UInt8]

    public struct Path: Hashable, Sendable {
        public let hash: HashAlgorithm
        public let root: Hash32
        public let path: [Hash32]
    }

    /// Throws a `LogError` where a path doesn't lead to its root.
    public func verify() throws(LogError) {
        for one in paths { try MerkleTree(one.hash).verifyInclusion(leaf: changeset.hash, index: index, size: size, proof: one.path, root: one.root) }
    }
}

extension Node {
    /// Proves that a changeset is in the log; throws `unknownItem` for one that is not held or not logged yet.
    public func prove(_ changeset: ChangesetID) throws -> LogProof {
        try store.write { writer in
            let envelope = try self.checkpoint(writer, try Node.settings(writer.reader))
            let checkpoint = try Checkpoint(try UnverifiedStatement(envelope, .checkpoint).claimed)
            guard let index = try writer.reader.leafPosition(of: changeset.hash) else { throw NodeError(.unknownItem, ["item": changeset.hash.hex]) }
            let paths = try checkpoint.hashes.compactMap { hash in
                try checkpoint.root(hash).map { root in
                    LogProof.Path(hash: hash, root: root, path: try LogKeeper(reader: writer.reader, hash).inclusionProof(index: index, size: checkpoint.size))
                }
            }
            return LogProof(changeset: changeset, index: index, size: checkpoint.size, paths: paths, checkpoint: envelope)
        }
    }
}
