import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// A record that says under which version of a standard it was made, and what became of that version's term (R13).
///
/// An extension reaches back: what was judged under the shorter term is looked at again. A shortening works forward only: what was
/// made under the longer term stands. Whoever did not cite a version did not know it; no date decides.
public struct MadeUnder: Codable, Hashable, Sendable {
    public let record: RecordFact
    /// The standard of which a version is cited.
    public let instrument: RecordFact
    /// The operation that is cited.
    public let version: String
    /// The last day by that version, and by the one in use; left out: open.
    public let termThen: String?
    public let termNow: String?
    /// `recheck` (the term was extended since) or `stands`. What cites a version that is not held yet is not listed until it comes.
    public let standing: String
}

extension Office {
    /// The name of a field, of any kind, that holds the operation of the version of a standard under which a record was made.
    public static let instrumentField = "instrument"

    /// What was made under versions of a standard, at a place (nil: the node's) and below, by record. Throws `unknownRecord`,
    /// `ambiguousRecord`; of another record there is nothing.
    public func madeUnder(_ standard: String, within place: RegionID? = nil) throws -> [MadeUnder] {
        try node.ask { view in try view.madeUnder(try view.theRecord(standard), within: place ?? view.settings.region) }
    }
}

extension NodeView {
    fileprivate func madeUnder(_ standard: RecordRow, within place: RegionID) throws -> [MadeUnder] {
        guard standard.key.kind == StandardKind.table.name else { return [] }
        let facts = FactMaker(self)
        let cited = try Instrument(standard, self)
        var rows: [MadeUnder] = []
        try settled(within: place) { row, settlement in
            guard let version = instrument(of: row, settlement), cited.operations.contains(where: { $0.id == version }) else { return }
            rows.append(try madeUnder(row, version, cited, facts))
        }
        return rows.sorted { ($0.record.reference, $0.record.id) < ($1.record.reference, $1.record.id) }
    }

    /// Under which version of which standard a record was made; nil where it cites none, or one that is not held.
    func madeUnder(_ row: RecordRow, _ facts: FactMaker) throws -> MadeUnder? {
        guard table(of: row.key)?.field(named: Office.instrumentField) != nil, let version = instrument(of: row, try facts.settlement(row)) else { return nil }
        for ref in try reader.records(kind: StandardKind.table.name) {
            let cited = try Instrument(try reader.record(ref), self)
            if cited.operations.contains(where: { $0.id == version }) { return try madeUnder(row, version, cited, facts) }
        }
        return nil
    }

    /// A standard with all that was said of it.
    private struct Instrument {
        let row: RecordRow
        let operations: [IdentifiedOperation]
        let termNow: Day?

        init(_ row: RecordRow, _ view: NodeView) throws {
            self.row = row
            operations = try view.settledOperations(of: row.ref)
            termNow = try view.effective(row.ref)[StandardKind.termTo]?.day
        }
    }

    private func instrument(of row: RecordRow, _ settlement: Settlement) -> OperationID? {
        guard let spec = table(of: row.key)?.field(named: Office.instrumentField), spec.type == .bytes else { return nil }
        return settlement.fields[spec.number]?.value?.bytes.flatMap { Hash32(bytes: $0) }.map { OperationID($0) }
    }

    private func madeUnder(_ row: RecordRow, _ version: OperationID, _ cited: Instrument, _ facts: FactMaker) throws -> MadeUnder {
        let then = term(of: version, among: cited.operations)
        return MadeUnder(
            record: try facts.record(row), instrument: try facts.record(cited.row), version: version.hash.hex, termThen: then?.description,
            termNow: cited.termNow?.description, standing: isLonger(cited.termNow, than: then) ? "recheck" : "stands")
    }

    /// An open end is later than any day.
    private func isLonger(_ one: Day?, than other: Day?) -> Bool {
        guard let other else { return false }
        return one.map { other < $0 } ?? true
    }

    /// What the version itself says, else what its author had said last before it.
    private func term(of version: OperationID, among operations: [IdentifiedOperation]) -> Day? {
        let past = CausalPast(operations.map { ($0.id, $0.operation.seen) })
        let known = operations.filter { $0.id == version || past.isSeen($0.id, by: version) }.filter { $0.operation.value(of: StandardKind.termTo) != nil }
        let last = known.first { one in !known.contains { past.isSeen(one.id, by: $0.id) } }
        return last?.operation.value(of: StandardKind.termTo)??.day
    }
}
