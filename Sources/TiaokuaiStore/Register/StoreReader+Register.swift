import GRDB
import TiaokuaiFormat
import TiaokuaiModel

extension StoreReader {
    private static let carriedColumns = "ref, direction, carrier, peer, digest, frames, bytes, written, note, handover, unit, person, vouches, outcome"

    /// The register, newest first.
    public func carried(limit: Int = 1_000, peer: NodeID? = nil) throws -> [CarriedRow] {
        let statement = try RawStatement(
            db, "SELECT \(Self.carriedColumns) FROM carried WHERE ?1 IS NULL OR peer = ?1 ORDER BY ref DESC LIMIT ?2")
        if let peer { statement.bind(1, peer.hash) } else { statement.bindNull(1) }
        statement.bind(2, limit)
        return try rows(statement)
    }

    /// What the register says of a file, oldest first; several where it went to several nodes or came twice.
    public func carried(digest: Hash32) throws -> [CarriedRow] {
        let statement = try RawStatement(db, "SELECT \(Self.carriedColumns) FROM carried WHERE digest = ? ORDER BY ref")
        statement.bind(1, digest)
        return try rows(statement)
    }

    /// Every file of the register that has a digest, oldest first.
    public func carriedFiles(direction: String) throws -> [CarriedRow] {
        let statement = try RawStatement(db, "SELECT \(Self.carriedColumns) FROM carried WHERE digest IS NOT NULL AND direction = ? ORDER BY ref")
        statement.bind(1, direction)
        return try rows(statement)
    }

    /// The newest line that carried this node's own receipt to a peer; nil when none did.
    public func lastVouched(to peer: NodeID) throws -> CarriedRow? {
        let statement = try RawStatement(
            db, "SELECT \(Self.carriedColumns) FROM carried WHERE peer = ? AND direction = 'out' AND vouches IS NOT NULL ORDER BY ref DESC LIMIT 1")
        statement.bind(1, peer.hash)
        return try rows(statement).first
    }

    /// The newest hand-over by file to a peer; nil when there was none.
    public func lastFile(to peer: NodeID) throws -> CarriedRow? {
        let statement = try RawStatement(
            db, "SELECT \(Self.carriedColumns) FROM carried WHERE peer = ? AND direction = 'out' AND carrier IN ('file', 'drop') ORDER BY ref DESC LIMIT 1")
        statement.bind(1, peer.hash)
        return try rows(statement).first
    }

    private func rows(_ statement: RawStatement) throws -> [CarriedRow] {
        defer { statement.reset() }
        var out: [CarriedRow] = []
        while try statement.step() {
            var row = CarriedRow(
                direction: statement.text(1), carrier: statement.text(2), peer: statement.hash(3).map(NodeID.init), digest: statement.hash(4),
                frames: Int(statement.integer(5)), bytes: statement.integer(6), written: Written(milliseconds: statement.integer(7)),
                note: statement.text(8))
            row.ref = statement.integer(0)
            row.handover = statement.integer(9)
            row.unit = statement.isNull(10) ? nil : UnitID(unchecked: statement.text(10))
            row.person = statement.isNull(11) ? nil : PersonID(unchecked: statement.text(11))
            row.vouches = statement.hash(12)
            row.outcome = statement.isNull(13) ? nil : statement.bytes(13)
            out.append(row)
        }
        return out
    }

    /// The heads of one file of the register.
    public func carriedHeads(of ref: Int64) throws -> [CarriedHead] {
        let statement = try RawStatement(db, "SELECT feed, changeset, sequence FROM carried_head WHERE carried = ? ORDER BY feed, changeset")
        statement.bind(1, ref)
        return try heads(statement)
    }

    /// Numbers of the hand-overs to a peer by file, newest first; a file that is nothing but a receipt is none.
    public func handovers(to peer: NodeID, limit: Int) throws -> [Int64] {
        let statement = try RawStatement(
            db, "SELECT DISTINCT handover FROM carried WHERE peer = ? AND direction = 'out' AND carrier IN ('file', 'drop') ORDER BY handover DESC LIMIT ?")
        statement.bind(1, peer.hash)
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [Int64] = []
        while try statement.step() { out.append(statement.integer(0)) }
        return out
    }

    /// The heads of every hand-over to a peer up to this one.
    public func handedHeads(to peer: NodeID, through handover: Int64) throws -> [CarriedHead] {
        let statement = try RawStatement(
            db,
            """
            SELECT DISTINCT h.feed, h.changeset, h.sequence FROM carried c JOIN carried_head h ON h.carried = c.ref
            WHERE c.peer = ? AND c.direction = 'out' AND c.handover <= ? ORDER BY h.feed, h.changeset
            """)
        statement.bind(1, peer.hash)
        statement.bind(2, handover)
        return try heads(statement)
    }

    /// The heads of every file that an operator has confirmed for a peer.
    public func confirmedHeads(of peer: NodeID) throws -> [CarriedHead] {
        let statement = try RawStatement(
            db,
            """
            SELECT DISTINCT h.feed, h.changeset, h.sequence FROM carried_confirmation k JOIN carried c ON c.ref = k.carried
            JOIN carried_head h ON h.carried = c.ref WHERE c.peer = ? ORDER BY h.feed, h.changeset
            """)
        statement.bind(1, peer.hash)
        return try heads(statement)
    }

    public func confirmation(of ref: Int64) throws -> ConfirmationRow? {
        let statement = try RawStatement(db, "SELECT written, unit, person FROM carried_confirmation WHERE carried = ?")
        statement.bind(1, ref)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return ConfirmationRow(
            carried: ref, written: Written(milliseconds: statement.integer(0)), unit: statement.isNull(1) ? nil : UnitID(unchecked: statement.text(1)),
            person: statement.isNull(2) ? nil : PersonID(unchecked: statement.text(2)))
    }

    private func heads(_ statement: RawStatement) throws -> [CarriedHead] {
        defer { statement.reset() }
        var out: [CarriedHead] = []
        while try statement.step() {
            guard let feed = statement.hash(0), let changeset = statement.hash(1) else { throw StoreError(.inconsistent, "carried_head") }
            out.append(CarriedHead(feed: FeedID(feed), changeset: ChangesetID(changeset), sequence: UInt64(clamping: statement.integer(2))))
        }
        return out
    }

    /// The newest statements of a type and node, newest first.
    public func newestStatements(_ type: FrameType, node: NodeID, limit: Int) throws -> [StatementRow] {
        let statement = try RawStatement(
            db, "SELECT id, number, envelope, received FROM statement WHERE type = ? AND node = ? ORDER BY number DESC, id DESC LIMIT ?")
        statement.bind(1, Int64(type.rawValue))
        statement.bind(2, node.hash)
        statement.bind(3, limit)
        defer { statement.reset() }
        var out: [StatementRow] = []
        while try statement.step() {
            guard let id = statement.hash(0) else { throw StoreError(.inconsistent, "statement") }
            out.append(
                StatementRow(
                    id: id, type: type, node: node, number: UInt64(clamping: statement.integer(1)), envelope: statement.bytes(2),
                    received: Written(milliseconds: statement.integer(3))))
        }
        return out
    }
}
