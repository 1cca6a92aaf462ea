import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

/// Who is there: the places of a made-up province, their units, and the machines on which these write.
struct Cast {
    struct MachinePlan {
        let name: String
        let place: RegionID
        let lines: [LineID]?
        let units: [UnitID]
        /// The machine that lets it in and relays for it; nil for the province.
        let superior: String?
    }

    static let province: RegionID = "990000"
    /// From this day on one county is no longer what it was.
    static let changeDay = Day(year: 2020, month: 9, day: 1) ?? Day(number: 0)

    let places: [RegionID]
    let counties: [RegionID]
    let cities: [RegionID]
    let units: [CastUnit]
    let machines: [MachinePlan]
    /// The region table as it was printed, then as it was revised where a place changes.
    let editions: [Edition]
    /// Everybody has the revised table from the beginning; otherwise each machine gets it one day.
    let isRevisedFromTheBeginning: Bool

    struct Edition {
        var regions: RegionTable
        var places: LifePlaces
    }

    init(using random: inout SplitMix64) throws {
        let cityCount = random.percent(10) ? 3 : 2
        var text = "tiaokuai-regions 1 simulated 2020-06-30\n100000示例国\n99示例省\n"
        var cities: [RegionID] = []
        var counties: [RegionID] = []
        var superiors: [RegionID: [(from: Day, place: RegionID)]] = [:]
        let early = Day(number: 0)
        for city in 1...cityCount {
            let id = RegionID(unchecked: "990\(city)00")
            cities.append(id)
            superiors[id] = [(early, Cast.province)]
            let count = random.percent(10) ? 3 : 2
            text += " 0\(city)示例市\(city)" + (1...count).map { " 0\($0)示例县\(city)\($0)" }.joined() + "\n"
            for county in 1...count {
                let id = RegionID(unchecked: "990\(city)0\(county)")
                counties.append(id)
                superiors[id] = [(early, cities[city - 1])]
            }
        }
        text += "changes\n"
        let printed = Edition(regions: try RegionTable(parsing: text), places: LifePlaces(superiors: superiors))
        let revised = try Cast.revised(printed, cities, counties, &random)
        editions = [printed] + [revised].compactMap(\.self)
        isRevisedFromTheBeginning = random.percent(40)
        self.cities = cities
        self.counties = counties
        places = [Cast.province] + cities + counties
        units = places.flatMap { Cast.units(of: $0, isCounty: counties.contains($0)) }

        var machines = [Cast.plan("p", Cast.province, units, superior: nil)]
        let lineCity = cities[Int.random(in: cities.indices, using: &random)]
        let hrss = UnitID(unchecked: "\(lineCity).hrss")
        for (index, city) in cities.enumerated() {
            machines.append(Cast.plan("c\(index + 1)", city, units.filter { $0.id != hrss }, superior: "p"))
        }
        let lineSuperior = "c\((cities.firstIndex(of: lineCity) ?? 0) + 1)"
        machines.append(MachinePlan(name: "line", place: lineCity, lines: ["hrss"], units: [hrss], superior: lineSuperior))
        for (index, county) in counties.enumerated() {
            let path = (isRevisedFromTheBeginning ? revised ?? printed : printed).places.path(of: county, on: nil)
            let city = path.lazy.compactMap { cities.firstIndex(of: $0) }.first ?? 0
            machines.append(Cast.plan("x\(index + 1)", county, units, superior: "c\(city + 1)"))
        }
        self.machines = machines
    }

    /// What becomes of the first county: another city, a county that takes it over, two that share it, another code; or nothing.
    private static func revised(_ printed: Edition, _ cities: [RegionID], _ counties: [RegionID], _ random: inout SplitMix64) throws -> Edition? {
        var edition = printed
        let place = counties[0]
        func others(_ count: Int) -> [RegionID] { Array(counties.dropFirst().shuffled(using: &random).prefix(count)) }
        let act: RegionRevision.Act
        switch Int.random(in: 0..<100, using: &random) {
        case ..<30: return nil
        case ..<55:
            act = .transfer(place, under: cities[1])
            edition.places.superiors[place]?.append((Cast.changeDay, cities[1]))
        case ..<80:
            let heirs = others(1)
            act = .merge([place], into: .existing(heirs[0]))
            edition.places.successions[place] = (Cast.changeDay, heirs)
        case ..<92:
            let heirs = others(2)
            act = .split(place, into: heirs.map { .existing($0) })
            edition.places.successions[place] = (Cast.changeDay, heirs)
        default: act = .recode(place, code: "990199", name: "示例区11", under: cities[0])
        }
        try edition.regions.apply(RegionRevision(from: Cast.changeDay, act))
        return edition
    }

    var newest: Edition { editions[editions.count - 1] }
    var beginning: Edition { isRevisedFromTheBeginning ? newest : editions[0] }

    private static func units(of place: RegionID, isCounty: Bool) -> [CastUnit] {
        var lines = ["ndrc", "hrss", "stats"]
        if isCounty { lines.append("tax") }
        return [CastUnit(id: UnitID(unchecked: "\(place).gov"), place: place, line: nil, isGovernment: true, isVertical: false)]
            + lines.map { line in
                CastUnit(id: UnitID(unchecked: "\(place).\(line)"), place: place, line: LineID(unchecked: line), isGovernment: false, isVertical: line == "tax")
            }
    }

    private static func plan(_ name: String, _ place: RegionID, _ units: [CastUnit], superior: String?) -> MachinePlan {
        MachinePlan(name: name, place: place, lines: nil, units: units.filter { $0.place == place }.map(\.id), superior: superior)
    }

    func government(of place: RegionID) -> UnitID { UnitID(unchecked: "\(place).gov") }

    func written(_ plan: MachinePlan) -> [CredentialContent.WrittenUnit] {
        plan.units.compactMap { id in units.first { $0.id == id } }.map { .init($0.id, $0.place, isGovernment: $0.isGovernment) }
    }
}

extension SplitMix64 {
    mutating func percent(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &self) < share }
}
