import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore

// Who governs a record and whose credential reaches it follow the region table. The store remembers under which one its state was
// derived: opened under another (a new release, a province's revision), everything held is judged again, once.

extension Node {
    private static let regionsKey = "regions"

    /// Blocks as long as judging everything takes where the table is another than last time; in a copied folder nothing is written.
    func followRegions() throws {
        let mark = regions.mark.bytes
        guard try store.read({ try $0.meta(Node.regionsKey) }) != mark, (try? checkMarker()) != nil else { return }
        try transaction { writer in
            guard try writer.reader.meta(Node.regionsKey) != mark else { return }
            let settings = try Node.settings(writer.reader)
            if settings.network != nil { try self.judgeAgain(writer, settings) }
            try writer.setMeta(Node.regionsKey, mark)
        }
    }

    private func judgeAgain(_ writer: StoreWriter, _ settings: NodeSettings) throws {
        let applier = try applier(writer, settings)
        for author in Set(try writer.reader.feeds().map(\.feed.node)).sorted() { try applier.rejudge(author) }
        // What is not sealed yet lies in no feed; where one unit wrote alone, no table changes what that comes to.
        for row in try writer.reader.pending() where try writer.reader.outcome(row.record) != nil {
            var form = CBORReader(row.operation)
            let operation = try Operation(from: &form)
            let kind = try writer.reader.record(row.record).key.kind
            try applier.apply(row.id, operation, to: row.record, kind: kind, place: Place(.unsealed, Int64(row.number)), node: settings.node, changeset: nil)
        }
        try applier.finish()
    }
}

extension RegionTable {
    /// What tells two tables apart: which edition it is, and every change that was applied to it.
    var mark: Hash32 {
        var encoder = CBOREncoder(reserving: 64 + changes.count * 64)
        encoder.arrayHeader(4 + changes.count)
        encoder.text("tk-regions")
        encoder.text(name)
        encoder.integer(Int64(edition.number))
        encoder.unsigned(UInt64(count))
        for change in changes {
            let places = (change.from.map { [$0] } ?? []) + change.to
            encoder.arrayHeader(3 + places.count)
            encoder.text(change.kind.rawValue)
            encoder.integer(Int64(change.day.number))
            encoder.integer(Int64(change.year))
            for place in places { encoder.text("\(place.id) \(place.code) \(region(place.id)?.period(on: change.day)?.parent?.text ?? "") \(place.name)") }
        }
        return sha256(encoder.bytes)
    }
}
