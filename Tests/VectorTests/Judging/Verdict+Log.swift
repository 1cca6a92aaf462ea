import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

// What nodes show and ask of each other's logs, each in the order of checks of its page.
extension Verdict {
    /// The reader holds `checkpoints` of the `node` that `key` belongs to.
    static func consistencyReceipt(_ vector: Vector) throws -> [String: [String]] {
        let receipt = try ConsistencyReceipt(vector.content)
        let key = try VerifyingKey(coseKey: vector.bytes(given: "key"))
        guard receipt.node.hash == vector.hash(given: "node"), receipt.keyID == key.thumbprint else { throw Refusal(code: NodeError.Code.unknownNode.rawValue) }
        let held = try vector.words(given: "checkpoints").map { word in
            try Checkpoint(UnverifiedStatement([UInt8](hex: word) ?? [], .checkpoint).verified(by: key))
        }.filter { $0.node == receipt.node && $0.epoch == receipt.epoch }
        guard let newer = held.first(where: { $0.size == receipt.newer })?.root(receipt.hash) else { throw Refusal(code: NodeError.Code.unknownItem.rawValue) }
        try receipt.verify(newRoot: newer, by: key)
        let proves = held.first { $0.size == receipt.older }?.root(receipt.hash).map { older in
            (try? MerkleTree(receipt.hash).verifyConsistency(
                from: receipt.older, to: receipt.newer, oldRoot: older, newRoot: newer, proof: receipt.path)) != nil
        }
        return [
            "id": [receipt.id.hex], "sizes": ["\(receipt.older)", "\(receipt.newer)"], "proves": [proves.map { $0 ? "yes" : "no" } ?? "not yet"],
        ]
    }

    /// The reader has a `root` and nothing else.
    static func proof(_ vector: Vector) throws -> [String: [String]] {
        let checked = try ProofCheck.check(vector.content, root: vector.hash(given: "root"))
        var gives = ["network": [checked.network.description], "node": [checked.node.description], "size": ["\(checked.checkpoint.size)"]]
        if case .inclusion(let changeset, let index) = checked.what { gives["changeset"] = [changeset.description, "\(index)"] }
        if let older = checked.older { gives["older"] = ["\(older.size)"] }
        return gives
    }

    /// `node` has `key`, and `of` is a node of the network too.
    static func ask(_ vector: Vector) throws -> [String: [String]] {
        let statement = try UnverifiedStatement(vector.content, .ask)
        let ask = try LogAsk(statement.claimed)
        guard ask.network.hash == vector.hash(given: "network") else { throw FormatError(.wrongNetwork) }
        let key = try VerifyingKey(coseKey: vector.bytes(given: "key"))
        let isKnown = ask.node.hash == vector.hash(given: "node") && statement.keyID == key.thumbprint
        guard isKnown, ask.of.hash == vector.hash(given: "of") else { throw Refusal(code: NodeError.Code.unknownNode.rawValue) }
        _ = try statement.verified(by: key)
        guard ask.explicitForm == statement.claimed else { throw Refusal(code: "secondSpelling") }
        return ["id": [statement.id.hex], "sizes": ask.sizes.map { "\($0.epoch) \($0.size)" }, "checkpoints": ask.checkpoints.map(\.hex)]
    }

    /// `keys` are `node,key` as credentials give them.
    static func evidence(_ vector: Vector) throws -> [String: [String]] {
        var keys: [String: VerifyingKey] = [:]
        for word in vector.words(given: "keys") {
            let parts = word.split(separator: ",").map(String.init)
            guard parts.count == 2, let bytes = [UInt8](hex: parts[1]) else { throw Refusal(code: "malformedVector") }
            let key = try VerifyingKey(coseKey: bytes)
            keys["\(parts[0]) \(key.thumbprint.hex)"] = key
        }
        let evidence = try SplitEvidence(vector.content)
        let checked: CheckedEvidence
        do {
            checked = try EvidenceCheck.check(evidence) { keys["\($0.description) \($1.hex)"] }
        } catch let error as NodeError {
            throw Refusal(code: error.code.rawValue)
        }
        guard checked.older.network.hash == vector.hash(given: "network") else { throw FormatError(.wrongNetwork) }
        guard evidence.bytes == vector.content else { throw Refusal(code: "secondSpelling") }
        return [
            "node": [checked.node.description], "sizes": ["\(checked.older.size)", "\(checked.newer.size)"],
            "checkpoints": [checked.olderID.hex, checked.newerID.hex], "hashes": checked.hashes.map(\.rawValue), "standsAlone": [checked.standsAlone ? "yes" : "no"],
        ]
    }
}
