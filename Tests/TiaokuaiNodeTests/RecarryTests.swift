import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Honest work beyond a cut, carried again: one operation, whoever carries it. Follows Docs/Operating.md, "A stolen county key".
@Suite struct RecarryTests {
    @Test func afterAStolenKeyTheCountysHonestWorkComesBackUnderTheNewKeyAndTheThiefsDoesNot() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            // What the clerk wrote after the last stick; and what the thief signed with the same key.
            let honest = try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            let corrected = try network.report("gt", TestNetwork.countyFood, "15.4", key: TestNetwork.september)
            try network["gt"].seal()
            let old = try network.node("gt")
            let thief = try network.replica("gt", "thief")
            try thief.write([TestNetwork.draft("99"), TestNetwork.draft("98", key: TestNetwork.october)])
            try thief.seal()
            let known = Set(try network.items(network["gt"]))
            let stolen = try network.items(thief).filter { !known.contains($0) }

            // 1. The city cuts the key at what it holds. 2. The county gets a folder with a new key, granted by the province:
            // the old key's word is worth nothing now.
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gs")
            let units: [CredentialContent.WrittenUnit] = [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")]
            try network.enrol("gt2", region: "620724", units: units, by: "gs", as: TestNetwork.province, lineage: .takesOver, heads: try network.heads(at: "gs", of: old))
            _ = try network["gs"].receive(stolen)
            // 3. The old folder hands over what it had; the new one holds it, without effect, beside the thief's.
            try network.carry("gs", to: "gt2")
            try network.carry("gs", to: "gt")
            try network.carry("gt", to: "gt2")
            #expect(try network.value(network["gt2"], TestNetwork.september) == nil)
            let lost = try network["gt2"].lostWork(from: old)
            #expect(Set(lost.map(\.id)).isSuperset(of: [honest.id, corrected.id]))
            #expect(Set(lost.map(\.epoch)).count == 2)
            // 4. The clerk chooses what is the county's own: what the old folder wrote in its own epoch.
            let epoch = try network["gt"].settings().epoch
            let chosen = Set(lost.filter { $0.epoch == epoch }.map(\.id))
            #expect(chosen == [honest.id, corrected.id])
            #expect(Set(try network["gt2"].recarry(from: old, only: chosen)) == chosen)
            #expect(try network["gt2"].recarry(from: old, only: chosen) == [])
            try network.carry("gt2", to: "gs")
            try network.carry("gs", to: "zy")
            for name in ["gt2", "gs", "zy"] {
                #expect(try network.value(network[name]) == TestNetwork.days("14.2"), "\(name)")
                #expect(try network.value(network[name], TestNetwork.september) == TestNetwork.days("15.4"), "\(name)")
                #expect(try network.value(network[name], TestNetwork.october) == nil, "\(name)")
            }
            // The clerk goes on from it.
            try network.report("gt2", TestNetwork.countyFood, "15.5", key: TestNetwork.september)
            try network.carry("gt2", to: "gs")
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.5"))
            try network.expectAgreement(["gs", "gt2"])
        }
    }

    @Test func whatIsCarriedAgainCountsOnceInWhateverOrderTheCarriagesCome() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let honest = try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network["gt"].seal()
            let old = try network.node("gt")
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network["zy"].seal()
            let units: [CredentialContent.WrittenUnit] = [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")]
            let before = try network.items(network["gs"])
            let cut = try network.missing(network["gs"], than: network["zy"])
            try network.enrol("gt2", region: "620724", units: units, by: "gs", as: TestNetwork.province, lineage: .takesOver, heads: try network.heads(at: "gs", of: old))
            try network.carry("gs", to: "gt")
            try network.carry("gt", to: "gt2")
            try network["gt2"].recarry(from: old)
            let original = try network.items(network["gt"]).filter { try !before.contains($0) && UnverifiedChangeset($0).header.feed.partition == .work("620724", nil) }
            let again = try network.items(network["gt2"], of: try network.node("gt2"))
            #expect(cut.count == 1 && original.count == 1 && again.count == 1)
            let digests = try network.inEveryOrder(cut + original + again, to: "gs") { (copy, _) throws in
                #expect(try network.value(copy, TestNetwork.september) == TestNetwork.days("15.3"))
                let held = try copy.ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.september))) }
                #expect(Set(held.map(\.id)) == [honest.id])
                #expect(try copy.replayFindings() == [])
            }
            #expect(digests.count == 6)
            for digest in digests { #expect(digest.input == digests[0].input && digest.derived == digests[0].derived) }
        }
    }

    @Test func nobodyCarriesAnothersWork() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network.carry("gt", to: "gs")
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gs")
            // The city's units are none of the county's.
            try network.carry("gs", to: "zy")
            #expect(try network["zy"].lostWork(from: try network.node("gt")) == [])
            #expect(try network["zy"].recarry(from: try network.node("gt")) == [])
            // Nor is the cut node's own key good for it.
            try network.carry("zy", to: "gt")
            #expect(try network["gt"].recarry() == [])
        }
    }
}
