import Testing
import TiaokuaiEntry
import TiaokuaiModel

struct FigureReaderTests {
    private func code(_ text: String, _ measure: String) -> EntryError.Code? {
        do throws(EntryError) { _ = try FigureReader(measure: measure).read(text) } catch { return error.code }
        return nil
    }

    @Test(arguments: [
        ("３．０４ 万人", "人", "30400"), ("3.04万人", "人", "30400"), ("30,400人", "人", "30400"), ("30，400", "人", "30400"), ("30 400 人", "人", "30400"),
        ("3.04万", "人", "30400"),
        ("3.04 万 人", "人", "30400"), ("30400名", "人", "30400"), ("14.20天", "天", "14.2"), ("14.20", "天", "14.2"), ("15日", "天", "15"), ("１５", "天", "15"),
        ("　15　", "天", "15"),
        ("4.5%", "%", "4.5"), ("4.5％", "%", "4.5"), ("45‰", "%", "4.5"), ("4.5%", "‰", "45"), ("4.5", "%", "4.5"), ("0.3个百分点", "个百分点", "0.3"),
        ("0.3百分点", "个百分点", "0.3"),
        ("1.2亿元", "元", "120000000"), ("¥1,200", "元", "1200"), ("￥１，２００．５０", "元", "1200.5"), ("¥3万", "元", "30000"), ("¥ 3万元", "元", "30000"), ("5角", "元", "0.5"),
        ("1.2亿元", "万元", "12000"), ("500", "万元", "500"), ("500元", "万元", "0.05"), ("3万", "万元", "3"), ("1.2万亿元", "元", "1200000000000"), ("3百万元", "万元", "300"),
        ("3.04万人", "万人", "3.04"), ("2千户", "户", "2000"), ("1.5万吨", "吨", "15000"), ("1500公斤", "吨", "1.5"), ("3kg", "吨", "0.003"), ("15万亩", "亩", "150000"),
        ("2米", "公里", "0.002"), ("12千米", "公里", "12"), ("12km", "公里", "12"), ("35㎡", "平方米", "35"), ("35m²", "平方米", "35"), ("1.5平方公里", "平方米", "1500000"),
        ("2㎥", "立方米", "2"),
        ("30万千瓦", "千瓦", "300000"), ("2兆瓦", "千瓦", "2000"), ("50MW", "万千瓦", "5"), ("1.5亿千瓦时", "千瓦时", "150000000"), ("300度", "千瓦时", "300"),
        ("500元/人", "元/人", "500"),
        ("5万元/人", "元/人", "50000"), ("3万吨/年", "万吨/年", "3"), ("30000吨/年", "万吨/年", "3"), ("12件", "件", "12"), ("7家", "家", "7"), ("7", "家次", "7"),
        ("1.5倍", "倍", "1.5"),
        ("-0.5", "个百分点", "-0.5"), ("－0.5％", "%", "-0.5"), ("\u{2212}3人", "人", "-3"), ("负3人", "人", "-3"), ("+3", "人", "3"), ("007", "人", "7"), ("0", "人", "0"),
        ("3块示范牌", "块示范牌", "3"), ("2万块示范牌", "块示范牌", "20000"), ("1,234,567.89", "元", "1234567.89"), ("1 234 567", "元", "1234567"),
    ])
    func whatPeopleTypeIsRead(text: String, measure: String, expected: String) throws {
        #expect(try FigureReader(measure: measure).read(text).description == expected)
    }

    @Test(arguments: [
        ("30400人", "元", EntryError.Code.measureMismatch), ("5天", "人", .measureMismatch), ("4.5%", "个百分点", .measureMismatch), ("3户", "家", .measureMismatch),
        ("3万", "%", .measureMismatch),
        ("3万%", "%", .measureMismatch), ("3元", "元/人", .measureMismatch), ("3元/人", "元", .measureMismatch), ("¥5", "人", .measureMismatch),
        ("3公顷", "亩", .measureMismatch),
        ("5朵", "人", .unknownMeasure), ("14.2天(市场供应量)", "天", .unknownMeasure), ("3万余人", "人", .unknownMeasure), ("3人以上", "人", .unknownMeasure),
        ("3/", "人", .unknownMeasure),
        ("1.2E+05", "人", .scientificNotation), ("1.23457E11", "元", .scientificNotation), ("3e4人", "人", .scientificNotation),
        ("", "人", .malformedFigure), ("人", "人", .malformedFigure), ("约3万人", "人", .malformedFigure), ("三万人", "人", .malformedFigure),
        ("30,40", "人", .malformedFigure), ("3,0400", "人", .malformedFigure),
        (",300", "人", .malformedFigure), ("1,234 567", "人", .malformedFigure), ("1.2.3", "人", .malformedFigure), ("5.", "人", .malformedFigure),
        (".5", "人", .malformedFigure), ("1. 5", "人", .malformedFigure),
        ("1.234,5", "人", .malformedFigure), ("--3", "人", .malformedFigure), ("-", "人", .malformedFigure), ("10³", "人", .malformedFigure),
        ("①", "人", .malformedFigure), ("½", "人", .malformedFigure),
        ("3㏠", "天", .malformedFigure), ("¥5人", "人", .malformedFigure), ("٣", "人", .malformedFigure), ("=1+1", "人", .malformedFigure),
        ("#REF!", "人", .malformedFigure), ("3\u{0}", "人", .unknownMeasure),
        ("12345678901234567891", "人", .figureOutOfRange), ("9223372036854775807.5", "人", .figureOutOfRange),
        (String(repeating: "9", count: 300), "人", .malformedFigure),
        ("1000000000000000000000000000000000000万亿", "元", .figureOutOfRange),
    ])
    func whatIsNoFigureIsRefused(text: String, measure: String, expected: EntryError.Code) {
        #expect(code(text, measure) == expected)
    }

