import Testing
import TiaokuaiEntry

/// Canonical text, and bytes to text.
struct TextTests {
    @Test(arguments: [
        ("高台县", "高台县"), ("（一）　保居民就业：２６００人，４．５％；", "(一)保居民就业:2600人,4.5%;"), ("a b\tc\nd\u{A0}e\u{2002}f\u{3000}g\u{2028}h\u{85}i", "abcdefghi"),
        ("。、“”《》〔〕", "。、“”《》〔〕"),
        ("Ａｂｃ", "Abc"), ("", ""), ("e \u{301}", "é"), ("\u{FB01}", "fi"), ("\u{AF}x", "\u{304}x"), ("zero\u{200B}width", "zero\u{200B}width"),
    ])
    func widthAndWhiteSpaceDoNotCount(text: String, expected: String) {
        #expect(canonicalText(text) == expected)
        #expect(canonicalText(canonicalText(text)) == canonicalText(text))
    }

    @Test func twoRenditionsOfADocumentAreOne() {
        #expect(canonicalText("州负总责、条块结合，\n以条为主") == canonicalText("州负总责、条块结合, 以 条为主"))
        #expect(canonicalText("15天") != canonicalText("10天"))
    }

    private static let samples: [(TextDecoder.Encoding, [UInt8], String)] = [
        (.utf8, Array("高台县,14.2".utf8), "高台县,14.2"), (.utf8, [0xEF, 0xBB, 0xBF] + Array("高台".utf8), "高台"), (.utf8, [], ""), (.utf8, [0xEF, 0xBB, 0xBF], ""),
        // 高台县 in GB 2312, 㐀 and 😀 in four bytes of GB18030, € in two.
        (.gb18030, [0xB8, 0xDF, 0xCC, 0xA8, 0xCF, 0xD8, 0x2C, 0x31], "高台县,1"), (.gb18030, [0x81, 0x39, 0xEE, 0x39], "㐀"),
        (.gb18030, [0x94, 0x39, 0xFC, 0x36], "😀"),
        (.gb18030, [0xC1, 0xAA, 0xCD, 0xA8], "联通"), (.utf16LittleEndian, [0xFF, 0xFE, 0xD8, 0x9A, 0x0A, 0x00], "高\n"),
        (.utf16BigEndian, [0xFE, 0xFF, 0x9A, 0xD8, 0x00, 0x0A], "高\n"),
        (.utf16LittleEndian, [0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE], "😀"), (.utf16LittleEndian, [0xFF, 0xFE], ""),
    ]

    @Test func theEncodingIsFound() throws {
        for (encoding, bytes, text) in Self.samples {
            let found = try TextDecoder.decode(bytes)
            #expect(found.text == text && found.encoding == encoding, "\(text)")
        }
        for (encoding, bytes, text) in Self.samples { #expect(try TextDecoder.decode(bytes, as: encoding).text == text) }
        #expect(Set(Self.samples.map(\.0)).count == TextDecoder.Encoding.allCases.count)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], 1), ([0xB8], 0), ([0xB8, 0xDF, 0xCC], 2), ([0xB8, 0x20], 0), ([0x81, 0x30, 0x81], 0), ([0x81, 0x30, 0x81, 0x20], 0),
            ([0xB8, 0x7F], 0), ([0x80], 0),
            ([0x61, 0xE3, 0x32, 0x9A, 0x36], 1), ([0xEF, 0xBB, 0xBF, 0x61, 0xC0, 0x80], 4), ([0xFF, 0xFE, 0x61], 2), ([0xFF, 0xFE, 0x00, 0xD8], 2),
            ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xDC], 4),
            ([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x61], 2), ([0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00], 0),
        ] as [([UInt8], Int)])
    func undecodableBytesAreNamed(bytes: [UInt8], offset: Int) {
        do throws(EntryError) {
            let text = try TextDecoder.decode(bytes).text
            Issue.record("decoded as \(text)")
        } catch {
            #expect(error.code == .undecodableText && error.byteOffset == offset)
        }
    }

    @Test func aCodeWithoutCharacterIsFoundFarIntoTheFile() {
        let bytes = [UInt8]((0..<5_000).flatMap { _ in [0xB8, 0xDF] as [UInt8] }) + [0xE3, 0x32, 0x9A, 0x36, 0x61]
        #expect(throws: EntryError(.undecodableText, "UTF-8, GB18030", byteOffset: 10_000)) { _ = try TextDecoder.decode(bytes) }
    }

    @Test func aNamedEncodingIsTheOnlyOneTried() {
        let gaotai: [UInt8] = [0xB8, 0xDF]
        #expect(throws: EntryError(.undecodableText, "UTF-8", byteOffset: 0)) { _ = try TextDecoder.decode(gaotai, as: .utf8) }
        #expect(throws: EntryError(.undecodableText, "UTF-16", byteOffset: 0)) { _ = try TextDecoder.decode(gaotai, as: .utf16LittleEndian) }
        #expect(throws: EntryError(.undecodableText, "UTF-16", byteOffset: 0)) { _ = try TextDecoder.decode(gaotai, as: .utf16BigEndian) }
        #expect(throws: EntryError(.undecodableText, "GB18030", byteOffset: 0)) { _ = try TextDecoder.decode([0xFF], as: .gb18030) }
    }

    @Test func aWorkbookIsNoText() {
        #expect(throws: EntryError(.notText, "xlsx/xls", byteOffset: 0)) { _ = try TextDecoder.decode([0x50, 0x4B, 0x03, 0x04, 0x14]) }
        #expect(throws: EntryError(.notText, "xlsx/xls", byteOffset: 0)) { _ = try TextDecoder.decode([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) }
    }

    @Test func aFileBeyondTheLimitIsRefused() {
        let bytes = [UInt8](repeating: 0x61, count: TextDecoder.maximumBytes + 1)
        #expect(throws: EntryError.self) { _ = try TextDecoder.decode(bytes) }
    }

    @Test func strictUTF8IsWhatTheStandardSaysItIs() throws {
        // Every scalar is accepted; overlong forms, surrogates and what lies beyond are not.
        var scalars = String.UnicodeScalarView()
        for value in stride(from: UInt32(1), to: 0x11_0000, by: 61) { if let scalar = Unicode.Scalar(value) { scalars.append(scalar) } }
        let text = String(scalars)
        #expect(try TextDecoder.decode(Array(text.utf8), as: .utf8).text == text)
        for bad: [UInt8] in [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0x80], [0xC2], [0xE1, 0x80],
            [0xF1, 0x80, 0x80], [0xE1, 0x80, 0x41], [0xF1, 0x41, 0x80, 0x80], [0xC2, 0x41],
        ] {
            #expect(throws: EntryError(.undecodableText, "UTF-8", byteOffset: 1)) { _ = try TextDecoder.decode([0x61] + bad, as: .utf8) }
        }
    }
}
