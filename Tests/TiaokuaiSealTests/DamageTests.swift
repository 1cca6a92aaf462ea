import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// Whatever happens to a sealed file has a name, costs no more than it must, and nothing is given out that isn't authentic.
@Suite struct DamageTests {
    static let curves: [SealingCurve] = [.x25519, .sm2]
    private static let chunk = SealLimits.chunkBytes

    /// Codes that an altered byte of the head may come to.
    private let headCodes: Set<SealError.Code> = [
        .notSealed, .unsupportedVersion, .malformedHead, .unknownSuite, .tooManyReceivers, .notForTheseKeys, .wrongSuite, .alteredHead, .truncated,
    ]

    @Test(arguments: curves) func everyAlteredByteIsFoundAndNothingUnauthenticatedComesOut(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(5_000)
        let file = try sealed(content, to: [mine, try key(curve, 2)])
        let head = try #require(opened(file, keys: [mine]).head).byteCount
        // Every byte of the suite that is used most; the other one's chunk in strides, for it takes four times as long.
        let step = curve == .sm2 ? 7 : 1
        for index in Array(0..<head) + stride(from: head, to: file.count, by: step) {
            var altered = file
            altered[index] ^= 1 << UInt8(index % 8)
            let opening = opened(altered, keys: [mine])
            #expect(opening.pieces.isEmpty && !opening.isComplete, "byte \(index)")
            if index < head {
                #expect(opening.damages.isEmpty && opening.error.map { headCodes.contains($0.code) } ?? false, "byte \(index) of the head")
            } else {
                #expect(opening.codes == [.alteredChunk], "byte \(index) of the chunk")
            }
        }
    }

    /// In a file to keys of both suites no bit of the head can be turned so that any of its receivers still opens it.
    @Test(arguments: SealingCurve.allCases) func everyAlteredByteOfAMixedFileIsFoundByEveryReceiver(_ curve: SealingCurve) throws {
        let file = try sealed(bytes(5_000), to: SealingCurve.allCases.map { try key($0) })
        let mine = try key(curve)
        let head = try #require(opened(file, keys: [mine]).head).byteCount
        for index in Array(0..<head) + stride(from: head, to: file.count, by: 61) {
            var altered = file
            altered[index] ^= 1 << UInt8(index % 8)
            let opening = opened(altered, keys: [mine])
            #expect(opening.pieces.isEmpty && !opening.isComplete && opening.codes.count == 1, "byte \(index)")
            #expect(opening.codes.allSatisfy { index < head ? headCodes.contains($0) : $0 == .alteredChunk }, "byte \(index)")
        }
    }

    @Test(arguments: curves) func everyTruncationIsFound(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(Self.chunk + 9_000)
        let file = try sealed(content, to: [mine])
        let head = try #require(opened(file, keys: [mine]).head)
        let border = head.byteCount + Self.chunk + 4 + head.suite.tagBytes
        // All of the head, then around the borders and in long strides between.
        let lengths = Set(0...head.byteCount + 40).union((border - 40)...(border + 40)).union(file.count - 40..<file.count).union(stride(from: 0, to: file.count, by: 997))
        for length in lengths.sorted() {
            let opening = opened(Array(file.prefix(length)), keys: [mine])
            #expect(!opening.isComplete && opening.isTrue(to: content))
            if length == 0 {
                #expect(opening.codes == [.notSealed])
            } else {
                #expect(opening.codes == [.truncated], "\(length) bytes")
                let error = try #require(opening.error ?? opening.damages.first?.error)
                #expect(error.offset == UInt64(length))
            }
            #expect(opening.content.count == (length >= border ? Self.chunk : 0), "whole chunks and nothing else")
            if length >= head.byteCount {
                let damage = try #require(opening.damages.first)
                #expect(damage.error.chunk == (length >= border ? 1 : 0))
                #expect(damage.missing == UInt64(opening.content.count)..<head.paddedLength)
            }
        }
    }

    @Test(arguments: curves) func anAlteredChunkCostsItselfAlone(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(4 * Self.chunk + 500)
        let file = try sealed(content, to: [mine])
        let head = try #require(opened(file, keys: [mine]).head)
        let stored = Self.chunk + 4 + head.suite.tagBytes
        for chunk in 0..<5 {
            var altered = file
            let place = head.byteCount + chunk * stored
            altered[place + 3] ^= 0x20
            let opening = opened(altered, keys: [mine], piece: 10_000)
            #expect(opening.isTrue(to: content) && !opening.isComplete)
            let lost = min(Self.chunk, content.count - chunk * Self.chunk)
            #expect(opening.content.count == content.count - lost, "everything else comes out")
            let damage = try #require(opening.damages.first)
            #expect(opening.codes == [.alteredChunk] && damage.error.chunk == chunk && damage.error.offset == UInt64(place))
            #expect(damage.error.length == UInt64(chunk < 4 ? stored : file.count - place))
            #expect(damage.missing.lowerBound == UInt64(chunk * Self.chunk))
            #expect(damage.missing.upperBound == (chunk < 4 ? UInt64((chunk + 1) * Self.chunk) : head.paddedLength))
        }
    }

