import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

extension Maker {
    mutating func makeKeys() throws {
        self.add("key", "ed25519", "A node's id is the SHA-256 of its first key, as RFC 9679 spells it.", scene.county.verifyingKey.coseKey)
        self.add("key", "p256", "P-256, both coordinates whole.", scene.p256.verifyingKey.coseKey)
        self.add("key", "sm2", "SM2, its curve under the private number of its algorithm.", scene.sm2.verifyingKey.coseKey)
        let (ed, p256) = (scene.county.verifyingKey.coseKey, scene.p256.verifyingKey.coseKey)
        func ed25519(_ raw: [UInt8]) -> [UInt8] { Array(ed.dropLast(32)) + raw }
        func add(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: TrustError.Code) { self.add("key", name, fact, bytes, expect: code.rawValue) }
        add("small-order", "Under a key of small order a signature proves nothing.", ed25519([1] + [UInt8](repeating: 0, count: 31)), .smallOrderKey)
        add("not-reduced", "A coordinate beyond p is a second spelling.", ed25519([0xf0] + [UInt8](repeating: 0xff, count: 30) + [0x7f]), .malformedKey)
        add("extra-parameter", "Nothing but what the thumbprint covers.", [0xa4] + ed.dropFirst() + [0x20 + 3, 0x00], .malformedKey)
        add("fewer-announced", "And no fewer than it announces.", [0xa2] + ed.dropFirst(), .malformedKey)
        add("off-curve", "A point lies on its curve.", p256.dropLast() + [(p256.last ?? 0) ^ 1], .malformedKey)
        add("other-curve", "Ed448 is no suite of ours.", ed.replacing([0x20, 0x06], by: [0x20, 0x07]), .unsupportedSuite)
        add("leftover", "Nothing follows.", ed + [0], .malformedKey)
    }

    mutating func makeRoots() throws {
        let first = scene.rootStatement
        let envelope = try scene.rootEnvelope()
        func signed(_ content: [UInt8], _ key: SigningKey? = nil) throws -> [UInt8] { try Statement.sign(content, as: .root, key: key ?? scene.province) }
        var second = first
        second.number = 2
        second.previous = scene.network.hash
        second.keys = [scene.p256.verifyingKey.coseKey, scene.province.verifyingKey.coseKey]
        let before = ["previous": envelope.hex]
        add("root", "founding", "Root statement 1; the SHA-256 of its content names the network.", envelope)
        add("root", "second", "Statement 2 names the one before and is signed by one of its keys.", try signed(second.explicitForm), given: before)
        let form = first.explicitForm
        add("root", "wrong-signature", "One bit is flipped.", envelope.dropLast() + [(envelope.last ?? 0) ^ 1], expect: TrustError.Code.wrongSignature.rawValue)
        add("root", "other-key", "Statement 1 is signed by one of its own keys.", try signed(form, scene.stranger), expect: TrustError.Code.wrongKey.rawValue)
        add(
            "root", "second-by-new-key", "A key that statement 2 brings can't sign it.",
            try signed(edited(second.explicitForm) { $0[8] = [.bytes(scene.stranger.verifyingKey.coseKey)] }, scene.stranger), given: before,
            expect: TrustError.Code.wrongKey.rawValue)
        add(
            "root", "other-previous", "The chain is not to be broken.", try signed(edited(second.explicitForm) { $0[3] = .bytes(sha256([]).bytes) }),
            given: before, expect: "notAChain")
        add(
            "root", "number-skipped", "Numbers have no gap.", try signed(edited(second.explicitForm) { $0[2] = 3 }), given: before, expect: "notAChain")
        add(
            "root", "first-with-previous", "Statement 1 has no previous.", try signed(edited(form) { $0[3] = .bytes(sha256([]).bytes) }),
            refused: .malformedHeader)
        add("root", "nonce-short", "The nonce has 16 bytes.", try signed(edited(form) { $0[4] = .bytes([1]) }), refused: .malformedHeader)
        add("root", "no-keys", "A root has 1 to 16 keys.", try signed(edited(form) { $0[8] = [] }), refused: .outOfRange)
        add("root", "threshold-zero", "Somebody signs.", try signed(edited(form) { $0[7] = 0 }), refused: .outOfRange)
        try makeRootsOfSeveralKeys()
        add(
            "root", "other-type", "A checkpoint's type is no root's.", try Statement.sign(form, as: .checkpoint, key: scene.province), refused: .malformedHeader
        )
        add("root", "other-algorithm", "The algorithm is one of the key's suite.", try foreignAlgorithm(form), expect: TrustError.Code.wrongAlgorithm.rawValue)
        add("root", "leftover", "Nothing follows the grant.", try signed(form + [0]), refused: .leftover)
    }

