import TiaokuaiFormat

/// How a node signs. The raw value is the COSE algorithm that it emits.
public enum Suite: Int, Hashable, Sendable, CaseIterable, Codable {
    /// Ed25519, RFC 8032: the default. Deterministic.
    case ed25519 = -8
    /// ECDSA over P-256 with SHA-256; signatures raw r‖s, 64 bytes. Randomised.
    case p256 = -7
    /// SM2 with SM3, GB/T 32918; signatures raw r‖s, 64 bytes; the distinguishing id is always `1234567812345678`.
    case sm2 = -132_918

    /// The algorithms that a header may name for a key of this suite, the emitted one first.
    public var algorithms: [Int64] {
        switch self {
        case .ed25519: [COSEAlgorithm.edDSA, COSEAlgorithm.ed25519]
        case .p256: [COSEAlgorithm.es256, COSEAlgorithm.esp256]
        case .sm2: [COSEAlgorithm.sm2]
        }
    }

    public static let signatureBytes = 64

    /// Length of a raw public key: 32 bytes, or an uncompressed point `04 ‖ x ‖ y`.
    public var publicKeyBytes: Int { self == .ed25519 ? 32 : 65 }

    public static let secretBytes = 32

    /// COSE_Key's kty and crv (RFC 9053 §7); SM2's curve has a private number, equal to its algorithm's.
    var keyType: Int64 { self == .ed25519 ? 1 : 2 }

    var curve: Int64 {
        switch self {
        case .ed25519: 6
        case .p256: 1
        case .sm2: COSEAlgorithm.sm2
        }
    }

    /// libcrypto's name of the key type, and of the group where there is one.
    var keyName: String {
        switch self {
        case .ed25519: "ED25519"
        case .p256: "EC"
        case .sm2: "SM2"
        }
    }

    var groupName: String? {
        switch self {
        case .ed25519: nil
        case .p256: "prime256v1"
        case .sm2: "SM2"
        }
    }
}
