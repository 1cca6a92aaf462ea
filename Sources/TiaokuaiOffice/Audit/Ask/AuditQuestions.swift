import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// The questions that an auditor asks one at a time; the report gathers the same answers.
extension Office {
    /// When each ledger item was opened, resolved, closed and reopened, by whom and on what evidence.
    public func auditLedger(place: RegionID? = nil, asOf day: Day) throws -> [AuditLedgerItem] { try audit(place, day) { try $0.ledger() } }

    /// Gaps, forks, retired keys, quarantines, and what was done about them; of the whole node.
    public func auditFeeds(asOf day: Day) throws -> AuditCarriage { try audit(nil, day) { try $0.carriage() } }

    /// Whether personal data left the place that it is of. Looks at every field of every body.
    public func auditPrivacy(asOf day: Day) throws -> AuditPrivacy { try audit(nil, day) { try $0.privacy(try $0.search()) } }

    /// Measures of which no figure is held, and first figures that were made or came after the deadline, each with what is proven.
    public func auditUnreported(place: RegionID? = nil, asOf day: Day) throws -> AuditUnreported {
        try audit(place, day) { maker in
            let late = try maker.late(try maker.assessments())
            return AuditUnreported(asOf: day.description, unreported: try maker.unreported(), late: try late.map { try maker.proven($0) })
        }
    }

    private func audit<Answer>(_ place: RegionID?, _ day: Day, _ question: (AuditMaker) throws -> Answer) throws -> Answer {
        try node.ask { view in try question(AuditMaker(view, place ?? view.settings.region, day)) }
    }
}

/// Why there is no figure, or why it is late.
public struct AuditUnreported: Codable, Hashable, Sendable {
    public let asOf: String
    public let unreported: [UnreportedMeasure]
    public let late: [ProvenLateness]
}

/// A late first figure, between the instants within which it is proven to have been handed over.
public struct ProvenLateness: Codable, Hashable, Sendable {
    public let figure: LateFigure
    /// Written in the newest checkpoint of a superior that its changeset names: it was sealed after that. Left out where its author
    /// held none, or it never came here.
    public let sealedAfter: String?
    public let checkpointOf: String?
    /// When it entered this node's log; left out for work that is not sealed yet.
    public let entered: EntryFact?
    /// `madeLate` (sealed after the deadline, proven), `inTime` (entered by the deadline, proven), `statedLate` and
    /// `statedInTime` (only its author's clock says so).
    public let finding: String
}

extension AuditMaker {
    func carriage() throws -> AuditCarriage {
        AuditCarriage(
            forks: try forks(), gaps: try gaps(), retired: try retiredKeys(), logs: try logs(), quarantined: try quarantined(), cuts: try cuts(),
            trust: try trustConcerns(on: day))
    }

    func proven(_ late: LateFigure) throws -> ProvenLateness {
        let deadline = try Day(parsing: late.deadline)
        let held = try view.reader.records(idPrefix: late.record.id, limit: 1).first.flatMap { try firstReport($0) }
        let before = try held.flatMap { $0.changeset == nil ? nil : try view.checkpointBefore($0.place.changeset) }
        let entered = try held?.leaf.flatMap { try view.logEntry($0) }
        let finding: String =
            if let before, before.written.day > deadline {
                "madeLate"
            } else if let entered, entered.isSealed, entered.known.day <= deadline {
                "inTime"
            } else {
                late.daysMadeLate == nil ? "statedInTime" : "statedLate"
            }
        return ProvenLateness(
            figure: late, sealedAfter: before.map { $0.written.timestamp }, checkpointOf: before.map { view.name(ofNode: $0.node) },
            entered: try entered.map(view.fact), finding: finding)
    }
}

// MARK: Circulars

/// The figures that a circular 通报 used, frozen, and what has become of them.
public struct CircularFact: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let unit: UnitFact
    public let title: String?
    public let period: String
    public let frozenOn: String?
    /// Nil while it is not sealed.
    public let entered: EntryFact?
    public let figures: [CircularFigure]
}

public struct CircularFigure: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let indicatorTitle: String
    public let measure: String?
    public let used: String
    /// In use now.
    public let now: String?
    public let blank: BlankFact?
    /// The word that was used is held here.
    public let isHeld: Bool
    /// `same`, `changed`, `blank` (no value is in use any more) or `notHeld`.
    public let state: String
    /// Words that the circular's maker could not have had, with who said what and when.
    public let later: [AuditedWord]
}

