/// Why a snapshot is not made or not taken in. Sentences are made elsewhere, from `code` and `facts`.
public struct SnapshotError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // Making.
        /// The receiver is not below this node.
        case notBelow
        /// Others write so much that no instant was found.
        case noInstant
        // Taking in.
        /// The file holds no statement, or not in its place, or two.
        case notASnapshot
        case malformed
        case forAnother
        case notFromAbove
        case wrongSignature
        case wrongCheckpoint
        /// Damaged, cut off, or not everything that the statement names.
        case incomplete
        case beyondHeads
        /// An item that a node would refuse, or keep waiting.
        case refused
        /// Something summed up lies below no signed head.
        case unvouched
        case stateDiffers
        // Checking.
        /// Not all of the heads are held here.
        case historyLacking
    }

    public let code: Code
    /// Named facts, such as `node`, `reason`, `partition`; what the sentence is made of.
    public let facts: [String: String]

    public init(_ code: Code, _ facts: [String: String] = [:]) {
        self.code = code
        self.facts = facts
    }
}
