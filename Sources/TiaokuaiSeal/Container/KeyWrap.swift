import TiaokuaiTrust

/// How one receiver gets a file's secret; the raw value stands in its entry.
public enum KeyWrap: UInt64, Hashable, Sendable, CaseIterable {
    /// HPKE to an X25519 or P-256 key.
    case hpke = 1
    /// SM2 encryption.
    case sm2 = 2

    /// The only one that a key on this curve opens.
    public init(_ curve: SealingCurve) { self = curve == .sm2 ? .sm2 : .hpke }

    /// - Parameter ephemeral: for test vectors only.
    static func wrap(_ secret: [UInt8], to key: SealingPublicKey, for suite: SealSuite, ephemeral: SealingKey? = nil) throws(SealError) -> [UInt8] {
        guard let kem = HPKE.KEM(key.curve) else {
            return try SealError.crypto { try key.encrypt(secret) }
        }
        let sender = try HPKE.Suite(kem: kem, aead: .aes256GCM).setupSender(to: key, info: info(suite), ephemeral: ephemeral)
        return sender.encapsulation + (try sender.seal(secret))
    }

    /// The secret; nil when it was not wrapped to this key for a file of this suite.
    static func unwrap(_ wrapped: [UInt8], key: SealingKey, for suite: SealSuite) -> [UInt8]? {
        guard let kem = HPKE.KEM(key.curve) else { return secret(try? key.decrypt(wrapped)) }
        guard wrapped.count > kem.encapsulationBytes else { return nil }
        let hpke = HPKE.Suite(kem: kem, aead: .aes256GCM)
        let receiver = try? hpke.setupReceiver(Array(wrapped.prefix(kem.encapsulationBytes)), key: key, info: info(suite))
        return secret(try? receiver?.open(Array(wrapped.dropFirst(kem.encapsulationBytes))))
    }

    private static func secret(_ bytes: [UInt8]?) -> [UInt8]? { bytes?.count == SealSuite.secretBytes ? bytes : nil }

    private static func info(_ suite: SealSuite) -> [UInt8] { Array("tk-seal".utf8) + [UInt8(SealHead.version), UInt8(suite.rawValue)] }
}
