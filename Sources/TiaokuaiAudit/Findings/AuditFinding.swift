import TiaokuaiModel
import TiaokuaiNode

/// One thing that the audit of a history found, with its place. Sentences are made elsewhere, from `code`, `fact` and `place`.
public struct AuditFinding: Hashable, Sendable, Codable {
    public enum Code: String, Hashable, Sendable, CaseIterable, Codable {
        // What the store is.
        /// SQLite finds the file damaged.
        case fileDamaged
        /// A row that can't be read at all.
        case rowUnreadable
        /// A column says another thing than the signed bytes beside it.
        case rowDiffers
        /// What a resumed audit had verified is not what lies there now.
        case pastChanged

        // Root statements.
        case rootMissing, rootBroken

        // Changesets, each by itself.
        /// The stored bytes are not those that were stored.
        case bytesDiffer
        case envelopeUnreadable, wrongIdentity, wrongNetwork, wrongSignature, bodyDiffers, bodyUnreadable, outsidePartition, personalField
        /// Held as valid, and its credential is not here.
        case credentialUnknown
        /// Signed under a credential that grants nothing.
        case credentialRefused
        /// By its author's clock sealed outside its credential's dates.
        case outsideValidity

        // Changesets, one after the other, as a fresh store takes them.
        case refused, heldBack, stateDiffers
        /// Waits for something that is not here, and says so.
        case waiting
        case fork
        /// Came in a snapshot without their signatures, which lie with whoever made it: how many, and where.
        case summedUp
        /// Without a signature, and nothing signed stands above it in its feed.
        case unvouched
        /// Arrived, by this node's clock, before the one that came before it.
        case clockWentBack
        /// By its row it arrived before the own checkpoint before it, or after the one that covers it: by how many milliseconds.
        case timeOutsideCheckpoints

        // The own log.
        case genesisDiffers, entryMissing, entryRepeated, entryUnknown, entryDiffers, notLogged, logNodeDiffers
        /// A signed root is not that of the log as it lies here.
        case rootDiffers
        /// A signed checkpoint is of a longer log than the one here.
        case logShorter
        /// The log's epoch is not the one of what the node signed last, and nothing that it signed is of it.
        case epochUnsigned

        // Statements: checkpoints, consistency receipts, receipts, evidence, asks.
        case statementUnreadable, statementSignature, statementProof
        /// What a peer is held to have acknowledged is not what its newest receipt says.
        case acknowledgedDiffers

        // What others have shown of their logs (`LogConcern`).
        case splitView, unproven, withheld, wentBack, otherBranch, checkpointLacking, restored

        // The replay.
        case recordDiffers, recordMissing, recordExtra, digestDiffers

        // Bundle files.
        case fileCutShort, fileStretchDamaged, strangerSent

        // Archives.
        case archiveFileDiffers, archiveFileMissing, archiveFileExtra
        /// A format page, a vector or the verifier is not the one that this program carries.
        case archivePageDiffers
        /// What `archive.json` says is not what the log or a checkpoint in the archive says.
        case archiveFactDiffers
        /// The log of an earlier archive is not the beginning of this one's.
        case archiveNotContinued
        /// It holds one place's share: that an entry is lacking shows nothing.
        case archivePartial
    }

    public let code: Code
    /// Something is wrong; otherwise it is to be known.
    public let isFault: Bool
    /// An inner code or a number, never a sentence.
    public let fact: String
    public var place: AuditPlace

    public init(_ code: Code, _ place: AuditPlace, fact: String = "", isFault: Bool = true) {
        self.code = code
        self.place = place
        self.fact = fact
        self.isFault = isFault
    }

    /// What is wrong with a node's own log.
    public init(_ found: LogFinding, of node: NodeID) {
        let place = found.size.map { AuditPlace(node: node, epoch: found.epoch, size: $0, item: found.item) } ?? AuditPlace(entry: found.entry ?? 0, item: found.item)
        self.init(AuditFinding.code(of: found.code), place, fact: found.fact)
    }

    private static func code(of code: LogFinding.Code) -> Code {
        switch code {
        case .genesisDiffers: .genesisDiffers
        case .entryMissing: .entryMissing
        case .entryRepeated: .entryRepeated
        case .entryUnknown: .entryUnknown
        case .logNodeDiffers: .logNodeDiffers
        case .rootDiffers: .rootDiffers
        case .logShorter: .logShorter
        case .epochUnsigned: .epochUnsigned
        case .statementSignature: .statementSignature
        }
    }

    /// Faults first, then by code and place.
    public static func precedes(_ left: AuditFinding, _ right: AuditFinding) -> Bool {
        func rank(_ one: AuditFinding) -> (Int, String, String, UInt64, String) {
            let place = one.place
            return (
                one.isFault ? 0 : 1, one.code.rawValue, [place.file, place.node, place.epoch, place.partition].map { $0 ?? "" }.joined(separator: "/"),
                place.sequence ?? place.entry ?? place.size ?? place.offset ?? 0, [place.changeset, place.item, place.record, place.column].map { $0 ?? "" }.joined(separator: "/")
            )
        }
        return rank(left) < rank(right)
    }
}
