import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// What goes beside changesets, so that nobody shows two logs, keeps a feed back or lets a receipt vanish unseen:
//
//   - checkpoints of the nodes whose feeds the peer gets, and those that the changesets under way name;
//   - consistency receipts: of this node's log from what the peer holds of it, of other logs as they came;
//   - receipts for nodes behind the peer; evidence; asks.

extension Node {
    /// Frames that go to a peer beside these changesets, after them: each needs the credentials among them.
    ///
    /// - Parameter isLive: the carrier tells what came through (`Node.untold`): a receipt for somebody behind the peer stays the same one as long as
    ///   it vouches for the same heads.
    public func logStatements(for peer: NodeID, beside changesets: [ChangesetRef], isLive: Bool) throws -> [Frame] {
        _ = try keys.signer()
        return try store.write { writer in
            try self.logStatements(for: peer, beside: changesets, isLive: isLive, writer, try Node.settings(writer.reader))
        }
    }

    func logStatements(for peer: NodeID, beside changesets: [ChangesetRef], isLive: Bool, _ writer: StoreWriter, _ settings: NodeSettings) throws -> [Frame] {
        let envelope = try checkpoint(writer, settings)
        var showing = try LogShowing(self, writer, settings, peer, own: try DecodedStatements.checkpoint(envelope))
        try showing.addCheckpoints(beside: changesets)
        try showing.addProofs(of: settings.node)
        if try writer.reader.shownLogs(to: peer) != showing.shown { try writer.setShownLogs(to: peer, showing.shown) }
        try showing.addReceipts(isLive: isLive)
        try showing.addEvidence()
        try showing.addAsks()
        return showing.frames
    }
}

/// The gathering of those frames within one transaction.
private struct LogShowing {
    /// Checkpoints of one other log that go to a peer in one bundle: a link to what it was shown before; a longer gap is asked for.
    static let maximumPerLog = 64

    let node: Node
    let writer: StoreWriter
    let settings: NodeSettings
    let peer: NodeID
    let own: Checkpoint
    let understanding: Understanding
    let logs: HeldLogs
    /// Nodes whose feeds the peer may receive.
    let visible: Set<NodeID>
    private(set) var shown: [NodeID: LogAsk.Size]
    private(set) var frames: [Frame] = []
    private var bytes = 0
    private var isIncluded: Set<Hash32> = []

    var reader: StoreReader { writer.reader }

    init(_ node: Node, _ writer: StoreWriter, _ settings: NodeSettings, _ peer: NodeID, own: Checkpoint) throws {
        self.node = node
        self.writer = writer
        self.settings = settings
        self.peer = peer
        self.own = own
        logs = HeldLogs(writer.reader)
        let understanding = try node.understanding(writer.reader, settings)
        self.understanding = understanding
        shown = try writer.reader.shownLogs(to: peer)
        visible = Set(
            try writer.reader.feeds().map(\.feed).filter {
                understanding.trust?.isHanded($0.partition, to: peer, reaching: understanding.policy.reaches) == true
            }.map(\.node))
    }

    /// What would make the closing of a session larger than it may be stays for the next time.
    private mutating func add(_ type: FrameType, _ id: Hash32, _ payload: [UInt8]) {
        guard bytes + payload.count < Limits.statementBytes, isIncluded.insert(id).inserted else { return }
        bytes += payload.count
        frames.append(Frame(type, payload))
    }

    // MARK: Checkpoints of others, and their proofs

    mutating func addCheckpoints(beside changesets: [ChangesetRef]) throws {
        var authors: Set<NodeID> = []
        var named: Set<Hash32> = []
        for ref in changesets {
            let header = try reader.header(ref)
            authors.insert(header.feed.node)
            if let checkpoint = header.checkpoint { named.insert(checkpoint) }
        }
        for ask in try asks(by: peer) { named.formUnion(ask.checkpoints) }
        // A peer that was restored has lost what it showed in an earlier epoch, and others still ask for it.
        let current = StoreReader.currentEpoch(try logs.checkpoints(of: peer))
        for id in named.sorted() {
            guard let row = try reader.statement(id), row.type == .checkpoint else { continue }
            if row.node == peer, try DecodedStatements.checkpoint(row.envelope).epoch == current { continue }
            add(.checkpoint, row.id, row.envelope)
        }
        var proofs: [ConsistencyReceipt] = []
        for author in visible.sorted() where author != settings.node && author != peer {
            proofs += try addLog(of: author, isAuthor: authors.contains(author))
        }
        for proof in proofs { add(.consistency, proof.id, proof.bytes) }
    }

