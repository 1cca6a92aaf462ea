import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A node whose key was cut: it hears of it, hands over what it has, and is handed no work any more.
@Suite struct EndedNodeTests {
    @Test func aStickToAnEndedNodeCarriesPolicyAndNoWork() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let thief = try network.replica("gt", "thief")
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            // Work that came after the thief had the folder: another unit's, at the same place.
            try network.report("zy", TestNetwork.cityFood, "13.9")
            let gt = try network.node("gt")
            let exporter = try Exporter(network["zy"], to: gt, known: Heads([]))
            #expect(!exporter.plan.isEmpty)
            #expect(exporter.plan.allSatisfy { $0.feed.partition.isPolicy })
            let path = network.path("ended.tkb")
            _ = try BundleFile.export(network["zy"], to: gt, path: path, known: Heads([]))
            let report = try BundleFile.import(thief, path: path)
            #expect(report.isComplete && report.refused.isEmpty)
            let held = try thief.ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.grainKey))) }
            #expect(held.map(\.operation.unit) == [TestNetwork.countyFood])
            // It learns of the cut, and of nothing else.
            #expect(try thief.ask { $0.trust?.isEnded(gt) } == true)
        }
    }

    @Test func anEndedNodeStillHandsItsWorkOver() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let honest = try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gt")
            let report = try network.carry("gt", to: "zy")
            #expect(report.isComplete && report.refused.isEmpty)
            #expect(try network["zy"].lostWork(from: try network.node("gt")) == [])
            let held = try network["zy"].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.september))) }
            #expect(held.map(\.id) == [honest.id])
            #expect(try network.value(network["zy"], TestNetwork.september) == nil)
            for name in ["gt", "zy"] { #expect(try network[name].replayFindings() == [], "\(name)") }
        }
    }

    @Test func ofSeveralReceiversAnEndedOneKeepsTheWorkOutOfTheFile() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            try network.enrol("gt2", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true)], by: "zy", as: TestNetwork.city, lineage: .joins, agreeing: "gt")
            let both = [try network.node("gt"), try network.node("gt2")]
            #expect(try !Exporter(network["zy"], to: both, known: Heads([])).plan.allSatisfy { $0.feed.partition.isPolicy })
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            #expect(try Exporter(network["zy"], to: both, known: Heads([])).plan.allSatisfy { $0.feed.partition.isPolicy })
        }
    }
}

/// What credentials and cuts leave for people to settle.
@Suite struct TrustConcernTests {
    private func concerns(_ network: TestNetwork, _ name: String, day offset: Int32 = 0) throws -> [TrustConcern] {
        let today = network.surroundings.now().day.number
        return try network[name].ask { try $0.trustConcerns(on: Day(number: today + offset)) }
    }

    @Test func aCredentialPastItsDayIsShownFromTheDayAfter() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let last = Day(number: network.surroundings.now().day.number + 10)
            let plan = NodePlan(name: "lz", region: "620721", units: [.init("620721.gov", "620721", isGovernment: true)])
            let node = try Node.create(at: network.path("lz"), plan: plan, surroundings: network.surroundings)
            _ = try network["zy"].grant(try Node.readRequest(try node.makeRequest(plan: plan, depth: nil)), by: TestNetwork.city, person: "clerk", validTo: last)
            network.add("lz", node)
            #expect(try concerns(network, "zy", day: 10) == [])
            let shown = try concerns(network, "zy", day: 11)
            #expect(try shown.map(\.code) == [.pastItsDay] && shown[0].node == node.settings().node && shown[0].day == last)
            // Another credential for the same key without a last day: nothing is left to say.
            _ = try network["zy"].grant(try Node.readRequest(try node.makeRequest(plan: plan, depth: nil)), by: TestNetwork.city, person: "clerk")
            #expect(try concerns(network, "zy", day: 11) == [])
        }
    }

    @Test func aUnitThatTwoCredentialsClaimIsShown() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let key = try SigningKey.generate(.ed25519)
            var content = try network.content(of: "gt", at: "gs")
            (content.subject, content.signingKey, content.name) = (key.verifyingKey.nodeID, key.verifyingKey.coseKey, "rival")
            // The city's feed begun anew, without its past.
            var forger = try Forger(network["zy"], .policy("620724"), at: nil)
            let grant = try network.credential(content, by: TestNetwork.city, number: 9, with: &forger)
            _ = try network["gs"].receive(try forger.changeset([grant]))
            let shown = try concerns(network, "gs").filter { $0.code == .contested }
            #expect(Set(shown.compactMap(\.unit)) == [TestNetwork.county, TestNetwork.countyFood])
            let county = try network.node("gt")
            #expect(shown.allSatisfy { Set([$0.node, $0.other ?? $0.node]) == [county, key.verifyingKey.nodeID] })
        }
    }

    @Test func aCutBehindWhatItsAuthorHadVouchedForIsShownToTheSuperior() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            // The city's stick to the province vouched for the county's work; its cut lists nothing.
            let (county, city) = (try network.node("gt"), try network.node("zy"))
            var forger = try Forger(network["zy"], .policy("620724"))
            let credential = try network["gt"].settings().credential ?? .zero
            let cut = try network.cutOperation(CutContent(credential: credential, subject: county, heads: [], reason: "spite"), at: "620724", by: TestNetwork.city, with: &forger)
            _ = try network["gs"].receive(try forger.changeset([cut]))
            let shown = try concerns(network, "gs")
            #expect(!shown.isEmpty && shown.allSatisfy { $0.code == .cutBehindLog && $0.node == county && $0.other == city })
            #expect(shown.contains { $0.partition == .work("620724", nil) && $0.sequence == 1 })
            // The rule has its course all the same: items alone decide.
            #expect(try network.value(network["gs"]) == nil)
        }
    }

    @Test func anHonestCutIsNotShownWhateverTheThiefSignsLater() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network.report("gt", TestNetwork.countyFood, "99", key: TestNetwork.october)
            // The city vouches for what came after its cut too: it has it, whatever it counts.
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            #expect(try concerns(network, "gs") == [])
        }
    }
}
