import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// Changesets of a feed that a sender says it holds and that have not come 缺项. Its newest receipt says so: it goes along in
/// every bundle to one receiver and names the newest heads of everything that the receiver may have.
public struct Gap: Hashable, Sendable {
    public let namedBy: NodeID
    public let feed: Feed
    public let from, to: UInt64
    /// When this was first heard here, among the newest `Gap.receiptsRead` receipts.
    public let since: Written

    static let receiptsRead = 64

    /// As `FeedRange` reads it: for `bundle export --again`.
    public var range: String { "\(feed.id.hash.hex.prefix(8)):\(from)\(from == to ? "" : "-\(to)")" }
}

extension NodeView {
    /// What senders have named and this node does not hold, by sender, feed and sequence.
    public func gaps(namedBy sender: NodeID? = nil) throws -> [Gap] {
        try (trust?.nodes ?? []).filter { $0 != settings.node && (sender ?? $0) == $0 }.sorted().flatMap { try gaps(by: $0) }
    }

    private func gaps(by sender: NodeID) throws -> [Gap] {
        let missing = try reader.acknowledged(by: sender).compactMap { named in
            let ranges = try self.missing(named.feed, named.changeset, named.sequence)
            return ranges.isEmpty ? nil : (feed: named.feed, ranges: ranges)
        }
        guard !missing.isEmpty else { return [] }
        let heard = try reader.newestStatements(.receipt, node: sender, limit: Gap.receiptsRead).map { row in
            let named = try Receipt(UnverifiedStatement(row.envelope, .receipt).claimed).accepted
            return (at: row.received, heads: Dictionary(named.map { ($0.feed.id, $0) }, uniquingKeysWith: { $0.sequence < $1.sequence ? $1 : $0 }))
        }
        return missing.flatMap { id, ranges -> [Gap] in
            guard let feed = heard.lazy.compactMap({ $0.heads[id]?.feed }).first else { return [] }
            return ranges.compactMap { range in
                let naming = heard.filter { $0.heads[id].map { $0.sequence >= range.lowerBound } ?? false }
                return naming.map(\.at).min().map { Gap(namedBy: sender, feed: feed, from: range.lowerBound, to: range.upperBound, since: $0) }
            }
        }
    }

    /// Sequences up to a named head of which nothing is here; the head's own where every sequence is, on another branch.
    private func missing(_ feed: FeedID, _ head: ChangesetID, _ last: UInt64) throws -> [ClosedRange<UInt64>] {
        let isHere = try reader.changesetRef(head) != nil
        if try isHere && !isWaiting(head) { return [] }
        guard last >= 1 else { return [] }
        let row = try reader.feeds().first { $0.feed.id == feed }
        let held = try row.map { Set(try reader.changesets(inFeed: $0.ref, from: 1, through: last).map(\.sequence)) } ?? []
        var out: [ClosedRange<UInt64>] = []
        var next: UInt64 = 1
        for sequence in held.sorted() {
            if sequence > next { out.append(next...(sequence - 1)) }
            next = sequence + 1
        }
        if next <= last { out.append(next...last) }
        if out.isEmpty, !isHere { out.append(last...last) }
        return out
    }

    private func isWaiting(_ id: ChangesetID) throws -> Bool { try reader.changeset(id)?.state == .waiting }
}
