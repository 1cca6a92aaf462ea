import TiaokuaiFormat
import TiaokuaiModel

/// What became of one item that arrived: about bytes, never about rules.
public enum Reception: Hashable, Sendable {
    /// Entered now; how many of its operations are void, so that the importer hears of it at once.
    case accepted(ChangesetID, operations: Int)
    /// Held before: nothing changed.
    case duplicate(Hash32)
    /// Held, waiting for a named item.
    case waiting(ChangesetID, what: WaitingFor, item: Hash32)
    /// A signed body that can't be read: void as a whole, the feed goes on.
    case void(ChangesetID, code: String)
    /// Not kept; the code and, for people, the fact.
    case refused(digest: Hash32, code: String, fact: String)
    /// A statement (root, checkpoint, receipt) that is now held.
    case statement(FrameType, Hash32)
}

public enum WaitingFor: String, Hashable, Sendable, CaseIterable {
    case predecessor, credential, rootStatement
}
