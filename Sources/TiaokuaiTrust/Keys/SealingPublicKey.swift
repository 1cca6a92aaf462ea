import COpenSSL
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// The public key to which bundles and fields are sealed; checked to be a key of its curve. Equal when curve and bytes are.
public struct SealingPublicKey: Sendable {
    public let curve: SealingCurve
    /// X25519: 32 bytes; otherwise an uncompressed point of 65.
    public let rawBytes: [UInt8]
    let handle: KeyHandle

    /// Throws `malformedKey` for another length or a point off the curve. Any 32 bytes are an X25519 key; one of small
    /// order fails when it is used.
    public init(_ curve: SealingCurve = .x25519, rawBytes: [UInt8]) throws(TrustError) {
        guard rawBytes.count == curve.publicKeyBytes, curve == .x25519 || rawBytes[0] == 4 else {
            throw TrustError(.malformedKey, "\(rawBytes.count) bytes")
        }
        guard let handle = KeyHandle.publicKey(curve, rawBytes) else { throw TrustError(.malformedKey, "not a point of the curve") }
        self.curve = curve
        self.rawBytes = rawBytes
        self.handle = handle
    }

    /// The COSE_Key of nothing but what RFC 9679 asks for: `{1: 1, -1: 4, -2: x}`, or `{1: 2, -1: curve, -2: x, -3: y}`.
    public var coseKey: [UInt8] {
        var entries: [CBORItem.Pair] = [.init(1, .integer(curve.keyType)), .init(-1, .integer(curve.rawValue))]
        if curve == .x25519 {
            entries.append(.init(-2, .bytes(rawBytes)))
        } else {
            entries += [.init(-2, .bytes(Array(rawBytes[1..<33]))), .init(-3, .bytes(Array(rawBytes[33..<65])))]
        }
        return CBORItem.map(entries).encode()
    }

    /// SHA-256 of `coseKey`, RFC 9679: how a sealed file names its receivers.
    public var thumbprint: Hash32 { sha256(coseKey) }

    /// Reads exactly what `coseKey` writes; any other spelling or parameter is `malformedKey`, another curve
    /// `unsupportedSuite`.
    public init(coseKey bytes: [UInt8]) throws(TrustError) {
        let item: CBORItem
        do { item = try CBORItem.decode(bytes) } catch { throw TrustError(.malformedKey, error.description) }
        guard let type = item[1]?.integer, let number = item[-1]?.integer else { throw TrustError(.malformedKey) }
        guard let curve = SealingCurve(rawValue: number), curve.keyType == type else { throw TrustError(.unsupportedSuite, "kty \(type), crv \(number)") }
        guard let x = item[-2]?.bytes else { throw TrustError(.malformedKey) }
        try self.init(curve, rawBytes: curve == .x25519 ? x : [4] + x + (item[-3]?.bytes ?? []))
        // Whatever else was said, or said differently, shows here.
        guard coseKey == bytes else { throw TrustError(.malformedKey, "another spelling") }
    }
}

extension SealingPublicKey: Hashable {
    public static func == (left: SealingPublicKey, right: SealingPublicKey) -> Bool {
        left.curve == right.curve && left.rawBytes == right.rawBytes
    }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(curve)
        hasher.combine(rawBytes)
    }
}
