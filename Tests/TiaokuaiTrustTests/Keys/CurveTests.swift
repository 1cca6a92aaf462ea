import Testing
import TiaokuaiModel

@testable import TiaokuaiTrust

@Suite struct CurveTests {
    @Test func aSignatureHasOneSpellingInDER() throws {
        let raw = [UInt8](repeating: 0, count: 31) + [1] + [0x80] + [UInt8](repeating: 7, count: 31)
        let der = try #require(Curve.der(fromRaw: raw))
        #expect(der.hex == "3026020101022100" + "80" + String(repeating: "07", count: 31))
        #expect(Curve.raw(fromDER: der) == raw)
        // BER: a length in two bytes where one is enough, of the whole and of a number.
        #expect(Curve.raw(fromDER: [0x30, 0x81] + der.dropFirst()) == nil)
        #expect(Curve.raw(fromDER: [0x30, 0x27, 0x02, 0x81, 0x01] + der.dropFirst(4)) == nil)
        // A leading zero, a leftover, a cut.
        #expect(Curve.raw(fromDER: [0x30, 0x27, 0x02, 0x02, 0x00] + der.dropFirst(4)) == nil)
        #expect(Curve.raw(fromDER: der + [0]) == nil)
        #expect(Curve.raw(fromDER: der.dropLast()) == nil)
        #expect(Curve.raw(fromDER: []) == nil)
    }

    /// The point (0, √b) is on P-256 and of full order: agreeing with its holder gives an x of zero, and that is no fault.
    @Test func aSharedXOfZeroIsASecretOnP256() throws {
        let point = "04" + String(repeating: "00", count: 32) + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4"
        let other = try SealingPublicKey(.p256, rawBytes: try #require([UInt8](hex: point)))
        let one = try SealingKey(.p256, secret: [UInt8](repeating: 0, count: 31) + [1])
        #expect(try one.agree(with: other) == [UInt8](repeating: 0, count: 32))
        let ofSmallOrder = try SealingPublicKey(.x25519, rawBytes: [UInt8](repeating: 0, count: 32))
        #expect(throws: TrustError(.keyAgreementFailed)) { try SealingKey(secret: [UInt8](repeating: 9, count: 32)).agree(with: ofSmallOrder) }
    }
}
