import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// Checkpoints, consistency receipts, receipts and evidence, own ones and others'; receipts on their way, and asks.
extension HistoryAudit {
    func checkStatements(_ ground: Ground) throws {
        let total = try StatementCheck.types.reduce(0) { try $0 + reader.statementCount($1) }
        let (found, count) = try StatementCheck.findings(reader, ground) { self.progress(.statements, $0, total) }
        let loose = try looseReceipts()
        let check = StatementCheck(ground)
        let known = Set((StatementCheck.types + [.rootStatement]).map { Int64($0.rawValue) })
        for type in try reader.statementTypes() where !known.contains(type) { report.findings.append(AuditFinding(.rowUnreadable, AuditPlace(), fact: "statement type \(type)")) }
        report.findings += found + loose.flatMap { check.findings($0) }
        var asks = 0
        for key in try reader.metaKeys(prefix: "ask/") {
            guard let of = NodeID(hex: String(key.dropFirst(4))) else { continue }
            for envelope in try reader.askEnvelopes(of: of) {
                report.findings += check.ask(envelope, of: of)
                asks += 1
            }
        }
        report.statements = count + loose.count + asks
        try checkAcknowledged()
    }

    /// Receipts that lie beside the statements: those that pass through, and this node's own that wait to be carried.
    private func looseReceipts() throws -> [StatementRow] {
        try reader.looseReceipts().map { envelope in
            let statement = try? UnverifiedStatement(envelope, .receipt)
            let receipt = statement.flatMap { try? Receipt($0.claimed) }
            return StatementRow(
                id: statement?.id ?? sha256(envelope), type: .receipt, node: receipt?.node, number: 0, envelope: envelope, received: Written(milliseconds: 0))
        }
    }

    /// Roots that this node signed and that lie only in its own receipts.
    func signedInReceipts() throws -> [LogCheck.Signed] {
        try looseReceipts().compactMap { row in
            guard row.node == settings.node, let receipt = try? Receipt(UnverifiedStatement(row.envelope, .receipt).claimed),
                let statement = try? UnverifiedStatement(receipt.checkpoint, .checkpoint), let checkpoint = try? Checkpoint(statement.claimed)
            else { return nil }
            return LogCheck.Signed(id: statement.id, checkpoint: checkpoint)
        }
    }

    /// What a peer is held to have is what its own newest receipt says; of several of one instant, one of them: the last that came
    /// counts, and which that was is not kept.
    private func checkAcknowledged() throws {
        for peer in Set(try reader.statements(.receipt).compactMap(\.node)).sorted() {
            let rows = try reader.statements(.receipt, node: peer)
            guard let newest = rows.last else { continue }
            let said = rows.filter { $0.number == newest.number }.compactMap { row in
                (try? Receipt(UnverifiedStatement(row.envelope, .receipt).claimed)).map { Set($0.accepted.map(\.head)) }
            }
            let held = Set(try reader.acknowledged(by: peer).map(\.changeset))
            if !said.isEmpty, !said.contains(held) { report.findings.append(AuditFinding(.acknowledgedDiffers, AuditPlace(node: peer, item: newest.id))) }
        }
    }
}