    @Test(arguments: curves) func chunksHaveTheirPlaceAndTheirFile(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(3 * Self.chunk)
        let file = try sealed(content, to: [mine])
        let head = try #require(opened(file, keys: [mine]).head)
        let stored = Self.chunk + 4 + head.suite.tagBytes
        func range(_ chunk: Int) -> Range<Int> { head.byteCount + chunk * stored..<head.byteCount + (chunk + 1) * stored }
        var swapped = file
        swapped.replaceSubrange(range(0), with: file[range(1)])
        swapped.replaceSubrange(range(1), with: file[range(0)])
        #expect(opened(swapped, keys: [mine]).codes == [.alteredChunk, .alteredChunk])
        var repeated = file
        repeated.replaceSubrange(range(2), with: file[range(1)])
        #expect(opened(repeated, keys: [mine]).codes == [.alteredChunk], "an earlier one in the last place")
        var other = try sealed(content, to: [mine])
        other.replaceSubrange(other.count - stored..<other.count, with: file[range(2)])
        #expect(opened(other, keys: [mine]).codes == [.alteredChunk], "one of another file to the same key")
    }

    @Test(arguments: curves) func bytesBehindTheEndAreNamedAndNotKept(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(100)
        let file = try sealed(content, to: [mine])
        for extra in [1, 20, 300_000] {
            let opening = opened(file + bytes(extra), keys: [mine], piece: 1_000)
            #expect(opening.content == content && !opening.isComplete && opening.codes == [.trailingBytes])
            let damage = try #require(opening.damages.first)
            #expect(damage.error.offset == UInt64(file.count) && damage.error.length == UInt64(extra) && damage.missing.isEmpty)
        }
        #expect(opened(file + file, keys: [mine]).codes == [.trailingBytes], "two files in one")
    }

    @Test func damageInThePaddingCostsNoContent() throws {
        let mine = try key(.x25519)
        let content = bytes(Self.chunk + 10)
        var file = try sealed(content, to: [mine], atMost: 4 * Self.chunk)
        file[file.count - 1] ^= 1
        let opening = opened(file, keys: [mine])
        #expect(opening.content == content && opening.codes == [.alteredChunk] && !opening.isComplete)
        #expect(opening.damages.first?.missing.isEmpty ?? false)
        let cut = opened(Array(file.prefix(file.count - 10)), keys: [mine])
        #expect(cut.content == content && cut.codes == [.truncated] && cut.damages.first?.missing.isEmpty ?? false)
    }

    @Test func aLostHeadCostsTheFileAndALostMiddleTheRest() throws {
        let mine = try key(.p256)
        let content = bytes(3 * Self.chunk)
        let file = try sealed(content, to: [mine])
        #expect(opened(Array(file.dropFirst(512)), keys: [mine]).codes == [.notSealed])
        // A sector gone from chunk 1 shifts what follows: chunk 0 holds, nothing after it is where it was.
        let head = try #require(opened(file, keys: [mine]).head).byteCount
        let shifted = Array(file[..<(head + 100_000)] + file[(head + 104_096)...])
        let opening = opened(shifted, keys: [mine])
        #expect(opening.isTrue(to: content) && opening.content.count == Self.chunk && opening.codes == [.alteredChunk, .truncated])
    }

    @Test func anErrorThatEndsTheReadingStays() throws {
        let opener = SealOpener(keys: [])
        opener.feed([1, 2, 3])
        #expect(code { _ = try opener.next() } == .notSealed)
        opener.feed(bytes(100_000))
        #expect(code { _ = try opener.next() } == .notSealed)
        opener.finish()
        #expect(code { _ = try opener.next() } == .notSealed)
        #expect(opener.heldBytes == 3 && !opener.isComplete)
    }

    @Test(arguments: curves) func randomDamageNeverBringsOutWhatWasNotSealed(_ curve: SealingCurve) throws {
        let mine = try key(curve)
        let content = bytes(2 * Self.chunk + 77)
        let file = try sealed(content, to: [mine])
        let donor = try sealed(bytes(content.count, seed: 8), to: [mine])
        var generator = SplitMix64(seed: 4_096)
        for round in 0..<200 {
            var damaged = file
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged = ByteMutation.random(count: damaged.count, donor: donor, using: &generator).applied(to: damaged)
            }
            let opening = opened(damaged, keys: [mine], piece: Int.random(in: 1_000...200_000, using: &generator))
            #expect(opening.isTrue(to: content), "round \(round)")
            #expect(opening.isComplete == (damaged == file), "round \(round)")
            #expect(opening.isComplete || !opening.codes.isEmpty, "round \(round)")
        }
    }

    @Test func noInputCrashesTheReader() throws {
        let mine = try key(.x25519)
        var generator = SplitMix64(seed: 77)
        let file = Array(try sealed([1], to: [mine]).prefix(400))
        for damaged in mutations(of: Array(file.prefix(160)), random: 3_000, donor: file, using: &generator) {
            let opening = opened(damaged, keys: [mine])
            #expect(!opening.isComplete && !opening.codes.isEmpty && opening.pieces.isEmpty)
        }
    }
}
