import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// What evidence of a split view says, once everything in it was checked.
public struct CheckedEvidence: Hashable, Sendable {
    public let node: NodeID
    public let epoch: Epoch
    public let older, newer: Checkpoint
    /// Identities of the two checkpoints.
    public let olderID, newerID: Hash32
    /// Under which hashes the two contradict each other.
    public let hashes: [HashAlgorithm]
    /// Both keys are the node's first one, by which it is named: no credential is needed to believe it.
    public let standsAlone: Bool
}

/// Checks evidence with nothing but itself.
public enum EvidenceCheck {
    /// Throws `FormatError` and `TrustError`; `rootMismatch` in `malformedItem` where the two may well be of one log.
    ///
    /// - Parameter key: the node's key with a thumbprint, where credentials are at hand; nil takes the keys that lie in it.
    public static func check(_ evidence: SplitEvidence, key: ((NodeID, Hash32) -> VerifyingKey?)? = nil) throws -> CheckedEvidence {
        let older = try side(evidence.older, key)
        let newer = try side(evidence.newer, key)
        guard older.checkpoint.node == newer.checkpoint.node, older.checkpoint.network == newer.checkpoint.network,
            older.checkpoint.epoch == newer.checkpoint.epoch, (older.checkpoint.size, older.id) < (newer.checkpoint.size, newer.id)
        else { throw NodeError(.malformedItem, ["reason": "the two checkpoints may be of one log"]) }
        let hashes = SplitEvidence.tells(older.checkpoint, newer.checkpoint, evidence.path)
        guard !hashes.isEmpty else { throw NodeError(.malformedItem, ["reason": "the two checkpoints may be of one log"]) }
        return CheckedEvidence(
            node: older.checkpoint.node, epoch: older.checkpoint.epoch, older: older.checkpoint, newer: newer.checkpoint, olderID: older.id,
            newerID: newer.id, hashes: hashes, standsAlone: older.isOwn && newer.isOwn)
    }

    private static func side(
        _ side: SplitEvidence.Side, _ known: ((NodeID, Hash32) -> VerifyingKey?)?
    ) throws -> (checkpoint: Checkpoint, id: Hash32, isOwn: Bool) {
        let statement = try UnverifiedStatement(side.checkpoint, .checkpoint)
        let given = try VerifyingKey(coseKey: side.key)
        let checkpoint = try Checkpoint(statement.claimed)
        if let known {
            guard let key = known(checkpoint.node, statement.keyID), key == given else { throw NodeError(.unknownNode, ["node": checkpoint.node.short]) }
        }
        _ = try statement.verified(by: given)
        return (checkpoint, statement.id, given.nodeID == checkpoint.node)
    }
}
