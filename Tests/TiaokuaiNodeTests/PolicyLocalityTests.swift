import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode

/// A change of policy settles again what it can change, and nothing else. Whether it found all of that is seen by judging
/// everything again: it must come to what stands there.
@Suite struct PolicyLocalityTests {
    private static let places: [RegionID] = ["620000", "620700", "620724", "620702"]
    /// Of every place on the way, of a neighbour's, and one that neither a credential nor its id places.
    private static let pool: [UnitID] = ["620724.a", "620724.ndrc", "620702.c", "620700.d", "620000.e", "pool"]
    private static let writers: [(name: String, units: [UnitID])] = [
        ("gs", [TestNetwork.province, "620000.ndrc"]), ("zy", [TestNetwork.city, TestNetwork.cityFood]), ("gt", [TestNetwork.county, TestNetwork.countyFood]),
        ("gz", ["620702.gov"]),
    ]

    /// A table that says something else of a county far from all of these: opened under it, a node judges everything that it holds again.
    private static func table(_ number: Int) throws -> RegionTable {
        var table = RegionTable.gbt2260
        let day = try #require(Day(year: 2020, month: 10, day: 1 + number % 2))
        try table.apply(RegionRevision(from: day, .transfer("620921", under: "620300")))
        return table
    }

    private struct Play {
        var network: TestNetwork
        var random: SplitMix64

        mutating func oneOf<Element>(_ choices: [Element]) -> Element { choices[Int.random(in: 0..<choices.count, using: &random)] }

        /// One draft of a node: policy of its places, or work that hangs on it.
        mutating func draft(by unit: UnitID) -> Draft {
            let place = oneOf(PolicyLocalityTests.places)
            let other = oneOf(PolicyLocalityTests.pool)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                return Draft(
                    key: RecordKey(.policy(place), UnitKind.table.name, [.text(other.text)]), unit: unit, person: "clerk",
                    fields: [
                        .init(UnitKind.name, .text("\(other.text) of \(place)")), .init(UnitKind.line, .text(oneOf(["ndrc", "water", "stats"]))),
                        .init(UnitKind.management, .text(oneOf(Management.allCases).rawValue)), .init(UnitKind.isGovernment, .boolean(random.chance(oneIn: 6))),
                    ])
            case 2:
                return Draft(
                    key: RecordKey(.policy(place), MatrixKind.table.name, ["方案", .text("部分/\(oneOf([1, 2]))")]), unit: unit, person: "clerk",
                    fields: [
                        .init(MatrixKind.leads, [.text(other.text)]), .init(MatrixKind.cooperating, [.text(oneOf(["620700.gov", "620724.gov"]))]),
                        .init(MatrixKind.indicators, ["grainReserveDays"]), .init(MatrixKind.mode, .text(oneOf(ResponsibilityMode.allCases).rawValue)),
                        .init(MatrixKind.clause, "一"), .init(MatrixKind.inForceFrom, .day(Day(number: 18_400 + Int32.random(in: 0..<60, using: &random)))),
                    ])
            case 3:
                let key = RecordKey(.work("620724", nil), CaseKind.table.name, [.text(other.text), .decimal(ExactDecimal(2020)), .decimal(ExactDecimal(1))])
                return Draft(key: key, unit: unit, person: "clerk", fields: [.init(CaseKind.handler, .text(oneOf(PolicyLocalityTests.pool).text))])
            default:
                let value = ExactDecimal(Int64.random(in: 10..<14, using: &random))
                return Draft(key: TestNetwork.grainKey, unit: unit, person: "clerk", fields: [.init(CellKind.value, .decimal(value))])
            }
        }

        /// An office of a place gets a machine of its own: a unit changes hands, or a place gets one more.
        mutating func enrol(_ number: Int) throws {
            let isTaking = random.chance(oneIn: 2)
            let unit: UnitID = isTaking ? "620724.a" : UnitID(unchecked: "620724.n\(number)")
            try network.enrol("n\(number)", region: "620724", units: [.init(unit, "620724")], by: "zy", as: TestNetwork.city)
        }
    }

    @Test(arguments: 1...8) func judgingEverythingAgainChangesNothing(_ seed: UInt64) throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var network = try TestNetwork(in: folder, seed: seed)
            try network.enrolCityAndCounty()
            try network.enrol("gz", region: "620702", units: [.init("620702.gov", "620702", isGovernment: true)], by: "zy", as: TestNetwork.city)
            try network.publishGrain(mode: .lineFirst)
            var play = Play(network: network, random: SplitMix64(seed: seed))
            var written = 0
            for step in 0..<24 {
                for _ in 0..<3 {
                    let writer = play.oneOf(PolicyLocalityTests.writers)
                    let draft = play.draft(by: play.oneOf(writer.units))
                    written += (try? play.network[writer.name].write([draft])) == nil ? 0 : 1
                }
                if step % 7 == 3 { try? play.enrol(step) }
                for (from, to) in [("gt", "zy"), ("gz", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt"), ("zy", "gz")] where play.random.chance(oneIn: 2) {
                    try play.network.carry(from, to: to)
                }
                guard step % 3 == 2 else { continue }
                for name in ["gs", "zy", "gt"] {
                    func digest(_ node: Node) throws -> StateDigest { try node.ask { try $0.digest(of: try $0.reader.partitions().map(\.partition)) } }
                    let before = try digest(play.network[name])
                    let again = try Node(opening: play.network.path(name), surroundings: play.network.surroundings, regions: PolicyLocalityTests.table(step))
                    #expect(try digest(again) == before, "step \(step) at \(name)")
                    play.network.add(name, again)
                }
            }
            // Most of it was written, or the play says little.
            #expect(written > 40)
        }
    }
}
