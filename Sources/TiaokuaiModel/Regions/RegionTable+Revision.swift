/// Changing a table from a day on: local zones, and what a province publishes over the printed table.
///
/// Rules: a place never stands below one of its own or a lower level, so that no cycle can be written; a code belongs to
/// one place at a time; no place is left under a superior that ended; a place's periods are only ever added at their end.
extension RegionTable {
    public static let maximumNameBytes = 120
    public static let maximumCodeBytes = 24

    /// The table with all the revisions that fit it, applied in their own order whatever the order of the argument, and
    /// those that do not, each with its reason.
    public func applying(_ revisions: some Sequence<RegionRevision>) -> (table: RegionTable, refused: [(RegionRevision, ModelError)]) {
        var table = self
        var refused: [(RegionRevision, ModelError)] = []
        for revision in Set(revisions).sorted() {
            do throws(ModelError) { try table.apply(revision) } catch { refused.append((revision, error)) }
        }
        return (table, refused)
    }

    /// Adds a functional zone 开发区 with a local code under a city, or one below a county.
    @discardableResult
    public mutating func addZone(code: String, name: String, under parent: RegionID, from day: Day) throws(ModelError) -> RegionID {
        let level: Region.Level = places[parent].map { $0.level >= .county ? .town : .county } ?? .county
        try apply(RegionRevision(from: day, .add(code: code, name: name, level: level, kind: .zone, under: parent)))
        guard let zone = region(code: code, on: day) else { throw ModelError(.unknownRegion, code) }
        return zone.id
    }

    /// Applies one revision, or changes nothing and throws `unknownRegion` or `malformedRegionTable`.
    public mutating func apply(_ revision: RegionRevision) throws(ModelError) {
        var copy = self
        try copy.applyInPlace(revision)
        guard copy.places.count <= RegionTable.maximumPlaces, copy.changes.count <= RegionTable.maximumChanges else {
            throw ModelError(.malformedRegionTable, "more places or changes than a table may hold")
        }
        self = copy
    }

    private mutating func applyInPlace(_ revision: RegionRevision) throws(ModelError) {
        let day = revision.day
        switch revision.act {
        case .add(let code, let name, let level, let kind, let under):
            let id = try begin(code, name, level, kind, under, on: day)
            record(.new, day, from: nil, to: [id])
        case .recode(let id, let code, let name, let under):
            try proceed(id, .recode, on: day, code: code, name: name, under: under)
        case .rename(let id, let name):
            try proceed(id, .rename, on: day, code: nil, name: name, under: nil)
        case .transfer(let id, let under):
            try proceed(id, .transfer, on: day, code: nil, name: nil, under: under)
        case .merge(let ids, let into):
            guard !ids.isEmpty, Set(ids).count == ids.count else { throw ModelError(.malformedRegionTable, "a merge of no place, or of one twice") }
            try replace(ids.sorted(), .merge, by: [into], on: day)
        case .split(let id, let into):
            guard into.count >= 2, Set(into).count == into.count else { throw ModelError(.malformedRegionTable, "a split of \(id) into fewer than two places") }
            try replace([id], .split, by: into, on: day)
        }
    }

    /// The same place goes on with another code, name or superior.
    private mutating func proceed(
        _ id: RegionID, _ kind: RegionChange.Kind, on day: Day, code: String?, name: String?, under: RegionID?
    ) throws(ModelError) {
        let (region, last) = try living(id, on: day)
        guard last.from != day else { throw ModelError(.malformedRegionTable, "\(id) changes twice on \(day)") }
        if let code, code != last.code { try checkFree(code, on: day) }
        if let name { try RegionTable.check(name: name) }
        if let under { try checkParent(under, of: region.level, on: day) }
        let next = Region.Period(code: code ?? last.code, name: name ?? last.name, parent: under ?? last.parent, from: day)
        guard next.code != last.code || next.name != last.name || next.parent != last.parent else {
            throw ModelError(.malformedRegionTable, "nothing changes for \(id)")
        }
        put(Region(id: id, level: region.level, kind: region.kind, periods: region.periods.dropLast() + [last.ending(day), next]))
        record(kind, day, from: (id, last), to: [id])
    }

    /// Places end; others take over.
    private mutating func replace(_ ids: [RegionID], _ kind: RegionChange.Kind, by destinations: [RegionRevision.Destination], on day: Day) throws(ModelError) {
        var ended: [(RegionID, Region.Period)] = []
        var level = Region.Level.country
        let kept = Set(destinations.compactMap { if case .existing(let id) = $0 { id } else { nil } })
        for id in ids {
            let (region, last) = try living(id, on: day)
            level = region.level
            ended.append((id, last))
            if kept.contains(id) { continue }
            guard last.from != day else { throw ModelError(.malformedRegionTable, "\(id) ends on the day on which it begins") }
            guard !hasAnyoneBelow(id, from: day) else { throw ModelError(.malformedRegionTable, "\(id) still has places below it on \(day)") }
            put(Region(id: id, level: region.level, kind: region.kind, periods: region.periods.dropLast() + [last.ending(day)]))
        }
        guard kind == .split || ids.contains(where: { !kept.contains($0) }) else { throw ModelError(.malformedRegionTable, "a merge that ends no place") }
        var heirs: [RegionID] = []
        for destination in destinations {
            switch destination {
            case .existing(let id):
                try checkInForce(id, on: day)
                heirs.append(id)
            case .new(let code, let name, let under):
                heirs.append(try begin(code, name, level, .admin, under, on: day))
            }
        }
        for place in ended { record(kind, day, from: place, to: heirs) }
    }

