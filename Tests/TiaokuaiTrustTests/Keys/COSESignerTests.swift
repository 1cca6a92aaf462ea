import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiTrust

@Suite struct COSESignerTests {
    private let key: SigningKey
    private let payload = [UInt8](repeating: 3, count: 32)

    init() throws { key = try SigningKey(.ed25519, secret: [UInt8](repeating: 1, count: 32)) }

    private func code(_ envelope: COSESign1, key: VerifyingKey? = nil, aad: [UInt8] = [], understood: Set<CBORItem> = []) -> TrustError.Code? {
        do {
            try COSESigner.verify(envelope, key: key ?? self.key.verifyingKey, externalAAD: aad, understood: understood)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: Suite.allCases) func whatIsSignedIsVerifiedAfterTravelling(_ suite: Suite) throws {
        let key = try SigningKey.generate(suite)
        var header = COSEHeader()
        header.keyID = key.verifyingKey.nodeID.hash.bytes
        let envelope = try COSESigner.signEnvelope(protected: header, payload: payload, key: key)
        let received = try COSESign1(decoding: envelope.encode())
        #expect(received.protected.algorithm == Int64(suite.rawValue))
        #expect(code(received, key: key.verifyingKey) == nil)
        #expect(try code(received, key: SigningKey.generate(suite).verifyingKey) == .wrongSignature)
        for other in Suite.allCases where other != suite {
            #expect(try code(received, key: SigningKey.generate(other).verifyingKey) == .wrongAlgorithm)
        }
    }

    @Test func theOtherNumberOfAnAlgorithmIsAcceptedForTheSameKey() throws {
        for (suite, number) in [(Suite.ed25519, COSEAlgorithm.ed25519), (.p256, COSEAlgorithm.esp256)] {
            let key = try SigningKey(suite, secret: [UInt8](repeating: 2, count: 32))
            var header = COSEHeader()
            header.algorithm = number
            let input = COSESign1.signatureInput(protectedBytes: header.encode(), payload: payload)
            let envelope = COSESign1(protected: header, payload: payload, signature: try key.sign(input))
            #expect(code(envelope, key: key.verifyingKey) == nil)
        }
    }

    @Test func anAlgorithmOutsideTheProtectedHeaderIsRefused() throws {
        var open = COSEHeader()
        open.algorithm = COSEAlgorithm.edDSA
        let input = COSESign1.signatureInput(protectedBytes: [], payload: payload)
        let envelope = COSESign1(protected: COSEHeader(), unprotected: open, payload: payload, signature: try key.sign(input))
        #expect(code(envelope) == .algorithmNotProtected)
    }

    @Test func aCriticalHeaderMustBeUnderstood() throws {
        var header = COSEHeader()
        header[COSELabel.critical] = [-70_001]
        header[-70_001] = 1
        let envelope = try COSESigner.signEnvelope(protected: header, payload: payload, key: key)
        #expect(code(envelope) == .unknownCritical)
        #expect(code(envelope, understood: [-70_001]) == nil)
    }

    @Test func detachedPayloadAndExternalDataAreSigned() throws {
        let envelope = try COSESigner.signEnvelope(protected: COSEHeader(), payload: payload, detached: true, externalAAD: [8], key: key)
        #expect(envelope.payload == nil)
        #expect(code(envelope, aad: [8]) == .malformedEnvelope)
        try COSESigner.verify(envelope, key: key.verifyingKey, externalAAD: [8], detachedPayload: payload)
        #expect(throws: TrustError.self) { try COSESigner.verify(envelope, key: key.verifyingKey, externalAAD: [8], detachedPayload: [1]) }
        #expect(throws: TrustError.self) { try COSESigner.verify(envelope, key: key.verifyingKey, externalAAD: [9], detachedPayload: payload) }
    }

    /// No single damaged bit passes, the unprotected bucket (empty here) included.
    @Test func noDamagedEnvelopePasses() throws {
        var header = COSEHeader()
        header.claims = COSEClaims(issuer: "县", issuedAt: 1)
        let bytes = try COSESigner.signEnvelope(protected: header, payload: payload, key: key).encode()
        var generator = SplitMix64(seed: 18)
        for damaged in mutations(of: bytes, random: 300, donor: bytes, using: &generator) {
            guard let read = try? COSESign1(decoding: damaged), read.unprotected.isEmpty else { continue }
            #expect(code(read) != nil)
        }
    }
}
