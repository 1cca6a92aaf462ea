/// Widths of IEEE 754 numbers, turned into each other by their bits alone: no arithmetic, no rounding. A NaN keeps its
/// payload, so the one that is written `f9 7e00` is the quiet NaN without one.
enum CBORFloat {
    /// Initial byte and bits of the shortest width that holds exactly this double.
    static func shortest(_ double: UInt64) -> [UInt8] {
        if let half = narrowed(double, exponentBits: 5, fractionBits: 10) {
            return [0xf9] + withUnsafeBytes(of: UInt16(truncatingIfNeeded: half).bigEndian, Array.init)
        }
        if let single = narrowed(double, exponentBits: 8, fractionBits: 23) {
            return [0xfa] + withUnsafeBytes(of: UInt32(truncatingIfNeeded: single).bigEndian, Array.init)
        }
        return [0xfb] + withUnsafeBytes(of: double.bigEndian, Array.init)
    }

    /// The bits of the double equal to a number of 2 or 4 bytes; 8 bytes are returned as they are.
    static func widened(_ bits: UInt64, width: Int) -> UInt64 {
        switch width {
        case 2: widened(bits, exponentBits: 5, fractionBits: 10)
        case 4: widened(bits, exponentBits: 8, fractionBits: 23)
        default: bits
        }
    }

    /// A NaN other than the quiet one without a payload.
    static func isSecondNaN(_ double: UInt64) -> Bool {
        double >> 52 & 0x7ff == 0x7ff && double & ((1 << 52) - 1) != 0 && double != 0x7ff8 << 48
    }

    private static func widened(_ bits: UInt64, exponentBits: UInt64, fractionBits: UInt64) -> UInt64 {
        let sign = (bits >> (exponentBits + fractionBits)) << 63
        let full: UInt64 = (1 << exponentBits) - 1
        let exponent = bits >> fractionBits & full
        let fraction = bits & ((1 << fractionBits) - 1)
        let bias: UInt64 = full >> 1
        switch (exponent, fraction) {
        case (0, 0): return sign
        case (full, _): return sign | 0x7ff << 52 | fraction << (52 - fractionBits)
        case (0, _):
            // A subnormal number: its highest set bit becomes the hidden one.
            let shift = UInt64(fraction.leadingZeroBitCount) - (63 - fractionBits)
            let kept = fraction << shift & ((1 << fractionBits) - 1)
            return sign | (1_024 - bias - shift) << 52 | kept << (52 - fractionBits)
        default: return sign | (exponent + 1_023 - bias) << 52 | fraction << (52 - fractionBits)
        }
    }

    /// Nil when the narrower width would lose a bit; found by widening back.
    private static func narrowed(_ double: UInt64, exponentBits: UInt64, fractionBits: UInt64) -> UInt64? {
        let sign = (double >> 63) << (exponentBits + fractionBits)
        let full: UInt64 = (1 << exponentBits) - 1
        let bias = Int64(full >> 1)
        let exponent = Int64(double >> 52 & 0x7ff)
        let fraction = double & ((1 << 52) - 1)
        let narrow: UInt64
        switch exponent {
        case 0: narrow = sign
        case 0x7ff: narrow = sign | full << fractionBits | fraction >> (52 - fractionBits)
        default:
            let moved = exponent - 1_023 + bias
            if moved >= Int64(full) || moved < -Int64(fractionBits) { return nil }
            if moved > 0 {
                narrow = sign | UInt64(moved) << fractionBits | fraction >> (52 - fractionBits)
            } else {
                narrow = sign | (fraction | 1 << 52) >> (53 - fractionBits + UInt64(-moved))
            }
        }
        return widened(narrow, exponentBits: exponentBits, fractionBits: fractionBits) == double ? narrow : nil
    }
}
