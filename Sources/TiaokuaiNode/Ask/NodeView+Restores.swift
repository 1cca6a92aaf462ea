import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// A node that was restored from a backup opens a new epoch: everybody who hears of it sees that it did, and how much of what they
// hold of it came after the backup.

extension NodeView {
    /// How long `status` goes on saying that a node was restored; `log verify` and the audit say it for good.
    private static let restoreDays: Int32 = 30

    /// What was seen first of an epoch.
    private struct Beginning {
        let epoch: Epoch
        var item: Hash32
        var received: Written
        /// Partitions in which it has begun a feed, and the heads of earlier epochs that those named.
        var partitions: Set<Partition> = []
        var resumes: [FeedID: Set<ChangesetID>] = [:]

        mutating func note(_ item: Hash32, _ received: Written) {
            if (received, item) < (self.received, self.item) { (self.item, self.received) = (item, received) }
        }
    }

    /// Every epoch of a node but its first, in the order in which they began as far as can be told.
    func restores(_ node: NodeID, _ held: [HeldCheckpoint], _ feeds: [FeedRow], thorough: Bool) throws -> [LogConcern] {
        let own = feeds.filter { $0.feed.node == node }
        guard Set(held.map(\.checkpoint.epoch)).union(own.map(\.feed.epoch)).count > 1 else { return [] }
        var beginnings: [Epoch: Beginning] = [:]
        func note(_ epoch: Epoch, _ item: Hash32, _ received: Written) {
            beginnings[epoch, default: Beginning(epoch: epoch, item: item, received: received)].note(item, received)
        }
        for one in held { note(one.checkpoint.epoch, one.id, one.received) }
        for row in own {
            for first in try reader.changesets(inFeed: row.ref, from: 1, through: 1) where first.state != .waiting {
                note(row.feed.epoch, first.id.hash, try reader.changeset(first.ref).received)
                beginnings[row.feed.epoch]?.partitions.insert(row.feed.partition)
                for resumed in try reader.header(first.ref).resumes {
                    let before = Feed(node: node, epoch: resumed.epoch, partition: row.feed.partition)
                    beginnings[row.feed.epoch]?.resumes[before.id, default: []].insert(resumed.head)
                }
            }
        }
        let today = self.node.surroundings.now().day.number
        let ordered = NodeView.inOrder(Array(beginnings.values), own)
        return try ordered.indices.dropFirst().filter { thorough || today - ordered[$0].received.day.number <= NodeView.restoreDays }.map { index in
            let (one, earlier) = (ordered[index], Set(ordered[..<index].map(\.epoch)))
            let count = try lost(one, own.filter { earlier.contains($0.feed.epoch) })
            return LogConcern(.restored, node: node, epoch: one.epoch, item: one.item, numbers: [UInt64(count)], since: one.received)
        }
    }

    /// By first sight, and none before an epoch that it names as earlier.
    private static func inOrder(_ beginnings: [Beginning], _ own: [FeedRow]) -> [Beginning] {
        let epochs = Dictionary(own.map { ($0.feed.id, $0.feed.epoch) }, uniquingKeysWith: { first, _ in first })
        var open = beginnings.sorted { ($0.received, $0.epoch) < ($1.received, $1.epoch) }
        var out: [Beginning] = []
        while !open.isEmpty {
            let waiting = Set(open.map(\.epoch))
            let index = open.firstIndex { one in !one.resumes.keys.contains { epochs[$0].map { $0 != one.epoch && waiting.contains($0) } ?? false } } ?? 0
            out.append(open.remove(at: index))
        }
        return out
    }

    /// Changesets of earlier epochs which lie beyond the heads that it began with, in partitions in which it has begun.
    private func lost(_ beginning: Beginning, _ earlier: [FeedRow]) throws -> Int {
        let ancestry = Ancestry(reader: reader)
        var count = 0
        for row in earlier where beginning.partitions.contains(row.feed.partition) {
            let heads = beginning.resumes[row.feed.id] ?? []
            if try reader.heads(ofFeed: row.ref).allSatisfy({ heads.contains($0.id) }) { continue }
            for held in try reader.changesets(inFeed: row.ref, from: 1) where held.state != .waiting {
                if try !ancestry.contains(held.id, Array(heads)) { count += 1 }
            }
        }
        return count
    }
}
