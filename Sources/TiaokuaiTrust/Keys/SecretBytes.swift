import COpenSSL

enum SecretBytes {
    static func random(_ count: Int) throws(TrustError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        guard RAND_priv_bytes(&out, Int32(count)) == 1 else {
            ERR_clear_error()
            throw TrustError(.libcrypto, "no randomness")
        }
        return out
    }

    static func erase(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
