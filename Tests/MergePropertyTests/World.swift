import TestKit
import TiaokuaiMerge
import TiaokuaiModel

/// One record, those who may speak on it, and what they said: everything `settle` is given, and a second governance in
/// place of the first (the matrix changed).
struct World: Sendable {
    let seed: UInt64
    var operations: [JudgedOperation]
    let governance: GoverningVersions
    let changed: GoverningVersions
    let cast: WorldCast

    static let record = RecordID(Hash32(word0: 7, word1: 7, word2: 7, word3: 7))

    func settled(_ operations: [JudgedOperation]? = nil, under governance: GoverningVersions? = nil) -> Settlement {
        settle(operations ?? self.operations, record: World.record, table: WorldTable.kind, governance: governance ?? self.governance)
    }

    /// The same world with other operations.
    func with(_ operations: [JudgedOperation]) -> World {
        var world = self
        world.operations = operations
        return world
    }
}

/// The units of a world. Tier 0 is the record's place, the last the root.
struct WorldCast: Sendable {
    var governments: [UnitID?] = []
    var departments: [[UnitID]] = []
    /// Units on the path that have no part in the record.
    var bystanders: [UnitID] = []
    /// Units of another place.
    var strangers: [UnitID] = []
    /// What the units cite: the two versions of the matrix, and one that nobody holds.
    var versions: [OperationID] = []
    var tierOfUnit: [UnitID: Int] = [:]

    /// Where the place has two departments, the first is vertically managed, and the first of the tier above is of its line.
    var assigners: [UnitID: Set<UnitID>] {
        departments[0].count == 2 ? [departments[0][0]: [departments[0][0], departments[1][0]]] : [:]
    }

    var onPath: [UnitID] { tierOfUnit.keys.sorted() }

    init(using random: inout SplitMix64) {
        let tiers = Int.random(in: 2...4, using: &random)
        for tier in 0..<tiers {
            let government = UnitID(unchecked: "t\(tier).gov")
            governments.append(random.chance(oneIn: 12) ? nil : government)
            departments.append((0..<Int.random(in: 1...3, using: &random)).map { UnitID(unchecked: "t\(tier).dep\($0)") })
            let bystander = UnitID(unchecked: "t\(tier).other")
            bystanders.append(bystander)
            for unit in [governments[tier], bystander].compactMap(\.self) + departments[tier] { tierOfUnit[unit] = tier }
        }
        strangers = ["elsewhere.gov", "elsewhere.dep"]
        versions = (0..<3).map { _ in OperationID(random.hash()) }
    }

    /// Who decides: each department is of the line, cooperates, or has no part.
    func governance(using random: inout SplitMix64, isStatistical: Bool, isVertical: Bool, version: OperationID) -> Governance {
        var tiers: [GoverningTier] = []
        for tier in governments.indices {
            var line: Set<UnitID> = []
            var cooperating: Set<UnitID> = []
            for unit in departments[tier] {
                switch Int.random(in: 0..<7, using: &random) {
                case 0...3: line.insert(unit)
                case 4...5: cooperating.insert(unit)
                default: break
                }
            }
            let mode = random.chance(oneIn: 2) ? .unspecified : ResponsibilityMode.allCases.randomElement(using: &random) ?? .unspecified
            tiers.append(
                GoverningTier(
                    region: RegionID(unchecked: "r\(tier)"), government: governments[tier], lineUnits: line, cooperating: cooperating, mode: mode,
                    source: nil, version: version))
        }
        let issuers = issuers(using: &random)
        // Whether an indicator is statistical is a matter of the indicator, not of the version.
        let offices = departments.compactMap(\.last)
        let statistics = isStatistical ? Array(offices.dropFirst(Int.random(in: 0..<offices.count, using: &random))) : []
        return Governance(
            tiers: tiers, tierOfUnit: tierOfUnit, issuers: issuers, reporters: reporters(tiers[0], using: &random), statistics: statistics,
            isVertical: isVertical, assigners: assigners)
    }

    /// Mostly one of the place; at times two jointly.
    private func issuers(using random: inout SplitMix64) -> Set<UnitID> {
        let candidates = [governments[0], departments[0].first, departments[0].last].compactMap(\.self)
        return Set(candidates.shuffled(using: &random).prefix(random.chance(oneIn: 3) ? 2 : 1))
    }

    /// One unit of the place that has a part in the matter; at times none is named.
    private func reporters(_ place: GoverningTier, using random: inout SplitMix64) -> Set<UnitID> {
        let candidates = (place.lineUnits.sorted() + place.cooperating.sorted()) + [place.government].compactMap(\.self)
        guard !random.chance(oneIn: 6), let one = candidates.randomElement(using: &random) else { return [] }
        return [one]
    }
}

extension SplitMix64 {
    mutating func hash() -> Hash32 { Hash32(word0: next(), word1: next(), word2: next(), word3: next()) }

    /// True so many times in a hundred.
    mutating func percent(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &self) < share }
}
