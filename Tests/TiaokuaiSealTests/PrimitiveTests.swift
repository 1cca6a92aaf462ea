import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// Known answers of the standards for what stands on libcrypto here.
@Suite struct PrimitiveTests {
    private func hex(_ text: String) throws -> [UInt8] { try #require([UInt8](hex: text)) }

    @Test func hkdfIsThatOfRFC5869() throws {
        // Appendix A.1 and A.3.
        let secret = [UInt8](repeating: 0x0b, count: 22)
        let key = try HKDF.extract(salt: Array(0...12), secret: secret)
        #expect(key.hex == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
        let out = try HKDF.expand(key, info: Array(0xf0...0xf9), count: 42)
        #expect(out.hex == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        let saltless = try HKDF.extract(salt: [], secret: secret)
        #expect(saltless == (try HKDF.extract(salt: [UInt8](repeating: 0, count: 32), secret: secret)))
        #expect(try HKDF.expand(saltless, info: [], count: 42).hex == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }

    @Test func hkdfKeepsItsLimits() throws {
        let key = bytes(32)
        #expect(try HKDF.expand(key, info: bytes(HKDF.maximumInfoBytes), count: HKDF.maximumBytes).count == HKDF.maximumBytes)
        #expect(throws: TrustError.self) { try HKDF.expand(key, info: bytes(HKDF.maximumInfoBytes + 1), count: 1) }
        #expect(throws: TrustError.self) { try HKDF.expand(key, info: [], count: HKDF.maximumBytes + 1) }
        #expect(throws: TrustError.self) { try HKDF.expand(key, info: [], count: 0) }
    }

    @Test func hmacIsThatOfRFC4231() throws {
        // Test cases 1 and 2; the second with the context of another message.
        let first = try KeyedHash(.sha256, key: [UInt8](repeating: 0x0b, count: 20))
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        #expect(try first.tag(Array("Hi There".utf8)[...]).hex == expected)
        #expect(try first.tag([1, 2, 3]).hex != expected)
        #expect(try first.tag(Array("Hi ".utf8)[...], [], Array("There".utf8)[...]).hex == expected, "parts are one message, and messages don't touch")
        let second = try KeyedHash(.sha256, key: Array("Jefe".utf8))
        #expect(try second.tag(Array("what do ya want for nothing?".utf8)[...]).hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func hmacWithSM3IsKeyedAndAnother() throws {
        // The construction of RFC 2104 over SM3, by hand.
        let key = bytes(32)
        let padded = key + [UInt8](repeating: 0, count: 32)
        let message = bytes(100)
        let inner = sm3(padded.map { $0 ^ 0x36 } + message).bytes
        let outer = sm3(padded.map { $0 ^ 0x5c } + inner).bytes
        #expect(try KeyedHash(.sm3, key: key).tag(message[...]) == outer)
    }

    @Test func sm4IsThatOfTheStandard() throws {
        // GB/T 32907-2016, example 1: its ciphertext is the key stream of the counter block that equals its plaintext.
        let key = try hex("0123456789abcdeffedcba9876543210")
        let block: UInt128 = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210
        let cipher = try CounterCipher(key: key)
        #expect(try cipher.apply([UInt8](repeating: 0, count: 16)[...], from: block).hex == "681edf34d206965e86b3e94f536e4246")
        #expect(try cipher.apply([], from: block).isEmpty)
        #expect(code { _ = try CounterCipher(key: []) } == .wrongKey)
    }

    @Test func theCounterRunsOverAllOfTheBlock() throws {
        let cipher = try CounterCipher(key: bytes(16))
        for start: UInt128 in [0, 0xff, .max, .max - 1, 0xffff_ffff_ffff_ffff] {
            let zeros = [UInt8](repeating: 0, count: 48)
            let stream = try cipher.apply(zeros[...], from: start)
            for block in 0..<3 { #expect(try Array(stream[block * 16..<block * 16 + 16]) == cipher.apply(zeros[..<16], from: start &+ UInt128(block))) }
            let text = bytes(41)
            #expect(try cipher.apply(try cipher.apply(text[...], from: start)[...], from: start) == text)
        }
    }

    @Test func tagsAreComparedWhole() {
        let tag = bytes(32)
        #expect(KeyedHash.isEqual(tag, tag))
        #expect(!KeyedHash.isEqual(tag, Array(tag.dropLast())))
        #expect(!KeyedHash.isEqual([], tag))
        for index in tag.indices {
            var other = tag
            other[index] ^= 0x80
            #expect(!KeyedHash.isEqual(tag, other))
        }
    }
}
