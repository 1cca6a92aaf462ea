import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// Compares two views of one network's history.
public struct HistoryComparer {
    let left, right: NodeView
    /// The sides that are a node's own store, with a log of its own.
    let own: Set<HistoryComparison.Side>
    var result = HistoryComparison()

    /// - Parameter own: the sides that are nodes; the others are bundles.
    ///
    /// Throws `otherNetwork`.
    public static func compare(_ left: NodeView, _ right: NodeView, own: Set<HistoryComparison.Side>) throws -> HistoryComparison {
        guard let network = left.settings.network, right.settings.network == network else {
            throw AuditError(
                .otherNetwork, ["left": left.settings.network?.short ?? "—", "right": right.settings.network?.short ?? "—"])
        }
        var comparer = HistoryComparer(left: left, right: right, own: own)
        try comparer.compareLogs()
        try comparer.compareFeeds()
        try comparer.findWithheld()
        for index in comparer.result.splits.indices {
            let split = comparer.result.splits[index]
            comparer.result.splits[index].isRepaired = try comparer.isRepaired(split.node, split.epoch) && !comparer.isBeforeRepair(split)
        }
        for index in comparer.result.branchings.indices {
            let feed = comparer.result.branchings[index].feed
            comparer.result.branchings[index].isRepaired = try comparer.isRepaired(feed.node, feed.epoch)
        }
        return comparer.result
    }

    func view(_ side: HistoryComparison.Side) -> NodeView { side == .left ? left : right }
    func other(_ side: HistoryComparison.Side) -> HistoryComparison.Side { side == .left ? .right : .left }

    func key(of node: NodeID, _ thumbprint: Hash32) -> VerifyingKey? {
        left.understanding.key(of: node, thumbprint: thumbprint) ?? right.understanding.key(of: node, thumbprint: thumbprint)
    }

    func isRepaired(_ node: NodeID, _ epoch: Epoch) throws -> Bool { try left.isRepaired(node, epoch) || right.isRepaired(node, epoch) }

    /// At a node itself it is known how far the logs of a fork were one: there no repair excuses two.
    private func isBeforeRepair(_ split: HistoryComparison.Split) throws -> Bool {
        try own.map(view).contains { view in
            guard view.settings.node == split.node, view.settings.epoch == split.epoch, let from = try view.repairedFrom else { return false }
            return split.sizes.allSatisfy { $0 <= from }
        }
    }

    // MARK: Feeds

    /// What each side holds of a feed, waiting ones too: they are here.
    private func entries(_ feed: Feed, _ view: NodeView) throws -> [ChangesetEntry] {
        try view.reader.feedRef(feed).map { try view.reader.entries(ofFeed: $0) } ?? []
    }

    private mutating func compareFeeds() throws {
        let feeds = Set(try left.reader.feeds().map(\.feed) + right.reader.feeds().map(\.feed))
        for feed in feeds.sorted(by: { ($0.node, $0.partition, $0.epoch.description) < ($1.node, $1.partition, $1.epoch.description) }) {
            let (here, there) = (try entries(feed, left), try entries(feed, right))
            let (ours, theirs) = (Set(here.map(\.id)), Set(there.map(\.id)))
            result.shared += ours.intersection(theirs).count
            try branching(feed, here, there)
            try lacks(.right, feed, here.filter { !theirs.contains($0.id) })
            try lacks(.left, feed, there.filter { !ours.contains($0.id) })
        }
    }

    private mutating func lacks(_ side: HistoryComparison.Side, _ feed: Feed, _ missing: [ChangesetEntry]) throws {
        guard let first = missing.first, let last = missing.last else { return }
        let reader = view(side)
        let isAdmitted = own.contains(side) ? reader.trust?.receives(reader.settings.node, feed.partition, reaching: reader.reaches) ?? false : nil
        result.lacking.append(
            .init(side: side, feed: feed, from: first.sequence, through: last.sequence, count: missing.count, isAdmitted: isAdmitted))
    }

    /// The first sequence of which the two hold different changesets.
    private mutating func branching(_ feed: Feed, _ here: [ChangesetEntry], _ there: [ChangesetEntry]) throws {
        let bySequence = Dictionary(grouping: here + there, by: \.sequence).mapValues { Set($0.map(\.id)) }
        guard let sequence = bySequence.filter({ $0.value.count > 1 }).keys.min(), let ids = bySequence[sequence]?.sorted() else { return }
        let sides = try ids.prefix(2).compactMap { id -> ForkEvidence.Side? in
            for view in [left, right] {
                guard let row = try view.reader.changeset(id) else { continue }
                let unverified = try UnverifiedChangeset(row.item)
                guard let key = view.understanding.keys[unverified.header.credential], (try? unverified.verified(by: key)) != nil else { continue }
                return ForkEvidence.Side(key: key.coseKey, envelope: row.item.envelope)
            }
            return nil
        }
        let evidence = sides.count == 2 ? ForkEvidence(first: sides[0], second: sides[1]) : nil
        result.branchings.append(.init(feed: feed, sequence: sequence, changesets: ids, evidence: evidence))
    }

    private mutating func findWithheld() throws {
        for side in HistoryComparison.Side.allCases where own.contains(side) {
            for concern in try view(side).logConcerns() where concern.code == .withheld {
                let isThere = try view(other(side)).reader.changesetRef(ChangesetID(concern.item)) != nil
                result.withheld.append(.init(side: side, node: concern.node, partition: concern.partition, head: concern.item, isOnOtherSide: isThere))
            }
        }
    }
}
