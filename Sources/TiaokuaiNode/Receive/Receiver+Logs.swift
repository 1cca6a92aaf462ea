import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// What others show of their logs: kept as it came, and held against what they showed before.

extension Receiver {
    mutating func receiveCheckpoint(_ bytes: [UInt8]) throws -> Reception {
        let statement = try UnverifiedStatement(bytes, .checkpoint)
        let checkpoint = try Checkpoint(statement.claimed)
        guard checkpoint.network == network else { return .refused(digest: statement.id, code: NodeError.Code.wrongNetwork.rawValue, fact: "") }
        guard hasRoots(checkpoint) else { return wrongRoots(statement.id, checkpoint) }
        if try isHeld(statement.id, bytes) { return .duplicate(statement.id) }
        guard let key = understanding.key(of: checkpoint.node, thumbprint: statement.keyID) else {
            return .refused(digest: statement.id, code: NodeError.Code.unknownNode.rawValue, fact: checkpoint.node.hash.hex)
        }
        _ = try statement.verified(by: key)
        guard try keep(statement.id, bytes, of: checkpoint) else { return .duplicate(statement.id) }
        return .statement(.checkpoint, statement.id)
    }

    /// There is a root under each hash of this network's logs, and under no other.
    private func hasRoots(_ checkpoint: Checkpoint) -> Bool { checkpoint.hashes == understanding.logHashes }

    private func wrongRoots(_ id: Hash32, _ checkpoint: Checkpoint) -> Reception {
        .refused(digest: id, code: NodeError.Code.wrongRoots.rawValue, fact: checkpoint.hashes.map(\.rawValue).joined(separator: " "))
    }

    /// What is held was verified when it came; the same bytes need no second look.
    private func isHeld(_ id: Hash32, _ bytes: [UInt8]) throws -> Bool { try writer.reader.statement(id)?.envelope == bytes }

    /// False when it was held already.
    private func keep(_ id: Hash32, _ envelope: [UInt8], of checkpoint: Checkpoint) throws -> Bool {
        let row = StatementRow(id: id, type: .checkpoint, node: checkpoint.node, number: checkpoint.size, envelope: envelope, received: node.surroundings.now())
        let isNew = try writer.insertStatement(row)
        if isNew {
            try logs.note(row)
            try compare(checkpoint.node, checkpoint.epoch, checkpoint.size)
        }
        return isNew
    }

    /// A proof is kept once the newer checkpoint is held, whose root its owner signed; what it says of an older one is told
    /// where both are.
    mutating func receiveConsistency(_ bytes: [UInt8]) throws -> Reception {
        let receipt = try ConsistencyReceipt(bytes)
        if try isHeld(receipt.id, bytes) { return .duplicate(receipt.id) }
        guard let key = understanding.key(of: receipt.node, thumbprint: receipt.keyID) else {
            return .refused(digest: sha256(bytes), code: NodeError.Code.unknownNode.rawValue, fact: receipt.node.hash.hex)
        }
        let newer = try logs.checkpoints(of: receipt.node).compactMap { held in
            held.checkpoint.epoch == receipt.epoch && held.checkpoint.size == receipt.newer ? held.checkpoint.root(receipt.hash) : nil
        }
        guard !newer.isEmpty else {
            return .refused(digest: sha256(bytes), code: NodeError.Code.unknownItem.rawValue, fact: "checkpoint of size \(receipt.newer) with a root under \(receipt.hash.rawValue)")
        }
        // Of a split view's two roots of one size, the one that it was signed over.
        guard newer.contains(where: { (try? receipt.verify(newRoot: $0, by: key)) != nil }) else {
            return .refused(digest: sha256(bytes), code: TrustError.Code.wrongSignature.rawValue, fact: "consistency \(receipt.older)-\(receipt.newer)")
        }
        let row = StatementRow(
            id: receipt.id, type: .consistency, node: receipt.node, number: receipt.newer, envelope: bytes, received: node.surroundings.now())
        let isNew = try writer.insertStatement(row)
        if isNew {
            try logs.note(row)
            try compare(receipt.node, receipt.epoch, receipt.older)
        }
        return isNew ? .statement(.consistency, receipt.id) : .duplicate(receipt.id)
    }

