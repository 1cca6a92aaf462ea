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
