import Foundation
import GRDB
import TiaokuaiFormat
import TiaokuaiModel

/// What can be asked within one consistent view. Valid only inside the closure that received it.
public struct StoreReader {
    let db: Database
    /// Only behind a horizon.
    let supply: RecordSupply?

    init(_ db: Database, supply: RecordSupply? = nil) {
        self.db = db
        self.supply = supply
    }

    /// Behind a horizon, brings the record's rows in; false when nothing was said of it there.
    func bring(_ ref: RecordRef) throws -> Bool { try supply?.bring(ref, self) ?? true }

    public func meta(_ key: String) throws -> [UInt8]? {
        let statement = try RawStatement(db, "SELECT value FROM meta WHERE key = ?")
        statement.bind(1, key)
        defer { statement.reset() }
        return try statement.step() ? statement.bytes(0) : nil
    }

    /// A counter kept in `meta`, 0 when never set.
    public func counter(_ key: String) throws -> UInt64 {
        guard let bytes = try meta(key) else { return 0 }
        let value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
        // Nobody counts as far as that.
        guard bytes.count <= 8, value < 1 << 62 else { throw StoreError(.inconsistent, "meta \(key)") }
        return value
    }

    // MARK: Names, partitions, feeds

    public func nameRef(_ text: String) throws -> Int64? {
        let statement = try RawStatement(db, "SELECT ref FROM name WHERE text = ?")
        statement.bind(1, text)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : nil
    }

