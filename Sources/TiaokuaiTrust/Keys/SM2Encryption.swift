import COpenSSL

/// SM2 public key encryption, GB/T 32918.4, in the encoding that libcrypto and GM/T 0009 share: the DER sequence
/// `{ x INTEGER, y INTEGER, C3 OCTET STRING (SM3, 32 bytes), C2 OCTET STRING }`, so C1, C3, C2 in this order.
enum SM2Encryption {
    private typealias Step = (OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?, UnsafePointer<UInt8>?, Int) -> Int32

    static func encrypt(_ plaintext: [UInt8], key: KeyHandle) -> [UInt8]? {
        run(plaintext, key, EVP_PKEY_encrypt_init, EVP_PKEY_encrypt)
    }

    static func decrypt(_ ciphertext: [UInt8], key: KeyHandle) -> [UInt8]? {
        run(ciphertext, key, EVP_PKEY_decrypt_init, EVP_PKEY_decrypt)
    }

    private static func run(_ input: [UInt8], _ key: KeyHandle, _ start: (OpaquePointer?) -> Int32, _ step: Step) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new(key.pointer, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var length = 0
        guard start(context) == 1, step(context, nil, &length, input, input.count) == 1, length > 0 else { return nil }
        var out = [UInt8](repeating: 0, count: length)
        guard step(context, &out, &length, input, input.count) == 1, length <= out.count else {
            SecretBytes.erase(&out)
            return nil
        }
        out.removeLast(out.count - length)
        return out
    }
}

extension SealingPublicKey {
    /// `plaintext`, 1 to 1,024 bytes, for the holder of this SM2 key alone; different each time. `unsupportedSuite` on
    /// another curve.
    public func encrypt(_ plaintext: [UInt8]) throws(TrustError) -> [UInt8] {
        guard curve == .sm2 else { throw TrustError(.unsupportedSuite, "only SM2 encrypts") }
        guard 1...1_024 ~= plaintext.count, let ciphertext = SM2Encryption.encrypt(plaintext, key: handle) else {
            throw TrustError(.libcrypto, "SM2 did not encrypt \(plaintext.count) bytes")
        }
        return ciphertext
    }
}
