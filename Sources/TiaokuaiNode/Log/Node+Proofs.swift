import TiaokuaiFormat
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
    public let root: Hash32
    public let path: [Hash32]
    /// The signed checkpoint's envelope.
    public let checkpoint: [UInt8]
}

extension Node {
    /// Proves that a changeset is in the log; throws `unknownItem` for one that is not held or not logged yet.
    public func prove(_ changeset: ChangesetID) throws -> LogProof {
        try store.write { writer in
            let envelope = try self.checkpoint(writer, try Node.settings(writer.reader))
            let checkpoint = try Checkpoint(try UnverifiedStatement(envelope, .checkpoint).claimed)
            guard let index = try writer.reader.leafPosition(of: changeset.hash) else { throw NodeError(.unknownItem, ["item": changeset.hash.hex]) }
            let path = try LogKeeper(reader: writer.reader).inclusionProof(index: index, size: checkpoint.size)
            return LogProof(changeset: changeset, index: index, size: checkpoint.size, root: checkpoint.root, path: path, checkpoint: envelope)
        }
    }
}
