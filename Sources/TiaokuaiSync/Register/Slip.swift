import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// What a one-page slip 回执单 says of a file that was taken in: what came of it then, and what is held of it now.
public struct Slip: Sendable {
    public struct Head: Hashable, Sendable {
        public let head: CarriedHead
        /// Nil for a feed that is not known here.
        public let feed: Feed?
        /// Held without a gap before it; otherwise it waits.
        public let isHeld: Bool
        public let waitsFor: String?
        public let item: Hash32?
    }

    public let network: NetworkID
    public let isRehearsal: Bool
    /// This node.
    public let receiver: NodeID
    public let entry: RegisterEntry
    /// How often the same file was taken in.
    public let times: Int
    public let heads: [Head]
    public let madeAt: Written

    public var sender: NodeID? { entry.row.peer }

    /// 收讫码: twelve digits that say that everything in the file is held here; nil while something is not.
    public var code: String? {
        guard let outcome = entry.outcome, let digest = entry.row.digest else { return nil }
        let isWhole = outcome.isComplete && outcome.damaged == 0 && outcome.refused.isEmpty && heads.allSatisfy(\.isHeld)
        return isWhole ? Slip.code(of: digest, at: receiver) : nil
    }

    /// The beginning of SHA-256 of `["tk-slip", digest of the file, receiver]`: the sender can compute it too, and it can't be
    /// mistaken for the file's own check code.
    static func code(of digest: Hash32, at receiver: NodeID) -> String {
        var encoder = CBOREncoder(reserving: 96)
        encoder.arrayHeader(3)
        encoder.text("tk-slip")
        encoder.byteString(digest)
        encoder.byteString(receiver.hash)
        return Node.phoneDigest(sha256(encoder.bytes))
    }
}

extension Node {
    /// The slip of a file that was taken in, by its digest, or by the twelve digits of it. Throws `unknownItem`.
    public func slip(ofFileWith code: String) throws -> Slip {
        let wanted = PhoneCode.digits(code)
        return try ask { view in
            let rows = wanted.count < PhoneCode.count ? [] : try view.reader.carriedFiles(direction: "in").filter { $0.digest?.hex.hasPrefix(wanted) == true }
            guard let first = rows.first, let network = view.settings.network else { throw NodeError(.unknownItem, ["item": code]) }
            let feeds = Dictionary(try view.reader.feeds().map { ($0.feed.id, $0.feed) }, uniquingKeysWith: { first, _ in first })
            let waiting = Dictionary(try view.reader.waiting().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let entry = try view.entries([first])[0]
            let heads = try entry.heads.map { head in
                let waits = waiting[head.changeset]
                let isHeld = try waits == nil && view.reader.changesetRef(head.changeset) != nil
                return Slip.Head(head: head, feed: feeds[head.feed], isHeld: isHeld, waitsFor: waits?.what, item: waits?.item)
            }
            return Slip(
                network: network, isRehearsal: view.settings.isRehearsal, receiver: view.settings.node, entry: entry, times: rows.count, heads: heads,
                madeAt: surroundings.now())
        }
    }
}

/// Twelve hexadecimal digits as people type them off a slip or out of a telephone.
enum PhoneCode {
    static let count = 12

    /// Without dashes and blanks, in lower case, full-width forms as the others; empty where anything else stands in it.
    static func digits(_ text: String) -> String {
        let halfWidth = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
                }))
        let digits = halfWidth.lowercased().filter { !$0.isWhitespace && !"-–—·.。".contains($0) }
        return digits.allSatisfy { $0.isASCII && $0.isHexDigit } ? digits : ""
    }
}