    /// Two of the province's and the stranger's keys must sign.
    private mutating func makeRootsOfSeveralKeys() throws {
        var root = scene.rootStatement
        root.keys = [scene.province, scene.stranger].map(\.verifyingKey.coseKey)
        root.threshold = 2
        let form = root.explicitForm
        let parts = try [scene.province, scene.stranger].map { try Statement.sign(form, as: .root, key: $0) }
        func list(_ parts: [[UInt8]]) -> [UInt8] {
            var encoder = CBOREncoder()
            encoder.arrayHeader(parts.count)
            for part in parts { encoder.byteString(part) }
            return encoder.bytes
        }
        let both = try SignedRoot.joining(parts)
        let sorted = both.signatures.map(\.bytes)
        add("root", "two-of-two", "Two keepers' signatures over one content, ascending by key id.", both.bytes)
        add(
            "root", "threshold-two", "One signature where two are needed is too few.", parts[0],
            expect: TrustError.Code.tooFewSignatures.rawValue)
        add("root", "signatures-unsorted", "Signatures ascend by key id.", list(sorted.reversed()), refused: .unsortedKeys)
        add("root", "signature-twice", "A keeper signs once.", list([sorted[0], sorted[0]]), refused: .unsortedKeys)
        add("root", "list-of-one", "One signature is no list.", list([parts[0]]), refused: .outOfRange)
        let other = try Statement.sign(edited(form) { $0[5] = 2 }, as: .root, key: scene.stranger)
        let mixed = [try UnverifiedStatement(parts[0], .root), try UnverifiedStatement(other, .root)].sorted { $0.keyID < $1.keyID }.map(\.bytes)
        add("root", "two-contents", "All sign the same content.", list(mixed), refused: .malformedEnvelope)
        add(
            "root", "key-twice", "A key listed twice is one keeper.",
            try Statement.sign(edited(form) { $0[8] = .array(Array(repeating: .bytes(root.keys[0]), count: 2)) }, as: .root, key: scene.province),
            refused: .outOfRange)
    }

    private func foreignAlgorithm(_ content: [UInt8]) throws -> [UInt8] {
        var header = COSEHeader()
        header.keyID = scene.province.verifyingKey.thumbprint.bytes
        header.type = .text(StatementType.root.contentType)
        header.algorithm = -7
        return try scene.envelope(header, payload: content, key: scene.province).encode()
    }

