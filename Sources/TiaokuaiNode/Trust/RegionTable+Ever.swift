import TiaokuaiModel

// Credentials and partitions have no period: what a city granted before a county went to another city stands, the county's partitions
// hold the figures of both times, and what a county left behind is there for whoever took over.

extension RegionTable {
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
            // Only a place that changed hands, or into other hands, can lie below two that don't lie below one another.
            let moved = Set(changes.flatMap { $0.to.map(\.id) + [$0.from?.id].compactMap(\.self) }).filter { id in
                guard let region = self.region(id) else { return false }
                return region.lastPeriod.until != nil || Set(region.periods.compactMap(\.parent)).count > 1
            }
            return moved.contains { wasEverWithin($0, region) && wasEverWithin($0, place) }
        }
    }
}
