import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// Checks one stored statement with nothing but itself, the keys and, for a proof, the checkpoints that it is between.
package struct StatementCheck: Sendable {
    let ground: Ground
    /// Roots of the checkpoints held, readable ones, by whose log and epoch they are of.
    private var heads: [Log: [Head]] = [:]

    private struct Log: Hashable, Sendable {
        let node: NodeID
        let epoch: Epoch
    }

    /// What a proof needs of a checkpoint.
    private struct Head: Sendable {
        let size: UInt64
        let root: Hash32
        let sm3Root: Hash32?
        func root(_ hash: HashAlgorithm) -> Hash32? { hash == .sm3 ? sm3Root : root }
    }

    /// - Parameter checkpoints: rows of every checkpoint held; more may be added.
    package init(_ ground: Ground, checkpoints rows: [StatementRow] = []) {
        self.ground = ground
        add(rows)
    }

    /// Checkpoints that proofs may be between.
    package mutating func add(_ rows: [StatementRow]) {
        for row in rows {
            guard let one = (try? UnverifiedStatement(row.envelope, .checkpoint)).flatMap({ try? Checkpoint($0.claimed) }) else { continue }
            heads[Log(node: one.node, epoch: one.epoch), default: []].append(Head(size: one.size, root: one.root, sm3Root: one.sm3Root))
        }
    }

    package func findings(_ row: StatementRow) -> [AuditFinding] {
        switch row.type {
        case .checkpoint: return checkpoint(row)
        case .consistency: return consistency(row)
        case .receipt: return receipt(row)
        case .evidence: return evidence(row)
        case .snapshot: return snapshot(row)
        default: return [AuditFinding(.statementUnreadable, AuditPlace(item: row.id), fact: "\(row.type)")]
        }
    }

    /// Runs a check; what it throws is a finding.
    private func checking(_ row: StatementRow, _ body: (inout [AuditFinding], inout AuditPlace) throws -> Void) -> [AuditFinding] {
        var out: [AuditFinding] = []
        var place = AuditPlace(item: row.id)
        place.node = row.node?.hash.hex
        do {
            try body(&out, &place)
        } catch let error as FormatError {
            out.append(AuditFinding(error.code == .wrongProof ? .statementProof : .statementUnreadable, place, fact: error.code.rawValue))
        } catch let error as TrustError {
            out.append(AuditFinding(.statementSignature, place, fact: error.code.rawValue))
        } catch let error as LogError {
            out.append(AuditFinding(.statementProof, place, fact: error.code.rawValue))
        } catch let error as NodeError {
            out.append(AuditFinding(.statementProof, place, fact: error.code.rawValue))
        } catch {
            out.append(AuditFinding(.statementUnreadable, place, fact: "\(error)"))
        }
        return out
    }

    private func key(_ node: NodeID, _ thumbprint: Hash32) throws -> VerifyingKey {
        guard let key = ground.key(of: node, thumbprint) else { throw TrustError(.wrongKey, "no credential gives the node this key") }
        return key
    }

    private func columns(_ row: StatementRow, _ place: AuditPlace, id: Hash32, node: NodeID, number: UInt64?, _ out: inout [AuditFinding]) {
        let wrong = [("id", id == row.id), ("node", node == row.node), ("number", number == nil || number == row.number)].filter { !$0.1 }.map(\.0)
        for column in wrong {
            var at = place
            at.column = column
            out.append(AuditFinding(.rowDiffers, at))
        }
    }

    private func checkpoint(_ row: StatementRow) -> [AuditFinding] {
        checking(row) { out, place in
            let statement = try UnverifiedStatement(row.envelope, .checkpoint)
            let checkpoint = try Checkpoint(statement.claimed)
            place = AuditPlace(node: checkpoint.node, epoch: checkpoint.epoch, size: checkpoint.size, item: statement.id)
            columns(row, place, id: statement.id, node: checkpoint.node, number: checkpoint.size, &out)
            guard checkpoint.network == ground.network, checkpoint.hashes == ground.hashes else { throw FormatError(.wrongNetwork) }
            _ = try statement.verified(by: key(checkpoint.node, statement.keyID))
        }
    }

    private func consistency(_ row: StatementRow) -> [AuditFinding] {
        checking(row) { out, place in
            let receipt = try ConsistencyReceipt(row.envelope)
            place = AuditPlace(node: receipt.node, epoch: receipt.epoch, size: receipt.newer, item: receipt.id)
            columns(row, place, id: receipt.id, node: receipt.node, number: receipt.newer, &out)
            let held = heads[Log(node: receipt.node, epoch: receipt.epoch)] ?? []
            let roots = held.filter { $0.size == receipt.newer }.compactMap { $0.root(receipt.hash) }
            let key = try key(receipt.node, receipt.keyID)
            // Of a split view's two roots of one size, the one that it was signed over.
            guard let root = roots.first(where: { (try? receipt.verify(newRoot: $0, by: key)) != nil }) else { throw TrustError(.wrongSignature) }
            // The signature doesn't cover the path: it has to lead to the newer root. One that leads there from another log of the older
            // size is whole, and shows the split that `logConcerns` names.
            let olds = held.filter { $0.size == receipt.older }.compactMap { $0.root(receipt.hash) }
            let tree = MerkleTree(receipt.hash)
            guard let old = olds.first, try tree.oldRoot(from: receipt.older, to: receipt.newer, newRoot: root, proof: receipt.path) == nil else { return }
            // At a power of two the path begins with the older root itself, which it doesn't say.
            func leads(from old: Hash32) throws {
                try tree.verifyConsistency(from: receipt.older, to: receipt.newer, oldRoot: old, newRoot: root, proof: receipt.path)
            }
            if !olds.contains(where: { (try? leads(from: $0)) != nil }) { try leads(from: old) }
        }
    }

    private func receipt(_ row: StatementRow) -> [AuditFinding] {
        checking(row) { out, place in
            let statement = try UnverifiedStatement(row.envelope, .receipt)
            let receipt = try Receipt(statement.claimed)
            place = AuditPlace(node: receipt.node, item: statement.id)
            columns(row, place, id: statement.id, node: receipt.node, number: nil, &out)
            guard receipt.network == ground.network else { throw FormatError(.wrongNetwork) }
            _ = try statement.verified(by: key(receipt.node, statement.keyID))
            let checkpoint = try ReceiptCheck.verify(receipt) { ground.key(of: receipt.node, $0) }
            guard checkpoint.hashes == ground.hashes else { throw FormatError(.wrongProof) }
        }
    }

    private func snapshot(_ row: StatementRow) -> [AuditFinding] {
        checking(row) { out, place in
            let statement = try UnverifiedStatement(row.envelope, .snapshot)
            let snapshot = try SnapshotStatement(statement.claimed)
            let inner = try UnverifiedStatement(snapshot.checkpoint, .checkpoint)
            let checkpoint = try Checkpoint(inner.claimed)
            place = AuditPlace(node: snapshot.node, epoch: checkpoint.epoch, size: checkpoint.size, item: statement.id)
            columns(row, place, id: statement.id, node: snapshot.node, number: checkpoint.size, &out)
            let isOfOne = checkpoint.node == snapshot.node && checkpoint.network == snapshot.network
            guard snapshot.network == ground.network, isOfOne, checkpoint.hashes == ground.hashes else { throw FormatError(.wrongNetwork) }
            _ = try statement.verified(by: key(snapshot.node, statement.keyID))
            _ = try inner.verified(by: key(snapshot.node, inner.keyID))
        }
    }

    private func evidence(_ row: StatementRow) -> [AuditFinding] {
        checking(row) { out, place in
            let evidence = try SplitEvidence(row.envelope)
            let checked = try EvidenceCheck.check(evidence) { ground.key(of: $0, $1) }
            place = AuditPlace(node: checked.node, epoch: checked.epoch, size: checked.newer.size, item: row.id)
            columns(row, place, id: sha256(row.envelope), node: checked.node, number: checked.newer.size, &out)
        }
    }

    /// An ask, as it lies beside the log that it asks about.
    func ask(_ envelope: [UInt8], of: NodeID) -> [AuditFinding] {
        let row = StatementRow(id: sha256(envelope), type: .ask, node: of, number: 0, envelope: envelope, received: Written(milliseconds: 0))
        return checking(row) { _, _ in
            let statement = try UnverifiedStatement(envelope, .ask)
            let ask = try LogAsk(statement.claimed)
            guard ask.network == ground.network, ask.of == of else { throw FormatError(.wrongNetwork) }
            _ = try statement.verified(by: key(ask.node, statement.keyID))
        }
    }
}

extension StatementCheck {
    /// Types that lie among the statements, root statements excepted.
    static let types: [FrameType] = [.checkpoint, .consistency, .receipt, .evidence, .snapshot]

    /// Rows that are looked at together: with 4 MiB at most for each, in practice a few kilobytes.
    private static let page = 256

    /// Every statement held, page by page on all cores; gives what is wrong, and how many there are.
    static func findings(_ reader: StoreReader, _ ground: Ground, progress: (Int) -> Void = { _ in }) throws -> (findings: [AuditFinding], count: Int) {
        var check = StatementCheck(ground)
        try pages(reader, .checkpoint) { check.add($0) }
        var (findings, count): ([AuditFinding], Int) = ([], 0)
        for type in StatementCheck.types {
            try pages(reader, type) { rows in
                let complete = check
                findings += Cores.map(rows) { complete.findings($0) }.flatMap(\.self)
                count += rows.count
                progress(count)
            }
        }
        return (findings, count)
    }

    private static func pages(_ reader: StoreReader, _ type: FrameType, _ body: ([StatementRow]) throws -> Void) throws {
        var last: Hash32?
        while case let rows = try reader.statements(type, after: last, limit: page), let end = rows.last {
            try body(rows)
            last = end.id
        }
    }
}
