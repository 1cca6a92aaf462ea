import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// A public key of a known suite that was checked: of the right length, a point of its curve, not of small order.
/// Equal when suite and bytes are.
public struct VerifyingKey: Sendable {
    public let suite: Suite
    /// Ed25519: 32 bytes; otherwise an uncompressed point of 65.
    public let rawBytes: [UInt8]
    /// SHA-256 of `coseKey`.
    public let thumbprint: Hash32
    private let handle: KeyHandle

    /// Throws `malformedKey`, or `smallOrderKey` for an Ed25519 key under which a signature proves nothing.
    public init(_ suite: Suite, rawBytes: [UInt8]) throws(TrustError) {
        guard rawBytes.count == suite.publicKeyBytes, suite == .ed25519 || rawBytes[0] == 4 else {
            throw TrustError(.malformedKey, "\(rawBytes.count) bytes")
        }
        if suite == .ed25519 {
            if SmallOrder.contains(rawBytes) { throw TrustError(.smallOrderKey, rawBytes.hex) }
            // y ≥ p would be a second spelling of one key, and so a second identity of one node.
            if !SmallOrder.isReduced(rawBytes) { throw TrustError(.malformedKey, "not reduced") }
        }
        guard let handle = KeyHandle.publicKey(suite, rawBytes) else { throw TrustError(.malformedKey, "not a point of the curve") }
        self.suite = suite
        self.rawBytes = rawBytes
        self.handle = handle
        thumbprint = sha256(VerifyingKey.coseKey(suite, rawBytes))
    }

    /// Whether `signature` (64 bytes) is this key's over `bytes`.
    public func isValid(signature: [UInt8], for bytes: [UInt8]) -> Bool {
        KnownSignatures.holds(signature, over: bytes, by: thumbprint) {
            SignatureContext(suite, key: handle)?.isValid(signature, for: bytes, key: handle) ?? false
        }
    }
}

extension VerifyingKey: Hashable {
    public static func == (left: VerifyingKey, right: VerifyingKey) -> Bool {
        left.suite == right.suite && left.rawBytes == right.rawBytes
    }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(suite)
        hasher.combine(rawBytes)
    }
}

extension VerifyingKey {
    /// The COSE_Key (RFC 9052 §7) of nothing but what RFC 9679 asks for, so that its SHA-256 is the key's thumbprint.
    public var coseKey: [UInt8] { VerifyingKey.coseKey(suite, rawBytes) }

    private static func coseKey(_ suite: Suite, _ rawBytes: [UInt8]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 96)
        encoder.mapHeader(suite == .ed25519 ? 3 : 4)
        encoder.unsigned(1)
        encoder.integer(suite.keyType)
        encoder.integer(-1)
        encoder.integer(suite.curve)
        encoder.integer(-2)
        encoder.byteString(suite == .ed25519 ? rawBytes : Array(rawBytes[1..<33]))
        if suite != .ed25519 {
            encoder.integer(-3)
            encoder.byteString(Array(rawBytes[33..<65]))
        }
        return encoder.bytes
    }

    /// Reads exactly what `coseKey` writes; any other spelling or parameter is `malformedKey`, another curve
    /// `unsupportedSuite`.
    public init(coseKey bytes: [UInt8]) throws(TrustError) {
        do {
            try self.init(parsing: bytes)
        } catch let error as FormatError {
            throw TrustError(.malformedKey, error.description)
        } catch let error as TrustError {
            throw error
        } catch {
            throw TrustError(.malformedKey)
        }
    }

    private init(parsing bytes: [UInt8]) throws {
        var reader = CBORReader(bytes)
        let count = try reader.mapHeader()
        func key(_ expected: Int64) throws(FormatError) {
            let offset = reader.offset
            guard try reader.integer() == expected else { throw FormatError(.malformedKey, at: offset, "label \(expected) expected") }
        }
        try key(1)
        let type = try reader.integer()
        try key(-1)
        let curve = try reader.integer()
        guard let suite = Suite.allCases.first(where: { $0.keyType == type && $0.curve == curve }) else {
            throw TrustError(.unsupportedSuite, "kty \(type), crv \(curve)")
        }
        guard count == (suite == .ed25519 ? 3 : 4) else { throw FormatError(.malformedKey, "\(count) parameters") }
        try key(-2)
        var raw = try reader.byteString(limit: 32)
        if suite != .ed25519 {
            try key(-3)
            raw = [4] + raw + (try reader.byteString(limit: 32))
        }
        try reader.finish()
        try self.init(suite, rawBytes: raw)
    }

    /// The identity of the node whose first key this is: the key's thumbprint by RFC 9679 with SHA-256.
    public var nodeID: NodeID { NodeID(thumbprint) }
}
