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
    /// From this day on one county lies in another city.
    static let moveDay = Day(year: 2020, month: 9, day: 1) ?? Day(number: 0)

    let places: [RegionID]
    let counties: [RegionID]
    let cities: [RegionID]
    let superiors: [RegionID: [(from: Day, place: RegionID)]]
    let units: [CastUnit]
    let machines: [MachinePlan]
    let regions: RegionTable

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
        var table = try RegionTable(parsing: text)
        if random.percent(60) {
            // One county goes to another city.
            let moved = counties[0]
            (table, _) = table.applying([RegionRevision(from: Cast.moveDay, .transfer(moved, under: cities[1]))])
            superiors[moved]?.append((Cast.moveDay, cities[1]))
        }
        self.cities = cities
        self.counties = counties
        self.superiors = superiors
        places = [Cast.province] + cities + counties
        regions = table
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
            let city = superiors[county]?.last.flatMap { cities.firstIndex(of: $0.place) } ?? 0
            machines.append(Cast.plan("x\(index + 1)", county, units, superior: "c\(city + 1)"))
        }
        self.machines = machines
    }

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