    /// Finds pairs of checkpoints that can't be of one log among those that touch a size, and keeps the evidence.
    func compare(_ owner: NodeID, _ epoch: Epoch, _ size: UInt64) throws {
        let held = try logs.checkpoints(of: owner).filter { $0.checkpoint.epoch == epoch }.sorted { ($0.checkpoint.size, $0.id) < ($1.checkpoint.size, $1.id) }
        let proofs = try logs.proofs(of: owner).filter { $0.epoch == epoch && ($0.older == size || $0.newer == size) }
        let touching = held.indices.filter { held[$0].checkpoint.size == size }
        for index in touching {
            for other in held.indices where other != index {
                let (older, newer) = (held[min(index, other)], held[max(index, other)])
                guard let path = SplitEvidence.path(older.checkpoint, newer.checkpoint, proofs) else { continue }
                guard let first = try self.side(older), let second = try self.side(newer) else { continue }
                try keep(SplitEvidence(older: first, newer: second, path: path), of: owner, size: newer.checkpoint.size)
            }
        }
    }

    private func side(_ held: HeldCheckpoint) throws -> SplitEvidence.Side? {
        let statement = try UnverifiedStatement(held.envelope, .checkpoint)
        return understanding.key(of: held.checkpoint.node, thumbprint: statement.keyID).map { SplitEvidence.Side(key: $0.coseKey, checkpoint: held.envelope) }
    }

    private func keep(_ evidence: SplitEvidence, of owner: NodeID, size: UInt64) throws {
        let bytes = evidence.bytes
        let now = node.surroundings.now()
        let isNew = try writer.insertStatement(
            StatementRow(id: sha256(bytes), type: .evidence, node: owner, number: size, envelope: bytes, received: now))
        if isNew { try writer.insertJournal(written: now, code: "splitView", record: nil, facts: "\(owner.hash.hex) \(size)") }
    }

    /// Evidence stands alone: what it shows is believed from whoever brings it.
    mutating func receiveEvidence(_ bytes: [UInt8]) throws -> Reception {
        let evidence = try SplitEvidence(bytes)
        let understanding = understanding
        let checked: CheckedEvidence
        do {
            checked = try EvidenceCheck.check(evidence) { understanding.key(of: $0, thumbprint: $1) }
        } catch let error as NodeError {
            return .refused(digest: sha256(bytes), code: error.code.rawValue, fact: error.facts.values.joined(separator: " "))
        }
        guard checked.older.network == network else { return .refused(digest: sha256(bytes), code: NodeError.Code.wrongNetwork.rawValue, fact: "") }
        let id = sha256(bytes)
        let isNew = try writer.reader.statement(id) == nil
        // Its checkpoints may make the same evidence here, where they meet.
        if hasRoots(checked.older) { _ = try keep(checked.olderID, evidence.older.checkpoint, of: checked.older) }
        if hasRoots(checked.newer) { _ = try keep(checked.newerID, evidence.newer.checkpoint, of: checked.newer) }
        try keep(evidence, of: checked.node, size: checked.newer.size)
        return isNew ? .statement(.evidence, id) : .duplicate(id)
    }

