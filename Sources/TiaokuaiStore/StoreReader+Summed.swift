import GRDB
import TiaokuaiFormat
import TiaokuaiModel

// Changesets that came in a snapshot, without their signatures.
extension StoreReader {
    /// The statement by which a changeset came without its signature; nil where it has one.
    public func snapshot(of changeset: ChangesetRef) throws -> Hash32? {
        let statement = try RawStatement(db, "SELECT snapshot FROM summed WHERE changeset = ?")
        statement.bind(1, changeset.number)
        defer { statement.reset() }
        return try statement.step() ? statement.hash(0) : nil
    }

    /// The node that signed a snapshot's statement, which holds what that sums up; nil where the statement is not held.
    public func snapshotHolder(_ statement: Hash32) throws -> NodeID? {
        let row = try RawStatement(db, "SELECT node FROM statement WHERE id = ? AND type = ?")
        row.bind(1, statement)
        row.bind(2, Int64(FrameType.snapshot.rawValue))
        defer { row.reset() }
        return try row.step() ? row.hash(0).map(NodeID.init) : nil
    }

    /// Changesets of one feed without their signatures, ascending by sequence then identity, with the statement by which each came.
    public func summed(inFeed feed: Int64) throws -> [(ref: ChangesetRef, sequence: UInt64, snapshot: Hash32)] {
        let statement = try RawStatement(
            db, "SELECT s.changeset, c.sequence, s.snapshot FROM summed s JOIN changeset c ON c.ref = s.changeset WHERE c.feed = ? ORDER BY c.sequence, c.id")
        statement.bind(1, feed)
        defer { statement.reset() }
        var out: [(ref: ChangesetRef, sequence: UInt64, snapshot: Hash32)] = []
        while try statement.step() {
            guard let snapshot = statement.hash(2) else { throw StoreError(.inconsistent, "summed \(statement.integer(0))") }
            out.append((ChangesetRef(statement.integer(0)), UInt64(clamping: statement.integer(1)), snapshot))
        }
        return out
    }

    public func summedRefs() throws -> Set<ChangesetRef> {
        Set(try Int64.fetchAll(db, sql: "SELECT changeset FROM summed").map(ChangesetRef.init))
    }

    public func summedCount() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM summed") ?? 0 }
}

extension StoreWriter {
    /// A changeset came without its signature, by this statement.
    public func insertSummed(_ changeset: ChangesetRef, by snapshot: Hash32) throws {
        let statement = try RawStatement(db, "INSERT INTO summed (changeset, snapshot) VALUES (?, ?)")
        statement.bind(1, changeset.number)
        statement.bind(2, snapshot)
        try statement.run()
    }

    /// Its signature has come.
    public func deleteSummed(_ changeset: ChangesetRef) throws {
        let statement = try RawStatement(db, "DELETE FROM summed WHERE changeset = ?")
        statement.bind(1, changeset.number)
        try statement.run()
    }
}
