import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

// Snapshots, in the order of checks of their page as far as one file tells.
extension Verdict {
    /// `node` has `key` and is above `to`, who reads.
    static func snapshot(_ vector: Vector) throws -> [String: [String]] {
        let statement = try UnverifiedStatement(vector.content, .snapshot)
        let snapshot = try SnapshotStatement(statement.claimed)
        guard snapshot.network.hash == vector.hash(given: "network") else { throw FormatError(.wrongNetwork) }
        guard snapshot.to.hash == vector.hash(given: "to") else { throw Refusal(code: SnapshotError.Code.forAnother.rawValue) }
        let key = try VerifyingKey(coseKey: vector.bytes(given: "key"))
        guard snapshot.node.hash == vector.hash(given: "node"), statement.keyID == key.thumbprint else {
            throw Refusal(code: SnapshotError.Code.notFromAbove.rawValue)
        }
        _ = try statement.verified(by: key)
        let inner = try UnverifiedStatement(snapshot.checkpoint, .checkpoint)
        let checkpoint = try Checkpoint(inner.claimed)
        guard checkpoint.node == snapshot.node, (try? inner.verified(by: key)) != nil else { throw Refusal(code: SnapshotError.Code.wrongCheckpoint.rawValue) }
        guard snapshot.explicitForm == statement.claimed else { throw Refusal(code: "secondSpelling") }
        return [
            "id": [statement.id.hex], "size": ["\(checkpoint.size)"], "summed": ["\(snapshot.summed)"], "heads": snapshot.heads.heads.map(\.id.hash.hex),
            "derived": snapshot.states.map(\.derived.hex),
        ]
    }

    static func summary(_ vector: Vector) throws -> [String: [String]] {
        var last: ChangesetID?
        let ids = try SummaryPage(vector.content).items.map { item in
            let changeset = try item.changeset(after: last)
            _ = try changeset.body()
            last = changeset.id
            return changeset.id
        }
        return ["ids": ids.map(\.hash.hex)]
    }
}
