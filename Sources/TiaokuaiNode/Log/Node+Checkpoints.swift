import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// This node's newest checkpoint, made now if the log has grown since.
    public func checkpoint() throws -> [UInt8] {
        _ = try keys.signer()
        return try store.write { writer in
            let settings = try Node.settings(writer.reader)
            return try self.checkpoint(writer, settings)
        }
    }

    func checkpoint(_ writer: StoreWriter, _ settings: NodeSettings) throws -> [UInt8] {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let size = try writer.reader.leafCount()
        let root = try LogKeeper(reader: writer.reader).root(size: size)
        let isNational = try understanding(writer.reader, settings).logHashes.contains(.sm3)
        if isNational { try LogKeeper.followUnderSM3(writer) }
        let sm3Root = isNational ? try LogKeeper(reader: writer.reader, .sm3).root(size: size) : nil
        for row in try writer.reader.statements(.checkpoint, node: settings.node) where row.number == size {
            let held = try DecodedStatements.checkpoint(row.envelope)
            // One of a clone's other log may have come back.
            if held.epoch == settings.epoch, held.root == root, held.sm3Root == sm3Root { return row.envelope }
        }
        var own: [Checkpoint.OwnFeed] = []
        for row in try writer.reader.feeds() where row.feed.node == settings.node {
            for head in try writer.reader.heads(ofFeed: row.ref) { own.append(.init(feed: row.feed.id, head: head.id)) }
        }
        let now = surroundings.now()
        let checkpoint = Checkpoint(
            network: network, node: settings.node, epoch: settings.epoch, size: size, root: root, written: now, ownFeeds: own,
            sm3Root: sm3Root)
        let envelope = try Statement.sign(checkpoint.explicitForm, as: .checkpoint, key: try signingKey(settings))
        try writer.insertStatement(
            StatementRow(
                id: try UnverifiedStatement(envelope, .checkpoint).id, type: .checkpoint, node: settings.node, number: size, envelope: envelope, received: now))
        return envelope
    }

    /// A receipt for a node: every head that this node holds of what the other may receive, each with its proof.
    public func receipt(to peer: NodeID?, receptions: [Reception] = []) throws -> [UInt8] {
        _ = try keys.signer()
        return try store.write { writer in try self.receipt(to: peer, writer, try Node.settings(writer.reader), receptions: receptions) }
    }

    func receipt(to peer: NodeID?, _ writer: StoreWriter, _ settings: NodeSettings, receptions: [Reception] = []) throws -> [UInt8] {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let envelope = try self.checkpoint(writer, settings)
        let checkpoint = try DecodedStatements.checkpoint(envelope)
        let (log, sm3) = (LogKeeper(reader: writer.reader), LogKeeper(reader: writer.reader, .sm3))
        let view = try NodeView(node: self, reader: writer.reader, settings: settings)
        let accepted = try view.vouched(to: peer).map { feed, sequence, head, index in
            Receipt.Accepted(
                feed: feed, sequence: sequence, head: head, leafIndex: index, proof: try log.inclusionProof(index: index, size: checkpoint.size),
                sm3Proof: checkpoint.sm3Root == nil ? nil : try sm3.inclusionProof(index: index, size: checkpoint.size))
        }
        let waiting = try writer.reader.waiting().map { Receipt.Waiting(changeset: $0.id, what: $0.what, item: $0.item) }
        let refused = receptions.compactMap { reception -> Receipt.Refused? in
            if case .refused(let digest, let code, _) = reception { Receipt.Refused(digest: digest, code: code) } else { nil }
        }
        let receipt = Receipt(
            network: network, node: settings.node, to: peer, checkpoint: envelope, written: self.surroundings.now(), accepted: accepted, waiting: waiting,
            refused: refused)
        return try Statement.sign(receipt.explicitForm, as: .receipt, key: try self.signingKey(settings))
    }

    /// What is wrong with this node's own log: entries, the nodes above them, and every checkpoint that it signed. Nothing before
    /// enrolment, when there is no log.
    public func logFindings() throws -> [LogFinding] {
        try ask { view in
            guard let network = view.settings.network, view.settings.credential != nil else { return [] }
            let node = view.settings.node
            var unsigned: [LogFinding] = []
            let signed = try view.reader.statements(.checkpoint, node: node).compactMap { row -> LogCheck.Signed? in
                let statement = try? UnverifiedStatement(row.envelope, .checkpoint)
                guard let statement, view.isSigned(statement, by: node), let checkpoint = try? Checkpoint(statement.claimed) else {
                    unsigned.append(LogFinding(.statementSignature, checkpoint: row.id, size: row.number, epoch: nil))
                    return nil
                }
                return LogCheck.Signed(id: row.id, checkpoint: checkpoint)
            }
            var check = LogCheck(
                view.reader, network: network, node: node, epoch: view.settings.epoch, hashes: view.understanding.logHashes)
            // A disk image put back kept another log in this epoch; once its unit has said so it is no finding, but evidence.
            return try unsigned + check.run(signed: signed, repairedFrom: view.repairedFrom)
        }
    }
}

extension NodeView {
    /// What a receipt for a node vouches for, with the index of each head in the log: what it is handed, and its own.
    func vouched(to peer: NodeID?) throws -> [(feed: Feed, sequence: UInt64, head: ChangesetID, index: UInt64)] {
        try reader.feeds().flatMap { row -> [(feed: Feed, sequence: UInt64, head: ChangesetID, index: UInt64)] in
            if let peer, trust?.isHanded(row.feed.partition, to: peer, reaching: reaches) != true, row.feed.node != peer { return [] }
            return try reader.heads(ofFeed: row.ref).compactMap { head in
                try reader.leafPosition(of: head.id.hash).map { (row.feed, head.sequence, head.id, $0) }
            }
        }
    }

    /// Digest over feeds and heads that a receipt for the peer would vouch for now.
    public func vouchedDigest(to peer: NodeID) throws -> Hash32 { Receipt.digest(try vouched(to: peer).map { ($0.feed.id, $0.head) }) }
}
