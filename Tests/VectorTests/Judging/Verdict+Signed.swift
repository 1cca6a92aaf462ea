import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

// Signed things, each in the order of checks of its page.
extension Verdict {
    static func changeset(_ vector: Vector) throws -> [String: [String]] {
        let unverified = try UnverifiedChangeset(try ChangesetItem(vector.content))
        let header = unverified.header
        guard header.network.hash == vector.hash(given: "network") else { throw Refusal(code: NodeError.Code.wrongNetwork.rawValue) }
        guard header.isRehearsal == (vector.given["rehearsal"] == "true") else { throw Refusal(code: NodeError.Code.rehearsalMismatch.rawValue) }
        let signed = try unverified.verified(by: try VerifyingKey(coseKey: vector.bytes(given: "key")))
        guard header.feed.node.hash == vector.hash(given: "subject") else { throw TrustError(.wrongKey, "the credential is another node's") }
        var gives = try operations(try signed.body(), vector, feed: header.feed, count: header.count)
        gives["id"] = [signed.id.description]
        return gives
    }

    static func key(_ vector: Vector) throws -> [String: [String]] {
        ["node": [try VerifyingKey(coseKey: vector.content).nodeID.description]]
    }

    static func root(_ vector: Vector) throws -> [String: [String]] {
        let signed = try SignedRoot(vector.content)
        let before = vector.given["previous"] == nil ? nil : try SignedRoot(vector.bytes(given: "previous"))
        try signed.verify(after: before)
        guard signed.isNext(after: before) else { throw Refusal(code: "notAChain") }
        guard signed.statement.explicitForm == signed.content else { throw Refusal(code: "secondSpelling") }
        return ["content": [signed.id.hex], "credential": [signed.statement.grant.explicitForm.hex]]
    }

    static func credential(_ vector: Vector) throws -> [String: [String]] {
        let content = try CredentialContent(vector.content)
        guard content.explicitForm == vector.content else { throw Refusal(code: "secondSpelling") }
        return ["subject": [content.subject.description], "writes": content.writes.map(\.unit.text)]
    }

    static func consent(_ vector: Vector) throws -> [String: [String]] {
        guard let lineage = CredentialContent.Lineage(rawValue: UInt64(vector.number(given: "lineage"))) else { throw Refusal(code: "malformedVector") }
        let digest = CredentialContent.consentDigest(
            network: NetworkID(vector.hash(given: "network")), signingKey: vector.bytes(given: "signingKey"), lineage: lineage,
            units: try vector.words(given: "units").map { try UnitID(checking: $0) })
        let statement = try UnverifiedStatement(vector.content, .consent)
        let content = try statement.verified(by: try VerifyingKey(coseKey: vector.bytes(given: "key")))
        guard content == digest.bytes else { throw Refusal(code: "otherConsent") }
        return ["digest": [digest.hex]]
    }

    static func cut(_ vector: Vector) throws -> [String: [String]] {
        let content = try CutContent(vector.content)
        guard content.explicitForm == vector.content else { throw Refusal(code: "secondSpelling") }
        return ["heads": content.heads.map(\.description)]
    }

    static func request(_ vector: Vector) throws -> [String: [String]] {
        let statement = try UnverifiedStatement(vector.content, .request)
        let request = try EnrolmentRequest(statement.claimed)
        let key = try VerifyingKey(coseKey: request.signingKey)
        _ = try statement.verified(by: key)
        guard request.explicitForm == statement.claimed else { throw Refusal(code: "secondSpelling") }
        return ["subject": [(request.node ?? key.nodeID).description], "phone": [Node.phoneDigest(sha256(vector.content))]]
    }
}

// The log.
extension Verdict {
    static func genesis(_ vector: Vector) throws -> [String: [String]] {
        var encoder = CBOREncoder()
        encoder.arrayHeader(4)
        encoder.text("tk-genesis")
        encoder.byteString(vector.hash(given: "network"))
        encoder.byteString(vector.hash(given: "node"))
        encoder.byteString(vector.bytes(given: "epoch"))
        guard encoder.bytes == vector.content else { throw Refusal(code: "otherIdentity") }
        let identity = sha256(vector.content)
        return ["id": [identity.hex], "leaf": [MerkleTree.sha256.leafHash(identity).hex]]
    }

