import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust
import TiaokuaiWork

/// The fixed world of the golden files: a province, a county, a stranger; keys, epochs and salts out of one seed, times and
/// figures written down. Ed25519 signs the same bytes twice alike, so everything can be made again.
struct Scene {
    let province, county, stranger: SigningKey
    let provinceEpoch, countyEpoch, oldEpoch: Epoch
    let provinceSealing, countySealing: [UInt8]
    let nonce: [UInt8]
    let salts: [[UInt8]]
    let p256, sm2: SigningKey

    static let seed: UInt64 = 20_200_814
    static let time: Int64 = 1_597_305_600_000
    static let day = Day(number: 18_487)
    static let work = Partition.work("620724", nil)
    static let policy = Partition.policy("620724")
    static let value = CellKind.value

    init() throws {
        var random = SplitMix64(seed: Scene.seed)
        province = try SigningKey(.ed25519, secret: random.bytes(32))
        county = try SigningKey(.ed25519, secret: random.bytes(32))
        stranger = try SigningKey(.ed25519, secret: random.bytes(32))
        p256 = try SigningKey(.p256, secret: random.bytes(32))
        sm2 = try SigningKey(.sm2, secret: random.bytes(32))
        provinceSealing = try SealingKey(secret: random.bytes(32)).publicKey.coseKey
        countySealing = try SealingKey(secret: random.bytes(32)).publicKey.coseKey
        (provinceEpoch, countyEpoch, oldEpoch) = (Scene.epoch(&random), Scene.epoch(&random), Scene.epoch(&random))
        nonce = random.bytes(16)
        salts = (0..<4).map { _ in random.bytes(16) }
    }

    private static func epoch(_ random: inout SplitMix64) -> Epoch { Epoch(high: random.next(), low: random.next()) }

    // MARK: The network

    var provinceNode: NodeID { province.verifyingKey.nodeID }
    var countyNode: NodeID { county.verifyingKey.nodeID }

    var rootStatement: RootStatement {
        RootStatement(
            number: 1, previous: nil, nonce: nonce, isRehearsal: true, threshold: 1, keys: [province.verifyingKey.coseKey],
            grant: CredentialContent(
                subject: provinceNode, name: "甘肃省", signingKey: province.verifyingKey.coseKey, sealingKey: provinceSealing, region: "620000",
                writes: [.init("620000.gov", "620000", isGovernment: true)], mayIssue: .init(region: "620000", depth: 8), validFrom: Scene.day))
    }

    var network: NetworkID { NetworkID(sha256(rootStatement.explicitForm)) }

    func rootEnvelope() throws -> [UInt8] { try Statement.sign(rootStatement.explicitForm, as: .root, key: province) }

    var countyCredential: CredentialContent {
        CredentialContent(
            subject: countyNode, name: "高台县", signingKey: county.verifyingKey.coseKey, sealingKey: countySealing, region: "620724",
            writes: [.init("620724.gov", "620724", isGovernment: true), .init("620724.ndrc", "620724")], mayIssue: nil, validFrom: Scene.day)
    }

    /// The operation with which the province grants the county's credential.
    var grantKey: RecordKey { RecordKey(Scene.policy, "credential", ["620000.gov", .bytes(countyNode.hash.bytes), 1]) }

    var grant: Operation {
        Operation(
            record: grantKey.identity(in: network), unit: "620000.gov", person: "zhang", written: Written(milliseconds: Scene.time),
            origin: Origin(epoch: provinceEpoch, number: 1), fields: [.init(CredentialKind.content, .bytes(countyCredential.explicitForm))])
    }

    // MARK: The county's figures

    var cell: RecordKey { RecordKey(Scene.work, "cell", ["grainReserveDays", "2020-08"]) }

    func figure(
        _ fields: [Operation.Field], number: UInt64 = 1, key: RecordKey? = nil, unit: UnitID = "620724.ndrc", under: OperationID? = nil,
        seen: [OperationID] = [], names: [OperationID] = [], epoch: Epoch? = nil, written: Int64? = nil
    ) -> Operation {
        Operation(
            record: (key ?? cell).identity(in: network), unit: unit, person: "li",
            written: Written(milliseconds: written ?? Scene.time + Int64(number) * 60_000),
            origin: Origin(epoch: epoch ?? countyEpoch, number: number), under: under, seen: seen.sorted(), names: names.sorted(), fields: fields)
    }

    /// 14.2 days, then 15.6.
    var first: Operation { figure([.init(Scene.value, Scene.decimal(142, -1))]) }
    var second: Operation { figure([.init(Scene.value, Scene.decimal(156, -1))], number: 2, seen: [first.identity]) }

    static func decimal(_ mantissa: Int64, _ exponent: Int) -> Value {
        guard let decimal = try? ExactDecimal(mantissa: mantissa, exponent: exponent) else { preconditionFailure("not a decimal") }
        return .decimal(decimal)
    }

    // MARK: Bodies and changesets

