import TiaokuaiModel

/// Checking proofs. Sizes, indexes and proofs may come from anyone: every input ends in a return or a `LogError`.
extension MerkleTree {
    /// Checks that the identity is entry `index` of the log of this size and root (RFC 9162 §2.1.3.2).
    ///
    /// The root must be one that somebody signed together with the size. Throws `indexOutOfRange`, `wrongProofLength` or
    /// `rootMismatch`.
    public func verifyInclusion(leaf identity: Hash32, index: UInt64, size: UInt64, proof: [Hash32], root: Hash32) throws(LogError) {
        try verifyInclusion(leafHash: leafHash(identity), index: index, size: size, proof: proof, root: root)
    }

    /// As `verifyInclusion(leaf:…)`, for a leaf hash that was computed before.
    public func verifyInclusion(leafHash: Hash32, index: UInt64, size: UInt64, proof: [Hash32], root: Hash32) throws(LogError) {
        guard index < size else { throw LogError(.indexOutOfRange, "index \(index), size \(size)") }
        var climb = Climb(first: index, second: size - 1)
        var hash = leafHash
        for sibling in proof {
            guard climb.isBelowRoot else { throw Self.wrongLength(proof, "index \(index), size \(size)") }
            hash = climb.step() ? node(sibling, hash) : node(hash, sibling)
        }
        guard !climb.isBelowRoot else { throw Self.wrongLength(proof, "index \(index), size \(size)") }
        guard hash == root else { throw LogError(.rootMismatch, "index \(index), size \(size)") }
    }

    /// Checks that the log of the newer size and root begins with the log of the older (RFC 9162 §2.1.4.2).
    ///
    /// Equal sizes need equal roots and an empty proof. Throws `sizesOutOfOrder`, `emptyLog` (the older size is 0: that
    /// would prove nothing), `wrongProofLength` or `rootMismatch`.
    public func verifyConsistency(
        from older: UInt64, to newer: UInt64, oldRoot: Hash32, newRoot: Hash32, proof: [Hash32]
    ) throws(LogError) {
        try Self.check(older: older, newer: newer)
        let fact = "from \(older), to \(newer)"
        if older == newer {
            guard proof.isEmpty else { throw Self.wrongLength(proof, fact) }
            guard oldRoot == newRoot else { throw LogError(.rootMismatch, fact) }
            return
        }
        let roots = try climb(older: older, newer: newer, from: older.isPowerOfTwo ? oldRoot : nil, proof)
        guard roots.old == oldRoot, roots.new == newRoot else { throw LogError(.rootMismatch, fact) }
    }

    /// The root that the log of the newer size and root had at the older size, as the proof alone tells it.
    ///
    /// That is how two signed roots are seen to be of different logs: this one is another than the one signed for the older
    /// size, and nobody finds a second path to `newRoot`. Nil when the older size is a power of two, since the proof then
    /// leaves the old root out, and when the sizes are equal. Throws as `verifyConsistency`; `rootMismatch` when the proof
    /// doesn't lead to `newRoot`.
    public func oldRoot(from older: UInt64, to newer: UInt64, newRoot: Hash32, proof: [Hash32]) throws(LogError) -> Hash32? {
        try Self.check(older: older, newer: newer)
        guard older < newer, !older.isPowerOfTwo else { return nil }
        let roots = try climb(older: older, newer: newer, from: nil, proof)
        guard roots.new == newRoot else { throw LogError(.rootMismatch, "from \(older), to \(newer)") }
        return roots.old
    }

    /// Both roots that a proof between different sizes leads to, from the old log's right edge: `start`, else the proof's
    /// first hash.
    private func climb(older: UInt64, newer: UInt64, from start: Hash32?, _ proof: [Hash32]) throws(LogError) -> (old: Hash32, new: Hash32) {
        let fact = "from \(older), to \(newer)"
        var rest = proof[...]
        guard let start = start ?? rest.popFirst() else { throw Self.wrongLength(proof, fact) }
        var climb = Climb(first: older - 1, second: newer - 1)
        climb.skipRightEdges()
        var oldHash = start
        var newHash = start
        for sibling in rest {
            guard climb.isBelowRoot else { throw Self.wrongLength(proof, fact) }
            if climb.step() {
                oldHash = node(sibling, oldHash)
                newHash = node(sibling, newHash)
            } else {
                newHash = node(newHash, sibling)
            }
        }
        guard !climb.isBelowRoot else { throw Self.wrongLength(proof, fact) }
        return (oldHash, newHash)
    }

    private static func wrongLength(_ proof: [Hash32], _ fact: String) -> LogError {
        LogError(.wrongProofLength, "\(fact), \(proof.count) hashes")
    }
}

extension UInt64 {
    fileprivate var isPowerOfTwo: Bool { nonzeroBitCount == 1 }
}

/// The way from a leaf up to the root: `fn` and `sn` of the RFC, the leaf's index and the last leaf's, at the level reached.
private struct Climb {
    var first, second: UInt64

    var isBelowRoot: Bool { second > 0 }

    /// Goes up by one sibling; true when that sibling is on the left.
    mutating func step() -> Bool {
        let siblingIsLeft = first & 1 == 1 || first == second
        if siblingIsLeft {
            while first & 1 == 0, first > 0 { up() }
        }
        up()
        return siblingIsLeft
    }

    /// Goes up as long as the node is a right child: to the largest subtree that ends at the old log's last leaf.
    mutating func skipRightEdges() {
        while first & 1 == 1 { up() }
    }

    private mutating func up() {
        first >>= 1
        second >>= 1
    }
}
