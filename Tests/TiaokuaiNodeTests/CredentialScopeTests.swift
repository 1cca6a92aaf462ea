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

/// Further credentials of one node: dates, a wider and a narrower scope, another superior.
@Suite struct CredentialScopeTests {
    /// A request of a node that is enrolled, for other units or lines.
    private func request(_ network: TestNetwork, _ name: String, units: [CredentialContent.WrittenUnit], lines: [LineID]? = nil, lineage: CredentialContent.Lineage = .first) throws
        -> ReadRequest
    {
        let settings = try network[name].settings()
        let plan = NodePlan(name: settings.name, region: settings.region, lines: lines, units: units)
        return try Node.readRequest(try network[name].makeRequest(plan: plan, depth: nil, lineage: lineage))
    }

    @Test func aFurtherCredentialAddsUnitsAndTakesNothingAway() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            #expect { try network.report("gt", "620724.hrss", "3") } throws: { ($0 as? NodeError)?.code == .unitNotWritten }
            _ = try network["zy"].grant(try request(network, "gt", units: [.init("620724.hrss", "620724")]), by: TestNetwork.city, person: "clerk")
            try network.carry("zy", to: "gt")
            let key = RecordKey(.work("620724", nil), CellKind.table.name, ["newJobs", "2020-08"])
            try network.report("gt", "620724.hrss", "3", key: key)
            try network.report("gt", TestNetwork.countyFood, "14.4")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.4"))
            let writers = try network["gs"].ask { view in ["620724.hrss", TestNetwork.countyFood].map { view.trust?.writers[$0]?.map(\.node) } }
            #expect(writers == [[try network.node("gt")], [try network.node("gt")]])
            try network.expectAgreement(["gt", "zy", "gs"])
        }
    }

    @Test func aReplacementLeavesOffUnitsAndLinesAndKeepsWhatWasWritten() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let county = try network.node("gt")
            let narrower = try request(network, "gt", units: [.init(TestNetwork.county, "620724", isGovernment: true)], lines: ["ndrc"], lineage: .takesOver)
            _ = try network["zy"].grant(narrower, by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: county))
            // Before it hears of it the county writes on for both units.
            let late = try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network.carry("zy", to: "gt")
            #expect { try network.report("gt", TestNetwork.countyFood, "15.4") } throws: { ($0 as? NodeError)?.code == .unitNotWritten }
            try network.report("gt", TestNetwork.county, "16.0", key: TestNetwork.october)
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            for name in ["gs", "zy", "gt"] {
                #expect(try network.value(network[name]) == TestNetwork.days("14.2"), "\(name)")
                #expect(try network.verdict(network[name], late.id, of: TestNetwork.september) == .void(.unitTakenOver), "\(name)")
                let trust = try #require(try network[name].ask { $0.trust })
                #expect(trust.receives(county, .work("620724", "ndrc")) { _, _ in true })
                #expect(!trust.receives(county, .work("620724", "hrss")) { _, _ in true })
            }
            try network.expectAgreement(["gs", "zy", "gt"])
        }
    }

    @Test func outsideItsDatesANodeDoesNotSignAndAReaderOnlyFlags() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let county = try network.node("gt")
            let today = network.surroundings.now().day
            let yesterday = Day(number: today.number - 1)
            let units: [CredentialContent.WrittenUnit] = [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")]
            _ = try network["zy"].grant(
                try request(network, "gt", units: units, lineage: .takesOver), by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: county),
                validTo: yesterday)
            try network.carry("zy", to: "gt")
            #expect { try network.report("gt", TestNetwork.countyFood, "15.3") } throws: {
                ($0 as? NodeError)?.code == .outsideValidity && ($0 as? NodeError)?.facts["to"] == yesterday.description
            }
            // What a program signs that looks away is admitted like anything else, and flagged.
            try network["gt"].adoptCredential()
            var forger = try Forger(network["gt"], .work("620724", nil))
            let item = try forger.changeset([try forger.operation(TestNetwork.september, TestNetwork.countyFood, [try TestNetwork.figure("15.3")])])
            try network.carry("zy", to: "gs")
            _ = try network["gs"].receive(item)
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.3"))
            let flags = try network["gs"].ask { try $0.validityFlags() }
            #expect(flags.map(\.changeset) == [try UnverifiedChangeset(item).id])
            #expect(flags.first?.validTo == yesterday && flags.first?.node == county)
            #expect(try network["gs"].replayFindings() == [])

            // A renewal for the same key is signed under by itself.
            _ = try network["zy"].grant(try request(network, "gt", units: units), by: TestNetwork.city, person: "clerk", validTo: Day(number: today.number + 365))
            try network.carry("zy", to: "gt")
            let other = RecordKey(.work("620724", "ndrc"), CellKind.table.name, ["grainReserveDays", "2020-10"])
            try network.report("gt", TestNetwork.countyFood, "15.9", key: other)
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            #expect(try network.value(network["gs"], other) == TestNetwork.days("15.9"))
            #expect(try network["gs"].ask { try $0.validityFlags() }.count == 1)
            try network.expectAgreement(["gs"])
        }
    }

    // MARK: Another superior

    private static let move = Day(year: 2020, month: 10, day: 1)!

    /// The same folders under a region table in which the county lies below another city from October on.
    private func moved(_ network: TestNetwork, _ names: [String]) throws -> [String: Node] {
        var table = RegionTable.gbt2260
        try table.apply(RegionRevision(from: CredentialScopeTests.move, .transfer("620724", under: "620900")))
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Node(opening: network.path($0), surroundings: network.surroundings, regions: table)) })
    }

    private func carry(_ from: Node, to node: Node, _ path: String) throws {
        _ = try BundleFile.export(from, to: try node.settings().node, path: path)
        let report = try BundleFile.import(node, path: path)
        #expect(report.refused == [])
        #expect(report.waiting == [])
    }

    @Test func aCountyThatGoesToAnotherCityLosesNothingThatWasUnderWay() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            try network.enrol("jq", region: "620900", units: [.init("620900.gov", "620900", isGovernment: true)], by: "gs", as: TestNetwork.province, depth: 4)
            // A figure of August, corrected, is on a stick to the old city while the county changes hands.
            try network.report("gt", TestNetwork.countyFood, "14.4")
            let underWay = network.path("under-way.tkb")
            _ = try BundleFile.export(network["gt"], to: try network.node("zy"), path: underWay)

            for first in ["stick", "grant"] {
                let copies = try ["gs", "zy", "jq", "gt"].map { name -> String in
                    let backup = network.path("\(first)-b-\(name)")
                    try network[name].backUp(to: backup)
                    _ = try Node.restore(from: backup, to: network.path("\(first)-\(name)"), surroundings: network.surroundings)
                    return "\(first)-\(name)"
                }
                let nodes = try moved(network, copies)
                let (province, old, new, county) = (
                    try #require(nodes["\(first)-gs"]), try #require(nodes["\(first)-zy"]), try #require(nodes["\(first)-jq"]), try #require(nodes["\(first)-gt"])
                )
                let wire = network.path("\(first).tkb")
                func grant() throws {
                    let plan = NodePlan(
                        name: "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")])
                    _ = try new.grant(try Node.readRequest(try county.makeRequest(plan: plan, depth: nil)), by: "620900.gov", person: "clerk")
                    try carry(new, to: county, wire)
                    try county.write([TestNetwork.draft("16.1", key: TestNetwork.october)])
                    try carry(county, to: new, wire)
                }
                // The province tells the new city what the county brings along.
                try carry(province, to: new, wire)
                if first == "grant" { try grant() }
                #expect(try BundleFile.import(old, path: underWay).refused.isEmpty)
                try carry(old, to: province, wire)
                if first == "stick" { try grant() }
                try carry(new, to: province, wire)
                try carry(province, to: new, wire)
                try carry(province, to: old, wire)
                for node in [province, new, old, county] {
                    #expect(try network.value(node) == TestNetwork.days("14.4"), "\(first)")
                    #expect(try network.value(node, TestNetwork.october) == TestNetwork.days("16.1"), "\(first)")
                    #expect(try node.replayFindings() == [])
                }
                // Each figure settles under the city of its own time; both views of it are the same.
                let digests = try [province, new, old].map { node in
                    try node.ask { view in try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0.place == "620724" }) }
                }
                #expect(Set(digests.map(\.derived)).count == 1)
            }
        }
    }

    /// The grant by the new city, the correction that came by the old one, what the county wrote under the new: in every order, to a
    /// province that has revised its region table, and to one of both cities.
    @Test func whatIsUnderWayWhileACountyChangesHandsComesToTheSameInEveryOrder() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            try network.enrol("jq", region: "620900", units: [.init("620900.gov", "620900", isGovernment: true)], by: "gs", as: TestNetwork.province, depth: 4)
            let before = Set(try network.items(network["gs"]) + network.items(network["zy"]))
            let correction = try network.report("gt", TestNetwork.countyFood, "14.4")
            try network["gt"].seal()
            let nodes = try moved(network, ["gs", "zy", "jq", "gt"])
            let (province, old, new, county) = (try #require(nodes["gs"]), try #require(nodes["zy"]), try #require(nodes["jq"]), try #require(nodes["gt"]))
            let stick = network.path("moved.tkb")
            try carry(province, to: new, stick)
            try carry(province, to: old, stick)
            let plan = NodePlan(name: "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")])
            _ = try new.grant(try Node.readRequest(try county.makeRequest(plan: plan, depth: nil)), by: "620900.gov", person: "clerk")
            try carry(new, to: county, stick)
            try county.write([TestNetwork.draft("16.1", key: TestNetwork.october)])
            try county.seal()
            let items = try network.items(county).filter { !before.contains($0) }
            #expect(items.count == 3)
            for (name, holder) in [("gs", province), ("zy", old)] {
                let backup = network.path("orders-\(name)")
                try holder.backUp(to: backup)
                var digests: Set<StateDigest> = []
                for (index, order) in permutations(of: items).enumerated() {
                    _ = try Node.restore(from: backup, to: network.path("\(name)-\(index)"), surroundings: network.surroundings)
                    let copy = try #require(try moved(network, ["\(name)-\(index)"]).values.first)
                    for item in order {
                        for reception in try copy.receive(item) { if case .refused = reception { Issue.record("\(name): \(reception)") } }
                    }
                    #expect(try copy.ask { try $0.reader.waiting() }.isEmpty)
                    #expect(try network.value(copy) == TestNetwork.days("14.4"))
                    #expect(try network.value(copy, TestNetwork.october) == TestNetwork.days("16.1"))
                    #expect(try copy.replayFindings().map { "\($0.what) \($0.key)" } == [])
                    digests.insert(try copy.ask { view in try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0.place == "620724" }) })
                }
                #expect(digests.count == 1, "\(name)")
            }
            #expect(try network.verdict(province, correction.id, of: TestNetwork.grainKey) == nil)
        }
    }
}
