import TiaokuaiModel

extension RegionTable {
    /// True when `ancestor` is the place itself or was one of its superiors in any period of the table.
    ///
    /// Credentials and partitions have no period: what a city granted before a county went to another city stands, and
    /// the county's partitions hold the figures of both times.
    package func wasEverWithin(_ id: RegionID, _ ancestor: RegionID) -> Bool {
        if id == ancestor || isWithin(id, ancestor, on: Day(number: .max)) { return true }
        var days: Set<Day> = [Day(number: .min)]
        var seen: Set<RegionID> = []
        var open = [id]
        while let place = open.popLast() {
            guard seen.insert(place).inserted, let region = region(place) else { continue }
            days.formUnion(region.periods.compactMap(\.from))
            open += region.periods.compactMap(\.parent)
        }
        guard seen.contains(ancestor) else { return false }
        return days.contains { isWithin(id, ancestor, on: $0) }
    }

    /// True where units of a region have a word: in the partitions of their own place and of places below it.
    package func lodges(_ region: RegionID, in partition: Partition) -> Bool { partition.place.map { wasEverWithin($0, region) } ?? true }

    /// True when a credential for the region reaches the partition (lines apart): work of the region's subtree; policy of its
    /// superiors, of its subtree, and of the former superiors of what lies in it, who granted its credentials and governed
    /// its figures of that time.
    func reaches(_ region: RegionID, _ partition: Partition) -> Bool {
        switch partition {
        case .local: return false
        case .work(let place, _): return wasEverWithin(place, region)
        case .policy(let place):
            if wasEverWithin(region, place) || wasEverWithin(place, region) { return true }
            // Only a place that changed hands can lie below two that don't lie below one another.
            let moved = Set(changes.flatMap { $0.to.map(\.id) }).filter { Set((self.region($0)?.periods ?? []).compactMap(\.parent)).count > 1 }
            return moved.contains { wasEverWithin($0, region) && wasEverWithin($0, place) }
        }
    }
}
