import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// The agenda of each government's next consultation 会商: what nobody but it can end, or what a new fact opened again,
    /// of records at the place (nil: the node's) and below, and appeals to it. The lowest government that may decide has
    /// the matter; those above it may decide as well. Lowest tiers first.
    public func agendas(place: RegionID? = nil, asOf day: Day) throws -> [Agenda] {
        try node.ask { view in try AgendaMaker(view, day).agendas(within: place ?? view.settings.region) }
    }
}

private struct AgendaMaker {
    private let view: NodeView
    private let facts: FactMaker
    private let day: Day

    init(_ view: NodeView, _ day: Day) {
        self.view = view
        self.day = day
        facts = FactMaker(view)
    }

    func agendas(within place: RegionID) throws -> [Agenda] {
        var items: [UnitID: [AgendaItem]] = [:]
        try view.settled(within: place) { row, settlement in
            for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
                guard let dispute = outcome.dispute, dispute.prevailing.isEmpty || dispute.isReopened, let lowest = dispute.deciders.first,
                    let spec = view.table(of: row.key)?.field(number)
                else { continue }
                items[lowest, default: []].append(
                    try item(dispute.isReopened ? "reopened" : "undecided", row, spec, outcome, others: Array(dispute.deciders.dropFirst()), appeal: nil))
            }
        }
        for appeal in try AppealBook(view).rows(within: place) where appeal.state == "filed" {
            guard let to = appeal.to.flatMap({ try? UnitID(checking: $0.id) }), let about = appeal.about.flatMap({ Hash32(hex: $0.id) }),
                let ref = try view.reader.recordRef(RecordID(about))
            else { continue }
            let row = try view.reader.record(ref)
            guard let spec = view.table(of: row.key)?.field(named: appeal.field), let outcome = try facts.settlement(row).fields[spec.number] else { continue }
            let above = view.unit(to).map { view.path(of: $0.region).dropFirst().compactMap { view.government(of: $0) } } ?? []
            items[to, default: []].append(try item("appeal", row, spec, outcome, others: above, appeal: appeal))
        }
        func depth(_ unit: UnitID) -> Int { view.unit(unit).map { view.depth(of: $0.region) } ?? 0 }
        return try items.sorted { (-depth($0.key), $0.key) < (-depth($1.key), $1.key) }.map { government, items in
            try agenda(of: government, items.sorted { ($0.record.reference, $0.field, $0.why) < ($1.record.reference, $1.field, $1.why) })
        }
    }

    private func agenda(of government: UnitID, _ items: [AgendaItem]) throws -> Agenda {
        let place = view.unit(government)?.region ?? view.settings.region
        let terms = try view.disputeTerms(at: place)
        let held = try view.reader.records(kind: DecisionMinuteKind.table.name, partition: .policy(place)).compactMap { ref -> Day? in
            guard try view.reader.record(ref).key.values.first?.text == government.text else { return nil }
            return try view.effective(ref)[DecisionMinuteKind.heldOn]?.day
        }.filter { $0 <= day }.max()
        return Agenda(
            government: facts.unit(government), place: facts.place(place), period: terms.next(after: held, on: day)?.text, consultation: terms.consultation.rawValue,
            lastHeld: held?.description, items: items)
    }

    private func item(
        _ why: String, _ row: RecordRow, _ spec: FieldSpec, _ outcome: FieldOutcome, others: [UnitID], appeal: AppealRow?
    ) throws -> AgendaItem {
        let held = try view.operations(of: row.ref)
        let operations = Dictionary(held.map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        let tiers = try view.governing(row.key, view.judged(held, of: row.key)).governing.tiers
        func side(_ claim: StandingClaim) -> AgendaSide? {
            guard let operation = operations[claim.operation] else { return nil }
            return AgendaSide(
                operation: claim.operation.hash.hex, unit: facts.unit(claim.unit), person: operation.person.text, value: facts.text(claim.value),
                verdict: facts.verdict(claim.verdict), written: operation.written.timestamp, ground: operation.note(.ground),
                evidence: operation.note(.evidence), reason: operation.note(.reason), newFact: operation.note(.newFact), isSample: operation.isSample)
        }
        let sides = outcome.standing.filter { $0.verdict != .decides }.compactMap(side)
        let decision = outcome.standing.first { $0.verdict == .decides }.flatMap(side)
        var choices: [String] = []
        for value in (sides + [decision].compactMap { $0 }).compactMap(\.value) where !choices.contains(value) { choices.append(value) }
        let serves = row.key.kind == CellKind.table.name ? try view.effective(row.ref)[CellKind.measure]?.text : nil
        return AgendaItem(
            why: why, record: try facts.record(row), field: spec.name, fieldTitle: spec.title, value: outcome.value.map(facts.text),
            measure: facts.measure(of: spec, row.key), blank: facts.blank(outcome.blank), dispute: facts.dispute(outcome.dispute), sides: sides, decision: decision,
            steps: tiers.map { StepFact(place: facts.place($0.region), mode: $0.mode.rawValue, source: facts.source($0.source)) }, serves: serves,
            choices: choices, others: facts.units(others), appeal: appeal, isSample: sides.contains(where: \.isSample) || decision?.isSample == true)
    }
}
