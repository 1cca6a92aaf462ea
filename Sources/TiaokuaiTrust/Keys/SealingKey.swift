import COpenSSL
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// A node's X25519 public key (RFC 7748), to which bundles are sealed.
public struct SealingPublicKey: Hashable, Sendable {
    /// 32 bytes.
    public let rawBytes: [UInt8]

    /// Throws `malformedKey` unless there are 32 bytes. Any 32 bytes are a key; one of small order fails in `agree`.
    public init(rawBytes: [UInt8]) throws(TrustError) {
        guard rawBytes.count == 32 else { throw TrustError(.malformedKey, "\(rawBytes.count) bytes") }
        self.rawBytes = rawBytes
    }

    /// The COSE_Key `{1: 1, -1: 4, -2: x}`; its SHA-256 is the key's thumbprint by RFC 9679.
    public var coseKey: [UInt8] {
        CBORItem.map([.init(1, 1), .init(-1, .integer(SealingKey.curve)), .init(-2, .bytes(rawBytes))]).encode()
    }

    public var thumbprint: Hash32 { sha256(coseKey) }
}

/// A node's X25519 private key. Old ones are kept, to open old bundles.
public final class SealingKey: Sendable {
    /// X25519's number among COSE curves.
    static let curve: Int64 = 4

    public let publicKey: SealingPublicKey
    private let handle: KeyHandle

    /// - Parameter secret: 32 bytes; X25519 clamps them itself.
    public init(secret: [UInt8]) throws(TrustError) {
        guard secret.count == 32, let handle = KeyHandle.made(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, secret, secret.count)),
            let raw = handle.rawOctets(32, EVP_PKEY_get_raw_public_key)
        else { throw TrustError(.malformedKey, "not an X25519 secret") }
        self.handle = handle
        publicKey = try SealingPublicKey(rawBytes: raw)
    }

    public static func generate() throws(TrustError) -> SealingKey {
        var secret = try SecretBytes.random(32)
        defer { SecretBytes.erase(&secret) }
        return try SealingKey(secret: secret)
    }

    /// The shared secret with `other`, 32 bytes, to be fed to a key derivation and never used as it is. Throws
    /// `keyAgreementFailed` when it would be all zeros (a public key of small order).
    public func agree(with other: SealingPublicKey) throws(TrustError) -> [UInt8] {
        defer { ERR_clear_error() }
        guard let peer = KeyHandle.made(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nil, other.rawBytes, other.rawBytes.count)),
            let context = EVP_PKEY_CTX_new(handle.pointer, nil)
        else { throw TrustError(.keyAgreementFailed) }
        defer { EVP_PKEY_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: 32)
        var length = out.count
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer.pointer) == 1,
            EVP_PKEY_derive(context, &out, &length) == 1, length == 32, out.contains(where: { $0 != 0 })
        else { throw TrustError(.keyAgreementFailed) }
        return out
    }

    /// The key's file, to be kept at mode 0600; see `KeyFile`.
    public var fileBytes: [UInt8] {
        get throws(TrustError) {
            guard let secret = handle.rawOctets(32, EVP_PKEY_get_raw_private_key) else { throw TrustError(.libcrypto, "the key doesn't show its secret") }
            return KeyFile(purpose: .sealing, algorithm: SealingKey.curve, secret: secret).encode()
        }
    }

    public convenience init(fileBytes: [UInt8]) throws(TrustError) {
        let file = try KeyFile(decoding: fileBytes, expecting: .sealing)
        guard file.algorithm == SealingKey.curve else { throw TrustError(.unsupportedSuite, "\(file.algorithm)") }
        try self.init(secret: file.secret)
    }
}
