import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Why a field has the value it has, or none: rule, mode and its source, every standing claim with its three times, who
    /// can change it and how. For a bound also the join along the path; a target that only tiers above set is explained too.
    ///
    /// Settles the record afresh: for one screen, not for a list. Throws `unknownField`, `unknownRecord`, `ambiguousRecord`.
    public func explain(_ reference: String, field: String) throws -> FieldExplanation {
        try node.ask { view in
            let key = try view.theKey(reference)
            let spec = try ValueReader(view, key).spec(field)
            guard spec.rule != .accompanying else { throw OfficeError(.unknownField, ["field": field, "kind": key.kind.text]) }
            if try view.recordRef(key) == nil, try view.bound(key, spec, FactMaker(view))?.steps.isEmpty != false {
                throw NodeError(.unknownRecord, ["reference": reference])
            }
            return try FactMaker(view).explanation(key, spec)
        }
    }

    /// Every operation on a record in order of arrival: who, when, how it came, what it said, and what became of it.
    /// With a field only those that name it.
    public func history(_ reference: String, field: String? = nil) throws -> [HistoryRow] {
        try node.ask { view in
            let row = try view.theRecord(reference)
            let number = try field.map { try ValueReader(view, row.key).spec($0).number }
            let facts = FactMaker(view)
            let settlement = try facts.settlement(row)
            return try view.operations(of: row.ref).compactMap { held in
                if let number, !held.operation.fields.contains(where: { $0.number == number }) { return nil }
                return facts.history(held, row.key, settlement, only: number)
            }
        }
    }
}