extension Office {
    /// Circulars of a place and those below, or those of one reference, title or scope: which figures each used, and what changed later. Throws `unknownRecord` for a
    /// reference to anything else.
    public func auditCirculars(place: RegionID? = nil, reference: String? = nil) throws -> [CircularFact] {
        let rows = try node.ask { view in
            try reference.map { reference in
                let named = try view.reader.records(kind: CircularKind.table.name).map { try view.reader.record($0) }.filter { row in
                    try row.key.text("scope", in: CircularKind.table) == reference || view.effective(row.ref)[CircularKind.title]?.text == reference
                }
                if !named.isEmpty { return named }
                let row = try view.theRecord(reference)
                guard row.key.kind == CircularKind.table.name else { throw NodeError(.unknownRecord, ["reference": reference]) }
                return [row]
            }
                ?? view.reader.records(kind: CircularKind.table.name).map { try view.reader.record($0) }.filter { row in
                    place.map { place in row.key.partition.place.map { view.isWithin($0, place) } ?? false } ?? true
                }
        }
        return try rows.map { try circular($0) }.sorted { $0.record.reference < $1.record.reference }
    }

    private func circular(_ row: RecordRow) throws -> CircularFact {
        let (used, made) = try node.ask { view in
            (try view.effective(row.ref)[CircularKind.figures]?.list ?? [], try view.operations(of: row.ref).last { $0.operation.value(of: CircularKind.figures) != nil })
        }
        let isOwn = try made?.node == node.settings().node
        let figures = try used.compactMap { try figure($0, of: made, isOwn: isOwn) }
        return try node.ask { view in
            let (facts, values) = (FactMaker(view), try view.effective(row.ref).values)
            let entered = try made?.leaf.flatMap { try view.logEntry($0) }.map(view.fact)
            return CircularFact(
                record: try facts.record(row), unit: facts.unit(UnitID(unchecked: row.key.values.first?.text ?? "")), title: values[CircularKind.title]?.text,
                period: row.key.text("period", in: CircularKind.table) ?? "", frozenOn: values[CircularKind.frozenOn]?.day?.description, entered: entered,
                figures: figures)
        }
    }

    private func figure(_ listed: Value, of circular: HeldOperation?, isOwn: Bool) throws -> CircularFigure? {
        guard let parts = listed.list, parts.count == 5, let place = parts[0].text.flatMap({ try? RegionID(checking: $0) }), let indicator = parts[1].text,
            let period = parts[2].text
        else { return nil }
        let operation = parts[4].bytes?.hex ?? ""
        let reference = try node.ask { view in
            let key = RecordKey(.work(place, view.indicator(indicator, at: place)?.confidentialTo), CellKind.table.name, [.text(indicator), .text(period)])
            return (key: key, record: try FactMaker(view).record(key), isHeld: try view.recordRef(key) != nil)
        }
        let words = reference.isHeld ? try auditHistory(reference.record.id, field: "value") : nil
        let now = words?.fields.first
        // What its maker could not have had: of this node's own circular, what came here after it was made; of another's, what came after
        // it or was written after it. At one instant, what had seen the word that was frozen.
        let (made, leaf) = (circular?.operation.written.timestamp ?? "", circular?.leaf)
        let later = (words?.words ?? []).filter { word in
            guard word.operation != operation else { return false }
            guard let entry = word.entered else { return true }
            let hasSeen = word.hadSeen.contains { $0.operation == operation }
            if isOwn { return entry.received > made || entry.received == made && hasSeen }
            return leaf.map { entry.position > $0 } ?? true || word.written > made || word.written == made && hasSeen
        }
        let used = parts[3].description
        return try node.ask { view in
            CircularFigure(
                record: reference.record, place: FactMaker(view).place(place), indicatorTitle: view.indicator(indicator, at: place)?.title ?? indicator,
                measure: now?.measure ?? view.indicator(indicator, at: place)?.measure, used: used, now: now?.value, blank: now?.blank,
                isHeld: words?.words.contains { $0.operation == operation } ?? false,
                state: words == nil ? "notHeld" : now?.value == nil ? "blank" : now?.value == used ? "same" : "changed", later: later)
        }
    }
}
