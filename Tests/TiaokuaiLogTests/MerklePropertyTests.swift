import TestKit
import TiaokuaiLog
import TiaokuaiModel
import Testing

@Suite struct MerklePropertyTests {
    static let largest = 64

    @Test(arguments: [MerkleTree.sha256, .sm3])
    func theFrontierAgreesWithTheDefinitionAtEverySize(tree: MerkleTree) throws {
        let naive = NaiveMerkle(tree: tree)
        var frontier = MerkleFrontier(tree)
        var leafHashes: [Hash32] = []
        #expect(frontier.root == tree.emptyRoot)
        for number in 0..<Self.largest {
            let completed = frontier.append(identity(number))
            leafHashes.append(tree.leafHash(identity(number)))
            #expect(frontier.root == naive.root(leafHashes[...]))
            #expect(frontier.hashes.count == frontier.size.nonzeroBitCount)
            #expect(try MerkleFrontier(tree, size: frontier.size, hashes: frontier.hashes) == frontier)
            for node in completed {
                let first = Int(node.position.index) << node.position.level
                #expect(node.hash == naive.root(leafHashes[first..<first + 1 << node.position.level]))
            }
            #expect(completed.map(\.position.level) == Array(0...(number + 1).trailingZeroBitCount))
        }
    }

    @Test(arguments: [MerkleTree.sha256, .sm3], [1, 2, 4, 64])
    func everyProofOfEveryIndexAndPairIsTheDefinedOne(tree: MerkleTree, levelStep: Int) throws {
        let naive = NaiveMerkle(tree: tree)
        let log = MemoryLog(tree, keepingEvery: levelStep)
        let leafHashes = (0..<Self.largest).map { tree.leafHash(identity($0)) }
        leafHashes.forEach { log.append(leafHash: $0) }
        let roots = (0...Self.largest).map { naive.root(leafHashes.prefix($0)) }
        var pairs = 0
        for size in 1...Self.largest {
            let newer = UInt64(size)
            #expect(try tree.root(size: newer, reading: log.read) == roots[size])
            #expect(try MerkleFrontier(tree, size: newer, reading: log.read).root == roots[size])
            for index in 0..<size {
                let proof = try tree.inclusionProof(index: UInt64(index), size: newer, reading: log.read)
                #expect(proof == naive.path(index, leafHashes.prefix(size)))
                try tree.verifyInclusion(leaf: identity(index), index: UInt64(index), size: newer, proof: proof, root: roots[size])
            }
            for older in 1...size {
                let proof = try tree.consistencyProof(from: UInt64(older), to: newer, reading: log.read)
                #expect(proof == naive.consistency(older, leafHashes.prefix(size)))
                try tree.verifyConsistency(from: UInt64(older), to: newer, oldRoot: roots[older], newRoot: roots[size], proof: proof)
                pairs += 1
            }
        }
        #expect(pairs == Self.largest * (Self.largest + 1) / 2)
    }

    @Test func anAlteredInclusionProofFails() throws {
        let tree = MerkleTree.sha256
        let log = MemoryLog()
        for number in 0..<20 { log.append(identity(number)) }
        for size in 1...20 as ClosedRange<UInt64> {
            let root = try tree.root(size: size, reading: log.read)
            for index in 0..<size {
                let proof = try tree.inclusionProof(index: index, size: size, reading: log.read)
                for altered in alterations(of: proof) {
                    #expect(throws: LogError.self) {
                        try tree.verifyInclusion(leaf: identity(Int(index)), index: index, size: size, proof: altered, root: root)
                    }
                }
                for other in 0...size where other != index {
                    #expect(throws: LogError.self) {
                        try tree.verifyInclusion(leaf: identity(Int(index)), index: other, size: size, proof: proof, root: root)
                    }
                    #expect(throws: LogError.self) {
                        try tree.verifyInclusion(leaf: identity(Int(other)), index: index, size: size, proof: proof, root: root)
                    }
                }
                #expect(throws: LogError.self) {
                    try tree.verifyInclusion(leaf: identity(Int(index)), index: index, size: size, proof: proof, root: flipped(root))
                }
            }
        }
    }

    @Test func anAlteredConsistencyProofFails() throws {
        let tree = MerkleTree.sha256
        let log = MemoryLog()
        for number in 0..<20 { log.append(identity(number)) }
        let roots = try (0...20 as ClosedRange<UInt64>).map { try tree.root(size: $0, reading: log.read) }
        for newer in 1...20 as ClosedRange<UInt64> {
            for older in 1...newer {
                let (oldRoot, newRoot) = (roots[Int(older)], roots[Int(newer)])
                let proof = try tree.consistencyProof(from: older, to: newer, reading: log.read)
                for altered in alterations(of: proof) {
                    #expect(throws: LogError.self) {
                        try tree.verifyConsistency(from: older, to: newer, oldRoot: oldRoot, newRoot: newRoot, proof: altered)
                    }
                }
                #expect(throws: LogError(.rootMismatch, "from \(older), to \(newer)")) {
                    try tree.verifyConsistency(from: older, to: newer, oldRoot: flipped(oldRoot), newRoot: newRoot, proof: proof)
                }
                #expect(throws: LogError(.rootMismatch, "from \(older), to \(newer)")) {
                    try tree.verifyConsistency(from: older, to: newer, oldRoot: oldRoot, newRoot: flipped(newRoot), proof: proof)
                }
            }
        }
    }

    @Test func aLogThatChangedAnOldEntryHasNoConsistencyProof() throws {
        let tree = MerkleTree.sha256
        for changed in 0..<16 {
            let (honest, forged) = (MemoryLog(), MemoryLog())
            for number in 0..<16 { honest.append(identity(number)) }
            for number in 0..<40 { forged.append(identity(number == changed ? 1_000 : number)) }
            for older in UInt64(changed + 1)...16 {
                let oldRoot = try tree.root(size: older, reading: honest.read)
                let proof = try tree.consistencyProof(from: older, to: 40, reading: forged.read)
                #expect(throws: LogError.self) {
                    try tree.verifyConsistency(from: older, to: 40, oldRoot: oldRoot, newRoot: forged.frontier.root, proof: proof)
                }
            }
        }
    }

    private func flipped(_ hash: Hash32) -> Hash32 {
        Hash32(word0: hash.word0, word1: hash.word1, word2: hash.word2 ^ 1, word3: hash.word3)
    }

    /// Each hash with a bit flipped, left out, doubled, swapped with its neighbour; one hash more at either end.
    private func alterations(of proof: [Hash32]) -> [[Hash32]] {
        var altered = [proof + [identity(7)], [identity(7)] + proof]
        for index in proof.indices {
            var changed = proof
            changed[index] = flipped(proof[index])
            altered.append(changed)
            altered.append(Array(proof[..<index] + proof[(index + 1)...]))
            altered.append(Array(proof[...index] + proof[index...]))
            if index + 1 < proof.count {
                changed = proof
                changed.swapAt(index, index + 1)
                altered.append(changed)
            }
        }
        return altered
    }
}
