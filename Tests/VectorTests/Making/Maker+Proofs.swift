import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

// Consistency receipts, and the asks that call for them.
extension Maker {
    /// A reader holds the province's checkpoints of these sizes, and knows it by one key.
    private func holding(_ sizes: UInt64...) throws -> [String: String] {
        [
            "network": scene.network.description, "node": scene.provinceNode.description, "key": scene.province.verifyingKey.coseKey.hex,
            "checkpoints": try sizes.map { try scene.checkpointEnvelope(size: $0).hex }.joined(separator: " "),
        ]
    }

    mutating func makeConsistencyReceipts() throws {
        let log = try GoldenLog(scene)
        let path = try log.consistency(3, 4)
        func valid(_ name: String, _ fact: String, _ bytes: [UInt8], _ given: [String: String]) { add("consistencyReceipt", name, fact, bytes, given: given) }
        valid("three-to-four", "The log of four goes on from the log of three.", try scene.consistencyReceipt(3, 4, path), try holding(4, 3))
        valid(
            "two-to-four", "From a power of two the path leaves out the old root.", try scene.consistencyReceipt(2, 4, try log.consistency(2, 4)),
            try holding(4, 2))
        valid("older-not-held", "A receipt is kept before its older checkpoint is here.", try scene.consistencyReceipt(3, 4, path), try holding(4))
        valid(
            "other-path", "The signature doesn't cover the path: one that doesn't lead to both signed roots proves nothing.",
            try scene.consistencyReceipt(3, 4, path.map { _ in .zero }), try holding(4, 3))
        valid(
            "signed-again", "Signed again, here under Ed25519's own number −19, it is the same receipt.",
            try scene.consistencyReceipt(3, 4, path) { protected, _ in protected.algorithm = -19 }, try holding(4, 3))
        try makeSM3ConsistencyReceipts()

        let given = try holding(4, 3)
        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String, _ given: [String: String]) {
            add("consistencyReceipt", name, fact, bytes, given: given, expect: code)
        }
        func wrong(_ name: String, _ fact: String, _ code: FormatError.Code, _ bytes: [UInt8]) { wrong(name, fact, bytes, code.rawValue, given) }
        func headers(_ change: (inout COSEHeader, inout COSEHeader) -> Void) throws -> [UInt8] { try scene.consistencyReceipt(3, 4, path, change) }
        func proofs(_ proofs: CBORItem) -> CBORItem { .map([.init(.integer(-2), proofs)]) }
        let attached = try scene.envelope(
            COSESign1(decoding: try scene.consistencyReceipt(3, 4, path)).protected,
            unprotected: COSESign1(decoding: try scene.consistencyReceipt(3, 4, path)).unprotected, payload: try log.root().bytes, key: scene.province)
        wrong("payload-attached", "The payload is detached.", .malformedEnvelope, attached.encode())
        wrong("other-type", "The type is its own.", .malformedHeader, try headers { protected, _ in protected.type = .text(StatementType.checkpoint.contentType) })
        wrong("other-structure", "vds is RFC9162_SHA256, 1, or its like under SM3.", .malformedHeader, try headers { protected, _ in protected[395] = 2 })
        wrong("inclusion-proof", "vdp holds a consistency proof, −2.", .malformedHeader, try headers { $1[396] = .map([.init(.integer(-1), $1[396]?[-2] ?? .null)]) })
        wrong(
            "two-proofs", "One receipt carries one proof.", .malformedHeader,
            try headers { $1[396] = proofs(.array(Array(repeating: $1[396]?[-2]?.array?[0] ?? .null, count: 2))) })
        wrong("more-unprotected", "Nothing else is unprotected.", .malformedHeader, try headers { $1[-70_999] = "later" })
        wrong(
            "issuer-in-capitals", "Node and epoch have one spelling.", .malformedHeader,
            try headers { protected, _ in
                protected.claims = COSEClaims(issuer: scene.provinceNode.hash.hex.uppercased(), subject: scene.provinceEpoch.description)
            })
        wrong("epoch-short", "An epoch has 16 bytes.", .malformedHeader, try headers { protected, _ in protected.claims?.subject = "c2731d44" })
        let further = CBORItem.map([
            .init(1, .text(scene.provinceNode.hash.hex)), .init(2, .text(scene.provinceEpoch.description)), .init(6, .integer(Scene.time / 1_000)),
        ])
        wrong("further-claim", "Of the claims there are issuer and subject.", .malformedHeader, try headers { protected, _ in protected[15] = further })
        wrong("further-header", "Of protected headers there are these five.", .malformedHeader, try headers { protected, _ in protected[-70_999] = "later" })
        for (name, older, newer) in [("same-size", 4, 4), ("backwards", 4, 3), ("from-nothing", 0, 4)] as [(String, UInt64, UInt64)] {
            let fact = older == 0 ? "An empty log proves nothing." : older == newer ? "The older size is below the newer." : "Logs grow."
            wrong(name, fact, .malformedHeader, try scene.consistencyReceipt(older, newer, path))
        }
        wrong("no-path", "A path has at least one hash.", .limitExceeded, try scene.consistencyReceipt(3, 4, []))
        wrong("long-path", "A path has at most 65 hashes.", .limitExceeded, try scene.consistencyReceipt(3, 4, Array(repeating: .zero, count: 66)))
        wrong("leftover", "Nothing follows a proof.", .leftover, try headers { $1[396] = proofs([.bytes(($1[396]?[-2]?.array?[0].bytes ?? []) + [0])]) })

