import COpenSSL
import TiaokuaiTrust

/// SM4 (GB/T 32907) in counter mode with one key. It hides and protects nothing against change: a tag goes beside it. For one thread at
/// a time.
package final class CounterCipher {
    package static let keyBytes = 16
    package static let blockBytes = 16
    /// As of `AuthenticatedCipher`.
    package static let maximumBytes = AuthenticatedCipher.maximumBytes

    private let context: OpaquePointer

    package init(key: [UInt8]) throws(SealError) {
        guard key.count == CounterCipher.keyBytes else { throw SealError(.wrongKey, "\(key.count) bytes") }
        guard let context = EVP_CIPHER_CTX_new() else { throw SealError(.crypto, "out of memory") }
        self.context = context
        guard EVP_EncryptInit_ex(context, EVP_sm4_ctr(), nil, key, nil) == 1 else { throw CounterCipher.failed() }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// `bytes` with the key stream from the counter block `start` on; done twice it gives them back.
    package func apply(_ bytes: ArraySlice<UInt8>, from start: UInt128) throws(SealError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        guard bytes.count <= CounterCipher.maximumBytes, EVP_EncryptInit_ex(context, nil, nil, nil, bigEndian(start)) == 1 else { throw CounterCipher.failed() }
        var length: Int32 = 0
        let out = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            let done = bytes.withUnsafeBufferPointer { EVP_EncryptUpdate(context, buffer.baseAddress, &length, $0.baseAddress, Int32($0.count)) }
            count = done == 1 ? Int(length) : 0
        }
        guard out.count == bytes.count else { throw CounterCipher.failed() }
        return out
    }

    private static func failed() -> SealError {
        ERR_clear_error()
        return SealError(.crypto, "SM4 failed")
    }
}
