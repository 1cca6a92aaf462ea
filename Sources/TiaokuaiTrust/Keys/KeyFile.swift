import TiaokuaiFormat

/// A private key as a file: the deterministic CBOR array `["tk-key", 1, purpose, algorithm, protection, secret]`.
///
/// `protection` is null where the secret lies open under the folder's file modes; version 1 reserves an array there for a
/// key that is sealed with a passphrase, and a reader that meets one says `keyFileSealed`. The public key is not in the
/// file: it follows from the secret, so the two can't disagree.
struct KeyFile: Hashable, Sendable {
    enum Purpose: UInt64, Hashable, Sendable {
        case signing = 0
        case sealing = 1
    }

    static let name = "tk-key"
    static let version: UInt64 = 1
    /// A key file has under 60 bytes; room for a sealed one.
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

    func encode() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 64)
        encoder.arrayHeader(6)
        encoder.text(KeyFile.name)
        encoder.unsigned(KeyFile.version)
        encoder.unsigned(purpose.rawValue)
        encoder.integer(algorithm)
        encoder.null()
        encoder.byteString(secret)
        return encoder.bytes
    }

    /// Throws `malformedKeyFile`, `keyFileVersion`, `keyFileSealed`, or `wrongKey` for one of the other purpose.
    init(decoding bytes: [UInt8], expecting purpose: Purpose) throws(TrustError) {
        do {
            try self.init(parsing: bytes)
        } catch let error as TrustError {
            throw error
        } catch {
            throw TrustError(.malformedKeyFile, "\(error)")
        }
        guard self.purpose == purpose else { throw TrustError(.wrongKey, "a key file of the other purpose") }
    }

    private init(parsing bytes: [UInt8]) throws {
        guard bytes.count <= KeyFile.maximumBytes else { throw TrustError(.malformedKeyFile, "\(bytes.count) bytes") }
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        guard count >= 2, try reader.text(limit: 32) == KeyFile.name else { throw TrustError(.malformedKeyFile, "not a key file") }
        let version = try reader.unsigned()
        guard version == KeyFile.version else { throw TrustError(.keyFileVersion, "\(version)") }
        guard count == 6, let purpose = Purpose(rawValue: try reader.unsigned()) else { throw TrustError(.malformedKeyFile, "purpose") }
        let algorithm = try reader.integer()
        guard reader.nullIfNext() else { throw TrustError(.keyFileSealed) }
        self.init(purpose: purpose, algorithm: algorithm, secret: try reader.byteString(limit: 64))
        try reader.finish()
    }
}
