import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// What is looked for in the order of entry; everything is nil or empty for all.
public struct TimelineFilter: Sendable {
    /// At the place and below it.
    public var place: RegionID?
    /// Units of the line, and work partitions confidential to it.
    public var line: LineID?
    public var unit: UnitID?
    public var person: PersonID?
    public var kind: KindName?
    /// The node whose feed carried it.
    public var node: NodeID?
    /// Days on which entries came, both included.
    public var from: Day?
    public var to: Day?
    /// Codes of verdicts, one of which some word has now.
    public var verdicts: Set<String>?

    public init() {}
}

/// One operation in order of entry, or a changeset that has no effect.
public struct TimelineRow: Codable, Hashable, Sendable {
    public let entry: EntryFact
    public let node: String
    public let nodeName: String
    public let partition: String
    /// `applied`, `waiting` or `void`; then nothing more is said.
    public let state: String
    /// Why a changeset is void.
    public let reason: String?
    /// Within the changeset, from 0.
    public let index: Int?
    public let operation: String?
    public let record: RecordFact?
    public let unit: UnitFact?
    public let person: String?
    public let written: String?
    public let fields: [HistoryField]
    public let isSample: Bool
}

extension Office {
    /// What this node's log brought, in order of entry, handed out one by one until the body says no more: nothing is kept of what
    /// was handed out, however long the log is. Throws what the body throws.
    ///
    /// - Parameter position: the entry to begin with.
    public func timeline(_ filter: TimelineFilter = TimelineFilter(), from position: UInt64 = 0, _ body: (TimelineRow) throws -> Bool) throws {
        try node.ask { view in
            let maker = TimelineMaker(view, filter)
            var start = position
            if let from = filter.from { start = max(start, try view.horizon(day: from.adding(-1)).position) }
            try view.forEachEntered(from: start, where: maker.isMeant) { entry, feed in
                guard maker.isInTime(entry) else { return false }
                guard maker.looksForEntries else { return true }
                return try body(maker.ineffective(entry, feed))
            } _: { one in
                guard maker.isInTime(one.entry) else { return false }
                return try maker.row(one).map(body) ?? true
            }
        }
    }

    /// The unit that a filter names; throws `unknownUnit`, `ambiguousUnit`.
    public func unit(_ text: String) throws -> UnitID { try node.ask { try $0.officeUnit(text) } }
}

private struct TimelineMaker {
    let view: NodeView
    let facts: FactMaker
    let filter: TimelineFilter
    private let end: Day
    private let paths: PathVerdicts

    init(_ view: NodeView, _ filter: TimelineFilter) {
        self.view = view
        self.filter = filter
        facts = FactMaker(view)
        paths = PathVerdicts(view)
        end = filter.to ?? Day(number: .max)
    }

    func isInTime(_ entry: LogEntry) -> Bool { entry.known.day <= end }

    /// What says nothing of units and kinds is shown where none is asked for.
    var looksForEntries: Bool {
        filter.line == nil && filter.unit == nil && filter.person == nil && filter.kind == nil && filter.verdicts?.contains("void") ?? true
    }

    func isMeant(_ feed: Feed) -> Bool {
        if let node = filter.node, feed.node != node { return false }
        guard let place = filter.place else { return true }
        return feed.partition.place.map { view.isWithin($0, place) } ?? false
    }

    private func isMeant(_ one: EnteredOperation) -> Bool {
        if let unit = filter.unit, one.raw.unit != unit { return false }
        if let person = filter.person, one.raw.person != person { return false }
        if let kind = filter.kind, one.record.key.kind != kind { return false }
        guard let line = filter.line else { return true }
        if case .work(_, line) = one.record.key.partition { return true }
        return view.unit(one.raw.unit)?.line == line
    }

    func row(_ one: EnteredOperation) throws -> TimelineRow? {
        guard isMeant(one) else { return nil }
        let numbers = one.raw.fields.map(\.number)
        let word = try view.word(at: one.place, of: one.record, fields: numbers)
        let fields = try one.raw.fields.filter { !$0.number.isAccompanying }.map { field in
            let spec = facts.table(one.record.key)?.field(field.number)
            return HistoryField(
                field: spec?.name ?? "\(field.number.index)", title: spec?.title ?? "", value: field.value.map(facts.text),
                measure: spec.flatMap { facts.measure(of: $0, one.record.key) }, verdict: try paths.fact(word?.verdicts[field.number] ?? .stands, of: word?.id, in: one.record, field.number))
        }
        if let verdicts = filter.verdicts, !fields.contains(where: { verdicts.contains($0.verdict.code) }) { return nil }
        return TimelineRow(
            entry: try view.fact(of: one.entry), node: one.feed.node.hash.hex, nodeName: view.name(ofNode: one.feed.node), partition: one.feed.partition.description,
            state: "applied", reason: nil, index: Int(one.place.position), operation: word?.id.hash.hex, record: try facts.record(one.record),
            unit: facts.unit(one.raw.unit), person: one.raw.person.text, written: one.raw.written.timestamp, fields: fields,
            isSample: one.raw.fields.contains { $0.number == .sample && $0.value == .boolean(true) })
    }

    func ineffective(_ entry: LogEntry, _ feed: Feed) throws -> TimelineRow {
        let row = try view.reader.changeset(entry.entry.ref)
        return TimelineRow(
            entry: try view.fact(of: entry), node: feed.node.hash.hex, nodeName: view.name(ofNode: feed.node), partition: feed.partition.description,
            state: row.state == .waiting ? "waiting" : "void", reason: row.reason, index: nil, operation: nil, record: nil, unit: nil, person: nil, written: nil,
            fields: [], isSample: false)
    }
}
