/// The last step: ids, superiors, and the table.
extension RegionTableBuilder {
    func assemble(_ name: String) throws(ModelError) -> RegionTable {
        guard places.count <= RegionTable.maximumPlaces else { throw Self.failure("more than \(RegionTable.maximumPlaces) places") }
        var byCode: [String: [Int]] = [:]
        for (index, place) in places.enumerated() {
            for code in Set(place.stretches.map(\.code)) {
                byCode[code, default: []].append(index)
                // Keeps what follows linear, whatever the text says.
                guard byCode[code, default: []].count <= RegionTable.maximumPlacesOfOneCode else { throw Self.failure("too many places of code \(code)") }
            }
        }
        let ids = identities()
        var regions: [Region] = []
        for (index, place) in places.enumerated() {
            var periods: [Region.Period] = []
            for stretch in place.stretches {
                let parent = try parent(of: stretch, level: place.level, byCode)
                periods.append(.init(code: stretch.code, name: stretch.name, parent: parent.map { ids[$0] }, from: stretch.from, until: stretch.until))
            }
            regions.append(Region(id: ids[index], level: place.level, kind: place.kind, periods: periods))
        }
        let changes = batches.flatMap { batch in
            batch.changes.map { change in
                RegionChange(
                    kind: change.kind, day: batch.day, year: batch.year,
                    from: change.fromPlace.map { published($0, ids, on: batch.day.adding(-1)) },
                    to: change.toPlaces.map { published($0, ids, on: batch.day) })
            }
        }
        return RegionTable(name: name, edition: edition, regions: regions, changes: changes)
    }

    /// The first code of each; where a code came to a second place, that one gets `-2`.
    private func identities() -> [RegionID] {
        let order = places.indices.sorted { left, right in
            let (l, r) = (places[left].stretches[0], places[right].stretches[0])
            let (lDay, rDay) = (l.from?.number ?? .min, r.from?.number ?? .min)
            return lDay != rDay ? lDay < rDay : l.code < r.code
        }
        var taken: Set<RegionID> = []
        var ids = [RegionID](repeating: RegionID(unchecked: "-"), count: places.count)
        for index in order {
            ids[index] = RegionTable.freeID(places[index].stretches[0].code) { taken.contains($0) }
            taken.insert(ids[index])
        }
        return ids
    }

    /// The place that had the superior's code during the whole stretch; it may have changed in that time, not begun or ended.
    private func parent(of stretch: Stretch, level: Region.Level, _ byCode: [String: [Int]]) throws(ModelError) -> Int? {
        guard let code = stretch.parentCode else { return nil }
        for index in byCode[code] ?? [] where places[index].level < level {
            let stretches = places[index].stretches
            let holds = stretches.contains { $0.code == code && Self.overlaps($0, stretch) }
            if holds, Self.starts(stretches[0].from, notAfter: stretch.from), Self.ends(stretches[stretches.count - 1].until, notBefore: stretch.until) {
                return index
            }
        }
        throw Self.failure("\(stretch.code) stands under \(code), which is not in force all the time, or not above it")
    }

    private func published(_ place: Int, _ ids: [RegionID], on day: Day) -> RegionChange.Place {
        let stretches = places[place].stretches
        let stretch = stretches.last { Self.starts($0.from, notAfter: day) } ?? stretches[0]
        return RegionChange.Place(id: ids[place], code: stretch.code, name: stretch.name)
    }

    private static func overlaps(_ left: Stretch, _ right: Stretch) -> Bool {
        func isBefore(_ until: Day?, _ from: Day?) -> Bool { if let until, let from { until <= from } else { false } }
        return !isBefore(left.until, right.from) && !isBefore(right.until, left.from)
    }
    private static func starts(_ from: Day?, notAfter other: Day?) -> Bool { if let from { other.map { from <= $0 } ?? false } else { true } }
    private static func ends(_ until: Day?, notBefore other: Day?) -> Bool { if let until { other.map { $0 <= until } ?? false } else { true } }
}
