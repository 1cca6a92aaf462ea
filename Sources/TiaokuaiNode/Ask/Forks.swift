import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

/// A feed with more than one changeset of one sequence: a disk image put back, a cloned machine, or forgery.
public struct Fork: Hashable, Sendable {
    public let feed: Feed
    /// The first sequence that was issued twice.
    public let sequence: UInt64
    /// The parallel changesets there, ascending.
    public let branches: [ChangesetID]
    /// The record in which a unit of that node owns up to it; nil while nobody has.
    public let repair: RecordRef?
}

/// A statement of repair 分叉修复 in force.
struct ForkRepair {
    let record: RecordRef
    let feed: FeedID
    let sequence: ExactDecimal
    /// The branches that it names; one that came to light later is not owned up to. Empty: whatever there is.
    let branches: Set<ChangesetID>

    func covers(_ feed: FeedID, _ sequence: UInt64, _ found: [ChangesetID]) -> Bool {
        self.feed == feed && self.sequence == ExactDecimal(Int64(clamping: sequence)) && (branches.isEmpty || branches.isSuperset(of: found))
    }
}

extension NodeView {
    public func forks() throws -> [Fork] {
        let repairs = try forkRepairs()
        return try reader.feeds().compactMap { row in
            let all = try reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
            var previous: (sequence: UInt64, id: ChangesetID)?
            for item in all {
                if let previous, previous.sequence == item.sequence {
                    let branches = all.filter { $0.sequence == item.sequence }.map(\.id)
                    let repair = repairs.first { $0.covers(row.feed.id, item.sequence, branches) }
                    return Fork(feed: row.feed, sequence: item.sequence, branches: branches, repair: repair?.record)
                }
                previous = (item.sequence, item.id)
            }
            return nil
        }
    }

    /// Statements of repair with a cause in force, each by a unit that the forked node writes for.
    func forkRepairs() throws -> [ForkRepair] {
        let nodes = Dictionary(try reader.feeds().map { ($0.feed.id, $0.feed.node) }, uniquingKeysWith: { first, _ in first })
        return try reader.records(kind: ForkRepairKind.table.name).compactMap { ref in
            let record = try effective(ref)
            guard record.key.values.count == 3, let unit = record.key.values[0].text.flatMap({ try? UnitID(checking: $0) }),
                let feed = record.key.values[1].bytes.flatMap({ Hash32(bytes: $0) }).map(FeedID.init), let sequence = record.key.values[2].decimal,
                record[ForkRepairKind.cause] != nil, let node = nodes[feed], trust?.writers[unit]?.contains(where: { $0.node == node }) == true
            else { return nil }
            let branches = (record[ForkRepairKind.branches]?.list ?? []).compactMap { $0.bytes.flatMap { Hash32(bytes: $0) }.map(ChangesetID.init) }
            return ForkRepair(record: ref, feed: feed, sequence: sequence, branches: Set(branches))
        }
    }

    /// The statement by which a unit of this node owns up to a fork, naming the branches that are held.
    ///
    /// - Parameter further: what else it says, such as a text.
    public func repair(of fork: Fork, cause: String, by unit: UnitID, person: PersonID, further: [Operation.Field] = []) -> Draft {
        let key = RecordKey(
            .work(settings.region, nil), ForkRepairKind.table.name,
            [.text(unit.text), .bytes(fork.feed.id.hash.bytes), .decimal(ExactDecimal(Int64(clamping: fork.sequence)))])
        return Draft(
            key: key, unit: unit, person: person,
            fields: [
                .init(ForkRepairKind.branches, .list(fork.branches.map { .bytes($0.hash.bytes) })), .init(ForkRepairKind.cause, .text(cause)),
            ] + further)
    }

    /// Where this node's own epoch was forked and a unit of it has said so: how many entries of its log both machines had. Nil without
    /// such a fork.
    package var repairedFrom: UInt64? {
        get throws {
            let forks = try forks().filter { try $0.feed.node == settings.node && $0.feed.epoch == settings.epoch && $0.repair.map(isSealed) == true }
            // The last that both certainly had is what stands before the branches.
            return try forks.map { fork in
                let before = try fork.branches.compactMap { try reader.changesetRef($0) }.compactMap { try reader.header($0).predecessor }
                return try before.compactMap { try reader.leafPosition(of: $0.hash) }.min().map { $0 + 1 } ?? 1
            }.min()
        }
    }

    /// What is not sealed yet nobody was shown, and whoever holds the store can write it.
    private func isSealed(_ record: RecordRef) throws -> Bool { try operations(of: record).contains { $0.changeset != nil } }

    /// A fork of this node's feeds in this epoch was owned up to by its unit.
    package func isRepaired(_ node: NodeID, _ epoch: Epoch) throws -> Bool {
        let repaired = Set(try forkRepairs().filter { try isSealed($0.record) }.map(\.feed))
        return try reader.feeds().contains { $0.feed.node == node && $0.feed.epoch == epoch && repaired.contains($0.feed.id) }
    }

    /// Heads of every feed held.
    public func heldHeads() throws -> [Heads.Head] {
        try reader.feeds().flatMap { row in try reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) } }
    }
}
