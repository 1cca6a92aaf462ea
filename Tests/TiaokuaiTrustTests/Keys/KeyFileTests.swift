import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

@testable import TiaokuaiTrust

/// Key files locked with a passphrase. But for one test the cost is the least that is read, for time's sake.
@Suite struct KeyFileTests {
    private static let cheap = KeyProtection.Cost(log2N: 10, r: 8, p: 1)
    private let secret = [UInt8](1...32)

    private func locked(_ passphrase: String = "老地方见 2020") throws -> [UInt8] {
        try KeyFile(purpose: .signing, algorithm: -8, secret: secret).encode(passphrase: passphrase, cost: Self.cheap)
    }

    private func fault(_ bytes: [UInt8], _ passphrase: String? = "老地方见 2020", _ purpose: KeyFile.Purpose = .signing) -> TrustError.Code? {
        do throws(TrustError) { _ = try KeyFile(decoding: bytes, expecting: purpose, passphrase: passphrase) } catch { return error.code }
        return nil
    }

    private func edited(_ bytes: [UInt8], protection change: (inout [CBORItem]) -> Void) throws -> [UInt8] {
        var parts = try #require(try CBORItem.decode(bytes).array)
        var protection = try #require(parts[4].array)
        change(&protection)
        parts[4] = .array(protection)
        return CBORItem.array(parts).encode()
    }

    @Test func keysAreLockedAndUnlockedAtTheCostThatIsWritten() throws {
        let signing = try SigningKey(.sm2, secret: secret)
        let sealing = try SealingKey(.p256, secret: secret)
        let (first, second) = (try signing.fileBytes(passphrase: "一二三"), try sealing.fileBytes(passphrase: "四五六"))
        #expect(try SigningKey(fileBytes: first, passphrase: "一二三").verifyingKey == signing.verifyingKey)
        #expect(try SealingKey(fileBytes: second, passphrase: "四五六").publicKey == sealing.publicKey)
        #expect(throws: TrustError(.keyFileSealed)) { try SigningKey(fileBytes: first) }
        #expect(throws: TrustError(.keyFileSealed)) { try SealingKey(fileBytes: second) }
        #expect(throws: TrustError(.wrongPassphrase)) { try SealingKey(fileBytes: second, passphrase: "一二三") }
        let protection = try #require(try CBORItem.decode(first).array?[4].array)
        #expect(protection[0].text == "scrypt" && protection[1...3].map(\.integer) == [17, 8, 1] && protection[4].bytes?.count == 16)
        #expect(first.count <= 100 && !first.hex.contains(secret.hex))
    }

    @Test func onlyThePassphraseItselfUnlocks() throws {
        let bytes = try locked()
        #expect(fault(bytes) == nil)
        #expect(try KeyFile(decoding: bytes, expecting: .signing, passphrase: "老地方见 2020").secret == secret)
        for other in ["", "老地方见", "老地方见 2020 ", "老地方见 2021", String(repeating: "x", count: 5_000)] { #expect(fault(bytes, other) == .wrongPassphrase) }
        #expect(fault(bytes, nil) == .keyFileSealed)
        #expect(fault(bytes, nil, .sealing) == .wrongKey, "said before a passphrase is asked for")
    }

    @Test func twoFilesOfOneKeyAndPassphraseAreNotAlike() throws {
        let (first, second) = (try locked(), try locked())
        #expect(first.suffix(48) != second.suffix(48))
        #expect(fault(first) == nil && fault(second) == nil)
    }

    @Test func aPassphraseForAnOpenFileIsNotLookedAt() throws {
        let open = KeyFile(purpose: .signing, algorithm: -8, secret: secret).encode()
        #expect(fault(open, "whatever") == nil)
    }

    @Test func anEmptyPassphraseLocksNothing() throws {
        #expect(throws: TrustError(.wrongPassphrase, "empty")) { try SigningKey(.ed25519, secret: secret).fileBytes(passphrase: "") }
        #expect(throws: TrustError.self) { try SigningKey(.ed25519, secret: secret).fileBytes(passphrase: String(repeating: "x", count: 4_097)) }
    }

    @Test func everyAlteredByteKeepsTheFileShut() throws {
        let bytes = try locked()
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 1
            let code = fault(altered)
            #expect([.malformedKeyFile, .keyFileVersion, .wrongKey, .wrongPassphrase].contains(code), "byte \(index): \(String(describing: code))")
        }
        for count in bytes.indices { #expect(fault(Array(bytes.prefix(count))) == .malformedKeyFile) }
        #expect(fault(bytes + [0]) == .malformedKeyFile)
    }

    @Test func costsBeyondTheBoundsAreRefusedBeforeTheyArePaid() throws {
        let bytes = try locked()
        let clock = ContinuousClock()
        let spent = try clock.measure {
            for (n, r, p) in [(9, 8, 1), (19, 8, 1), (63, 8, 1), (64, 8, 1), (10, 0, 1), (10, 9, 1), (10, 8, 0), (10, 8, 5), (10, 1 << 40, 1), (16, 1, 1)] as [(Int64, Int64, Int64)] {
                let edited = try edited(bytes) { $0.replaceSubrange(1...3, with: [.integer(n), .integer(r), .integer(p)]) }
                #expect(fault(edited) == .malformedKeyFile, "\(n), \(r), \(p)")
            }
        }
        #expect(spent < .seconds(1))
        #expect(fault(try edited(bytes) { $0[1] = 11 }) == .wrongPassphrase)
        #expect(fault(try edited(bytes) { $0[2] = 4 }) == .wrongPassphrase)
        #expect(fault(try edited(bytes) { $0[3] = 2 }) == .wrongPassphrase)
    }

    @Test func otherWaysOfLockingAreNamed() throws {
        let bytes = try locked()
        #expect(fault(try edited(bytes) { $0[0] = "argon2id" }) == .keyFileVersion)
        #expect(fault(try edited(bytes) { $0 = [] }) == .malformedKeyFile)
        #expect(fault(try edited(bytes) { $0.append(1) }) == .malformedKeyFile)
        #expect(fault(try edited(bytes) { $0[4] = .bytes([1]) }) == .malformedKeyFile)
    }
}
