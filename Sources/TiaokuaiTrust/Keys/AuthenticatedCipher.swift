import COpenSSL

/// One key of an AEAD cipher, for many messages, one thread at a time. Nonces have 12 bytes and are the caller's business:
/// none may be used twice.
package final class AuthenticatedCipher {
    package enum Algorithm: Hashable, Sendable, CaseIterable {
        case aes128GCM, aes256GCM, chaCha20Poly1305

        package var keyBytes: Int { self == .aes128GCM ? 16 : 32 }

        fileprivate var cipher: OpaquePointer? {
            switch self {
            case .aes128GCM: EVP_aes_128_gcm()
            case .aes256GCM: EVP_aes_256_gcm()
            case .chaCha20Poly1305: EVP_chacha20_poly1305()
            }
        }
    }

    package static let nonceBytes = 12
    package static let tagBytes = 16
    /// Longest message and longest associated data: libcrypto counts in 32 bits with sign.
    package static let maximumBytes = 1 << 30

    private let context: OpaquePointer

    /// Throws `malformedKey` for a key of another length.
    package init(_ algorithm: Algorithm, key: [UInt8]) throws(TrustError) {
        guard key.count == algorithm.keyBytes else { throw TrustError(.malformedKey, "\(key.count) bytes") }
        guard let context = EVP_CIPHER_CTX_new() else { throw TrustError(.libcrypto, "out of memory") }
        self.context = context
        guard EVP_CipherInit_ex(context, algorithm.cipher, nil, key, nil, 1) == 1 else { throw AuthenticatedCipher.failed() }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// The ciphertext with the tag of 16 bytes behind it.
    package func seal(_ plaintext: ArraySlice<UInt8>, nonce: [UInt8], aad: [UInt8]) throws(TrustError) -> [UInt8] {
        guard plaintext.count <= AuthenticatedCipher.maximumBytes, start(nonce: nonce, aad: aad, isSealing: true) else { throw AuthenticatedCipher.failed() }
        var done = true
        let out = [UInt8](unsafeUninitializedCapacity: plaintext.count + AuthenticatedCipher.tagBytes) { buffer, count in
            done = update(plaintext, into: buffer.baseAddress) && finish()
            guard done, let start = buffer.baseAddress else { return }
            let tag = start + plaintext.count
            done = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(AuthenticatedCipher.tagBytes), tag) == 1
            count = done ? buffer.count : 0
        }
        guard done else { throw AuthenticatedCipher.failed() }
        return out
    }

    /// The plaintext, or nil when key, nonce, `aad` and bytes don't belong together; then nothing of it is kept.
    package func open(_ sealed: ArraySlice<UInt8>, nonce: [UInt8], aad: [UInt8]) -> [UInt8]? {
        guard sealed.count >= AuthenticatedCipher.tagBytes else { return nil }
        let ciphertext = sealed.dropLast(AuthenticatedCipher.tagBytes)
        var tag = Array(sealed.suffix(AuthenticatedCipher.tagBytes))
        guard sealed.count <= AuthenticatedCipher.maximumBytes, start(nonce: nonce, aad: aad, isSealing: false),
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
        else {
            ERR_clear_error()
            return nil
        }
        var isAuthentic = false
        let out = [UInt8](unsafeUninitializedCapacity: max(1, ciphertext.count)) { buffer, count in
            isAuthentic = update(ciphertext, into: buffer.baseAddress) && finish()
            if isAuthentic { count = ciphertext.count } else { OPENSSL_cleanse(buffer.baseAddress, ciphertext.count) }
        }
        if !isAuthentic { ERR_clear_error() }
        return isAuthentic ? out : nil
    }

    private func start(nonce: [UInt8], aad: [UInt8], isSealing: Bool) -> Bool {
        guard nonce.count == AuthenticatedCipher.nonceBytes, aad.count <= AuthenticatedCipher.maximumBytes,
            EVP_CipherInit_ex(context, nil, nil, nil, nonce, isSealing ? 1 : 0) == 1
        else { return false }
        var length: Int32 = 0
        return aad.isEmpty || EVP_CipherUpdate(context, nil, &length, aad, Int32(aad.count)) == 1
    }

    private func update(_ input: ArraySlice<UInt8>, into out: UnsafeMutablePointer<UInt8>?) -> Bool {
        guard !input.isEmpty else { return true }
        var length: Int32 = 0
        return input.withUnsafeBufferPointer { EVP_CipherUpdate(context, out, &length, $0.baseAddress, Int32($0.count)) == 1 && Int(length) == $0.count }
    }

    /// Computes or compares the tag; these modes have nothing left to write.
    private func finish() -> Bool {
        var nothing = [UInt8](repeating: 0, count: 16)
        var length: Int32 = 0
        return EVP_CipherFinal_ex(context, &nothing, &length) == 1
    }

    private static func failed() -> TrustError {
        ERR_clear_error()
        return TrustError(.libcrypto, "the cipher failed")
    }
}
