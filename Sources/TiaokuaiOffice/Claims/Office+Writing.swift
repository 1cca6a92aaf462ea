import TiaokuaiEntry
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension Office {
    /// Writes what `make` drafts, but for what stands already with the same content, and says what came of it.
    /// `isWhole`: a draft is the whole of what is published, so that what it leaves out is withdrawn.
    func write(isWhole: Bool = false, _ make: (NodeView) throws -> [Draft]) throws -> Writing {
        var unchanged = 0
        let written = try node.write { view in
            var drafts: [Draft] = []
            for draft in try make(view) {
                guard let needed = try view.needed(draft, isWhole: isWhole) else {
                    unchanged += 1
                    continue
                }
                drafts.append(needed)
            }
            return drafts
        }
        return try node.ask { view in
            Writing(writings: try written.map { try FactMaker(view).written($0) }, unchanged: unchanged)
        }
    }

    /// The same; a draft that could never have effect is refused, unless `evenIfVoid`. Throws `wouldBeVoid` (for a cell:
    /// `notYourFigure`), `noEvidence`, `noGround`.
    func writeChecked(evenIfVoid: Bool, _ make: (NodeView) throws -> [Draft]) throws -> Writing {
        try write { view in
            let drafts = try make(view)
            guard !evenIfVoid else { return drafts }
            for (draft, verdicts) in zip(drafts, try view.foresee(drafts)) {
                if let refusal = view.refusal(of: draft, verdicts) { throw refusal }
            }
            return drafts
        }
    }

    /// The same for a file: what would be void is a fault of it.
    func write(checking faults: FaultList, isWhole: Bool, _ make: (NodeView) throws -> [Draft]) throws -> Writing {
        try write(isWhole: isWhole) { view in
            let drafts = try make(view)
            for (draft, verdicts) in zip(drafts, try view.foresee(drafts)) {
                // What another unit says of somebody's policy would be an objection: nobody publishes one by a file.
                let isObjection = draft.key.partition.isPolicy && verdicts.values.contains(.objection)
                guard let reason = view.firstVoid(draft, verdicts)?.reason ?? (isObjection ? .notIssuer : nil) else { continue }
                faults.add(.wouldBeVoid, "\(reason.rawValue): \(draft.unit) \(view.reference(of: draft.key))")
            }
            try faults.check()
            return drafts
        }
    }
}

extension NodeView {
    /// The draft without what its unit says already; nil when nothing is left to say. Where the draft `isWhole`, what
    /// the unit stands on and the draft leaves out is withdrawn.
    func needed(_ draft: Draft, isWhole: Bool = false) throws -> Draft? {
        let citesNewFact = draft.fields.contains { $0.number == .newFact }
        // What is sealed can't be compared with what stands.
        guard draft.names.isEmpty, draft.sealing == nil, !citesNewFact, let ref = try recordRef(draft.key), let settlement = try settlement(ref),
            let table = table(of: draft.key)
        else {
            return draft
        }
        var said: [FieldNumber: Value] = [:]
        for (number, outcome) in settlement.fields {
            // Of parallel claims of its own machines a unit chooses by saying one again.
            let own = outcome.standing.filter { $0.unit == draft.unit }
            if own.count == 1, own[0].verdict != .forked { said[number] = own[0].value }
        }
        func isSaid(_ field: Operation.Field) -> Bool {
            guard let spec = table.field(field.number) else { return false }
            switch spec.rule {
            case .accompanying: return true
            case .workflow: return false
            case .set:
                return settlement.fields[field.number]?.members.contains { $0.unit == draft.unit && $0.value == field.value } ?? false
            default:
                guard let value = field.value, let standing = said[field.number] else { return false }
                return standing.saysTheSame(as: value)
            }
        }
        let dropped = isWhole ? said.keys.filter { number in !draft.fields.contains { $0.number == number } && table.field(number)?.rule != .set } : []
        if dropped.isEmpty, draft.fields.allSatisfy(isSaid), !draft.fields.allSatisfy({ $0.number.isAccompanying }) {
            return nil
        }
        var whole = draft
        whole.fields = (draft.fields + dropped.map { Operation.Field($0, nil) }).sorted { $0.number < $1.number }
        return whole
    }

    func firstVoid(_ draft: Draft, _ verdicts: [FieldNumber: Verdict]) -> (field: FieldNumber, reason: VoidReason)? {
        for (number, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
            if case .void(let reason) = verdict { return (number, reason) }
        }
        return nil
    }

    func refusal(of draft: Draft, _ verdicts: [FieldNumber: Verdict]) -> (any Error)? {
        guard let void = firstVoid(draft, verdicts) else { return nil }
        let spec = table(of: draft.key)?.field(void.field)
        var facts = ["unit": draft.unit.text, "name": name(of: draft.unit), "reason": void.reason.rawValue, "field": spec?.name ?? ""]
        facts["reference"] = reference(of: draft.key)
        if spec?.rule == .workflow, case .text(let event)?? = draft.fields.first(where: { $0.number == void.field }).map(\.value) { facts["event"] = event }
        let isFigure = draft.key.kind == CellKind.table.name && draft.names.isEmpty && spec?.rule != .workflow
        switch void.reason {
        case .noEvidence: return NodeError(.noEvidence, facts)
        case .noGround: return NodeError(.noGround, facts)
        case .notAdmitted where isFigure, .notOnPath where isFigure, .notReporter where isFigure:
            facts["place"] = draft.key.partition.place?.text
            facts["indicator"] = draft.key.values.first?.text
            facts["reporters"] = governance(of: draft.key).reporters.sorted().map { name(of: $0) }.joined(separator: "\n")
            return NodeError(.notYourFigure, facts)
        default: return OfficeError(.wouldBeVoid, facts)
        }
    }
}

extension Value {
    /// Equal, or the same text in another typography.
    func saysTheSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.text(let left), .text(let right)): left == right || canonicalText(left) == canonicalText(right)
        case (.list(let left), .list(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.saysTheSame(as: $1) }
        default: self == other
        }
    }
}

extension FactMaker {
    func written(_ written: WrittenOperation) throws -> WrittenFact {
        guard let ref = try view.reader.recordRef(written.record) else { throw NodeError(.unknownRecord, ["reference": written.record.hash.hex]) }
        let row = try view.reader.record(ref)
        let held = try view.operations(of: ref)
        guard let own = held.first(where: { $0.id == written.id }) else { throw NodeError(.unknownRecord, ["reference": written.id.hash.hex]) }
        let judged = view.judged(held, of: row.key)
        let settlement =
            try view.settlement(ref) ?? table(row.key).map { settle(judged, record: row.id, table: $0, governance: try view.governing(row.key, judged)) }
        let verdicts = own.operation.fields.compactMap { field -> FieldVerdict? in
            guard let spec = table(row.key)?.field(field.number), spec.rule != .accompanying else { return nil }
            let outcome = settlement?.fields[field.number]
            return FieldVerdict(
                field: spec.name, title: spec.title, claimed: field.value.map(text),
                verdict: verdict(settlement?.verdicts[written.id]?[field.number] ?? .stands),
                value: outcome?.value.map(text), measure: measure(of: spec, row.key), blank: blank(outcome?.blank))
        }
        return WrittenFact(
            operation: written.id.hash.hex, record: try record(row), unit: unit(own.operation.unit), person: own.operation.person.text, verdicts: verdicts)
    }
}
