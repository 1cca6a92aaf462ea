import TiaokuaiTrust

/// How the content of a file is sealed, once for all receivers; the raw value stands in its head. How each receiver gets the file's
/// secret is its entry's `KeyWrap`.
public enum SealSuite: UInt64, Hashable, Sendable, CaseIterable {
    /// AES-256-GCM; every receiver by HPKE.
    case hpke = 1
    /// SM4-CTR, HMAC-SM3; receivers by SM2 encryption or HPKE.
    case gm = 2

    /// Length of the secret from which everything in a file follows, in bytes.
    static let secretBytes = 32

    /// Length of a chunk's tag.
    public var tagBytes: Int { self == .hpke ? AuthenticatedCipher.tagBytes : KeyedHash.tagBytes }

    /// The suite for a file to keys on these curves: one on SM2 suffices that all content is under 国密 algorithms.
    public init(for curves: some Sequence<SealingCurve>) { self = curves.contains(.sm2) ? .gm : .hpke }

    /// Whether a receiver may get the secret in this way: what goes to an SM2 key is never under another content suite.
    func admits(_ wrap: KeyWrap) -> Bool { self == .gm || wrap == .hpke }
}
