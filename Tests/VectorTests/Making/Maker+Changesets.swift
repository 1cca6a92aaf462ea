import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

extension Maker {
    /// What a receiver of a changeset holds: network, the named credential's key and subject, and the feed before it.
    func receiving(previous: String = "", key: SigningKey? = nil, subject: NodeID? = nil) -> [String: String] {
        [
            "network": scene.network.description, "rehearsal": "true", "key": (key ?? scene.county).verifyingKey.coseKey.hex,
            "subject": (subject ?? scene.countyNode).description, "previous": previous,
        ]
    }

    mutating func makeChangesets() throws {
        let feed = previous([(1, 0, scene.first)])
        add("changeset", "first", "The first of a feed: no predecessor, one new operation.", try scene.firstChangeset().bytes, given: receiving())
        add("changeset", "second", "The second names the first as predecessor.", try scene.secondChangeset().bytes, given: receiving(previous: feed))
        add(
            "changeset", "grant", "A credential travels as an operation; the root node's own credential is the hash of its root statement.",
            try scene.grantChangeset().bytes, given: receiving(key: scene.province, subject: scene.provinceNode))
        let resuming = scene.header { header in
            header.resumes = [.init(epoch: scene.oldEpoch, head: ChangesetID(scene.network.hash))]
            header.checkpoint = sha256([1])
        }
        add(
            "changeset", "resumes", "The first of an epoch names the heads of the epochs before, and the newest superior checkpoint held.",
            try scene.sign(resuming, scene.firstBody).bytes, given: receiving())
        add(
            "changeset", "algorithm-by-curve", "Ed25519's own number −19 is accepted for the same key; it is another changeset.",
            try scene.sign(scene.header(), scene.firstBody) { $0.algorithm = -19 }.bytes, given: receiving())
        add(
            "changeset", "unknown-header", "A protected header that is not critical is kept and signed.",
            try scene.sign(scene.header(), scene.firstBody) { $0[-70_999] = "later" }.bytes, given: receiving())
        for (name, key) in [("p256", scene.p256), ("sm2", scene.sm2)] {
            let header = scene.header { $0.feed = Feed(node: key.verifyingKey.nodeID, epoch: scene.countyEpoch, partition: Scene.work) }
            let made = try scene.sign(header, scene.firstBody, key: key).bytes
            add(
                "changeset", name, "Signatures of \(name == "sm2" ? "SM2 with SM3" : "ECDSA on P-256") stand raw, r then s.",
                try kept("changeset/\(name)", made), given: receiving(key: key, subject: key.verifyingKey.nodeID))
        }
    }

    /// ECDSA and SM2 sign with random numbers: the file stays as it is while what is signed is the same.
    private func kept(_ path: String, _ made: [UInt8]) throws -> [UInt8] {
        guard let old = VectorFiles.read(path)?.content, let id = try? UnverifiedChangeset(try ChangesetItem(old)).id else { return made }
        return try id == UnverifiedChangeset(try ChangesetItem(made)).id ? old : made
    }

