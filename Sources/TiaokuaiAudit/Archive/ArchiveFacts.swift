import Foundation
import TiaokuaiModel

/// What an archive says of itself: `archive.json` (Docs/Formats/Archive.md). A claim like any other: whoever verifies an archive
/// compares it with what the signed items say. All identities in hexadecimal, all times in UTC milliseconds.
public struct ArchiveFacts: Codable, Hashable, Sendable {
    public static let fileName = "archive.json"
    public static let digestsName = "SHA256SUMS"
    public static let formatName = "tiaokuai-archive"
    static let maximumBytes = 1 << 20

    /// A signed head of the node's log.
    public struct Head: Codable, Hashable, Sendable {
        public let checkpoint: String
        public let size: UInt64
        public let root: String
        public let written: Int64
    }

    public var format = ArchiveFacts.formatName
    public var version = 1
    public let network, node, nodeName, region, epoch: String
    public let isRehearsal: Bool
    public let year: Int
    /// Only what a credential for this place would reach; nil: everything that the node holds.
    public let place: String?
    /// The log itself shows that the year was over when this was made: nothing can be added to it any more.
    public let isOver: Bool
    /// Entries of the node's log in this archive: from the first position up to and without the second.
    public let from, to: UInt64
    /// The signed head that covers them, and the one that covers what came before them, as the archive before has it.
    public let head: Head
    public let before: Head?
    public var rootStatements = 0
    /// Of the year; of policy, before it.
    public var changesets = 0
    public var policyBefore = 0
    public var operations = 0
    public var checkpoints = 0
    public var consistencyReceipts = 0
    public var receipts = 0
    public var evidence = 0
    /// The most protected class of any field in it: `personal`, `internal` or `public`.
    public var fieldClass = FieldClass.public.name
    public var personalFields = 0
    public var sealedValues = 0

    /// Keys in order, so that the same facts are the same bytes.
    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [0x0a]
        }
    }
}
