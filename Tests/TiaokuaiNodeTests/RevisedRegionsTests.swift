import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A region table that changes under what is held already: a county that goes to another city in October, of which figures for
/// that month were stated before.
@Suite struct RevisedRegionsTests {
    private static let jiuquan: UnitID = "620900.gov"

    private static func table() throws -> RegionTable {
        var table = RegionTable.gbt2260
        try table.apply(RegionRevision(from: Day(year: 2020, month: 10, day: 1)!, .transfer("620724", under: "620900")))
        return table
    }

    private func opened(_ network: TestNetwork, _ name: String, _ table: RegionTable) throws -> Node {
        try Node(opening: network.path(name), surroundings: network.surroundings, regions: table)
    }

    /// Three tiers and another city. For September and October the county's office reports, and the old city's line states another figure.
    private func network(in folder: URL) throws -> TestNetwork {
        var network = try TestNetwork.reported(in: folder)
        try network.enrol("jq", region: "620900", units: [.init(RevisedRegionsTests.jiuquan, "620900", isGovernment: true)], by: "gs", as: TestNetwork.province, depth: 4)
        for key in [TestNetwork.september, TestNetwork.october] {
            try network.report("gt", TestNetwork.countyFood, "14.0", key: key)
            try network.report("zy", TestNetwork.cityFood, "15.0", key: key)
        }
        for (from, to) in [("gt", "zy"), ("zy", "gt"), ("zy", "gs"), ("gs", "jq")] { try network.carry(from, to: to) }
        return network
    }

