import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

@testable import TiaokuaiSeal

/// One value of a field, sealed to one node at one place.
@Suite struct FieldSealTests {
    private static let receiver = NodeID(sha256(Array("receiver".utf8)))
    private static let place = SealedPlace(
        record: RecordID(sha256(Array("record".utf8))), unit: "620724.civil", origin: Origin(epoch: Epoch(high: 1, low: 2), number: 7),
        field: FieldNumber(index: 17, class: .internal))
    private static let values: [Value] = [
        .text("举报人另有说明"), .text(""), .decimal(try! ExactDecimal(parsing: "30412")), .boolean(true), .bytes([1, 2, 3]), .list(["甲", "乙"]),
        .day(Day(number: 18_500)), .text(String(repeating: "长", count: 21_843)),
    ]

    private func expect<Result>(_ code: SealError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result) {
        #expect(sourceLocation: sourceLocation) { _ = try body() } throws: { ($0 as? SealError)?.code == code }
    }

    @Test(arguments: SealingCurve.allCases) func theReceiverReadsWhatWasSealedAndTheFormCarriesIt(curve: SealingCurve) throws {
        let key = try SealingKey.generate(curve)
        for value in Self.values {
            let sealed = try FieldSeal.seal(value, to: key.publicKey, of: Self.receiver, at: Self.place)
            #expect(sealed.suite == (curve == .sm2 ? .gm : .hpke))
            var encoder = CBOREncoder()
            Value.sealed(sealed).encode(into: &encoder)
            var reader = CBORReader(encoder.bytes)
            #expect(try Value(from: &reader) == .sealed(sealed))
            #expect(try FieldSeal.open(sealed, at: Self.place, keys: [try SealingKey.generate(curve), key]) == value)
            #expect(try FieldSeal.seal(value, to: key.publicKey, of: Self.receiver, at: Self.place) != sealed, "sealed again it is another ciphertext")
        }
    }

