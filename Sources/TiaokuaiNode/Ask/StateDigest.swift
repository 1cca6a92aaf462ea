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
        var heads: [Heads.Head] = []
        for row in try reader.feeds() where partitions.contains(row.feed.partition) {
            heads += try reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) }
        }
        let hasher = Hasher256()
        var records = 0
        for partition in partitions.sorted() {
            guard let ref = try reader.partitionRef(partition) else { continue }
            var isEmpty = true
            try reader.recordsInOrderOfIdentity(partition: ref) { record, id in
                // A partition that is known by name only says nothing.
                if isEmpty { hasher.update(partition.explicitForm) }
                isEmpty = false
                records += 1
                hasher.update(id.hash)
                hasher.update(try recordForm(record))
            }
        }
        return StateDigest(input: sha256(Heads(heads).explicitForm), derived: hasher.finish(), partitions: partitions, records: records)
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
