import TiaokuaiTrust

/// How a file is sealed; the raw value stands in its head.
public enum SealSuite: UInt64, Hashable, Sendable, CaseIterable {
    /// HPKE to X25519 or P-256 keys, AES-256-GCM.
    case hpke = 1
    /// SM2 encryption, SM4-CTR, HMAC-SM3.
    case gm = 2

    /// Length of the secret from which everything in the file follows.
    var secretBytes: Int { self == .hpke ? 32 : 64 }
    /// Length of a chunk's tag.
    public var tagBytes: Int { self == .hpke ? AuthenticatedCipher.tagBytes : KeyedHash.tagBytes }

    /// The suite for a key of this curve.
    public init(_ curve: SealingCurve) { self = curve == .sm2 ? .gm : .hpke }

    /// - Parameter ephemeral: for test vectors only.
    func wrap(_ secret: [UInt8], to key: SealingPublicKey, ephemeral: SealingKey? = nil) throws(SealError) -> [UInt8] {
        guard let kem = HPKE.KEM(key.curve) else {
            return try SealError.crypto { try key.encrypt(secret) }
        }
        let sender = try HPKE.Suite(kem: kem, aead: .aes256GCM).setupSender(to: key, info: info, ephemeral: ephemeral)
        return sender.encapsulation + (try sender.seal(secret))
    }

    /// The secret; nil when it was not wrapped by this suite to this key.
    func unwrap(_ wrapped: [UInt8], key: SealingKey) -> [UInt8]? {
        guard SealSuite(key.curve) == self else { return nil }
        guard let kem = HPKE.KEM(key.curve) else { return secret(try? key.decrypt(wrapped)) }
        guard wrapped.count > kem.encapsulationBytes else { return nil }
        let suite = HPKE.Suite(kem: kem, aead: .aes256GCM)
        let receiver = try? suite.setupReceiver(Array(wrapped.prefix(kem.encapsulationBytes)), key: key, info: info)
        return secret(try? receiver?.open(Array(wrapped.dropFirst(kem.encapsulationBytes))))
    }

    private func secret(_ bytes: [UInt8]?) -> [UInt8]? { bytes?.count == secretBytes ? bytes : nil }

    private var info: [UInt8] { Array("tk-seal".utf8) + [UInt8(SealHead.version), UInt8(rawValue)] }
}