    mutating func makeCredentials() throws {
        let county = scene.countyCredential
        var city = county
        city.lines = ["civil", "hrss"]
        city.mayIssue = .init(region: "620724", depth: 2)
        city.validTo = Day(number: Scene.day.number + 365)
        let units = county.writes.map(\.unit)
        let digest = CredentialContent.consentDigest(
            network: scene.network, signingKey: scene.stranger.verifyingKey.coseKey, lineage: .takesOver, units: units)
        let consent = try Statement.sign(digest.bytes, as: .consent, key: scene.county)
        var taking = county
        taking.subject = scene.stranger.verifyingKey.nodeID
        taking.signingKey = scene.stranger.verifyingKey.coseKey
        taking.lineage = .takesOver
        taking.heads = [ChangesetID(sha256([1])), ChangesetID(sha256([2]))].sorted()
        taking.consents = [consent]
        self.add("credential", "county", "A county: two units, every line, may not issue.", county.explicitForm)
        self.add("credential", "lines-and-issuing", "Some lines only, for a year, and two further levels below.", city.explicitForm)
        self.add("credential", "takes-over", "A takeover lists the heads that still count, and carries the old key's consent.", taking.explicitForm)
        let form = city.explicitForm
        func add(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: FormatError.Code) { self.add("credential", name, fact, bytes, refused: code) }
        add("lines-unsorted", "Lines ascend.", edited(form) { $0[5] = ["620724", ["hrss", "civil"]] }, .unsortedKeys)
        add("unit-twice", "A unit stands once.", edited(form) { $0[6] = .array(Array(repeating: $0[6].array?[0] ?? .null, count: 2)) }, .unsortedKeys)
        add("unknown-lineage", "Lineage is first, joins or takes over.", edited(form) { $0[10] = 3 }, .reserved)
        add("depth-nine", "At most eight further levels.", edited(form) { $0[7] = ["620724", 9] }, .outOfRange)
        add("day-out-of-range", "A day has 32 bits.", edited(form) { $0[8] = .unsigned(1 << 31) }, .outOfRange)
        add("region-name", "A region is a permanent name.", edited(form) { $0[5] = ["高台", .null] }, .invalidText)
        add("version-two", "Another version is another format.", edited(form) { $0[0] = 2 }, .unsupported)
        add("leftover", "Nothing follows.", form + [0], .leftover)

        let given = [
            "network": scene.network.description, "signingKey": scene.stranger.verifyingKey.coseKey.hex, "lineage": "2",
            "units": units.map(\.text).joined(separator: " "), "key": scene.county.verifyingKey.coseKey.hex,
        ]
        self.add("consent", "takes-over", "An old key agrees that a new one writes its units in its stead.", consent, given: given)
        self.add(
            "consent", "other-units", "A consent covers exactly the units that it names.", consent, given: given.merging(["units": "620724.gov"]) { $1 },
            expect: "otherConsent")

        let cut = CutContent(
            credential: scene.grant.identity.hash, subject: scene.countyNode, heads: [ChangesetID(sha256([2])), ChangesetID(sha256([1]))], reason: "密钥遗失")
        self.add("cut", "two-heads", "Nothing of the key outside the ancestry of these heads has effect.", cut.explicitForm)
        self.add("cut", "no-heads", "Nothing of it ever counted.", edited(cut.explicitForm) { $0[3] = [] })
        self.add(
            "cut", "heads-unsorted", "Heads ascend.", edited(cut.explicitForm) { $0[3] = .array(Array(($0[3].array ?? []).reversed())) }, refused: .unsortedKeys
        )
        self.add("cut", "leftover", "Nothing follows.", cut.explicitForm + [0], refused: .leftover)

        let request = EnrolmentRequest(
            name: "高台县", signingKey: scene.county.verifyingKey.coseKey, sealingKey: scene.countySealing, region: "620724", lines: nil, writes: county.writes,
            depth: nil, written: Written(milliseconds: Scene.time))
        func signed(_ content: [UInt8], _ key: SigningKey) throws -> [UInt8] { try Statement.sign(content, as: .request, key: key) }
        self.add(
            "request", "county", "A request is signed with the key that it names; twelve digits of its digest are read over the phone.",
            try signed(request.explicitForm, scene.county))
        var rotating = request
        rotating.node = scene.countyNode
        rotating.signingKey = scene.stranger.verifyingKey.coseKey
        rotating.lineage = .takesOver
        self.add("request", "rotates", "A new key for a node that there is: the request names the node.", try signed(rotating.explicitForm, scene.stranger))
        self.add(
            "request", "other-key", "Nobody asks in another's name.", try signed(request.explicitForm, scene.stranger),
            expect: TrustError.Code.wrongKey.rawValue)
        self.add(
            "request", "units-unsorted", "Units ascend.",
            try signed(edited(request.explicitForm) { $0[7] = .array(Array(($0[7].array ?? []).reversed())) }, scene.county), refused: .unsortedKeys)
        self.add(
            "request", "version-two", "Another version is another format.", try signed(edited(request.explicitForm) { $0[1] = 2 }, scene.county),
            refused: .unsupported)
    }
}
