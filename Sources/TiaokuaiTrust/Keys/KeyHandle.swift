import COpenSSL

/// Owns one `EVP_PKEY`. libcrypto never changes a key once it is complete and counts its references atomically, so many
/// threads may use it at once; hence `@unchecked`.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// The public key in its raw form; nil when libcrypto has none.
    func rawPublicKey(_ suite: Suite) -> [UInt8]? {
        switch suite {
        case .ed25519: rawOctets(32, EVP_PKEY_get_raw_public_key)
        case .p256, .sm2: point()
        }
    }

    func rawPublicKey(_ curve: SealingCurve) -> [UInt8]? {
        if let suite = curve.suite { return rawPublicKey(suite) }
        return rawOctets(32, EVP_PKEY_get_raw_public_key)
    }

    /// The 32 secret bytes: a scalar, or what the raw form of the key type is.
    func secret(isScalar: Bool) -> [UInt8]? {
        guard isScalar else { return rawOctets(32, EVP_PKEY_get_raw_private_key) }
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, "priv", &number) == 1 else {
            ERR_clear_error()
            return nil
        }
        defer { BN_clear_free(number) }
        var out = [UInt8](repeating: 0, count: 32)
        return BN_bn2binpad(number, &out, Int32(out.count)) == Int32(out.count) ? out : nil
    }

    func rawOctets(_ count: Int, _ read: (OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?) -> Int32) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: count)
        var length = count
        guard read(pointer, &out, &length) == 1, length == count else {
            ERR_clear_error()
            return nil
        }
        return out
    }

    private func point() -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: 65)
        var length = 0
        let done = EVP_PKEY_get_octet_string_param(pointer, "pub", &out, out.count, &length)
        guard done == 1, length == 65 else {
            ERR_clear_error()
            return nil
        }
        return out
    }
}

extension KeyHandle {
    /// A public key that libcrypto accepts: of the right length and, on a curve, a point of it.
    static func publicKey(_ suite: Suite, _ raw: [UInt8]) -> KeyHandle? {
        if suite == .ed25519 { return made(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, raw, raw.count)) }
        return onCurve(suite, point: raw, scalar: nil)
    }

    /// A private key from its 32 bytes: Ed25519's seed, or the scalar of a curve, 1 … n − 1.
    static func privateKey(_ suite: Suite, _ secret: [UInt8]) -> KeyHandle? {
        if suite == .ed25519 { return made(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, secret.count)) }
        guard let point = Curve.point(suite, times: secret) else {
            ERR_clear_error()
            return nil
        }
        return onCurve(suite, point: point, scalar: secret)
    }

    static func publicKey(_ curve: SealingCurve, _ raw: [UInt8]) -> KeyHandle? {
        if let suite = curve.suite { return publicKey(suite, raw) }
        return made(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nil, raw, raw.count))
    }

    static func privateKey(_ curve: SealingCurve, _ secret: [UInt8]) -> KeyHandle? {
        if let suite = curve.suite { return privateKey(suite, secret) }
        return made(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, secret, secret.count))
    }

    static func made(_ pointer: OpaquePointer?) -> KeyHandle? {
        guard let pointer else {
            ERR_clear_error()
            return nil
        }
        return KeyHandle(owning: pointer)
    }

    private static func onCurve(_ suite: Suite, point: [UInt8], scalar: [UInt8]?) -> KeyHandle? {
        guard let group = suite.groupName else { return nil }
        guard let scalar else { return made(tk_curve_key(suite.keyName, group, point, point.count, nil)) }
        // A secure number makes libcrypto keep its copies secure, and constant in time.
        guard let number = BN_secure_new(), BN_bin2bn(scalar, Int32(scalar.count), number) != nil else { return made(nil) }
        defer { BN_clear_free(number) }
        BN_set_flags(number, BN_FLG_CONSTTIME)
        return made(tk_curve_key(suite.keyName, group, point, point.count, number))
    }
}
