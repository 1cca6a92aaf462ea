import TiaokuaiTrust

/// Hybrid public key encryption, RFC 9180, base mode, with HKDF-SHA256 throughout; suites are a choice of KEM and AEAD over
/// one code path.
///
///     let sender = try suite.setupSender(to: publicKey, info: info)
///     let ciphertext = try sender.seal(message, aad: aad)                     // sequence numbers count by themselves
///     let receiver = try suite.setupReceiver(sender.encapsulation, key: key, info: info)
///     let message = try receiver.open(ciphertext, aad: aad)
public enum HPKE {
    /// §7.1. The raw value is the RFC's number.
    public enum KEM: UInt16, Hashable, Sendable, CaseIterable {
        case p256 = 0x0010
        case x25519 = 0x0020

        public var curve: SealingCurve { self == .p256 ? .p256 : .x25519 }
        /// Nenc, which is also Npk: 32 or 65 bytes.
        public var encapsulationBytes: Int { curve.publicKeyBytes }

        /// The KEM of keys on this curve; nil for SM2, which has none.
        public init?(_ curve: SealingCurve) {
            switch curve {
            case .p256: self = .p256
            case .x25519: self = .x25519
            case .sm2: return nil
            }
        }
    }

    /// §7.3. The raw value is the RFC's number.
    public enum AEAD: UInt16, Hashable, Sendable, CaseIterable {
        case aes128GCM = 0x0001
        case aes256GCM = 0x0002
        case chaCha20Poly1305 = 0x0003

        var algorithm: AuthenticatedCipher.Algorithm {
            switch self {
            case .aes128GCM: .aes128GCM
            case .aes256GCM: .aes256GCM
            case .chaCha20Poly1305: .chaCha20Poly1305
            }
        }
    }

    public struct Suite: Hashable, Sendable, CustomStringConvertible {
        /// HKDF-SHA256, §7.2.
        static let kdf: UInt16 = 0x0001

        public let kem: KEM
        public let aead: AEAD

        public init(kem: KEM, aead: AEAD) {
            self.kem = kem
            self.aead = aead
        }

        public var description: String { "DHKEM(\(kem), HKDF-SHA256), HKDF-SHA256, \(aead)" }

        /// SetupBaseS, §5.1.1, with a fresh ephemeral key. Throws `wrongKey` for a receiver on another curve or of small order.
        public func setupSender(to receiver: SealingPublicKey, info: [UInt8]) throws(SealError) -> Sender {
            try setupSender(to: receiver, info: info, ephemeral: nil)
        }

        /// The same with a given ephemeral key, for test vectors only: two messages under one give both away.
        package func setupSender(to receiver: SealingPublicKey, info: [UInt8], ephemeral: SealingKey?) throws(SealError) -> Sender {
            let (secret, encapsulation) = try kem.encapsulate(to: receiver, ephemeral: ephemeral)
            return Sender(try Context(self, sharedSecret: secret, info: info), encapsulation: encapsulation)
        }

        /// SetupBaseR, §5.1.1. Throws `wrongKey` for a key on another curve, `notOpened` for an encapsulation that is no
        /// public key. That it was made for another key shows only when a message is opened.
        public func setupReceiver(_ encapsulation: [UInt8], key: SealingKey, info: [UInt8]) throws(SealError) -> Receiver {
            Receiver(try Context(self, sharedSecret: try kem.decapsulate(encapsulation, key: key), info: info))
        }
    }
}
