import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// Every record of a kind that the fast path keeps, with its last operation; in the order in which those were sealed,
    /// so that each body is unpacked once.
    public func forEachPlainRecord(of kind: KindName, _ body: (EffectiveRecord, RawOperation) throws -> Void) throws {
        let resolver = NextResolver(reader: reader)
        for changeset in try reader.changesets() {
            let link = try resolver.link(changeset)
            guard try !resolver.feed(link.feed).partition.isPolicy else { continue }
            let refs = try reader.recordRefs(changeset)
            var operations: [RawOperation]?
            for (position, ref) in refs.enumerated() {
                guard let row = try reader.standing(ref).first(where: { $0.place == Place(changeset, Int64(position)) }) else { continue }
                let record = try reader.record(ref)
                guard record.key.kind == kind else { continue }
                let all = try operations ?? resolver.rawOperations(in: changeset)
                operations = all
                try body(EffectiveRecord(record.key, try PackedFields.values(row.fields)), all[position])
            }
        }
    }
}

extension PackedFields {
    static func values(_ packed: [UInt8]) throws -> [FieldNumber: Value] {
        Dictionary(try decode(packed).compactMap { field in field.value.map { (field.number, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}
