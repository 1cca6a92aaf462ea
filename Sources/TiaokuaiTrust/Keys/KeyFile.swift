import TiaokuaiFormat

/// A private key as a file: the deterministic CBOR array `["tk-key", 1, purpose, algorithm, public, custody, secret]`;
/// Docs/Formats/Seal.md.
///
/// Reading one opens nothing: the public key stands in the file, so that whatever needs no more than that asks nobody for a
/// passphrase. When the secret is opened the two are compared, and under a passphrase the public key is authenticated too.
public struct KeyFile: Hashable, Sendable {
    public enum Purpose: UInt64, Hashable, Sendable {
        case signing = 0
        case sealing = 1
    }

    /// Where the secret is.
    enum Custody: Hashable, Sendable {
        /// In the file, open under its mode.
        case open(secret: [UInt8])
        /// In the file, locked.
        case locked(KeyProtection, secret: [UInt8])
        /// On a token; the file says only on which.
        case token(TokenKey)
    }

    static let name = "tk-key"
    static let version: UInt64 = 1
    /// A locked file has under 180 bytes, one that names a token is mostly a path.
    public static let maximumBytes = 1_024

    public let purpose: Purpose
    /// A COSE algorithm for signing, a COSE curve for sealing.
    let algorithm: Int64
    /// 32 bytes, or an uncompressed point of 65.
    let publicKey: [UInt8]
    let custody: Custody

    init(_ purpose: Purpose, _ algorithm: Int64, _ publicKey: [UInt8], _ custody: Custody) {
        self.purpose = purpose
        self.algorithm = algorithm
        self.publicKey = publicKey
        self.custody = custody
    }

    /// The key with its secret open.
    public init(_ key: SigningKey) throws(TrustError) {
        self.init(.signing, Int64(key.suite.rawValue), key.verifyingKey.rawBytes, .open(secret: try key.secret()))
    }

    public init(_ key: SealingKey) throws(TrustError) {
        self.init(.sealing, key.curve.rawValue, key.publicKey.rawBytes, .open(secret: try key.secret()))
    }

    /// A signing key that lies on a token.
    public init(_ token: TokenKey, _ key: VerifyingKey) {
        self.init(.signing, Int64(key.suite.rawValue), key.rawBytes, .token(token))
    }

    /// A passphrase is needed for the secret.
    public var isLocked: Bool { if case .locked = custody { true } else { false } }

    /// Where the secret is, when it isn't in the file.
    public var token: TokenKey? { if case .token(let key) = custody { key } else { nil } }
}

extension KeyFile {
    /// Throws `otherPurpose` for a key that opens.
    public func verifyingKey() throws(TrustError) -> VerifyingKey {
        guard purpose == .signing else { throw TrustError(.otherPurpose) }
        guard let suite = Suite(rawValue: Int(algorithm)) else { throw TrustError(.unsupportedSuite, "\(algorithm)") }
        return try VerifyingKey(suite, rawBytes: publicKey)
    }

    public func sealingPublicKey() throws(TrustError) -> SealingPublicKey {
        guard purpose == .sealing else { throw TrustError(.otherPurpose) }
        guard let curve = SealingCurve(rawValue: algorithm) else { throw TrustError(.unsupportedSuite, "\(algorithm)") }
        return try SealingPublicKey(curve, rawBytes: publicKey)
    }

    /// The key in memory. Takes half a second and 128 MiB where the file is locked.
    ///
    /// Throws `keyFileSealed` when it is locked and there is no passphrase, `wrongPassphrase`, `keyOnToken`, `otherPurpose`
    /// for one that opens. A passphrase for an open file is not looked at.
    public func signingKey(passphrase: String? = nil) throws(TrustError) -> SigningKey {
        try SigningKey(self, passphrase: passphrase)
    }

    /// The same for sealing.
    public func sealingKey(passphrase: String? = nil) throws(TrustError) -> SealingKey {
        try SealingKey(self, passphrase: passphrase)
    }

    /// The same key under this passphrase, from an open file; different each time. Throws `wrongPassphrase` for an empty one.
    /// What lies on a token stays as it is.
    public func locked(with passphrase: String) throws(TrustError) -> KeyFile { try locked(with: passphrase, cost: .written) }

    func locked(with passphrase: String, cost: KeyProtection.Cost) throws(TrustError) -> KeyFile {
        guard token == nil else { return self }
        let protection = try KeyProtection(cost: cost)
        let locked = try protection.lock(try secret(nil), passphrase: passphrase, aad: head(protection))
        return KeyFile(purpose, algorithm, publicKey, .locked(protection, secret: locked))
    }

    /// The same key without a passphrase. An open file, or one that names a token, stays as it is.
    public func unlocked(with passphrase: String?) throws(TrustError) -> KeyFile {
        switch custody {
        case .open, .token: self
        case .locked: KeyFile(purpose, algorithm, publicKey, .open(secret: try secret(passphrase)))
        }
    }

    func secret(_ passphrase: String?) throws(TrustError) -> [UInt8] {
        switch custody {
        case .open(let secret): return secret
        case .token: throw TrustError(.keyOnToken)
        case .locked(let protection, let locked):
            guard let passphrase else { throw TrustError(.keyFileSealed) }
            return try protection.unlock(locked, passphrase: passphrase, aad: head(protection))
        }
    }
}
