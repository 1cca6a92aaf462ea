import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

extension Receipt {
    /// SHA-256 over feeds and heads that it vouches for, ascending: equal where two receipts vouch for the same.
    public var acknowledgedDigest: Hash32 { Receipt.digest(accepted.map { ($0.feed.id, $0.head) }) }

    public static func digest(_ heads: [(FeedID, ChangesetID)]) -> Hash32 {
        var bytes: [UInt8] = []
        for (feed, head) in heads.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            feed.hash.append(to: &bytes)
            head.hash.append(to: &bytes)
        }
        return sha256(bytes)
    }
}
