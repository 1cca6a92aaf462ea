import Testing
import TiaokuaiEntry
import TiaokuaiModel

struct JSONLinesTests {
    private func all(_ text: String, chunk: Int = 1_000) throws -> [[String: JSONScalar]] {
        var rest = Array(text.utf8)[...]
        let lines = JSONLines(keys: []) {
            if rest.isEmpty { return nil }
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
        var found: [[String: JSONScalar]] = []
        while try lines.next() { found.append(Dictionary(lines.fields()) { first, _ in first }) }
        return found
    }

    private func fault(_ text: String, keys: [String] = []) -> EntryError? {
        let lines = JSONLines(Array(text.utf8), keys: keys)
        do { while try lines.next() {} } catch { return error as? EntryError }
        return nil
    }

    @Test func objectsAreReadInChunksOfAnySize() throws {
        let text = "\u{FEFF}{\"a\":1,\"b\":\"高台\"}\r\n\n  \t\n{ \"a\" : true , \"b\" : null }\n{}\n{\"c\":false}"
        let expected: [[String: JSONScalar]] = [
            ["a": .number(ExactDecimal(1)), "b": .text("高台")], ["a": .boolean(true), "b": .null], [:], ["c": .boolean(false)],
        ]
        for chunk in 1...60 { #expect(try all(text, chunk: chunk) == expected) }
        #expect(try all("") == [])
        #expect(try all("\n\n") == [])
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("12", "12"), ("-12.50", "-12.5"), ("0.1", "0.1"), ("7420.0", "7420"), ("1e3", "1000"), ("1E+3", "1000"), ("1.5e-3", "0.0015"),
        ("100", "100"), ("1200e-2", "12"),
        ("9223372036854775807", "9223372036854775807"), ("0.30000000000000000000000000", "0.3"), ("0e999999999999", "0"),
        ("1000000000000000000000", "1000000000000000000000"), ("1e18", "1000000000000000000"),
        ("0.000000000000000001", "0.000000000000000001"), ("10.01", "10.01"), ("1234.56", "1234.56"),
    ])
    func numbersAreExact(text: String, expected: String) throws {
        let found = try all("{\"v\":\(text)}")
        #expect(try found == [["v": .number(ExactDecimal(parsing: expected))]])
    }

    @Test(arguments: [
        (#""""#, ""), (#""a\"b\\c\/d\b\f\n\r\te""#, "a\"b\\c/d\u{8}\u{C}\n\r\te"), (#""\u9ad8\u53F0""#, "高台"), (#""\ud83d\ude00x""#, "😀x"),
        (#""x\u0041高""#, "xA高"), (#""\u0041\n\u0042""#, "A\nB"),
        ("\"1234567\u{7F}890\"", "1234567\u{7F}890"), ("\"12345678高90123456789012345\"", "12345678高90123456789012345"), ("\"\u{10FFFF}\"", "\u{10FFFF}"),
    ])
    func stringsAreUnescaped(text: String, expected: String) throws {
        #expect(try all("{\"v\":\(text)}") == [["v": .text(expected)]])
        #expect(try all("{\(text):1}") == [[expected: .number(ExactDecimal(1))]])
    }

    @Test(
        arguments: [
            ("[1]", EntryError.Code.malformedJSON, 1), ("1", .malformedJSON, 1), ("{", .malformedJSON, 2), ("{\"a\"", .malformedJSON, 5),
            ("{\"a\":", .malformedJSON, 6), ("{\"a\":1", .malformedJSON, 7), ("{\"a\":1,}", .malformedJSON, 8),
            ("{\"a\":1}}", .malformedJSON, 8), ("{\"a\":1} {}", .malformedJSON, 9), ("{a:1}", .malformedJSON, 2), ("{'a':1}", .malformedJSON, 2),
            ("{\"a\" 1}", .malformedJSON, 6), ("{,}", .malformedJSON, 2),
            ("{\"a\":01}", .malformedJSON, 7), ("{\"a\":+1}", .malformedJSON, 6), ("{\"a\":.5}", .malformedJSON, 6), ("{\"a\":5.}", .malformedJSON, 6),
            ("{\"a\":-}", .malformedJSON, 6), ("{\"a\":1e}", .malformedJSON, 6),
            ("{\"a\":1e+}", .malformedJSON, 6), ("{\"a\":NaN}", .malformedJSON, 6), ("{\"a\":Infinity}", .malformedJSON, 6), ("{\"a\":tru}", .malformedJSON, 6),
            ("{\"a\":nul", .malformedJSON, 6), ("{\"a\":falsy}", .malformedJSON, 6),
            ("{\"a\":0x10}", .malformedJSON, 7), ("{\"a\":\"x}", .malformedJSON, 9), ("{\"a\":\"\\x\"}", .malformedJSON, 7), ("{\"a\":\"\\", .malformedJSON, 7),
            ("{\"a\":\"\\u12\"}", .malformedJSON, 8),
            ("{\"a\":\"\\u00g0\"}", .malformedJSON, 8), ("{\"a\":\"\\ud800\"}", .malformedJSON, 7), ("{\"a\":\"\\ud800\\n\"}", .malformedJSON, 7),
            ("{\"a\":\"\\ud800\\u0041\"}", .malformedJSON, 7), ("{\"a\":\"\\udc00\"}", .malformedJSON, 7),
            ("{\"a\":\"\\u0000\"}", .malformedJSON, 7), ("{\"a\":\"\u{1}\"}", .malformedJSON, 7), ("{\"a\":\"\t\"}", .malformedJSON, 7),
            ("{\"a\":1}\u{0}", .malformedJSON, 8), ("{\"a\":1}//x", .malformedJSON, 8),
            ("{\"a\":[1]}", .nestedValue, 6), ("{\"a\":{}}", .nestedValue, 6), ("{\"a\":1,\"a\":2}", .duplicateKey, 8),
            ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 8), ("{\"a\":9223372036854775808}", .figureOutOfRange, 6),
            ("{\"a\":1e99}", .figureOutOfRange, 6), ("{\"a\":1e-99}", .figureOutOfRange, 6), ("{\"a\":1.23456789012345678901}", .figureOutOfRange, 6),
            ("\u{FEFF}{", .malformedJSON, 2),
        ] as [(String, EntryError.Code, Int)])
    func aFaultIsNamedWithLineAndByte(text: String, code: EntryError.Code, column: Int) {
        #expect(fault(text).map { [$0.code.rawValue, "\($0.row ?? 0)", "\($0.column ?? 0)"] } == [code.rawValue, "1", "\(column)"])
        #expect(fault("{}\n\n{\"a\":1}\n" + text.drop { $0 == "\u{FEFF}" })?.row == 4)
    }

    @Test func invalidUTF8IsRefused() {
        for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE9, 0xAB]] {
            let lines = JSONLines(Array("{\"a\":\"".utf8) + bad + Array("\"}".utf8), keys: [])
            #expect(throws: EntryError.self) { _ = try lines.next() }
        }
    }

