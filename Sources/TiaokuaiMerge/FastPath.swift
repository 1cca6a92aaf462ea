import TiaokuaiModel

/// What is known of a record on which only one unit has written, each operation having seen the one before: most records.
public struct RecordChain: Hashable, Sendable {
    public var unit: UnitID
    /// The latest operation, the record's only head.
    public var head: OperationID

    public init(unit: UnitID, head: OperationID) {
        self.unit = unit
        self.head = head
    }
}

/// True when `operation` needs no `settle`: its fields overlay what the record came to before.
///
/// The rule. The record has no operation, or all of them are one unit's and each has seen the one before (`chain`; void
/// ones included). The new operation is the same unit's, has seen exactly the head, names nothing, is admitted by trust
/// and is not held yet. Each of its fields is of the kind, of its type and within limits, and is settled by the unit's own
/// word alone: `soleIssuer` and `strictest` where it is the only issuer, `soleReporter` where it reports, `authority` and
/// `holder` where it has a seat (for a figure: at the record's place, as a reporter, or where no report is asked for).
/// Events and set members always go through `settle`.
///
/// Then the field's outcome is `fastPathOutcomes`, every other field's stays, the words replaced are the unit's latest on
/// the same fields, and the operation is the record's head. A property test holds this against `settle`.
public func isFastPathEligible(
    _ operation: JudgedOperation, after chain: RecordChain?, record: RecordID, table: KindTable, governance versions: GoverningVersions
) -> Bool {
    let content = operation.operation
    let governance = versions.governing
    guard operation.voidReason == nil, content.record == record, content.names.isEmpty, governance.tierOfUnit[content.unit] != nil else { return false }
    guard content.seen == (chain.map { [$0.head] } ?? []), chain.map({ $0.unit == content.unit }) ?? true else { return false }
    guard content.fields.count <= Operation.maximumFields, content.fields.contains(where: { !$0.number.isAccompanying }) else { return false }
    var last: FieldNumber?
    for field in content.fields {
        if let last, field.number <= last { return false }
        last = field.number
        guard let spec = table.field(field.number), isSettledAlone(spec, by: content.unit, governance) else { return false }
        guard let value = field.value else { continue }
        guard spec.admits(value), value.isWithinLimits else { return false }
    }
    return true
}

/// What the fields of an eligible operation come to.
public func fastPathOutcomes(_ operation: JudgedOperation, table: KindTable) -> [FieldNumber: FieldOutcome] {
    var outcomes: [FieldNumber: FieldOutcome] = [:]
    for field in operation.operation.fields {
        guard let spec = table.field(field.number), spec.rule != .accompanying else { continue }
        guard let value = field.value else {
            outcomes[field.number] = FieldOutcome(blank: .noClaim)
            continue
        }
        let rule: DecidingRule =
            switch spec.rule {
            case .soleIssuer, .soleReporter: .sole
            case .strictest: .strictest
            default: .agreement
            }
        let claim = StandingClaim(operation: operation.id, unit: operation.operation.unit, value: value, verdict: .stands)
        outcomes[field.number] = FieldOutcome(value: value, sources: [operation.id], rule: rule, standing: [claim])
    }
    return outcomes
}

extension Settlement {
    /// This settlement and an eligible operation, without settling again.
    public func overlaid(with operation: JudgedOperation, table: KindTable) -> Settlement {
        var next = self
        next.fields.merge(fastPathOutcomes(operation, table: table)) { $1 }
        for field in operation.operation.fields where table.field(field.number)?.rule != .accompanying {
            for (id, verdicts) in verdicts {
                switch verdicts[field.number] {
                case .stands, .withdrawn, .decides, .passed: next.verdicts[id]?[field.number] = .replaced(by: operation.id)
                default: continue
                }
            }
        }
        next.verdicts[operation.id] = operation.operation.fields.reduce(into: [:]) { verdicts, field in
            let isAccompanying = table.field(field.number)?.rule == .accompanying
            verdicts[field.number] = isAccompanying ? .passed : field.value == nil ? .withdrawn : .stands
        }
        next.heads = [operation.id]
        return next
    }
}

private func isSettledAlone(_ spec: FieldSpec, by unit: UnitID, _ governance: Governance) -> Bool {
    switch spec.rule {
    case .accompanying: return true
    case .soleIssuer, .strictest: return governance.issuers.count == 1 && governance.issuers.contains(unit)
    case .soleReporter: return governance.reporters.contains(unit)
    case .authority, .holder:
        guard let seat = governance.seat(of: unit) else { return false }
        return spec.rule == .holder || seat.tier == 0 || governance.reporters.isEmpty || governance.reporters.contains(unit)
    case .workflow, .set: return false
    }
}
