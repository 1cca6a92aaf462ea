import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// What waits for somebody, as of a day: due, disputed, returned, unacknowledged, to be chosen.
    ///
    /// - Parameters:
    ///   - unit: nil shows everybody's; a government sees everything of its place.
    ///   - place: nil takes the unit's, else the node's.
    ///   - days: how far ahead something counts as due.
    public func todo(unit: UnitID?, place: RegionID? = nil, asOf day: Day, within days: Int = 31) throws -> Todo {
        try node.ask { view in
            try TodoMaker(view, unit, place ?? unit.flatMap { view.unit($0)?.region } ?? view.settings.region, day, days).todo()
        }
    }

    /// Claims that differ, of records at the place (nil: the node's) and below: those that wait for a decision, and those
    /// in which a rule says who prevails. Each with who may decide.
    public func disputes(place: RegionID? = nil) throws -> [DisputeRow] {
        try node.ask { view in try view.disputes(within: place ?? view.settings.region) }
    }

    /// What the documents published at a place (nil: any held here) cite, and what is held of it.
    public func citations(place: RegionID? = nil) throws -> [CitationRow] {
        try node.ask { view in
            let facts = FactMaker(view)
            let documents = try view.documents()
            var rows: [CitationRow] = []
            for document in documents {
                if let place, document.key.partition.place != place { continue }
                for citation in (document[DocumentKind.cites]?.list ?? []).compactMap(Citation.init) {
                    let (state, keys) = citation.resolve(among: documents).fact
                    rows.append(
                        CitationRow(
                            document: try facts.record(document.key), relation: citation.relation.rawValue, number: citation.number, title: citation.title,
                            clause: citation.clause, state: state, targets: try keys.map { try facts.record($0) }))
                }
            }
            return rows
        }
    }
}

extension NodeView {
    /// Every record at the place and below that the engine settled, with its settlement.
    func settled(within place: RegionID, _ body: (RecordRow, Settlement) throws -> Void) throws {
        for partition in try reader.partitions() where partition.partition.place.map({ isWithin($0, place) }) ?? false {
            var last = RecordRef(0)
            while true {
                let page = try reader.records(inPartition: partition.ref, after: last, limit: 500, onlySettled: true)
                guard let end = page.last else { break }
                for ref in page { if let settlement = try settlement(ref) { try body(try reader.record(ref), settlement) } }
                last = end
            }
        }
    }

    func disputes(within place: RegionID) throws -> [DisputeRow] {
        let facts = FactMaker(self)
        var rows: [DisputeRow] = []
        try settled(within: place) { row, settlement in
            for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
                if let dispute = try facts.disputeRow(row, number, outcome) { rows.append(dispute) }
            }
        }
        return rows
    }

    /// Claims of a unit (nil: of any) on a record that lost and are not acknowledged.
    func unacknowledged(_ row: RecordRow, _ settlement: Settlement, of unit: UnitID?, _ acknowledged: Set<OperationID>) -> [(
        field: FieldNumber, claim: StandingClaim
    )] {
        settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome in
            outcome.standing.filter { claim in
                guard unit.map({ $0 == claim.unit }) ?? true, !acknowledged.contains(claim.operation) else { return false }
                if node.kinds[row.key.kind]?.field(number)?.rule == .workflow { return false }
                switch claim.verdict {
                case .overruled, .inert: return true
                default: return false
                }
            }.map { (number, $0) }
        }
    }

    func unacknowledged(_ row: RecordRow, of unit: UnitID) throws -> [(field: FieldNumber, claim: StandingClaim)] {
        guard let settlement = try settlement(row.ref) else { return [] }
        return unacknowledged(row, settlement, of: unit, try acknowledgements())
    }

    /// Claims that their units have acknowledged.
    func acknowledgements() throws -> Set<OperationID> {
        Set(
            try reader.records(kind: AcknowledgementKind.table.name).compactMap { ref in
                let key = try reader.record(ref).key
                return key.values[2].bytes.flatMap { Hash32(bytes: $0) }.map { OperationID($0) }
            })
    }
}

extension FactMaker {
    func disputeRow(_ row: RecordRow, _ number: FieldNumber, _ outcome: FieldOutcome) throws -> DisputeRow? {
        guard let dispute = dispute(outcome.dispute), let spec = table(row.key.kind)?.field(number) else { return nil }
        let tiers = view.governing(row.key, view.judged(try view.operations(of: row.ref), of: row.key)).governing.tiers
        let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        return DisputeRow(
            record: try record(row), field: spec.name, fieldTitle: spec.title, value: outcome.value.map(text), measure: measure(of: spec, row.key),
            blank: blank(outcome.blank), dispute: dispute, rule: outcome.rule.rawValue, mode: outcome.mode?.rawValue, source: source(tier?.source),
            claims: outcome.standing.map(claim))
    }
}

