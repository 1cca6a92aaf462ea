import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

/// The newest changesets of each feed in a file, kept as its changesets go by in order.
struct FileHeads: Hashable, Sendable {
    private var tips: [ChangesetID: CarriedHead] = [:]

    /// Memory is bounded whatever the file holds; what is beyond can't be acknowledged one by one.
    mutating func add(_ feed: FeedID, _ id: ChangesetID, _ sequence: UInt64, after predecessor: ChangesetID?) {
        if let predecessor { tips[predecessor] = nil }
        guard tips.count < Limits.headsPerStatement else { return }
        tips[id] = CarriedHead(feed: feed, changeset: id, sequence: sequence)
    }

    var heads: [CarriedHead] { tips.values.sorted { ($0.feed, $0.changeset) < ($1.feed, $1.changeset) } }
}

/// Which changesets of one feed lie at or behind given heads: a head vouches for its gapless feed.
struct FeedCoverage {
    typealias Item = (ref: ChangesetRef, id: ChangesetID, sequence: UInt64, predecessor: ChangesetID?, state: ChangesetState)

    private(set) var covered: Set<ChangesetID> = []

    init(_ items: [Item], heads: some Sequence<ChangesetID>) {
        let before = Dictionary(items.map { ($0.id, $0.predecessor) }, uniquingKeysWith: { first, _ in first })
        for head in heads {
            var step: ChangesetID? = head
            while let id = step, covered.insert(id).inserted { step = before[id] ?? nil }
        }
    }
}
