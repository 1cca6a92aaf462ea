import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// The audit's report over a place (nil: the node's own) and everything below it, from what this node holds alone.
    ///
    /// Looks through every body and every settled record: for a report, not for a page that opens often.
    ///
    /// - Parameters:
    ///   - first: the period's first day; nil: from the beginning. What it leaves out is what was said, made or due before it.
    ///   - day: its last day, and the day on which deadlines and terms are looked at. What was written after it doesn't count, however
    ///     soon it came; what had come by then is what `Node.past` knows.
    ///   - termDays: within how many days after its period's end a figure counts as reported in time, 0 to 366.
    public func auditReport(place: RegionID? = nil, from first: Day? = nil, asOf day: Day, termDays: Int = Office.reportTermDays) throws -> AuditReport {
        let findings = try node.logFindings().map(\.description)
        return try node.ask { view in
            let maker = AuditMaker(view, place ?? view.settings.region, day, from: first)
            return try maker.report(logFindings: findings, termDays: termDays)
        }
    }

    /// No policy states within which days a figure is reported.
    public static let reportTermDays = 15
}

/// Gathers one report. Lists are ordered by reference or by name, never by arrival, so that two nodes that hold the same
/// report the same.
struct AuditMaker {
    let view: NodeView
    let facts: FactMaker
    let place: RegionID
    let day: Day
    let from: Day?
    let arrival: ArrivalTimes

    init(_ view: NodeView, _ place: RegionID, _ day: Day, from: Day? = nil) {
        self.view = view
        self.place = place
        self.day = day
        self.from = from
        facts = FactMaker(view)
        arrival = ArrivalTimes(view)
    }

    func report(logFindings: [String], termDays: Int) throws -> AuditReport {
        let citations = try view.citations { key in key.partition.place.map { view.isWithin($0, place) } ?? false }.filter { try isSaid($0.document) }
        let assessed = try assessments()
        let search = try search()
        let disputes = try disputes()
        let kept = try view.kept(within: place, saidBy: day).filter { try self.held($0).map(isSaid) ?? true }
        let ledger = try ledger()
        let arrivals = try arrivals()
        return AuditReport(
            from: from?.description, asOf: day.description, node: view.settings.name, place: facts.place(place), held: try held(search, logFindings),
            bounds: try bounds(), disputes: disputes, selfForks: try selfForks(), kept: kept,
            citations: AuditCitations(
                resolved: citations.count { $0.state == "resolved" },
                open: citations.filter { $0.state != "resolved" }.sorted { ($0.document.reference, $0.number, $0.title) < ($1.document.reference, $1.number, $1.title) }),
            carriage: try carriage().through(day),
            late: try late(assessed).filter { [$0.deadline, $0.written, $0.received].contains { $0.map(isInPeriod) ?? false } }, privacy: try privacy(search),
            unreported: try unreported(), dueBeforeIssue: assessed.filter { $0.dueBeforeIssue && isInPeriod($0.signedOn ?? day.description) },
            terms: try terms(), ledger: ledger, refused: try refused(kept),
            disputeOutcomes: outcomes(disputes), turns: turns(ledger), checkpoint: try checkpoint(), arrivals: arrivals,
            reporting: try reporting(assessed, termDays: termDays),
            unknown: try unknown(arrivals, pendingCitations: citations.count { $0.state == "pending" }))
    }

    /// By its author's clock by the report's last day.
    func isSaid(_ held: HeldOperation) -> Bool { held.operation.written.day <= day }

    /// The words on a record that were written by the report's last day, each once, and what they come to.
    func said(of row: RecordRow) throws -> (words: [HeldOperation], settlement: Settlement) {
        var ids: Set<OperationID> = []
        let held = try view.operations(of: row.ref)
        let words = held.filter(isSaid)
        let settlement = try words.count == held.count ? facts.settlement(row) : facts.settlement(row, of: words)
        return (words.filter { ids.insert($0.id).inserted }, settlement)
    }

    /// Somebody had spoken of the record by then.
    func isSaid(_ fact: RecordFact) throws -> Bool {
        guard let ref = try Hash32(hex: fact.id).flatMap({ try view.reader.recordRef(RecordID($0)) }) else { return true }
        return try view.operations(of: ref).contains(where: isSaid)
    }