    public func name(_ ref: Int64) throws -> String {
        let statement = try RawStatement(db, "SELECT text FROM name WHERE ref = ?")
        statement.bind(1, ref)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "name \(ref)") }
        return statement.text(0)
    }

    public func partitions() throws -> [(ref: Int64, partition: Partition)] {
        let statement = try RawStatement(db, "SELECT ref, form FROM partition ORDER BY ref")
        defer { statement.reset() }
        var out: [(ref: Int64, partition: Partition)] = []
        while try statement.step() { out.append((statement.integer(0), try StoreReader.partition(statement.bytes(1)))) }
        return out
    }

    static func partition(_ form: [UInt8]) throws -> Partition {
        // `local` has no wire form that would be read from outside, but has a row here.
        if form == Partition.local.explicitForm { return .local }
        var reader = CBORReader(form)
        return try Partition(from: &reader)
    }

    public func partitionRef(_ partition: Partition) throws -> Int64? {
        let statement = try RawStatement(db, "SELECT ref FROM partition WHERE form = ?")
        statement.bind(1, partition.explicitForm)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : nil
    }

    public func feeds() throws -> [FeedRow] {
        let statement = try RawStatement(db, "SELECT f.ref, f.node, f.epoch, p.form, p.ref FROM feed f JOIN partition p ON p.ref = f.partition ORDER BY f.ref")
        defer { statement.reset() }
        var out: [FeedRow] = []
        while try statement.step() {
            guard let node = statement.hash(1), let epoch = Epoch(bytes: statement.bytes(2)) else {
                throw StoreError(.inconsistent, "feed \(statement.integer(0))")
            }
            let feed = Feed(node: NodeID(node), epoch: epoch, partition: try StoreReader.partition(statement.bytes(3)))
            out.append(FeedRow(ref: statement.integer(0), feed: feed, partitionRef: statement.integer(4)))
        }
        return out
    }

    public func feedRef(_ feed: Feed) throws -> Int64? {
        let statement = try RawStatement(db, "SELECT ref FROM feed WHERE id = ?")
        statement.bind(1, feed.id.hash)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : nil
    }

    // MARK: Records

    /// The first four bytes of an identity: a small index, whose few collisions the whole identity tells apart.
    static func prefix(_ hash: Hash32) -> Int64 { Int64(Int32(bitPattern: UInt32(hash.word0 >> 32))) }

    public func recordRef(_ id: RecordID) throws -> RecordRef? {
        let statement = try RawStatement(db, "SELECT ref, id FROM record WHERE prefix = ?")
        statement.bind(1, StoreReader.prefix(id.hash))
        defer { statement.reset() }
        while try statement.step() {
            guard statement.hash(1) == id.hash else { continue }
            let ref = RecordRef(statement.integer(0))
            statement.reset()
            return try bring(ref) ? ref : nil
        }
        return nil
    }

    /// Records whose identity begins with these hexadecimal digits (at least 8 of them).
    public func records(idPrefix: String, limit: Int) throws -> [RecordRef] {
        guard let wanted = UInt32(idPrefix.prefix(8), radix: 16), idPrefix.count >= 8 else { return [] }
        let statement = try RawStatement(db, "SELECT ref, id FROM record WHERE prefix = ? LIMIT ?")
        statement.bind(1, Int64(Int32(bitPattern: wanted)))
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [RecordRef] = []
        while try statement.step() {
            if statement.bytes(1).hex.hasPrefix(idPrefix.lowercased()) { out.append(RecordRef(statement.integer(0))) }
        }
        return try out.filter(bring)
    }

    public func record(_ ref: RecordRef) throws -> RecordRow {
        let statement = try RawStatement(
            db, "SELECT r.id, n.text, p.form, r.key FROM record r JOIN name n ON n.ref = r.kind JOIN partition p ON p.ref = r.partition WHERE r.ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step(), let id = statement.hash(0) else { throw StoreError(.inconsistent, "record \(ref.number)") }
        let key = RecordKey(try StoreReader.partition(statement.bytes(2)), KindName(unchecked: statement.text(1)), try StoreReader.values(statement.bytes(3)))
        return RecordRow(ref: ref, id: RecordID(id), key: key)
    }

    public func recordState(_ ref: RecordRef) throws -> RecordState {
        _ = try bring(ref)
        let statement = try RawStatement(
            db,
            """
            SELECT r.id, r.kind, s.unit, s.changeset, s.position, s.head, s.fields, EXISTS (SELECT 1 FROM outcome o WHERE o.record = r.ref)
            FROM record r LEFT JOIN standing s ON s.record = r.ref WHERE r.ref = ? ORDER BY s.unit
            """)
        statement.bind(1, ref.number)
        defer { statement.reset() }
        var found: (id: RecordID, kind: Int64, hasOutcome: Bool)?
        var standing: [StandingRow] = []
        while try statement.step() {
            guard let id = statement.hash(0) else { throw StoreError(.inconsistent, "record \(ref.number)") }
            found = (RecordID(id), statement.integer(1), statement.integer(7) != 0)
            guard let head = statement.hash(5) else { continue }
            standing.append(
                StandingRow(
                    record: ref, unit: statement.integer(2), place: Place(ChangesetRef(statement.integer(3)), statement.integer(4)), head: OperationID(head),
                    fields: statement.bytes(6)))
        }
        guard let found else { throw StoreError(.inconsistent, "record \(ref.number)") }
        return RecordState(ref: ref, id: found.id, kind: found.kind, standing: standing, hasOutcome: found.hasOutcome)
    }

    /// The kinds of the records held that the engine settles, ascending by name.
    public func kindsOfRecords() throws -> [KindName] {
        let statement = try RawStatement(db, "SELECT DISTINCT kind FROM record WHERE NOT is_plain")
        defer { statement.reset() }
        var refs: [Int64] = []
        while try statement.step() { refs.append(statement.integer(0)) }
        return try refs.map { KindName(unchecked: try name($0)) }.sorted()
    }

    /// All records of a kind that the engine settles, in order of arrival; `partition` nil means every partition.
    public func records(kind: KindName, partition: Partition? = nil) throws -> [RecordRef] {
        guard let kindRef = try nameRef(kind.text) else { return [] }
        var partitionNumber: Int64?
        if let partition {
            guard let found = try partitionRef(partition) else { return [] }
            partitionNumber = found
        }
        let statement = try RawStatement(db, "SELECT ref FROM record WHERE kind = ?1 AND NOT is_plain AND (?2 IS NULL OR partition = ?2) ORDER BY ref")
        statement.bind(1, kindRef)
        if let partitionNumber { statement.bind(2, partitionNumber) } else { statement.bindNull(2) }
        defer { statement.reset() }
        var out: [RecordRef] = []
        while try statement.step() { out.append(RecordRef(statement.integer(0))) }
        return try out.filter(bring)
    }

    public func recordCount() throws -> Int {
        guard supply == nil else { return try Int64.fetchAll(db, sql: "SELECT ref FROM record").count { try bring(RecordRef($0)) } }
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM record") ?? 0
    }

    /// Records that the engine has settled, with the number of their partition, in order of arrival.
    public func settledRecords(after: RecordRef, limit: Int) throws -> [(ref: RecordRef, partition: Int64)] {
        let statement = try RawStatement(
            db, "SELECT o.record, r.partition FROM outcome o CROSS JOIN record r ON r.ref = o.record WHERE o.record > ? ORDER BY o.record LIMIT ?")
        statement.bind(1, after.number)
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [(ref: RecordRef, partition: Int64)] = []
        while try statement.step() { out.append((RecordRef(statement.integer(0)), statement.integer(1))) }
        return out
    }

    /// The number of a record's partition.
    public func partition(of ref: RecordRef) throws -> Int64 {
        let statement = try RawStatement(db, "SELECT partition FROM record WHERE ref = ?")
        statement.bind(1, ref.number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.inconsistent, "record \(ref.number)") }
        return statement.integer(0)
    }

    /// Every record of the partitions, in order of arrival, a bounded page at a time.
    /// `onlySettled`: those that the engine has settled.
    public func records(inPartition ref: Int64, after: RecordRef, limit: Int, onlySettled: Bool = false) throws -> [RecordRef] {
        let statement = try RawStatement(
            db,
            onlySettled
                ? "SELECT r.ref FROM outcome o CROSS JOIN record r ON r.ref = o.record WHERE o.record > ? AND r.partition = ? ORDER BY o.record LIMIT ?"
                : "SELECT ref FROM record WHERE ref > ? AND partition = ? ORDER BY ref LIMIT ?")
        statement.bind(1, after.number)
        statement.bind(2, ref)
        statement.bind(3, limit)
        defer { statement.reset() }
        var out: [RecordRef] = []
        while try statement.step() { out.append(RecordRef(statement.integer(0))) }
        return out
    }

    static func values(_ form: [UInt8]) throws(FormatError) -> [Value] {
        var reader = CBORReader(form)
        let count = try reader.arrayHeader()
        var out: [Value] = []
        for _ in 0..<count { out.append(try Value(from: &reader)) }
        return out
    }

    // MARK: Standing claims and outcomes

    public func standing(_ record: RecordRef) throws -> [StandingRow] {
        _ = try bring(record)
        let statement = try RawStatement(db, "SELECT unit, changeset, position, head, fields FROM standing WHERE record = ? ORDER BY unit")
        statement.bind(1, record.number)
        defer { statement.reset() }
        var out: [StandingRow] = []
        while try statement.step() {
            guard let head = statement.hash(3) else { throw StoreError(.inconsistent, "standing of record \(record.number)") }
            out.append(
                StandingRow(
                    record: record, unit: statement.integer(0), place: Place(ChangesetRef(statement.integer(1)), statement.integer(2)),
                    head: OperationID(head), fields: statement.bytes(4)))
        }
        return out
    }

    public func outcome(_ record: RecordRef) throws -> OutcomeRow? {
        _ = try bring(record)
        let statement = try RawStatement(db, "SELECT places, form, is_disputed FROM outcome WHERE record = ?")
        statement.bind(1, record.number)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return OutcomeRow(record: record, places: statement.bytes(0), form: statement.bytes(1), isDisputed: statement.integer(2) != 0)
    }

    public func disputedRecords() throws -> [RecordRef] {
        if supply != nil { for ref in try Int64.fetchAll(db, sql: "SELECT record FROM main.outcome ORDER BY record") { _ = try bring(RecordRef(ref)) } }
        return try Int64.fetchAll(db, sql: "SELECT record FROM outcome WHERE is_disputed ORDER BY record").map(RecordRef.init)
    }

    public func verdicts(_ record: RecordRef) throws -> [VerdictRow] {
        _ = try bring(record)
        let statement = try RawStatement(db, "SELECT operation, field, form FROM verdict WHERE record = ? ORDER BY operation, field")
        statement.bind(1, record.number)
        defer { statement.reset() }
        var out: [VerdictRow] = []
        while try statement.step() {
            guard let operation = statement.hash(0), let wire = UInt32(exactly: statement.integer(1)) else {
                throw StoreError(.inconsistent, "verdict of record \(record.number)")
            }
            out.append(VerdictRow(record: record, operation: OperationID(operation), field: FieldNumber(wire: wire), form: statement.bytes(2)))
        }
        return out
    }
}
