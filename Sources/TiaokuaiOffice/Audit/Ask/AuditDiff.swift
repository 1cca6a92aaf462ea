import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// What changed in what a node knew between two positions of its log.
public struct AuditDiff: Codable, Hashable, Sendable {
    /// Entries before this one are on the older side.
    public let from: UInt64
    public let to: UInt64
    /// The later point was given first, and they were put in order.
    public let isSwapped: Bool
    /// Policy came between them: records may come to something else without a word on them.
    public let hasPolicy: Bool
    public let changes: [DiffRow]
}

/// A field that comes to something else, or a word on it that has become something else.
public struct DiffRow: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let field: String
    public let title: String
    public let measure: String?
    public let before: DiffSide?
    public let after: DiffSide?
    /// Words whose verdict changed, or that are new.
    public let words: [ChangedWord]
    /// Entries between the two that speak of the field, or where none does of the record; none where policy alone changed it.
    public let broughtBy: [EntryFact]
}

public struct DiffSide: Codable, Hashable, Sendable {
    public let value: String?
    public let blank: BlankFact?
    /// A raw value of `DecidingRule`.
    public let rule: String
    public let mode: String?
    public let isDisputed: Bool
}

public struct ChangedWord: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let value: String?
    /// Left out for a new word.
    public let before: VerdictFact?
    public let after: VerdictFact
}

extension Office {
    /// Field by field what changed between two horizons of this node, older first, and what brought it: entries that speak of the
    /// record, or policy alone. In order of the records' arrival.
    ///
    /// Costs what came between the two; where policy came, every record that the engine settles.
    public func auditDiff(_ older: Horizon, _ newer: Horizon, place: RegionID? = nil) throws -> AuditDiff {
        let (first, last) = older.position <= newer.position ? (older, newer) : (newer, older)
        let (before, after) = (try node.past(first), try node.past(last))
        // What had come and waited may have been released by what came since.
        let waited = try before.ask { try $0.reader.waiting().map(\.changeset) }
        let (candidates, entries, hasPolicy) = try node.ask { try $0.spokenOf(from: first.position, to: last.position, waited, place: place) }
        var rows: [DiffRow] = []
        for row in candidates {
            let was = try before.ask { try DiffState($0, row) }
            rows += try after.ask { view in try DiffState(view, row).rows(since: was, entries[row.ref] ?? [], FactMaker(view)) }
        }
        return AuditDiff(from: first.position, to: last.position, isSwapped: older.position > newer.position, hasPolicy: hasPolicy, changes: rows)
    }
}

extension NodeView {
    /// The records that may come to something else, in order of arrival, with the entries that speak of each.
    fileprivate func spokenOf(from: UInt64, to: UInt64, _ waited: [ChangesetRef], place: RegionID?) throws -> ([RecordRow], [RecordRef: [EntryFact]], hasPolicy: Bool) {
        var entries: [RecordRef: [EntryFact]] = [:]
        let policy = Set(try policyPositions().filter { (from..<max(from, to)).contains($0) })
        func note(_ entry: LogEntry) throws {
            for ref in Set(try reader.recordRefs(entry.entry.ref)) { entries[ref, default: []].append(try fact(of: entry)) }
        }
        for leaf in try waited.compactMap({ try reader.changesetEntry($0)?.leaf }).sorted() { try logEntry(leaf).map(note) }
        try forEachLogEntry(from: from) { entry in
            guard entry.position < to else { return false }
            try note(entry)
            return true
        }
        var refs = Set(entries.keys)
        if !policy.isEmpty {
            for partition in try reader.partitions() {
                var last = RecordRef(0)
                while case let page = try reader.records(inPartition: partition.ref, after: last, limit: 1_000, onlySettled: true), let end = page.last {
                    refs.formUnion(page)
                    last = end
                }
            }
        }
        let rows = try refs.sorted().map { try reader.record($0) }.filter { row in
            place.map { place in row.key.partition.place.map { isWithin($0, place) } ?? false } ?? true
        }
        return (rows, entries, !policy.isEmpty)
    }
}

/// What a record comes to at one side.
private struct DiffState {
    let row: RecordRow
    let settlement: Settlement
    let words: [OperationID: HeldOperation]
    private let asides: [FieldNumber: PathVerdicts.Aside]

    init(_ view: NodeView, _ row: RecordRow) throws {
        self.row = row
        let isThere = try view.reader.recordRef(row.id) != nil
        settlement = isThere ? try FactMaker(view).settlement(row) : Settlement()
        asides = isThere ? try PathVerdicts(view).asides(of: row) : [:]
        words = isThere ? Dictionary(try view.operations(of: row.ref).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }) : [:]
    }

    func rows(since before: DiffState, _ entries: [EntryFact], _ facts: FactMaker) throws -> [DiffRow] {
        guard settlement != before.settlement || asides != before.asides, let table = facts.table(row.key) else { return [] }
        return try table.fields.compactMap { spec in
            let (was, now) = (before.settlement.fields[spec.number], settlement.fields[spec.number])
            let changed = changedWords(since: before, spec, facts)
            let (one, other) = (DiffState.side(was, facts), DiffState.side(now, facts))
            guard spec.rule != .accompanying, one != other || !changed.isEmpty else { return nil }
            return DiffRow(
                record: try facts.record(row), field: spec.name, title: spec.title, measure: facts.measure(of: spec, row.key), before: one, after: other,
                words: changed, broughtBy: broughtBy(spec, entries))
        }
    }

    /// The entries that speak of the field; all that speak of the record where none does, such as a case that decides more than one field.
    private func broughtBy(_ spec: FieldSpec, _ entries: [EntryFact]) -> [EntryFact] {
        let speaking = Set(words.values.filter { $0.operation.value(of: spec.number) != nil }.compactMap { $0.changeset?.hash.hex })
        let own = entries.filter { speaking.contains($0.changeset) }
        return own.isEmpty ? entries : own
    }

    private func changedWords(since before: DiffState, _ spec: FieldSpec, _ facts: FactMaker) -> [ChangedWord] {
        let paths = PathVerdicts(facts.view)
        return settlement.verdicts.sorted { $0.key < $1.key }.compactMap { id, verdicts in
            guard let after = verdicts[spec.number], let operation = words[id]?.operation else { return nil }
            let was = before.settlement.verdicts[id]?[spec.number].map { paths.fact($0, of: id, beside: before.asides[spec.number]) }
            let now = paths.fact(after, of: id, beside: asides[spec.number])
            // Overruled still, though by another: nothing has changed for it.
            guard was?.code != now.code || was?.reason != now.reason else { return nil }
            return ChangedWord(
                operation: id.hash.hex, unit: facts.unit(operation.unit), value: (operation.value(of: spec.number) ?? nil).map(facts.text),
                before: was, after: now)
        }
    }

    private static func side(_ outcome: FieldOutcome?, _ facts: FactMaker) -> DiffSide? {
        outcome.map {
            DiffSide(
                value: $0.value.map(facts.text), blank: facts.blank($0.blank), rule: $0.rule.rawValue, mode: $0.mode?.rawValue,
                isDisputed: $0.dispute.map { $0.prevailing.isEmpty || $0.isReopened } ?? false)
        }
    }
}
