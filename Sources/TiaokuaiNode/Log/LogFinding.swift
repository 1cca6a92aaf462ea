import TiaokuaiModel

/// Something wrong with a node's own log as it lies in its store.
public struct LogFinding: Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The first entry is not the genesis of this network, node and epoch.
        case genesisDiffers
        case entryMissing, entryRepeated
        /// Its changeset is not here.
        case entryUnknown
        /// A node kept above the entries does not follow from them, or there is nothing below it.
        case logNodeDiffers
        /// A signed root is not that of the log as it lies here.
        case rootDiffers
        /// A signed checkpoint is of a longer log than the one here.
        case logShorter
        /// The node had an earlier epoch, and nothing that it signed is of this one: put back from a backup and not sealed since, or changed in the store.
        case epochUnsigned
        /// A checkpoint of this node's that none of its keys signed.
        case statementSignature
    }

    public let code: Code
    /// Position in the log; 0 is the genesis entry.
    public let entry: UInt64?
    /// Of the checkpoint that it is about: the size and epoch of the log that it speaks of.
    public let size: UInt64?
    public let epoch: Epoch?
    /// The entry's identity, or the checkpoint's.
    public let item: Hash32?
    /// A hash's name and a node's place in the tree; never a sentence.
    public let fact: String

    init(_ code: Code, entry: UInt64, item: Hash32? = nil, fact: String = "") {
        self.code = code
        self.entry = entry
        self.item = item
        self.fact = fact
        size = nil
        epoch = nil
    }

    init(_ code: Code, checkpoint: Hash32, size: UInt64, epoch: Epoch?, fact: String = "") {
        self.code = code
        item = checkpoint
        self.size = size
        self.epoch = epoch
        self.fact = fact
        entry = nil
    }
}

extension LogFinding: CustomStringConvertible {
    /// Code, place and fact, such as `rootDiffers 12 sha256`.
    public var description: String { [code.rawValue, (entry ?? size).map(String.init) ?? "", fact].filter { !$0.isEmpty }.joined(separator: " ") }
}
