import Testing
import TiaokuaiModel

/// The text form: what it admits, and what it refuses with the line.
struct RegionParsingTests {
    private static let head = "tiaokuai-regions 1 test 2020-06-30\n100000国\n62甘省\n"
    private static let body = head + " 07张市 02甲区 24高县\n  25山县 71+开发区 79?他\n 90*直辖\n  01石县\n"

    private func fact(_ text: String) -> String? {
        do throws(ModelError) { _ = try RegionTable(parsing: text) } catch {
            #expect(error.code == .malformedRegionTable || error.code == .malformedDay)
            return error.fact
        }
        return nil
    }

    @Test func aSmallTableIsRead() throws {
        let text =
            Self.body + "changes\n# a remark\n@2019-01-01 2018\nrecode 620721高乡 620724\nmerge 620703乙区 +620702\nmerge 620704丙区 +620702\n"
            + "@2021-01-01 2020\ntransfer 629001 620729石县\nrename 620725 620725山区\nnew 620730新县\nsplit 620724 +620731东县 =620702\n"
        let table = try RegionTable(parsing: text)
        let day = table.edition
        #expect(table.regions(on: day).count == 10)
        #expect(table.path(of: "629001", on: day) == ["629001", "620000", "100000"])
        #expect(table.path(of: "629001", on: try Day(parsing: "2021-01-01")) == ["629001", "620700", "620000", "100000"])
        #expect(table.region(code: "620724", on: day)?.id == "620721")
        #expect(table.region(code: "620779", on: day)?.kind == .stat)
        #expect(table.predecessors(of: "620702") == ["620703", "620704", "620721"])
        #expect(table.successors(of: "620721") == ["620702", "620731"])
        #expect(table.changes.count == 7)
        #expect(table.region("620703")?.period(on: try Day(parsing: "2018-12-31"))?.name == "乙区")
        #expect(table.region("620725")?.period(on: try Day(parsing: "2021-01-01"))?.name == "山区")
        #expect(try RegionTable(parsing: Self.body) == RegionTable(parsing: String(Self.body.dropLast())))
    }

    @Test func codesMayBeExchangedOnOneDay() throws {
        let table = try RegionTable(parsing: Self.body + "changes\n@2021-01-01 2021\nrecode 620702 620724\nrecode 620724 620702\n")
        let day = try Day(parsing: "2021-01-01")
        #expect(table.region(code: "620724", on: day)?.id == "620702")
        #expect(table.region(code: "620702", on: day)?.id == "620724")
        let earlier = try RegionTable(parsing: Self.body + "changes\n@2019-01-01 2019\nrecode 620702 620724\nrecode 620724 620702\n")
        #expect(earlier.region(code: "620724", on: day)?.id == "620702")
    }

    @Test func aCodeGivenToAnotherPlaceMakesASecondIdentity() throws {
        let table = try RegionTable(parsing: Self.body + "changes\n@2021-01-01 2021\nrecode 620702 620799\n@2022-01-01 2022\nnew 620702丁区\n")
        let day = try Day(parsing: "2022-01-01")
        #expect(table.region(code: "620702", on: day)?.id == "620702-2")
        #expect(table.regions(everWithCode: "620702").map(\.id) == ["620702", "620702-2"])
    }

    @Test(arguments: [
        ("", "line 1"), ("\n", "line 1"), ("other 1 test 2020-06-30\n", "not a region table"),
        ("tiaokuai-regions 2 test 2020-06-30\n", "version 2"), ("tiaokuai-regions 1 te:st 2020-06-30\n", "name"),
        ("tiaokuai-regions 1 test 2020-13-30\n", "2020-13-30"), ("tiaokuai-regions 1 test\n", "not a region table"),
        ("tiaokuai-regions 1 test 2020-06-30\n", "ends before"), ("tiaokuai-regions 1 test 2020-06-30\n10国\n", "line 2: not 6 digits"),
        ("tiaokuai-regions 1 test 2020-06-30\n100000\n", "line 2"), ("tiaokuai-regions 1 test 2020-06-30\n100000国 x\n", "line 2"),
    ])
    func aBadHeadIsRefused(text: String, expected: String) {
        let found = fact(text)
        #expect(found?.contains(expected) == true || text.isEmpty || text == "\n", "\(found ?? "accepted")")
        #expect(found != nil)
    }