    /// The newest ask of each asker is kept beside the log that it asks about.
    mutating func receiveAsk(_ bytes: [UInt8]) throws -> Reception {
        let statement = try UnverifiedStatement(bytes, .ask)
        let ask = try LogAsk(statement.claimed)
        guard ask.network == network else { return .refused(digest: statement.id, code: NodeError.Code.wrongNetwork.rawValue, fact: "") }
        guard let key = understanding.key(of: ask.node, thumbprint: statement.keyID) else {
            return .refused(digest: statement.id, code: NodeError.Code.unknownNode.rawValue, fact: ask.node.hash.hex)
        }
        guard understanding.trust?.credentials(of: ask.of).isEmpty == false else {
            return .refused(digest: statement.id, code: NodeError.Code.unknownNode.rawValue, fact: ask.of.hash.hex)
        }
        _ = try statement.verified(by: key)
        var asks = try writer.reader.asks(of: ask.of)
        // Of two of one instant the one that came last counts, as with receipts.
        if let held = try asks[ask.node].map({ try UnverifiedStatement($0, .ask) }) {
            guard held.id != statement.id, try LogAsk(held.claimed).written <= ask.written else { return .duplicate(statement.id) }
        }
        asks[ask.node] = bytes
        try writer.setAsks(of: ask.of, asks)
        return .statement(.ask, statement.id)
    }

    // MARK: Receipts

    mutating func receiveReceipt(_ bytes: [UInt8]) throws -> Reception {
        let statement = try UnverifiedStatement(bytes, .receipt)
        let receipt = try Receipt(statement.claimed)
        guard receipt.network == network else { return .refused(digest: statement.id, code: NodeError.Code.wrongNetwork.rawValue, fact: "") }
        if try isHeld(statement.id, bytes) { return .duplicate(statement.id) }
        let understanding = understanding
        guard let key = understanding.key(of: receipt.node, thumbprint: statement.keyID) else {
            return .refused(digest: statement.id, code: NodeError.Code.unknownNode.rawValue, fact: receipt.node.hash.hex)
        }
        _ = try statement.verified(by: key)
        let checkpoint = try ReceiptCheck.verify(receipt) { understanding.key(of: receipt.node, thumbprint: $0) }
        let carried = try UnverifiedStatement(receipt.checkpoint, .checkpoint)
        guard hasRoots(checkpoint) else { return wrongRoots(statement.id, checkpoint) }
        // One that passes through says nothing of what this node has sent.
        if let addressee = receipt.to, addressee != settings.node { return try pass(receipt, to: addressee, statement.id, bytes) }
        _ = try keep(carried.id, receipt.checkpoint, of: checkpoint)
        let before = try writer.reader.statements(.receipt, node: receipt.node).last
        let number = try rank(of: receipt, checkpoint, after: before)
        let isNew = try writer.insertStatement(
            StatementRow(id: statement.id, type: .receipt, node: receipt.node, number: number, envelope: bytes, received: node.surroundings.now()))
        guard isNew else { return .duplicate(statement.id) }
        // What a receiver has is known from its own newest statement only: one restored from a backup says less. Of two of one
        // instant the one that came last counts.
        if number >= before?.number ?? 0 {
            try writer.setAcknowledged(by: receipt.node, receipt.accepted.map { Heads.Head(feed: $0.feed, sequence: $0.sequence, id: $0.head) })
        }
        return .statement(.receipt, statement.id)
    }

    /// Where a receipt stands among its author's: by its clock, unless its log has grown since a receipt of the same epoch that is
    /// dated later. A clock that was set back does not make new statements old.
    private func rank(of receipt: Receipt, _ checkpoint: Checkpoint, after newest: StatementRow?) throws -> UInt64 {
        let written = UInt64(clamping: receipt.written.milliseconds)
        guard let newest, newest.number > written else { return written }
        let last = try Checkpoint(UnverifiedStatement(try Receipt(UnverifiedStatement(newest.envelope, .receipt).claimed).checkpoint, .checkpoint).claimed)
        return last.epoch == checkpoint.epoch && last.size < checkpoint.size ? newest.number + 1 : written
    }

    private func pass(_ receipt: Receipt, to addressee: NodeID, _ id: Hash32, _ bytes: [UInt8]) throws -> Reception {
        if let held = try writer.reader.passingReceipt(from: receipt.node, to: addressee).map({ try UnverifiedStatement($0, .receipt) }) {
            guard held.id != id, try Receipt(held.claimed).written <= receipt.written else { return .duplicate(id) }
        }
        try writer.setMeta(StoreReader.passingKey(receipt.node, addressee), bytes)
        return .statement(.receipt, id)
    }
}
