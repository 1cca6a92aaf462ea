import Testing
import TiaokuaiModel

struct ExactDecimalTests {
    private func code(_ body: () throws -> Void) -> ModelError.Code? {
        do { try body() } catch { return (error as? ModelError)?.code }
        return nil
    }

    @Test(arguments: [
        ("0", 0, 0, "0"), ("-0", 0, 0, "0"), ("0.000", 0, 0, "0"), ("00", 0, 0, "0"), ("14.20", 142, -1, "14.2"), ("+5", 5, 0, "5"), ("007", 7, 0, "7"),
        ("30400", 304, 2, "30400"), ("-0.5", -5, -1, "-0.5"), ("3.04", 304, -2, "3.04"), ("0.000000000000000001", 1, -18, "0.000000000000000001"),
        ("9223372036854775807", .max, 0, "9223372036854775807"), ("-9223372036854775807", -.max, 0, "-9223372036854775807"),
        ("1000000000000000000000", 1_000, 18, "1000000000000000000000"), ("1.00000000000000000000000000000", 1, 0, "1"),
        ("14.2000000000000000000000", 142, -1, "14.2"), ("10.01", 1_001, -2, "10.01"),
        ("100000000000000000.5", 1_000_000_000_000_000_005, -1, "100000000000000000.5"),
    ])
    func everyTextHasOneNormalForm(text: String, mantissa: Int64, exponent: Int, written: String) throws {
        let decimal = try ExactDecimal(parsing: text)
        #expect(decimal.mantissa == mantissa || exponent == 18)
        #expect(ExactDecimal.isNormal(mantissa: decimal.mantissa, exponent: Int(decimal.exponent)))
        #expect(decimal.description == written)
        #expect(try ExactDecimal(parsing: decimal.description) == decimal)
        #expect(try ExactDecimal(mantissa: mantissa, exponent: exponent) == decimal)
    }

    @Test(arguments: ["", "-", "+", ".", ".5", "5.", "1.2.3", "1,000", "1e3", "１", " 1", "1 ", "--1", "+-1", "1-", "0x10", "NaN", "∞", "1\u{0}", "٣"])
    func otherTextIsMalformed(text: String) {
        #expect(code { _ = try ExactDecimal(parsing: text) } == .malformedDecimal)
    }

    @Test func whatCannotBeHeldIsRefused() {
        for text in [
            "9223372036854775808", "-9223372036854775808", "0.0000000000000000001", "1234567890123456789012", "1" + String(repeating: "0", count: 40),
            "1.00000000000000000000001",
        ] {
            #expect(code { _ = try ExactDecimal(parsing: text) } == .decimalOutOfRange, "\(text)")
        }
        #expect(code { _ = try ExactDecimal(parsing: "1" + String(repeating: "0", count: 1_000_000) + "1") } == .decimalOutOfRange)
        #expect(code { _ = try ExactDecimal(mantissa: .min, exponent: 0) } == .decimalOutOfRange)
        #expect(code { _ = try ExactDecimal(mantissa: 1, exponent: -19) } == .decimalOutOfRange)
        #expect(code { _ = try ExactDecimal(mantissa: 1, exponent: .max) } == .decimalOutOfRange)
        #expect(code { _ = try ExactDecimal(mantissa: 1, exponent: .min) } == .decimalOutOfRange)
        #expect(ExactDecimal(0) == .zero)
        #expect((try? ExactDecimal(mantissa: 0, exponent: .max)) == .zero)
        #expect((try? ExactDecimal(mantissa: 500, exponent: -20)) == (try? ExactDecimal(mantissa: 5, exponent: -18)))
    }

    @Test func onlyTheNormalFormIsNormal() {
        #expect(ExactDecimal.isNormal(mantissa: 0, exponent: 0))
        #expect(!ExactDecimal.isNormal(mantissa: 0, exponent: 1))
        #expect(!ExactDecimal.isNormal(mantissa: 10, exponent: 0))
        #expect(ExactDecimal.isNormal(mantissa: 10, exponent: 18))
        #expect(!ExactDecimal.isNormal(mantissa: 1, exponent: 19))
        #expect(!ExactDecimal.isNormal(mantissa: 1, exponent: -19))
        #expect(!ExactDecimal.isNormal(mantissa: .min, exponent: 0))
    }

    @Test func productsAndSumsAreExactOrRefused() throws {
        func decimal(_ text: String) throws -> ExactDecimal { try ExactDecimal(parsing: text) }
        #expect(try decimal("3.04").multiplied(by: decimal("10000")) == decimal("30400"))
        #expect(try decimal("-1.5").multiplied(by: decimal("0.2")) == decimal("-0.3"))
        #expect(try decimal("0.1").adding(decimal("0.2")) == decimal("0.3"))
        #expect(try decimal("14.2").adding(decimal("-14.20")) == .zero)
    }

    @Test func trailingZerosOfAResultDoNotCount() throws {
        let two = ExactDecimal(1 << 40)
        let five = try ExactDecimal(mantissa: 95_367_431_640_625, exponent: 0)
        #expect(try two.multiplied(by: five) == ExactDecimal(mantissa: 1 << 20, exponent: 20))
        #expect(try ExactDecimal(.max).adding(ExactDecimal(3)) == ExactDecimal(mantissa: 922_337_203_685_477_581, exponent: 1))
        #expect(code { _ = try ExactDecimal(.max).multiplied(by: ExactDecimal(.max)) } == .decimalOutOfRange)
        #expect(code { _ = try ExactDecimal(.max).adding(ExactDecimal(1)) } == .decimalOutOfRange)
        let huge = try ExactDecimal(mantissa: .max, exponent: 18)
        let tiny = try ExactDecimal(mantissa: 1, exponent: -18)
        #expect(code { _ = try huge.adding(tiny) } == .decimalOutOfRange)
        #expect(code { _ = try tiny.adding(huge) } == .decimalOutOfRange)
        #expect(try huge.adding(huge.negated) == .zero)
        #expect(huge.negated.negated == huge)
    }

    @Test func theOrderIsByValue() throws {
        let ascending = try [
            ExactDecimal(mantissa: -.max, exponent: 18), ExactDecimal(parsing: "-10"), ExactDecimal(parsing: "-9.99"),
            ExactDecimal(mantissa: -1, exponent: -18), .zero,
            ExactDecimal(mantissa: 1, exponent: -18), ExactDecimal(parsing: "0.1"), ExactDecimal(parsing: "0.11"), ExactDecimal(1), ExactDecimal(10),
            ExactDecimal(mantissa: .max, exponent: 18),
        ]
        for left in ascending.indices {
            for right in ascending.indices {
                #expect((ascending[left] < ascending[right]) == (left < right))
                #expect((ascending[left] == ascending[right]) == (left == right))
            }
        }
    }
}
