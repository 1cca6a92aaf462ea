import COpenSSL
import TiaokuaiTrust

/// HKDF with SHA-256, RFC 5869.
package enum HKDF {
    package static let hashBytes = 32
    /// 255 blocks, the RFC's own limit.
    package static let maximumBytes = 255 * hashBytes
    /// libcrypto takes no longer `info`.
    package static let maximumInfoBytes = 1_024

    /// A pseudorandom key of 32 bytes. An empty salt stands for 32 zeros.
    package static func extract(salt: [UInt8], secret: [UInt8]) throws(TrustError) -> [UInt8] {
        try run(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, key: secret, salt: salt, info: [], count: hashBytes)
    }

    /// `count` bytes, 1 … 8,160, from a pseudorandom key; `info` of at most 1,024 bytes.
    package static func expand(_ key: [UInt8], info: [UInt8], count: Int) throws(TrustError) -> [UInt8] {
        guard 1...maximumBytes ~= count, info.count <= maximumInfoBytes else { throw TrustError(.libcrypto, "HKDF: \(count) bytes, info of \(info.count)") }
        return try run(EVP_KDF_HKDF_MODE_EXPAND_ONLY, key: key, salt: [], info: info, count: count)
    }

    private static func run(_ mode: Int32, key: [UInt8], salt: [UInt8], info: [UInt8], count: Int) throws(TrustError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        guard tk_hkdf(mode, key, key.count, salt, salt.count, info, info.count, &out, count) == 1 else {
            ERR_clear_error()
            throw TrustError(.libcrypto, "HKDF failed")
        }
        return out
    }
}
