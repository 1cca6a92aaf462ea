import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore

/// Two digests over what two nodes share: `input` over the heads of the partitions' feeds, `derived` over standing claims,
/// effective values, verdicts and disputes as stored. Neither covers log positions, receipts, journals or today.
public struct StateDigest: Hashable, Sendable {
    public let input: Hash32
    public let derived: Hash32
    public let partitions: [Partition]
    public let records: Int
}

extension NodeView {
    /// Partitions with records or feeds here that a node could see whose credential covers the region (and the lines).
    public func sharedPartitions(with region: RegionID, lines: [LineID]? = nil) throws -> [Partition] {
        try reader.partitions().map(\.partition).filter { partition in
            guard reaches(region, partition) else { return false }
            guard case .work(_, let line?) = partition else { return true }
            return lines?.contains(line) ?? true
        }.sorted()
    }

    public func digest(of partitions: [Partition]) throws -> StateDigest {
        var digester = StateDigester()
        var records = try recordsByIdentity(of: partitions)
        while let (partition, record, id) = try records.next() { digester.add(id, try recordForm(record), of: partition) }
        return try digester.finish(self, partitions)
    }

    /// Records by partition, then by identity: the order of digests.
    func recordsByIdentity(of partitions: [Partition]) throws -> OrderedRecords {
        let refs = try partitions.sorted().compactMap { partition in try reader.partitionRef(partition).map { (ref: $0, partition: partition) } }
        return OrderedRecords(
            entries: try reader.recordsInOrderOfIdentity(partitions: refs.map(\.ref)),
            partitions: Dictionary(refs.map { ($0.ref, $0.partition) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What one record comes to here, node-independent: the unit of comparison for digests and the doctor.
    func recordForm(_ record: RecordRef) throws -> [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        let rows = try reader.standing(record).map { (unit: try reader.name($0.unit), row: $0) }.sorted { $0.unit < $1.unit }
        encoder.arrayHeader(rows.count)
        for (unit, row) in rows {
            encoder.text(unit)
            encoder.byteString(row.head.hash)
            encoder.byteString(row.fields)
        }
        if let outcome = try reader.outcome(record) {
            encoder.byteString(outcome.form)
            let verdicts = try reader.verdicts(record)
            encoder.arrayHeader(verdicts.count)
            for verdict in verdicts {
                encoder.byteString(verdict.operation.hash)
                encoder.unsigned(UInt64(verdict.field.wire))
                encoder.byteString(verdict.form)
            }
        }
        return encoder.bytes
    }
}

/// Records in an order that is the same at every node.
struct OrderedRecords {
    fileprivate(set) var entries: RecordsByIdentity
    fileprivate let partitions: [Int64: Partition]

    mutating func next() throws -> (partition: Partition, record: RecordRef, id: RecordID)? {
        guard let entry = try entries.next() else { return nil }
        guard let partition = partitions[entry.partition] else { throw StoreError(.inconsistent, "partition \(entry.partition)") }
        return (partition, entry.record, entry.id)
    }
}

/// Makes the digest of a state, record by record: by partition, then by identity.
struct StateDigester {
    private let hasher = Hasher256()
    private var records = 0
    private var partition: Partition?

    /// - Parameter form: `NodeView.recordForm`.
    mutating func add(_ id: RecordID, _ form: [UInt8], of partition: Partition) {
        // A partition that is known by name only says nothing.
        if partition != self.partition { hasher.update(partition.explicitForm) }
        self.partition = partition
        records += 1
        hasher.update(id.hash)
        hasher.update(form)
    }

    /// Together with the heads that the node holds of these partitions.
    consuming func finish(_ view: NodeView, _ partitions: [Partition]) throws -> StateDigest {
        var heads: [Heads.Head] = []
        for row in try view.reader.feeds() where partitions.contains(row.feed.partition) {
            heads += try view.reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) }
        }
        return StateDigest(input: sha256(Heads(heads).explicitForm), derived: hasher.finish(), partitions: partitions, records: records)
    }
}
