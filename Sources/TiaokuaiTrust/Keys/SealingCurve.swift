import TiaokuaiFormat

/// On which curve a node's sealing key lies. The raw value is the COSE curve.
public enum SealingCurve: Int64, Hashable, Sendable, CaseIterable, Codable {
    /// X25519, RFC 7748: the default.
    case x25519 = 4
    /// P-256: for libraries without X25519.
    case p256 = 1
    /// SM2, GB/T 32918.4: encrypts under the key itself and agrees on nothing. The number is private, that of the
    /// signing curve.
    case sm2 = -132_918

    public static let secretBytes = 32

    /// Length of a raw public key: 32 bytes, or an uncompressed point `04 ‖ x ‖ y`.
    public var publicKeyBytes: Int { self == .x25519 ? 32 : 65 }

    /// COSE_Key's kty.
    var keyType: Int64 { self == .x25519 ? 1 : 2 }

    /// The signing suite on the same curve, which libcrypto handles alike; nil for X25519.
    var suite: Suite? {
        switch self {
        case .x25519: nil
        case .p256: .p256
        case .sm2: .sm2
        }
    }
}

extension Suite {
    /// The curve of the sealing key that goes with a signing key of this suite, unless somebody says otherwise: a node of the
    /// national suite receives in it too.
    public var usualSealingCurve: SealingCurve {
        switch self {
        case .ed25519: .x25519
        case .p256: .p256
        case .sm2: .sm2
        }
    }
}
