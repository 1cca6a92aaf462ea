import TiaokuaiModel

/// A record, all that is held of it, and who decides: `settle()` is the whole model.
public struct NaiveRecord {
    let history: NaiveHistory
    let table: KindTable
    let governing: NaiveGovernance
    let cited: [OperationID: NaiveGovernance]
    let raised: [OperationID: OperationID]

    public init(
        _ operations: [NaiveOperation], table: KindTable, governing: NaiveGovernance, cited: [OperationID: NaiveGovernance],
        raised: [OperationID: OperationID] = [:]
    ) {
        history = NaiveHistory(operations)
        self.table = table
        self.governing = governing
        self.cited = cited
        self.raised = raised
    }

    public func settle() -> NaiveSettlement {
        var settlement = NaiveSettlement()
        // What is void whatever its author had seen does not wait for it.
        settlement.pending = Set(history.waiting.values.filter { one in one.words.keys.contains { !isVoidAlone(one, $0) } }.map(\.id))
        for operation in Array(history.entered.values) + history.waiting.values {
            for field in operation.words.keys where isVoidAlone(operation, field) {
                settlement.void[operation.id, default: []].insert(field)
            }
        }
        for spec in table.fields where spec.rule != .accompanying && !said(of: spec.number).isEmpty {
            let (outcome, void) = settle(spec, within: history.all)
            settlement.fields[spec.number] = outcome
            for id in void { settlement.void[id, default: []].insert(spec.number) }
        }
        return settlement
    }

    /// The field's outcome and the operations that the rules make void on it.
    func settle(_ spec: FieldSpec, within held: Set<OperationID>) -> (NaiveOutcome, void: Set<OperationID>) {
        switch spec.rule {
        case .soleIssuer, .strictest: settleSole(spec, authors: governing.issuers, within: held)
        case .soleReporter: settleSole(spec, authors: governing.reporters, isJoint: false, within: held)
        case .authority, .holder: NaiveField(self, spec, within: held).settle()
        case .workflow: settleWorkflow(spec, within: held)
        case .set: settleSet(spec, within: held)
        case .accompanying: (NaiveOutcome(), [])
        }
    }

    /// "Acts are weighed by the version that they cite, never older than one that their node's feed has already cited."
    func governance(ofAct operation: NaiveOperation) -> NaiveGovernance {
        guard let under = operation.under else { return governing }
        return cited[raised[operation.id] ?? under] ?? governing
    }

    /// Void from the operation alone, whoever wrote it.
    func isVoidAlone(_ operation: NaiveOperation, _ field: FieldNumber) -> Bool {
        guard !operation.isVoidFromTrust, !operation.beyondQuota.contains(field), let spec = table.field(field) else { return true }
        guard let value = operation.words[field]?.value else { return spec.rule == .workflow || spec.rule == .set && operation.names.isEmpty }
        guard value.sealed == nil else { return !takesSealed(spec) }
        return !spec.type.admits(value) || !spec.choices.isEmpty && !spec.choices.map { Value.text($0.code) }.contains(value)
            || spec.rule == .workflow && isNoStep(value, operation)
    }

    /// A step that lacks the evidence it has to state, or the names of what it judges, is none, in whatever state.
    private func isNoStep(_ value: Value, _ operation: NaiveOperation) -> Bool {
        guard let event = value.text.flatMap({ table.workflow?.event(named: $0) }) else { return true }
        return event.needsEvidence && !operation.cites(.evidence) || event.needsNames && operation.names.isEmpty
    }

    /// "What others must compare, add up or act on is not sealed."
    private func takesSealed(_ spec: FieldSpec) -> Bool {
        guard table.stream == .work, spec.number.fieldClass != .public else { return false }
        switch spec.rule {
        case .soleIssuer, .soleReporter, .set: return true
        case .authority: return governing.statistics.isEmpty
        case .strictest, .holder, .workflow, .accompanying: return false
        }
    }

    /// Everything that was said of a field and is not void from the operation alone.
    func said(of field: FieldNumber, within held: Set<OperationID>? = nil) -> Set<OperationID> {
        Set(
            history.entered.values
                .filter { held?.contains($0.id) ?? true }
                .filter { $0.words[field] != nil && !isVoidAlone($0, field) }
                .map(\.id))
    }

    func operation(_ id: OperationID) -> NaiveOperation? { history.entered[id] }

    /// "Standing claims that differ are a dispute: listed, never silent": of different units, since a unit that differs with
    /// itself waits for itself.
    func differ(_ units: Set<UnitID>, _ claims: Set<OperationID>, _ spec: FieldSpec) -> Bool {
        let standing = history.standing(claims, spec.number).filter { history.unit($0).map(units.contains) ?? false }
        return standing.contains { one in
            standing.contains { other in
                guard history.unit(one) != history.unit(other), let left = history.word(one, spec.number)?.value,
                    let right = history.word(other, spec.number)?.value
                else { return false }
                return !NaiveEquality(spec.rule).areEqual(left, right)
            }
        }
    }
}
