import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Who lost on which field, and whether they have said that they read it: a view of a day.
struct LossBook {
    let view: NodeView
    let facts: FactMaker
    let day: Day
    /// What was written later does not count; nil: all that is held.
    private let last: Day?
    private let acknowledgements: [OperationID: [Acknowledgement]]

    struct Acknowledgement {
        let unit: String
        let readOn: Day?
        let answer: String
        let note: String?
        let row: RecordRow
    }

    init(_ view: NodeView, asOf day: Day, saidBy last: Day? = nil) throws {
        self.view = view
        self.day = day
        self.last = last
        facts = FactMaker(view)
        var found: [OperationID: [Acknowledgement]] = [:]
        for ref in try view.reader.records(kind: AcknowledgementKind.table.name) {
            let row = try view.reader.record(ref)
            let values = try view.effective(ref).values
            guard row.key.values.count == 3, let unit = row.key.values[0].text, let claim = row.key.values[2].bytes.flatMap({ Hash32(bytes: $0) }),
                let answer = values[AcknowledgementKind.answer]?.text
            else { continue }
            if let last, try !view.operations(of: ref).contains(where: { $0.operation.written.day <= last }) { continue }
            found[OperationID(claim), default: []].append(
                Acknowledgement(
                    unit: unit, readOn: values[AcknowledgementKind.readOn]?.day, answer: answer, note: values[AcknowledgementKind.note]?.text, row: row))
        }
        acknowledgements = found
    }

    func isSaid(_ operation: Operation) -> Bool { last.map { operation.written.day <= $0 } ?? true }

    /// Nobody acknowledges for another: only the author's own word counts.
    func acknowledgement(of claim: OperationID, by unit: UnitID) -> Acknowledgement? { acknowledgements[claim]?.first { $0.unit == unit.text } }

    func acknowledgements(of claim: OperationID) -> [Acknowledgement] { acknowledgements[claim] ?? [] }

    /// Every claim on the field that lost, with what its unit said of it.
    func losses(_ row: RecordRow, _ spec: FieldSpec, _ outcome: FieldOutcome) throws -> [AcknowledgementFact] {
        let lost = outcome.standing.filter { NodeView.isLost($0.verdict) }
        guard !lost.isEmpty, spec.rule != .workflow else { return [] }
        let operations = Dictionary(try view.settledOperations(of: row.ref).map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        let term = try view.disputeTerms(at: row.key.partition.place).acknowledgeWithin
        return lost.map { claim in
            var since = operations[claim.operation]?.written.day ?? day
            if case .overruled(let by) = claim.verdict, let prevailing = operations[by]?.written.day { since = max(since, prevailing) }
            let due = since.adding(term)
            let said = acknowledgement(of: claim.operation, by: claim.unit)
            let isOverdue = said == nil && day > due
            return AcknowledgementFact(
                unit: facts.unit(claim.unit), operation: claim.operation.hash.hex, value: facts.text(claim.value),
                state: said != nil ? "acknowledged" : isOverdue ? "overdue" : "due", answer: said?.answer, readOn: said?.readOn?.description, note: said?.note,
                dueOn: due.description, overdueDays: isOverdue ? Int(day.number - due.number) : nil)
        }
    }
}

extension NodeView {
    static func isLost(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .overruled, .inert: true
        default: false
        }
    }

    /// The terms in force at a place: of each the nearest statement on its path.
    func disputeTerms(at place: RegionID?) throws -> DisputeTerms {
        guard let place else { return .standard }
        return DisputeTerms(
            path: try path(of: place).compactMap { region in
                try recordRef(RecordKey(.policy(region), ProcedureKind.table.name, [.text(ProcedureKind.disputes)])).map { try effective($0) }
            })
    }
}
