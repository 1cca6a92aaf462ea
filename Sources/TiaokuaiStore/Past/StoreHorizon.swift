import TiaokuaiFormat
import TiaokuaiModel

/// How far back, or how far round, a store is looked at: what lies behind it counts, the rest is as if it had never come.
public struct StoreHorizon: Hashable, Sendable {
    /// Entries of the log that come before this one count: a size of the log, the genesis entry included.
    public var position: UInt64
    /// Root statements, checkpoints and receipts count that had come by then: they have no entry in the log.
    public var statementsThrough: Written
    /// Whose log it is: of its own checkpoints those of a longer log don't count.
    public var node: NodeID
    /// Of the changesets only those that one of these vouches for; nil: all of them.
    public var heads: [ChangesetID]?

    public init(node: NodeID, position: UInt64, statementsThrough: Written, heads: [ChangesetID]? = nil) {
        self.node = node
        self.position = position
        self.statementsThrough = statementsThrough
        self.heads = heads
    }
}

/// Brings the rows of a record into a store behind a horizon, once, when they are first asked for: what the store holds of the
/// present says nothing of the past. Used on the one connection of that store only, which serves one question at a time.
public final class RecordSupply: @unchecked Sendable {
    /// Brings one record; false when nothing had been said of it. What it writes goes into the store behind the horizon.
    private var source: (RecordRef, StoreWriter) throws -> Bool = { _, _ in false }
    private var known: [RecordRef: Bool] = [:]
    /// While policy is brought into effect nothing else is there.
    public private(set) var isPolicyOnly = true

    public init() {}

    /// - Parameters:
    ///   - policy: the records that were brought before everything else, and whether anything was said of them.
    ///   - source: brings one of the others.
    public func beginWithPolicy(_ policy: [RecordRef: Bool]) { known = policy }

    public func goOn(_ source: @escaping (RecordRef, StoreWriter) throws -> Bool) {
        self.source = source
        isPolicyOnly = false
    }

    func bring(_ ref: RecordRef, _ reader: StoreReader) throws -> Bool {
        if let isThere = known[ref] { return isThere }
        guard !isPolicyOnly else { return false }
        // What brings it in asks for it too.
        known[ref] = true
        do {
            let isThere = try source(ref, StoreWriter(reader.db, supply: self))
            known[ref] = isThere
            return isThere
        } catch {
            known[ref] = nil
            throw error
        }
    }
}
