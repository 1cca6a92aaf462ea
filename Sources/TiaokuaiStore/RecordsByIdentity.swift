import GRDB
import TiaokuaiModel

/// Records of several partitions, one at a time: partition after partition as they were asked for, ascending by identity within each.
/// To be used within the view of the reader that gave it.
///
/// No index has this order. Partitions are read several at once, so that many small ones don't cost a look at every record each; memory
/// is that of so many records, or of the largest partition.
public struct RecordsByIdentity {
    public struct Entry: Hashable, Sendable {
        public let partition: Int64
        public let record: RecordRef
        public let id: RecordID
    }

    /// Records that are read at once, 48 bytes each.
    private static let groupRecords = 262_144

    private let reader: StoreReader
    private let ranks: [Int64: Int]
    private var groups: ArraySlice<[Int64]>
    private var entries: [Entry] = []
    private var position = 0

    init(_ reader: StoreReader, partitions: [Int64]) throws {
        self.reader = reader
        ranks = Dictionary(partitions.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let counts = try reader.recordCounts()
        var groups: [[Int64]] = []
        var room = 0
        for partition in partitions {
            let count = counts[partition] ?? 0
            if groups.isEmpty || count > room {
                groups.append([])
                room = RecordsByIdentity.groupRecords
            }
            groups[groups.count - 1].append(partition)
            room -= count
        }
        self.groups = groups[...]
    }

    /// The next one; nil after the last. Throws `inconsistent` for a row that can't be read.
    public mutating func next() throws -> Entry? {
        while true {
            while position < entries.count {
                let entry = entries[position]
                position += 1
                if try reader.bring(entry.record) { return entry }
            }
            guard let group = groups.popFirst() else { return nil }
            let ranks = ranks
            entries = try reader.records(ofPartitions: Set(group))
            entries.sort { ($0.partition == $1.partition) ? $0.id < $1.id : ranks[$0.partition] ?? 0 < ranks[$1.partition] ?? 0 }
            position = 0
        }
    }
}

extension StoreReader {
    /// Every record of the partitions by its identity, whatever the order of arrival was.
    public func recordsInOrderOfIdentity(partitions: [Int64]) throws -> RecordsByIdentity { try RecordsByIdentity(self, partitions: partitions) }

    fileprivate func recordCounts() throws -> [Int64: Int] {
        let statement = try RawStatement(db, "SELECT partition, count(*) FROM record GROUP BY partition")
        defer { statement.reset() }
        var out: [Int64: Int] = [:]
        while try statement.step() { out[statement.integer(0)] = Int(statement.integer(1)) }
        return out
    }

    fileprivate func records(ofPartitions wanted: Set<Int64>) throws -> [RecordsByIdentity.Entry] {
        let statement = try RawStatement(db, "SELECT partition, ref, id FROM record")
        defer { statement.reset() }
        var out: [RecordsByIdentity.Entry] = []
        while try statement.step() {
            guard wanted.contains(statement.integer(0)) else { continue }
            guard let id = statement.hash(2) else { throw StoreError(.inconsistent, "record \(statement.integer(1))") }
            out.append(.init(partition: statement.integer(0), record: RecordRef(statement.integer(1)), id: RecordID(id)))
        }
        return out
    }
}