    private mutating func begin(
        _ code: String, _ name: String, _ level: Region.Level, _ kind: Region.Kind, _ under: RegionID, on day: Day
    ) throws(ModelError) -> RegionID {
        try RegionTable.check(code: code)
        try RegionTable.check(name: name)
        try checkFree(code, on: day)
        try checkParent(under, of: level, on: day)
        let id = RegionTable.freeID(code) { places[$0] != nil }
        put(Region(id: id, level: level, kind: kind, periods: [Region.Period(code: code, name: name, parent: under, from: day)]))
        return id
    }

    private mutating func put(_ region: Region) {
        places[region.id] = region
        index(region)
    }

    private mutating func record(_ kind: RegionChange.Kind, _ day: Day, from: (RegionID, Region.Period)?, to heirs: [RegionID]) {
        let change = RegionChange(
            kind: kind, day: day, year: day.parts.year, from: from.map { RegionChange.Place(id: $0.0, code: $0.1.code, name: $0.1.name) },
            to: heirs.compactMap { id in
                places[id]?.period(on: day).map { RegionChange.Place(id: id, code: $0.code, name: $0.name) }
            })
        let position = changes.firstIndex { day < $0.day } ?? changes.endIndex
        changes.insert(change, at: position)
    }
}

// MARK: Checks

extension RegionTable {
    /// A place in force on a day whose last period it is: nothing later is known about it.
    private func living(_ id: RegionID, on day: Day) throws(ModelError) -> (Region, Region.Period) {
        guard let region = places[id] else { throw ModelError(.unknownRegion, id.text) }
        let last = region.lastPeriod
        guard last.until == nil, last.covers(day) else {
            throw ModelError(.malformedRegionTable, "\(id) is not in force on \(day), or the table knows a later change of it")
        }
        return (region, last)
    }

    /// In force from a day on, perhaps with changes that keep its id.
    @discardableResult
    private func checkInForce(_ id: RegionID, on day: Day) throws(ModelError) -> Region {
        guard let region = places[id] else { throw ModelError(.unknownRegion, id.text) }
        guard region.period(on: day) != nil, region.lastPeriod.until == nil else {
            throw ModelError(.malformedRegionTable, "\(id) is not in force on and after \(day)")
        }
        return region
    }

    private func hasAnyoneBelow(_ id: RegionID, from day: Day) -> Bool {
        (listed[id] ?? []).contains { child in
            places[child]?.periods.contains { period in period.parent == id && (period.until.map { day < $0 } ?? true) } ?? false
        }
    }

    private func checkFree(_ code: String, on day: Day) throws(ModelError) {
        try RegionTable.check(code: code)
        let before = regions(everWithCode: code)
        guard before.count < RegionTable.maximumPlacesOfOneCode else { throw ModelError(.malformedRegionTable, "too many places of code \(code)") }
        let taken = before.contains { region in
            region.periods.contains { period in period.code == code && (period.until.map { day < $0 } ?? true) }
        }
        if taken { throw ModelError(.malformedRegionTable, "code \(code) is in use on or after \(day)") }
    }

    private func checkParent(_ parent: RegionID, of level: Region.Level, on day: Day) throws(ModelError) {
        let region = try checkInForce(parent, on: day)
        guard region.level < level else { throw ModelError(.malformedRegionTable, "\(parent) is not above the level \(level)") }
    }

    static func check(name: String) throws(ModelError) {
        let fits =
            (1...maximumNameBytes).contains(name.utf8.count) && !name.contains { $0.isWhitespace }
            && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && !$0.properties.isDefaultIgnorableCodePoint }
        guard fits else { throw ModelError(.malformedRegionTable, "not a place's name: \(name)") }
    }

    static func check(code: String) throws(ModelError) {
        guard RegionID.isWellFormed(code), code.utf8.count <= maximumCodeBytes else { throw ModelError(.malformedRegionTable, "not a code: \(code)") }
    }

    /// The code itself, or where another place had it as its id before, `code-2`, `code-3` …
    static func freeID(_ code: String, _ isTaken: (RegionID) -> Bool) -> RegionID {
        var id = RegionID(unchecked: code)
        var number = 2
        while isTaken(id) {
            id = RegionID(unchecked: "\(code)-\(number)")
            number += 1
        }
        return id
    }
}
