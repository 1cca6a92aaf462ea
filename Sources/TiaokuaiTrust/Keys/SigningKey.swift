import COpenSSL
import TiaokuaiFormat

/// Whatever can sign in a node's name: a key in memory, a token.
public protocol Signer: Sendable {
    var verifyingKey: VerifyingKey { get }
    /// 64 bytes over `bytes`; a digest is signed, never a megabyte.
    func sign(_ bytes: [UInt8]) throws(TrustError) -> [UInt8]
}

/// A private key held in memory by libcrypto.
public final class SigningKey: Signer {
    public let verifyingKey: VerifyingKey
    private let handle: KeyHandle

    /// A key from its 32 secret bytes: Ed25519's seed or the scalar of a curve. Throws `malformedKey` for a scalar of 0 or
    /// beyond the order.
    public init(_ suite: Suite, secret: [UInt8]) throws(TrustError) {
        guard secret.count == Suite.secretBytes, let handle = KeyHandle.privateKey(suite, secret), let raw = handle.rawPublicKey(suite) else {
            throw TrustError(.malformedKey, "not a secret of this suite")
        }
        self.handle = handle
        verifyingKey = try VerifyingKey(suite, rawBytes: raw)
    }

    /// A fresh key from libcrypto's random generator.
    public static func generate(_ suite: Suite = .ed25519) throws(TrustError) -> SigningKey {
        // A scalar beyond the order comes up once in 2³² draws; then it is drawn again.
        for _ in 0..<8 {
            var secret = try SecretBytes.random(Suite.secretBytes)
            defer { SecretBytes.erase(&secret) }
            if let key = try? SigningKey(suite, secret: secret) { return key }
        }
        throw TrustError(.libcrypto, "no key could be made")
    }

    public var suite: Suite { verifyingKey.suite }

    public func sign(_ bytes: [UInt8]) throws(TrustError) -> [UInt8] {
        guard let signature = SignatureContext(suite, key: handle)?.sign(bytes, key: handle) else { throw TrustError(.libcrypto, "signing failed") }
        return signature
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
        let expected = try file.verifyingKey()
        try self.init(expected.suite, secret: try file.secret(passphrase))
        guard verifyingKey == expected else { throw TrustError(.malformedKeyFile, "another's public key") }
    }

    func secret() throws(TrustError) -> [UInt8] {
        guard let secret = handle.secret(isScalar: suite != .ed25519) else { throw TrustError(.libcrypto, "the key doesn't show its secret") }
        return secret
    }
}
