/// All places that a network knows, with what they were on every day, and what became of them.
///
/// A value: copying is cheap, a revision makes a new table. Paths are computed here, never from the digits of a code.
/// `RegionTable.gbt2260` holds the published divisions; a network adds its zones and its province's revisions to it.
public struct RegionTable: Hashable, Sendable {
    /// Such as `gbt2260`.
    public let name: String
    /// The day whose state the table was published for; changes before and after it are recorded as such.
    public let edition: Day
    /// Ascending by day; on one day in the order of the table, then of application.
    public internal(set) var changes: [RegionChange]

    var places: [RegionID: Region]
    /// Every place that ever had a code, ascending by id.
    var holders: [String: [RegionID]]
    /// Every place that was ever listed under another, ascending by id.
    var listed: [RegionID: [RegionID]]

    /// Limits on what a table may hold: the country has some 40,000 towns; nothing published comes near these.
    public static let maximumPlaces = 100_000
    public static let maximumChanges = 20_000
    /// How many places may have had one code, one after the other.
    public static let maximumPlacesOfOneCode = 64

    init(name: String, edition: Day, regions: [Region], changes: [RegionChange]) {
        self.name = name
        self.edition = edition
        self.changes = changes
        places = Dictionary(regions.map { ($0.id, $0) }) { first, _ in first }
        holders = [:]
        listed = [:]
        for region in regions.sorted(by: { $0.id < $1.id }) { index(region) }
    }

    /// Enters a place's codes and superiors into the indices; doing so twice changes nothing.
    mutating func index(_ region: Region) {
        for period in region.periods {
            RegionTable.insert(region.id, into: &holders[period.code, default: []])
            if let parent = period.parent { RegionTable.insert(region.id, into: &listed[parent, default: []]) }
        }
    }

    private static func insert(_ id: RegionID, into list: inout [RegionID]) {
        if let last = list.last, last < id {
            list.append(id)
        } else if !list.contains(id) {
            list.insert(id, at: list.firstIndex { id < $0 } ?? list.endIndex)
        }
    }
}

// MARK: Looking up

extension RegionTable {
    public var count: Int { places.count }

    /// All places that ever were, ascending by id.
    public var regions: [Region] { places.values.sorted { $0.id < $1.id } }

    public func region(_ id: RegionID) -> Region? { places[id] }

    /// The place that had a code on a day; nil when none had.
    public func region(code: some StringProtocol, on day: Day) -> Region? {
        let code = String(code)
        for id in holders[code] ?? [] {
            if let region = places[id], region.period(on: day)?.code == code { return region }
        }
        return nil
    }

    /// All places that ever had a code, ascending by id: an old report names its place by the code of its time.
    public func regions(everWithCode code: some StringProtocol) -> [Region] { (holders[String(code)] ?? []).compactMap { places[$0] } }

    /// All places in force on a day, ascending by code.
    public func regions(on day: Day) -> [Region] { sorted(places.values.filter { $0.period(on: day) != nil }, on: day) }

    func sorted(_ regions: [Region], on day: Day) -> [Region] {
        regions.map { (region: $0, code: $0.period(on: day)?.code ?? $0.lastPeriod.code) }
            .sorted { $0.code != $1.code ? $0.code < $1.code : $0.region.id < $1.region.id }
            .map(\.region)
    }
}

// MARK: The tree

extension RegionTable {
    /// The place first, its superiors, the country last. Virtual nodes are no tiers: a county below 省直辖县级行政区划
    /// reports straight to its province.
    ///
    /// - Parameter root: the network's root place: the path ends there; nil ends it at the country.
    /// - Returns: nil when the place is not in force on that day, is itself virtual, or does not lie below `root`.
    public func path(of id: RegionID, on day: Day, root: RegionID? = nil) -> [RegionID]? {
        guard let start = places[id], start.isTier else { return nil }
        var path: [RegionID] = []
        var next: RegionID? = id
        // Each superior has a higher level (the table refuses anything else), so that this ends.
        while let current = next {
            guard let region = places[current], let period = region.period(on: day) else { return nil }
            if region.isTier { path.append(current) }
            if current == root { return path }
            next = period.parent
        }
        return root == nil ? path : nil
    }

    /// The place that it reports to; nil for the country and for what has no path on that day.
    public func superior(of id: RegionID, on day: Day) -> RegionID? {
        guard let path = path(of: id, on: day), path.count > 1 else { return nil }
        return path[1]
    }

    /// True when `ancestor` is the place itself or one of its superiors on that day.
    public func isWithin(_ id: RegionID, _ ancestor: RegionID, on day: Day) -> Bool {
        path(of: id, on: day)?.contains(ancestor) ?? false
    }

    /// The places that report straight to one on a day, ascending by code. Virtual nodes are looked through.
    public func children(of id: RegionID, on day: Day) -> [Region] {
        var found: [Region] = []
        for child in listing(under: id, on: day) {
            if child.isTier { found.append(child) } else { found += children(of: child.id, on: day) }
        }
        return sorted(found, on: day)
    }

    /// What the published table lists under a node, virtual nodes included, ascending by code.
    public func listing(under id: RegionID, on day: Day) -> [Region] {
        sorted((listed[id] ?? []).compactMap { places[$0] }.filter { $0.period(on: day)?.parent == id }, on: day)
    }

    /// The place and everything below it on a day, superiors before what is below them.
    public func subtree(of id: RegionID, on day: Day) -> [RegionID] {
        guard path(of: id, on: day) != nil else { return [] }
        return [id] + children(of: id, on: day).flatMap { subtree(of: $0.id, on: day) }
    }
}
