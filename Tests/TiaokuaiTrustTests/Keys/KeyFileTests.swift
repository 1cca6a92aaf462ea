import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

@testable import TiaokuaiTrust

/// Key files: open, locked with a passphrase, or on a token. But for one test the cost is the least that is read, for time's sake.
@Suite struct KeyFileTests {
    private static let cheap = KeyProtection.Cost(log2N: 10, r: 8, p: 1)
    private let secret = [UInt8](1...32)
    /// Places in a key file's array.
    private let publicKey = 4
    private let custody = 5

    private func open() throws -> KeyFile { try KeyFile(SigningKey(.ed25519, secret: secret)) }

    private func locked(_ passphrase: String = "老地方见 2020") throws -> [UInt8] { try open().locked(with: passphrase, cost: Self.cheap).bytes }

    private func fault(_ bytes: [UInt8], _ passphrase: String? = "老地方见 2020") -> TrustError.Code? {
        do throws(TrustError) { _ = try KeyFile(decoding: bytes).signingKey(passphrase: passphrase) } catch { return error.code }
        return nil
    }

    private func edited(_ bytes: [UInt8], _ change: (inout [CBORItem]) -> Void) throws -> [UInt8] {
        var parts = try #require(try CBORItem.decode(bytes).array)
        change(&parts)
        return CBORItem.array(parts).encode()
    }

    private func editedCustody(_ bytes: [UInt8], _ change: (inout [CBORItem]) -> Void) throws -> [UInt8] {
        try edited(bytes) { parts in
            guard var protection = parts[custody].array else { return }
            change(&protection)
            parts[custody] = .array(protection)
        }
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
        let protection = try #require(try CBORItem.decode(first).array?[custody].array)
        #expect(protection[0].text == "scrypt" && protection[1...3].map(\.integer) == [17, 8, 1] && protection[4].bytes?.count == 16)
        #expect(first.count <= 180 && !first.hex.contains(secret.hex))
    }

    @Test func thePublicKeyIsReadWithoutOpeningAnything() throws {
        let signing = try SigningKey(.sm2, secret: secret)
        let sealing = try SealingKey(.x25519, secret: secret)
        for file in [try KeyFile(signing), try KeyFile(signing).locked(with: "一二三", cost: Self.cheap)] {
            let read = try KeyFile(decoding: file.bytes)
            #expect(read == file)
            #expect(try read.verifyingKey() == signing.verifyingKey)
            #expect(throws: TrustError(.otherPurpose)) { try read.sealingPublicKey() }
        }
        let read = try KeyFile(decoding: try KeyFile(sealing).locked(with: "一二三", cost: Self.cheap).bytes)
        #expect(try read.isLocked && read.sealingPublicKey() == sealing.publicKey)
        #expect(throws: TrustError(.otherPurpose)) { try read.verifyingKey() }
    }

    @Test func anotherKeysPublicHalfIsFoundWhenTheSecretIsOpened() throws {
        let other = try SigningKey(.ed25519, secret: [UInt8](2...33)).verifyingKey.rawBytes
        #expect(fault(try edited(open().bytes) { $0[publicKey] = .bytes(other) }) == .malformedKeyFile)
        // Under a passphrase it is authenticated.
        #expect(fault(try edited(locked()) { $0[publicKey] = .bytes(other) }) == .wrongPassphrase)
        for wrong in [[], Array(other.dropLast()), [UInt8](repeating: 0, count: 32), [4] + other + other] {
            #expect(fault(try edited(open().bytes) { $0[publicKey] = .bytes(wrong) }) == .malformedKeyFile, "\(wrong.count)")
        }
    }

    @Test func onlyThePassphraseItselfUnlocks() throws {
        let bytes = try locked()
        #expect(fault(bytes) == nil)
        #expect(try KeyFile(decoding: bytes).signingKey(passphrase: "老地方见 2020").secret() == secret)
        for other in ["", "老地方见", "老地方见 2020 ", "老地方见 2021", String(repeating: "x", count: 5_000)] { #expect(fault(bytes, other) == .wrongPassphrase) }
        #expect(fault(bytes, nil) == .keyFileSealed)
        #expect(throws: TrustError(.otherPurpose), "said before a passphrase is asked for") {
            try KeyFile(decoding: bytes).sealingKey()
        }
    }

    @Test func lockingAndUnlockingGiveTheSameKey() throws {
        let file = try open()
        let locked = try file.locked(with: "一二三", cost: Self.cheap)
        #expect(!file.isLocked && locked.isLocked)
        #expect(try locked.unlocked(with: "一二三") == file)
        #expect(try file.unlocked(with: nil) == file)
        #expect(throws: TrustError(.wrongPassphrase)) { try locked.unlocked(with: "四五六") }
        #expect(throws: TrustError(.keyFileSealed)) { try locked.unlocked(with: nil) }
        #expect(throws: TrustError(.keyFileSealed), "a lock is no secret to be locked") { try locked.locked(with: "四五六") }
    }

