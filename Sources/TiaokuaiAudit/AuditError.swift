/// Why a proof or a comparison says nothing. Sentences are made elsewhere, from `code` and `facts`.
public struct AuditError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // Making a proof.
        case noCheckpoint, notLogged, changesetAmbiguous, changesetUnknown
        // Checking one.
        /// Not a proof at all.
        case notAProof
        /// Of another network than the root that was given.
        case wrongRoot
        /// The root statements are not a chain that their keys signed.
        case rootsBroken
        /// A changeset that carries a credential is not what was signed.
        case credentialAltered
        /// The key that signed is none that the credentials give the log's owner.
        case wrongKey
        case checkpointAltered
        /// Checkpoint and receipt are of two logs: another node's, or another epoch's.
        case wrongEpoch
        case wrongSize, receiptAltered, pathFails
        /// Under one of the hashes of this network nothing is proven.
        case treeMissing
        /// The changeset that was given is another one, or its bytes are not what the envelope names.
        case otherChangeset, changesetAltered
        // Going on.
        /// `--resume` names a file that no audit wrote: it is left as it is.
        case notAState
        /// `--resume` names what was kept of another node.
        case stateOfAnother
        // Comparing.
        case otherNetwork, nothingThere
        // Publishing.
        case folderNotEmpty, notANote, noteNotOurs, notSeen
        /// Nobody is a witness for itself.
        case ownNote
        /// Two logs were seen, or nothing proves that this one goes on from what was seen before.
        case logInDoubt
        // Archiving.
        case archiveExists, nothingInYear
        /// A folder that is no archive, or of a version that this program doesn't know.
        case notAnArchive
        /// Changesets of the year came in a snapshot, without their signatures: nobody could verify them in an archive.
        case unsignedHere
    }

    public let code: Code
    /// Named facts, such as `size`, `node`, `reason`.
    public let facts: [String: String]

    public init(_ code: Code, _ facts: [String: String] = [:]) {
        self.code = code
        self.facts = facts
    }
}
