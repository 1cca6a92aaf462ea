import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Gathers what waits for a unit at a place.
struct TodoMaker {
    let view: NodeView
    let facts: FactMaker
    let unit: UnitID?
    let place: RegionID
    let day: Day
    let days: Int

    init(_ view: NodeView, _ unit: UnitID?, _ place: RegionID, _ day: Day, _ days: Int) {
        self.view = view
        self.unit = unit
        self.place = place
        self.day = day
        self.days = days
        facts = FactMaker(view)
    }

    func todo() throws -> Todo {
        var assessor = try Assessor(view, at: place, asOf: day)
        let assessments = try assessor.rows().filter { concerns($0.indicator) }
        var disputes: [DisputeRow] = []
        var returned: [ReturnedRow] = []
        var unacknowledged: [UnacknowledgedRow] = []
        var choices: [ChoiceRow] = []
        let book = try LossBook(view, asOf: day)
        try view.settled(within: place) { row, settlement in
            disputes += try openDisputes(row, settlement, book)
            choices += try self.choices(row, settlement)
            if let one = try self.returned(row, settlement) { returned.append(one) }
            unacknowledged += try self.unacknowledged(row, settlement, book)
        }
        let appeals = try AppealBook(view).rows(within: place).filter { $0.state == "filed" && (seesAll || $0.unit.id == unit?.text || $0.to?.id == unit?.text) }
        return Todo(
            asOf: day.description, place: facts.place(place), unit: unit.map(facts.unit), targets: assessments.filter(isDue), terms: try terms(),
            missing: missing(assessments), ledger: try ledger(), disputes: disputes, returned: returned, unacknowledged: unacknowledged, appeals: appeals,
            choices: choices, waitingForForm: try waitingForForm())
    }

    private func waitingForForm() throws -> [WaitingForFormRow] {
        try view.recordsWithoutForm().filter { held in held.place.map { view.isWithin($0, place) } ?? true }
            .map { WaitingForFormRow(kind: $0.kind.text, place: $0.place.map(facts.place), count: $0.count) }
    }

    /// A government answers for everything of its place.
    private var seesAll: Bool { unit == nil || view.government(of: place) == unit }

    private func concerns(_ indicator: String) -> Bool {
        guard !seesAll, let unit, let definition = view.indicator(indicator, at: place) else { return true }
        let key = RecordKey(.work(place, definition.confidentialTo), CellKind.table.name, [.text(indicator), .text(String(day.description.prefix(4)))])
        let governance = view.governance(of: key)
        return governance.reporters.contains(unit) || governance.tiers[0].lineUnits.contains(unit)
    }

    private func isDue(_ row: AssessmentRow) -> Bool {
        switch row.state {
        case "overdue": true
        case "due": row.days.map { $0 <= days } ?? false
        case nil: row.isAlert
        default: false
        }
    }

    /// Figures of the last finished period that nobody reported, where a target in force needs them.
    private func missing(_ rows: [AssessmentRow]) -> [MissingFigure] {
        var out: [MissingFigure] = []
        for row in rows where !out.contains(where: { $0.indicator == row.indicator }) {
            guard let definition = view.indicator(row.indicator, at: place), let period = definition.lastPeriod(before: day),
                let signedOn = row.signedOn.flatMap({ try? Day(parsing: $0) }), signedOn <= period.lastDay,
                let whole = try? Period(parsing: row.period), whole.firstDay <= period.firstDay, period.lastDay <= whole.lastDay
            else { continue }
            let key = RecordKey(.work(place, definition.confidentialTo), CellKind.table.name, [.text(row.indicator), .text(period.text)])
            let standing = (try? view.recordRef(key).flatMap { try view.settlement($0)?.fields[CellKind.value]?.standing }) ?? []
            if standing.isEmpty {
                out.append(
                    MissingFigure(indicator: row.indicator, title: definition.title, period: period.text, place: facts.place(place), reporters: row.reporters))
            }
        }
        return out
    }

    private func terms() throws -> [TermRow] {
        var rows: [TermRow] = []
        for ref in try view.reader.records(kind: StandardKind.table.name, partition: .policy(place)) {
            let row = try view.reader.record(ref)
            guard concerns(row.key.values[1].text ?? ""), let term = try view.term(row, asOf: day, facts), term.state == "expiredAtIssue" else { continue }
            rows.append(term)
        }
        return rows
    }

    private func ledger() throws -> [LedgerRow] {
        let soon = day.adding(days)
        return try view.ledger(LedgerFilter(place: place, asOf: day)).filter { row in
            guard row.state != "closed", row.deadline.flatMap({ try? Day(parsing: $0) }).map({ $0 <= soon }) ?? false else { return false }
            return seesAll || row.unit.id == unit?.text || row.department?.id == unit?.text
        }
    }

    private func openDisputes(_ row: RecordRow, _ settlement: Settlement, _ book: LossBook) throws -> [DisputeRow] {
        try settlement.fields.sorted { $0.key < $1.key }.compactMap { number, outcome in
            guard let dispute = outcome.dispute, dispute.prevailing.isEmpty || dispute.isReopened else { return nil }
            guard unit.map({ unit in dispute.deciders.contains(unit) || outcome.standing.contains { $0.unit == unit } }) ?? true else { return nil }
            return try facts.disputeRow(row, number, outcome, book)
        }
    }

    private func unacknowledged(_ row: RecordRow, _ settlement: Settlement, _ book: LossBook) throws -> [UnacknowledgedRow] {
        try settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome -> [UnacknowledgedRow] in
            guard let spec = view.table(of: row.key)?.field(number) else { return [] }
            return try book.losses(row, spec, outcome).filter { $0.state != "acknowledged" && (unit == nil || $0.unit.id == unit?.text) }.compactMap { loss in
                guard let claim = outcome.standing.first(where: { $0.operation.hash.hex == loss.operation }) else { return nil }
                return UnacknowledgedRow(
                    record: try facts.record(row), field: spec.name, claim: facts.claim(claim), valueInUse: outcome.value.map(facts.text),
                    measure: facts.measure(of: spec, row.key), dueOn: loss.dueOn, overdueDays: loss.overdueDays)
            }
        }
    }

    private func choices(_ row: RecordRow, _ settlement: Settlement) throws -> [ChoiceRow] {
        try settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome -> [ChoiceRow] in
            guard let spec = view.table(of: row.key)?.field(number) else { return [] }
            let forked = Dictionary(grouping: outcome.standing.filter { $0.verdict == .forked }, by: \.unit)
            return try forked.sorted { $0.key < $1.key }.filter { seesAll || $0.key == unit }.map { forkedUnit, claims in
                ChoiceRow(record: try facts.record(row), field: spec.name, unit: facts.unit(forkedUnit), claims: claims.map(facts.claim))
            }
        }
    }

    private func returned(_ row: RecordRow, _ settlement: Settlement) throws -> ReturnedRow? {
        guard let spec = view.table(of: row.key)?.fields.first(where: { $0.rule == .workflow }), let outcome = settlement.fields[spec.number],
            ["returned", "sentBack"].contains(outcome.value?.text ?? ""), let source = outcome.sources.first,
            let act = try view.settledOperations(of: row.ref).first(where: { $0.id == source })?.operation
        else { return nil }
        let authors = try view.settledOperations(of: row.ref).filter { act.names.contains($0.id) }.map(\.operation.unit)
        guard seesAll || authors.contains(where: { $0 == unit }) else { return nil }
        return ReturnedRow(
            record: try facts.record(row), by: facts.unit(act.unit), reason: act.note(.reason) ?? act.note(.evidence), claims: act.names.map(\.hash.hex))
    }
}
