import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

@Suite struct SealingKeyTests {
    private func key(_ curve: SealingCurve, seed: UInt64 = 1) throws -> SealingKey {
        var generator = SplitMix64(seed: seed)
        return try SealingKey(curve, secret: generator.bytes(32))
    }

    private func code(_ body: () throws -> Void) -> TrustError.Code? {
        do { try body() } catch { return (error as? TrustError)?.code }
        return nil
    }

    @Test func bothSidesAgreeOnOneSecret() throws {
        // RFC 7748 §6.1, with other secrets of which the public key is known.
        let alice = try SealingKey(secret: try #require([UInt8](hex: "77076d0a7318a57d3c16c17251b26645df0c4a3a55b8b0b1bd9f7c5d2e2e2c2a")))
        let bob = try SealingKey(secret: try #require([UInt8](hex: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")))
        #expect(bob.publicKey.rawBytes.hex == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
        #expect(try alice.agree(with: bob.publicKey) == bob.agree(with: alice.publicKey))
    }

    @Test func aSecretOfP256IsTheSharedPointsX() throws {
        // NIST CAVS, ECC CDH primitive, P-256, count 0.
        let mine = try SealingKey(.p256, secret: try #require([UInt8](hex: "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534")))
        let x = "700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
        let y = "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac"
        let other = try SealingPublicKey(.p256, rawBytes: try #require([UInt8](hex: "04" + x + y)))
        #expect(try mine.agree(with: other).hex == "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b")
        #expect(mine.publicKey.rawBytes.hex.hasPrefix("04ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"))
    }

    @Test func keysThatDoNotBelongTogetherAgreeOnNothing() throws {
        let low = try SealingPublicKey(rawBytes: [UInt8](repeating: 0, count: 32))
        #expect(code { _ = try key(.x25519).agree(with: low) } == .keyAgreementFailed)
        #expect(code { _ = try key(.x25519).agree(with: key(.p256).publicKey) } == .keyAgreementFailed)
        #expect(code { _ = try key(.p256).agree(with: key(.sm2).publicKey) } == .keyAgreementFailed)
        #expect(code { _ = try key(.sm2).agree(with: key(.sm2, seed: 2).publicKey) } == .unsupportedSuite)
    }

    @Test(arguments: SealingCurve.allCases) func aKeySurvivesItsEncodings(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let encoded = mine.publicKey.coseKey
        let item = try CBORItem.decode(encoded)
        #expect(item.encode() == encoded)
        #expect(item[-1]?.integer == curve.rawValue && item[1]?.integer == (curve == .x25519 ? 1 : 2))
        let read = try SealingPublicKey(coseKey: encoded)
        #expect(read == mine.publicKey && read.hashValue == mine.publicKey.hashValue && read.thumbprint == sha256(encoded))
        let file = try mine.fileBytes
        #expect(try SealingKey(fileBytes: file).publicKey == mine.publicKey)
        #expect(try SealingKey(fileBytes: file).fileBytes == file)
        #expect(code { _ = try SigningKey(fileBytes: file) } == .otherPurpose)
    }

    @Test func theFormOfX25519IsTheOneThatCredentialsHold() throws {
        let key = try key(.x25519).publicKey
        #expect(key.coseKey.hex == "a301012004215820" + key.rawBytes.hex)
        let p256 = try self.key(.p256).publicKey.rawBytes
        #expect(try SealingPublicKey(.p256, rawBytes: p256).coseKey.hex == "a401022001215820" + p256[1..<33].hex + "225820" + p256[33...].hex)
    }

    @Test func aKeyHasOneSpelling() throws {
        var generator = SplitMix64(seed: 9_679)
        for curve in SealingCurve.allCases {
            let bytes = try key(curve).publicKey.coseKey
            for damaged in mutations(of: bytes, random: 500, donor: bytes, using: &generator) {
                if let read = try? SealingPublicKey(coseKey: damaged) { #expect(read.coseKey == damaged) }
            }
        }
        func read(_ item: CBORItem) -> TrustError.Code? { code { _ = try SealingPublicKey(coseKey: item.encode()) } }
        #expect(read(.map([.init(1, 1), .init(-1, 5), .init(-2, .bytes([1]))])) == .unsupportedSuite, "X448")
        #expect(read(.map([.init(1, 2), .init(-1, 4), .init(-2, .bytes([1]))])) == .unsupportedSuite)
        #expect(read(.map([.init(1, 1), .init(-1, 4), .init(-2, .bytes([1]))])) == .malformedKey)
        #expect(read(.map([.init(1, 1), .init(-1, 4)])) == .malformedKey)
        #expect(read(.map([.init(1, 1)])) == .malformedKey)
        #expect(read(1) == .malformedKey)
        #expect(read(.map([.init(1, 2), .init(-1, 1), .init(-2, .bytes([UInt8](repeating: 1, count: 32)))])) == .malformedKey, "no y")
        #expect(code { _ = try SealingPublicKey(coseKey: []) } == .malformedKey)
    }

    @Test func badKeysAreRefused() throws {
        for curve in SealingCurve.allCases {
            for count in [0, 31, 33, 64] {
                #expect(code { _ = try SealingPublicKey(curve, rawBytes: [UInt8](repeating: 4, count: count)) } == .malformedKey)
                #expect(code { _ = try SealingKey(curve, secret: [UInt8](repeating: 5, count: count)) } == .malformedKey)
            }
            #expect(try SealingKey.generate(curve).publicKey != SealingKey.generate(curve).publicKey)
        }
        for curve in [SealingCurve.p256, .sm2] {
            #expect(code { _ = try SealingKey(curve, secret: [UInt8](repeating: 0, count: 32)) } == .malformedKey, "scalar 0")
            #expect(code { _ = try SealingKey(curve, secret: [UInt8](repeating: 255, count: 32)) } == .malformedKey, "beyond the order")
            var point = try key(curve).publicKey.rawBytes
            point[64] ^= 1
            #expect(code { _ = try SealingPublicKey(curve, rawBytes: point) } == .malformedKey, "off the curve")
        }
        let other = try key(.p256).publicKey.rawBytes
        #expect(code { _ = try SealingPublicKey(.sm2, rawBytes: other) } == .malformedKey, "a point of another curve")
        let file = try CBORItem.decode(key(.x25519).fileBytes).array
        var parts = try #require(file)
        parts[3] = 5
        #expect(code { _ = try SealingKey(fileBytes: CBORItem.array(parts).encode()) } == .unsupportedSuite)
    }

    @Test func whatIsEncryptedUnderSM2OpensForItsKeyOnly() throws {
        let mine = try key(.sm2)
        for count in [1, 16, 64, 1_024] {
            var generator = SplitMix64(seed: UInt64(count))
            let secret = generator.bytes(count)
            let ciphertext = try mine.publicKey.encrypt(secret)
            #expect(try mine.decrypt(ciphertext) == secret)
            #expect(try mine.publicKey.encrypt(secret) != ciphertext, "different each time")
            #expect(code { _ = try key(.sm2, seed: 2).decrypt(ciphertext) } == .decryptionFailed)
            for bit in stride(from: 0, to: ciphertext.count * 8, by: 13) {
                // A bit of the DER around it may change nothing that is read; then the plaintext is the same.
                let altered = ByteMutation.flip(bit: bit).applied(to: ciphertext)
                if let plaintext = try? mine.decrypt(altered) { #expect(plaintext == secret) }
            }
            for length in stride(from: 0, to: ciphertext.count, by: 7) {
                #expect(code { _ = try mine.decrypt(Array(ciphertext.prefix(length))) } == .decryptionFailed)
            }
        }
        #expect(code { _ = try mine.publicKey.encrypt([]) } == .libcrypto)
        #expect(code { _ = try mine.publicKey.encrypt([UInt8](repeating: 0, count: 1_025)) } == .libcrypto)
    }

    @Test func theCiphertextIsTheSequenceOfC1C3C2() throws {
        let mine = try key(.sm2)
        let ciphertext = try mine.publicKey.encrypt([UInt8](repeating: 7, count: 64))
        #expect(ciphertext[0] == 0x30)
        // From the end: C2, an OCTET STRING of 64 bytes, and before it C3, one of 32.
        #expect(Array(ciphertext.suffix(66).prefix(2)) == [0x04, 0x40])
        #expect(Array(ciphertext.suffix(66 + 34).prefix(2)) == [0x04, 0x20])
    }

    @Test func onlySM2Encrypts() throws {
        for curve in [SealingCurve.x25519, .p256] {
            #expect(code { _ = try key(curve).publicKey.encrypt([1]) } == .unsupportedSuite)
            #expect(code { _ = try key(curve).decrypt([1]) } == .unsupportedSuite)
        }
    }
}
