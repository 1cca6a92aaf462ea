import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

/// A feed with more than one changeset of one sequence: a disk image put back, a cloned machine, or forgery.
public struct Fork: Hashable, Sendable {
    public let feed: Feed
    /// The first sequence that was issued twice.
    public let sequence: UInt64
    /// The parallel changesets there, ascending.
    public let branches: [ChangesetID]
}

extension NodeView {
    public func forks() throws -> [Fork] {
        try reader.feeds().compactMap { row in
            let all = try reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
            var previous: (sequence: UInt64, id: ChangesetID)?
            for item in all {
                if let previous, previous.sequence == item.sequence {
                    return Fork(feed: row.feed, sequence: item.sequence, branches: all.filter { $0.sequence == item.sequence }.map(\.id))
                }
                previous = (item.sequence, item.id)
            }
            return nil
        }
    }

    /// Heads of every feed held.
    public func heldHeads() throws -> [Heads.Head] {
        try reader.feeds().flatMap { row in try reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) } }
    }
}
