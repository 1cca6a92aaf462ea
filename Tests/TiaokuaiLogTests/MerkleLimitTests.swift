import TestKit
import TiaokuaiLog
import TiaokuaiModel
import Testing

@Suite struct MerkleLimitTests {
    let tree = MerkleTree.sha256

    @Test func aProofOfAHundredThousandEntriesReadsAFewDozenNodes() throws {
        let log = MemoryLog()
        let size = 100_003
        for number in 0..<size { log.append(identity(number)) }
        var generator = SplitMix64(seed: 20)
        for _ in 0..<200 {
            let newer = UInt64.random(in: 1...UInt64(size), using: &generator)
            let older = UInt64.random(in: 1...newer, using: &generator)
            let index = UInt64.random(in: 0..<newer, using: &generator)
            var inclusion: [Hash32] = []
            var consistency: [Hash32] = []
            let inclusionReads = try log.readsOf { inclusion = try tree.inclusionProof(index: index, size: newer, reading: log.read) }
            let consistencyReads = try log.readsOf { consistency = try tree.consistencyProof(from: older, to: newer, reading: log.read) }
            #expect(inclusionReads <= 2 * 17 && consistencyReads <= 2 * 17)
            let root = try tree.root(size: newer, reading: log.read)
            let oldRoot = try tree.root(size: older, reading: log.read)
            try tree.verifyInclusion(leaf: identity(Int(index)), index: index, size: newer, proof: inclusion, root: root)
            try tree.verifyConsistency(from: older, to: newer, oldRoot: oldRoot, newRoot: root, proof: consistency)
        }
    }

    @Test func anEmptyLogIsConsistentWithNothing() throws {
        for newer in [0, 1, 7, .max] as [UInt64] {
            #expect(throws: LogError(.emptyLog, "from 0, to \(newer)")) {
                try tree.verifyConsistency(from: 0, to: newer, oldRoot: tree.emptyRoot, newRoot: tree.emptyRoot, proof: [])
            }
            #expect(throws: LogError(.emptyLog, "from 0, to \(newer)")) { try tree.consistencyProof(from: 0, to: newer) { _ in nil } }
        }
    }

    @Test func whatLiesOutsideTheLogIsRefused() throws {
        let log = MemoryLog()
        for number in 0..<5 { log.append(identity(number)) }
        #expect(throws: LogError(.indexOutOfRange, "index 5, size 5")) { try tree.inclusionProof(index: 5, size: 5, reading: log.read) }
        #expect(throws: LogError(.indexOutOfRange, "index 0, size 0")) { try tree.inclusionProof(index: 0, size: 0, reading: log.read) }
        #expect(throws: LogError(.sizesOutOfOrder, "from 5, to 4")) { try tree.consistencyProof(from: 5, to: 4, reading: log.read) }
        #expect(throws: LogError(.missingLeaf, "index 5")) { try tree.inclusionProof(index: 0, size: 7, reading: log.read) }
        #expect(throws: LogError(.missingLeaf, "index 0")) { try tree.root(size: .max) { _ in nil } }
        #expect(throws: LogError(.missingLeaf, "index 0")) { try MerkleFrontier(size: .max) { _ in nil } }
        #expect(throws: LogError(.sizesOutOfOrder, "from 5, to 4")) {
            try tree.verifyConsistency(from: 5, to: 4, oldRoot: .zero, newRoot: .zero, proof: [])
        }
    }

    @Test func aProofOfTheWrongLengthIsNamedSo() throws {
        #expect(throws: LogError(.wrongProofLength, "index 0, size 2, 0 hashes")) {
            try tree.verifyInclusion(leaf: .zero, index: 0, size: 2, proof: [], root: .zero)
        }
        #expect(throws: LogError(.wrongProofLength, "index 0, size 1, 1 hashes")) {
            try tree.verifyInclusion(leaf: .zero, index: 0, size: 1, proof: [.zero], root: .zero)
        }
        #expect(throws: LogError(.wrongProofLength, "index 0, size 2, 100000 hashes")) {
            try tree.verifyInclusion(leaf: .zero, index: 0, size: 2, proof: Array(repeating: .zero, count: 100_000), root: .zero)
        }
        #expect(throws: LogError(.wrongProofLength, "from 3, to 4, 0 hashes")) {
            try tree.verifyConsistency(from: 3, to: 4, oldRoot: .zero, newRoot: .zero, proof: [])
        }
    }

    @Test func hostileNumbersNeverTrapAndNeverPass() {
        var generator = SplitMix64(seed: 21)
        let edges: [UInt64] = [0, 1, 2, 3, 1 << 31, 1 << 32, 1 << 62, 1 << 63, (1 << 63) + 1, .max - 1, .max]
        func number() -> UInt64 { generator.chance(oneIn: 2) ? edges.randomElement(using: &generator) ?? 0 : generator.next() }
        func hash() -> Hash32 { Hash32(word0: generator.next(), word1: 0, word2: 0, word3: 0) }
        for _ in 0..<20_000 {
            let (first, second) = (number(), number())
            let proof = (0..<Int.random(in: 0...70, using: &generator)).map { _ in hash() }
            #expect(throws: LogError.self) { try tree.verifyInclusion(leaf: hash(), index: first, size: second, proof: proof, root: hash()) }
            #expect(throws: LogError.self) {
                try tree.verifyConsistency(from: first, to: second, oldRoot: hash(), newRoot: hash(), proof: proof)
            }
        }
    }

    @Test func proofsOfTheLargestSizesHoldTogether() throws {
        // A log of equal leaves, so that every complete subtree of one level has one hash and no store is needed.
        var levels = [tree.leafHash(.zero)]
        for level in 1..<64 { levels.append(tree.node(levels[level - 1], levels[level - 1])) }
        for size in [.max, 1 << 63, (1 << 63) + 1, (1 << 62) - 1] as [UInt64] {
            let root = try tree.root(size: size) { levels[$0.level] }
            for index in [0, 1, size / 2, size - 1] {
                let proof = try tree.inclusionProof(index: index, size: size) { levels[$0.level] }
                try tree.verifyInclusion(leaf: .zero, index: index, size: size, proof: proof, root: root)
                let older = index + 1
                let oldRoot = try tree.root(size: older) { levels[$0.level] }
                let consistency = try tree.consistencyProof(from: older, to: size) { levels[$0.level] }
                try tree.verifyConsistency(from: older, to: size, oldRoot: oldRoot, newRoot: root, proof: consistency)
            }
        }
    }

    @Test func aFrontierOfAnImpossibleShapeIsRefused() {
        #expect(throws: LogError(.malformedFrontier, "size 3, 1 hashes")) { try MerkleFrontier(size: 3, hashes: [.zero]) }
        #expect(throws: LogError(.malformedFrontier, "size 0, 1 hashes")) { try MerkleFrontier(size: 0, hashes: [.zero]) }
        let fact = "size 9223372036854775808, 1 hashes"
        #expect(throws: LogError(.malformedFrontier, fact)) { try MerkleFrontier(size: 1 << 63, hashes: [.zero]) }
    }
}
