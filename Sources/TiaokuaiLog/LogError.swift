/// Why a log's proof, frontier or checkpoint is refused. Sentences are made elsewhere, from `code` and `fact`.
public struct LogError: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// The entry's index is not below the tree's size.
        case indexOutOfRange
        /// The older size is larger than the newer one.
        case sizesOutOfOrder
        /// Nothing is consistent, or inconsistent, with an empty log: such a proof says nothing.
        case emptyLog
        /// A proof for this index and these sizes has another number of hashes.
        case wrongProofLength
        /// The proof leads to another root than the one given.
        case rootMismatch
        /// Another number of hashes than the size has bits set, or a size beyond `MerkleFrontier.maximumSize`.
        case malformedFrontier
        /// The store has no such leaf.
        case missingLeaf
        /// Empty, longer than 255 bytes, or with a control character in it.
        case malformedOrigin
    }
    public let code: Code
    /// Numbers and names that belong to it, such as `index 7, size 7`.
    public let fact: String

    public init(_ code: Code, _ fact: String) {
        self.code = code
        self.fact = fact
    }
}
