import TestKit
import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// What passes through is not what is held.
@Suite struct StreamTests {
    @Test(arguments: [(SealingCurve.x25519, 64), (.sm2, 8)]) func manyMegabytesPassThroughAFewHundredKilobytes(_ curve: SealingCurve, _ megabytes: Int) throws {
        let mine = try key(curve)
        let piece = bytes(100_000)
        let total = megabytes << 20
        let writer = try SealWriter(to: [mine.publicKey], atMost: UInt64(total))
        let opener = SealOpener(keys: [mine])
        let (before, after) = (Hasher256(), Hasher256())
        var (given, got, most) = (0, UInt64(0), 0)
        func pass() throws {
            while let bytes = try writer.next() {
                most = max(most, writer.heldBytes + bytes.count)
                opener.feed(bytes)
                while let event = try opener.next() {
                    if case .content(let content, let offset) = event {
                        #expect(offset == got)
                        got += UInt64(content.count)
                        after.update(content)
                    }
                }
                most = max(most, opener.heldBytes)
            }
        }
        while given < total {
            let part = piece.prefix(total - given)
            try writer.append(part)
            before.update(part)
            given += part.count
            try pass()
        }
        writer.finish()
        try pass()
        opener.finish()
        #expect(try opener.next() == nil)
        #expect(opener.isComplete && got == UInt64(total) && before.finish() == after.finish())
        #expect(most < 4 * SealLimits.chunkBytes, "\(most) bytes were held at once")
    }

    @Test func aFileOfManyEmptyChunksNeedsNoStack() throws {
        let mine = try key(.x25519)
        let file = try sealed([5], to: [mine], atMost: 200 * SealLimits.chunkBytes)
        let opening = opened(file, keys: [mine], piece: file.count)
        #expect(opening.content == [5] && opening.isComplete)
    }
}
