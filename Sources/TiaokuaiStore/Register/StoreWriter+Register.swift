import GRDB
import TiaokuaiFormat
import TiaokuaiModel

extension StoreWriter {
    /// Enters a line in the register with the heads of what it carried; gives its number.
    @discardableResult
    public func insertCarried(_ row: CarriedRow, heads: [CarriedHead] = []) throws -> Int64 {
        let statement = try RawStatement(
            db,
            """
            INSERT INTO carried (direction, carrier, peer, digest, frames, bytes, written, note, handover, unit, person, vouches, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(1, row.direction)
        statement.bind(2, row.carrier)
        if let peer = row.peer { statement.bind(3, peer.hash) } else { statement.bindNull(3) }
        if let digest = row.digest { statement.bind(4, digest) } else { statement.bindNull(4) }
        statement.bind(5, row.frames)
        statement.bind(6, row.bytes)
        statement.bind(7, row.written.milliseconds)
        statement.bind(8, row.note)
        statement.bind(9, row.handover)
        if let unit = row.unit { statement.bind(10, unit.text) } else { statement.bindNull(10) }
        if let person = row.person { statement.bind(11, person.text) } else { statement.bindNull(11) }
        if let vouches = row.vouches { statement.bind(12, vouches) } else { statement.bindNull(12) }
        if let outcome = row.outcome { statement.bind(13, outcome) } else { statement.bindNull(13) }
        try statement.run()
        let ref = db.lastInsertedRowID
        if row.handover == 0 {
            let own = try RawStatement(db, "UPDATE carried SET handover = ref WHERE ref = ?")
            own.bind(1, ref)
            try own.run()
        }
        for head in heads {
            let insert = try RawStatement(db, "INSERT OR IGNORE INTO carried_head (carried, changeset, feed, sequence) VALUES (?, ?, ?, ?)")
            insert.bind(1, ref)
            insert.bind(2, head.changeset.hash)
            insert.bind(3, head.feed.hash)
            insert.bind(4, Int64(clamping: head.sequence))
            try insert.run()
        }
        return ref
    }

    /// Keeps an operator's word on a file; the first one stands.
    public func insertConfirmation(_ row: ConfirmationRow) throws {
        let statement = try RawStatement(db, "INSERT OR IGNORE INTO carried_confirmation (carried, written, unit, person) VALUES (?, ?, ?, ?)")
        statement.bind(1, row.carried)
        statement.bind(2, row.written.milliseconds)
        if let unit = row.unit { statement.bind(3, unit.text) } else { statement.bindNull(3) }
        if let person = row.person { statement.bind(4, person.text) } else { statement.bindNull(4) }
        try statement.run()
    }
}
