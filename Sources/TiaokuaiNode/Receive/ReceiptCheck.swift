import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

/// Checks a receipt's proofs: every head that it vouches for lies in the log whose signed checkpoint it carries.
package enum ReceiptCheck {
    /// Gives the checkpoint in which the proofs end. `key`: the node's key with this thumbprint; the checkpoint may have been
    /// signed before a rotation and the receipt after it.
    @discardableResult
    package static func verify(_ receipt: Receipt, key: (Hash32) -> VerifyingKey?) throws -> Checkpoint {
        let statement = try UnverifiedStatement(receipt.checkpoint, .checkpoint)
        guard let signer = key(statement.keyID) else { throw TrustError(.wrongKey, "the checkpoint is signed by no key of the node") }
        let checkpoint = try Checkpoint(try statement.verified(by: signer))
        guard checkpoint.node == receipt.node, checkpoint.network == receipt.network else {
            throw FormatError(.wrongNetwork, at: 0, "checkpoint of another node")
        }
        for accepted in receipt.accepted { try verify(accepted, in: checkpoint) }
        return checkpoint
    }

    /// Under each hash there is a proof exactly where there is a root, and it leads there.
    private static func verify(_ accepted: Receipt.Accepted, in checkpoint: Checkpoint) throws(FormatError) {
        for (hash, proof) in [(HashAlgorithm.sha256, accepted.proof), (.sm3, accepted.sm3Proof)] {
            guard (proof == nil) == (checkpoint.root(hash) == nil) else { throw FormatError(.wrongProof, at: 0, "\(hash.rawValue): root without a proof, or the reverse") }
            guard let proof, let root = checkpoint.root(hash) else { continue }
            do {
                try MerkleTree(hash).verifyInclusion(leaf: accepted.head.hash, index: accepted.leafIndex, size: checkpoint.size, proof: proof, root: root)
            } catch {
                throw FormatError(.wrongProof, at: 0, "\(hash.rawValue): \(error.code.rawValue)")
            }
        }
    }

    /// The same where the node has one key.
    package static func verify(_ receipt: Receipt, key: VerifyingKey) throws {
        try verify(receipt) { $0 == key.thumbprint ? key : nil }
    }
}
