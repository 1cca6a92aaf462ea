import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust

/// What each side says last: its newest checkpoint, and a receipt if the other has not the like of it already.
struct ClosingPage {
    let bytes: [UInt8]
    let hasReceipt: Bool

    /// Signs; blocks. `acknowledged` is the digest over what the peer knows from this node's newest receipt.
    init(_ node: Node, to peer: NodeID, refused: [Reception], isNews: Bool, acknowledged: Hash32?) throws {
        let receipt = try node.receipt(to: peer, receptions: refused)
        let content = try Receipt(try UnverifiedStatement(receipt, .receipt).claimed)
        hasReceipt = isNews || content.acknowledgedDigest != acknowledged
        bytes = Frame(.checkpoint, content.checkpoint).bytes + (hasReceipt ? Frame(.receipt, receipt).bytes : [])
    }
}
