import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Which of two credentials came first is a matter of what their issuer's feeds name, not of numbers, epochs or arrival.
@Suite struct CredentialOrderTests {
    private static let food: [CredentialContent.WrittenUnit] = [.init(TestNetwork.countyFood, "620724")]

    /// A thief's own node, granted the county's food office as if nobody had it.
    private func rival(_ network: TestNetwork, _ name: String) throws -> CredentialContent {
        let plan = NodePlan(name: name, region: "620724", units: CredentialOrderTests.food)
        let node = try Node.create(at: network.path(name), plan: plan, surroundings: network.surroundings)
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: nil))
        return CredentialContent(
            subject: request.subject, name: name, signingKey: request.request.signingKey, sealingKey: request.request.sealingKey, region: "620724",
            writes: CredentialOrderTests.food, mayIssue: nil, validFrom: network.surroundings.now().day)
    }

    /// The city's folder is restored from a backup: sequences begin at 1 again, and what it granted before is still first.
    @Test func aRestoredIssuersFirstGrantsStayFirst() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let restored = try network.replica("zy", "again")
            let rival = try rival(network, "rival")
            var forger = try Forger(restored, .policy("620724"))
            let grant = try network.credential(rival, by: TestNetwork.city, number: 1, with: &forger)
            let item = try forger.changeset([grant], resumes: try restored.settings().resumes)
            let digests = try network.inEveryOrder([item], to: "gs") { (copy, _) throws in
                #expect(try copy.ask { $0.trust?.faults[grant.id] } == .unitTaken)
                #expect(try copy.ask { $0.trust?.contested } == [:])
                #expect(try network.value(copy) == TestNetwork.days("14.2"))
                #expect(try copy.replayFindings() == [])
            }
            #expect(digests.count == 1)
        }
    }

    /// Whoever has the city's key can open an epoch that names nothing and grant the county's office there, at sequence 1.
    @Test func twoFirstGrantsThatDoNotKnowOfEachOtherSuspendTheUnitUntilOneAboveHasSpoken() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let copy = try network.replica("zy", "thief")
            let rival = try rival(network, "rival")
            var forger = try Forger(copy, .policy("620724"))
            let grant = try network.credential(rival, by: TestNetwork.city, number: 1, with: &forger)
            let item = try forger.changeset([grant])
            let before = try network.replica("gs", "before")
            _ = try network["gs"].receive(item)
            let contested = try #require(try network["gs"].ask { $0.trust?.contested[TestNetwork.countyFood] })
            #expect(contested.count == 2 && contested.contains(grant.id.hash))
            // Neither of the two writes the office now; the county's other units are untouched.
            #expect(try network.value(network["gs"]) == nil)
            #expect(try network["gs"].ask { $0.trust?.writers[TestNetwork.county]?.count } == 1)
            #expect(try network["gs"].replayFindings() == [])

            // The same from nothing, in the other order.
            let items = try network.items(before)
            let fresh = try Node.restore(
                from: {
                    let path = network.path("b2"); try before.backUp(to: path); return path
                }(), to: network.path("gs-b2"), surroundings: network.surroundings)
            _ = try fresh.receive([item] + items)
            let digests = try [network["gs"], fresh].map { try $0.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
            #expect(digests[0].derived == digests[1].derived)

            // The province grants the office a machine of its own, and says what of the county's work still counts.
            let heads = try network.heads(at: "gs", of: try network.node("gt"))
            try network.enrol("food", region: "620724", units: CredentialOrderTests.food, by: "gs", as: TestNetwork.province, lineage: .takesOver, heads: heads)
            #expect(try network["gs"].ask { $0.trust?.contested } == [:])
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.2"))
            try network.report("food", TestNetwork.countyFood, "15.0", key: TestNetwork.september)
            try network.carry("food", to: "gs")
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.0"))
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    /// A branch of the issuer's own feed, with a smaller number than the county's grant.
    @Test func aForkedFeedGainsNothingBySmallerNumbers() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let city = try network["zy"].settings()
            let rival = try rival(network, "rival")
            var forger = try Forger(network["zy"], .policy("620724"), at: nil)
            let grant = try network.credential(rival, by: TestNetwork.city, number: 1, with: &forger)
            let item = try forger.changeset([grant])
            #expect(try UnverifiedChangeset(item).header.sequence == 1)
            #expect(try UnverifiedChangeset(item).header.feed.epoch == city.epoch)
            _ = try network["gs"].receive(item)
            // It doesn't get the office; it shows.
            #expect(try network["gs"].ask { view in view.trust?.writers[TestNetwork.countyFood]?.contains { $0.node == rival.subject } } != true)
            #expect(try network["gs"].ask { $0.trust?.contested.keys.sorted() } == [TestNetwork.countyFood])
            #expect(try network["gs"].ask { try $0.forks() }.count == 1)
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    /// The office was the county's by the city's grant; the node above takes it over with what it holds, knowing no old key.
    @Test func aTakeoverByTheIssuersSuperiorLeavesWhatCountedStanding() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let heads = try network.heads(at: "gs", of: try network.node("gt"))
            try network.report("gt", TestNetwork.countyFood, "99", key: TestNetwork.september)
            try network.enrol("food", region: "620724", units: CredentialOrderTests.food, by: "gs", as: TestNetwork.province, lineage: .takesOver, heads: heads)
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try network.carry("gs", to: "zy")
            for name in ["gs", "zy"] {
                #expect(try network.value(network[name]) == TestNetwork.days("14.2"), "\(name)")
                #expect(try network.value(network[name], TestNetwork.september) == nil, "\(name)")
            }
            try network.expectAgreement(["gs", "zy"])
        }
    }
}
