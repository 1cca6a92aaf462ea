import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// The course of the disputes on a field: every word in causal order with what it knew, what each decision settled and
    /// what opened it again, then acknowledgements, objections and appeals, and how each dispute ended.
    ///
    /// - Parameter field: nil takes the one field of the record on which units were ever at odds; throws `notDisputed` where
    ///   there is none, `unknownField` with the candidates where there are several.
    public func disputeStory(_ reference: String, field: String? = nil, asOf day: Day? = nil) throws -> DisputeStory {
        let day = day ?? today
        return try node.ask { view in
            let row = try view.theRecord(reference)
            let all = try view.disputes(of: row, withEnded: true, LossBook(view, asOf: day))
            let spec: FieldSpec
            if let field {
                spec = try ValueReader(view, row.key).spec(field)
            } else {
                let fields = Set(all.map(\.field)).sorted()
                guard let only = fields.first else { throw OfficeError(.notDisputed, ["field": "", "reference": reference]) }
                guard fields.count == 1 else { throw OfficeError(.unknownField, ["field": "", "kind": row.key.kind.text, "fields": fields.joined(separator: "\n")]) }
                spec = try ValueReader(view, row.key).spec(only)
            }
            return try DisputeStoryMaker(view, row, spec, day).story(all.filter { $0.field == spec.name })
        }
    }
}

private struct DisputeStoryMaker {
    private let view: NodeView
    private let facts: FactMaker
    private let row: RecordRow
    private let spec: FieldSpec
    private let held: [JudgedOperation]
    private let settlement: Settlement
    private let past: CausalPast
    private let book: LossBook

    init(_ view: NodeView, _ row: RecordRow, _ spec: FieldSpec, _ day: Day) throws {
        self.view = view
        self.row = row
        self.spec = spec
        facts = FactMaker(view)
        held = view.judged(try view.operations(of: row.ref), of: row.key)
        settlement = try facts.settlement(row)
        past = CausalPast(held.map { ($0.id, $0.operation.seen) })
        book = try LossBook(view, asOf: day)
    }

    func story(_ disputes: [DisputeRow]) throws -> DisputeStory {
        let words = held.filter { $0.operation.value(of: spec.number) != nil }
            .sorted { (past.past(of: $0.id).count, $0.id) < (past.past(of: $1.id).count, $1.id) }
        let tiers = try view.governing(row.key, held).governing.tiers
        return DisputeStory(
            record: try facts.record(row), field: spec.name, fieldTitle: spec.title,
            now: facts.outcome(settlement.fields[spec.number] ?? FieldOutcome(blank: .noClaim), spec, row.key, tiers),
            steps: words.map { step($0, among: words) } + words.flatMap(acknowledgements) + (try objections()) + (try appeals()), disputes: disputes)
    }

    private func brief(_ one: JudgedOperation) -> ClaimBrief {
        ClaimBrief(
            operation: one.id.hash.hex, unit: facts.unit(one.operation.unit), value: (one.operation.value(of: spec.number) ?? nil).map(facts.text),
            verdict: facts.verdict(settlement.verdicts[one.id]?[spec.number] ?? .stands))
    }

    private func step(_ one: JudgedOperation, among words: [JudgedOperation]) -> StoryStep {
        let operation = one.operation
        let value = operation.value(of: spec.number) ?? nil
        let isAct = !operation.names.isEmpty && [.authority, .holder].contains(spec.rule)
        let what: String =
            switch (isAct, value != nil) {
            case (true, true): "decision"
            case (true, false): "annulment"
            case (false, false): "withdrawal"
            case (false, true): operation.note(.newFact) == nil ? "claim" : "newFact"
            }
        let known = words.filter { past.isSeen($0.id, by: one.id) && $0.operation.unit != operation.unit }.map(\.operation.unit)
        return StoryStep(
            what: what, unit: facts.unit(operation.unit), day: operation.written.day.description, value: value.map(facts.text),
            verdict: facts.verdict(settlement.verdicts[one.id]?[spec.number] ?? .stands), ground: operation.note(.ground),
            note: operation.note(.newFact) ?? operation.note(.reason), settles: isAct ? words.filter { operation.names.contains($0.id) }.map(brief) : [],
            knew: Set(known).sorted().map(facts.unit), operation: one.id.hash.hex, reason: nil, isSample: operation.isSample)
    }

    private func beside(_ what: String, _ unit: UnitFact, _ day: String, value: String? = nil, note: String?, operation: String, reason: String? = nil, isSample: Bool)
        -> StoryStep
    {
        StoryStep(
            what: what, unit: unit, day: day, value: value, verdict: nil, ground: nil, note: note, settles: [], knew: [], operation: operation, reason: reason,
            isSample: isSample)
    }

    private func acknowledgements(_ one: JudgedOperation) -> [StoryStep] {
        book.acknowledgements(of: one.id).map { said in
            let isOwn = said.unit == one.operation.unit.text
            let verdict = settlement.verdicts[one.id]?[spec.number]
            // A word replaced since may have lost before: what it acknowledged stays said.
            let isWinner = verdict == .stands || verdict == .decides
            return beside(
                "acknowledgement", facts.unit(UnitID(unchecked: said.unit)), said.readOn?.description ?? "", value: said.answer, note: said.note,
                operation: one.id.hash.hex, reason: !isOwn ? "notYourClaim" : isWinner ? "nothingLost" : nil, isSample: false)
        }
    }

    private func objections() throws -> [StoryStep] {
        try view.reader.records(kind: ObjectionKind.table.name).compactMap { ref in
            let objection = try view.reader.record(ref)
            guard objection.key.values.count == 3, objection.key.values[1].bytes == row.id.hash.bytes,
                let unit = objection.key.values[0].text.flatMap({ try? UnitID(checking: $0) }), let last = try view.settledOperations(of: ref).last
            else { return nil }
            let values = try view.effective(ref).values
            if let field = values[ObjectionKind.field]?.text, field != spec.name { return nil }
            return beside(
                "objection", facts.unit(unit), last.operation.written.day.description, value: values[ObjectionKind.proposal]?.text,
                note: values[ObjectionKind.text]?.text, operation: last.id.hash.hex, isSample: try view.isSample(ref))
        }
    }

    private func appeals() throws -> [StoryStep] {
        try AppealBook(view).rows(about: row.id).filter { $0.field == spec.name }.flatMap { appeal -> [StoryStep] in
            let filed = beside(
                "appeal", appeal.unit, appeal.filedOn ?? "", note: appeal.text, operation: appeal.record.id, reason: appeal.reason, isSample: appeal.isSample)
            guard let ref = try Hash32(hex: appeal.record.id).flatMap({ try view.reader.recordRef(RecordID($0)) }) else { return [filed] }
            let later = try view.settledOperations(of: ref).compactMap { one -> StoryStep? in
                let verdict = try view.settlement(ref)?.verdicts[one.id]?[AppealKind.state]
                guard let event = (one.operation.value(of: AppealKind.state) ?? nil)?.text, event != "file", verdict.map(NodeView.isValid) ?? false else { return nil }
                return beside(
                    event == "uphold" ? "appealUpheld" : "appealWithdrawn", facts.unit(one.operation.unit), one.operation.written.day.description,
                    note: one.operation.note(.evidence) ?? one.operation.note(.reason), operation: one.id.hash.hex, isSample: one.operation.isSample)
            }
            return [filed] + later
        }
    }
}
