import TiaokuaiModel

extension JSONCursor {
    /// The number, exactly: `-12.50`, `1e3`. Throws `figureOutOfRange` when it can't be held.
    mutating func number() throws(EntryError) -> ExactDecimal {
        let at = index
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var digits = Digits()
        if peek == UInt8(ascii: "0") {
            index += 1
        } else {
            guard takeDigits(&digits) > 0 else { throw failure(.malformedJSON, at: at) }
        }
        var scale = 0
        if peek == UInt8(ascii: ".") {
            index += 1
            scale = takeDigits(&digits)
            guard scale > 0 else { throw failure(.malformedJSON, at: at) }
        }
        let exponent = try exponent(at)
        guard !digits.isTooLong else { throw failure(.figureOutOfRange, at: at) }
        do throws(ModelError) {
            return try ExactDecimal(mantissa: isNegative ? -digits.mantissa : digits.mantissa, exponent: digits.zeros - scale + exponent)
        } catch { throw failure(.figureOutOfRange, at: at) }
    }

    /// Digits so far; zeros at their end are only counted until another digit follows.
    private struct Digits {
        var mantissa: Int64 = 0
        var zeros = 0
        var isTooLong = false

        @inline(__always) mutating func append(_ digit: UInt8) {
            if digit == 0 {
                if mantissa != 0 { zeros += 1 }
                return
            }
            for _ in 0...zeros {
                let (tens, overflow) = mantissa.multipliedReportingOverflow(by: 10)
                if overflow {
                    isTooLong = true
                    return
                }
                mantissa = tens
            }
            zeros = 0
            let (sum, overflow) = mantissa.addingReportingOverflow(Int64(digit))
            if overflow { isTooLong = true } else { mantissa = sum }
        }
    }

    private mutating func takeDigits(_ digits: inout Digits) -> Int {
        let first = index
        while index < end, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
            if !digits.isTooLong { digits.append(bytes[index] - UInt8(ascii: "0")) }
            index += 1
        }
        return index - first
    }

    private mutating func exponent(_ at: Int) throws(EntryError) -> Int {
        guard peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") else { return 0 }
        index += 1
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative || peek == UInt8(ascii: "+") { index += 1 }
        let first = index
        var exponent = 0
        while index < end, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
            exponent = min(exponent * 10 + Int(bytes[index] - UInt8(ascii: "0")), 1_000_000)
            index += 1
        }
        guard index > first else { throw failure(.malformedJSON, at: at) }
        return isNegative ? -exponent : exponent
    }
}
