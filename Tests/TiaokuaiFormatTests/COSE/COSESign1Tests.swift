import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

@Suite struct COSESign1Tests {
    private var envelope: COSESign1 {
        var header = COSEHeader()
        header.keyID = [1, 2]
        header.algorithm = COSEAlgorithm.edDSA
        header.claims = COSEClaims(issuer: "高台县", issuedAt: 1_597_190_400)
        header.type = "tk/changeset"
        header.payloadHashAlgorithm = COSEAlgorithm.sha256
        header.preimageContentType = 60
        header[-70_001] = [1, "private"]
        return COSESign1(protected: header, payload: [UInt8](repeating: 7, count: 32), signature: [UInt8](repeating: 9, count: 64))
    }

    private func code(_ hex: String, understood: Set<CBORItem> = []) -> FormatError.Code? {
        do {
            _ = try COSESign1(decoding: [UInt8](hex: hex) ?? [], understood: understood)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func anEnvelopeIsReadAsItWasWritten() throws {
        let read = try COSESign1(decoding: envelope.encode())
        #expect(read == envelope)
        #expect(read.protected.keyID == [1, 2])
        #expect(read.protected.claims?.issuer == "高台县" && read.protected.claims?.issuedAt == 1_597_190_400)
        #expect(read.protected.payloadHashAlgorithm == -16 && read.protected.preimageContentType == 60)
        #expect(read.protected.type == "tk/changeset" && read.protected[-70_001]?.array?.count == 2)
        #expect(read.encode() == envelope.encode())
    }

    @Test func theSignedBytesAreThoseOfTheStandard() throws {
        // RFC 9052 C.2.1: payload "This is the content.", protected {1: -7}.
        var header = COSEHeader()
        header.algorithm = COSEAlgorithm.es256
        let envelope = COSESign1(protected: header, payload: Array("This is the content.".utf8), signature: [])
        let expected = "846a5369676e61747572653143a101264054546869732069732074686520636f6e74656e742e"
        #expect(try envelope.signatureInput().hex == expected)
        #expect(try envelope.signatureInput(externalAAD: [0x11]).hex == expected.replacing("a1012640", with: "a101264111"))
    }

    @Test func aDetachedPayloadIsSignedAllTheSame() throws {
        let attached = COSESign1(protected: envelope.protected, payload: [5], signature: [])
        let detached = COSESign1(protected: envelope.protected, payload: nil, signature: [])
        #expect(try attached.signatureInput() == detached.signatureInput(detachedPayload: [5]))
        #expect(throws: FormatError.self) { try detached.signatureInput() }
        #expect(throws: FormatError.self) { try attached.signatureInput(detachedPayload: [5]) }
        #expect(try COSESign1(decoding: detached.encode()).payload == nil)
    }

    @Test func everyFaultHasItsCode() {
        #expect(code("8443a10127a04040") == .malformedEnvelope, "no tag")
        #expect(code("d9 03e6 8443a10127a04040".filter { $0 != " " }) == .malformedEnvelope, "another tag")
        #expect(code("d28343a10127a040") == .malformedEnvelope, "three parts")
        #expect(code("d28443a10127a0400000") == .leftover)
        #expect(code("d28443a10127a04000") == .malformedEnvelope, "the signature is a number")
        #expect(code("d28440a04040") == .algorithmNotProtected, "nothing protected")
        #expect(code("d28443a10441a1012740 40".filter { $0 != " " }) != nil)
        #expect(code("d28440a101274040") == .algorithmNotProtected, "alg unprotected")
        #expect(code("d28443a10127a101274040") == .duplicateKey, "alg in both buckets")
        #expect(code("d28441a0a04040") == .algorithmNotProtected, "an empty protected map")
        #expect(code("d28443820127a04040") == .malformedHeader, "protected is an array")
        #expect(code("d28446a10163616263a04040") == .malformedHeader, "alg is text")
        #expect(code("d28445a201270401a04040") == .malformedHeader, "kid is a number")
        #expect(code("d28445a204410101270a04040") != nil)
        #expect(code("d28446a20441010127a04040") == .unsortedKeys)
        #expect(code("d28444a10138 07a04040".filter { $0 != " " }) == .notShortest)
        #expect(code("d28446a20127028100a04040") == .unknownCritical)
        #expect(code("d28445a201270280a04040") == .malformedHeader, "crit names nothing")
        #expect(code("d28443a10127a10281004040") == .malformedHeader, "crit unprotected")
        #expect(code("d28447a30127028103 0300a04040".filter { $0 != " " }) != nil)
    }

    @Test func aCriticalHeaderPassesOnlyWhereItIsUnderstood() {
        // {1: -8, 2: [10], 10: true}
        let hex = "d28448a3012702810a0af5a04040"
        #expect(code(hex) == .unknownCritical)
        #expect(code(hex, understood: [10]) == nil)
        #expect(code("d28446a2012702810aa04040", understood: [10]) == .unknownCritical, "named and absent")
    }

    @Test func anEnvelopeBeyondTheLimitIsNotEvenParsed() {
        let big = [UInt8](repeating: 0xff, count: Limits.envelopeBytes + 1)
        #expect(throws: FormatError(.limitExceeded, "envelope of \(big.count) bytes, \(Limits.envelopeBytes) admitted")) {
            try COSESign1(decoding: big)
        }
    }

    @Test func theTolerantReaderTakesWhatOthersWrite() throws {
        // Untagged, alg unprotected, an empty protected map spelled out: the example sign-pass-01's shape.
        let read = try COSESign1(decoding: [UInt8](hex: "8441a0a201260442313141074108") ?? [], profile: .tolerant)
        #expect(read.protected.isEmpty && read.unprotected.algorithm == -7 && read.unprotected.keyID == [0x31, 0x31])
        #expect(try read.signatureInput().hex == "846a5369676e61747572653140404107", "an empty map is signed as an empty string")
        // Unsorted protected headers are kept as they came.
        let unsorted = try COSESign1(decoding: [UInt8](hex: "d28446a20441010127a041074108") ?? [], profile: .tolerant)
        #expect(unsorted.protectedBytes.hex == "a20441010127" && unsorted.protected.algorithm == -8)
        #expect(try unsorted.signatureInput().hex.contains("a20441010127"))
    }

    /// Whatever the strict profile admits is its own encoding: an envelope can't be spelled twice.
    @Test func noEnvelopeHasASecondSpelling() throws {
        var generator = SplitMix64(seed: 9_052)
        let original = envelope.encode()
        var admitted = 0
        for bytes in mutations(of: original, random: 20_000, donor: original, using: &generator) {
            guard let read = try? COSESign1(decoding: bytes) else { continue }
            admitted += 1
            #expect(read.encode() == bytes)
            #expect(read.protected.encode() == read.protectedBytes)
        }
        #expect(admitted > 300)
    }
}