        let good = try scene.consistencyReceipt(3, 4, path)
        wrong(
            "other-node", "A key speaks for the node to which a credential gives it.",
            try scene.consistencyReceipt(3, 4, path) { protected, _ in protected.claims?.issuer = scene.countyNode.hash.hex }, "unknownNode", given)
        wrong("of-a-stranger", "A key that no credential gives the node says nothing for it.", try scene.consistencyReceipt(3, 4, path, key: scene.stranger), "unknownNode", given)
        wrong(
            "other-epoch", "The checkpoint is one of the same epoch.",
            try scene.consistencyReceipt(3, 4, path) { protected, _ in protected.claims?.subject = scene.oldEpoch.description }, "unknownItem", given)
        wrong("newer-not-held", "The newer checkpoint has to be here: its root is what is signed.", good, "unknownItem", try holding(3))
        let signature = TrustError.Code.wrongSignature.rawValue
        wrong("other-root", "The signature is over the newer checkpoint's root.", try scene.consistencyReceipt(3, 4, path, root: .zero), signature, given)
        wrong("wrong-signature", "One bit is flipped.", good.dropLast() + [(good.last ?? 0) ^ 1], signature, given)
    }

    /// What a GM network has besides, over the tree under SM3.
    private mutating func makeSM3ConsistencyReceipts() throws {
        let log = try GoldenLog(scene, .sm3)
        let path = try log.consistency(3, 4)
        var given = try holding(4, 3)
        given["checkpoints"] = try [4, 3].map { size in try scene.checkpointEnvelope(size: size) { $0.sm3Root = try? log.root(size) }.hex }.joined(separator: " ")
        func receipt(_ path: [Hash32], root: Hash32? = nil) throws -> [UInt8] { try scene.consistencyReceipt(3, 4, path, hash: .sm3, root: root) }
        add("consistencyReceipt", "sm3", "In a GM network the log goes on under SM3 too; vds is −132905.", try receipt(path), given: given)
        add(
            "consistencyReceipt", "sm3-other-path", "A path of the tree under SHA-256 leads to no root under SM3.",
            try receipt(try GoldenLog(scene).consistency(3, 4)), given: given)
        add(
            "consistencyReceipt", "sm3-other-root", "The signature is over the root under SM3.", try receipt(path, root: try GoldenLog(scene).root()), given: given,
            expect: TrustError.Code.wrongSignature.rawValue)
        add(
            "consistencyReceipt", "sm3-without-root", "A checkpoint without a root under SM3 is none to end in.", try receipt(path), given: try holding(4, 3),
            expect: "unknownItem")
    }

    mutating func makeAsks() throws {
        let given = [
            "network": scene.network.description, "node": scene.countyNode.description, "key": scene.county.verifyingKey.coseKey.hex,
            "of": scene.provinceNode.description,
        ]
        func ask(_ sizes: [LogAsk.Size], _ checkpoints: [Hash32]) -> LogAsk {
            LogAsk(
                network: scene.network, node: scene.countyNode, of: scene.provinceNode, written: Written(milliseconds: Scene.time + 5_000), sizes: sizes,
                checkpoints: checkpoints)
        }
        func signed(_ content: [UInt8], _ key: SigningKey? = nil) throws -> [UInt8] { try Statement.sign(content, as: .ask, key: key ?? scene.county) }
        let whole = ask(
            [.init(epoch: scene.provinceEpoch, size: 3), .init(epoch: scene.provinceEpoch, size: 2), .init(epoch: scene.oldEpoch, size: 7)],
            [sha256([1]), sha256([2])])
        let form = whole.explicitForm
        add("ask", "sizes-and-checkpoints", "What to prove from, and which checkpoints are lacking.", try signed(form), given: given)
        add("ask", "nothing", "One without wishes takes the earlier ones back.", try signed(ask([], []).explicitForm), given: given)
        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String) { add("ask", name, fact, bytes, given: given, expect: code) }
        func wrong(_ name: String, _ fact: String, _ code: FormatError.Code, _ change: (inout [CBORItem]) -> Void) throws {
            wrong(name, fact, try signed(edited(form, change)), code.rawValue)
        }
        try wrong("sizes-unsorted", "Sizes ascend, by epoch first.", .unsortedKeys) { $0[6] = .array(Array(($0[6].array ?? []).reversed())) }
        try wrong("size-twice", "A size stands once.", .unsortedKeys) { $0[6] = .array(Array(repeating: $0[6].array?[0] ?? .null, count: 2)) }
        try wrong("checkpoints-unsorted", "Checkpoints ascend.", .unsortedKeys) { $0[7] = .array(Array(($0[7].array ?? []).reversed())) }
        try wrong("checkpoint-twice", "A checkpoint stands once.", .unsortedKeys) { $0[7] = .array(Array(repeating: $0[7].array?[0] ?? .null, count: 2)) }
        let epoch = scene.provinceEpoch.bytes
        try wrong("many-sizes", "At most 512 sizes.", .limitExceeded) { $0[6] = .array((1...513).map { [.bytes(epoch), .integer($0)] }) }
        let many = (0..<513).map { sha256([UInt8($0 >> 8), UInt8($0 & 255)]) }.sorted()
        try wrong("many-checkpoints", "At most 512 checkpoints.", .limitExceeded) { $0[7] = .array(many.map { .bytes($0.bytes) }) }
        try wrong("epoch-short", "An epoch has 16 bytes.", .wrongType) { $0[6] = [[.bytes([1]), 3]] }
        try wrong("version-two", "Another version is another format.", .unsupported) { $0[1] = 2 }
        wrong("leftover", "Nothing follows.", try signed(form + [0]), FormatError.Code.leftover.rawValue)
        try wrong("other-network", "Of another network.", .wrongNetwork) { $0[2] = .bytes(Hash32.zero.bytes) }
        let stranger = CBORItem.bytes(scene.stranger.verifyingKey.nodeID.hash.bytes)
        wrong("of-a-stranger", "The log is one of a node of the network.", try signed(edited(form) { $0[4] = stranger }), "unknownNode")
        wrong("by-a-stranger", "Who asks is known by a credential.", try signed(form, scene.stranger), "unknownNode")
        wrong(
            "for-another", "Nobody asks in another's name.", try signed(edited(form) { $0[3] = .bytes(scene.provinceNode.hash.bytes) }), "unknownNode")
        wrong("other-type", "A receipt's type is no ask's.", try Statement.sign(form, as: .receipt, key: scene.county), FormatError.Code.malformedHeader.rawValue)
        let good = try signed(form)
        wrong("wrong-signature", "One bit is flipped.", good.dropLast() + [(good.last ?? 0) ^ 1], TrustError.Code.wrongSignature.rawValue)
    }
}

