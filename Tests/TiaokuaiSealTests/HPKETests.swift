import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

@Suite struct HPKETests {
    static let suites = HPKE.KEM.allCases.flatMap { kem in HPKE.AEAD.allCases.map { HPKE.Suite(kem: kem, aead: $0) } }

    private let info = Array("info".utf8)

    private func pair(_ suite: HPKE.Suite) throws -> (HPKE.Sender, HPKE.Receiver) {
        let key = try key(suite.kem.curve)
        let sender = try suite.setupSender(to: key.publicKey, info: info)
        return (sender, try suite.setupReceiver(sender.encapsulation, key: key, info: info))
    }

    @Test(arguments: suites) func messagesOpenInTheirOrderAndNoOther(_ suite: HPKE.Suite) throws {
        let (sender, receiver) = try pair(suite)
        #expect(sender.encapsulation.count == suite.kem.encapsulationBytes)
        let messages = [[], bytes(1), bytes(16), bytes(1_000)]
        let sealed = try messages.map { try sender.seal($0, aad: [UInt8($0.count % 256)]) }
        #expect(sealed.map(\.count) == messages.map { $0.count + 16 })
        #expect(code { _ = try receiver.open(sealed[1], aad: [1]) } == .notOpened, "the second before the first")
        for (message, ciphertext) in zip(messages, sealed) {
            #expect(try receiver.open(ciphertext, aad: [UInt8(message.count % 256)]) == message)
        }
        #expect(sender.sequence == 4 && receiver.sequence == 4)
        #expect(code { _ = try receiver.open(sealed[3], aad: [232]) } == .notOpened, "the last again")
    }

    @Test(arguments: suites) func whatIsAlteredDoesNotOpen(_ suite: HPKE.Suite) throws {
        let (sender, receiver) = try pair(suite)
        let ciphertext = try sender.seal([1, 2, 3], aad: [4])
        for bit in 0..<ciphertext.count * 8 {
            #expect(code { _ = try receiver.open(ByteMutation.flip(bit: bit).applied(to: ciphertext), aad: [4]) } == .notOpened)
        }
        for count in 0..<ciphertext.count { #expect(code { _ = try receiver.open(Array(ciphertext.prefix(count)), aad: [4]) } == .notOpened) }
        #expect(code { _ = try receiver.open(ciphertext, aad: [5]) } == .notOpened)
        #expect(code { _ = try receiver.open(ciphertext) } == .notOpened)
        #expect(try receiver.open(ciphertext, aad: [4]) == [1, 2, 3], "what failed before spoils nothing")
    }

    @Test(arguments: suites) func anotherKeyInfoOrSuiteOpensNothing(_ suite: HPKE.Suite) throws {
        let mine = try key(suite.kem.curve)
        let sender = try suite.setupSender(to: mine.publicKey, info: info)
        let ciphertext = try sender.seal([1])
        let other = try suite.setupReceiver(sender.encapsulation, key: try key(suite.kem.curve, 2), info: info)
        #expect(code { _ = try other.open(ciphertext) } == .notOpened)
        let misinformed = try suite.setupReceiver(sender.encapsulation, key: mine, info: [])
        #expect(code { _ = try misinformed.open(ciphertext) } == .notOpened)
        for aead in HPKE.AEAD.allCases where aead != suite.aead {
            let receiver = try HPKE.Suite(kem: suite.kem, aead: aead).setupReceiver(sender.encapsulation, key: mine, info: info)
            #expect(code { _ = try receiver.open(ciphertext) } == .notOpened)
        }
    }

    @Test(arguments: suites) func bothEndsExportTheSameAndNobodyElse(_ suite: HPKE.Suite) throws {
        let (sender, receiver) = try pair(suite)
        for count in [1, 32, 255 * 32] {
            let exported = try sender.export([9], count: count)
            #expect(exported.count == count)
            #expect(try receiver.export([9], count: count) == exported)
            if count >= 32 { #expect(try sender.export([], count: count) != exported) }
        }
        #expect(code { _ = try sender.export([], count: 255 * 32 + 1) } == .tooLong)
        #expect(code { _ = try sender.export([], count: 0) } == .crypto)
        let (stranger, _) = try pair(suite)
        #expect(try stranger.export([9], count: 32) != sender.export([9], count: 32))
    }

    @Test func keysOfOtherCurvesAreRefused() throws {
        for suite in Self.suites {
            for curve in SealingCurve.allCases where curve != suite.kem.curve {
                let key = try key(curve)
                #expect(code { _ = try suite.setupSender(to: key.publicKey, info: []) } == .wrongKey)
                #expect(code { _ = try suite.setupReceiver([], key: key, info: []) } == .wrongKey)
            }
        }
        #expect(HPKE.KEM(.sm2) == nil && HPKE.KEM(.p256) == .p256 && HPKE.KEM(.x25519) == .x25519)
    }

    @Test func anEncapsulationThatIsNoKeyIsRefused() throws {
        for suite in Self.suites {
            let key = try key(suite.kem.curve)
            for bad in [[], bytes(31), [UInt8](repeating: 0, count: suite.kem.encapsulationBytes)] {
                #expect(code { _ = try suite.setupReceiver(bad, key: key, info: []) } == .notOpened)
            }
        }
        let suite = HPKE.Suite(kem: .p256, aead: .aes256GCM)
        var offCurve = try key(.p256).publicKey.rawBytes
        offCurve[64] ^= 1
        #expect(code { _ = try suite.setupReceiver(offCurve, key: try key(.p256), info: []) } == .notOpened)
    }

    @Test func toAKeyOfSmallOrderNothingIsSealed() throws {
        let low = try SealingPublicKey(rawBytes: [UInt8](repeating: 0, count: 32))
        #expect(code { _ = try HPKE.Suite(kem: .x25519, aead: .aes256GCM).setupSender(to: low, info: []) } == .wrongKey)
        #expect(code { _ = try SealWriter(to: [low], atMost: 1) } == .wrongKey)
    }

    @Test func everySetupHasItsOwnKey() throws {
        for suite in Self.suites {
            let key = try key(suite.kem.curve)
            let senders = try (0..<3).map { _ in try suite.setupSender(to: key.publicKey, info: []) }
            #expect(Set(senders.map(\.encapsulation)).count == 3)
            #expect(Set(try senders.map { try $0.seal([1]) }).count == 3)
        }
    }

    @Test func aKeyFollowsFromItsEntropy() throws {
        for kem in HPKE.KEM.allCases {
            let first = try kem.deriveKeyPair(bytes(32)).publicKey
            #expect(try kem.deriveKeyPair(bytes(32)).publicKey == first)
            #expect(try kem.deriveKeyPair(bytes(32, seed: 8)).publicKey != first)
            #expect(first.curve == kem.curve)
        }
    }

    @Test func theNumberOfMessagesHasAnEnd() throws {
        let (sender, receiver) = try pair(HPKE.Suite(kem: .x25519, aead: .aes128GCM))
        sender.skip(to: .max - 1)
        receiver.skip(to: .max - 1)
        let last = try sender.seal([1])
        #expect(code { _ = try sender.seal([1]) } == .messageLimit)
        #expect(try receiver.open(last) == [1])
        #expect(code { _ = try receiver.open(last) } == .messageLimit)
    }

    @Test func aSuiteSaysWhatItIs() {
        #expect("\(HPKE.Suite(kem: .p256, aead: .chaCha20Poly1305))" == "DHKEM(p256, HKDF-SHA256), HKDF-SHA256, chaCha20Poly1305")
    }
}
