import TiaokuaiFormat

/// A private key as a file: the deterministic CBOR array `["tk-key", 1, purpose, algorithm, protection, secret]`;
/// Docs/Formats/Seal.md.
///
/// `protection` is null where the secret lies open under the folder's file modes, and otherwise says how a passphrase
/// unlocks it. The public key is not in the file: it follows from the secret, so the two can't disagree.
struct KeyFile: Hashable, Sendable {
    enum Purpose: UInt64, Hashable, Sendable {
        case signing = 0
        case sealing = 1
    }

    static let name = "tk-key"
    static let version: UInt64 = 1
    /// A key file has under 100 bytes, a locked one too.
    static let maximumBytes = 1_024

    let purpose: Purpose
    /// A COSE algorithm for signing, a COSE curve for sealing.
    let algorithm: Int64
    let secret: [UInt8]

    init(purpose: Purpose, algorithm: Int64, secret: [UInt8]) {
        self.purpose = purpose
        self.algorithm = algorithm
        self.secret = secret
    }

    /// The file with its secret open.
    func encode() -> [UInt8] {
        var encoder = head()
        encoder.null()
        encoder.byteString(secret)
        return encoder.bytes
    }

    /// The file with its secret locked; different each time.
    func encode(passphrase: String, cost: KeyProtection.Cost = .written) throws(TrustError) -> [UInt8] {
        let protection = try KeyProtection(cost: cost)
        var encoder = head()
        protection.encode(to: &encoder)
        encoder.byteString(try protection.lock(secret, passphrase: passphrase, aad: encoder.bytes))
        return encoder.bytes
    }

    private func head() -> CBOREncoder {
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(6)
        encoder.text(KeyFile.name)
        encoder.unsigned(KeyFile.version)
        encoder.unsigned(purpose.rawValue)
        encoder.integer(algorithm)
        return encoder
    }

    /// Throws `malformedKeyFile`, `keyFileVersion`, `wrongKey` for one of the other purpose, `keyFileSealed` when it is
    /// locked and there is no passphrase, `wrongPassphrase`. A passphrase for an open file is not looked at.
    init(decoding bytes: [UInt8], expecting purpose: Purpose, passphrase: String? = nil) throws(TrustError) {
        do {
            try self.init(parsing: bytes, expecting: purpose, passphrase)
        } catch let error as TrustError {
            throw error
        } catch {
            throw TrustError(.malformedKeyFile, "\(error)")
        }
    }

    private init(parsing bytes: [UInt8], expecting expected: Purpose, _ passphrase: String?) throws {
        guard bytes.count <= KeyFile.maximumBytes else { throw TrustError(.malformedKeyFile, "\(bytes.count) bytes") }
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        guard count >= 2, try reader.text(limit: 32) == KeyFile.name else { throw TrustError(.malformedKeyFile, "not a key file") }
        let version = try reader.unsigned()
        guard version == KeyFile.version else { throw TrustError(.keyFileVersion, "\(version)") }
        guard count == 6, let purpose = Purpose(rawValue: try reader.unsigned()) else { throw TrustError(.malformedKeyFile, "purpose") }
        let algorithm = try reader.integer()
        let protection = reader.nullIfNext() ? nil : try KeyProtection(&reader)
        let head = Array(bytes[..<reader.offset])
        let secret = try reader.byteString(limit: 64)
        try reader.finish()
        guard purpose == expected else { throw TrustError(.wrongKey, "a key file of the other purpose") }
        self.init(purpose: purpose, algorithm: algorithm, secret: try KeyFile.opened(secret, protection, passphrase, head))
    }

    private static func opened(_ secret: [UInt8], _ protection: KeyProtection?, _ passphrase: String?, _ head: [UInt8]) throws(TrustError) -> [UInt8] {
        guard let protection else { return secret }
        guard let passphrase else { throw TrustError(.keyFileSealed) }
        return try protection.unlock(secret, passphrase: passphrase, aad: head)
    }
}
