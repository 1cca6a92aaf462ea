import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// What lies before what, by the links that the authors signed: predecessors within a feed, and between the epochs of a
/// node the heads that a new epoch's first changesets name.
final class Ancestry {
    private let reader: StoreReader
    /// What the store threw while questions were answered that take a plain yes or no; see `asking`.
    private var failure: (any Error)?
    /// What was read in one `asking`, in which the store stays as it is; nil outside of it.
    private var known: Known?

    private struct Known {
        var links: [ChangesetID: ChangesetLink?] = [:]
        var onlyAt: [FeedPosition: Bool] = [:]
        /// By feed.
        var resumed: [Int64: [ChangesetID]] = [:]
    }

    private struct FeedPosition: Hashable {
        let feed: Int64
        let sequence: UInt64
    }

    init(reader: StoreReader) { self.reader = reader }

    /// Asks what takes plain answers: should the store fail meanwhile, its error is thrown and the answer not used.
    func asking<Answer>(_ question: () throws -> Answer) throws -> Answer {
        failure = nil
        known = Known()
        defer { known = nil }
        let answer = try question()
        if let failure { throw failure }
        return answer
    }

    /// Within `asking`: true when the changeset is one of the heads or lies before one.
    func isInAncestry(_ changeset: ChangesetID, _ heads: [ChangesetID]) -> Bool { noting(false) { try contains(changeset, heads) } }

    /// Within `asking`: the credential that a changeset names.
    func credential(of changeset: ChangesetID) -> Hash32? {
        noting(nil) {
            guard let ref = try reader.changesetRef(changeset) else { return nil }
            return try reader.header(ref).credential
        }
    }

    /// Why trust voids an operation of this unit in this changeset.
    func reason(_ trust: TrustState, node: NodeID, unit: UnitID, changeset: ChangesetID?) throws -> TrustFault? {
        try asking { trust.reason(node: node, unit: unit, changeset: changeset, credentialOf: credential, isInAncestry: isInAncestry) }
    }

    private func noting<Answer>(_ fallback: Answer, _ body: () throws -> Answer) -> Answer {
        do {
            return try body()
        } catch {
            failure = failure ?? error
            return fallback
        }
    }

    private func link(_ id: ChangesetID) throws -> ChangesetLink? {
        if let link = known?.links[id] { return link }
        let link = try reader.changesetRef(id).map { try reader.changesetLink($0) }
        known?.links[id] = .some(link)
        return link
    }

    /// No other changeset of the feed has this sequence.
    private func isOnly(at sequence: UInt64, ofFeed feed: Int64) throws -> Bool {
        let position = FeedPosition(feed: feed, sequence: sequence)
        if let isOnly = known?.onlyAt[position] { return isOnly }
        let isOnly = try reader.changesets(inFeed: feed, from: sequence, through: sequence).count == 1
        known?.onlyAt[position] = isOnly
        return isOnly
    }

    func contains(_ changeset: ChangesetID, _ heads: [ChangesetID]) throws -> Bool {
        guard let row = try link(changeset) else { return heads.contains(changeset) }
        for head in heads {
            guard var step = try link(head), step.feed == row.feed, step.sequence >= row.sequence else { continue }
            // Feeds are nearly always chains: one changeset at the sequence means no walk.
            if try isOnly(at: row.sequence, ofFeed: row.feed) { return true }
            while step.sequence > row.sequence, let before = step.predecessor, let earlier = try link(before) { step = earlier }
            if step.id == changeset { return true }
        }
        return false
    }

    // MARK: Across epochs

    /// Within `asking`: true when the first carriage was in the second's past.
    func isBefore(_ first: Issue, _ second: Issue, own settings: NodeSettings) -> Bool {
        guard first.node == second.node, first.partition == second.partition else { return false }
        guard let earlier = first.changeset else { return second.changeset == nil && first.position < second.position }
        return noting(false) {
            guard let later = second.changeset else { return try reaches(from: try ends(of: first.partition, settings), earlier) }
            return earlier == later ? first.position < second.position : try reaches(from: [later], earlier)
        }
    }

    /// Where this node's next changeset in a partition goes on.
    private func ends(of partition: Partition, _ settings: NodeSettings) throws -> [ChangesetID] {
        let feed = Feed(node: settings.node, epoch: settings.epoch, partition: partition)
        let heads = try reader.feedRef(feed).map { try reader.heads(ofFeed: $0).map(\.id) } ?? []
        return heads.isEmpty ? settings.resumes.filter { $0.feed.partition == partition }.map(\.id) : heads
    }

    private func reaches(from heads: [ChangesetID], _ wanted: ChangesetID) throws -> Bool {
        var open = heads
        var seen: Set<ChangesetID> = []
        while let head = open.popLast() {
            guard seen.insert(head).inserted else { continue }
            if try contains(wanted, [head]) { return true }
            open += try resumed(by: head)
        }
        return false
    }

    /// The heads of earlier epochs that the beginning of this changeset's chain names.
    private func resumed(by head: ChangesetID) throws -> [ChangesetID] {
        guard var step = try link(head) else { return [] }
        if let heads = known?.resumed[step.feed] { return heads }
        let first = try reader.changesets(inFeed: step.feed, from: 1, through: 1)
        if first.count == 1, let only = first.first {
            let heads = try reader.header(only.ref).resumes.map(\.head)
            known?.resumed[step.feed] = heads
            return heads
        }
        while let before = step.predecessor, let earlier = try link(before) { step = earlier }
        return try reader.header(step.ref).resumes.map(\.head)
    }
}
