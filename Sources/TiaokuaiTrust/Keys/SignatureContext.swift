import COpenSSL

/// One signing or verifying call of libcrypto, with everything freed and the error queue left empty.
final class SignatureContext {
    private let context: OpaquePointer
    private var keyContext: OpaquePointer?
    private let suite: Suite

    init?(_ suite: Suite, key: KeyHandle) {
        guard let context = EVP_MD_CTX_new() else { return nil }
        self.context = context
        self.suite = suite
        // Without an id, libcrypto takes an empty one and agrees with nobody else.
        if suite == .sm2 {
            keyContext = EVP_PKEY_CTX_new(key.pointer, nil)
            let id = Array("1234567812345678".utf8)
            guard keyContext != nil, EVP_PKEY_CTX_set1_id(keyContext, id, Int32(id.count)) == 1 else { return nil }
            EVP_MD_CTX_set_pkey_ctx(context, keyContext)
        }
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_PKEY_CTX_free(keyContext)
        ERR_clear_error()
    }

    func sign(_ bytes: [UInt8], key: KeyHandle) -> [UInt8]? {
        guard EVP_DigestSignInit(context, nil, digest, nil, key.pointer) == 1 else { return nil }
        // Ed25519: 64 bytes; DER of two 32-byte numbers: at most 72.
        var out = [UInt8](repeating: 0, count: 80)
        var length = out.count
        guard EVP_DigestSign(context, &out, &length, bytes, bytes.count) == 1, length <= out.count else { return nil }
        let made = Array(out.prefix(length))
        return suite == .ed25519 ? made : Curve.raw(fromDER: made)
    }

    func isValid(_ signature: [UInt8], for bytes: [UInt8], key: KeyHandle) -> Bool {
        guard signature.count == Suite.signatureBytes, let encoded = suite == .ed25519 ? signature : Curve.der(fromRaw: signature),
            EVP_DigestVerifyInit(context, nil, digest, nil, key.pointer) == 1
        else { return false }
        return EVP_DigestVerify(context, encoded, encoded.count, bytes, bytes.count) == 1
    }

    private var digest: OpaquePointer? {
        switch suite {
        case .ed25519: nil
        case .p256: EVP_sha256()
        case .sm2: EVP_sm3()
        }
    }
}