    @Test func whatIsHeldIsJudgedAgainUnderTheNewTable() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let before = try ["gs", "zy"].map { try network.settled(network[$0], TestNetwork.october) }
            #expect(before[0] == before[1] && before[0]?.dispute != nil)
            for name in ["gs", "zy", "gt"] {
                let node = try opened(network, name, try RevisedRegionsTests.table())
                // In October the old city's office has no word any more; in September it has.
                #expect(try network.settled(node, TestNetwork.october)?.dispute == nil, "\(name)")
                #expect(try network.settled(node, TestNetwork.september)?.dispute != nil, "\(name)")
                #expect(try node.replayFindings() == [], "\(name)")
                // And back, where the old program is put back.
                let old = try opened(network, name, .gbt2260)
                #expect(try network.settled(old, TestNetwork.october)?.dispute != nil, "\(name)")
                #expect(try old.replayFindings() == [], "\(name)")
            }
        }
    }

    @Test func unsealedWorkIsJudgedAgainToo() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            try network.report("zy", TestNetwork.cityFood, "15.5", key: TestNetwork.october)
            let node = try opened(network, "zy", try RevisedRegionsTests.table())
            #expect(try network.settled(node, TestNetwork.october)?.dispute == nil)
            #expect(try node.replayFindings() == [])
        }
    }

    /// From October on the county is part of a district of the same city.
    private static func merged() throws -> RegionTable {
        var table = RegionTable.gbt2260
        try table.apply(RegionRevision(from: Day(year: 2020, month: 10, day: 1)!, .merge(["620724"], into: .existing("620702"))))
        return table
    }

    @Test func whoeverTakesACountyOverHasWhatItLeftBehindAndASayInWhatComesAfter() throws {
        try withTemporaryFolder { folder in
            var network = try network(in: folder)
            let (district, food): (UnitID, UnitID) = ("620702.gov", "620702.ndrc")
            try network.enrol("gz", region: "620702", units: [.init(district, "620702", isGovernment: true), .init(food, "620702")], by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gz")
            // As long as the county is in force its figures are none of the district's business.
            #expect(try network.settled(network["gz"], TestNetwork.september) == nil)
            var nodes: [String: Node] = [:]
            for name in ["gs", "zy", "gt", "gz"] { nodes[name] = try opened(network, name, try RevisedRegionsTests.merged()) }
            for (name, node) in nodes { network.add(name, node) }
            try network.carry("zy", to: "gz")
            let before = try network.settled(network["gz"], TestNetwork.september)
            #expect(before != nil)
            #expect(try before == network.settled(network["zy"], TestNetwork.september))
            let late = try network.report("gz", food, "15.0", key: TestNetwork.september)
            let now = try network.report("gz", food, "15.0", key: TestNetwork.october)
            try network["gz"].seal()
            for (from, to) in [("gz", "zy"), ("zy", "gt"), ("zy", "gs")] { try network.carry(from, to: to) }
            for name in ["gs", "zy", "gt", "gz"] {
                #expect(try network.settled(network[name], TestNetwork.october)?.standing.map(\.operation).contains(now.id) == true, "\(name)")
                #expect(try network.settled(network[name], TestNetwork.september)?.standing.map(\.operation).contains(late.id) == false, "\(name)")
                #expect(try network[name].replayFindings() == [], "\(name)")
                // The city has lost sight of nothing.
                #expect(try network[name].ask { $0.isWithin("620724", "620700") && $0.path(of: "620724") == ["620724", "620702", "620700", "620000"] }, "\(name)")
            }
        }
    }

    @Test func placesThatTakeOverFromEachOtherInTurnAreFollowedOnceByEveryNode() throws {
        func day(_ month: Int) throws -> Day { try #require(Day(year: 2020, month: month, day: 1)) }
        // What ended takes nothing over; no node comes to hold such a table.
        var merging = RegionTable.gbt2260
        try merging.apply(RegionRevision(from: day(10), .merge(["620724"], into: .existing("620702"))))
        #expect(throws: ModelError.self) { try merging.apply(RegionRevision(from: day(11), .merge(["620702"], into: .existing("620724")))) }
        // What goes on may take over in turn.
        var table = RegionTable.gbt2260
        try table.apply(RegionRevision(from: day(10), .split("620724", into: [.existing("620724"), .existing("620702")])))
        try table.apply(RegionRevision(from: day(11), .split("620702", into: [.existing("620702"), .existing("620724")])))
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            for name in ["gs", "zy", "gt"] {
                let node = try opened(network, name, table)
                #expect(try network.settled(node, TestNetwork.october)?.dispute != nil, "\(name)")
                #expect(try node.ask { $0.path(of: "620724") } == ["620724", "620700", "620000"], "\(name)")
                #expect(try node.replayFindings() == [], "\(name)")
            }
        }
    }

    private enum Step: String, CaseIterable { case restore, table, transfer }

    /// The node is restored from a backup, gets the new table, and hears of the transfer: in every order.
    @Test func aTransferOnARestoredNodeComesToTheSameInEveryOrder() throws {
        try withTemporaryFolder { folder in
            let network = try network(in: folder)
            let table = try RevisedRegionsTests.table()
            for name in ["gs", "zy", "gt", "jq"] { try network[name].backUp(to: network.path("before-\(name)")) }
            // What the transfer brings: the new city's grant, and the county's figures under it.
            let (city, county) = (try opened(network, "jq", table), try opened(network, "gt", table))
            let plan = NodePlan(name: "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")])
            _ = try city.grant(try Node.readRequest(try county.makeRequest(plan: plan, depth: nil)), by: RevisedRegionsTests.jiuquan, person: "clerk")
            try city.seal()
            let stick = network.path("transfer.tkb")
            _ = try BundleFile.export(city, to: try network.node("gt"), path: stick)
            #expect(try BundleFile.import(county, path: stick).refused == [])
            try county.write([TestNetwork.draft("16.1", key: TestNetwork.october)])
            try county.seal()
            for name in ["gs", "zy"] {
                let items = try network.missing(network[name], than: county)
                #expect(items.count >= 2)
                var digests: Set<StateDigest> = []
                for (index, order) in permutations(of: Step.allCases).enumerated() {
                    let path = network.path("\(name)-\(index)")
                    _ = try Node.restore(from: network.path("before-\(name)"), to: path + "-0", surroundings: network.surroundings)
                    var (current, regions) = (path + "-0", RegionTable.gbt2260)
                    var node = try Node(opening: current, surroundings: network.surroundings)
                    for step in order {
                        switch step {
                        case .restore:
                            try node.backUp(to: path + "-b")
                            current = path + "-1"
                            _ = try Node.restore(from: path + "-b", to: current, surroundings: network.surroundings)
                            node = try Node(opening: current, surroundings: network.surroundings, regions: regions)
                        case .table:
                            regions = table
                            node = try Node(opening: current, surroundings: network.surroundings, regions: table)
                        case .transfer: for item in items { _ = try node.receive(item) }
                        }
                    }
                    // Before it had the table it refused the new city's word: the next hand-over brings it again.
                    for item in items { _ = try node.receive(item) }
                    let steps = order.map(\.rawValue).joined(separator: ", ")
                    #expect(try node.replayFindings().map { "\($0.what) \($0.key)" } == [], "\(name): \(steps)")
                    #expect(try network.value(node, TestNetwork.october) == TestNetwork.days("16.1"), "\(name): \(steps)")
                    #expect(try node.ask { try $0.reader.waiting() }.isEmpty)
                    digests.insert(try node.ask { view in try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0.place == "620724" }) })
                }
                #expect(digests.count == 1, "\(name)")
            }
        }
    }
}
