import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What to send to one node: everything that its credential admits and its own newest statement does not vouch for.
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
    public let peer: NodeID
    public let plan: [Planned]
    private let settings: NodeSettings

    /// Seals what is not sealed, then plans. `known` is what the peer says it holds now (a live wire); nil takes its
    /// newest receipt; an empty `Heads` sends everything.
    public init(_ node: Node, to peer: NodeID, known: Heads? = nil) throws {
        try node.seal()
        self.node = node
        self.peer = peer
        settings = try node.settings()
        plan = try node.ask { view in
            guard let trust = view.trust, !trust.credentials(of: peer).isEmpty else { throw NodeError(.unknownNode, ["node": peer.short]) }
            let acknowledged =
                try known.map { known in known.heads.map { ($0.feed.id, $0.id) } } ?? view.reader.acknowledged(by: peer).map { ($0.feed, $0.changeset) }
            let heads = Dictionary(grouping: acknowledged, by: \.0).mapValues { $0.map(\.1) }
            var plan: [Planned] = []
            for row in try view.reader.feeds().sorted(by: { Exporter.order($0.feed, view) < Exporter.order($1.feed, view) }) {
                guard trust.receives(peer, row.feed.partition, isWithin: view.isWithin) else { continue }
                plan += try Exporter.missing(row, heads[row.feed.id] ?? [], view.reader)
            }
            return plan
        }
    }

    private static func order(_ feed: Feed, _ view: NodeView) -> (Int, Int, Partition, NodeID, Epoch) {
        let depth = feed.partition.place.map { view.depth(of: $0) } ?? 0
        return (feed.partition.isPolicy ? 0 : 1, depth, feed.partition, feed.node, feed.epoch)
    }

    private static func missing(_ row: FeedRow, _ heads: [ChangesetID], _ reader: StoreReader) throws -> [Planned] {
        let all = try reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
        let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var held: Set<ChangesetID> = []
        for head in heads {
            var step: ChangesetID? = head
            while let id = step, held.insert(id).inserted { step = byID[id]?.predecessor }
        }
        return all.filter { !held.contains($0.id) }.map { Planned(ref: $0.ref, id: $0.id, feed: row.feed, sequence: $0.sequence) }
    }

    // MARK: Frames

    public func header() throws -> Frame {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        return Frame(.header, BundleHeader(network: network, from: settings.node, to: peer, written: node.surroundings.now()).explicitForm)
    }

    /// Statements that go first: root statements and this node's newest checkpoint and receipt for the peer.
    public func statements() throws -> [Frame] {
        let roots = try node.store.read { try $0.statements(.rootStatement).map { Frame(.rootStatement, $0.envelope) } }
        return roots
    }

    /// Statements that need the credentials among the changesets, so they go last.
    public func closingStatements() throws -> [Frame] {
        [Frame(.checkpoint, try node.checkpoint()), Frame(.receipt, try node.receipt(to: peer))]
    }

    public func frame(_ planned: Planned) throws -> Frame {
        Frame(.changeset, try node.store.read { try $0.changeset(planned.ref) }.item.bytes)
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
        try body(Frame(.trailer, try Statement.sign(digests.trailer.explicitForm, as: .trailer, key: try node.folder.readSigningKey())))
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
