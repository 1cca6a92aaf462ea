import TiaokuaiModel

/// Who stands above whom, and who took over from whom, as one edition of a region table says it.
public struct LifePlaces: Sendable {
    /// Superior of each place by the first day on which it is so, ascending; the root has none.
    public var superiors: [RegionID: [(from: Day, place: RegionID)]]
    /// Places that ended: the first day after, and those that took over.
    public var successions: [RegionID: (from: Day, heirs: [RegionID])] = [:]

    public init(superiors: [RegionID: [(from: Day, place: RegionID)]]) { self.superiors = superiors }

    /// Who answers for a place, the place first, the root last; nil day: after every change. "The one place that took over stands
    /// above what it took over; where several did, what stood above it last."
    public func path(of place: RegionID, on day: Day?) -> [RegionID] {
        var path = [place]
        while let above = above(path[path.count - 1], on: day) { path.append(above) }
        return path
    }

    private func above(_ place: RegionID, on day: Day?) -> RegionID? {
        if let end = successions[place], end.heirs.count == 1, day.map({ $0 >= end.from }) ?? true { return end.heirs[0] }
        let all = superiors[place] ?? []
        guard let day else { return all.last?.place }
        return all.last { $0.from <= day }?.place
    }

    public func wasEverWithin(_ place: RegionID, _ above: RegionID) -> Bool {
        place == above || (superiors[place] ?? []).contains { wasEverWithin($0.place, above) }
            || (successions[place]?.heirs ?? []).contains { wasEverWithin($0, above) }
    }

    /// Places that lie or lay below two that don't lie below one another, perhaps.
    var changedHands: [RegionID] { superiors.filter { $0.value.count > 1 }.map(\.key) + successions.keys.map(\.self) }
}
