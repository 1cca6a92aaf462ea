import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

/// What a proof says, once everything in it was checked from a root key on.
public struct CheckedProof: Hashable, Sendable {
    public enum What: Hashable, Sendable {
        case inclusion(ChangesetID, index: UInt64)
        case consistency(older: Checkpoint)
    }

    public let network: NetworkID
    public let isRehearsal: Bool
    /// Whose log it is, by the name and region of its credential.
    public let node: NodeID
    public let name: String
    public let region: RegionID
    public let checkpoint: Checkpoint
    public let what: What
    /// Under which hashes it is proven, SHA-256 first.
    public let hashes: [HashAlgorithm]
    /// Names of those who issued the credential, the root node first.
    public let issuers: [String]

    public var older: Checkpoint? { if case .consistency(let older) = what { older } else { nil } }
}

/// Checks a proof with a root key and nothing else.
public enum ProofCheck {
    /// - Parameters:
    ///   - root: the network's id, or the thumbprint of a root key.
    ///   - changeset: bytes that are said to be what is proven: they have to be it, with the body that it names.
    ///
    /// Throws an `AuditError`, one for each thing that can be wrong, in the order of the format page.
    public static func check(_ bytes: [UInt8], root: Hash32, changeset: ChangesetItem? = nil, regions: RegionTable = .gbt2260) throws -> CheckedProof {
        let file: ProofFile
        do {
            file = try ProofFile(bytes)
        } catch {
            throw AuditError(.notAProof, ["reason": error.code.rawValue])
        }
        let chain = try CredentialChain(roots: file.roots, credentials: file.credentials, root: root, regions: regions)
        let checkpoints = try file.checkpoints.map { try checkpoint($0, chain) }
        guard let ending = checkpoints.last, let beginning = checkpoints.first, beginning.node == ending.node, beginning.epoch == ending.epoch else {
            throw AuditError(.wrongEpoch, ["node": checkpoints.last?.node.hash.hex ?? ""])
        }
        let hashes = chain.roots.first?.statement.logHashes ?? [.sha256]
        guard checkpoints.allSatisfy({ $0.hashes == hashes }), file.receipts.count == hashes.count else { throw AuditError(.treeMissing, [:]) }
        let what: CheckedProof.What
        if let id = file.changeset {
            let indexes = try zip(hashes, file.receipts).map { try inclusion($1, $0, id, ending, chain) }
            guard let index = indexes.first, indexes.allSatisfy({ $0 == index }) else { throw AuditError(.wrongSize, ["size": "\(ending.size)"]) }
            if let changeset { try compare(changeset, id) }
            what = .inclusion(id, index: index)
        } else {
            for (hash, receipt) in zip(hashes, file.receipts) { try consistency(receipt, hash, beginning, ending, chain) }
            if let changeset { throw AuditError(.otherChangeset, ["changeset": (try? UnverifiedChangeset(changeset).id.hash.hex) ?? ""]) }
            what = .consistency(older: beginning)
        }
        guard let credential = chain.trust.credentials(of: ending.node).first else { throw AuditError(.wrongKey, ["node": ending.node.hash.hex]) }
        return CheckedProof(
            network: chain.network, isRehearsal: chain.roots.first?.statement.isRehearsal ?? false, node: ending.node, name: credential.content.name,
            region: credential.content.region, checkpoint: ending, what: what, hashes: hashes, issuers: issuers(of: credential, chain.trust))
    }

    private static func issuers(of credential: TrustState.Credential, _ trust: TrustState) -> [String] {
        var out: [String] = []
        var next = credential.issuer
        // Each issuer stands nearer to the root.
        while let node = next, out.count < Int(CredentialContent.maximumDepth) + 1, let held = trust.credentials(of: node).first {
            out.append(held.content.name)
            next = held.issuer
        }
        return out.reversed()
    }

