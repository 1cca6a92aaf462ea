import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// A stretch of a feed that a node holds without signatures, and who holds it with them.
public struct SummedStretch: Hashable, Sendable {
    public let feed: Feed
    public let from, through: UInt64
    public let count: Int
    /// Whose statement vouches for the signatures; nil where that statement is not held.
    public let holder: NodeID?
    public let snapshot: Hash32
}

extension NodeView {
    /// True when a node holds a credential that stands and whose key no cut ended, of a region that holds the other's, nearer the root.
    public func isAbove(_ superior: NodeID, _ node: NodeID) -> Bool {
        guard let trust, let own = trust.credentials(of: node).min(by: { ($0.depth, $0.id) < ($1.depth, $1.id) }) else { return false }
        return trust.credentials(of: superior).contains { credential in
            credential.isStanding && !trust.isCut(credential.content.signingKey, of: superior) && credential.depth < own.depth
                && isWithin(own.content.region, credential.content.region)
        }
    }

    /// All heads of the feeds that a node may have, those of its own included: what a snapshot for it names.
    public func heads(handedTo peer: NodeID) throws -> Heads {
        Heads(
            try reader.feeds().filter { trust?.isHanded($0.feed.partition, to: peer, reaching: reaches) == true }.flatMap { row in
                try reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) }
            })
    }

    /// What each partition of these heads comes to here.
    func states(of heads: Heads) throws -> [SnapshotStatement.State] {
        try Set(heads.heads.map(\.feed.partition)).sorted().map { .init(partition: $0, derived: try digest(of: [$0]).derived) }
    }

    /// Heads of the partitions that these heads speak of, as they are held here.
    func heads(ofPartitionsIn heads: Heads) throws -> [Partition: Set<ChangesetID>] {
        var out: [Partition: Set<ChangesetID>] = [:]
        for partition in Set(heads.heads.map(\.feed.partition)) { out[partition] = [] }
        for row in try reader.feeds() where out[row.feed.partition] != nil {
            out[row.feed.partition]?.formUnion(try reader.heads(ofFeed: row.ref).map(\.id))
        }
        return out
    }

    /// What is held without signatures, by feed and statement.
    public func summedStretches() throws -> [SummedStretch] {
        guard try reader.summedCount() > 0 else { return [] }
        return try reader.feeds().flatMap { row -> [SummedStretch] in
            let bySnapshot = Dictionary(grouping: try reader.summed(inFeed: row.ref), by: \.snapshot)
            return try bySnapshot.sorted { $0.key < $1.key }.compactMap { snapshot, rows in
                guard let first = rows.first, let last = rows.last else { return nil }
                return SummedStretch(
                    feed: row.feed, from: first.sequence, through: last.sequence, count: rows.count, holder: try reader.snapshotHolder(snapshot), snapshot: snapshot)
            }
        }
    }
}
