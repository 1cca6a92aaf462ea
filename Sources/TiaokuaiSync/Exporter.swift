import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What to send to one node, or to several at once: everything that the credentials of all admit and that one of them lacks
/// by its own newest statement.
///
/// Policy first, root downwards, then work, each feed in sequence: read in this order nothing waits for anything. A
/// changeset of the peer's own making is sent too when the peer lacks it: that is how a restored node gets its lost work back.
public struct Exporter: Sendable {
    /// One changeset to send; read only when its turn comes, so that memory does not grow with the backlog.
    public struct Planned: Hashable, Sendable {
        public let ref: ChangesetRef
        public let id: ChangesetID
        public let feed: Feed
        public let sequence: UInt64
    }

    public let node: Node
    /// Never empty.
    public let peers: [NodeID]
    public let plan: [Planned]
    let settings: NodeSettings

    /// Seals what is not sealed, then plans. `known` is what the peer says it holds now (a live wire); nil takes its
    /// newest receipt; an empty `Heads` sends everything. Throws `unknownNode` for a peer without a credential.
    public init(_ node: Node, to peer: NodeID, known: Heads? = nil) throws { try self.init(node, to: [peer], known: known) }

    public init(_ node: Node, to peers: [NodeID], known: Heads? = nil) throws {
        precondition(!peers.isEmpty)
        try node.seal()
        self.node = node
        self.peers = peers
        settings = try node.settings()
        plan = try node.ask { view in
            guard let trust = view.trust else { throw NodeError(.notEnrolled) }
            let plans = try peers.map { peer in
                guard !trust.credentials(of: peer).isEmpty else { throw NodeError(.unknownNode, ["node": peer.short]) }
                return try Exporter.plan(for: peer, known: known, trust, view)
            }
            guard plans.count > 1 else { return plans[0] }
            var seen: Set<ChangesetRef> = []
            let all = plans.flatMap { $0 }.filter { seen.insert($0.ref).inserted }
            let shared = all.filter { planned in peers.allSatisfy { trust.receives($0, planned.feed.partition, reaching: view.reaches) } }
            return shared.sorted { left, right in
                let (one, other) = (Exporter.order(left.feed, view), Exporter.order(right.feed, view))
                return one == other ? (left.sequence, left.id) < (right.sequence, right.id) : one < other
            }
        }
    }

    private static func plan(for peer: NodeID, known: Heads?, _ trust: TrustState, _ view: NodeView) throws -> [Planned] {
        let vouched =
            try known.map { known in known.heads.map { Vouched(feed: $0.feed.id, id: $0.id, sequence: $0.sequence) } }
            ?? view.reader.acknowledged(by: peer).map { Vouched(feed: $0.feed, id: $0.changeset, sequence: $0.sequence) }
        let heads = Dictionary(grouping: vouched, by: \.feed)
        let held = try Exporter.waiting(at: peer, view)
        var plan: [Planned] = []
        for row in try view.reader.feeds().sorted(by: { Exporter.order($0.feed, view) < Exporter.order($1.feed, view) }) {
            guard trust.receives(peer, row.feed.partition, reaching: view.reaches) else { continue }
            plan += try Exporter.missing(row, heads[row.feed.id] ?? [], waiting: held, view.reader)
        }
        return plan
    }

    private static func order(_ feed: Feed, _ view: NodeView) -> (Int, Int, Partition, NodeID, Epoch) {
        let depth = feed.partition.place.map { view.depth(of: $0) } ?? 0
        return (feed.partition.isPolicy ? 0 : 1, depth, feed.partition, feed.node, feed.epoch)
    }

    /// A head that the peer says it holds.
    private struct Vouched {
        let feed: FeedID
        let id: ChangesetID
        let sequence: UInt64
    }

    /// What waits at the peer for something, by its own newest statement.
    private static func waiting(at peer: NodeID, _ view: NodeView) throws -> Set<ChangesetID> {
        guard let newest = try view.reader.statements(.receipt, node: peer).last else { return [] }
        return Set(try Receipt(try UnverifiedStatement(newest.envelope, .receipt).claimed).waiting.map(\.changeset))
    }