extension FactMaker {
    func explanation(_ key: RecordKey, _ spec: FieldSpec) throws -> FieldExplanation {
        let row = try view.recordRef(key).map { try view.reader.record($0) }
        let held = try row.map { try view.operations(of: $0.ref) } ?? []
        let judged = view.judged(held, of: key)
        guard let table = table(key),
            let explained = try TiaokuaiMerge.explain(
                spec.number, judged, record: view.identity(of: key), table: table, governance: try view.governing(key, judged))
        else { throw OfficeError(.unknownField, ["field": spec.name, "kind": key.kind.text]) }
        let outcome = explained.outcome
        let bound = try view.bound(key, spec, self)
        // What a superior's leaves without effect: a looser bound, or a standard that differs.
        let aside = try row.flatMap { try PathVerdicts(view).asides(of: $0)[spec.number] }
        let above = bound == nil ? aside?.inUse : nil
        let byID = Dictionary(held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func claims(_ list: [Explanation.Claim]) throws -> [ClaimFact] {
            try list.compactMap { claim in try byID[claim.operation].map { try self.claim(claim, $0, key, aside: aside) } }
        }
        let boundSource = bound?.source.map { SourceFact(document: $0.document ?? "", clause: $0.clause ?? "", formula: "") }
        let standing = try claims(explained.standing)
        return FieldExplanation(
            record: try row.map { try record($0) } ?? record(key), field: spec.name, title: spec.title, english: spec.english, fieldRule: spec.rule.code,
            value: bound.map(\.value) ?? (above?.value ?? outcome.value).map(text), measure: measure(of: spec, key), blank: bound?.value == nil ? blank(outcome.blank) : nil,
            rule: bound?.value == nil ? outcome.rule.rawValue : DecidingRule.strictest.rawValue, mode: outcome.mode?.rawValue,
            source: boundSource ?? source(explained.decidingStep?.source),
            decidingPlace: bound?.source?.place ?? above.map { place($0.place) } ?? explained.decidingStep.map { place($0.region) },
            steps: explained.steps.map { StepFact(place: place($0.region), mode: $0.mode.rawValue, source: source($0.source)) }, claims: standing,
            refused: try claims(explained.refused), dispute: dispute(outcome.dispute),
            changes: explained.changes.map { change in
                let (action, event) = change.action.fact
                return ChangeFact(unit: unit(change.unit), action: action, event: event)
            },
            bound: bound, ownValue: bound == nil && above == nil ? nil : outcome.value.map(text), members: outcome.members.map(member),
            episode: try spec.rule == .workflow ? row.flatMap { try episode($0, view.settlement($0.ref), spec.number) } : nil,
            isSample: standing.contains(where: \.isSample) || bound?.source?.isSample == true)
    }

    private func claim(_ claim: Explanation.Claim, _ held: HeldOperation, _ key: RecordKey, aside: PathVerdicts.Aside?) throws -> ClaimFact {
        let operation = held.operation
        let path = view.path(of: key.partition.place ?? view.settings.region)
        let isAside = claim.verdict == .stands && aside.map { $0.operation == nil || $0.operation == claim.operation } ?? false
        return ClaimFact(
            operation: claim.operation.hash.hex, unit: unit(claim.unit), person: claim.person.text,
            tier: claim.tier.flatMap { path.indices.contains($0) ? place(path[$0]) : nil }, value: claim.value.map(text),
            verdict: isAside ? VerdictFact(code: aside?.code ?? "", by: nil, reason: nil, waitsFor: nil) : verdict(claim.verdict), business: business(key, operation),
            written: claim.written.timestamp, known: known(held), hadSeen: claim.hadSeen.map(\.hash.hex), parallelTo: claim.parallelTo.map(\.hash.hex),
            under: claim.under?.hash.hex, ground: operation.note(.ground), evidence: operation.note(.evidence), reason: operation.note(.reason),
            newFact: operation.note(.newFact), isSample: operation.isSample)
    }

    /// The period or the day that the record is about; nil where it has none.
    func business(_ key: RecordKey, _ operation: Operation) -> String? {
        if let period = key.text("period", in: table(key)) { return period }
        for name in ["signedOn", "heldOn", "readOn", "deadline", "inForceFrom"] {
            if let number = table(key)?.field(named: name)?.number, let day = (operation.value(of: number) ?? nil)?.day { return day.description }
        }
        return nil
    }

    func history(_ held: HeldOperation, _ key: RecordKey, _ settlement: Settlement, only number: FieldNumber?) -> HistoryRow {
        let operation = held.operation
        let fields = operation.fields.filter { (number == nil || $0.number == number) && !$0.number.isAccompanying }.map { field in
            let spec = table(key)?.field(field.number)
            let found = settlement.verdicts[held.id]?[field.number] ?? .stands
            return HistoryField(
                field: spec?.name ?? "\(field.number.index)", title: spec?.title ?? "", value: field.value.map(text),
                measure: spec.flatMap { measure(of: $0, key) }, verdict: verdict(found))
        }
        let flags = (settlement.flags[held.id] ?? []).map { flag in
            switch flag {
            case .supersededVersion: "supersededVersion"
            case .selfFork: "selfFork"
            }
        }
        return HistoryRow(
            operation: held.id.hash.hex, unit: unit(operation.unit), person: operation.person.text, written: operation.written.timestamp,
            epoch: operation.origin.epoch.description, number: operation.origin.number, known: known(held), fields: fields,
            names: operation.names.map(\.hash.hex), seen: operation.seen.map(\.hash.hex), under: operation.under?.hash.hex, flags: flags,
            ground: operation.note(.ground), evidence: operation.note(.evidence), reason: operation.note(.reason), newFact: operation.note(.newFact),
            isSample: operation.isSample)
    }
}

extension Explanation.Change.Action {
    /// A stable name, and the event of `raise`.
    fileprivate var fact: (action: String, event: String?) {
        switch self {
        case .lodge: ("lodge", nil)
        case .report: ("report", nil)
        case .amend: ("amend", nil)
        case .agree: ("agree", nil)
        case .withdraw: ("withdraw", nil)
        case .choose: ("choose", nil)
        case .joinIssue: ("joinIssue", nil)
        case .decide: ("decide", nil)
        case .revise: ("revise", nil)
        case .citeNewFact: ("citeNewFact", nil)
        case .removeMember: ("removeMember", nil)
        case .raise(let event): ("raise", event)
        }
    }
}