    static func tree(_ vector: Vector) throws -> [String: [String]] {
        var frontier = MerkleFrontier(vector.tree)
        for identity in hashes(vector.content) { frontier.append(identity) }
        return ["root": [frontier.root.hex]]
    }

    /// The bytes are the proof's hashes, one after the other.
    static func inclusion(_ vector: Vector) throws -> [String: [String]] {
        try vector.tree.verifyInclusion(
            leaf: vector.hash(given: "leaf"), index: UInt64(vector.number(given: "index")), size: UInt64(vector.number(given: "size")),
            proof: hashes(vector.content), root: vector.hash(given: "root"))
        return [:]
    }

    static func consistency(_ vector: Vector) throws -> [String: [String]] {
        try vector.tree.verifyConsistency(
            from: UInt64(vector.number(given: "from")), to: UInt64(vector.number(given: "to")), oldRoot: vector.hash(given: "oldRoot"),
            newRoot: vector.hash(given: "newRoot"), proof: hashes(vector.content))
        return [:]
    }

    static func checkpoint(_ vector: Vector) throws -> [String: [String]] {
        let statement = try UnverifiedStatement(vector.content, .checkpoint)
        let checkpoint = try Checkpoint(statement.claimed)
        guard checkpoint.network.hash == vector.hash(given: "network") else { throw FormatError(.wrongNetwork) }
        // What a network's logs are kept under follows from its root keys; here it is given.
        guard checkpoint.hashes.map(\.rawValue) == vector.hashes else { throw Refusal(code: NodeError.Code.wrongRoots.rawValue) }
        _ = try statement.verified(by: try VerifyingKey(coseKey: vector.bytes(given: "key")))
        guard checkpoint.explicitForm == statement.claimed else { throw Refusal(code: "secondSpelling") }
        return ["id": [statement.id.hex], "size": ["\(checkpoint.size)"], "root": checkpoint.hashes.compactMap { checkpoint.root($0)?.hex }]
    }

    static func receipt(_ vector: Vector) throws -> [String: [String]] {
        let statement = try UnverifiedStatement(vector.content, .receipt)
        let receipt = try Receipt(statement.claimed)
        guard receipt.network.hash == vector.hash(given: "network") else { throw FormatError(.wrongNetwork) }
        let key = try VerifyingKey(coseKey: vector.bytes(given: "key"))
        _ = try statement.verified(by: key)
        let earlier = vector.given["earlierKey"] == nil ? [] : [try VerifyingKey(coseKey: vector.bytes(given: "earlierKey"))]
        let checkpoint = try ReceiptCheck.verify(receipt) { thumbprint in ([key] + earlier).first { $0.thumbprint == thumbprint } }
        guard checkpoint.hashes.map(\.rawValue) == vector.hashes else { throw Refusal(code: NodeError.Code.wrongRoots.rawValue) }
        guard receipt.explicitForm == statement.claimed else { throw Refusal(code: "secondSpelling") }
        return ["heads": receipt.accepted.map(\.head.description), "waiting": receipt.waiting.map(\.what), "refused": receipt.refused.map(\.code)]
    }

    static func hashes(_ bytes: [UInt8]) -> [Hash32] {
        stride(from: 0, to: bytes.count, by: Hash32.byteCount).compactMap { Hash32(bytes: bytes[$0..<min($0 + Hash32.byteCount, bytes.count)]) }
    }
}

extension Vector {
    /// The tree that it is about: under SHA-256 unless it is `given` another hash.
    fileprivate var tree: MerkleTree { MerkleTree(given["hash"].flatMap(HashAlgorithm.init) ?? .sha256) }

    /// The hashes under which the logs of its network are kept.
    fileprivate var hashes: [String] { given["hashes"]?.split(separator: " ").map(String.init) ?? [HashAlgorithm.sha256.rawValue] }
}
