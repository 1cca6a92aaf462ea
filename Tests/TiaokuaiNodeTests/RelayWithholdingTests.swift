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

/// A city that keeps something of its county's back: a changeset, the newest, a feed, an epoch. The province names what and
/// whose, and it is forgotten when it comes.
@Suite struct RelayWithholdingTests {
    private static let work = Partition.work("620724", nil)

    /// The province's view after the city handed over what `isPassed` let through.
    private func relay(_ network: TestNetwork, _ isPassed: (Frame) throws -> Bool) throws -> ImportReport {
        try network.carry("gt", to: "zy")
        return try network.deliver(try network.frames("zy", to: "gs").filter(isPassed), from: "zy", to: "gs")
    }

    @Test func aChangesetTakenOutOfTheMiddleHoldsWhatComesBehindItByName() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2", "3"])
            let report = try relay(network) { frame in try !network.isChangeset(frame, of: "gt") { $0.feed.partition == RelayWithholdingTests.work && $0.sequence == 2 } }
            guard case .waiting(_, .predecessor, let item)? = report.waiting.first else {
                Issue.record("nothing waits: \(report)")
                return
            }
            let missing = try network["gt"].store.read { try $0.changeset(ChangesetID(item)) }
            #expect(missing?.sequence == 2)
            // Its author comes itself.
            try network.carry("gt", to: "gs")
            #expect(try network["gs"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network.outcome("gs")?.value == .decimal(ExactDecimal(3)))
        }
    }

    @Test func theNewestChangesetsKeptBackAreNamedByTheCountysCheckpoint() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2", "3"])
            let head = try #require(try network["gt"].ask { try $0.heldHeads() }.first { try $0.feed.node == network.id("gt") && $0.feed.partition == RelayWithholdingTests.work })
            let report = try relay(network) { frame in try !network.isChangeset(frame, of: "gt") { $0.feed.partition == RelayWithholdingTests.work && $0.sequence > 1 } }
            #expect(report.isComplete && report.waiting.isEmpty && report.refused.isEmpty, "by its own account the bundle is whole")
            let concern = try #require(try network.concerns("gs").first { $0.code == .withheld })
            #expect(try concern.node == network.id("gt") && concern.partition == RelayWithholdingTests.work && concern.item == head.id.hash)
            #expect(concern.since.milliseconds > 0 && !concern.isContradiction)
            #expect(try network.concerns("zy") == [])
            try network.carry("gt", to: "gs")
            #expect(try network.concerns("gs") == [])
        }
    }

    @Test func aWholeFeedKeptBackIsToldFromItsHash() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            // The province has never seen the feed: only its hash stands in the county's checkpoint.
            _ = try relay(network) { frame in try !network.isChangeset(frame, of: "gt") { $0.feed.partition == RelayWithholdingTests.work } }
            let concern = try #require(try network.concerns("gs").first)
            #expect(try concern.code == .withheld && concern.node == network.id("gt") && concern.partition == RelayWithholdingTests.work)
            try network.carry("zy", to: "gs")
            #expect(try network.concerns("gs") == [])
        }
    }

    @Test func aWholeEpochKeptBackIsNamed() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network["gt"].backUp(to: network.path("backup"))
            let restored = try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings)
            try restored.write([TestNetwork.draft("9")])
            let path = network.path("epoch.tkb")
            _ = try BundleFile.export(restored, to: try network.id("zy"), path: path)
            _ = try BundleFile.import(network["zy"], path: path)
            let epoch = try restored.settings().epoch
            try network.deliver(try network.frames("zy", to: "gs").filter { frame in try !network.isChangeset(frame, of: "gt") { $0.feed.epoch == epoch } }, from: "zy", to: "gs")
            let concern = try #require(try network.concerns("gs").first { $0.code == .withheld })
            #expect(try concern.node == network.id("gt") && concern.epoch == epoch && concern.partition == RelayWithholdingTests.work)
            _ = try BundleFile.export(restored, to: try network.id("gs"), path: path)
            _ = try BundleFile.import(network["gs"], path: path)
            #expect(try network.concerns("gs").map(\.code) == [.restored])
        }
    }

    @Test func everythingOfTheCountysKeptBackIsFoundWhenTheCountyComes() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            // Changesets, checkpoint and proofs: of the county nothing passes, and the province can't know.
            _ = try relay(network) { frame in try !network.isChangeset(frame, of: "gt") && !network.isCheckpoint(frame, of: "gt") && frame.type != .consistency }
            #expect(try network.concerns("gs").filter { $0.code == .withheld }.isEmpty)
            // The county's checkpoint alone, brought by any road, tells.
            try network["gs"].receiveStatement(try network["gt"].checkpoint(), .checkpoint)
            #expect(try network.concerns("gs").contains { $0.code == .withheld && $0.partition == RelayWithholdingTests.work })
        }
    }

    @Test func whatIsOutsideTheCredentialIsNotMissed() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            // The city writes at its own place; its checkpoint lists that feed's hash, and the county receives no work of the city.
            try network.report("zy", TestNetwork.cityFood, "3", key: RecordKey(.work("620700", nil), CellKind.table.name, ["grainReserveDays", "2020-08"]))
            let listed = try TestNetwork.checkpoint(try network["zy"].checkpoint()).ownFeeds.count
            try network.carry("zy", to: "gt")
            #expect(try TestNetwork.checkpoint(try network["zy"].checkpoint()).ownFeeds.count == listed + 1)
            #expect(try network.concerns("gt", thorough: true) == [])
        }
    }

    @Test func aReceiptForAnotherBranchOfTheSameNumberShows() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let image = network.path("image.sqlite")
            let county = try network.id("gt")
            try network["gt"].store.backUp(to: image)
            try network.reports("gt", ["1"])
            try network.carry("gt", to: "zy")
            try network["gt"].store.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: network.path("gt/tiaokuai.sqlite") + suffix) }
            try FileManager.default.copyItem(atPath: image, toPath: network.path("gt/tiaokuai.sqlite"))
            let imaged = try Node(opening: network.path("gt"), surroundings: network.surroundings)
            try imaged.write([TestNetwork.draft("2")])
            let path = network.path("branch.tkb")
            _ = try BundleFile.export(imaged, to: try network.id("gs"), path: path)
            _ = try BundleFile.import(network["gs"], path: path)
            // City and province both say #1 of the county's work. Their receipts name different heads.
            try network.deliver(try network.frames("gs", to: "zy", known: Heads(try network["zy"].ask { try $0.heldHeads() })).filter { $0.type != .changeset }, from: "gs", to: "zy")
            let concern = try #require(try network.concerns("zy").first { $0.code == .otherBranch })
            #expect(concern.node == county && concern.partition == RelayWithholdingTests.work && concern.numbers == [1])
            try network.carry("gs", to: "zy")
            #expect(try !network.concerns("zy").contains { $0.code == .otherBranch })
            #expect(try network["zy"].ask { try $0.forks() }.count == 1)
        }
    }
}