    /// Checkpoints of one other log, and the proofs that belong to them.
    private mutating func addLog(of author: NodeID, isAuthor: Bool) throws -> [ConsistencyReceipt] {
        let held = try logs.checkpoints(of: author).sorted(by: HeldCheckpoint.precedes)
        guard let epoch = StoreReader.currentEpoch(held), let newest = held.last(where: { $0.checkpoint.epoch == epoch }) else { return [] }
        let before = shown[author].flatMap { $0.epoch == epoch ? $0.size : nil }
        let asked = try reader.asks(of: author)[peer].map { try DecodedStatements.ask($0).ask }
        let sizesAsked = Set(asked?.sizes ?? [])
        let allProofs = try logs.proofs(of: author)
        let answers = allProofs.filter { sizesAsked.contains(.init(epoch: $0.epoch, size: $0.older)) }
        let answering = Set(answers.map { LogAsk.Size(epoch: $0.epoch, size: $0.newer) })
        let news = held.filter { $0.checkpoint.epoch == epoch && $0.checkpoint.size > before ?? (newest.checkpoint.size - 1) }.suffix(LogShowing.maximumPerLog)
        for one in isAuthor ? news + [newest] : news { add(.checkpoint, one.id, one.envelope) }
        for one in held where answering.contains(.init(epoch: one.checkpoint.epoch, size: one.checkpoint.size)) {
            add(.checkpoint, one.id, one.envelope)
        }
        shown[author] = LogAsk.Size(epoch: epoch, size: newest.checkpoint.size)
        let sent = Set(held.filter { isIncluded.contains($0.id) }.map { LogAsk.Size(epoch: $0.checkpoint.epoch, size: $0.checkpoint.size) })
        return answers + allProofs.filter { sent.contains(.init(epoch: $0.epoch, size: $0.newer)) }
    }

    // MARK: Proofs of this node's own log

    /// From everything that the peer is known to hold of this log, or that somebody asked for, to the newest checkpoint.
    mutating func addProofs(of own: NodeID) throws {
        var sizes: Set<UInt64> = []
        if let before = shown[own], before.epoch == settings.epoch { sizes.insert(before.size) }
        // What the peer's newest changesets name is what it held when it made them.
        for row in try reader.feeds() where row.feed.node == peer {
            for head in try reader.heads(ofFeed: row.ref) {
                guard let ref = try reader.changesetRef(head.id), let id = try reader.header(ref).checkpoint else { continue }
                if let size = try ownSize(id) { sizes.insert(size) }
            }
        }
        for envelope in try reader.asks(of: own).values {
            for size in try DecodedStatements.ask(envelope).ask.sizes where size.epoch == settings.epoch { sizes.insert(size.size) }
        }
        // An older one that goes along, since a changeset names it, is proven as well.
        for one in try logs.checkpoints(of: own) where isIncluded.contains(one.id) && one.checkpoint.epoch == settings.epoch { sizes.insert(one.checkpoint.size) }
        let key = try node.signingKey(settings)
        for size in sizes.sorted() where size > 0 && size < self.own.size {
            for hash in self.own.hashes {
                guard let root = self.own.root(hash) else { continue }
                let proof = try OwnProofs.proof(of: own, settings.epoch, hash, from: size, to: self.own.size, root, key) {
                    try LogKeeper(reader: reader, hash).consistencyProof(from: size, to: self.own.size)
                }
                add(.consistency, proof.id, proof.bytes)
            }
        }
        shown[own] = LogAsk.Size(epoch: settings.epoch, size: self.own.size)
    }

    /// The size of one of this node's own checkpoints of this epoch.
    private func ownSize(_ id: Hash32) throws -> UInt64? {
        guard let row = try reader.statement(id), row.type == .checkpoint, row.node == settings.node else { return nil }
        let checkpoint = try DecodedStatements.checkpoint(row.envelope)
        return checkpoint.epoch == settings.epoch ? checkpoint.size : nil
    }