extension Scene {
    /// A checkpoint of the province's log at this size, or of what somebody says of it.
    func checkpointEnvelope(size: UInt64, _ change: (inout Checkpoint) -> Void = { _ in }, key: SigningKey? = nil) throws -> [UInt8] {
        var checkpoint = try checkpoint()
        checkpoint.size = size
        checkpoint.root = try GoldenLog(self).root(size)
        if size < 4 { checkpoint.written = Written(milliseconds: Scene.time + Int64(size) * 100) }
        change(&checkpoint)
        return try Statement.sign(checkpoint.explicitForm, as: .checkpoint, key: key ?? province)
    }

    func consistencyReceipt(
        _ older: UInt64, _ newer: UInt64, _ path: [Hash32], hash: HashAlgorithm = .sha256, root: Hash32? = nil, key: SigningKey? = nil,
        _ change: (inout COSEHeader, inout COSEHeader) -> Void = { _, _ in }
    ) throws -> [UInt8] {
        let key = key ?? province
        var (protected, unprotected) = ConsistencyReceipt.headers(
            hash, node: provinceNode, epoch: provinceEpoch, older: older, newer: newer, path: path, keyID: key.verifyingKey.thumbprint)
        protected.algorithm = Int64(key.suite.rawValue)
        change(&protected, &unprotected)
        let payload = try (root ?? GoldenLog(self, hash).root(newer)).bytes
        let input = COSESign1.signatureInput(protectedBytes: protected.encode(), payload: payload)
        return COSESign1(protected: protected, unprotected: unprotected, payload: nil, signature: try key.sign(input)).encode()
    }
}
