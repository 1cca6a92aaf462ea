import COpenSSL

/// Bytes that nobody may guess or find in memory afterwards.
package enum SecretBytes {
    package static func random(_ count: Int) throws(TrustError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        guard RAND_priv_bytes(&out, Int32(count)) == 1 else {
            ERR_clear_error()
            throw TrustError(.libcrypto, "no randomness")
        }
        return out
    }

    /// Overwrites the array's own storage; copies made before are not reached.
    package static func erase(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
