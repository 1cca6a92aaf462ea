import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// A line of the stick register 交接登记 with what became of it.
public struct RegisterEntry: Hashable, Sendable {
    public let row: CarriedRow
    /// The newest changeset of each feed in the file.
    public let heads: [CarriedHead]
    /// Out: the receiver's own newest receipt covers every head. In: a receipt of this node went to the sender afterwards. Nil
    /// where there is nothing to acknowledge: no changeset in it, or a wire session, which brings its receipt along.
    public let isAcknowledged: Bool?
    /// An operator's word that the file arrived; it is no receipt.
    public let confirmation: ConfirmationRow?
    /// What came of a file that was taken in.
    public let outcome: CarriageOutcome?

    /// Twelve digits of the file's digest, to compare over the phone.
    public var phoneDigest: String? { row.digest.map(Node.phoneDigest) }
}

extension NodeView {
    /// The register, newest first; `onlyUnacknowledged`: of those lines where that is known to be missing.
    public func register(with peer: NodeID? = nil, onlyUnacknowledged: Bool = false, limit: Int = 1_000) throws -> [RegisterEntry] {
        var acknowledged = Acknowledgements(view: self)
        var out: [RegisterEntry] = []
        for row in try reader.carried(limit: onlyUnacknowledged ? .max : limit, peer: peer) where out.count < limit {
            let entry = try entry(row, &acknowledged)
            if !onlyUnacknowledged || entry.isAcknowledged == false { out.append(entry) }
        }
        return out
    }

    func entries(_ rows: [CarriedRow]) throws -> [RegisterEntry] {
        var acknowledged = Acknowledgements(view: self)
        return try rows.map { try entry($0, &acknowledged) }
    }

    private func entry(_ row: CarriedRow, _ acknowledged: inout Acknowledgements) throws -> RegisterEntry {
        let heads = try reader.carriedHeads(of: row.ref)
        let outcome = try row.outcome.map { try CarriageOutcome($0) }
        var isAcknowledged: Bool?
        if row.direction == "out", let peer = row.peer, !heads.isEmpty {
            isAcknowledged = try heads.allSatisfy { try acknowledged.cover($0, by: peer) }
        } else if let outcome, let peer = row.peer, !heads.isEmpty || !outcome.refused.isEmpty || outcome.damaged > 0 {
            isAcknowledged = try reader.lastVouched(to: peer).map { $0.ref > row.ref } ?? false
        }
        return RegisterEntry(row: row, heads: heads, isAcknowledged: isAcknowledged, confirmation: try reader.confirmation(of: row.ref), outcome: outcome)
    }
}

/// What peers vouch for by their newest receipts, each feed looked through once.
private struct Acknowledgements {
    private let reader: StoreReader
    private var heads: [NodeID: [FeedID: [ChangesetID]]] = [:]
    private var covered: [NodeID: [FeedID: Set<ChangesetID>]] = [:]
    private var feeds: [FeedID: Int64]?

    init(view: NodeView) { reader = view.reader }

    mutating func cover(_ head: CarriedHead, by peer: NodeID) throws -> Bool {
        if heads[peer] == nil { heads[peer] = Dictionary(grouping: try reader.acknowledged(by: peer), by: \.feed).mapValues { $0.map(\.changeset) } }
        guard let vouched = heads[peer]?[head.feed] else { return false }
        if vouched.contains(head.changeset) { return true }
        if let found = covered[peer]?[head.feed] { return found.contains(head.changeset) }
        let refs = try feeds ?? Dictionary(reader.feeds().map { ($0.feed.id, $0.ref) }, uniquingKeysWith: { first, _ in first })
        feeds = refs
        let items = try refs[head.feed].map { try reader.changesets(inFeed: $0, from: 1) } ?? []
        let found = FeedCoverage(items, heads: vouched).covered
        covered[peer, default: [:]][head.feed] = found
        return found.contains(head.changeset)
    }
}
