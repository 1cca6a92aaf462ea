import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Receiver {
    mutating func receiveStatement(_ bytes: [UInt8], _ type: FrameType) throws -> Reception {
        do {
            switch type {
            case .rootStatement: return try receiveRoot(bytes)
            case .checkpoint: return try receiveCheckpoint(bytes)
            case .receipt: return try receiveReceipt(bytes)
            case .consistency: return try receiveConsistency(bytes)
            case .ask: return try receiveAsk(bytes)
            case .evidence: return try receiveEvidence(bytes)
            case .snapshot, .summary: return .refused(digest: sha256(bytes), code: NodeError.Code.snapshotInside.rawValue, fact: "")
            default: return .refused(digest: sha256(bytes), code: NodeError.Code.malformedItem.rawValue, fact: "\(type)")
            }
        } catch let error as FormatError {
            return .refused(digest: sha256(bytes), code: error.code.rawValue, fact: error.description)
        } catch let error as TrustError {
            return .refused(digest: sha256(bytes), code: error.code.rawValue, fact: error.fact)
        }
    }

    private mutating func receiveRoot(_ bytes: [UInt8]) throws -> Reception {
        let signed = try SignedRoot(bytes)
        let chain = try writer.reader.statements(.rootStatement).map { try SignedRoot($0.envelope) }
        // The same content with other signatures is the same statement.
        if chain.contains(where: { $0.content == signed.content }) { return .duplicate(signed.rowID) }
        // Statement 1 was pinned at enrolment; a later one names it and is signed by the keys of the one before.
        guard let newest = chain.last else { return .refused(digest: signed.rowID, code: NodeError.Code.notEnrolled.rawValue, fact: "") }
        guard signed.isNext(after: newest) else {
            return .refused(digest: signed.rowID, code: NodeError.Code.wrongNetwork.rawValue, fact: "root statement \(signed.statement.number)")
        }
        try signed.verify(after: newest)
        let number = signed.statement.number
        try writer.insertStatement(
            StatementRow(id: signed.rowID, type: .rootStatement, node: nil, number: number, envelope: bytes, received: node.surroundings.now()))
        settings.rootStatement = number
        try writer.setMeta(NodeSettings.key, settings.encode())
        // Who may do what can hang on it: everything is settled again.
        applier = try node.applier(writer, settings)
        try applier.rejudgeAll()
        for row in try writer.reader.waiting() where row.what == WaitingFor.rootStatement.rawValue {
            let held = try writer.reader.changeset(row.changeset)
            if held.state == .waiting { try receive(try UnverifiedChangeset(held.item)) }
        }
        try finish()
        return .statement(.rootStatement, signed.rowID)
    }
}
