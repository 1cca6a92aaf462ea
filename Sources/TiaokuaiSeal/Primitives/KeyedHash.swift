import COpenSSL
import TiaokuaiTrust

/// HMAC (RFC 2104) with one key for many messages; tags of 32 bytes. For one thread at a time.
package final class KeyedHash {
    package enum Digest: String, Hashable, Sendable {
        case sha256 = "SHA2-256"
        case sm3 = "SM3"
    }

    package static let tagBytes = 32

    private let context: OpaquePointer

    package init(_ digest: Digest, key: [UInt8]) throws(SealError) {
        guard let context = tk_hmac(digest.rawValue, key, key.count) else { throw KeyedHash.failed() }
        self.context = context
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// The tag over the parts, one after another.
    package func tag(_ parts: ArraySlice<UInt8>...) throws(SealError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: KeyedHash.tagBytes)
        var length = 0
        var done = EVP_MAC_init(context, nil, 0, nil) == 1
        for part in parts { done = done && part.withUnsafeBufferPointer { EVP_MAC_update(context, $0.baseAddress, $0.count) == 1 } }
        guard done, EVP_MAC_final(context, &out, &length, out.count) == 1, length == out.count else { throw KeyedHash.failed() }
        return out
    }

    /// Compares in a time that doesn't depend on where the two differ.
    package static func isEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        let (left, right) = (Array(left), Array(right))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    private static func failed() -> SealError {
        ERR_clear_error()
        return SealError(.crypto, "HMAC failed")
    }
}