    @Test(arguments: [
        (" 01甲市\n", ""), ("62乙省\n", "line 4: code 620000 twice"), (" 07甲市\n 07乙市\n", "line 5: code 620700 twice"),
        (" 07甲市 01甲县 01乙县\n", "line 4: code 620701 twice"), ("   07甲市\n", "line 4: more than two spaces"), ("  01甲县\n", "line 4: a county before any city"),
        ("63青省 64宁区\n", "line 4: more than a province"), (" 07甲市  01甲县\n", "line 4: not 2 digits"), (" 07甲市 \n", "line 4: an empty line or a trailing space"),
        (" 07甲市\n\n", "line 5: an empty line"), (" 07甲市\r\n", "line 4: a control character"), (" 07甲\u{0}市\n", "line 4: a control character"),
        (" 07\n", "line 4"), (" 07*\n", "line 4"), (" 07**甲\n", "line 4: a name that begins with a mark"), (" 0711\n", "line 4: a name that begins"),
        (" ０7甲市\n", "line 4: not 2 digits"), (" 07甲\u{200B}市\n", "line 4: not a place's name"),
        (" 07" + String(repeating: "长", count: 41) + "\n", "line 4: not a place's name"),
        (" 07" + String(repeating: "x", count: 5_000) + "\n", "line 4: a line longer"),
    ])
    func aBadPlaceIsRefused(text: String, expected: String) {
        let found = fact(Self.head + text)
        #expect(expected.isEmpty ? found == nil : found?.hasPrefix(expected) == true, "\(found ?? "accepted")")
    }

    @Test func aCityBeforeAnyProvinceIsRefused() {
        #expect(fact("tiaokuai-regions 1 test 2020-06-30\n100000国\n 07甲市\n") == "line 3: a city before any province")
    }

