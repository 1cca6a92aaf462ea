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

/// A machine that wrote a feed twice: both branches count, the evidence stands alone, and the unit's word ends the alarm.
@Suite struct ForkEvidenceTests {
    /// The county's image is put back after a stick; both branches reach the city.
    private func forked(_ folder: URL) throws -> TestNetwork {
        var network = try relayNetwork(in: folder)
        try network["gt"].seal()
        let image = network.path("image.sqlite")
        try network["gt"].store.backUp(to: image)
        try network.report("gt", TestNetwork.countyFood, "14.2")
        try network.report("gt", TestNetwork.countyFood, "16", key: TestNetwork.october)
        try network.carry("gt", to: "zy")
        network.add("gt", try network.imaged("gt", from: image))
        try network.report("gt", TestNetwork.countyFood, "15")
        try network.carry("gt", to: "zy")
        return network
    }

    @Test func evidenceOfAForkIsCheckedWithNothingButItself() throws {
        try withTemporaryFolder { folder in
            let network = try forked(folder)
            let found = try network["zy"].ask { try $0.forkEvidence() }
            #expect(found.count == 1)
            let evidence = try ForkEvidence(found[0].evidence.bytes)
            let checked = try ForkEvidenceCheck.check(evidence)
            #expect(checked.feed == found[0].fork.feed && [checked.first, checked.second] == found[0].fork.branches && checked.standsAlone)
            #expect(try checked.feed.node == network.id("gt") && checked.sequence == 1)
            // Of another node's changesets, of two sequences, or with a key beside it that did not sign, it shows nothing.
            let swapped = ForkEvidence(first: evidence.second, second: evidence.first)
            let same = ForkEvidence(first: evidence.first, second: evidence.first)
            let key = try network["zy"].keys.verifyingKey().coseKey
            let borrowed = ForkEvidence(first: evidence.first, second: .init(key: key, envelope: evidence.second.envelope))
            for claim in [swapped, same, borrowed] { #expect(throws: (any Error).self) { try ForkEvidenceCheck.check(claim) } }
            for length in 0..<evidence.bytes.count { #expect(throws: FormatError.self) { try ForkEvidence(Array(evidence.bytes.prefix(length))) } }
            #expect(ForkEvidence.begins(evidence.bytes) && !ForkEvidence.begins([]) && !ForkEvidence.begins([0x84, 0x01]))
        }
    }

    @Test func bothBranchesAreInForceAndTheUnitsWordEndsTheAlarm() throws {
        try withTemporaryFolder { folder in
            let network = try forked(folder)
            // October was written on one branch only and stands; August differs and waits for the unit.
            #expect(try network.value(network["zy"], TestNetwork.october) == TestNetwork.days("16"))
            #expect(try network.outcome("zy")?.blank == .forked(TestNetwork.countyFood))
            try network.carry("zy", to: "gt")
            try network.report("gt", TestNetwork.countyFood, "15")
            let fork = try #require(try network["gt"].ask { try $0.forks().first })
            try network["gt"].write { view in [view.repair(of: fork, cause: "restoredBackup", by: TestNetwork.county, person: "clerk")] }
            try network.carry("gt", to: "zy")
            for name in ["gt", "zy"] {
                #expect(try network[name].ask { try $0.forks() }.map { $0.repair != nil } == [true], "\(name)")
                #expect(try network.concerns(name, thorough: true).filter(\.isContradiction) == [], "\(name)")
            }
            #expect(try network.value(network["zy"]) == TestNetwork.days("15"))
            try network.expectAgreement(["gt", "zy"])
            // A third branch that nobody owned up to begins the alarm anew.
            var forger = try Forger(network["gt"], .work("620724", nil), at: nil)
            let item = try forger.changeset([try forger.operation(TestNetwork.september, TestNetwork.countyFood, [try TestNetwork.figure("99")])])
            _ = try network["zy"].receive(item)
            let third = try #require(try network["zy"].ask { try $0.forks().first })
            #expect(third.branches.count == 3 && third.repair == nil)
        }
    }

    @Test func aRestoreNeverBecomesEvidence() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            try network["gt"].backUp(to: network.path("backup"))
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            network.add("gt", try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings))
            try network.report("gt", TestNetwork.countyFood, "15")
            for (from, to) in [("gt", "zy"), ("zy", "gt"), ("zy", "gs"), ("gs", "zy")] { try network.carry(from, to: to) }
            for name in ["gt", "zy", "gs"] {
                #expect(try network[name].ask { try $0.forkEvidence() }.isEmpty, "\(name)")
                #expect(try network[name].store.read { try $0.statements(.evidence) }.isEmpty, "\(name)")
                #expect(try network.concerns(name, thorough: true).filter(\.isContradiction) == [], "\(name)")
            }
        }
    }

    /// City and province hold a branch each, and both say "1": they find out by the receipts that pass between them, whatever the road.
    @Test func twoWhoHoldABranchEachFindOutByTheirReceipts() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            try network.reports("gt", ["1"])
            try network.carry("gt", to: "zy")
            network.add("gt", try network.imaged("gt", from: image))
            try network.reports("gt", ["2"])
            try network.carry("gt", to: "gs")
            let work = Partition.work("620724", nil)
            func sequences(_ name: String) throws -> [UInt64] {
                try network[name].ask { view in try view.heldHeads().filter { $0.feed.partition == work }.map(\.sequence) }
            }
            #expect(try sequences("zy") == [1] && sequences("gs") == [1])
            // Two sticks between the superiors, and both have both.
            for (from, to) in [("zy", "gs"), ("gs", "zy")] { try network.carry(from, to: to) }
            for name in ["zy", "gs"] {
                #expect(try network[name].ask { try $0.forks() }.count == 1, "\(name)")
                #expect(try network.outcome(name)?.blank == .forked(TestNetwork.countyFood), "\(name)")
            }
            let digests = try ["zy", "gs"].map { name in try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
            #expect(digests[0].input == digests[1].input && digests[0].derived == digests[1].derived)
        }
    }
}
