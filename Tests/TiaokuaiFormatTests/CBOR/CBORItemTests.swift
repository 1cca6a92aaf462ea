import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

@Suite struct CBORItemTests {
    @Test func whatIsWrittenIsReadBack() throws {
        var random = RandomItem(seed: 8_949)
        for _ in 0..<5_000 {
            let item = random.next()
            let bytes = item.encode()
            #expect(try CBORItem.decode(bytes) == item)
            #expect(try CBORItem.decode(bytes, mode: .tolerant) == item)
        }
        #expect(random.made.allSatisfy { $0 > 100 }, "every sort of item was made: \(random.made)")
    }

    /// The heart of the profile: one item, one spelling. Whatever damaged bytes are still admitted are the spelling of
    /// what they say; and skipping admits exactly what building the tree admits.
    @Test func noItemHasASecondSpelling() throws {
        var random = RandomItem(seed: 421)
        var damage = SplitMix64(seed: 422)
        var admitted = 0
        var refused = 0
        for _ in 0..<300 {
            let donor = random.next().encode()
            for bytes in mutations(of: random.next().encode().prefix(60).map { $0 }, random: 60, donor: donor, using: &damage) {
                let item = try? CBORItem.decode(bytes)
                var reader = CBORReader(bytes)
                let skipped = (try? reader.skipItem()) != nil && reader.isAtEnd
                #expect(skipped == (item != nil), "\(bytes.hex)")
                if let item {
                    admitted += 1
                    #expect(item.encode() == bytes)
                    #expect(try CBORItem.decode(bytes, mode: .tolerant) == item)
                    #expect(try CBORItem.decode(bytes, mode: .deterministic) == item)
                } else {
                    refused += 1
                }
            }
        }
        #expect(admitted > 1_000 && refused > 1_000)
    }

    @Test func whatTheTolerantReaderAdmitsCanBeWrittenDeterministically() throws {
        var damage = SplitMix64(seed: 423)
        var admitted = 0
        for _ in 0..<200_000 {
            let bytes = damage.bytes(Int.random(in: 1...12, using: &damage))
            guard let item = try? CBORItem.decode(bytes, mode: .tolerant) else { continue }
            admitted += 1
            let written = item.encode()
            #expect(try CBORItem.decode(written, mode: .tolerant).encode() == written)
        }
        #expect(admitted > 1_000)
    }

    @Test func mapKeysAreSortedByTheirEncodings() {
        let map = CBORItem.map([.init(-1, 0), .init("b", 0), .init(100, 0), .init("aa", 0), .init(10, 0)])
        #expect(map.encode().hex == "a50a001864002000616200" + "62616100")
    }

    @Test func floatsKeepTheirValueAndTakeTheirShortestWidth() throws {
        let samples: [(Double, String)] = [
            (0, "f90000"), (-0.0, "f98000"), (1.5, "f93e00"), (65_504, "f97bff"), (65_505, "fa477fe100"), (5.960464477539063e-8, "f90001"),
            (0.00006097555160522461, "f903ff"), (0.00006103515625, "f90400"), (Double(Float.leastNonzeroMagnitude), "fa00000001"),
            (3.4028234663852886e+38, "fa7f7fffff"),
            (1.1, "fb3ff199999999999a"), (.leastNonzeroMagnitude, "fb0000000000000001"), (.infinity, "f97c00"),
        ]
        for (value, hex) in samples {
            let bytes = CBORItem.float(value.bitPattern).encode()
            #expect(bytes.hex == hex)
            #expect(try CBORItem.decode(bytes, mode: .deterministic) == .float(value.bitPattern))
        }
        var random = SplitMix64(seed: 754)
        for _ in 0..<20_000 {
            let single = Float(bitPattern: UInt32.random(in: .min ... .max, using: &random))
            guard !single.isNaN else { continue }
            let bytes = [0xfa] + withUnsafeBytes(of: single.bitPattern.bigEndian, Array.init)
            #expect(try CBORItem.decode(bytes, mode: .tolerant) == .float(Double(single).bitPattern))
            #expect(CBORItem.float(Double(single).bitPattern).encode().count <= 5)
        }
        for half in UInt16.min...UInt16.max {
            let bytes = [0xf9, UInt8(half >> 8), UInt8(half & 255)]
            #expect(try CBORItem.decode(bytes, mode: .tolerant).encode() == bytes)
        }
    }
}