/// Gathers what waits for a unit at a place.
private struct TodoMaker {
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
        let acknowledged = try view.acknowledgements()
        try view.settled(within: place) { row, settlement in
            disputes += try openDisputes(row, settlement)
            choices += try self.choices(row, settlement)
            if let one = try self.returned(row, settlement) { returned.append(one) }
            for (number, claim) in view.unacknowledged(row, settlement, of: unit, acknowledged) {
                guard let spec = facts.table(row.key.kind)?.field(number) else { continue }
                unacknowledged.append(
                    UnacknowledgedRow(
                        record: try facts.record(row), field: spec.name, claim: facts.claim(claim),
                        valueInUse: settlement.fields[number]?.value.map(facts.text), measure: facts.measure(of: spec, row.key)))
            }
        }
        return Todo(
            asOf: day.description, place: facts.place(place), unit: unit.map(facts.unit), targets: assessments.filter(isDue), terms: try terms(),
            missing: missing(assessments), ledger: try ledger(), disputes: disputes, returned: returned, unacknowledged: unacknowledged, choices: choices)
    }

    /// A government answers for everything of its place.
    private var seesAll: Bool { unit == nil || view.government(of: place) == unit }

    private func concerns(_ indicator: String) -> Bool {
        guard !seesAll, let unit, let definition = view.indicator(indicator, at: place) else { return true }
        let key = RecordKey(.work(place, definition.confidentialTo), CellKind.table.name, [.text(indicator), .text("2020")])
        let governance = view.governing(key).governing
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
        let soon = Day(number: day.number + Int32(clamping: days))
        return try view.ledger(LedgerFilter(place: place, asOf: day)).filter { row in
            guard row.state != "closed", row.deadline.flatMap({ try? Day(parsing: $0) }).map({ $0 <= soon }) ?? false else { return false }
            return seesAll || row.unit.id == unit?.text || row.department?.id == unit?.text
        }
    }

    private func openDisputes(_ row: RecordRow, _ settlement: Settlement) throws -> [DisputeRow] {
        try settlement.fields.sorted { $0.key < $1.key }.compactMap { number, outcome in
            guard let dispute = outcome.dispute, dispute.prevailing.isEmpty || dispute.isReopened else { return nil }
            guard unit.map({ unit in dispute.deciders.contains(unit) || outcome.standing.contains { $0.unit == unit } }) ?? true else { return nil }
            return try facts.disputeRow(row, number, outcome)
        }
    }

    private func choices(_ row: RecordRow, _ settlement: Settlement) throws -> [ChoiceRow] {
        try settlement.fields.sorted { $0.key < $1.key }.flatMap { number, outcome -> [ChoiceRow] in
            guard let spec = facts.table(row.key.kind)?.field(number) else { return [] }
            let forked = Dictionary(grouping: outcome.standing.filter { $0.verdict == .forked }, by: \.unit)
            return try forked.sorted { $0.key < $1.key }.filter { seesAll || $0.key == unit }.map { forkedUnit, claims in
                ChoiceRow(record: try facts.record(row), field: spec.name, unit: facts.unit(forkedUnit), claims: claims.map(facts.claim))
            }
        }
    }

    private func returned(_ row: RecordRow, _ settlement: Settlement) throws -> ReturnedRow? {
        guard let spec = facts.table(row.key.kind)?.fields.first(where: { $0.rule == .workflow }), let outcome = settlement.fields[spec.number],
            ["returned", "sentBack"].contains(outcome.value?.text ?? ""), let source = outcome.sources.first,
            let act = try view.settledOperations(of: row.ref).first(where: { $0.id == source })?.operation
        else { return nil }
        let authors = try view.settledOperations(of: row.ref).filter { act.names.contains($0.id) }.map(\.operation.unit)
        guard seesAll || authors.contains(where: { $0 == unit }) else { return nil }
        return ReturnedRow(
            record: try facts.record(row), by: facts.unit(act.unit), reason: act.note(.reason) ?? act.note(.evidence), claims: act.names.map(\.hash.hex))
    }
}

extension NodeView {
    /// Where the term of a standard stands. One that repeats a standard above has that one's day of issue.
    func term(_ row: RecordRow, asOf day: Day, _ facts: FactMaker) throws -> TermRow? {
        let record = try effective(row.ref)
        guard let until = record[StandardKind.termTo]?.day ?? record[StandardKind.termFrom]?.day else { return nil }
        let from = record[StandardKind.termFrom]?.day
        let judged = try judgement(of: row)
        let issuing = judged?.judgement == .repeats ? judged?.top ?? row : row
        let document = try effective(issuing.ref)[StandardKind.document]?.text
        var signedOn = try issuing.key.partition.place.flatMap { try signingDay(of: document, at: $0) }
        if signedOn == nil { signedOn = try settledOperations(of: issuing.ref).map(\.operation.written.day).min() }
        guard let signedOn else { return nil }
        let end = record[StandardKind.termTo]?.day
        let (state, days): (String, Int?) =
            day < signedOn
            ? ("notIssued", nil)
            : {
                switch TermStatus(from: from, until: end, signedOn: signedOn, asOf: day) {
                case .notStarted(let days): ("notStarted", days)
                case .inForce(let days): ("inForce", days)
                case .expired(let days): ("expired", days)
                case .expiredAtIssue: ("expiredAtIssue", Int(day.number) - Int(until.number))
                }
            }()
        return TermRow(record: try facts.record(row), from: from?.description, until: end?.description, state: state, days: days)
    }
}

extension IndicatorDefinition {
    /// The last period of its frequency that had ended before the day; nil for what is reported once.
    func lastPeriod(before day: Day) -> Period? {
        let (year, month, _) = day.parts
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text: String? =
            switch frequency {
            case .daily: Day(number: day.number - 1).description
            case .monthly: month == 1 ? "\(year - 1)-12" : "\(year)-\(padded(month - 1))"
            case .quarterly: month <= 3 ? "\(year - 1)-Q4" : "\(year)-Q\((month - 1) / 3)"
            case .yearly: "\(year - 1)"
            case .once: nil
            }
        return text.flatMap { try? Period(parsing: $0) }
    }
}
