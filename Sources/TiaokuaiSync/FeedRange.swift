import TiaokuaiModel

/// A stretch of a feed that is asked for again, as a gap list names it: `3f2a91c0:5-6`, or `3f2a91c0:5` for one.
public struct FeedRange: Hashable, Sendable {
    /// The beginning of the feed's identity, in lower-case hexadecimal digits, 8 to 64 of them.
    public let feed: String
    public let from, to: UInt64

    /// Nil unless written like the example, with 1 ≤ from ≤ to.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (8...64).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
        guard (1...2).contains(ends.count), let from = ends[0], let to = ends[ends.count - 1], from >= 1, from <= to else { return nil }
        feed = parts[0].lowercased()
        self.from = from
        self.to = to
    }

    func overlaps(_ id: FeedID, _ sequences: ClosedRange<UInt64>) -> Bool { sequences.overlaps(from...to) && id.hash.hex.hasPrefix(feed) }

    func contains(_ id: FeedID, _ sequence: UInt64) -> Bool { sequence >= from && sequence <= to && id.hash.hex.hasPrefix(feed) }
}
