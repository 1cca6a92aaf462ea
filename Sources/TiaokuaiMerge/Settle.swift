import TiaokuaiModel

/// What all operations of one record come to 条块结合. The engine's one entry: every value, verdict and dispute is this
/// function's, and the fast path (`isFastPathEligible`) is only a shorter way to the same answer.
///
/// - Pure: no clock, no randomness, no input but the arguments. The order and the repetition of `operations` change nothing.
/// - Total: any input gives an answer. An operation of another record is void (`malformedKey`); one without a field is
///   void (`emptyOperation`), entered under field number 0 on the wire.
/// - Operations that are not in the graph yet (something that they name in `seen` is missing) are `pending` and have no
///   effect; void ones keep their place in the graph and are otherwise as if they had said nothing.
/// - One field is settled by one evaluator, after its rule in `table`; fields do not influence each other, except that a
///   workflow's events read holder fields as they stood in their own causal past, and may name claims on other fields.
///
/// Cost: a pass over the graph (n²/64 word operations), then per field about n × units for an ordinary history.
///
/// - Parameters:
///   - operations: everything held of this record, judged by the trust stratum.
///   - governance: who decides, resolved from the policy that is held.
public func settle(_ operations: [JudgedOperation], record: RecordID, table: KindTable, governance: GoverningVersions) -> Settlement {
    Settler(operations, record: record, table: table, versions: governance).settlement()
}

struct Settler {
    let graph: RecordGraph
    let record: RecordID
    let table: KindTable
    let versions: GoverningVersions
    let check: OperationCheck

    init(_ operations: [JudgedOperation], record: RecordID, table: KindTable, versions: GoverningVersions) {
        graph = RecordGraph(operations)
        self.record = record
        self.table = table
        self.versions = versions
        check = OperationCheck(record: record, table: table, isStatistical: !versions.governing.statistics.isEmpty)
    }

    func settlement() -> Settlement {
        var settlement = Settlement(heads: graph.heads)
        var entries: [FieldNumber: [FieldInput.Entry]] = [:]
        for waiting in graph.waiting {
            sort(waiting.operation, into: &settlement, otherwise: .pending(waiting.missing)) { number, _ in entries[number, default: []] += [] }
        }
        for (position, operation) in graph.operations.enumerated() {
            sort(operation, into: &settlement, otherwise: .passed) { number, value in
                entries[number, default: []].append(.init(at: position, unit: operation.operation.unit, value: value))
            }
        }
        let inputs = entries.reduce(into: [FieldNumber: FieldInput]()) { inputs, field in
            guard let spec = check.specs[field.key] else { return }
            inputs[field.key] = FieldInput(record: record, graph: graph, table: table, spec: spec, versions: versions, entries: field.value)
        }
        for number in inputs.keys.sorted() {
            guard let input = inputs[number] else { continue }
            let result = evaluate(input, beside: inputs)
            settlement.fields[number] = result.outcome
            for (position, verdict) in result.verdicts { settlement.verdicts[graph.id(at: position), default: [:]][number] = verdict }
            for (position, flags) in result.flags {
                settlement.flags[graph.id(at: position)] = merged(settlement.flags[graph.id(at: position)] ?? [], flags)
            }
        }
        return settlement
    }

    /// Enters a verdict for each field of the operation and hands on what an evaluator has to see.
    private func sort(
        _ judged: JudgedOperation, into settlement: inout Settlement, otherwise verdict: Verdict, entry: (FieldNumber, Value?) -> Void
    ) {
        let operation = judged.operation
        let whole = judged.voidReason ?? check.reason(for: operation)
        var verdicts: [FieldNumber: Verdict] = [:]
        if operation.fields.isEmpty { verdicts[OperationCheck.noField] = .void(whole ?? .emptyOperation) }
        for (index, field) in operation.fields.enumerated() where verdicts[field.number] == nil {
            if let reason = whole ?? check.reason(for: operation, fieldAt: index) {
                verdicts[field.number] = .void(reason)
                // The kind's field was spoken of, if in vain.
                if let spec = check.specs[field.number], spec.rule != .accompanying, settlement.fields[field.number] == nil {
                    settlement.fields[field.number] = FieldOutcome(blank: .noClaim)
                }
            } else {
                verdicts[field.number] = verdict
                if check.specs[field.number]?.rule != .accompanying { entry(field.number, field.value) }
            }
        }
        settlement.verdicts[judged.id] = verdicts
    }

    private func evaluate(_ input: FieldInput, beside others: [FieldNumber: FieldInput]) -> FieldResult {
        switch input.spec.rule {
        case .soleIssuer: SoleEvaluator(input, owners: input.governance.issuers, isJoint: true, rule: .sole).evaluated()
        case .soleReporter: SoleEvaluator(input, owners: input.governance.reporters, isJoint: false, rule: .sole).evaluated()
        case .strictest: SoleEvaluator(input, owners: input.governance.issuers, isJoint: true, rule: .strictest).evaluated()
        case .authority, .holder: AuthorityEvaluator(input).evaluated()
        case .workflow: WorkflowEvaluator(input, beside: others).evaluated()
        case .set: SetEvaluator(input).evaluated()
        case .accompanying: FieldResult()
        }
    }

    private func merged(_ one: [Flag], _ other: [Flag]) -> [Flag] {
        one + other.filter { !one.contains($0) }
    }
}

/// What the operations of a record come to whose kind nobody here has a table for (a form that has not come yet): each
/// waits, named by no operation; what is void whatever the kind is void; the record's graph has its heads. Nothing is in use.
public func settleWithoutTable(_ operations: [JudgedOperation]) -> Settlement {
    let graph = RecordGraph(operations)
    var settlement = Settlement(heads: graph.heads)
    let missing = Dictionary(graph.waiting.map { ($0.operation.id, $0.missing) }, uniquingKeysWith: { first, _ in first })
    for judged in graph.operations + graph.waiting.map(\.operation) {
        let verdict = judged.voidReason.map(Verdict.void) ?? .pending(missing[judged.id] ?? [])
        let numbers = judged.operation.fields.isEmpty ? [OperationCheck.noField] : judged.operation.fields.map(\.number)
        for number in numbers { settlement.verdicts[judged.id, default: [:]][number] = verdict }
    }
    return settlement
}
