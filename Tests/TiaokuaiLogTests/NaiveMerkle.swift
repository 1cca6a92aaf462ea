import TiaokuaiLog
import TiaokuaiModel

/// The definitions of RFC 9162 §2.1.1, §2.1.3.1 and §2.1.4.1, word for word and as slow as they read.
struct NaiveMerkle {
    let tree: MerkleTree

    func root(_ leafHashes: ArraySlice<Hash32>) -> Hash32 {
        if leafHashes.isEmpty { return tree.emptyRoot }
        if leafHashes.count == 1 { return leafHashes[leafHashes.startIndex] }
        let (left, right) = split(leafHashes)
        return tree.node(root(left), root(right))
    }

    func path(_ index: Int, _ leafHashes: ArraySlice<Hash32>) -> [Hash32] {
        if leafHashes.count == 1 { return [] }
        let (left, right) = split(leafHashes)
        return index < left.count ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
    }

    func consistency(_ older: Int, _ leafHashes: ArraySlice<Hash32>, isWhole: Bool = true) -> [Hash32] {
        if older == leafHashes.count { return isWhole ? [] : [root(leafHashes)] }
        let (left, right) = split(leafHashes)
        return older <= left.count
            ? consistency(older, left, isWhole: isWhole) + [root(right)]
            : consistency(older - left.count, right, isWhole: false) + [root(left)]
    }

    private func split(_ leafHashes: ArraySlice<Hash32>) -> (ArraySlice<Hash32>, ArraySlice<Hash32>) {
        var largest = 1
        while largest * 2 < leafHashes.count { largest *= 2 }
        return (leafHashes.prefix(largest), leafHashes.dropFirst(largest))
    }
}

/// A log in memory that keeps some levels of the tree and counts what is read from it.
final class MemoryLog {
    private(set) var frontier: MerkleFrontier
    private(set) var reads = 0
    private var nodes: [MerklePosition: Hash32] = [:]
    private let levelStep: Int

    init(_ tree: MerkleTree = .sha256, keepingEvery levelStep: Int = 1) {
        frontier = MerkleFrontier(tree)
        self.levelStep = levelStep
    }

    func append(leafHash: Hash32) { keep(frontier.append(leafHash: leafHash)) }
    func append(_ identity: Hash32) { keep(frontier.append(identity)) }

    func read(_ position: MerklePosition) -> Hash32? {
        reads += 1
        return nodes[position]
    }

    func readsOf(_ body: () throws -> Void) rethrows -> Int {
        reads = 0
        try body()
        return reads
    }

    private func keep(_ completed: [MerkleNode]) {
        for node in completed where node.position.level.isMultiple(of: levelStep) { nodes[node.position] = node.hash }
    }
}

/// An identity for tests: the number, big-endian, in the last word.
func identity(_ number: Int) -> Hash32 { Hash32(word0: 0, word1: 0, word2: 0, word3: UInt64(number)) }
