import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// The province's log in the golden files: genesis, its grant, the county's two changesets.
struct GoldenLog {
    let identities: [Hash32]
    let genesis: [UInt8]
    private let tree: MerkleTree
    private var nodes: [MerklePosition: Hash32] = [:]

    init(_ scene: Scene, _ hash: HashAlgorithm = .sha256) throws {
        tree = MerkleTree(hash)
        genesis = cbor { encoder in
            encoder.arrayHeader(4)
            encoder.text("tk-genesis")
            encoder.byteString(scene.network.hash)
            encoder.byteString(scene.provinceNode.hash)
            encoder.byteString(scene.provinceEpoch.bytes)
        }
        let changesets = try [scene.grantChangeset(), scene.firstChangeset(), scene.secondChangeset()]
        identities = [sha256(genesis)] + (try changesets.map { try scene.id($0).hash })
        var frontier = MerkleFrontier(tree)
        for identity in identities { for node in frontier.append(identity) { nodes[node.position] = node.hash } }
    }

    var size: UInt64 { UInt64(identities.count) }

    func root(_ size: UInt64? = nil) throws -> Hash32 { try tree.root(size: size ?? self.size) { nodes[$0] } }

    func inclusion(_ index: UInt64, _ size: UInt64? = nil) throws -> [Hash32] {
        try tree.inclusionProof(index: index, size: size ?? self.size) { nodes[$0] }
    }

    func consistency(_ from: UInt64, _ to: UInt64) throws -> [Hash32] { try tree.consistencyProof(from: from, to: to) { nodes[$0] } }
}

extension Maker {
    mutating func makeLog() throws {
        let log = try GoldenLog(scene)
        func flat(_ hashes: [Hash32]) -> [UInt8] { hashes.flatMap(\.bytes) }
        add(
            "genesis", "province", "A log's first leaf names network, node and epoch.", log.genesis,
            given: ["network": scene.network.description, "node": scene.provinceNode.description, "epoch": scene.provinceEpoch.description])
        for size in 0...4 {
            add(
                "tree", "of-\(size)",
                size == 0 ? "The root of nothing is SHA-256 of nothing." : "The root over \(size == 1 ? "one identity" : "\(size) identities").",
                flat(Array(log.identities.prefix(size))))
        }
        for size in [0, 1, 3] {
            add("tree", "sm3-of-\(size)", "The same under SM3.", flat(Array(log.identities.prefix(size))), given: ["hash": "sm3"])
        }
        try makeSM3Proofs()
        func inclusion(
            _ name: String, _ fact: String, _ proof: [Hash32], index: UInt64 = 2, size: UInt64 = 4, root: Hash32? = nil, _ code: LogError.Code? = nil
        ) throws {
            let given = [
                "leaf": log.identities[2].hex, "index": "\(index)", "size": "\(size)", "root": try (root ?? log.root()).hex,
            ]
            self.add("inclusion", name, fact, flat(proof), given: given, expect: code?.rawValue ?? Vector.valid)
        }
        let proof = try log.inclusion(2)
        try inclusion("third-of-four", "Siblings from the leaf upwards.", proof)
        try inclusion("last-of-three", "A leaf on the right edge has fewer siblings.", try log.inclusion(2, 3), size: 3, root: try log.root(3))
        try inclusion("other-index", "A proof holds for one index.", proof, index: 3, .rootMismatch)
        try inclusion("beyond-the-log", "An index lies below the size.", proof, index: 4, .indexOutOfRange)
        try inclusion("short", "A proof has as many hashes as index and size ask for.", proof.dropLast(), .wrongProofLength)
        try inclusion("long", "And no more.", proof + [.zero], .wrongProofLength)
        try inclusion("other-root", "It ends in the signed root.", proof, root: .zero, .rootMismatch)
        func consistency(_ name: String, _ fact: String, _ from: UInt64, _ to: UInt64, _ proof: [Hash32], _ code: LogError.Code? = nil) throws {
            let given = ["from": "\(from)", "to": "\(to)", "oldRoot": try log.root(from).hex, "newRoot": try log.root(to).hex]
            self.add("consistency", name, fact, flat(proof), given: given, expect: code?.rawValue ?? Vector.valid)
        }
        try consistency("three-to-four", "The log of four begins with the log of three.", 3, 4, try log.consistency(3, 4))
        try consistency("two-to-four", "From a power of two, the old root itself is left out.", 2, 4, try log.consistency(2, 4))
        try consistency("same-size", "Equal sizes need equal roots and no hash.", 3, 3, [])
        try consistency("from-nothing", "An empty log proves nothing.", 0, 4, [], .emptyLog)
        try consistency("backwards", "Logs grow.", 4, 3, [], .sizesOutOfOrder)
        try consistency("forged", "Another history has no proof.", 3, 4, Array(repeating: .zero, count: try log.consistency(3, 4).count), .rootMismatch)
    }

