import TestKit
import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

@Suite struct RoundTripTests {
    static let chunk = SealLimits.chunkBytes
    static let sizes = [0, 1, 15, 16_383, 16_384, 16_385, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk, 2 * chunk + 1, 3 * chunk + 17]

    @Test(arguments: SealingCurve.allCases) func contentComesBackWhateverItsSize(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        for size in Self.sizes {
            let content = bytes(size)
            let file = try sealed(content, to: [mine])
            let opening = opened(file, keys: [mine])
            #expect(opening.content == content && opening.isComplete && opening.codes.isEmpty, "\(size) bytes")
            let head = try #require(opening.head)
            #expect(head.paddedLength == SealLimits.padded(UInt64(size)))
            #expect(head.sealedLength == UInt64(file.count), "a carrier sees that all is there")
            #expect(head.suite == (curve == .sm2 ? .gm : .hpke))
        }
    }

    @Test func piecesAndOrderOfCallsChangeNothing() throws {
        let mine = try key(.x25519)
        var generator = SplitMix64(seed: 20)
        let content = bytes(2 * Self.chunk + 100)
        for _ in 0..<12 {
            let file = try sealed(content, to: [mine], piece: Int.random(in: 1_000...200_000, using: &generator))
            let opening = opened(file, keys: [mine], piece: Int.random(in: 1_000...200_000, using: &generator))
            #expect(opening.content == content && opening.isComplete)
        }
        let small = bytes(300)
        let file = try sealed(small, to: [mine], piece: 1)
        #expect(opened(file, keys: [mine], piece: 1).content == small, "byte by byte")
    }

    @Test func lessContentThanAnnouncedIsPaddedInItsPlace() throws {
        for curve in [SealingCurve.x25519, .sm2] {
            let mine = try key(curve)
            for size in [0, 1, Self.chunk - 1, Self.chunk, Self.chunk + 1, 3 * Self.chunk] {
                let content = bytes(size)
                let file = try sealed(content, to: [mine], atMost: 4 * Self.chunk)
                let opening = opened(file, keys: [mine])
                // SM2's wrapped secret is a byte or two longer or shorter each time; all else is as long as announced.
                let head = try #require(opening.head)
                #expect(file.count - head.byteCount == 4 * (Self.chunk + 4 + head.suite.tagBytes))
                #expect(opening.content == content && opening.isComplete)
                #expect(opening.head?.paddedLength == UInt64(4 * Self.chunk))
            }
        }
    }

    @Test func moreContentThanAnnouncedIsRefusedAndSpoilsNothing() throws {
        let mine = try key(.x25519)
        let writer = try SealWriter(to: [mine.publicKey], atMost: 20_000)
        let room = Int(writer.head.paddedLength)
        try writer.append(bytes(room - 1))
        #expect(code { try writer.append([1, 2]) } == .tooLong)
        try writer.append([9])
        let file = try drained(writer, [])
        #expect(opened(file, keys: [mine]).content == bytes(room - 1) + [9])
        #expect(code { _ = try SealWriter(to: [mine.publicKey], atMost: SealLimits.contentBytes + 1) } == .tooLong)
        #expect(try SealWriter(to: [mine.publicKey], atMost: SealLimits.contentBytes).head.paddedLength == SealLimits.contentBytes)
    }

