import TestKit
import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

@testable import TiaokuaiSeal

/// Chunks that are authentic and yet not what the page says: only a sealer makes them, by mistake or malice.
@Suite struct ForgedTests {
    private static let chunk = SealLimits.chunkBytes

    /// A file of three chunks with `plains` in them, whatever they are.
    private func file(_ curve: SealingCurve, _ plains: [[UInt8]]) throws -> [UInt8] {
        let suite = SealSuite(for: [curve])
        let secret = bytes(SealSuite.secretBytes)
        let writer = try SealWriter(to: [try key(curve).publicKey], atMost: UInt64(3 * Self.chunk), secret: secret)
        let cipher = try suite.cipher(secret: secret)
        var out = writer.head.bytes
        for (index, plain) in plains.enumerated() {
            out += try cipher.seal(plain, chunk: UInt32(index), isFinal: index == 2, head: cipher.headDigest(writer.head.outline))
        }
        return out
    }

    private func plain(count: Int, _ content: [UInt8], padding: UInt8 = 0) -> [UInt8] {
        bigEndian(UInt32(count)) + content + [UInt8](repeating: padding, count: Self.chunk - content.count)
    }

    @Test(arguments: [SealingCurve.p256, .sm2]) func anAuthenticChunkOfAnotherFormIsNamedAndNotTaken(_ curve: SealingCurve) throws {
        let full = plain(count: Self.chunk, bytes(Self.chunk))
        let short = plain(count: 10, bytes(10))
        let empty = plain(count: 0, [])
        #expect(opened(try file(curve, [full, short, empty]), keys: [try key(curve)]).isComplete)
        let cases: [(String, [[UInt8]], Int)] = [
            ("content after the end", [short, short, empty], 1), ("content after an empty chunk", [empty, full, empty], 1),
            ("a count beyond the share", [full, plain(count: Self.chunk + 1, bytes(10)), empty], 1),
            ("padding that isn't zero", [full, short, plain(count: 0, [], padding: 1)], 2),
            ("content that isn't counted", [plain(count: 9, bytes(10)), empty, empty], 0),
        ]
        for (what, plains, chunk) in cases {
            let opening = opened(try file(curve, plains), keys: [try key(curve)])
            #expect(opening.codes == [.malformedChunk] && opening.damages.first?.error.chunk == chunk && !opening.isComplete, "\(what)")
        }
    }

    @Test func aChunkMarkedFinalBeforeTheEndIsNotAuthentic() throws {
        let secret = bytes(32)
        let writer = try SealWriter(to: [try key(.x25519).publicKey], atMost: UInt64(3 * Self.chunk), secret: secret)
        let cipher = try SealSuite.hpke.cipher(secret: secret)
        let early = try cipher.seal(plain(count: 1, [1]), chunk: 0, isFinal: true, head: cipher.headDigest(writer.head.outline))
        #expect(opened(writer.head.bytes + early, keys: [try key(.x25519)]).codes == [.alteredChunk, .truncated])
    }

    @Test func aChunkIsBoundToItsHead() throws {
        let cipher = try SealSuite.gm.cipher(secret: bytes(32))
        let (plain, head) = (plain(count: 1, [1]), bytes(32))
        let sealed = try cipher.seal(plain, chunk: 3, isFinal: false, head: head)
        #expect(try cipher.open(sealed[...], chunk: 3, isFinal: false, head: head) == plain)
        #expect(try cipher.open(sealed[...], chunk: 4, isFinal: false, head: head) == nil)
        #expect(try cipher.open(sealed[...], chunk: 3, isFinal: true, head: head) == nil)
        #expect(try cipher.open(sealed[...], chunk: 3, isFinal: false, head: bytes(32, seed: 9)) == nil)
        #expect(code { _ = try GMChunks(stream: bytes(15), hashKey: bytes(32)) } == .wrongKey)
    }

    /// No key stream is used twice: the last block of a chunk and the first of the next are neighbours.
    @Test func keyStreamsOfChunksDoNotOverlap() throws {
        let cipher = try SealSuite.gm.cipher(secret: bytes(32))
        let zeros = [UInt8](repeating: 0, count: 4 + Self.chunk)
        var blocks: Set<[UInt8]> = []
        for chunk in UInt32(0)..<3 {
            let sealed = try cipher.seal(zeros, chunk: chunk, isFinal: false, head: [])
            for start in stride(from: 0, to: zeros.count - 15, by: 16) { blocks.insert(Array(sealed[start..<start + 16])) }
        }
        #expect(blocks.count == 3 * 4_096)
    }

    @Test func afterTheCountersLastBlockComesItsFirst() throws {
        let hashKey = bytes(32)
        let zeros = [UInt8](repeating: 0, count: 4 + Self.chunk)
        func stream(_ counter: [UInt8], chunk: UInt32) throws -> [UInt8] {
            try GMChunks(stream: bytes(16) + counter, hashKey: hashKey).seal(zeros, chunk: chunk, isFinal: false, head: []).dropLast(32)
        }
        let last = try stream([UInt8](repeating: 0xff, count: 16), chunk: 0)
        #expect(try stream([UInt8](repeating: 0, count: 16), chunk: 0).prefix(1_000) == last.dropFirst(16).prefix(1_000))
        // A chunk has 4,097 blocks: the second of one that starts a block early begins where its first ends.
        #expect(try stream([UInt8](repeating: 0xff, count: 16), chunk: 1).prefix(16) == stream([UInt8](repeating: 0, count: 14) + [0x10, 0x00], chunk: 0).prefix(16))
    }

    /// What one head opens to is one content: two receivers can't be given two secrets under it.
    @Test(arguments: SealSuite.allCases) func noTwoSecretsFitOneHead(_ suite: SealSuite) throws {
        let outline = bytes(200)
        for bit in [0, 100, 127, 128, 200, 255] {
            var other = bytes(32)
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try suite.cipher(secret: other).headTag(outline) != suite.cipher(secret: bytes(32)).headTag(outline), "bit \(bit)")
        }
    }

    @Test func anErrorSaysWhatAndWhere() {
        #expect("\(SealError(.alteredChunk, chunk: 2, offset: 131_222, length: 65_556))" == "alteredChunk at 131222")
        #expect("\(SealError(.tooLong, "5 > 4"))" == "tooLong: 5 > 4")
        #expect("\(SealError(.alteredHead))" == "alteredHead")
        #expect(SealError(.crypto, String(repeating: "x", count: 300)).fact.count == 200)
    }
}
