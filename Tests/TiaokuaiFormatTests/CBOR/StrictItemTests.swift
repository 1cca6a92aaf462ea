import Testing
import TiaokuaiFormat

/// What the profile refuses where a tree is built: one item each, and its code.
@Suite struct StrictItemTests {
    private func code(_ bytes: [UInt8]) -> FormatError.Code? {
        do throws(FormatError) {
            _ = try CBORItem.decode(bytes)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        arguments: [
            ([0x9f, 0x01, 0xff], .indefiniteLength), ([0x5f, 0x41, 0x01, 0xff], .indefiniteLength), ([0xbf, 0xff], .indefiniteLength),
            ([0x18, 0x17], .notShortest), ([0x58, 0x01, 0x00], .notShortest),
            ([0xa2, 0x01, 0x00, 0x01, 0x00], .duplicateKey), ([0xa2, 0x02, 0x00, 0x01, 0x00], .unsortedKeys),
            ([0x61, 0xff], .invalidText), ([0x62, 0xc0, 0x80], .invalidText),
            ([0xf9, 0x3c, 0x00], .unsupported), ([0xfa, 0x3f, 0x80, 0x00, 0x00], .unsupported), ([0xf7], .unsupported), ([0xf0], .unsupported),
            ([0xc2, 0x41, 0x01], .unsupported), ([0xc3, 0x41, 0x01], .unsupported), ([0xd9, 0xd9, 0xf7, 0x01], .unsupported),
            ([0x01, 0x01], .leftover), ([0x82, 0x01], .truncated), ([], .truncated),
        ] as [([UInt8], FormatError.Code)])
    func theProfileHasOneSpellingAndNoMore(_ bytes: [UInt8], _ expected: FormatError.Code) {
        #expect(code(bytes) == expected)
    }

    @Test func nestingEndsAtThirtyTwo() {
        let deep = { (levels: Int) in [UInt8](repeating: 0x81, count: levels) + [0x01] }
        #expect(code(deep(CBOR.maximumDepth - 1)) == nil)
        #expect(code(deep(CBOR.maximumDepth)) == .limitExceeded)
    }
}
