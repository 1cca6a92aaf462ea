import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

@testable import TiaokuaiToken

/// A key on a token signs as one in memory does. Serialized: there is one token, and its login is the process's.
@Suite(.serialized, .enabled(if: SoftToken.shared != nil, "softhsm2 is not installed")) struct TokenTests {
    static let suites: [TiaokuaiTrust.Suite] = [.ed25519, .p256]

    private func signer(_ token: SoftToken, _ suite: TiaokuaiTrust.Suite) throws -> TokenSigner {
        try TokenSigner(TokenKey(module: token.module, token: SoftToken.label, key: "\(suite)"), pin: SoftToken.pin)
    }

    private func fault(_ body: () throws -> Void) -> TokenError.Code? {
        do { try body() } catch { return (error as? TokenError)?.code }
        return nil
    }

    /// First, because a login is the process's: once in, a token no longer asks.
    @Test func aWrongPINIsNamedAndTriedOnce() throws {
        let token = try #require(SoftToken.shared)
        for pin in ["2469", "", "24682468"] {
            #expect(fault { _ = try TokenSigner(TokenKey(module: token.module, token: SoftToken.label, key: "p256"), pin: pin) } == .pinWrong)
        }
        #expect(fault { _ = try TokenSigner(TokenKey(module: token.module, token: SoftToken.label, key: "p256"), pin: SoftToken.pin) } == nil)
    }

    @Test(arguments: suites) func theTokensKeyIsTheOneThatWasPutThere(_ suite: TiaokuaiTrust.Suite) throws {
        let token = try #require(SoftToken.shared)
        #expect(try signer(token, suite).verifyingKey == token.keys[suite]?.verifyingKey)
    }

    @Test(arguments: suites) func aSignatureOfTheTokenHoldsLikeAnyOther(_ suite: TiaokuaiTrust.Suite) throws {
        let token = try #require(SoftToken.shared)
        let signer = try signer(token, suite)
        for message in [[], [1], [UInt8](repeating: 7, count: 5_000)] as [[UInt8]] {
            let signature = try signer.sign(message)
            #expect(signature.count == 64)
            #expect(signer.verifyingKey.isValid(signature: signature, for: message))
            #expect(!signer.verifyingKey.isValid(signature: signature, for: message + [0]))
            // Ed25519 is deterministic: both hold the same key, so both sign the same.
            if suite == .ed25519 { #expect(try token.keys[suite]?.sign(message) == signature) }
        }
    }

    @Test(arguments: suites) func anEnvelopeSignedByTheTokenVerifies(_ suite: TiaokuaiTrust.Suite) throws {
        let token = try #require(SoftToken.shared)
        let signer = try signer(token, suite)
        let envelope = try COSESigner.signEnvelope(protected: COSEHeader(), payload: Array("高台县: 14.2".utf8), key: signer)
        try COSESigner.verify(envelope, key: signer.verifyingKey)
        #expect(envelope.protected.algorithm == Int64(suite.rawValue))
    }

    @Test func manyTasksUseOneTokenAtOnce() async throws {
        let token = try #require(SoftToken.shared)
        let signers = try Self.suites.map { try signer(token, $0) }
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                let signer = signers[task % 2]
                group.addTask {
                    (0..<10).allSatisfy { round in
                        let message = [UInt8(task), UInt8(round)]
                        return (try? signer.sign(message)).map { signer.verifyingKey.isValid(signature: $0, for: message) } ?? false
                    }
                }
            }
            for await allRight in group { #expect(allRight) }
        }
    }

    @Test func aSignerThatEndsDoesNotEndTheOthers() throws {
        let token = try #require(SoftToken.shared)
        let staying = try signer(token, .ed25519)
        do {
            let going = try signer(token, .p256)
            #expect(try going.sign([1]).count == 64)
        }
        #expect(try staying.sign([1]).count == 64)
    }

    @Test func whatIsNotThereIsNamed() throws {
        let token = try #require(SoftToken.shared)
        #expect(fault { _ = try TokenSigner(TokenKey(module: token.module, token: "another", key: "p256"), pin: SoftToken.pin) } == .tokenMissing)
        #expect(fault { _ = try TokenSigner(TokenKey(module: token.module, token: SoftToken.label, key: "another"), pin: SoftToken.pin) } == .keyMissing)
        #expect(fault { _ = try TokenSigner(TokenKey(module: token.module, token: SoftToken.label, key: "double"), pin: SoftToken.pin) } == .keyAmbiguous)
        do {
            _ = try TokenSigner(TokenKey(module: token.module, token: "another", key: "p256"), pin: SoftToken.pin)
        } catch let error as TokenError {
            #expect(error.fact.contains(SoftToken.label), "the tokens that are there: \(error)")
        }
    }
}
