import Testing
import TiaokuaiEntry

struct CSVTests {
    private func read(_ text: String) throws -> [[String]] {
        let table = try CSVTable(parsing: text)
        return [table.header] + table.rows.map(\.cells)
    }

    @Test func theExamplesOfTheStandard() throws {
        #expect(try read("a,b,c\r\n1,2,3\r\n") == [["a", "b", "c"], ["1", "2", "3"]])
        #expect(try read("a,b,c\n1,2,3") == [["a", "b", "c"], ["1", "2", "3"]])
        #expect(try read("\"a\",\"b\r\nb\",\"c\"\r\n\"1\"\"x\",,3") == [["a", "b\r\nb", "c"], ["1\"x", "", "3"]])
        #expect(try read("a\n\"\"\n x \n") == [["a"], [" x "]])
        #expect(try read("a,b\n1,\n") == [["a", "b"], ["1", ""]])
        #expect(try read("a,b\n1,") == [["a", "b"], ["1", ""]])
        #expect(try read("\u{FEFF}地区,数值\n高台县,14.2\n") == [["地区", "数值"], ["高台县", "14.2"]])
        #expect(try read("a\tb\n1,5\t2") == [["a", "b"], ["1,5", "2"]])
        #expect(try CSVTable(parsing: "a\tb,c\n1,2", separator: .comma).header == ["a\tb", "c"])
        #expect(try CSVTable(parsing: "a,b\tc\n1\t2", separator: .tab).header == ["a,b", "c"])
    }

    @Test func rowsKeepTheNumbersOfTheSpreadsheet() throws {
        let table = try CSVTable(parsing: "a,b\n,\n\n\"x\ny\",1\n,,,\n2,3\n")
        #expect(table.rows.map(\.number) == [4, 6])
        #expect(table.rows.map(\.cells) == [["x\ny", "1"], ["2", "3"]])
    }

    @Test(
        arguments: [
            ("a,b\n1,\"2", EntryError.Code.openQuote, 2, 2), ("\"", .openQuote, 1, 1), ("a\n\"x\"\"", .openQuote, 2, 1), ("a,b\n1,2\"3\n", .strayQuote, 2, 2),
            ("a,b\n\"1\"x,2\n", .strayQuote, 2, 1),
            ("a\n\"1\"\r2", .strayQuote, 2, 1), ("a,b\n1\n", .raggedRow, 2, 2), ("a,b\n1,2,3\n", .raggedRow, 2, 3), ("a,b\n1,2\n\n3\n", .raggedRow, 4, 2),
            ("a\u{0}b\n", .nulCharacter, 1, 1),
            ("a\n\"x\u{0}\"\n", .nulCharacter, 2, 1), ("a\rb\n", .bareCarriageReturn, 1, 1), ("a,b\n1,2\r", .bareCarriageReturn, 2, 2),
            ("", .emptyTable, 1, nil), ("\n", .emptyTable, 1, nil), (",,\n1,2,3", .emptyTable, 1, nil),
        ] as [(String, EntryError.Code, Int, Int?)])
    func aFaultIsNamedWithRowAndColumn(text: String, code: EntryError.Code, row: Int, column: Int?) {
        do throws(EntryError) {
            _ = try CSVTable(parsing: text)
            Issue.record("accepted")
        } catch {
            #expect(error.code == code && error.row == row && error.column == column)
        }
    }

    @Test func theLimitsAreKept() {
        var limits = CSVTable.Limits()
        (limits.bytes, limits.rows, limits.columns, limits.cellBytes) = (100, 3, 2, 10)
        func code(_ text: String) -> (EntryError.Code?, Int?, Int?) {
            do throws(EntryError) { _ = try CSVTable(parsing: text, limits: limits) } catch { return (error.code, error.row, error.column) }
            return (nil, nil, nil)
        }
        #expect(code("a,b\n1,2\n3,4\n") == (nil, nil, nil))
        #expect(code("a,b\n1,2\n3,4\n5,6") == (.tooManyRows, 4, nil))
        #expect(code("a,b,c\n") == (.tooManyColumns, 1, 3))
        #expect(code("a,b\n1,12345678901\n") == (.cellTooLong, 2, 2))
        #expect(code("a,b\n1,\"12345678901\"\n") == (.cellTooLong, 2, 2))
        #expect(code("a,b\n1,\"1234567890\"\n") == (nil, nil, nil))
        #expect(code(String(repeating: "x", count: 101)) == (.textTooLong, nil, nil))
        #expect(throws: EntryError(.textTooLong, "101 > 100")) { _ = try CSVTable(decoding: [UInt8](repeating: 97, count: 101), limits: limits) }
    }

