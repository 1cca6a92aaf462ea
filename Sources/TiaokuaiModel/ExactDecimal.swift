/// An exact decimal, `mantissa × 10^exponent`, always in its one normal form: no trailing zero in the mantissa
/// unless the exponent is 0 … and zero is 0 × 10⁰. No floating point anywhere.
///
/// The mantissa is an `Int64` without its least value (18 digits and a little: the country's budget in 厘), so that every
/// number has its negative; the exponent is −18 … 18.
@frozen public struct ExactDecimal: Hashable, Sendable {
    public let mantissa: Int64
    public let exponent: Int8

    public static let exponents = -18...18
    public static let zero = ExactDecimal(0)

    /// Any integer but `Int64.min`, which has no negative.
    public init(_ integer: Int64) {
        precondition(integer != .min)
        (mantissa, exponent) = ExactDecimal.normalised(Int128(integer), 0) ?? (integer, 0)
    }

    /// Brings the pair to its normal form; throws `decimalOutOfRange` when the exponent cannot be held.
    public init(mantissa: Int64, exponent: Int) throws(ModelError) {
        if ExactDecimal.isNormal(mantissa: mantissa, exponent: exponent) {
            self.init(normal: mantissa, Int8(exponent))
        } else {
            try self.init(wide: Int128(mantissa), exponent: exponent)
        }
    }

    private init(wide mantissa: Int128, exponent: Int) throws(ModelError) {
        guard let normal = ExactDecimal.normalised(mantissa, exponent) else {
            throw ModelError(.decimalOutOfRange, "\(mantissa)e\(exponent)")
        }
        (self.mantissa, self.exponent) = normal
    }

    /// True for the pair as it stands on the wire: only the normal form is admitted there.
    public static func isNormal(mantissa: Int64, exponent: Int) -> Bool {
        exponents.contains(exponent) && mantissa != .min && (mantissa == 0 ? exponent == 0 : !mantissa.isMultiple(of: 10) || exponent == 18)
    }

    /// Nil when the number cannot be held. Worked out in 128 bits: a product's trailing zeros may be what makes it fit.
    static func normalised(_ mantissa: Int128, _ exponent: Int) -> (Int64, Int8)? {
        if mantissa == 0 { return (0, 0) }
        var mantissa = mantissa
        var exponent = exponent
        while exponent < exponents.upperBound, mantissa.isMultiple(of: 10) {
            mantissa /= 10
            exponent += 1
        }
        while exponent > exponents.upperBound {
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            mantissa = product
            exponent -= 1
        }
        guard exponent >= exponents.lowerBound, let held = Int64(exactly: mantissa), held != .min else { return nil }
        return (held, Int8(exponent))
    }

    /// Reads `-12`, `3.04`, `14.20`; half-width digits only, at most 18 of them that count, no exponent, no separators.
    public init(parsing text: some StringProtocol) throws(ModelError) {
        var mantissa: Int64 = 0
        var scale = 0
        // Zeros that count only if another digit follows them.
        var zeros = 0
        var digits = 0
        var point = false
        var negative = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: negative = true
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: ".") where !point && digits > 0: point = true
            case UInt8(ascii: "0"):
                digits += 1
                if point { scale += 1 }
                if mantissa != 0 { zeros += 1 }
            case UInt8(ascii: "1")...UInt8(ascii: "9"):
                digits += 1
                if point { scale += 1 }
                for _ in 0...zeros {
                    let (tens, overflow) = mantissa.multipliedReportingOverflow(by: 10)
                    if overflow { throw ModelError(.decimalOutOfRange, String(text.prefix(200))) }
                    mantissa = tens
                }
                zeros = 0
                let (sum, overflow) = mantissa.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
                if overflow { throw ModelError(.decimalOutOfRange, String(text.prefix(200))) }
                mantissa = sum
            default: throw ModelError(.malformedDecimal, String(text.prefix(200)))
            }
        }
        guard digits > 0, !(point && scale == 0) else { throw ModelError(.malformedDecimal, String(text.prefix(200))) }
        try self.init(mantissa: negative ? -mantissa : mantissa, exponent: zeros - scale)
    }

    /// The exact product; throws `decimalOutOfRange` when it cannot be held.
    public func multiplied(by other: ExactDecimal) throws(ModelError) -> ExactDecimal {
        // Two 64-bit factors: the product always fits into 128 bits.
        try ExactDecimal(wide: Int128(mantissa) * Int128(other.mantissa), exponent: Int(exponent) + Int(other.exponent))
    }

    /// The exact sum; throws `decimalOutOfRange` when it cannot be held.
    public func adding(_ other: ExactDecimal) throws(ModelError) -> ExactDecimal {
        let low = min(exponent, other.exponent)
        guard let left = scaled(to: low), let right = other.scaled(to: low) else { throw ModelError(.decimalOutOfRange, "\(self) + \(other)") }
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { throw ModelError(.decimalOutOfRange, "\(self) + \(other)") }
        return try ExactDecimal(wide: sum, exponent: Int(low))
    }

    public var negated: ExactDecimal { ExactDecimal(normal: -mantissa, exponent) }

    private init(normal mantissa: Int64, _ exponent: Int8) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    private func scaled(to low: Int8) -> Int128? {
        var value = Int128(mantissa)
        for _ in 0..<(Int(exponent) - Int(low)) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return value
    }
}

extension ExactDecimal: Comparable {
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.mantissa.signum() != right.mantissa.signum() { return left.mantissa < right.mantissa }
        let low = min(left.exponent, right.exponent)
        switch (left.scaled(to: low), right.scaled(to: low)) {
        case (let l?, let r?): return l < r
        // One of them is so much larger in size that 38 digits do not hold it: the sign says which way round.
        case (nil, _): return left.mantissa < 0
        case (_, nil): return right.mantissa > 0
        }
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// Plain digits, `.` as the point, no grouping, no exponent: `30400`, `14.2`, `-0.5`.
    public var description: String {
        let digits = String(mantissa.magnitude)
        let sign = mantissa < 0 ? "-" : ""
        if exponent >= 0 { return sign + digits + String(repeating: "0", count: Int(exponent)) }
        let places = Int(-exponent)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
