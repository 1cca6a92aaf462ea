import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// What the policy comes to never hangs on the order in which it came, nor on what others say of a place.
@Suite struct PolicyOrderTests {
    /// A city machine that was put back from a backup grants the county's government to another office, in ignorance of the first grant.
    @Test func rivalGrantsOfOneGovernmentLeaveItOpenAndAreNamedInEveryOrder() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrol("zy", region: "620700", units: [.init(TestNetwork.city, "620700", isGovernment: true)], by: "gs", as: TestNetwork.province, depth: 4)
            let before = Set(try network.items(network["zy"]))
            network.add("old", try network.replica("zy", "old"))
            for (node, city, unit) in [("gt", "zy", "620724.gov"), ("gt2", "old", "620724.govoffice")] {
                try network.enrol(node, region: "620724", units: [.init(UnitID(unchecked: unit), "620724", isGovernment: true)], by: city, as: TestNetwork.city)
            }
            let items = Array(Set(try network.items(network["zy"]) + network.items(network["old"])).subtracting(before)).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            #expect(items.count == 2)
            let digests = try network.inEveryOrder(items, to: "gs") { copy, _ in
                let (government, concerns) = try copy.ask { view in try (view.government(of: "620724"), view.trustConcerns(on: network.surroundings.now().day)) }
                #expect(government == nil)
                #expect(Set(concerns.map(\.unit)) == ["620724.gov", "620724.govoffice"] && concerns.allSatisfy { $0.code == .rivalGovernment && $0.partition == .policy("620724") })
                #expect(try copy.replayFindings() == [])
            }
            #expect(Set(digests).count == 1)
        }
    }

    private static func unit(_ id: String, at place: RegionID, _ name: String, line: String? = nil, isGovernment: Bool = false, by unit: UnitID) -> Draft {
        Draft(
            key: RecordKey(.policy(place), UnitKind.table.name, [.text(id)]), unit: unit, person: "clerk",
            fields: [.init(UnitKind.name, .text(name)), .init(UnitKind.isGovernment, .boolean(isGovernment))] + (line.map { [.init(UnitKind.line, .text($0))] } ?? []))
    }

    /// A county registers its neighbour's office as one of its own, of another line; and two offices as government of a town.
    @Test func whatIsRegisteredTwiceComesToTheSameInEveryOrder() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.enrol("lz", region: "620721", units: [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: TestNetwork.city)
            let before = Set(try network.items(network["zy"]))
            try network["gt"].write([PolicyOrderTests.unit("620724.water", at: "620724", "水务局", line: "water", by: TestNetwork.county)])
            try network["lz"].write([PolicyOrderTests.unit("620724.water", at: "620721", "别处的水务局", line: "finance", by: "620721.gov")])
            // Two that neither a credential nor their ids place.
            try network["gt"].write([PolicyOrderTests.unit("pool", at: "620724", "专班", by: TestNetwork.county)])
            try network["lz"].write([PolicyOrderTests.unit("pool", at: "620721", "另一专班", by: "620721.gov")])
            for name in ["gt", "lz"] { try network[name].seal() }
            let items = Array(Set(try network.items(network["gt"]) + network.items(network["lz"])).subtracting(before)).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            #expect(items.count == 2)
            var found: Set<[String]> = []
            _ = try network.inEveryOrder(items, to: "zy") { copy, _ in
                let units = try copy.ask { $0.units }
                let water = try #require(units.first { $0.id == "620724.water" })
                #expect(water.region == "620724" && water.line == "water" && water.name == "水务局")
                found.insert(units.map { "\($0.id) \($0.region) \($0.name)" }.sorted())
            }
            #expect(found.count == 1)
        }
    }

    /// Read from its beginning by somebody who has nothing, nothing in a bundle waits: Docs/Formats/Bundle.md says so.
    @Test func aWholeBundleReadInItsOrderWaitsForNothing() throws {
        var isCountyFirst: Set<Bool> = []
        // Keys are drawn by the system: which identity comes first is chance.
        for seed in 1...40 as ClosedRange<UInt64> where isCountyFirst.count < 2 {
            try withTemporaryFolder { folder in
                var network = try TestNetwork(in: folder, seed: seed)
                try network.enrolCityAndCounty()
                try network.publishGrain(mode: .lineFirst)
                try network.carry("gt", to: "zy")
                isCountyFirst.insert(try network.node("gt") < network.node("zy"))
                let path = network.path("whole.tkb")
                _ = try BundleFile.export(network["zy"], to: try network.node("gs"), path: path, known: Heads([]), isSealed: false)
                let root = try #require(try network["gs"].settings().network).hash
                let waiting = try BundleVerifier.verify([path], root: root) { found, _ in
                    #expect(found.faults == 0 && found.isWhole)
                    return found.files.flatMap(\.report.waiting)
                }
                #expect(waiting == [], "seed \(seed)")
            }
        }
        // Otherwise the identities themselves had put the superior first.
        #expect(isCountyFirst == [true, false])
    }
}
