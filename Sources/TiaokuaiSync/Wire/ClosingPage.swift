import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// What each side says last: its newest checkpoint, what goes beside the changesets that it sent, and a receipt if the other
/// has not the like of it already.
public struct ClosingPage: Sendable {
    /// Frames, one after the other.
    public let bytes: [UInt8]
    public let hasReceipt: Bool

    /// Signs, and keeps what it said; blocks.
    ///
    /// - Parameters:
    ///   - sent: what this node sent in this session.
    ///   - refused: what came and was refused: the receipt names it.
    ///   - isNews: something came that changed what this node holds, or was refused.
    ///   - acknowledged: digest over what the peer knows from this node's newest receipt.
    ///   - heard: digest of this node's last closing page that the peer heard; what it told then is not said again.
    public init(_ node: Node, to peer: NodeID, sent: PageSource?, refused: [Reception], isNews: Bool, acknowledged: Hash32?, heard: Hash32) throws {
        let beside = try sent?.logStatements() ?? node.logStatements(for: peer, beside: [], isLive: true)
        let receipt = try node.receipt(to: peer, receptions: refused)
        let content = try Receipt(try UnverifiedStatement(receipt, .receipt).claimed)
        hasReceipt = isNews || content.acknowledgedDigest != acknowledged
        let said = [Frame(.checkpoint, content.checkpoint)] + beside
        let frames = try [said[0]] + node.untold(beside, to: peer, heard: heard) + (hasReceipt ? [Frame(.receipt, receipt)] : [])
        bytes = frames.flatMap(\.bytes)
        var digest = BundleDigest()
        for frame in frames { digest.append(frame) }
        try node.noteTold(to: peer, page: digest.trailer.digest, said)
    }
}
