import Testing
import TiaokuaiFormat
import TiaokuaiModel

@Suite struct CBORReaderTests {
    private func code<T>(_ hex: String, _ read: (inout CBORReader) throws(FormatError) -> T) -> FormatError.Code? {
        var reader = CBORReader([UInt8](hex: hex) ?? [])
        do {
            _ = try read(&reader)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func everySortOfItemIsReadAsItWasWritten() throws {
        let hash = Hash32(word0: 1, word1: 2, word2: .max, word3: 4)
        var encoder = CBOREncoder(reserving: 256)
        let integers: [Int64] = [0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, .max, -1, -24, -25, -256, -257, .min]
        encoder.arrayHeader(integers.count)
        for integer in integers { encoder.integer(integer) }
        encoder.unsigned(.max)
        encoder.byteString(hash)
        encoder.byteString([1, 2, 3])
        [UInt8]([4, 5]).withUnsafeBytes { encoder.byteString($0) }
        encoder.text("高台县")
        encoder.mapHeader(1)
        encoder.boolean(true)
        encoder.null()
        encoder.tag(4)
        encoder.raw([0x80])

        var reader = CBORReader(encoder.bytes)
        try reader.arrayHeader(expecting: integers.count)
        for integer in integers { #expect(try reader.integer() == integer) }
        #expect(try reader.unsigned() == .max)
        #expect(try reader.hash() == hash)
        #expect(try reader.byteString() == [1, 2, 3])
        #expect(try Array(encoder.bytes[reader.byteStringRange()]) == [4, 5])
        #expect(reader.nextMajorType() == 3)
        #expect(try reader.text() == "高台县")
        #expect(try reader.mapHeader() == 1)
        #expect(try reader.boolean())
        #expect(reader.nullIfNext() && !reader.nullIfNext())
        try reader.tag(expecting: 4)
        #expect(try reader.arrayHeader() == 0)
        try reader.finish()
        #expect(reader.isAtEnd && reader.nextMajorType() == nil)
    }

    @Test func everyFaultHasItsCode() {
        #expect(code("1817") { r throws(FormatError) in try r.unsigned() } == .notShortest)
        #expect(code("1b00000000ffffffff") { r throws(FormatError) in try r.unsigned() } == .notShortest)
        #expect(code("19ff") { r throws(FormatError) in try r.unsigned() } == .truncated)
        #expect(code("") { r throws(FormatError) in try r.unsigned() } == .truncated)
        #expect(code("20") { r throws(FormatError) in try r.unsigned() } == .wrongType)
        #expect(code("1c") { r throws(FormatError) in try r.unsigned() } == .reserved)
        #expect(code("1b8000000000000000") { r throws(FormatError) in try r.integer() } == .outOfRange)
        #expect(code("3b8000000000000000") { r throws(FormatError) in try r.integer() } == .outOfRange)
        #expect(code("f5") { r throws(FormatError) in try r.integer() } == .wrongType)
        #expect(code("5f4100ff") { r throws(FormatError) in try r.byteString() } == .indefiniteLength)
        #expect(code("5bffffffffffffffff00") { r throws(FormatError) in try r.byteString() } == .truncated)
        #expect(code("43010203") { r throws(FormatError) in try r.byteString(limit: 2) } == .limitExceeded)
        #expect(code("43010203") { r throws(FormatError) in try r.hash() } == .wrongCount)
        #expect(code("62c328") { r throws(FormatError) in try r.text() } == .invalidText)
        #expect(code("63616263") { r throws(FormatError) in try r.text(limit: 2) } == .limitExceeded)
        #expect(code("9bffffffffffffffff") { r throws(FormatError) in try r.arrayHeader() } == .truncated)
        #expect(code("8200") { r throws(FormatError) in try r.arrayHeader() } == .truncated)
        #expect(code("820000") { r throws(FormatError) in try r.arrayHeader(expecting: 3) } == .wrongCount)
        #expect(code("a1") { r throws(FormatError) in try r.mapHeader() } == .truncated)
        #expect(code("c2") { r throws(FormatError) in try r.tag(expecting: 4) } == .wrongType)
        #expect(code("f6") { r throws(FormatError) in try r.boolean() } == .wrongType)
        #expect(code("00") { r throws(FormatError) in try r.finish() } == .leftover)
        #expect(code("05") { r throws(FormatError) in try r.count(limit: 4) } == .outOfRange)
        #expect(code("f93c00") { r throws(FormatError) in try r.skipItem() } == .unsupported)
        #expect(code("f7") { r throws(FormatError) in try r.skipItem() } == .unsupported)
        #expect(code("a201000100") { r throws(FormatError) in try r.skipItem() } == .duplicateKey)
        #expect(code("a202000100") { r throws(FormatError) in try r.skipItem() } == .unsortedKeys)
        #expect(code("c24101") { r throws(FormatError) in try r.skipItem() } == .unsupported)
    }

    @Test func aFaultNamesWhereItIs() {
        var reader = CBORReader([0x83, 0x01, 0x62, 0x61, 0x61, 0x18, 0x17])
        #expect(throws: FormatError(.notShortest, at: 5)) { try reader.skipItem() }
    }

    @Test func nestingHasALimit() throws {
        for (opening, closing) in [("81", "00"), ("c4", "00"), ("a100", "00")] {
            for depth in [CBOR.maximumDepth - 1, CBOR.maximumDepth, 100_000] {
                let bytes = [UInt8](hex: String(repeating: opening, count: depth) + closing) ?? []
                var reader = CBORReader(bytes)
                if depth < CBOR.maximumDepth {
                    try reader.skipItem()
                    for mode in [CBORMode.strict, .tolerant] { _ = try CBORItem.decode(bytes, mode: mode) }
                } else {
                    #expect(throws: FormatError.self) { try reader.skipItem() }
                    for mode in [CBORMode.strict, .tolerant] { #expect(throws: FormatError.self) { try CBORItem.decode(bytes, mode: mode) } }
                }
            }
        }
    }

    @Test func aPartIsReadAsIfItWereAlone() throws {
        let bytes: [UInt8] = [0xff, 0x41, 0x07, 0x41]
        var reader = CBORReader(bytes, from: 1, to: 3)
        #expect(try reader.byteString() == [7])
        try reader.finish()
        var short = CBORReader(bytes, from: 3)
        #expect(throws: FormatError.self) { try short.byteString() }
        var cut = CBORReader(bytes, from: 1, to: 2)
        #expect(throws: FormatError.self) { try cut.byteString() }
    }

    @Test func keysAreCheckedAndThenRead() throws {
        var reader = CBORReader([0xa3, 0x01, 0x00, 0x18, 0x64, 0x00, 0x20, 0x00])
        var previous = 0..<0
        var keys: [Int64] = []
        for _ in 0..<(try reader.mapHeader()) {
            try reader.keyAhead(after: &previous)
            keys.append(try reader.integer())
            try reader.skipItem()
        }
        #expect(keys == [1, 100, -1])
        try reader.finish()
    }

    @Test func removingAllKeepsNothing() {
        var encoder = CBOREncoder()
        encoder.text("x")
        encoder.removeAll()
        encoder.null()
        #expect(encoder.bytes == [0xf6])
    }
}
