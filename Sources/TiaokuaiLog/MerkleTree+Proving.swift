import TiaokuaiModel

/// Making proofs. Each reads at most two subtrees a level, so O(log n) of a store that keeps them all.
///
/// `size` must be at most what the store holds: check it first when it comes from outside.
extension MerkleTree {
    /// The root that a log had, or has, at this size.
    public func root(size: UInt64, reading: MerkleReading) throws -> Hash32 {
        fold(try MerkleRange(0..<size).positions.map { try hash(at: $0, reading: reading) })
    }

    /// Proves that an entry is at this index of the log of this size (RFC 9162 §2.1.3.1): siblings from the leaf upwards,
    /// at most 64.
    ///
    /// Throws `indexOutOfRange`, `missingLeaf` and what `reading` throws.
    public func inclusionProof(index: UInt64, size: UInt64, reading: MerkleReading) throws -> [Hash32] {
        guard index < size else { throw LogError(.indexOutOfRange, "index \(index), size \(size)") }
        return try path(from: MerklePosition(level: 0, index: index), size: size, reading: reading)
    }

    /// Proves that the log of the newer size begins with the log of the older (RFC 9162 §2.1.4.1): at most 65 hashes,
    /// none when the sizes are equal.
    ///
    /// Throws `emptyLog` when the older size is 0, `sizesOutOfOrder`, `missingLeaf` and what `reading` throws.
    public func consistencyProof(from older: UInt64, to newer: UInt64, reading: MerkleReading) throws -> [Hash32] {
        try Self.check(older: older, newer: newer)
        if older == newer { return [] }
        // The smallest subtree at the old log's right edge. It is the whole old log, whose root the verifier has, when the
        // size is a power of two.
        let level = older.trailingZeroBitCount
        let edge = MerklePosition(level: level, index: (older >> UInt64(level)) - 1)
        let start = edge.index == 0 ? [] : [try hash(at: edge, reading: reading)]
        return start + (try path(from: edge, size: newer, reading: reading))
    }

    static func check(older: UInt64, newer: UInt64) throws(LogError) {
        guard older <= newer else { throw LogError(.sizesOutOfOrder, "from \(older), to \(newer)") }
        guard older > 0 else { throw LogError(.emptyLog, "from \(older), to \(newer)") }
    }

    /// The siblings from a complete subtree up to the root of the log.
    private func path(from position: MerklePosition, size: UInt64, reading: MerkleReading) throws -> [Hash32] {
        var path: [Hash32] = []
        var level = UInt64(position.level)
        var index = position.index
        var last = (size - 1) >> level
        while last > 0 {
            let sibling = index ^ 1
            if sibling < last {
                path.append(try hash(at: MerklePosition(level: Int(level), index: sibling), reading: reading))
            } else if sibling == last {
                let edge = MerkleRange((sibling << level)..<size).positions
                path.append(fold(try edge.map { try hash(at: $0, reading: reading) }))
            }
            level += 1
            index >>= 1
            last >>= 1
        }
        return path
    }
}