    private static func checkpoint(_ envelope: [UInt8], _ chain: CredentialChain) throws -> Checkpoint {
        do {
            let statement = try UnverifiedStatement(envelope, .checkpoint)
            let checkpoint = try Checkpoint(statement.claimed)
            guard checkpoint.network == chain.network else { throw AuditError(.wrongRoot, ["network": checkpoint.network.hash.hex, "root": chain.network.hash.hex]) }
            guard let key = chain.key(of: checkpoint.node, statement.keyID) else { throw AuditError(.wrongKey, ["node": checkpoint.node.hash.hex]) }
            _ = try statement.verified(by: key)
            return checkpoint
        } catch let error as FormatError {
            throw AuditError(.checkpointAltered, ["reason": error.code.rawValue])
        } catch let error as TrustError {
            throw AuditError(.checkpointAltered, ["reason": error.code.rawValue])
        }
    }

    /// Reads and checks one receipt; what is wrong with its bytes or signature is one error, wherever it lies.
    private static func receipt<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let error as FormatError {
            throw AuditError(.receiptAltered, ["reason": error.code.rawValue])
        } catch let error as TrustError {
            throw AuditError(.receiptAltered, ["reason": error.code.rawValue])
        } catch let error as LogError {
            throw AuditError(.pathFails, ["reason": error.code.rawValue])
        }
    }

    private static func key(_ node: NodeID, _ epoch: Epoch, _ keyID: Hash32, _ ending: Checkpoint, _ chain: CredentialChain) throws -> VerifyingKey {
        guard node == ending.node, epoch == ending.epoch else { throw AuditError(.wrongEpoch, ["node": ending.node.hash.hex]) }
        guard let key = chain.key(of: node, keyID) else { throw AuditError(.wrongKey, ["node": node.hash.hex]) }
        return key
    }

    private static func inclusion(_ bytes: [UInt8], _ hash: HashAlgorithm, _ id: ChangesetID, _ ending: Checkpoint, _ chain: CredentialChain) throws -> UInt64 {
        try receipt {
            let receipt = try InclusionReceipt(bytes)
            let key = try key(receipt.node, receipt.epoch, receipt.keyID, ending, chain)
            guard receipt.hash == hash, let root = ending.root(hash) else { throw AuditError(.treeMissing, [:]) }
            guard receipt.size == ending.size else { throw AuditError(.wrongSize, ["size": "\(ending.size)"]) }
            try receipt.verify(root: root, by: key)
            try MerkleTree(hash).verifyInclusion(leaf: id.hash, index: receipt.index, size: receipt.size, proof: receipt.path, root: root)
            return receipt.index
        }
    }

    private static func consistency(_ bytes: [UInt8], _ hash: HashAlgorithm, _ beginning: Checkpoint, _ ending: Checkpoint, _ chain: CredentialChain) throws {
        try receipt {
            let receipt = try ConsistencyReceipt(bytes)
            let key = try key(receipt.node, receipt.epoch, receipt.keyID, ending, chain)
            guard receipt.hash == hash, let old = beginning.root(hash), let new = ending.root(hash) else { throw AuditError(.treeMissing, [:]) }
            guard receipt.older == beginning.size, receipt.newer == ending.size else { throw AuditError(.wrongSize, ["size": "\(ending.size)"]) }
            try receipt.verify(newRoot: new, by: key)
            try MerkleTree(hash).verifyConsistency(from: receipt.older, to: receipt.newer, oldRoot: old, newRoot: new, proof: receipt.path)
        }
    }

    private static func compare(_ item: ChangesetItem, _ id: ChangesetID) throws {
        do throws(FormatError) {
            let changeset = try UnverifiedChangeset(item)
            guard changeset.id == id else { throw FormatError(.malformedHeader, at: 0, "another") }
            _ = try changeset.body()
        } catch {
            let isOther = error.code == .malformedHeader && error.detail == "another"
            throw AuditError(isOther ? .otherChangeset : .changesetAltered, ["changeset": id.hash.hex, "reason": error.code.rawValue])
        }
    }
}