    /// The second tree of a GM network, over the same identities.
    private mutating func makeSM3Proofs() throws {
        let log = try GoldenLog(scene, .sm3)
        let given = ["hash": "sm3", "leaf": log.identities[2].hex, "index": "2", "size": "4", "root": try log.root().hex]
        add("inclusion", "sm3", "An identity's place under SM3.", try log.inclusion(2).flatMap(\.bytes), given: given)
        let steps = ["hash": "sm3", "from": "3", "to": "4", "oldRoot": try log.root(3).hex, "newRoot": try log.root().hex]
        add("consistency", "sm3", "And that the log under SM3 only grew.", try log.consistency(3, 4).flatMap(\.bytes), given: steps)
    }

    /// Checkpoints and receipts of a GM network: a root under each hash, and a proof to each.
    private mutating func makeNationalStatements(_ given: [String: String]) throws {
        var national = given
        national["hashes"] = "sha256 sm3"
        let form = try scene.nationalCheckpoint().explicitForm
        func checkpoint(_ content: [UInt8]) throws -> [UInt8] { try Statement.sign(content, as: .checkpoint, key: scene.province) }
        add("checkpoint", "national", "In a GM network a root under SM3 beside the one under SHA-256.", try checkpoint(form), given: national)
        add(
            "checkpoint", "national-without-sm3", "In a GM network both are signed.", try scene.checkpointEnvelope(), given: national,
            expect: NodeError.Code.wrongRoots.rawValue)
        add(
            "checkpoint", "sm3-in-another-network", "In any other network the one under SHA-256 alone.", try checkpoint(form), given: given,
            expect: NodeError.Code.wrongRoots.rawValue)
        add(
            "checkpoint", "sm3-null", "A root that isn't there is left off, not null.", try checkpoint(edited(form) { $0[9] = .null }), given: national,
            refused: .wrongType)
        add("checkpoint", "eleven-items", "Nothing stands behind the root under SM3.", try checkpoint(edited(form) { $0.append(1) }), given: national, refused: .wrongCount)

        let receipt = try scene.nationalReceipt()
        func signed(_ change: (inout Receipt) -> Void = { _ in }) throws -> [UInt8] {
            var receipt = receipt
            change(&receipt)
            return try Statement.sign(receipt.explicitForm, as: .receipt, key: scene.province)
        }
        add("receipt", "national", "In a GM network every head is proven to lie under both roots.", try signed(), given: national)
        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ given: [String: String]) {
            add("receipt", name, fact, bytes, given: given, refused: .wrongProof)
        }
        wrong("national-without-sm3-proof", "A proof to each root.", try signed { $0.accepted[0].sm3Proof = nil }, national)
        wrong("national-wrong-sm3-proof", "The one under SM3 leads to its root too.", try signed { $0.accepted[1].sm3Proof = $0.accepted[1].proof }, national)
        wrong("sm3-proof-without-root", "No proof without a root.", try signed { $0.checkpoint = (try? scene.checkpointEnvelope()) ?? [] }, given)
    }

    mutating func makeStatements() throws {
        let given = ["network": scene.network.description, "key": scene.province.verifyingKey.coseKey.hex]
        let envelope = try scene.checkpointEnvelope()
        let form = try scene.checkpoint().explicitForm
        func checkpoint(_ content: [UInt8]) throws -> [UInt8] { try Statement.sign(content, as: .checkpoint, key: scene.province) }
        add("checkpoint", "province", "A log's signed head, with the node's own feeds.", envelope, given: given)
        add(
            "checkpoint", "own-feeds-unsorted", "Own feeds ascend.",
            try checkpoint(
                edited(form) { $0[8] = [[.bytes(sha256([1]).bytes), .bytes(sha256([1]).bytes)], [.bytes(Hash32.zero.bytes), .bytes(Hash32.zero.bytes)]] }),
            given: given, refused: .unsortedKeys)
        add(
            "checkpoint", "other-network", "Of another network.", try checkpoint(edited(form) { $0[2] = .bytes(Hash32.zero.bytes) }), given: given,
            refused: .wrongNetwork)
        add(
            "checkpoint", "other-key", "Signed by a stranger.", try Statement.sign(form, as: .checkpoint, key: scene.stranger), given: given,
            expect: TrustError.Code.wrongKey.rawValue)
        add(
            "checkpoint", "wrong-signature", "One bit is flipped.", envelope.dropLast() + [(envelope.last ?? 0) ^ 1], given: given,
            expect: TrustError.Code.wrongSignature.rawValue)
        add("checkpoint", "leftover", "Nothing follows.", try checkpoint(form + [0]), given: given, refused: .leftover)
        try makeNationalStatements(given)

        let receipt = try scene.receipt()
        func signed(_ receipt: Receipt, _ change: (inout [CBORItem]) -> Void = { _ in }) throws -> [UInt8] {
            try Statement.sign(edited(receipt.explicitForm, change), as: .receipt, key: scene.province)
        }
        add("receipt", "two-heads", "Every head is proven to lie in the log under the checkpoint.", try signed(receipt), given: given)
        var silent = receipt
        silent.accepted = []
        silent.waiting = [.init(changeset: ChangesetID(sha256([1])), what: "predecessor", item: sha256([2]))]
        silent.refused = [.init(digest: sha256([3]), code: "wrongSignature")]
        add(
            "receipt", "waiting-and-refused", "What waits is named with what it waits for; what was refused by its digest and code.", try signed(silent),
            given: given)
        var long = receipt
        long.refused = (0..<400).map { .init(digest: sha256([UInt8($0 & 255)]), code: "malformedHeader") }
        add("receipt", "beyond-an-envelope", "A statement may have 4 MiB, not only a changeset's 16 KiB.", try signed(long), given: given)
        var forged = receipt
        forged.accepted[0].head = ChangesetID(sha256([9]))
        add("receipt", "wrong-proof", "A head that is not in the log.", try signed(forged), given: given, refused: .wrongProof)
        // The receipt is signed after a rotation, the checkpoint in it was before.
        let renewed = try SigningKey(.ed25519, secret: sha256(Array("renewed".utf8)).bytes)
        var rotated = given
        (rotated["key"], rotated["earlierKey"]) = (renewed.verifyingKey.coseKey.hex, scene.province.verifyingKey.coseKey.hex)
        add(
            "receipt", "checkpoint-before-rotation", "The checkpoint in it may be signed with a key that the node had before.",
            try Statement.sign(receipt.explicitForm, as: .receipt, key: renewed), given: rotated)
        var foreign = receipt
        foreign.node = scene.countyNode
        add("receipt", "other-nodes-checkpoint", "The checkpoint is the receipt's node's own.", try signed(foreign), given: given, refused: .wrongNetwork)
        var borrowed = receipt
        borrowed.checkpoint = try Statement.sign(form, as: .checkpoint, key: scene.stranger)
        add(
            "receipt", "checkpoint-of-a-stranger", "The checkpoint in it is signed by a key of the same node.", try signed(borrowed), given: given,
            expect: TrustError.Code.wrongKey.rawValue)
        add(
            "receipt", "long-proof", "A proof has at most 64 hashes.",
            try signed(receipt) { items in
                guard var accepted = items[7].array, var first = accepted[0].array else { return }
                first[6] = .array(Array(repeating: .bytes(Hash32.zero.bytes), count: 65))
                accepted[0] = .array(first)
                items[7] = .array(accepted)
            }, given: given, refused: .limitExceeded)
        add(
            "receipt", "wrong-signature", "One bit is flipped.", try signed(receipt).dropLast() + [0], given: given,
            expect: TrustError.Code.wrongSignature.rawValue)
    }
}

