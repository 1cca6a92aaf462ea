import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// Evidence of two logs: the province shows one history to some, and another to others.
extension Maker {
    mutating func makeEvidence() throws {
        let scene = scene
        let log = try GoldenLog(scene)
        let path = try log.consistency(3, 4)
        let renewed = try SigningKey(.ed25519, secret: sha256(Array("renewed".utf8)).bytes)
        let given = [
            "network": scene.network.description,
            "keys": [
                known(scene.provinceNode, scene.province), known(scene.provinceNode, renewed), known(scene.countyNode, scene.county),
            ].joined(separator: " "),
        ]
        func side(_ size: UInt64, key: SigningKey? = nil, beside: SigningKey? = nil, _ change: (inout Checkpoint) -> Void = { _ in }) throws -> SplitEvidence.Side {
            let envelope = try scene.checkpointEnvelope(size: size, change, key: key)
            return SplitEvidence.Side(key: (beside ?? key ?? scene.province).verifyingKey.coseKey, checkpoint: envelope)
        }
        func forged(_ size: UInt64) throws -> SplitEvidence.Side { try side(size) { $0.root = sha256([UInt8(size)]) } }
        /// Two of one size, the smaller identity first.
        func pair(_ left: SplitEvidence.Side, _ right: SplitEvidence.Side, path: [Hash32] = []) throws -> SplitEvidence {
            let isInOrder = try UnverifiedStatement(left.checkpoint, .checkpoint).id < UnverifiedStatement(right.checkpoint, .checkpoint).id
            return SplitEvidence(older: isInOrder ? left : right, newer: isInOrder ? right : left, path: path)
        }
        func valid(_ name: String, _ fact: String, _ evidence: SplitEvidence) { add("evidence", name, fact, evidence.bytes, given: given) }
        let (three, four) = (try forged(3), try side(4))
        let one = try pair(four, forged(4))
        let two = SplitEvidence(older: three, newer: four, path: path)
        valid("one-size", "Two roots were signed for one size.", one)
        valid("two-sizes", "The path leads to the newer root, and gives the older size another root than the one signed for it.", two)
        valid(
            "after-a-rotation", "A key that isn't the node's first needs the credential that granted it.",
            SplitEvidence(older: three, newer: try side(4, key: renewed), path: path))

        // In a GM network: one root under SHA-256, two under SM3.
        let sm3 = try GoldenLog(scene, .sm3)
        func national(_ size: UInt64, _ root: Hash32? = nil) throws -> SplitEvidence.Side { try side(size) { $0.sm3Root = root ?? (try? sm3.root(size)) } }
        valid("sm3-one-size", "Two roots were signed for one size under SM3, though under SHA-256 there is one.", try pair(national(4), national(4, sha256([4]))))
        valid(
            "sm3-two-sizes", "The path may be one of the tree under SM3.",
            SplitEvidence(older: try national(3, sha256([3])), newer: try national(4), path: try sm3.consistency(3, 4)))

        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String) { add("evidence", name, fact, bytes, given: given, expect: code) }
        func unproven(_ name: String, _ fact: String, _ evidence: SplitEvidence) { wrong(name, fact, evidence.bytes, "malformedItem") }
        unproven("one-root", "Two checkpoints of one size with one root are of one log.", try pair(four, side(4) { $0.written = Written(milliseconds: 0) }))
        unproven("one-log", "Where the path leads to both roots, the log only grew.", SplitEvidence(older: try side(3), newer: four, path: path))
        unproven(
            "sm3-one-log", "Under SM3 too, a path that leads to both roots shows nothing.",
            SplitEvidence(older: try national(3), newer: try national(4), path: try sm3.consistency(3, 4)))
        unproven("sm3-left-off", "A root that is left off contradicts none.", try pair(side(4), national(4)))
        unproven("one-checkpoint", "A checkpoint doesn't contradict itself.", SplitEvidence(older: four, newer: four, path: []))
        unproven("path-of-one-size", "Of one size there is no path.", try pair(four, forged(4), path: path))
        unproven("no-path", "Of two sizes there is a path.", SplitEvidence(older: three, newer: four, path: []))
        unproven("other-path", "The path leads to the newer root.", SplitEvidence(older: three, newer: four, path: path.map { _ in .zero }))
        unproven("longer-path", "The path has the shape of a consistency proof.", SplitEvidence(older: three, newer: four, path: path + [.zero]))
        unproven(
            "power-of-two", "From a power of two a path can't tell: the pair stays unproven.",
            SplitEvidence(older: try forged(2), newer: four, path: try log.consistency(2, 4)))
        unproven("larger-first", "The smaller size stands first.", SplitEvidence(older: four, newer: three, path: path))
        unproven("larger-identity-first", "Of one size, the smaller identity stands first.", SplitEvidence(older: one.newer, newer: one.older, path: []))
        unproven(
            "two-nodes", "Both are of one node.",
            SplitEvidence(older: try side(3, key: scene.county) { ($0.node, $0.root) = (scene.countyNode, sha256([3])) }, newer: four, path: path))
        unproven(
            "two-epochs", "Both are of one epoch: a new epoch begins a new log.", SplitEvidence(older: try side(3) { ($0.epoch, $0.root) = (scene.oldEpoch, sha256([3])) }, newer: four, path: path))
        unproven(
            "two-networks", "Both are of one network.", SplitEvidence(older: try side(3) { ($0.network, $0.root) = (NetworkID(.zero), sha256([3])) }, newer: four, path: path))
        let away = try pair(side(4) { $0.network = NetworkID(.zero) }, side(4) { ($0.network, $0.root) = (NetworkID(.zero), .zero) })
        wrong("other-network", "Both are of the reader's network.", away.bytes, FormatError.Code.wrongNetwork.rawValue)

        let foreign = SplitEvidence(older: three, newer: try side(4, key: scene.stranger), path: path)
        wrong("key-of-a-stranger", "No credential gives the node this key.", foreign.bytes, "unknownNode")
        let borrowed = SplitEvidence(older: three, newer: try side(4, beside: renewed), path: path)
        wrong("other-key", "The key beside a checkpoint is the one that signed it.", borrowed.bytes, "unknownNode")
        let flipped = SplitEvidence.Side(key: four.key, checkpoint: four.checkpoint.dropLast() + [(four.checkpoint.last ?? 0) ^ 1])
        wrong(
            "wrong-signature", "One bit is flipped.", SplitEvidence(older: three, newer: flipped, path: path).bytes, TrustError.Code.wrongSignature.rawValue)
        let long = SplitEvidence(older: three, newer: four, path: Array(repeating: .zero, count: 66))
        wrong("long-path", "A path has at most 65 hashes.", long.bytes, FormatError.Code.limitExceeded.rawValue)
        wrong("version-two", "Another version is another format.", edited(two.bytes) { $0[1] = 2 }, FormatError.Code.unsupported.rawValue)
        wrong("leftover", "Nothing follows.", two.bytes + [0], FormatError.Code.leftover.rawValue)
    }

    /// `node,key`, as a reader has it from credentials.
    private func known(_ node: NodeID, _ key: SigningKey) -> String { "\(node),\(key.verifyingKey.coseKey.hex)" }
}