    /// One for each check, in their order.
    mutating func makeInvalidChangesets() throws {
        let good = try scene.firstChangeset()
        let body = scene.firstBody
        let digest = sha256(body).bytes
        func add(_ name: String, _ fact: String, _ item: ChangesetItem, _ code: String, _ given: [String: String]? = nil) {
            self.add("changeset", name, fact, item.bytes, given: given ?? receiving(), expect: code)
        }
        func add(_ name: String, _ fact: String, _ item: ChangesetItem, _ code: FormatError.Code) { add(name, fact, item, code.rawValue) }
        func with(_ envelope: [UInt8]) -> ChangesetItem { ChangesetItem(envelope: envelope, compressedBody: storedFrame(body)) }
        func header(_ change: (inout ChangesetHeader) -> Void) throws -> ChangesetItem { try scene.sign(scene.header(change), body) }
        func form(_ change: (inout [CBORItem]) -> Void) throws -> ChangesetItem {
            let whole = cbor { encoder in scene.header { $0.bodyLength = body.count }.encode(into: &encoder) }
            return with(try scene.envelope(scene.protected(form: edited(whole, change)), payload: digest).encode())
        }
        func protected(_ change: (inout COSEHeader) -> Void) throws -> ChangesetItem { try scene.sign(scene.header(), body, change) }

        self.add("changeset", "01-item-leftover", "An item is an envelope and a body, nothing else.", good.bytes + [0], given: receiving(), refused: .leftover)
        add(
            "02-envelope-limit", "An envelope has at most 16 KiB.", try protected { $0[-70_999] = .bytes([UInt8](repeating: 0, count: 16_384)) },
            FormatError.Code.limitExceeded)
        add("03-untagged", "An envelope has the tag 18.", with(Array(good.envelope.dropFirst())), .malformedEnvelope)
        add("04-long-head", "An envelope is deterministic CBOR.", with([0xd8, 0x12] + good.envelope.dropFirst()), .notShortest)
        let plain = scene.protected(scene.header(), body)
        let entries = plain.encode()
        let swapped = [entries[0]] + entries[3..<38] + entries[1..<3] + entries[38...]
        add(
            "05-headers-unsorted", "Protected headers ascend.", with(edited(Array(good.envelope.dropFirst())) { $0[0] = .bytes(swapped) }.tagged18),
            .unsortedKeys)
        let open = try scene.envelope(plain, payload: digest)
        add(
            "06-algorithm-unprotected", "The algorithm is protected.",
            with(
                edited(Array(open.encode().dropFirst())) { items in
                    items[0] = .bytes(plain.with { $0.algorithm = nil }.encode())
                    items[1] = .map([.init(1, -8)])
                }.tagged18), .algorithmNotProtected)
        add(
            "07-unknown-critical", "A critical header that the reader doesn't know refuses the envelope.",
            try protected {
                $0[2] = [-70_999]; $0[-70_999] = true
            }, .unknownCritical)
        add(
            "08-unprotected-header", "Nothing stands outside the signature, or one identity would have many envelopes.",
            with(edited(Array(good.envelope.dropFirst())) { $0[1] = .map([.init(99, 1)]) }.tagged18), .malformedEnvelope)
        add("09-other-type", "The type says that it is a changeset.", try protected { $0.type = "application/tiaokuai-receipt" }, .malformedHeader)
        add("10-other-hash", "The body's digest is SHA-256.", try protected { $0.payloadHashAlgorithm = COSEAlgorithm.sm3 }, .unsupportedAlgorithm)
        add("11-short-key-id", "The key id is the key's whole thumbprint.", try protected { $0.keyID = [1] }, .malformedHeader)
        add("12-short-payload", "The payload is a digest of 32 bytes.", with(try scene.envelope(plain, payload: [1]).encode()), .malformedHeader)
        add("13-version-two", "Another version is another format.", try form { $0[0] = 2 }, .unsupported)
        add("14-local-partition", "The local partition has no feed.", try form { $0[4] = [2] }, .wrongType)
        add("15-body-length", "A body has at most 16 MiB.", try form { $0[7] = .unsigned(1 << 24 + 1) }, .outOfRange)
        add("16-count", "A changeset has at most 4,096 operations.", try form { $0[8] = 4_097 }, .outOfRange)
        add(
            "17-resumes-unsorted", "Earlier epochs ascend.",
            try form { items in
                items[13] = [[.bytes([UInt8](repeating: 2, count: 16)), .bytes(digest)], [.bytes([UInt8](repeating: 1, count: 16)), .bytes(digest)]]
            }, .unsortedKeys)
        add(
            "18-resumes-late", "Only the first of an epoch names earlier ones.",
            try header { header in
                header.sequence = 2
                header.predecessor = ChangesetID(.zero)
                header.resumes = [.init(epoch: scene.oldEpoch, head: ChangesetID(.zero))]
            }, .malformedHeader)
        add("19-first-with-predecessor", "Sequence 1 has no predecessor.", try header { $0.predecessor = ChangesetID(.zero) }, .malformedHeader)
        add("20-second-without-predecessor", "Every other has one.", try header { $0.sequence = 2 }, .malformedHeader)
        add(
            "21-sequence-zero", "Sequences begin with 1.",
            try header { header in
                header.sequence = 0
                header.predecessor = ChangesetID(.zero)
            }, .malformedHeader)
        add(
            "22-header-leftover", "Nothing follows the private header.",
            with(
                try scene.envelope(plain.with { $0[ChangesetHeader.label] = .bytes(($0[ChangesetHeader.label]?.bytes ?? []) + [0]) }, payload: digest).encode()),
            .leftover)
        add(
            "23-other-issuer", "The issuer that any COSE tool shows is the feed's node.",
            try protected { $0.claims = COSEClaims(issuer: scene.provinceNode.description) }, .malformedHeader)
        add("24-other-network", "A network takes its own changesets only.", try header { $0.network = NetworkID(.zero) }, NodeError.Code.wrongNetwork.rawValue)
        add(
            "25-rehearsal", "What is rehearsed stays in rehearsals, what is real outside them.", try header { $0.isRehearsal = false },
            NodeError.Code.rehearsalMismatch.rawValue)
        add(
            "26-other-key", "Signed by another key than the credential's.", try scene.sign(scene.header(), body, key: scene.stranger),
            TrustError.Code.wrongKey.rawValue)
        add("27-other-algorithm", "The algorithm is one of the key's suite.", try protected { $0.algorithm = -7 }, TrustError.Code.wrongAlgorithm.rawValue)
        add(
            "28-wrong-signature", "One bit of the signature is flipped.", with(good.envelope.dropLast() + [(good.envelope.last ?? 0) ^ 1]),
            TrustError.Code.wrongSignature.rawValue)
        add("29-other-subject", "The credential is the feed's node's own.", good, TrustError.Code.wrongKey.rawValue, receiving(subject: scene.provinceNode))
        add(
            "30-frame-too-long", "A compressed body is no longer than its content needs.",
            ChangesetItem(envelope: good.envelope, compressedBody: storedFrame(body) + skippable(2_000)), .limitExceeded)
        add(
            "31-second-frame", "A compressed body is one frame: no unsigned bytes ride along.",
            ChangesetItem(envelope: good.envelope, compressedBody: storedFrame(body) + skippable(4)), .compression)
        add(
            "32-other-length", "It unpacks to the signed length.", ChangesetItem(envelope: good.envelope, compressedBody: storedFrame(body + [0])), .compression
        )
        add("32-shorter-body", "And to no less.", try form { $0[7] = .unsigned(UInt64(body.count + 1)) }, .compression)
        add(
            "33-other-body", "The digest is that of the body.",
            ChangesetItem(envelope: good.envelope, compressedBody: storedFrame(body.dropLast() + [(body.last ?? 0) ^ 1])), .malformedBody)
        add(
            "34-malformed-body", "A signed body that can't be read is void as a whole; the feed goes on.", try scene.sign(scene.header { $0.count = 2 }, body),
            .malformedBody)
        let personal = scene.figure([.init(FieldNumber(index: 16, class: .personal), "张三")])
        add(
            "35-personal-field", "A body that holds personal data is void as a whole.", try scene.sign(scene.header(), scene.body([scene.new(personal)])),
            .personalField)
        add(
            "36-earlier-check-first", "With signature and body both wrong, the signature is what is told.",
            ChangesetItem(envelope: good.envelope.dropLast() + [(good.envelope.last ?? 0) ^ 1], compressedBody: [0]), TrustError.Code.wrongSignature.rawValue)
    }

    private func skippable(_ count: Int) -> [UInt8] {
        [0x50, 0x2a, 0x4d, 0x18, UInt8(count & 255), UInt8(count >> 8), 0, 0] + [UInt8](repeating: 0, count: count)
    }
}

extension COSEHeader {
    func with(_ change: (inout COSEHeader) -> Void) -> COSEHeader {
        var copy = self
        change(&copy)
        return copy
    }
}

extension [UInt8] {
    /// The tag of COSE_Sign1 before an array.
    var tagged18: [UInt8] { [0xd2] + self }
}
