import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiTrust

/// Checks a receipt's proofs: every head that it vouches for lies in the log whose signed checkpoint it carries.
package enum ReceiptCheck {
    package static func verify(_ receipt: Receipt, key: VerifyingKey) throws {
        let statement = try UnverifiedStatement(receipt.checkpoint, .checkpoint)
        let checkpoint = try Checkpoint(try statement.verified(by: key))
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
    }
}
