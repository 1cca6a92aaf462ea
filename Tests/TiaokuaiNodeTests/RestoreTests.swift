import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A node put back from an old backup, by sticks as people carry them: nothing lost, nothing doubled, and everybody sees that it was.
@Suite struct RestoreTests {
    /// Every item of a node's log stands in it once.
    private func expectEachOnce(_ node: Node, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let leaves = try node.store.read { reader in try (0..<reader.leafCount()).compactMap { try reader.leaf($0) } }
        #expect(Set(leaves).count == leaves.count, sourceLocation: sourceLocation)
        let held = try node.store.read { reader in try reader.changesets().map { try reader.changeset($0) }.filter { $0.leaf != nil }.map(\.id.hash) }
        #expect(Set(leaves.dropFirst()) == Set(held), sourceLocation: sourceLocation)
        #expect(try node.logFindings() == [], sourceLocation: sourceLocation)
    }

    @Test func aRestoredCitysCountiesSendAgainByThemselvesAndTheProvinceSeesIt() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            try network.enrol("lz", region: "620721", units: [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gs")
            try network["zy"].backUp(to: network.path("backup"))
            let lz = RecordKey(.work("620721", nil), "cell", ["grainReserveDays", "2020-08"])
            let own = RecordKey(.work("620700", nil), "cell", ["grainReserveDays", "2020-08"])
            // The week after: both counties report twice and get their receipts, the city writes itself and hands up half of it.
            for value in ["1", "2"] {
                try network.report("gt", TestNetwork.countyFood, value)
                try network.report("lz", "620721.gov", value, key: lz)
                try network.report("zy", TestNetwork.cityFood, value, key: own)
                for name in ["gt", "lz"] {
                    try network.carry(name, to: "zy")
                    try network.carry("zy", to: name)
                }
                if value == "1" { try network.carry("zy", to: "gs") }
            }
            #expect(try Exporter(network["gt"], to: try network.id("zy")).plan.isEmpty)
            let before = try network.changesets("zy")

            network.add("zy", try Node.restore(from: network.path("backup"), to: network.path("zy-new"), surroundings: network.surroundings))
            #expect(try network.changesets("zy") < before)
            // The city's first sticks say what it holds now; the next ones bring what it lacks. Nobody asks for anything.
            for name in ["gt", "lz", "gs"] {
                try network.carry("zy", to: name)
                let report = try network.carry(name, to: "zy")
                #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty, "\(name)")
            }
            // A round for what the province wants proven of the counties, whose proofs went with the old disk.
            for _ in 1...2 { for (from, to) in [("zy", "gs"), ("gs", "zy"), ("zy", "gt"), ("zy", "lz"), ("gt", "zy"), ("lz", "zy")] { try network.carry(from, to: to) } }
            try network.carry("zy", to: "gs")
            try network.expectAgreement(["gs", "zy", "gt"])
            try network.expectAgreement(["gs", "zy", "lz"], at: "620721")
            for name in ["gs", "zy"] { try expectEachOnce(network[name]) }
            #expect(try network.value(network["gs"]) == TestNetwork.days("2"))
            #expect(try network.value(network["gs"], lz) == TestNetwork.days("2"))
            // What the city wrote and handed to the province came back; what only the old disk had is gone, and shows as nothing.
            let kept = try network["zy"].ask { view in try view.operations(of: try #require(try view.recordRef(own))) }
            #expect(kept.map { $0.operation.value(of: CellKind.value) } == [.some(try TestNetwork.days("1"))])

            for name in ["gs", "gt", "lz"] {
                let seen = try network.concerns(name)
                #expect(try seen.map(\.code) == [.restored] && seen[0].node == network.id("zy"), "\(name): \(seen)")
                #expect(try seen.first?.epoch == network["zy"].settings().epoch && seen.first?.isContradiction == false)
            }
            #expect(try network["gs"].ask { try $0.forks() }.isEmpty)
            #expect(try network["gs"].store.read { try $0.statements(.evidence) }.isEmpty)
            // The province hears how much it had that the backup had not: the city's changeset of that week.
            try network.report("zy", TestNetwork.cityFood, "3", key: own)
            try network.carry("zy", to: "gs")
            #expect(try network.concerns("gs").first?.numbers == [1])
        }
    }

    @Test func aRestoredCountyGetsItsOwnWorkBackByTwoSticksAndIssuesAgainWhatWasNeverSent() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            try network["gt"].backUp(to: network.path("backup"))
            let sent = try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            // Written, and never on a stick.
            try network.report("gt", TestNetwork.countyFood, "14.9")
            let old = try network["gt"].settings().epoch
            network.add("gt", try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings))
            #expect(try network.value(network["gt"]) == nil)
            try network.carry("gt", to: "zy")
            let back = try network.carry("zy", to: "gt")
            #expect(back.isComplete && back.refused.isEmpty && back.waiting.isEmpty)
            #expect(try network.value(network["gt"]) == TestNetwork.days("14.2"))
            let held = try network["gt"].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.grainKey))) }
            #expect(held.map(\.id) == [sent.id])
            // The clerk types it again: it comes after what came back, in the new epoch, and replaces it everywhere.
            let again = try network.report("gt", TestNetwork.countyFood, "14.9")
            for (from, to) in [("gt", "zy"), ("zy", "gs")] { try network.carry(from, to: to) }
            for name in ["gt", "zy", "gs"] { #expect(try network.value(network[name]) == TestNetwork.days("14.9"), "\(name)") }
            #expect(again.id != sent.id)
            #expect(try network["gt"].settings().epoch != old)
            try network.expectAgreement(["gt", "zy", "gs"])
            for name in ["gt", "zy"] { try expectEachOnce(network[name]) }
            #expect(try network["zy"].ask { try $0.forks() }.isEmpty)
            let seen = try network.concerns("zy").filter { $0.code == .restored }
            #expect(seen.count == 1 && seen[0].numbers == [1])
        }
    }

    @Test func aRestoreIsShownForThirtyDaysAndRecordedForGood() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            try network["gt"].backUp(to: network.path("backup"))
            network.add("gt", try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings))
            try network.carry("gt", to: "zy")
            #expect(try network.concerns("zy").map(\.code) == [.restored])
            let day: Int64 = 86_400_000
            let now = network.surroundings.now().milliseconds
            for (later, isShown) in [(30, true), (31, false)] {
                let clock = Surroundings(now: { Written(milliseconds: now + Int64(later) * day) }, randomBytes: network.surroundings.randomBytes)
                let city = try Node(opening: network.path("zy"), surroundings: clock)
                #expect(try city.ask { try $0.logConcerns() }.map(\.code) == (isShown ? [.restored] : []))
                #expect(try city.ask { try $0.logConcerns(thorough: true) }.map(\.code) == [.restored])
            }
        }
    }

    @Test func severalRestoresAreToldInTheOrderInWhichTheyHappened() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            var epochs: [Epoch] = []
            for round in 1...3 {
                try network["gt"].backUp(to: network.path("backup\(round)"))
                network.add("gt", try Node.restore(from: network.path("backup\(round)"), to: network.path("gt-\(round)"), surroundings: network.surroundings))
                epochs.append(try network["gt"].settings().epoch)
                try network.report("gt", TestNetwork.countyFood, "\(round)")
                try network["gt"].seal()
            }
            // A newcomer hears of all of it at once.
            try network.carry("gt", to: "zy")
            let seen = try network.concerns("zy", thorough: true).filter { $0.code == .restored }
            #expect(Set(seen.compactMap(\.epoch)) == Set(epochs))
            #expect(seen.allSatisfy { $0.numbers == [0] })
        }
    }
}
