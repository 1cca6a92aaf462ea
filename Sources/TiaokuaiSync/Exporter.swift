import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What to send to one node, or to several at once: everything that the credentials of all admit and that one of them lacks
/// by its own newest statement.
///
/// Policy first, root downwards and superiors before whom they grant, then work, each feed in sequence: read in this order nothing waits for anything. A
/// changeset of the peer's own making is sent too when the peer lacks it: that is how a restored node gets its lost work back.
public struct Exporter: Sendable {
    /// One changeset to send; read only when its turn comes, so that memory does not grow with the backlog.
    public struct Planned: Hashable, Sendable {
        public let ref: ChangesetRef
        public let id: ChangesetID
        public let predecessor: ChangesetID?
        public let feed: Feed
        public let sequence: UInt64
    }

    public let node: Node
    /// Never empty.
    public let peers: [NodeID]
    public let plan: [Planned]
    /// What the peers may have and is held here without signatures only: it can't be handed on, and its holder is named.
    public let withheld: [SummedStretch]
    let settings: NodeSettings

    /// Seals what is not sealed, then plans. `known` is what the peer says it holds now (a live wire); nil takes its
    /// newest receipt; an empty `Heads` sends everything. Throws `unknownNode` for a peer without a credential.
    public init(_ node: Node, to peer: NodeID, known: Heads? = nil) throws { try self.init(node, to: [peer], known: known) }

    /// - Parameters:
    ///   - repeats: one-way 单向: nobody answers, and what was sent goes along in so many of the next hand-overs by file.
    ///   - again: what a gap list asks for, besides. Throws `unknownItem` where no changeset held is meant.
    public init(_ node: Node, to peers: [NodeID], known: Heads? = nil, repeats: Int? = nil, again: [FeedRange] = []) throws {
        precondition(!peers.isEmpty)
        try node.seal()
        self.node = node
        self.peers = peers
        settings = try node.settings()
        (plan, withheld) = try node.ask { view in
            guard let trust = view.trust else { throw NodeError(.notEnrolled) }
            let withheld = try view.summedStretches().filter { stretch in
                peers.contains { trust.isHanded(stretch.feed.partition, to: $0, reaching: view.reaches) }
            }
            let plans = try peers.map { peer in
                guard !trust.credentials(of: peer).isEmpty else { throw NodeError(.unknownNode, ["node": peer.short]) }
                return try Planner(view, trust, for: peer, known: known, repeats: repeats).plan(again: again)
            }
            for range in again where !plans.joined().contains(where: { range.contains($0.feed.id, $0.sequence) }) {
                if let stretch = withheld.first(where: { range.overlaps($0.feed.id, $0.from...$0.through) }) {
                    throw SnapshotError(.historyLacking, ["node": stretch.holder?.short ?? "", "item": "\(range.feed):\(range.from)-\(range.to)"])
                }
                throw NodeError(.unknownItem, ["item": "\(range.feed):\(range.from)-\(range.to)"])
            }
            guard plans.count > 1 else { return (plans[0], withheld) }
            var seen: Set<ChangesetRef> = []
            let all = plans.flatMap { $0 }.filter { seen.insert($0.ref).inserted }
            let shared = all.filter { planned in peers.allSatisfy { trust.isHanded(planned.feed.partition, to: $0, reaching: view.reaches) } }
            let sorted = shared.sorted { left, right in
                let (one, other) = (Exporter.order(left.feed, view), Exporter.order(right.feed, view))
                return one == other ? (left.sequence, left.id) < (right.sequence, right.id) : one < other
            }
            return (sorted, withheld)
        }
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
    /// what speaks of nodes that all of them see.
    public func logStatements(isLive: Bool) throws -> [Frame] {
        let refs = plan.map(\.ref)
        return try peers.count == 1 ? node.logStatements(for: peers[0], beside: refs, isLive: isLive) : node.logStatements(for: peers, beside: refs)
    }

    public func frame(_ planned: Planned) throws -> Frame {
        Frame(.changeset, try node.store.read { try $0.changeset(planned.ref) }.item.bytes)
    }

    public func trailer(_ digest: BundleDigest, isLast: Bool = true) throws -> Frame {
        var trailer = digest.trailer
        trailer.isLast = isLast
        return Frame(.trailer, try node.sign(trailer.explicitForm, as: .trailer))
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