    private static func missing(_ row: FeedRow, _ heads: [Vouched], waiting: Set<ChangesetID>, _ reader: StoreReader) throws -> [Planned] {
        let all = try reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
        let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var held: Set<ChangesetID> = []
        for head in heads {
            var step: ChangesetID? = head.id
            while let id = step, held.insert(id).inserted { step = byID[id]?.predecessor }
        }
        var lacking = all.filter { !held.contains($0.id) }
        // The peer vouches for a head that we lack and that lies further on: it is ahead of us, or on another branch. Our own
        // newest tells which, and if it has to wait there the next statement says so.
        let isAhead = heads.contains { head in byID[head.id] == nil && all.allSatisfy { $0.sequence <= head.sequence } }
        if isAhead, !all.contains(where: { waiting.contains($0.id) }) {
            let before = Set(all.compactMap(\.predecessor))
            lacking.removeAll { before.contains($0.id) }
        }
        return lacking.map { Planned(ref: $0.ref, id: $0.id, feed: row.feed, sequence: $0.sequence) }
    }

    // MARK: Frames

    public func header(volume: UInt64 = 1) throws -> Frame {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let to = peers.count == 1 ? peers[0] : nil
        return Frame(.header, BundleHeader(network: network, from: settings.node, to: to, written: node.surroundings.now(), volume: volume).explicitForm)
    }

    /// Statements that go first: root statements.
    public func statements() throws -> [Frame] {
        let roots = try node.store.read { try $0.statements(.rootStatement).map { Frame(.rootStatement, $0.envelope) } }
        return roots
    }

    /// Statements that need the credentials among the changesets, so they go last. A receipt names what both credentials
    /// admit, so that where several read along there is none.
    public func closingStatements() throws -> [Frame] {
        let receipts = peers.count == 1 ? [Frame(.receipt, try node.receipt(to: peers[0]))] : []
        return [Frame(.checkpoint, try node.checkpoint())] + (try logStatements(isLive: false)) + receipts
    }

    /// What others show of their logs, proofs, receipts for nodes behind the peer, evidence, asks; where several read along,
    /// nothing but this node's own checkpoint.
    public func logStatements(isLive: Bool) throws -> [Frame] {
        try peers.count == 1 ? node.logStatements(for: peers[0], beside: plan.map(\.ref), isLive: isLive) : []
    }

    public func frame(_ planned: Planned) throws -> Frame {
        Frame(.changeset, try node.store.read { try $0.changeset(planned.ref) }.item.bytes)
    }

    public func trailer(_ digest: BundleDigest, isLast: Bool = true) throws -> Frame {
        var trailer = digest.trailer
        trailer.isLast = isLast
        return Frame(.trailer, try Statement.sign(trailer.explicitForm, as: .trailer, key: try node.folder.readSigningKey()))
    }

    /// Gives every frame of a whole bundle in order, trailer included.
    public func frames(_ body: (Frame) throws -> Void) throws {
        var digests = BundleDigest()
        func emit(_ frame: Frame) throws {
            digests.append(frame)
            try body(frame)
        }
        try emit(try header())
        for frame in try statements() { try emit(frame) }
        for planned in plan { try emit(try self.frame(planned)) }
        for frame in try closingStatements() { try emit(frame) }
        try body(try trailer(digests))
    }
}

/// The digest over all frames before the trailer.
public struct BundleDigest {
    private var bytes: [UInt8] = []
    private var count: UInt64 = 0
    private var running = Hash32.zero

    public init() {}

    /// running = SHA-256(running ‖ frame digest)
    public mutating func append(_ frame: Frame) {
        bytes.removeAll(keepingCapacity: true)
        running.append(to: &bytes)
        frame.digest.append(to: &bytes)
        running = sha256(bytes)
        count += 1
    }

    public var trailer: BundleTrailer { BundleTrailer(frames: count, digest: running) }
}