extension Scene {
    func checkpoint() throws -> Checkpoint {
        let log = try GoldenLog(self)
        let feed = Feed(node: provinceNode, epoch: provinceEpoch, partition: Scene.policy)
        return Checkpoint(
            network: network, node: provinceNode, epoch: provinceEpoch, size: log.size, root: try log.root(),
            written: Written(milliseconds: Scene.time + 1_000),
            ownFeeds: [.init(feed: feed.id, head: try id(grantChangeset()))])
    }

    func checkpointEnvelope() throws -> [UInt8] { try Statement.sign(try checkpoint().explicitForm, as: .checkpoint, key: province) }

    func nationalCheckpoint() throws -> Checkpoint {
        var checkpoint = try checkpoint()
        checkpoint.sm3Root = try GoldenLog(self, .sm3).root()
        return checkpoint
    }

    func nationalReceipt() throws -> Receipt {
        let log = try GoldenLog(self, .sm3)
        var receipt = try receipt()
        receipt.checkpoint = try Statement.sign(try nationalCheckpoint().explicitForm, as: .checkpoint, key: province)
        for index in receipt.accepted.indices { receipt.accepted[index].sm3Proof = try log.inclusion(receipt.accepted[index].leafIndex) }
        return receipt
    }

    func receipt() throws -> Receipt {
        let log = try GoldenLog(self)
        let policy = Feed(node: provinceNode, epoch: provinceEpoch, partition: Scene.policy)
        return Receipt(
            network: network, node: provinceNode, to: countyNode, checkpoint: try checkpointEnvelope(), written: Written(milliseconds: Scene.time + 2_000),
            accepted: [
                .init(feed: policy, sequence: 1, head: try id(grantChangeset()), leafIndex: 1, proof: try log.inclusion(1)),
                .init(feed: countyFeed, sequence: 2, head: try id(secondChangeset()), leafIndex: 3, proof: try log.inclusion(3)),
            ], waiting: [], refused: [])
    }
}
