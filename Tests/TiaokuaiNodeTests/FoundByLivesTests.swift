import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWork

/// What the simulator found, each as the smallest scenario that shows it.
@Suite struct FoundByLivesTests {
    private static let matrix = RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"])

    /// Before, whoever stood on the path could turn the mode round with an objection.
    @Test func anotherUnitsWordOnTheMatrixNeverGoverns() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.report("gt", TestNetwork.county, "15.6")
            let meddling = try network["gt"].write([
                Draft(key: FoundByLivesTests.matrix, unit: TestNetwork.countyFood, person: "clerk", fields: [.init(MatrixKind.mode, "blockFirst")])
            ])[0]
            #expect(try network.outcome("gt")?.value == TestNetwork.days("14.2"))
            let verdict = try network["gt"].ask { view in
                try view.recordRef(FoundByLivesTests.matrix).flatMap { try view.settlement($0) }?.verdicts[meddling.id]?[MatrixKind.mode]
            }
            #expect(verdict == .objection)
            // The government's next version comes after the one before it, though an objection lies between them.
            let next = try network["gt"].write([
                Draft(
                    key: FoundByLivesTests.matrix, unit: TestNetwork.county, person: "clerk",
                    fields: [.init(MatrixKind.mode, "blockFirst"), .init(MatrixKind.inForceFrom, .day(Day(year: 2020, month: 8, day: 13)!))])
            ])[0]
            #expect(try network.outcome("gt")?.value == TestNetwork.days("15.6"))
            #expect(try network["gt"].ask { try $0.governing(TestNetwork.grainKey).governing.tiers[0].version } == next.id)
            try network.carry("gt", to: "zy")
            try network.expectAgreement(["gt", "zy"])
        }
    }

    /// Before, a county that heard of its city's new key first refused everything from then on: its own credential lay beyond
    /// the line, and what would have brought it back was refused for want of it.
    @Test func aCityMayChangeItsKeyBeforeTheProvinceHoldsWhatItGranted() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder, upTo: "zy")
            let request = try Node.readRequest(try network["zy"].requestRotation())
            // The province has nothing of the city's grants yet.
            let heads = try network.heads(at: "gs", of: request.subject)
            _ = try network["gs"].grant(request, by: TestNetwork.province, person: "clerk", heads: heads)
            try network.carry("gs", to: "zy")
            let grant = try network.items(network["gs"]).filter { try UnverifiedChangeset($0).header.feed.partition == .policy("620700") }
            for item in grant { _ = try network["gt"].receive(item) }
            let county = try network.node("gt")
            #expect(try network["gt"].ask { $0.trust?.credentials(of: county).isEmpty } == true)
            // The city carries its grants again under the new key, and the county takes them in.
            #expect(try !network["zy"].adoptRotation().isEmpty)
            #expect(try network.carry("zy", to: "gt").refused.isEmpty)
            #expect(try network["gt"].ask { $0.trust?.credentials(of: county).isEmpty } == false)
            #expect(try network.value(network["gt"]) == TestNetwork.days("14.2"))
            try network.report("gt", TestNetwork.countyFood, "14.5")
            try network.carry("gt", to: "zy")
            #expect(try network.value(network["zy"]) == TestNetwork.days("14.5"))
            try network.expectAgreement(["gt", "zy"])
        }
    }

    /// Before, such a changeset went down to other cities' counties, who hold no credential of its author, and waited there
    /// for ever.
    @Test func nobodyBelowAPlaceHasAWordInItsPartitions() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let key = RecordKey(.policy("620000"), IndicatorKind.table.name, ["grainReserveDays"])
            let draft = Draft(key: key, unit: TestNetwork.city, person: "clerk", fields: [.init(IndicatorKind.title, "改名")])
            #expect { try network["zy"].write([draft]) } throws: { ($0 as? NodeError)?.code == .outsidePartition }
            // Whoever signs it all the same is refused, and nothing of it is kept.
            var forger = try Forger(network["zy"], .policy("620000"))
            let item = try forger.changeset([try forger.operation(key, TestNetwork.city, [.init(IndicatorKind.title, "改名")])])
            guard case .refused(_, let code, _) = try network["gs"].receive(item)[0] else {
                Issue.record("not refused")
                return
            }
            #expect(code == NodeError.Code.outsidePartition.rawValue)
            #expect(try network["gs"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network.items(network["gs"]).contains(item) == false)
        }
    }

    /// Before, what a county wrote beside a superior's word that waited for something named that word as seen and waited along
    /// with it, without effect on the county's own machine.
    @Test func whatWaitsForSomethingThatIsNotHeldHasNotBeenSeen() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            // The city speaks, then the province, who has seen it; only the province's word reaches the county.
            try network.report("zy", TestNetwork.cityFood, "13.0")
            try network.carry("zy", to: "gs")
            let province = try network.report("gs", "620000.ndrc", "12.0")
            try network["gs"].seal()
            let items = try network.items(network["gs"], of: try network.node("gs")).suffix(1)
            for item in items { _ = try network["gt"].receive(item) }
            guard case .pending = try network.verdict(network["gt"], province.id, of: TestNetwork.grainKey) else {
                Issue.record("the province's word does not wait")
                return
            }
            let own = try network.report("gt", TestNetwork.countyFood, "14.9")
            let held = try network["gt"].ask { view in try view.recordRef(TestNetwork.grainKey).map { try view.operations(of: $0) } ?? [] }
            #expect(held.first { $0.id == own.id }?.operation.seen.contains(province.id) == false)
            #expect(try network.value(network["gt"]) == TestNetwork.days("14.9"))
            // Once the city's word is there, everything is.
            try network.carry("zy", to: "gt")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            try network.expectAgreement(["gs", "zy", "gt"])
        }
    }

    /// Before, work on a disk image put back, done after the other branch had come home, pointed into that branch by the number
    /// of its changeset: at others, who follow the branch that it was done on, it read as another operation.
    @Test func inAForkedFeedTheNextOperationPointsOnlyIntoItsOwnBranch() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder, upTo: "zy")
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            // One branch goes up with three changesets; the machine is put back and goes on with another, about another month.
            let july = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-07"])
            for value in ["14.4", "14.5", "14.6"] {
                try network.report("gt", TestNetwork.countyFood, value)
                try network["gt"].seal()
            }
            try network.carry("gt", to: "zy")
            network.add("gt", try network.imaged("gt", from: image))
            for value in ["15.1", "15.2", "15.3", "15.4"] {
                try network.report("gt", TestNetwork.countyFood, value, key: july)
                try network["gt"].seal()
            }
            // The city learns of the fork, the first branch comes home, and the next word is about what only that one knew.
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gt")
            let next = try network.report("gt", TestNetwork.countyFood, "16.0")
            try network.carry("gt", to: "zy")
            let held = try network["zy"].ask { view in try view.recordRef(TestNetwork.grainKey).map { try view.operations(of: $0) } ?? [] }
            #expect(held.contains { $0.id == next.id })
            #expect(try network.value(network["zy"]) == TestNetwork.days("16.0"))
            try network.expectAgreement(["gt", "zy"])
        }
    }

    /// A record of which nothing is held but a word that had seen another one: nothing of it is in use.
    @Test func aWordAloneThatHadSeenAnotherWaits() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder, upTo: "zy")
            try network.carry("gs", to: "zy")
            let word = try network.report("zy", TestNetwork.cityFood, "13.0")
            try network["zy"].seal()
            for item in try network.items(network["zy"], of: try network.node("zy")) { _ = try network["gs"].receive(item) }
            let verdict = try network.verdict(network["gs"], word.id, of: TestNetwork.grainKey)
            guard case .pending = verdict else {
                Issue.record("\(String(describing: verdict))")
                return
            }
            #expect(try network.value(network["gs"]) == nil)
            try network.carry("zy", to: "gs")
            try network.expectAgreement(["zy", "gs"])
        }
    }
}
