import Testing
import TiaokuaiFormat

@Suite struct FrameLimitTests {
    private func damage(announcing length: UInt32) -> FormatError.Code? {
        var parser = FrameParser()
        let head: [UInt8] = [2, 0x5a] + (0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> UInt32(8 * $0)) }
        parser.feed(Frame.marker + head + Array(repeating: 0, count: 100))
        // A length within the limit is waited for; one beyond is known to be damage before anything is held for it.
        guard case .damaged(_, _, let reason)? = parser.next() ?? finished(&parser) else { return nil }
        return reason.code
    }

    private func finished(_ parser: inout FrameParser) -> FrameParser.Event? {
        parser.finish()
        return parser.next()
    }

    /// Each of a thousand beginnings announces a megabyte, and they overlap: hashing all of them would be a gigabyte.
    @Test func falseBeginningsThatOverlapCostNoMoreThanABound() {
        let (length, count) = (1 << 20, 1_000)
        let beginning: [UInt8] = Frame.marker + [2, 0x5a, 0x00, 0x10, 0x00, 0x00]
        // Where each one's digest would lie there is the head of one, so that nothing short of hashing tells.
        let digests: [[UInt8]] = Array(repeating: [0x58, 0x20] + Array(repeating: 0, count: beginning.count - 2), count: count)
        var bytes = Array(repeating: beginning, count: count).flatMap { $0 }
        bytes += Array(repeating: 0, count: length + beginning.count - bytes.count) + digests.flatMap { $0 }
        let whole = Frame(.changeset, [1, 2, 3])
        var parser = FrameParser()
        parser.feed(bytes)
        parser.feed(Array(repeating: 0, count: 100) + whole.bytes)
        parser.finish()
        var found: [Frame] = []
        while let event = parser.next() { if case .frame(let frame, _) = event { found.append(frame) } }
        let admitted = FrameParser.admittedFalseBytes
        #expect(parser.falseBytes > admitted.atFirst)
        #expect(parser.falseBytes <= admitted.atFirst + admitted.forEachByte * UInt64(bytes.count) + UInt64(length))
        #expect(found == [whole])
    }

    @Test func aLengthBeyondTheLimitIsDamageAndNothingIsHeldForIt() {
        #expect(damage(announcing: UInt32(Limits.frameBytes) + 1) == .limitExceeded)
        #expect(damage(announcing: UInt32(Limits.frameBytes)) == .truncated)
    }
}