    // MARK: Receipts, evidence, asks

    /// Receipts for those who are reached through the peer: this node's own, and those that came from further on.
    mutating func addReceipts(isLive: Bool) throws {
        guard let trust = understanding.trust else { return }
        for addressee in trust.nodes where addressee != settings.node {
            let isBehind = addressee != peer && isAbove(peer, addressee)
            guard isBehind || addressee == peer else { continue }
            for superior in understanding.superiors(of: addressee) where superior != peer {
                if superior != settings.node, let envelope = try reader.passingReceipt(from: superior, to: addressee) {
                    add(.receipt, try UnverifiedStatement(envelope, .receipt).id, envelope)
                } else if superior == settings.node, isBehind, visible.contains(addressee) {
                    try addOwnReceipt(for: addressee, isLive: isLive)
                }
            }
        }
    }

    private mutating func addOwnReceipt(for addressee: NodeID, isLive: Bool) throws {
        let key = StoreReader.ownReceiptKey(addressee)
        // One of a key that was replaced since may be nobody's word any more.
        let signer = try node.signingKey(settings).verifyingKey.thumbprint
        if isLive, let kept = try reader.meta(key), case let statement = try UnverifiedStatement(kept, .receipt), statement.keyID == signer,
            try Receipt(statement.claimed).acknowledgedDigest == NodeView(node: node, reader: reader, settings: settings).vouchedDigest(to: addressee)
        {
            return add(.receipt, statement.id, kept)
        }
        let envelope = try node.receipt(to: addressee, writer, settings)
        add(.receipt, try UnverifiedStatement(envelope, .receipt).id, envelope)
        if isLive { try writer.setMeta(key, envelope) }
    }

    mutating func addEvidence() throws {
        for row in try reader.statements(.evidence) where row.node.map({ visible.contains($0) || $0 == peer || $0 == settings.node }) == true {
            add(.evidence, row.id, row.envelope)
        }
    }

    private func asks(by asker: NodeID) throws -> [LogAsk] {
        try (visible.union([settings.node])).compactMap { of in
            try reader.asks(of: of)[asker].map { try DecodedStatements.ask($0).ask }
        }
    }

    /// This node's own wishes, and those of others that are on their way to the log's owner.
    mutating func addAsks() throws {
        let view = try NodeView(node: node, reader: reader, settings: settings)
        for of in understanding.trust?.nodes ?? [] where of != settings.node && isTowards(of) {
            var asks = try reader.asks(of: of)
            let wish = try view.wish(of: of, now: node.surroundings.now(), logs)
            let before = try asks[settings.node].map { try DecodedStatements.ask($0).ask }
            // Said once more without wishes when they were fulfilled, and then no more.
            if (before?.sizes ?? []) != wish.sizes || (before?.checkpoints ?? []) != wish.checkpoints {
                let envelope = try Statement.sign(wish.explicitForm, as: .ask, key: try node.signingKey(settings))
                asks[settings.node] = envelope
                try writer.setAsks(of: of, asks)
                add(.ask, try DecodedStatements.ask(envelope).id, envelope)
            } else if !wish.isEmpty, let envelope = asks[settings.node] {
                add(.ask, try DecodedStatements.ask(envelope).id, envelope)
            }
            for (asker, envelope) in asks.sorted(by: { $0.key < $1.key }) where asker != settings.node && asker != peer {
                let said = try DecodedStatements.ask(envelope)
                if !said.ask.isEmpty { add(.ask, said.id, envelope) }
            }
        }
    }

    // MARK: Who lies where

    private func region(_ node: NodeID) -> RegionID? { understanding.trust?.credentials(of: node).first?.content.region }

    private func isAbove(_ upper: NodeID, _ lower: NodeID) -> Bool {
        guard let above = region(upper), let below = region(lower), above != below else { return false }
        return understanding.policy.isWithin(below, above)
    }

    /// The peer is that log's owner, stands above it, or stands between this node and it.
    private func isTowards(_ of: NodeID) -> Bool { of == peer || isAbove(peer, of) || (isAbove(of, peer) && isAbove(peer, settings.node)) }
}