    func body(_ operations: [CarriedOperation], epoch: Epoch? = nil, salt: Int = 0) -> [UInt8] {
        var encoder = BodyEncoder(epoch: epoch ?? countyEpoch)
        for operation in operations { encoder.append(operation) }
        return encoder.finish(salt: salts[salt])
    }

    func new(_ operation: Operation, _ key: RecordKey? = nil) -> CarriedOperation {
        let key = key ?? cell
        return CarriedOperation(id: operation.identity, operation: operation, kind: key.kind, carriage: .new(values: key.values))
    }

    func next(_ operation: Operation, delta: UInt32, index: UInt32, after previous: Operation) -> CarriedOperation {
        CarriedOperation(
            id: operation.identity, operation: operation, kind: "cell",
            carriage: .next(sequenceDelta: delta, index: index, previous: previous.identity))
    }

    var countyFeed: Feed { Feed(node: countyNode, epoch: countyEpoch, partition: Scene.work) }

    func header(_ change: (inout ChangesetHeader) -> Void = { _ in }) -> ChangesetHeader {
        var header = ChangesetHeader(
            network: network, feed: countyFeed, sequence: 1, predecessor: nil, bodyLength: 0, count: 1, credential: grant.identity.hash,
            rootStatement: 1, checkpoint: nil, isRehearsal: true)
        change(&header)
        return header
    }

    var firstBody: [UInt8] { body([new(first)]) }
    var secondBody: [UInt8] { body([next(second, delta: 1, index: 0, after: first)], salt: 1) }

    func firstChangeset() throws -> ChangesetItem { try sign(header(), firstBody) }

    func secondChangeset() throws -> ChangesetItem {
        let before = try id(firstChangeset())
        return try sign(
            header {
                $0.sequence = 2; $0.predecessor = before
            }, secondBody)
    }

    func grantChangeset() throws -> ChangesetItem {
        let body = body([new(grant, grantKey)], epoch: provinceEpoch, salt: 2)
        let header = header {
            $0.feed = Feed(node: provinceNode, epoch: provinceEpoch, partition: Scene.policy)
            $0.credential = network.hash
        }
        return try sign(header, body, key: province)
    }

    func id(_ item: ChangesetItem) throws -> ChangesetID { try UnverifiedChangeset(item).id }
}

// Envelopes put together by hand, so that each part can be wrong alone.
extension Scene {
    func protected(_ header: ChangesetHeader, _ body: [UInt8], key: SigningKey? = nil) -> COSEHeader {
        var header = header
        header.bodyLength = body.count
        var form = CBOREncoder()
        header.encode(into: &form)
        return protected(form: form.bytes, issuer: header.feed.node, key: key)
    }

    func protected(form: [UInt8], issuer: NodeID? = nil, key: SigningKey? = nil) -> COSEHeader {
        let key = key ?? county
        var protected = COSEHeader()
        protected.algorithm = Int64(key.suite.rawValue)
        protected.keyID = key.verifyingKey.thumbprint.bytes
        protected.claims = COSEClaims(issuer: (issuer ?? countyNode).hash.hex, issuedAt: Scene.time / 1_000)
        protected.type = .text(SignedChangeset.contentType)
        protected.payloadHashAlgorithm = COSEAlgorithm.sha256
        protected[ChangesetHeader.label] = .bytes(form)
        return protected
    }

    /// The whole item; the body lies in a frame that stores it, so that no version of zstd shows in the file.
    func sign(
        _ header: ChangesetHeader, _ body: [UInt8], key: SigningKey? = nil, _ change: (inout COSEHeader) -> Void = { _ in }
    ) throws -> ChangesetItem {
        var protected = protected(header, body, key: key)
        change(&protected)
        return ChangesetItem(envelope: try envelope(protected, payload: sha256(body).bytes, key: key).encode(), compressedBody: storedFrame(body))
    }

    func envelope(_ protected: COSEHeader, unprotected: COSEHeader = COSEHeader(), payload: [UInt8], key: SigningKey? = nil) throws -> COSESign1 {
        let input = COSESign1.signatureInput(protectedBytes: protected.encode(), payload: payload)
        return COSESign1(protected: protected, unprotected: unprotected, payload: payload, signature: try (key ?? county).sign(input))
    }
}

/// A zstd frame (RFC 8878) of stored blocks.
func storedFrame(_ content: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
    switch content.count {
    case ..<256: out += [0x20, UInt8(content.count)]
    case ..<65_792: out += [0x60] + littleEndian(content.count - 256, 2)
    default: out += [0xa0] + littleEndian(content.count, 4)
    }
    let starts = Array(stride(from: 0, to: max(1, content.count), by: 1 << 17))
    for start in starts {
        let block = content[start..<min(start + 1 << 17, content.count)]
        out += littleEndian(block.count << 3 | (start == starts.last ? 1 : 0), 3) + block
    }
    return out
}

private func littleEndian(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
