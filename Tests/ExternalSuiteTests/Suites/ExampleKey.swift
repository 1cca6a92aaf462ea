import TiaokuaiFormat
import TiaokuaiTrust

/// A key as the COSE suites spell it: JWK's members in base64url, or the same in hexadecimal.
struct ExampleKey: Decodable {
    let kty: String
    let crv: String?
    let x, y, d: String?
    let xHex, yHex, dHex: String?

    enum CodingKeys: String, CodingKey {
        case kty, crv, x, y, d
        case xHex = "x_hex"
        case yHex = "y_hex"
        case dHex = "d_hex"
    }

    /// Nil for curves that no suite of ours has.
    var suite: Suite? {
        switch crv {
        case "P-256": .p256
        case "Ed25519": .ed25519
        default: nil
        }
    }

    /// Goes through the COSE_Key that our formats carry. Throws `unsupportedSuite` for other curves, and
    /// `SuiteFolder.Malformed` for what isn't a curve at all.
    func verifyingKey() throws -> VerifyingKey {
        guard let curve = ExampleKey.curves[crv ?? ""], let x = try part(x, xHex) else { throw SuiteFolder.Malformed("a key of \(kty), \(crv ?? "no curve")") }
        var pairs: [CBORItem.Pair] = [.init(1, .integer(curve >= 6 ? 1 : 2)), .init(-1, .integer(curve)), .init(-2, .bytes(x))]
        if let y = try part(y, yHex) { pairs.append(.init(-3, .bytes(y))) }
        return try VerifyingKey(coseKey: CBORItem.map(pairs).encode())
    }

    func signingKey() throws -> SigningKey? {
        guard let suite, let secret = try part(d, dHex) else { return nil }
        return try SigningKey(suite, secret: secret)
    }

    private static let curves: [String: Int64] = ["P-256": 1, "P-384": 2, "P-521": 3, "Ed25519": 6, "Ed448": 7]

    private func part(_ encoded: String?, _ hexadecimal: String?) throws -> [UInt8]? {
        if let encoded { return try base64(encoded) }
        return try hexadecimal.map { try hex($0) }
    }

    /// A key to which no example belongs, for envelopes whose own key can't be had.
    static func another() throws -> VerifyingKey {
        try SigningKey(.ed25519, secret: [UInt8](repeating: 4, count: 32)).verifyingKey
    }
}

/// Reads by the strict profile, then verifies: what a node does with an envelope.
func verifyStrictly(_ bytes: [UInt8], _ key: VerifyingKey, externalAAD: [UInt8] = []) throws {
    try COSESigner.verify(COSESign1(decoding: bytes), key: key, externalAAD: externalAAD)
}