    @Test func eachOfSeveralReceiversOpens() throws {
        let keys = try (1...5).map { try key($0.isMultiple(of: 2) ? .p256 : .x25519, UInt64($0)) }
        let file = try sealed([1, 2, 3], to: keys + [keys[0]])
        for mine in keys {
            let opening = opened(file, keys: [try key(.sm2), try key(.x25519, 99), mine])
            #expect(opening.content == [1, 2, 3] && opening.isComplete)
            #expect(opening.head?.receivers.map(\.key) == keys.map(\.publicKey.thumbprint).sorted(), "each once, ascending")
        }
        let gm = try (1...3).map { try key(.sm2, UInt64($0)) }
        let gmFile = try sealed([4], to: gm)
        for mine in gm { #expect(opened(gmFile, keys: [mine]).content == [4]) }
    }

    @Test func whoIsNoReceiverIsToldWhoIs() throws {
        let receivers = try [key(.x25519, 1), key(.p256, 2)]
        let file = try sealed([1], to: receivers)
        for keys in [[], [try key(.x25519, 3)], [try key(.sm2, 1), try key(.p256, 1)]] {
            let opening = opened(file, keys: keys)
            #expect(opening.error?.code == .notForTheseKeys && opening.pieces.isEmpty && opening.head == nil)
            #expect(opening.error?.receivers == receivers.map(\.publicKey.thumbprint).sorted())
        }
    }

    @Test func receiversOfBothSuitesOpenOneFile() throws {
        let keys = try (1...6).map { try key(SealingCurve.allCases[$0 % 3], UInt64($0)) }
        let content = bytes(70_000)
        let file = try sealed(content, to: keys)
        for mine in keys {
            let opening = opened(file, keys: [mine])
            #expect(opening.content == content && opening.isComplete, "\(mine.curve)")
            #expect(opening.head?.suite == .gm, "one SM2 key, and the content is under SM4 and SM3 for all")
            #expect(opening.head?.receivers.first { $0.key == mine.publicKey.thumbprint }?.wrap == KeyWrap(mine.curve))
        }
        #expect(opened(file, keys: [try key(.sm2, 99)]).error?.code == .notForTheseKeys)
    }

    @Test func receiversAreOneTo256() throws {
        #expect(code { _ = try SealWriter(to: [], atMost: 1) } == .noReceiver)
        var many = try (1...UInt64(SealLimits.receivers)).map { try key(.x25519, $0) }
        let file = try sealed([1], to: many)
        #expect(opened(file, keys: [many[200]]).isComplete)
        many.append(try key(.x25519, 1_000))
        #expect(code { _ = try sealed([1], to: many) } == .tooManyReceivers)
    }

    @Test func theMostReceiversOfTheLargerSuiteFitTheHead() throws {
        let keys = try (1...UInt64(SealLimits.receivers)).map { try key(.sm2, $0) }
        let writer = try SealWriter(to: keys.map(\.publicKey), atMost: 1)
        #expect(writer.head.byteCount <= SealLimits.headBytes)
        #expect(opened(try drained(writer, [7]), keys: [keys[17]], piece: 1_000).content == [7])
    }

    @Test(arguments: [SealingCurve.x25519, .sm2]) func nothingOfTheContentShowsAndNoTwoFilesAreAlike(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = [UInt8](repeating: 0x41, count: 3 * Self.chunk)
        let files = try (0..<2).map { _ in try sealed(content, to: [mine]) }
        for file in files {
            // A run of four equal bytes comes up by chance about once in 2²⁴ places.
            let longest = file.reduce(into: (run: 0, last: UInt8(0), best: 0)) { state, byte in
                state.run = byte == state.last ? state.run + 1 : 1
                state.last = byte
                state.best = max(state.best, state.run)
            }.best
            #expect(longest < 8)
            #expect(Set(stride(from: file.count - 64_000, to: file.count - 64, by: 64).map { Array(file[$0..<$0 + 64]) }).count > 990, "no block twice")
        }
        let tail = 2 * Self.chunk
        #expect(files[0].suffix(tail) != files[1].suffix(tail))
    }

    @Test func randomContentToRandomReceiversComesBack() throws {
        for seed in UInt64(1)...20 {
            var generator = SplitMix64(seed: seed)
            let keys = try (0..<Int.random(in: 1...4, using: &generator)).map { number in
                try key(SealingCurve.allCases[Int.random(in: 0...2, using: &generator)], generator.next() &+ UInt64(number))
            }
            let content = bytes(Int.random(in: 0...200_000, using: &generator), seed: seed)
            let room = content.count + (generator.chance(oneIn: 2) ? Int.random(in: 0...100_000, using: &generator) : 0)
            let file = try sealed(content, to: keys, atMost: room, piece: Int.random(in: 500...90_000, using: &generator))
            let mine = try #require(keys.randomElement(using: &generator))
            let opening = opened(file, keys: [mine], piece: Int.random(in: 500...90_000, using: &generator))
            #expect(opening.content == content && opening.isComplete, "seed \(seed)")
        }
    }
}