    @Test(arguments: [
        ("recode 620702 620703\n", "line 9: a change before any day"), ("@2021-01-01\n", "line 9: not a day"),
        ("@2021-01-01 21\n", "line 9: not a day and a year"),
        ("@2021-01-01 +202\n", "line 9: not a year"), ("@2021-02-30 2021\n", "line 9: 2021-02-30"),
        ("@2021-01-01 2021\n@2021-01-01 2021\n", "line 10: changes not in ascending"),
        ("@2021-01-01 2021\nmove 620702 620703\n", "line 10: not a kind"), ("@2021-01-01 2021\nrecode 620702\n", "line 10: a change without"),
        ("@2021-01-01 2021\nnew\n", "line 10: a change without"), ("@2021-01-01 2021\nnew =620702\n", "line 10: the places do not fit"),
        ("@2021-01-01 2021\nrecode 62070 620703\n", "line 10: not a code"), ("@2021-01-01 2021\nrecode 620702 62０703\n", "line 10: not a code"),
        ("@2021-01-01 2021\nmerge 620702 620703甲\n", "line 10: the places do not fit"),
        ("@2021-01-01 2021\nsplit 620702 +620703甲\n", "line 10: the places do not fit"),
        ("@2021-01-01 2021\nsplit 620702 +620703甲 +620703乙\n", "line 10: a target twice"),
        ("@2021-01-01 2021\nrecode 620702 620703 620704\n", "line 10: the places do not fit"),
        ("@2021-01-01 2021\nrecode 620702名 620703\n", "a name for 620702"), ("@2021-01-01 2021\nrecode 620788 620703\n", "no place of code 620788"),
        ("@2021-01-01 2021\nrecode 620702 620724\n", "two places of code 620724"), ("@2021-01-01 2021\nmerge 620702 =620788\n", "no place of code 620788"),
        ("@2021-01-01 2021\nmerge 620702 =620724名\n", "a name for 620724"), ("@2021-01-01 2021\nmerge 620702 +620703\n", "no name for 620703"),
        ("@2021-01-01 2021\nmerge 620702 +620703甲\nmerge 620724 +620703乙\n", "two names for 620703"),
        ("@2021-01-01 2021\nrecode 620702 630102\n", "630102 stands under 630100"),
        ("@2021-01-01 2021\nmerge 620700 =620702\n", "620702 stands under 620700, which is not in force"), ("@2021-01-01 2021\nrecode 620700 620800\n", ""),
        ("@2021-01-01 2021\nnew 630000乙省\n", ""), ("@2021-01-01 2021\nrecode 620702 100000\n", "two places of code 100000"),
        ("@2019-01-01 2019\nrecode 620703甲 620702名\n", "a name for 620702"), ("@2019-01-01 2019\nrecode 620703甲 620788\n", "no place of code 620788"),
        ("@2019-01-01 2019\nmerge 620703 +620702\n", "no name for 620703"), ("@2019-01-01 2019\nrecode 620724 620702\n", "two places of code 620724"),
        ("@2019-01-01 2019\nrecode 620703 620702\nrecode 620704 620702\n", "two changes of 620702"),
        ("@2019-01-01 2019\nrecode 630102甲 620702\n", "630102 stands under 630100"),
        ("@2018-01-01 2018\nmerge 620703甲 +620702\n@2019-01-01 2019\nmerge 620704乙 +620702\n", "no place of code 620702"),
        ("@2019-01-01 2019\nmerge 620703甲 +620702\nrecode 620703乙 620724\n", "two places of code 620703"),
    ])
    func aBadChangeIsRefused(text: String, expected: String) {
        let found = fact(Self.body + "changes\n" + text)
        #expect(expected.isEmpty ? found == nil : found?.hasPrefix(expected) == true, "\(found ?? "accepted")")
    }

    @Test func aTableWithoutEndIsRefused() {
        #expect(fact(Self.head + String(repeating: "# x\n", count: 1_100_000))?.hasPrefix("longer than") == true)
        let places = (1...99).flatMap { city in ["\n \(city / 10)\(city % 10)市"] + (1...99).map { " \($0 / 10)\($0 % 10)县" } }.joined()
        let provinces = (11...21).map { "\n\($0)省" + places }.joined()
        let text = "tiaokuai-regions 1 test 2020-06-30\n100000国" + provinces + "\n"
        #expect(fact(text)?.contains("more than 100000 places") == true)
        let changes = (0...RegionTable.maximumChanges).map { _ in "rename 620702 620702甲\n" }.joined()
        #expect(fact(Self.body + "changes\n@2021-01-01 2021\n" + changes)?.contains("more than 20000 changes") == true)
    }

    @Test func aCodePassedOnWithoutEndIsRefused() {
        let batches = (0..<70).map { year in
            "@\(2030 + year)-01-01 \(2030 + year)\nmerge 620702 =620724\n@\(2030 + year)-07-01 \(2030 + year)\nnew 620702甲区\n"
        }
        #expect(fact(Self.body + "changes\n" + batches.prefix(60).joined()) == nil)
        #expect(fact(Self.body + "changes\n" + batches.joined()) == "too many places of code 620702")
    }

    @Test func damagedTablesNeverCrash() throws {
        let good = Array((Self.body + "changes\n@2019-01-01 2018\nrecode 620721高乡 620724\n@2021-01-01 2021\nsplit 620724 +620731东县 =620702\n").utf8)
        var seed: UInt64 = 7
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0...random(3) {
                switch random(3) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.remove(at: random(bytes.count))
                default: bytes.insert(good[random(good.count)], at: random(bytes.count))
                }
            }
            if fact(String(decoding: bytes, as: UTF8.self)) != nil { refused += 1 }
        }
        #expect(refused > 1_000)
    }
}