    func isWithin(_ region: RegionID?) -> Bool { region.map { view.isWithin($0, place) } ?? false }

    // MARK: Targets

    private func bounds() throws -> [BoundTimeline] {
        var out: [BoundTimeline] = []
        let own = try view.reader.records(kind: TargetKind.table.name).map { try view.reader.record($0).key }.filter { isWithin($0.partition.place) }
        // What superiors of the place have set for it, though it says nothing of it itself.
        let stated = Set(own.filter { $0.partition.place == place }.map(\.values))
        let inherited = try view.targetKeys(on: view.path(of: place).filter { $0 != place }).filter { !stated.contains($0.values) }
            .map { RecordKey(.policy(place), $0.kind, $0.values) }
        for key in own + inherited {
            guard let bounds = try BoundDays(view, key).answer(on: day), case let changes = changes(of: bounds.changes), !changes.isEmpty else { continue }
            out.append(
                BoundTimeline(
                    record: bounds.record, place: bounds.place, indicator: bounds.indicator, indicatorTitle: bounds.indicatorTitle, period: bounds.period,
                    qualifier: bounds.qualifier, comparator: try comparator(key), changes: changes))
        }
        return out.sorted { ($0.place.id, $0.record.reference) < ($1.place.id, $1.record.reference) }
    }

    /// `equal`, where the nearest tier that sets the target says so.
    private func comparator(_ key: RecordKey) throws -> String? {
        for region in key.partition.place.map({ view.path(of: $0) }) ?? [] {
            guard let ref = try view.recordRef(RecordKey(.policy(region), key.kind, key.values)), let text = try view.effective(ref)[TargetKind.comparator]?.text else { continue }
            return text == "equal" ? text : nil
        }
        return nil
    }

    /// Of every place that set a target itself or has figures.
    func assessments() throws -> [AssessmentRow] {
        let setting = try view.reader.records(kind: TargetKind.table.name).compactMap { try view.reader.record($0).key.partition.place }.filter { isWithin($0) }
        return try Set(setting + view.placesWithFigures(within: place)).sorted().flatMap { region in
            var assessor = try Assessor(view, at: region, asOf: day)
            return try assessor.rows()
        }
    }

    private func terms() throws -> [TermRow] {
        try view.reader.records(kind: StandardKind.table.name).compactMap { ref in
            let row = try view.reader.record(ref)
            guard isWithin(row.key.partition.place), try view.operations(of: ref).contains(where: isSaid), let term = try view.term(row, asOf: day, facts), term.state == "expiredAtIssue" else {
                return nil
            }
            return term
        }.sorted { $0.record.reference < $1.record.reference }
    }

    // MARK: Ledger

    func ledger() throws -> [AuditLedgerItem] {
        try view.reader.records(kind: LedgerItemKind.table.name).compactMap { ref in
            let row = try view.reader.record(ref)
            guard isWithin(row.key.partition.place) else { return nil }
            let (said, settlement) = try said(of: row)
            if said.isEmpty { return nil }
            let past = CausalPast(said.map { ($0.id, $0.operation.seen) })
            // Steps of one instant in the order in which their authors knew of each other.
            let inOrder = said.map { (held: $0, depth: past.past(of: $0.id).count) }.sorted { left, right in
                (left.held.operation.written, left.depth, left.held.id) < (right.held.operation.written, right.depth, right.held.id)
            }
            let events = inOrder.map(\.held).compactMap { held -> AuditLedgerEvent? in
                guard case .some(.some(.text(let event))) = held.operation.value(of: LedgerItemKind.state) else { return nil }
                switch settlement.verdicts[held.id]?[LedgerItemKind.state] {
                case .void, .pending: return nil
                default: break
                }
                return AuditLedgerEvent(
                    event: event, unit: facts.unit(held.operation.unit), person: held.operation.person.text, posts: facts.posts(held.operation),
                    written: held.operation.written.timestamp, evidence: held.operation.note(.evidence), isSample: held.operation.isSample)
            }
            return AuditLedgerItem(
                item: try view.ledgerRow(row, settlement, asOf: day, facts), timesReopened: events.count { $0.event == "reopen" }, events: events)
        }.sorted { ($0.item.record.reference, $0.item.record.id) < ($1.item.record.reference, $1.item.record.id) }
    }
}
