import TiaokuaiModel

/// One thing changed, to see what would follow.
public enum WhatIf: Hashable, Sendable {
    /// As if this operation had said nothing; its place in the graph stays.
    case without(OperationID)
    /// Another mode at one tier (0 = the record's place), or at all.
    case mode(ResponsibilityMode, tier: Int?)

    /// What `settle` is asked with instead.
    public func applied(
        to operations: [JudgedOperation], _ governance: GoverningVersions
    ) -> (operations: [JudgedOperation], governance: GoverningVersions) {
        switch self {
        case .without(let id):
            // Any reason does: a void operation is transparent.
            return (operations.map { $0.id == id ? JudgedOperation($0.id, $0.operation, voidReason: .unitNotGranted) : $0 }, governance)
        case .mode(let mode, let tier):
            var changed = governance
            for index in changed.governing.tiers.indices where tier == nil || tier == index {
                changed.governing.tiers[index].mode = mode
                changed.governing.tiers[index].source = nil
            }
            return (operations, changed)
        }
    }
}

/// What the record would come to with one thing changed. Nothing is written.
public func whatIf(
    _ change: WhatIf, _ operations: [JudgedOperation], record: RecordID, table: KindTable, governance: GoverningVersions
) -> Settlement {
    let supposed = change.applied(to: operations, governance)
    var settlement = settle(supposed.operations, record: record, table: table, governance: supposed.governance)
    // What is supposed never to have been said has no verdict.
    if case .without(let id) = change { settlement.verdicts[id] = nil }
    return settlement
}
