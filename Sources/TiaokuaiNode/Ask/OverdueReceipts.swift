import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// A superior has not vouched for what this node sealed for it: the road upwards is broken, or somebody keeps it back.
public struct OverdueReceipt: Hashable, Sendable {
    public let superior: NodeID
    /// The oldest changeset that it has not vouched for.
    public let changeset: ChangesetID
    public let feed: Feed
    public let sequence: UInt64
    public let sealed: Written
    /// Days of UTC+8 since it was sealed.
    public let days: Int
    /// Changesets that it has not vouched for, in all feeds.
    public let count: Int
}

extension Node {
    /// Days after which a missing receipt is overdue, unless a node sets its own.
    public static let receiptDaysDefault = 14
    static let receiptDaysKey = "receiptDays"

    /// Throws `wrongType` unless 1 to 365.
    public func setReceiptDays(_ days: Int) throws {
        guard (1...365).contains(days) else { throw NodeError(.wrongType, ["field": "receiptDays", "value": "\(days)"]) }
        try store.write { try $0.setCounter(Node.receiptDaysKey, UInt64(days)) }
    }
}

extension NodeView {
    public var receiptDays: Int {
        get throws {
            let days = try reader.counter(Node.receiptDaysKey)
            return days == 0 ? Node.receiptDaysDefault : Int(days)
        }
    }

    /// Superiors whose receipt is overdue on a day: something that they receive was sealed more than `days` before it (by
    /// default the node's setting), and their own newest receipt does not vouch for it. By region, the province first.
    public func overdueReceipts(on day: Day, after days: Int? = nil) throws -> [OverdueReceipt] {
        let limit = try days ?? receiptDays
        let own = try reader.feeds().filter { $0.feed.node == settings.node }
        return try understanding.superiors(of: settings.node).compactMap { superior in
            let vouched = Dictionary(grouping: try reader.acknowledged(by: superior), by: \.feed).mapValues { $0.map(\.changeset) }
            var oldest: (row: ChangesetRow, feed: Feed)?
            var count = 0
            for row in own where trust?.receives(superior, row.feed.partition, reaching: reaches) == true {
                let missing = try unvouched(row, vouched[row.feed.id] ?? [])
                count += missing.count
                guard let first = try missing.first.map({ try reader.changeset($0) }) else { continue }
                if oldest.map({ first.received < $0.row.received }) ?? true { oldest = (first, row.feed) }
            }
            guard let oldest else { return nil }
            let age = Int(day.number) - Int(oldest.row.received.day.number)
            guard age > limit else { return nil }
            return OverdueReceipt(
                superior: superior, changeset: oldest.row.id, feed: oldest.feed, sequence: oldest.row.sequence, sealed: oldest.row.received, days: age, count: count)
        }
    }

    /// Changesets of a feed that lie behind none of these heads, in sequence.
    private func unvouched(_ row: FeedRow, _ heads: [ChangesetID]) throws -> [ChangesetRef] {
        let all = try reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
        let predecessors = Dictionary(all.map { ($0.id, $0.predecessor) }, uniquingKeysWith: { first, _ in first })
        var held: Set<ChangesetID> = []
        for head in heads where predecessors[head] != nil {
            var step: ChangesetID? = head
            while let id = step, held.insert(id).inserted { step = predecessors[id] ?? nil }
        }
        return all.filter { !held.contains($0.id) }.map(\.ref)
    }
}
