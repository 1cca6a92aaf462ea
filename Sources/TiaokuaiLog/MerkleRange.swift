import TiaokuaiModel

/// The leaves from `start` to `end`, where `start` is a multiple of the largest power of two that fits in: a subtree of
/// RFC 9162, complete or the right edge of a log.
struct MerkleRange {
    private let start, end: UInt64

    init(_ leaves: Range<UInt64>) {
        start = leaves.lowerBound
        end = leaves.upperBound
    }

    /// The complete subtrees that make it up, largest (leftmost) first.
    var positions: [MerklePosition] {
        var positions: [MerklePosition] = []
        var next = start
        while next < end {
            let level = 63 - (end - next).leadingZeroBitCount
            positions.append(MerklePosition(level: level, index: next >> UInt64(level)))
            next += 1 << UInt64(level)
        }
        return positions
    }
}

extension MerkleTree {
    /// The root over complete subtrees given largest first.
    func fold(_ hashes: [Hash32]) -> Hash32 {
        guard var root = hashes.last else { return emptyRoot }
        for left in hashes.dropLast().reversed() { root = node(left, root) }
        return root
    }

    /// The hash of a complete subtree, read whole or put together from its halves.
    func hash(at position: MerklePosition, reading: MerkleReading) throws -> Hash32 {
        if let hash = try reading(position) { return hash }
        guard position.level > 0 else { throw LogError(.missingLeaf, "index \(position.index)") }
        let left = MerklePosition(level: position.level - 1, index: position.index << 1)
        let right = MerklePosition(level: position.level - 1, index: position.index << 1 | 1)
        return node(try hash(at: left, reading: reading), try hash(at: right, reading: reading))
    }
}
