import COpenSSL
import TiaokuaiFormat

/// How the secret in a key file is locked: scrypt (RFC 7914) makes a key of the passphrase, AES-256-GCM locks with it.
///
///   scrypt = ["scrypt", log2-n: 10..18, r: 1..8, p: 1..4, salt: bstr .size 16]
struct KeyProtection: Hashable, Sendable {
    /// What one guess costs: 128 · r · 2^log2N bytes, p times over.
    struct Cost: Hashable, Sendable {
        let log2N: Int
        let r: Int
        let p: Int

        /// 128 MiB and about half a second: what people bear once a day, and a guesser at every try.
        static let written = Cost(log2N: 17, r: 8, p: 1)
        /// What is read is bounded, so that a hostile file costs at most 256 MiB and four rounds.
        static let readLog2N = 10...18
        static let readR = 1...8
        static let readP = 1...4
    }

    static let name = "scrypt"
    static let saltBytes = 16
    /// Longest passphrase, in bytes of UTF-8: a page of text, hashed at once.
    static let passphraseBytes = 4_096

    let cost: Cost
    let salt: [UInt8]

    /// With a fresh salt.
    init(cost: Cost = .written) throws(TrustError) {
        self.cost = cost
        salt = try SecretBytes.random(KeyProtection.saltBytes)
    }

    /// `secret` with its tag. The nonce is zero, for the key is this salt's alone.
    func lock(_ secret: [UInt8], passphrase: String, aad: [UInt8]) throws(TrustError) -> [UInt8] {
        guard !passphrase.isEmpty else { throw TrustError(.wrongPassphrase, "empty") }
        return try cipher(passphrase).seal(secret[...], nonce: KeyProtection.nonce, aad: aad)
    }

    /// Throws `wrongPassphrase`, also where something in the file was altered: the two can't be told apart.
    func unlock(_ locked: [UInt8], passphrase: String, aad: [UInt8]) throws(TrustError) -> [UInt8] {
        guard let secret = try cipher(passphrase).open(locked[...], nonce: KeyProtection.nonce, aad: aad) else { throw TrustError(.wrongPassphrase) }
        return secret
    }

    private static let nonce = [UInt8](repeating: 0, count: AuthenticatedCipher.nonceBytes)

    private func cipher(_ passphrase: String) throws(TrustError) -> AuthenticatedCipher {
        var typed = Array(passphrase.utf8)
        var key = [UInt8](repeating: 0, count: 32)
        defer {
            SecretBytes.erase(&typed)
            SecretBytes.erase(&key)
        }
        guard typed.count <= KeyProtection.passphraseBytes else { throw TrustError(.wrongPassphrase, "\(typed.count) bytes") }
        let (n, r, p) = (UInt64(1) << UInt64(cost.log2N), UInt64(cost.r), UInt64(cost.p))
        // libcrypto's own bound is 32 MiB; this is what these parameters need, with some room.
        let memory = 128 * r * (n + p) + 1 << 20
        let done = typed.withUnsafeBytes { EVP_PBE_scrypt($0.baseAddress, $0.count, salt, salt.count, n, r, p, memory, &key, key.count) }
        guard done == 1 else {
            ERR_clear_error()
            throw TrustError(.libcrypto, "scrypt failed")
        }
        return try AuthenticatedCipher(.aes256GCM, key: key)
    }
}

extension KeyProtection {
    func encode(to encoder: inout CBOREncoder) {
        encoder.arrayHeader(5)
        encoder.text(KeyProtection.name)
        encoder.unsigned(UInt64(cost.log2N))
        encoder.unsigned(UInt64(cost.r))
        encoder.unsigned(UInt64(cost.p))
        encoder.byteString(salt)
    }

    /// What follows the name in an array of so many items. Throws `malformedKeyFile` for parameters out of bounds.
    init(_ reader: inout CBORReader, count: Int) throws {
        guard count == 5 else { throw TrustError(.malformedKeyFile, "protection") }
        cost = Cost(log2N: try reader.count(limit: 64), r: try reader.count(limit: 1 << 16), p: try reader.count(limit: 1 << 16))
        salt = try reader.byteString(limit: KeyProtection.saltBytes)
        // RFC 7914 §2 bounds N by r.
        guard Cost.readLog2N ~= cost.log2N, Cost.readR ~= cost.r, Cost.readP ~= cost.p, cost.log2N < 16 * cost.r, salt.count == KeyProtection.saltBytes else {
            throw TrustError(.malformedKeyFile, "scrypt with 2^\(cost.log2N), \(cost.r), \(cost.p)")
        }
    }
}