    @Test func twoFilesOfOneKeyAndPassphraseAreNotAlike() throws {
        let (first, second) = (try locked(), try locked())
        #expect(first.suffix(48) != second.suffix(48))
        #expect(fault(first) == nil && fault(second) == nil)
    }

    @Test func aPassphraseForAnOpenFileIsNotLookedAt() throws { #expect(fault(try open().bytes, "whatever") == nil) }

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
            #expect([.malformedKeyFile, .keyFileVersion, .unsupportedSuite, .otherPurpose, .wrongPassphrase].contains(code), "byte \(index): \(String(describing: code))")
        }
        for count in bytes.indices { #expect(fault(Array(bytes.prefix(count))) == .malformedKeyFile) }
        #expect(fault(bytes + [0]) == .malformedKeyFile)
    }

    @Test func costsBeyondTheBoundsAreRefusedBeforeTheyArePaid() throws {
        let bytes = try locked()
        let clock = ContinuousClock()
        let spent = try clock.measure {
            for (n, r, p) in [(9, 8, 1), (19, 8, 1), (63, 8, 1), (64, 8, 1), (10, 0, 1), (10, 9, 1), (10, 8, 0), (10, 8, 5), (10, 1 << 40, 1), (16, 1, 1)] as [(Int64, Int64, Int64)] {
                let edited = try editedCustody(bytes, { $0.replaceSubrange(1...3, with: [.integer(n), .integer(r), .integer(p)]) })
                #expect(fault(edited) == .malformedKeyFile, "\(n), \(r), \(p)")
            }
        }
        #expect(spent < .seconds(1))
        #expect(fault(try editedCustody(bytes, { $0[1] = 11 })) == .wrongPassphrase)
        #expect(fault(try editedCustody(bytes, { $0[2] = 4 })) == .wrongPassphrase)
        #expect(fault(try editedCustody(bytes, { $0[3] = 2 })) == .wrongPassphrase)
    }

    @Test func otherWaysOfLockingAreNamed() throws {
        let bytes = try locked()
        #expect(fault(try editedCustody(bytes, { $0[0] = "argon2id" })) == .keyFileVersion)
        #expect(fault(try editedCustody(bytes, { $0 = [] })) == .malformedKeyFile)
        #expect(fault(try editedCustody(bytes, { $0.append(1) })) == .malformedKeyFile)
        #expect(fault(try editedCustody(bytes, { $0[4] = .bytes([1]) })) == .malformedKeyFile)
    }

    @Test func aFileOfATokensKeySaysWhereItIsAndHoldsNoSecret() throws {
        let key = try SigningKey(.p256, secret: secret).verifyingKey
        let place = try TokenKey(module: "/usr/lib/softhsm/libsofthsm2.so", token: "县级签名卡", key: "p256")
        let file = try KeyFile(decoding: KeyFile(place, key).bytes)
        #expect(try file.token == place && file.verifyingKey() == key && !file.isLocked)
        #expect(throws: TrustError(.keyOnToken)) { try file.signingKey(passphrase: "一二三") }
        #expect(try file.locked(with: "一二三") == file)
        #expect(try file.unlocked(with: nil) == file)
        let longest = try TokenKey(module: String(repeating: "m", count: 512), token: String(repeating: "t", count: 32), key: String(repeating: "k", count: 128))
        #expect(try KeyFile(decoding: KeyFile(longest, key).bytes).token == longest)
        for (module, token, label) in [("", "t", "k"), ("m", "", "k"), ("m", "t", ""), (longest.module + "m", "t", "k"), ("m", longest.token + "t", "k"), ("m", "t", longest.key + "k")] {
            #expect(throws: TrustError.self) { try TokenKey(module: module, token: token, key: label) }
            #expect(fault(try edited(file.bytes) { $0[custody] = .array(["pkcs11", .text(module), .text(token), .text(label)]) }) == .malformedKeyFile)
        }
        // A secret beside the token's name, a sealing key on a token, one item more.
        #expect(fault(try edited(file.bytes) { $0[6] = .bytes(secret) }) == .malformedKeyFile)
        #expect(fault(try edited(file.bytes) { $0[2] = 1 }) == .malformedKeyFile)
        #expect(fault(try editedCustody(file.bytes, { $0.append("more") })) == .malformedKeyFile)
    }
}
