import TiaokuaiHash
import TiaokuaiModel

extension Checkpoint {
    /// The log's root under one of the hashes that networks keep; nil where the node didn't sign one.
    public func root(_ hash: HashAlgorithm) -> Hash32? { hash == .sm3 ? sm3Root : root }

    /// The hashes under which there is a root, SHA-256 first.
    public var hashes: [HashAlgorithm] { sm3Root == nil ? [.sha256] : [.sha256, .sm3] }

    /// Both are signed for one size, and under some hash the roots differ.
    public func contradicts(_ other: Checkpoint) -> Bool {
        size == other.size && HashAlgorithm.allCases.contains { hash in root(hash).flatMap { mine in other.root(hash).map { $0 != mine } } == true }
    }
}
