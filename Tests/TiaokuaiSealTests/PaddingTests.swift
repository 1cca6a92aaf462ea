import TestKit
import Testing
import TiaokuaiSeal

@Suite struct PaddingTests {
    @Test func smallContentsLookAlike() {
        for length: UInt64 in [0, 1, 1_000, 16_383, 16_384] { #expect(SealLimits.padded(length) == 16_384) }
        #expect(SealLimits.padded(16_385) == 17_408)
    }

    @Test func paddingCostsAtMostASixteenth() {
        var generator = SplitMix64(seed: 16)
        for _ in 0..<20_000 {
            let length = UInt64.random(in: SealLimits.leastBytes...(1 << UInt64.random(in: 15...40, using: &generator)), using: &generator)
            let padded = SealLimits.padded(length)
            #expect(padded >= length && (padded - length) * 16 <= length, "\(length)")
            #expect(SealLimits.padded(padded) == padded, "a padded length is one already")
            if length >= 65_536 { #expect((padded - length) * 32 <= length) }
        }
    }

    @Test func aLongerContentIsNeverPaddedToLess() {
        var last: UInt64 = 0
        for length in stride(from: UInt64(0), to: 300_000, by: 7) {
            let padded = SealLimits.padded(length)
            #expect(padded >= last)
            last = padded
        }
    }

    @Test func fewLengthsAreToBeSeen() {
        var count = 0
        var length = SealLimits.leastBytes
        while length <= 1 << 30 {
            count += 1
            length = SealLimits.padded(length + 1)
        }
        #expect(count == 481, "as Docs/Formats/Seal.md says")
    }

    @Test func beyondTheLimitNothingIsRounded() {
        #expect(SealLimits.padded(SealLimits.contentBytes) == SealLimits.contentBytes)
        #expect(SealLimits.padded(SealLimits.contentBytes + 1) == SealLimits.contentBytes + 1)
        #expect(SealLimits.padded(.max) == .max)
    }
}