    @Test func aSchemaGivesSlots() throws {
        let lines = JSONLines(
            Array("{\"op\":\"new\",\"value\":1.5,\"ok\":true}\n{\"value\":2,\"op\":null}\n{\"ok\":false,\"op\":\"x\\ty\"}\n{\"\\u006fp\":\"z\"}\n".utf8),
            keys: ["op", "value", "ok"])
        #expect(try lines.next())
        #expect(try lines.text(0) == "new" && lines.number(1).description == "1.5" && lines.boolean(2))
        #expect(lines.lineNumber == 1)
        #expect(try lines.next())
        #expect(lines.scalar(0) == .null && lines.has(0) && !lines.has(2) && lines.scalar(2) == nil)
        #expect(throws: EntryError(.wrongType, "op", row: 2, column: 17)) { _ = try lines.text(0) }
        #expect(throws: EntryError(.wrongType, "value", row: 2, column: 10)) { _ = try lines.text(1) }
        #expect(throws: EntryError(.wrongType, "op", row: 2, column: 17)) { _ = try lines.number(0) }
        #expect(throws: EntryError(.wrongType, "op", row: 2, column: 17)) { _ = try lines.boolean(0) }
        #expect(throws: EntryError(.missingKey, "ok", row: 2)) { _ = try lines.boolean(2) }
        #expect(try lines.next())
        #expect(try !lines.boolean(2) && lines.text(0) == "x\ty")
        #expect(throws: EntryError(.missingKey, "value", row: 3)) { _ = try lines.number(1) }
        #expect(try lines.next())
        #expect(try lines.text(0) == "z")
        #expect(try !lines.next())
        #expect(try !lines.next())
    }

