import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Reads what units ask the government above to look at again, and says whether they may.
struct AppealBook {
    let view: NodeView
    let facts: FactMaker

    init(_ view: NodeView) {
        self.view = view
        facts = FactMaker(view)
    }

    /// Why a unit may not appeal against a decision.
    enum Refusal: String, Hashable, CaseIterable {
        /// No word of the unit lost by the decision.
        case nothingLost
        /// What is appealed against is no decision on the field.
        case unknownDecision
        /// No government above the one that decided.
        case noTierAbove
    }

    /// A decision, and who may look at it again.
    struct Ground {
        let field: FieldSpec
        let decision: Operation
        let value: Value?
        let to: UnitID
        let isInForce: Bool
    }

    /// What an appeal of a unit against an operation rests on, by all that is held.
    func ground(_ id: OperationID, _ unit: UnitID, on row: RecordRow, _ spec: FieldSpec) throws -> Result<Ground, Refused> {
        let held = try view.operations(of: row.ref)
        let judged = view.judged(held, of: row.key)
        let settlement = try facts.settlement(row)
        guard [.authority, .holder].contains(spec.rule), let decision = held.first(where: { $0.id == id })?.operation, !decision.names.isEmpty,
            let verdict = settlement.verdicts[id]?[spec.number], NodeView.isValid(verdict), case .some(.some(let value)) = decision.value(of: spec.number)
        else { return .failure(Refused(.unknownDecision)) }
        let hasLost = judged.contains { one in
            guard one.operation.unit == unit, one.id != id, case .some(.some(let own)) = one.operation.value(of: spec.number),
                let verdict = settlement.verdicts[one.id]?[spec.number], NodeView.isValid(verdict)
            else { return false }
            return own != value
        }
        guard hasLost, decision.unit != unit else { return .failure(Refused(.nothingLost)) }
        let tiers = try view.governing(row.key, judged).governing.tiers
        guard let tier = tiers.lastIndex(where: { $0.government == decision.unit }), let above = tiers[(tier + 1)...].lazy.compactMap(\.government).first else {
            return .failure(Refused(.noTierAbove))
        }
        return .success(Ground(field: spec, decision: decision, value: value, to: above, isInForce: verdict == .decides))
    }

    struct Refused: Error {
        let why: Refusal
        init(_ why: Refusal) { self.why = why }
    }

    /// Every appeal held, of units at the place and below.
    func rows(within place: RegionID) throws -> [AppealRow] {
        try view.reader.records(kind: AppealKind.table.name).map { try view.reader.record($0) }
            .filter { row in row.key.partition.place.map { view.isWithin($0, place) } ?? false }
            .compactMap { try self.row($0) }
            .sorted { ($0.filedOn ?? "", $0.record.id) < ($1.filedOn ?? "", $1.record.id) }
    }

    /// Those about one record.
    func rows(about record: RecordID) throws -> [AppealRow] {
        try view.reader.records(kind: AppealKind.table.name).map { try view.reader.record($0) }
            .filter { $0.key.values.count == 3 && $0.key.values[1].bytes == record.hash.bytes }.compactMap { try self.row($0) }
            .sorted { ($0.filedOn ?? "", $0.record.id) < ($1.filedOn ?? "", $1.record.id) }
    }

    private func row(_ appeal: RecordRow) throws -> AppealRow? {
        guard appeal.key.values.count == 3, let unit = appeal.key.values[0].text.flatMap({ try? UnitID(checking: $0) }),
            let record = appeal.key.values[1].bytes.flatMap({ Hash32(bytes: $0) }), let decided = appeal.key.values[2].bytes.flatMap({ Hash32(bytes: $0) })
        else { return nil }
        let settlement = try facts.settlement(appeal)
        let values = settlement.fields.compactMapValues(\.value)
        guard let stated = values[AppealKind.state]?.text else { return nil }
        let name = values[AppealKind.field]?.text ?? ""
        let filedOn = values[AppealKind.filedOn]?.day
        func made(_ state: String, reason: String? = nil, about: RecordRow? = nil, _ ground: Ground? = nil) throws -> AppealRow {
            let spec = about.flatMap { view.table(of: $0.key)?.field(named: name) }
            let due = try ground.map { ground in
                ground.decision.written.day.adding(try view.disputeTerms(at: appeal.key.partition.place).appealWithin)
            }
            return AppealRow(
                record: try facts.record(appeal), unit: facts.unit(unit), about: try about.map(facts.record), field: name, fieldTitle: spec?.title ?? name,
                decision: ground.map { ground in
                    ClaimBrief(
                        operation: decided.hex, unit: facts.unit(ground.decision.unit), value: ground.value.map(facts.text),
                        verdict: facts.verdict(ground.isInForce ? .decides : .passed))
                },
                to: ground.map { facts.unit($0.to) }, text: values[AppealKind.text]?.text, filedOn: filedOn?.description, dueOn: due?.description,
                isLate: due.map { due in filedOn.map { $0 > due } ?? false } ?? false, state: state, reason: reason, isSample: try view.isSample(appeal.ref))
        }
        guard let ref = try view.reader.recordRef(RecordID(record)) else { return try made("pending") }
        let about = try view.reader.record(ref)
        guard let spec = view.table(of: about.key)?.field(named: name) else {
            return try made("void", reason: Refusal.unknownDecision.rawValue, about: about)
        }
        switch try ground(OperationID(decided), unit, on: about, spec) {
        case .failure(let refused): return try made("void", reason: refused.why.rawValue, about: about)
        case .success(let ground): return try made(stated == "filed" && !ground.isInForce ? "replaced" : stated, about: about, ground)
        }
    }
}

extension NodeView {
    static func isValid(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .void, .pending: false
        default: true
        }
    }
}
