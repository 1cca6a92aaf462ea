import TiaokuaiModel

/// What a unit is, for a field under precedence 条块结合: at which tier, and in which capacities.
struct Seat: Hashable {
    let tier: Int
    /// The block: the government of the record's place.
    let isGovernment: Bool
    /// The line: a unit of the lead line, or a lead of the governing measure, at this tier.
    let isLine: Bool
    /// Place in the list of statistics units; the first outranks the rest.
    let statistics: Int?

    /// Without it the unit cooperates, or keeps the statistics.
    var isLead: Bool { isGovernment || isLine }
}

extension Governance {
    /// In which capacity a unit may lodge on a field under precedence; nil where it may not, and its claim is void.
    ///
    /// - Only units on the path. A government above the record's place has no seat: it decides, it does not claim.
    /// - A record of a vertically managed unit 垂直管理 answers to its line alone: neither the government nor cooperating
    ///   units have a seat (requests only).
    /// - A unit named at several tiers sits at the first of them where it leads, else where it cooperates.
    func seat(of unit: UnitID) -> Seat? {
        guard let own = tierOfUnit[unit] else { return nil }
        let line = tiers.firstIndex { $0.lineUnits.contains(unit) }
        let isGovernment = !isVertical && tiers.first?.government == unit
        let order = statistics.firstIndex(of: unit)
        let cooperating = isVertical ? nil : tiers.firstIndex { $0.cooperating.contains(unit) }
        guard let tier = isGovernment ? 0 : line ?? (order == nil ? cooperating : own) else { return nil }
        return Seat(tier: tier, isGovernment: isGovernment, isLine: line != nil, statistics: order)
    }
}