    @Test func aCiphertextTellsOneOfFiveLengths() throws {
        let key = try SealingKey.generate()
        func length(_ characters: Int) throws -> Int {
            let value = Value.text(String(repeating: "a", count: characters))
            let sealed = try FieldSeal.seal(value, to: key.publicKey, of: Self.receiver, at: Self.place)
            #expect(try FieldSeal.open(sealed, at: Self.place, keys: [key]) == value)
            return sealed.ciphertext.count - 16
        }
        // A text's head takes 1 byte up to 23 bytes, 2 up to 255, 3 up to 65,535.
        #expect(
            try [0, 1, 253, 254, 254, 255, 1_021, 1_022, 4_093, 4_094, 16_381, 16_382, 65_533].map(length) == [
                256, 256, 256, 256, 256, 1_024, 1_024, 4_096, 4_096, 16_384, 16_384, 65_536, 65_536,
            ])
        expect(.valueTooLong) { try length(65_534) }
    }

    @Test(arguments: SealingCurve.allCases) func inAnotherPlaceItSaysNothing(curve: SealingCurve) throws {
        let key = try SealingKey.generate(curve)
        let sealed = try FieldSeal.seal("x", to: key.publicKey, of: Self.receiver, at: Self.place)
        let place = Self.place
        let others = [
            SealedPlace(record: RecordID(.zero), unit: place.unit, origin: place.origin, field: place.field),
            SealedPlace(record: place.record, unit: "620724.hrss", origin: place.origin, field: place.field),
            SealedPlace(record: place.record, unit: place.unit, origin: Origin(epoch: Epoch(high: 1, low: 3), number: 7), field: place.field),
            SealedPlace(record: place.record, unit: place.unit, origin: Origin(epoch: place.origin.epoch, number: 8), field: place.field),
            SealedPlace(record: place.record, unit: place.unit, origin: place.origin, field: FieldNumber(index: 18, class: .internal)),
        ]
        for other in others {
            expect(.sealedElsewhere) { try FieldSeal.open(sealed, at: other, keys: [key]) }
            // Nor does it when whoever copied it writes the new place's digest into it: the ciphertext is bound too.
            let rebound = sealed.with(binding: other.binding(to: sealed.receiver, key: sealed.key))
            expect(.alteredValue) { try FieldSeal.open(rebound, at: other, keys: [key]) }
        }
        let another = sealed.with(receiver: NodeID(.zero))
        expect(.sealedElsewhere) { try FieldSeal.open(another, at: place, keys: [key]) }
    }

    @Test(arguments: SealingCurve.allCases) func anyBytesChangeShows(curve: SealingCurve) throws {
        let key = try SealingKey.generate(curve)
        let sealed = try FieldSeal.seal("x", to: key.publicKey, of: Self.receiver, at: Self.place)
        for index in sealed.ciphertext.indices {
            var ciphertext = sealed.ciphertext
            ciphertext[index] ^= 1
            expect(.alteredValue) { try FieldSeal.open(sealed.with(ciphertext: ciphertext), at: Self.place, keys: [key]) }
        }
        for index in sealed.wrapped.indices {
            var wrapped = sealed.wrapped
            wrapped[index] ^= 0x40
            expect(.alteredValue) { try FieldSeal.open(sealed.with(wrapped: wrapped), at: Self.place, keys: [key]) }
        }
        let other = sealed.with(suite: sealed.suite == .gm ? .hpke : .gm)
        expect(.alteredValue) { try FieldSeal.open(other, at: Self.place, keys: [key]) }
    }

    @Test func whoHasAnotherKeyIsToldWhich() throws {
        let key = try SealingKey.generate()
        let sealed = try FieldSeal.seal("x", to: key.publicKey, of: Self.receiver, at: Self.place)
        #expect { _ = try FieldSeal.open(sealed, at: Self.place, keys: [try SealingKey.generate()]) } throws: {
            $0 as? SealError == SealError(.valueForAnotherKey, receivers: [key.publicKey.thumbprint])
        }
    }

    @Test(arguments: [SealingCurve.x25519, .sm2]) func whatOpensIsOneValueAndZerosOfItsLength(curve: SealingCurve) throws {
        let key = try SealingKey.generate(curve)
        let binding = Self.place.binding(to: Self.receiver, key: key.publicKey.thumbprint)
        func opened(_ content: [UInt8], length: Int = 256) throws -> Value {
            let plain = content + [UInt8](repeating: 0, count: length - content.count)
            return try FieldSeal.open(
                try FieldSeal.seal(plain: plain, to: key.publicKey, of: Self.receiver, binding: binding), at: Self.place, keys: [key])
        }
        #expect(try opened([0x61, 0x78]) == "x")
        expect(.malformedValue) { try opened([0x61, 0x78, 0x00, 0x01]) }
        expect(.malformedValue) { try opened([0x61, 0x78], length: 1_024) }
        expect(.malformedValue) { try opened([0x78, 0x01, 0x78]) }
        expect(.malformedValue) { try opened([0xf6]) }
        expect(.malformedValue) { try opened([UInt8](repeating: 0xff, count: 256)) }
    }

    @Test func toAKeyOfSmallOrderNothingIsSealed() throws {
        let zero = try SealingPublicKey(.x25519, rawBytes: [UInt8](repeating: 0, count: 32))
        expect(.wrongKey) { try FieldSeal.seal("x", to: zero, of: Self.receiver, at: Self.place) }
    }
}

extension SealedValue {
    /// With one part changed, as somebody on the way could.
    fileprivate func with(
        suite: Suite? = nil, receiver: NodeID? = nil, binding: Hash32? = nil, wrapped: [UInt8]? = nil, ciphertext: [UInt8]? = nil
    ) -> SealedValue {
        SealedValue(
            suite: suite ?? self.suite, receiver: receiver ?? self.receiver, key: key, binding: binding ?? self.binding, wrapped: wrapped ?? self.wrapped,
            ciphertext: ciphertext ?? self.ciphertext)
    }
}
