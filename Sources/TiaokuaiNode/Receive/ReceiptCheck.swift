import TiaokuaiFormat
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
        for accepted in receipt.accepted {
            do {
                try MerkleTree.sha256.verifyInclusion(
                    leaf: accepted.head.hash, index: accepted.leafIndex, size: checkpoint.size, proof: accepted.proof, root: checkpoint.root)
            } catch {
                throw FormatError(.wrongProof, at: 0, error.code.rawValue)
            }
        }
        return checkpoint
    }

    /// The same where the node has one key.
    package static func verify(_ receipt: Receipt, key: VerifyingKey) throws {
        try verify(receipt) { $0 == key.thumbprint ? key : nil }
    }
}
