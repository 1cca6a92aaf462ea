import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

// Proofs that stand alone: of the province's log with no credential but the root's, and of the county's, with the changeset in which
// the province grants its credential.
extension Maker {
    mutating func makeProofFiles() throws {
        let log = try GoldenLog(scene)
        let given = ["root": scene.network.description]
        let first = try scene.id(scene.firstChangeset())
        let inclusion = try scene.inclusionReceipt(index: 2, log.inclusion(2))
        let good = ProofFile(
            roots: [try scene.rootEnvelope()], credentials: [], checkpoints: [try scene.checkpointEnvelope(size: 4)], receipts: [inclusion], changeset: first)
        let grown = ProofFile(
            roots: good.roots, credentials: [], checkpoints: [try scene.checkpointEnvelope(size: 3), try scene.checkpointEnvelope(size: 4)],
            receipts: [try scene.consistencyReceipt(3, 4, log.consistency(3, 4))], changeset: nil)
        let county = try scene.countyProof()
        add("proof", "inclusion", "A changeset lies in the province's log.", good.bytes, given: given)
        add("proof", "by-the-root-key", "A root key's thumbprint is as good as the network's id.", good.bytes, given: ["root": scene.province.verifyingKey.thumbprint.description])
        add("proof", "consistency", "The province's log of four goes on from the log of three.", grown.bytes, given: given)
        add("proof", "of-the-county", "The county's log, with the changeset in which the province grants its credential.", county.bytes, given: given)

        func wrong(_ name: String, _ fact: String, _ code: String, _ from: ProofFile, _ change: (inout ProofFile) throws -> Void) throws {
            var file = from
            try change(&file)
            add("proof", name, fact, file.bytes, given: given, expect: code)
        }
        func flipped(_ bytes: [UInt8]) -> [UInt8] { bytes.dropLast() + [(bytes.last ?? 0) ^ 1] }
        add("proof", "leftover", "Nothing follows.", good.bytes + [0], given: given, expect: "notAProof")
        add("proof", "version-two", "Another version is another format.", edited(good.bytes) { $0[1] = 2 }, given: given, expect: "notAProof")
        add("proof", "other-root", "Of another network than the root that the reader has.", good.bytes, given: ["root": Hash32.zero.description], expect: "wrongRoot")
        try wrong("one-checkpoint", "What a log grew from is a second checkpoint.", "notAProof", grown) { $0.checkpoints.removeFirst() }
        try wrong("root-altered", "One bit is flipped in the root statement's signature.", "rootsBroken", good) { $0.roots[0] = flipped($0.roots[0]) }
        try wrong("credential-altered", "One bit is flipped in the signature over the credential.", "credentialAltered", county) {
            $0.credentials[0] = ChangesetItem(envelope: flipped($0.credentials[0].envelope), compressedBody: $0.credentials[0].compressedBody)
        }
        try wrong("credential-stray", "Each is under a credential that was verified before it.", "credentialAltered", county) {
            let stray = try scene.sign(scene.header { $0.credential = .zero }, scene.firstBody)
            $0 = ProofFile(roots: $0.roots, credentials: $0.credentials + [stray], checkpoints: $0.checkpoints, receipts: $0.receipts, changeset: $0.changeset)
        }
        try wrong("credential-missing", "Without its credential the county's key is nobody's.", "wrongKey", county) { $0.credentials = [] }
        try wrong("other-key", "Signed by a stranger.", "wrongKey", good) { $0.checkpoints[0] = try scene.checkpointEnvelope(size: 4, key: scene.stranger) }
        try wrong("checkpoint-altered", "One bit is flipped in the checkpoint's signature.", "checkpointAltered", good) { $0.checkpoints[0] = flipped($0.checkpoints[0]) }
        try wrong("other-network", "A checkpoint of another network.", "wrongRoot", good) {
            $0.checkpoints[0] = try scene.checkpointEnvelope(size: 4) { $0.network = NetworkID(.zero) }
        }
        try wrong("other-epoch", "Checkpoint and receipt are of one epoch.", "wrongEpoch", good) {
            $0.checkpoints[0] = try scene.checkpointEnvelope(size: 4) { $0.epoch = scene.oldEpoch }
        }
        try wrong("other-size", "They are of one size.", "wrongSize", good) { $0.checkpoints[0] = try scene.checkpointEnvelope(size: 3) }
        try wrong("receipt-altered", "One bit is flipped in the receipt's signature.", "receiptAltered", good) { $0.receipts[0] = flipped($0.receipts[0]) }
        try wrong("other-path", "The path leads to the signed root.", "pathFails", good) {
            $0.receipts[0] = try scene.inclusionReceipt(index: 2, log.inclusion(2).map { _ in .zero })
        }
        try wrong("other-changeset", "It proves what it names.", "pathFails", good) { $0.changeset = try scene.id(scene.secondChangeset()) }
        try wrong("two-receipts", "One receipt for each root.", "treeMissing", good) { $0.receipts.append($0.receipts[0]) }
    }
}

extension Scene {
    /// Of the province's log of four, unless something else is given.
    func inclusionReceipt(
        index: UInt64, _ path: [Hash32], size: UInt64 = 4, node: NodeID? = nil, epoch: Epoch? = nil, root: Hash32? = nil, key: SigningKey? = nil
    ) throws -> [UInt8] {
        try InclusionReceipt.sign(
            .sha256, node: node ?? provinceNode, epoch: epoch ?? provinceEpoch, size: size, index: index, path: path, root: root ?? GoldenLog(self).root(size),
            key: key ?? province)
    }

    /// The county's own log: its genesis entry and its first changeset.
    func countyProof() throws -> ProofFile {
        let genesis = sha256(
            cbor { encoder in
                encoder.arrayHeader(4)
                encoder.text("tk-genesis")
                encoder.byteString(network.hash)
                encoder.byteString(countyNode.hash)
                encoder.byteString(countyEpoch.bytes)
            })
        let first = try id(firstChangeset())
        let root = MerkleTree.sha256.node(MerkleTree.sha256.leafHash(genesis), MerkleTree.sha256.leafHash(first.hash))
        let checkpoint = Checkpoint(
            network: network, node: countyNode, epoch: countyEpoch, size: 2, root: root, written: Written(milliseconds: Scene.time + 90_000),
            ownFeeds: [.init(feed: countyFeed.id, head: first)])
        return ProofFile(
            roots: [try rootEnvelope()], credentials: [try grantChangeset()],
            checkpoints: [try Statement.sign(checkpoint.explicitForm, as: .checkpoint, key: county)],
            receipts: [
                try inclusionReceipt(
                    index: 1, [MerkleTree.sha256.leafHash(genesis)], size: 2, node: countyNode, epoch: countyEpoch, root: root, key: county)
            ], changeset: first)
    }
}
