import TiaokuaiModel

/// Which units play which role in a workflow, at one moment of a record.
struct WorkflowRoles {
    let governance: Governance
    /// By the name of the holder field.
    let holders: [String: UnitID]

    /// Nil when `unit` has a role that the event is for.
    ///
    /// In a record of a vertically managed unit 垂直管理 governments have no role: they can only request (R17).
    func refusal(of unit: UnitID, _ event: Workflow.Event) -> VoidReason? {
        let played = event.by.filter { plays($0, unit) }
        if played.isEmpty {
            let isForHolders = event.by.allSatisfy { if case .holder = $0 { true } else { false } }
            return isForHolders ? .notHolder : .wrongRole
        }
        let isGovernment = governance.tiers.contains { $0.government == unit }
        let isOwn = played.contains { role in
            switch role {
            case .government, .superior, .superiorUnit: !isGovernment
            case .issuer, .holder, .lead, .anyone: true
            }
        }
        return governance.isVertical && !isOwn ? .verticalUnit : nil
    }

    private func plays(_ role: Workflow.Role, _ unit: UnitID) -> Bool {
        switch role {
        case .issuer: governance.issuers.contains(unit)
        case .holder(let name): holders[name] == unit
        case .lead: governance.tiers.contains { $0.lineUnits.contains(unit) }
        case .government: governance.tiers.first?.government == unit
        case .superior: governance.tiers.dropFirst().contains { $0.government == unit }
        case .superiorUnit: governance.tierOfUnit[unit] ?? 0 > 0
        case .anyone: governance.tierOfUnit[unit] != nil
        }
    }
}
