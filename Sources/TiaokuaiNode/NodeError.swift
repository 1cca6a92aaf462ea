/// Why a node can't do what was asked. Sentences are made elsewhere, from `code` and `facts`.
public struct NodeError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // The folder.
        case folderMissing, folderNotEmpty, folderUnsafe, folderNewer, markerMissing, clonedFolder, rootStatementBehind
        // Its keys.
        case keyMissing, keysLocked, keysOpen, keyNotOnToken
        // Founding and enrolment.
        case alreadyEnrolled, notEnrolled, notARequest, notAGrant, grantForAnother, requestMalformed, mayNotIssue, unknownRegion, rehearsalOnly
        case outsideValidity, notARoot, noRotation
        // Writing.
        case unitNotWritten, noUnit, noPerson, personHoldsNoPost, unknownKind, unknownField, wrongType, notAChoice, formRefused, wrongKey, personalField, emptyWrite, wrongPlace
        case receiverUnknown, receiverEnded, receiverOutside, receiverWithoutKey, notSealable, personalUpward
        case unknownRecord, ambiguousRecord, noGround, noEvidence, nothingToWithdraw, notYourFigure
        // Receiving.
        case wrongNetwork, wrongRoots, rehearsalMismatch, outsidePartition, wrongSignature, unknownItem, malformedItem, notABundle, noRootStatement, neverTakenIn, unknownNode, snapshotInside
        // Asking of the past.
        case beyondLog, noReceipt
        // The outside.
        case fileExists, fileUnreadable, fileUnwritable, readBackDiffers, diskFull, volumeTooSmall, folderInUse, notAFile, fileTooLarge
    }

    public let code: Code
    /// Named facts, such as `unit`, `field`, `path`; what the sentence is made of.
    public let facts: [String: String]

    public init(_ code: Code, _ facts: [String: String] = [:]) {
        self.code = code
        self.facts = facts
    }
}
