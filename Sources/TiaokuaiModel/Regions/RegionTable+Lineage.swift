/// What became of places, and from what they came 沿革.
extension RegionTable {
    /// The places that took over from this one, directly; empty while it goes on by itself.
    public func successors(of id: RegionID) -> [RegionID] {
        unique(changes.filter { $0.from?.id == id }.flatMap { $0.to.map(\.id) }.filter { $0 != id })
    }

    /// The places that this one took over from, directly.
    public func predecessors(of id: RegionID) -> [RegionID] {
        unique(changes.filter { change in change.to.contains { $0.id == id } }.compactMap { $0.from?.id }.filter { $0 != id })
    }

    /// Every change that led to this place or followed from it, ascending by day: its own, those of its predecessors up to
    /// when it took over, those of its successors from then on.
    public func lineage(of id: RegionID) -> [RegionChange] {
        let before = closure(from: id) { predecessors(of: $0) }
        let after = closure(from: id) { successors(of: $0) }
        return changes.filter { change in
            (change.from.map { after.contains($0.id) } ?? false) || change.to.contains { before.contains($0.id) }
        }
    }

    /// Where the work of a place lies on a day: itself while it is in force, afterwards all that took over from it.
    /// Ascending by id; several after a split; empty before it began.
    public func heirs(of id: RegionID, on day: Day) -> [RegionID] {
        closure(from: id) { place in
            places[place]?.period(on: day) == nil ? successors(of: place) : []
        }.filter { places[$0]?.period(on: day) != nil }.sorted()
    }

    /// Who answers for what lies at a place on a day, whether or not the place is in force on it: the place first, the root last.
    ///
    /// Before a place began, that is whoever stood above it at first. After it ended, the place that took over stands next above it,
    /// with everything above that; where several took over none of them speaks for the whole, and what stood above it last goes on.
    ///
    /// - Parameter root: as of `path(of:on:root:)`.
    /// - Returns: nil for what the table doesn't know, for a grouping node, and for what doesn't lie below `root`.
    public func responsible(for id: RegionID, on day: Day, root: RegionID? = nil) -> [RegionID]? {
        guard let start = places[id], start.isTier else { return nil }
        var path: [RegionID] = []
        var next: RegionID? = id
        // What took over ended later or not at all, and each superior has a higher level, so that this ends.
        while let current = next {
            guard let region = places[current] else { return nil }
            if region.isTier { path.append(current) }
            if current == root { return path }
            if let period = region.period(on: day) {
                next = period.parent
            } else if let began = region.periods[0].from, day < began {
                next = region.periods[0].parent
            } else {
                let heirs = heirs(of: current, on: day)
                next = heirs.count == 1 ? heirs[0] : region.lastPeriod.parent
            }
        }
        return root == nil ? path : nil
    }

    /// True when `ancestor` is the place itself or answers for what lies there on that day.
    public func isResponsible(_ ancestor: RegionID, for id: RegionID, on day: Day) -> Bool {
        responsible(for: id, on: day)?.contains(ancestor) ?? false
    }

    /// True when `ancestor` is the place itself, was one of its superiors in any period of the table, or took over from it: alone or
    /// with others, directly or in turn. Those above what took over count from that day on.
    public func wasEverWithin(_ id: RegionID, _ ancestor: RegionID) -> Bool {
        if id == ancestor || isWithin(id, ancestor, on: Day(number: .max)) { return true }
        var open = [(place: id, since: Day(number: .min))]
        var seen: Set<RegionID> = []
        // The earliest day first: what took over by two roads counts from the shorter one on.
        while let next = open.indices.min(by: { open[$0].since < open[$1].since }) {
            let (place, since) = open.remove(at: next)
            guard seen.insert(place).inserted else { continue }
            if place == ancestor || wasWithin(place, ancestor, since: since) { return true }
            guard places[place]?.lastPeriod.until != nil else { continue }
            for change in changes where change.from?.id == place { open += change.to.lazy.filter { $0.id != place }.map { ($0.id, max(since, change.day)) } }
        }
        return false
    }

    /// True when the one lay below the other on any day from `since` on.
    private func wasWithin(_ id: RegionID, _ ancestor: RegionID, since: Day) -> Bool {
        var days: Set<Day> = [since]
        let above = closure(from: id) { (places[$0]?.periods ?? []).compactMap(\.parent) }
        guard above.contains(ancestor) else { return false }
        for place in above { days.formUnion((places[place]?.periods ?? []).compactMap(\.from).filter { $0 > since }) }
        return days.contains { isWithin(id, ancestor, on: $0) }
    }

    private func closure(from id: RegionID, _ next: (RegionID) -> [RegionID]) -> Set<RegionID> {
        var seen: Set<RegionID> = [id]
        var open = [id]
        while let current = open.popLast() {
            for other in next(current) where seen.insert(other).inserted { open.append(other) }
        }
        return seen
    }

    private func unique(_ ids: [RegionID]) -> [RegionID] { Set(ids).sorted() }
}
