import TiaokuaiModel
import TiaokuaiStore

/// Records of one kind at one place whose form has not come yet: kept, passed on, and without effect until it does (R14).
public struct RecordsWithoutForm: Hashable, Sendable {
    public let kind: KindName
    /// Nil for records of this store alone.
    public let place: RegionID?
    public let count: Int
}

extension NodeView {
    /// Ascending by kind and place.
    public func recordsWithoutForm() throws -> [RecordsWithoutForm] {
        try reader.kindsOfRecords().filter { kinds.declared[$0] == nil }.flatMap { kind in
            let held = try reader.records(kind: kind).map { try reader.record($0).key }.filter { table(of: $0) == nil }
            let byPlace = Dictionary(grouping: held) { $0.partition.place?.text ?? "" }
            return byPlace.sorted { $0.key < $1.key }.map { RecordsWithoutForm(kind: kind, place: $0.value[0].partition.place, count: $0.value.count) }
        }
    }
}
