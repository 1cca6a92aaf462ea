import COpenSSL

/// What the EVP layer doesn't offer: a public point from a scalar, and signatures as two numbers.
enum Curve {
    /// scalar × generator as an uncompressed point; nil unless 1 ≤ scalar < order.
    static func point(_ suite: Suite, times scalar: [UInt8]) -> [UInt8]? {
        guard let group = EC_GROUP_new_by_curve_name(suite == .sm2 ? NID_sm2 : NID_X9_62_prime256v1) else { return nil }
        defer { EC_GROUP_free(group) }
        guard let number = BN_secure_new(), BN_bin2bn(scalar, Int32(scalar.count), number) != nil else { return nil }
        defer { BN_clear_free(number) }
        guard BN_is_zero(number) == 0, let order = EC_GROUP_get0_order(group), BN_cmp(number, order) < 0 else { return nil }
        BN_set_flags(number, BN_FLG_CONSTTIME)
        guard let point = EC_POINT_new(group) else { return nil }
        defer { EC_POINT_free(point) }
        var out = [UInt8](repeating: 0, count: 65)
        guard EC_POINT_mul(group, point, number, nil, nil, nil) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &out, out.count, nil) == out.count
        else { return nil }
        return out
    }

    /// Raw r‖s of 64 bytes, as COSE carries it, from the DER that libcrypto makes. Nil for any other spelling: its parser
    /// also takes BER, whose lengths can be written at length.
    static func raw(fromDER der: [UInt8]) -> [UInt8]? {
        var signature: OpaquePointer?
        let whole = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            signature = d2i_ECDSA_SIG(nil, &cursor, buffer.count)
            return cursor == buffer.baseAddress?.advanced(by: buffer.count)
        }
        defer { ECDSA_SIG_free(signature) }
        guard whole, let signature else { return nil }
        var out = [UInt8](repeating: 0, count: 64)
        let done = out.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return BN_bn2binpad(ECDSA_SIG_get0_r(signature), start, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(signature), start + 32, 32) == 32
        }
        return done && self.der(fromRaw: out) == der ? out : nil
    }

    /// DER, as libcrypto wants it, from raw r‖s of exactly 64 bytes.
    static func der(fromRaw raw: [UInt8]) -> [UInt8]? {
        guard raw.count == 64, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let (r, s) = raw.withUnsafeBufferPointer { (BN_bin2bn($0.baseAddress, 32, nil), BN_bin2bn($0.baseAddress.map { $0 + 32 }, 32, nil)) }
        guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            return nil
        }
        let length = Int(i2d_ECDSA_SIG(signature, nil))
        guard length > 0 else { return nil }
        var out = [UInt8](repeating: 0, count: length)
        let written = out.withUnsafeMutableBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return i2d_ECDSA_SIG(signature, &cursor)
        }
        return Int(written) == length ? out : nil
    }
}