    @Test func bytesOfAnyEncodingAreRead() throws {
        // 地区,数值 / 高台,1 in GB18030.
        let bytes: [UInt8] = [0xB5, 0xD8, 0xC7, 0xF8, 0x2C, 0xCA, 0xFD, 0xD6, 0xB5, 0x0D, 0x0A, 0xB8, 0xDF, 0xCC, 0xA8, 0x2C, 0x31]
        #expect(try CSVTable(decoding: bytes).rows.first?.cells == ["高台", "1"])
        var sheet: [UInt8] = [0xFF, 0xFE]
        for unit in "地区\t数值\r\n高台\t1\r\n".utf16 { sheet += [UInt8(unit & 255), UInt8(unit >> 8)] }
        #expect(try CSVTable(decoding: sheet).rows.first?.cells == ["高台", "1"])
    }

    private let columns = [CSVTable.Column("region", titles: ["地区", "区划"]), .init("value", titles: ["数值"]), .init("note", titles: ["备注"], isRequired: false)]

    @Test func columnsAreFoundByChineseOrEnglishName() throws {
        #expect(try CSVTable(parsing: "数值,地区\n").places(of: columns) == ["value": 0, "region": 1])
        #expect(try CSVTable(parsing: "REGION,Value ,备 注,\n").places(of: columns) == ["region": 0, "value": 1, "note": 2])
        #expect(try CSVTable(parsing: "区划,数值（人）\n").places(of: columns) == ["region": 0, "value": 1])
        #expect(try CSVTable(parsing: "地区,数值,其他\n").places(of: columns, allowsOthers: true) == ["region": 0, "value": 1])
    }

    @Test(arguments: [
        ("地区,备注\n", EntryError(.missingColumn, "数值", row: 1)), ("地区,数值,value\n", EntryError(.duplicateColumn, "value", row: 1, column: 3)),
        ("地区,数值,其他\n", EntryError(.unknownColumn, "其他", row: 1, column: 3)), ("地区,)数值(\n", EntryError(.unknownColumn, ")数值(", row: 1, column: 2)),
    ])
    func aWrongHeaderIsNamed(text: String, expected: EntryError) throws {
        let table = try CSVTable(parsing: text)
        #expect(throws: expected) { _ = try table.places(of: columns) }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let header = ["地区", "数值", "备注"]
        let rows = [
            ["高台县", "14.2", "a,b"], ["x\"y", "\"", "line\nbreak\r\n"], [" lead", "trail ", "\t"], ["=1+1", "@x", "+86 1"], ["-5", "-5.25", "-x"],
            ["'=1", "''=1", "'x"], ["＝1+1", "＠x", "－１"], ["", "", "\"\u{301}"], ["\n=1", "\r\n", "–"],
        ]
        let plain = CSVWriter.text(header: header, rows: rows, for: .programs)
        #expect(plain.hasPrefix("地区,数值,备注\r\n高台县,14.2,\"a,b\"\r\n"))
        #expect(try CSVTable(parsing: plain).rows.map(\.cells) == rows)
        let sheet = CSVWriter.text(header: header, rows: rows, for: .spreadsheets)
        #expect(sheet.hasPrefix("\u{FEFF}") && sheet.contains("'=1+1,'@x,'+86 1\r\n") && sheet.contains("-5,-5.25,'-x\r\n"))
        #expect(sheet.contains("'＝1+1,'＠x,'－１\r\n"))
        #expect(try CSVTable(decoding: Array(sheet.utf8)).rows.map { $0.cells.map(CSVWriter.unguarded) } == rows)
        #expect(CSVWriter.text(header: ["a"], rows: [[""], ["x"]], for: .programs) == "a\r\n\"\"\r\nx\r\n")
    }

    @Test func sheetsAtRandomAreReadBackAndDamagedOnesNeverCrash() throws {
        var seed: UInt64 = 4_180
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let pieces = ["\"", ",", "\n", "\r\n", "高台", "=", "'", " ", "1", "a", "-", "\u{301}", "\t", ";"]
        func cell() -> String { (0..<random(5)).map { _ in pieces[random(pieces.count)] }.joined() }
        var read = 0
        for _ in 0..<500 {
            let rows = (0..<(1 + random(4))).map { _ in ["x" + cell(), cell(), cell()] }
            for audience in [CSVWriter.Audience.programs, .spreadsheets] {
                let text = CSVWriter.text(header: ["a", "b", "c"], rows: rows, for: audience)
                let table = try CSVTable(parsing: text, separator: .comma)
                let cells = table.rows.map(\.cells)
                #expect((audience == .programs ? cells : cells.map { $0.map(CSVWriter.unguarded) }) == rows)
                read += 1
                var bytes = Array(text.utf8)
                bytes[random(bytes.count)] = UInt8(random(256))
                _ = try? CSVTable(decoding: bytes)
            }
        }
        #expect(read == 1_000)
    }
}
