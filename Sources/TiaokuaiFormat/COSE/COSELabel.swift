/// Header labels (RFC 9052 §3.1, RFC 9596, RFC 9597, RFC 9995) and the integers that stand for algorithms.
public enum COSELabel {
    public static let algorithm: Int64 = 1
    public static let critical: Int64 = 2
    public static let contentType: Int64 = 3
    public static let keyID: Int64 = 4
    /// CWT claims: issuer 1, subject 2, issued-at 6.
    public static let claims: Int64 = 15
    public static let type: Int64 = 16
    /// Hash envelope: the payload is this hash of what lies beside it.
    public static let payloadHashAlgorithm: Int64 = 258
    /// Hash envelope: the content type of what was hashed.
    public static let preimageContentType: Int64 = 259
    /// Receipts of a log, RFC 9942; always unprotected.
    public static let receipts: Int64 = 394
    /// The sort of log that a receipt speaks of, RFC 9942: `COSEAlgorithm.rfc9162`.
    public static let verifiableDataStructure: Int64 = 395
    /// Proofs of a receipt by sort, RFC 9942: inclusion −1, consistency −2; always unprotected.
    public static let proofs: Int64 = 396
}

/// Algorithm numbers of the COSE registry, and ours from its private range (below −65536) for the 国密 ones, whose last
/// five digits are the number of their GB/T.
public enum COSEAlgorithm {
    /// EdDSA, as every tool knows it; emitted.
    public static let edDSA: Int64 = -8
    /// Ed25519 by its own number (RFC 9864); accepted for the same key.
    public static let ed25519: Int64 = -19
    /// ES256: ECDSA with SHA-256, any curve by the letter, P-256 for us; emitted.
    public static let es256: Int64 = -7
    /// ESP256: the same on P-256 by its own number (RFC 9864); accepted.
    public static let esp256: Int64 = -9
    /// SM2 signature with SM3, GB/T 32918.2, raw r‖s. Private.
    public static let sm2: Int64 = -132_918
    public static let sha256: Int64 = -16
    /// RFC9162_SHA256 in the registry of verifiable data structures (RFC 9942 §5).
    public static let rfc9162: Int64 = 1
    /// The same tree over SM3 in that registry. Private.
    public static let rfc9162SM3: Int64 = sm3
    /// SM3, GB/T 32905. Private.
    public static let sm3: Int64 = -132_905
}
