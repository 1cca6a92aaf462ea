import TiaokuaiModel

/// What is void from the operation alone: it supersedes nothing, whoever wrote it and whatever else is held.
struct OperationCheck {
    let record: RecordID
    let specs: [FieldNumber: FieldSpec]
    let workflow: Workflow?
    private let table: KindTable
    private let isStatistical: Bool

    /// Where the verdict on an operation without any field is entered.
    static let noField = FieldNumber(wire: 0)

    /// - Parameter isStatistical: the statistics units decide on the figure, so everybody must be able to read it.
    init(record: RecordID, table: KindTable, isStatistical: Bool) {
        self.record = record
        self.table = table
        self.isStatistical = isStatistical
        specs = Dictionary(table.fields.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        workflow = table.workflow
    }

    /// A reason that holds for the operation as a whole.
    func reason(for operation: Operation) -> VoidReason? {
        if operation.record != record { return .malformedKey }
        if operation.fields.allSatisfy(\.number.isAccompanying) { return .emptyOperation }
        return nil
    }

    /// A reason that holds for the field at `index` of the operation's list.
    func reason(for operation: Operation, fieldAt index: Int) -> VoidReason? {
        let field = operation.fields[index]
        if index >= Operation.maximumFields { return .overQuota }
        guard let spec = specs[field.number] else { return .unknownField }
        guard let value = field.value else {
            switch spec.rule {
            case .workflow: return .eventNotAllowed
            case .set: return operation.names.isEmpty ? .noNames : nil
            default: return nil
            }
        }
        // What a sealed value is of, its receiver alone can tell.
        if value.sealed != nil { return table.mayBeSealed(spec) && !(isStatistical && spec.rule == .authority) ? nil : .notSealable }
        guard spec.type.admits(value) else { return .wrongType }
        guard value.isWithinLimits else { return .overQuota }
        guard spec.admits(value) else { return .notAChoice }
        if spec.rule == .workflow { return reason(forEvent: value, of: operation) }
        return nil
    }

    private func reason(forEvent value: Value, of operation: Operation) -> VoidReason? {
        guard let name = value.text, let event = workflow?.event(named: name) else { return .eventNotAllowed }
        if event.needsEvidence, !operation.says(.evidence) { return .noEvidence }
        if event.needsNames, operation.names.isEmpty { return .noNames }
        return nil
    }
}

extension Operation {
    /// What it judges, decides or removes; what lies beyond the quota is not read.
    var countedNames: ArraySlice<OperationID> { names.prefix(Operation.maximumNames) }

    /// True when the accompanying field holds a text that is more than white space.
    func says(_ number: FieldNumber) -> Bool {
        guard case .some(.some(.text(let text))) = value(of: number) else { return false }
        return text.unicodeScalars.contains { !$0.properties.isWhitespace }
    }
}
