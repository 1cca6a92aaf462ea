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

    /// Signs, and keeps what it said; blocks. `acknowledged` is the digest over what the peer knows from this node's newest receipt, `sent` what this
    /// node sent in this session.
    init(_ node: Node, to peer: NodeID, sent: PageSource?, refused: [Reception], isNews: Bool, acknowledged: Hash32?) throws {
        let beside = try sent?.logStatements() ?? node.logStatements(for: peer, beside: [], isLive: true)
        let receipt = try node.receipt(to: peer, receptions: refused)
        let content = try Receipt(try UnverifiedStatement(receipt, .receipt).claimed)
        hasReceipt = isNews || content.acknowledgedDigest != acknowledged
        let said = [Frame(.checkpoint, content.checkpoint)] + beside
        let frames = said + (hasReceipt ? [Frame(.receipt, receipt)] : [])
        bytes = frames.flatMap(\.bytes)
        var digest = BundleDigest()
        for frame in frames { digest.append(frame) }
        try node.noteTold(to: peer, page: digest.trailer.digest, said)
    }
}