    @Test(arguments: ["", "3人", "元//人", "/人", "元/", "元/人/天/年", String(repeating: "人", count: 30)])
    func whatIsNoMeasureIsRefused(text: String) {
        #expect(throws: EntryError(.unknownMeasure, text)) { _ = try FigureReader(measure: text) }
    }

    @Test func aMeasureIsItsDimensionAndAPowerOfTen() throws {
        let measure = try Measure(parsing: " 亿 元 ")
        #expect(measure.text == "亿元" && measure.dimension == "元" && measure.exponent == 8 && measure.isKnown)
        #expect(try Measure(parsing: "千瓦").exponent == 0)
        #expect(try Measure(parsing: "千人").exponent == 3)
        #expect(try Measure(parsing: "万吨/年").exponent == 4)
        #expect(try Measure(parsing: "元/万人").exponent == -4)
        #expect(try !Measure(parsing: "万朵").isKnown)
        #expect(try Measure(parsing: "十万朵").exponent == 5)
        #expect(try Measure(parsing: "朵").dimension == "朵")
        #expect(try FigureReader(measure: Measure(parsing: "人")).measure.text == "人")
    }

    @Test(arguments: [
        ("30400", "人", "30400 人", "3.04万人"), ("120000000", "元", "120000000 元", "1.2亿元"), ("123456789", "元", "123456789 元", "12345.6789万元"),
        ("14.2", "天", "14.2 天", "14.2天"),
        ("4.5", "%", "4.5%", "4.5%"), ("3.1", "‰", "3.1‰", "3.1‰"), ("30000", "%", "30000%", "30000%"), ("-30400", "人", "-30400 人", "-3.04万人"),
        ("10000", "万元", "10000 万元", "10000万元"),
        ("300000", "千瓦", "300000 千瓦", "30万千瓦"), ("50000", "元/人", "50000 元/人", "5万元/人"), ("123456.789", "元", "123456.789 元", "123456.789元"),
        ("9999", "人", "9999 人", "9999人"),
        ("0", "人", "0 人", "0人"), ("0.000000000000000001", "吨", "0.000000000000000001 吨", "0.000000000000000001吨"),
        ("100000000.000000000000000000", "元", "100000000 元", "1亿元"),
    ])
    func aFigureIsWrittenSoThatItIsReadBack(value: String, measure: String, plain: String, compact: String) throws {
        let reader = try FigureReader(measure: measure)
        let decimal = try ExactDecimal(parsing: value)
        #expect(reader.text(decimal) == plain)
        #expect(reader.text(decimal, .compact) == compact)
        #expect(try reader.read(plain) == decimal)
        #expect(try reader.read(compact) == decimal)
    }

    @Test func figuresWrittenAtRandomAreReadBack() throws {
        var seed: UInt64 = 2_020
        func random(_ bound: Int64) -> Int64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(seed >> 2) % bound
        }
        for measure in ["人", "元", "万元", "%", "千瓦", "元/人", "万吨/年", "个百分点", "块示范牌"] {
            let reader = try FigureReader(measure: measure)
            for _ in 0..<300 {
                let decimal = try ExactDecimal(mantissa: random(1_000_000_000_000) - 500_000_000_000, exponent: Int(random(12)) - 6)
                #expect(try reader.read(reader.text(decimal)) == decimal)
                #expect(try reader.read(reader.text(decimal, .compact)) == decimal)
            }
        }
    }

    @Test func anErrorSaysWhere() {
        let error = EntryError(.malformedFigure, "三").at(row: 7, column: 2)
        #expect(error.row == 7 && error.column == 2 && error.fact == "三")
        #expect(error.at(row: 9, column: 9) == error)
        #expect(EntryError(.malformedFigure, String(repeating: "长", count: 999)).fact.count == 200)
        #expect(EntryError.Code.allCases.count == 31)
    }
}