    @Test func aKeyThatIsNotExpectedOrTwiceIsRefused() {
        #expect(fault("{\"a\":1,\"b\":2}", keys: ["a"]) == EntryError(.unknownKey, "\"b\":2}", row: 1, column: 8))
        #expect(fault("{\"a\":1,\"a\":2}", keys: ["a"])?.code == .duplicateKey)
        #expect(fault("{\"a\":1,\"b\":1}\n{\"b\":1,\"b\":2}", keys: ["a", "b"])?.code == .duplicateKey)
        #expect(fault("{\"a\":1,\"b\":1}\n{\"b\":1,\"a\":2}\n{\"a\":1}", keys: ["a", "b"]) == nil)
    }

    @Test func theLimitsAreKept() {
        var limits = JSONLines.Limits()
        (limits.lineBytes, limits.fields) = (20, 2)
        func code(_ text: String) -> EntryError.Code? {
            let lines = JSONLines(Array(text.utf8), keys: [], limits: limits)
            do { while try lines.next() {} } catch { return (error as? EntryError)?.code }
            return nil
        }
        #expect(code("{\"a\":1,\"b\":2}\n") == nil)
        #expect(code("{\"a\":1,\"b\":2,\"c\":3}") == .tooManyFields)
        #expect(code("{\"a\":\"12345678901234567890\"}\n") == .lineTooLong)
        #expect(code("{\"a\":\"12345678901234567890\"}") == .lineTooLong)
        let endless = JSONLines(keys: [], limits: limits) { [UInt8](repeating: 0x20, count: 8) }
        #expect(throws: EntryError(.lineTooLong, "20", row: 1)) { _ = try endless.next() }
    }

    @Test func whatTheSourceThrowsComesOut() {
        struct Unplugged: Error {}
        let lines = JSONLines(keys: []) { throw Unplugged() }
        #expect(throws: Unplugged.self) { _ = try lines.next() }
    }

    @Test func aScalarIsAValueOfTheModel() {
        #expect(
            JSONScalar.text("x").value == "x" && JSONScalar.number(ExactDecimal(2)).value == 2 && JSONScalar.boolean(true).value == true
                && JSONScalar.null.value == nil)
    }

    @Test func damagedLinesNeverCrash() {
        let good = Array("{\"op\":\"new\",\"region\":\"620724\",\"value\":-12.50e1,\"note\":\"复工\\u9ad8\\n复产\",\"ok\":true,\"x\":null}".utf8)
        var seed: UInt64 = 99
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = good
            switch random(3) {
            case 0: bytes[random(bytes.count)] = UInt8(random(256))
            case 1: bytes.removeLast(1 + random(bytes.count - 1))
            default: bytes.insert(good[random(good.count)], at: random(bytes.count))
            }
            let lines = JSONLines(bytes, keys: [])
            do { while try lines.next() { _ = lines.fields() } } catch { refused += 1 }
        }
        #expect(refused > 10_000)
    }
}
