import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust

/// What each side says last: its newest checkpoint, what goes beside the changesets that it sent, and a receipt if the other
/// has not the like of it already.
struct ClosingPage {
    let bytes: [UInt8]
    let hasReceipt: Bool

    /// Signs; blocks. `acknowledged` is the digest over what the peer knows from this node's newest receipt, `sent` what this
    /// node sent in this session.
    init(_ node: Node, to peer: NodeID, sent: PageSource?, refused: [Reception], isNews: Bool, acknowledged: Hash32?) throws {
        let beside = try sent?.logStatements() ?? node.logStatements(for: peer, beside: [], isLive: true)
        let receipt = try node.receipt(to: peer, receptions: refused)
        let content = try Receipt(try UnverifiedStatement(receipt, .receipt).claimed)
        hasReceipt = isNews || content.acknowledgedDigest != acknowledged
        bytes = Frame(.checkpoint, content.checkpoint).bytes + beside.flatMap(\.bytes) + (hasReceipt ? Frame(.receipt, receipt).bytes : [])
    }
}
