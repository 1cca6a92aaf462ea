import COpenSSL

/// The private key that opens what was sealed to a node. Old ones are kept, to open old bundles.
public final class SealingKey: Sendable {
    public let publicKey: SealingPublicKey
    private let handle: KeyHandle

    /// - Parameter secret: 32 bytes; X25519 clamps them itself, a scalar of P-256 or SM2 is 1 … n − 1, else `malformedKey`.
    public init(_ curve: SealingCurve = .x25519, secret: [UInt8]) throws(TrustError) {
        guard secret.count == SealingCurve.secretBytes, let handle = KeyHandle.privateKey(curve, secret), let raw = handle.rawPublicKey(curve) else {
            throw TrustError(.malformedKey, "not a secret of this curve")
        }
        self.handle = handle
        publicKey = try SealingPublicKey(curve, rawBytes: raw)
    }

    /// A fresh key from libcrypto's random generator.
    public static func generate(_ curve: SealingCurve = .x25519) throws(TrustError) -> SealingKey {
        // A scalar beyond the order comes up once in 2³² draws; then it is drawn again.
        for _ in 0..<8 {
            var secret = try SecretBytes.random(SealingCurve.secretBytes)
            defer { SecretBytes.erase(&secret) }
            if let key = try? SealingKey(curve, secret: secret) { return key }
        }
        throw TrustError(.libcrypto, "no key could be made")
    }

    public var curve: SealingCurve { publicKey.curve }

    /// The shared secret with `other`, 32 bytes (of a point its x), to be fed to a key derivation and never used as it is.
    /// Throws `keyAgreementFailed` for a key of another curve or an X25519 key of small order (the secret would be all
    /// zeros), `unsupportedSuite` for SM2.
    public func agree(with other: SealingPublicKey) throws(TrustError) -> [UInt8] {
        guard curve != .sm2 else { throw TrustError(.unsupportedSuite, "SM2 agrees on nothing") }
        guard other.curve == curve else { throw TrustError(.keyAgreementFailed, "two curves") }
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new(handle.pointer, nil) else { throw TrustError(.libcrypto) }
        defer { EVP_PKEY_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: 32)
        var length = out.count
        // On P-256 an x of zero belongs to a point like any other; only on X25519 it betrays a small order (RFC 9180 §7.1.4).
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, other.handle.pointer) == 1,
            EVP_PKEY_derive(context, &out, &length) == 1, length == 32, curve == .p256 || out.contains(where: { $0 != 0 })
        else { throw TrustError(.keyAgreementFailed) }
        return out
    }

    /// What `SealingPublicKey.encrypt` encrypted to this SM2 key; `decryptionFailed` when it was not, or was altered.
    public func decrypt(_ ciphertext: [UInt8]) throws(TrustError) -> [UInt8] {
        guard curve == .sm2 else { throw TrustError(.unsupportedSuite, "only SM2 decrypts") }
        guard let plaintext = SM2Encryption.decrypt(ciphertext, key: handle) else { throw TrustError(.decryptionFailed) }
        return plaintext
    }

    /// The key's file, open, to be kept at mode 0600; see `KeyFile`.
    public var fileBytes: [UInt8] {
        get throws(TrustError) { try KeyFile(self).bytes }
    }

    /// The key's file, locked with a passphrase; takes half a second and 128 MiB. Throws `wrongPassphrase` for an empty one.
    public func fileBytes(passphrase: String) throws(TrustError) -> [UInt8] { try KeyFile(self).locked(with: passphrase).bytes }

    /// Throws what `KeyFile` throws when it is read and when its key is opened.
    public convenience init(fileBytes: [UInt8], passphrase: String? = nil) throws(TrustError) {
        try self.init(try KeyFile(decoding: fileBytes), passphrase: passphrase)
    }

    convenience init(_ file: KeyFile, passphrase: String?) throws(TrustError) {
        let expected = try file.sealingPublicKey()
        try self.init(expected.curve, secret: try file.secret(passphrase))
        guard publicKey == expected else { throw TrustError(.malformedKeyFile, "another's public key") }
    }

    func secret() throws(TrustError) -> [UInt8] {
        guard let secret = handle.secret(isScalar: curve != .x25519) else { throw TrustError(.libcrypto, "the key doesn't show its secret") }
        return secret
    }
}
