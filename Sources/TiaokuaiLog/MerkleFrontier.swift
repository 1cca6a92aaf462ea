import TiaokuaiModel

/// A growing log's right edge: the hashes of its largest complete subtrees, one for each bit set in its size.
///
/// Enough to append and to know the root; at most 62 hashes, so it is kept whole beside the log. Proofs of older entries
/// need the nodes that `append` returns, or the identities.
public struct MerkleFrontier: Hashable, Sendable {
    /// 2^62 entries: beyond any log, and low enough that no sum of two sizes overflows.
    public static let maximumSize: UInt64 = 1 << 62

    public let tree: MerkleTree
    /// Entries in the log.
    public private(set) var size: UInt64
    /// Largest subtree first.
    public private(set) var hashes: [Hash32]

    /// The frontier of an empty log.
    public init(_ tree: MerkleTree = .sha256) {
        self.tree = tree
        size = 0
        hashes = []
    }

    /// A frontier as it was kept: its `size` and `hashes`. Throws `malformedFrontier`; that the hashes are the right ones
    /// shows only in the root.
    public init(_ tree: MerkleTree = .sha256, size: UInt64, hashes: [Hash32]) throws(LogError) {
        guard size <= Self.maximumSize, hashes.count == size.nonzeroBitCount else {
            throw LogError(.malformedFrontier, "size \(size), \(hashes.count) hashes")
        }
        self.tree = tree
        self.size = size
        self.hashes = hashes
    }

    /// The frontier that a log had, or has, at this size, which the store must hold. Throws `malformedFrontier`,
    /// `missingLeaf` and what `reading` throws.
    public init(_ tree: MerkleTree = .sha256, size: UInt64, reading: MerkleReading) throws {
        let hashes = try MerkleRange(0..<size).positions.map { try tree.hash(at: $0, reading: reading) }
        try self.init(tree, size: size, hashes: hashes)
    }

    /// The root of RFC 9162 over all entries so far; a few hashes' work.
    public var root: Hash32 { tree.fold(hashes) }

    /// Adds an identity at index `size`, and returns the subtrees that it completes: its leaf, then upwards.
    ///
    /// That is two nodes on average. A store keeps them, or some levels of them, for `MerkleReading`.
    @discardableResult
    public mutating func append(_ identity: Hash32) -> [MerkleNode] {
        append(leafHash: tree.leafHash(identity))
    }

    package mutating func append(leafHash: Hash32) -> [MerkleNode] {
        var position = MerklePosition(level: 0, index: size)
        var hash = leafHash
        var completed = [MerkleNode(position, hash)]
        while position.index & 1 == 1, let left = hashes.popLast() {
            hash = tree.node(left, hash)
            position = MerklePosition(level: position.level + 1, index: position.index >> 1)
            completed.append(MerkleNode(position, hash))
        }
        hashes.append(hash)
        size += 1
        return completed
    }
}
