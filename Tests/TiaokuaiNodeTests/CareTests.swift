import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync

/// Backup, restore, clones and the doctor.
@Suite struct CareTests {
    @Test func aReplayOfAWholeHistoryFindsNothingToComplainOf() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            try network.report("gt", TestNetwork.county, "15.6")
            for name in ["gs", "zy", "gt"] { #expect(try network[name].replayFindings() == []) }
        }
    }

    @Test func aCopiedFolderNeitherWritesNorSigns() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            let copy = network.path("copy")
            try FileManager.default.copyItem(atPath: network.path("gt"), toPath: copy)
            let clone = try Node(opening: copy, surroundings: network.surroundings)
            #expect { try clone.write([TestNetwork.draft("15")]) } throws: { ($0 as? NodeError)?.code == .clonedFolder }
            #expect { try clone.checkMarker() } throws: { ($0 as? NodeError)?.code == .clonedFolder }
            #expect(try clone.store.read { try $0.pendingCount() } == 0)
            try network["gt"].write([TestNetwork.draft("15")])
        }
    }

    @Test func aRestoredCountyGetsItsLostWorkBackAndForksNothing() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.carry("gt", to: "zy")
            try network["gt"].backUp(to: network.path("backup"))
            let lost = try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")

            let restored = try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings)
            let path = network.path("back.tkb")
            _ = try BundleFile.export(network["zy"], to: try restored.settings().node, path: path, known: try restored.ask { Heads(try $0.heldHeads()) })
            let report = try BundleFile.import(restored, path: path)
            #expect(report.isComplete && report.waiting.isEmpty && report.refused.isEmpty)
            #expect(try restored.ask { view in try view.reader.recordRef(lost.record) } != nil)

            try restored.write([TestNetwork.draft("15.1")])
            _ = try BundleFile.export(restored, to: try network["zy"].settings().node, path: path)
            #expect(try BundleFile.import(network["zy"], path: path).isComplete)
            let outcome = try #require(try network.outcome("zy"))
            #expect(outcome.value == .decimal(try ExactDecimal(parsing: "15.1")))
            #expect(try network["zy"].ask { try $0.forks() }.isEmpty)
            #expect(try network["zy"].replayFindings() == [])
        }
    }

    @Test func anOldDatabaseUnderALivingMarkerForksAndLosesNothing() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.carry("gt", to: "zy")
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")

            let imaged = try network.imaged("gt", from: image)
            try imaged.write([TestNetwork.draft("15.0")])
            let path = network.path("fork.tkb")
            _ = try BundleFile.export(imaged, to: try network["zy"].settings().node, path: path)
            let report = try BundleFile.import(network["zy"], path: path)
            #expect(report.isComplete && report.refused.isEmpty)
            #expect(try network["zy"].ask { try $0.forks() }.count == 1)
            // Two machines of one unit wrote in parallel: the unit chooses, nobody else.
            let outcome = try #require(try network.outcome("zy"))
            #expect(outcome.value == nil && outcome.blank == .forked(TestNetwork.countyFood))
            #expect(try network["zy"].replayFindings() == [])
        }
    }

    @Test func aValueChangedBySQLIsNamed() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            let written = try network.report("gt", TestNetwork.countyFood, "14.2")
            let before = try network["gt"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            try network["gt"].store.write { writer in
                let ref = try #require(try writer.reader.recordRef(written.record))
                let outcome = try #require(try writer.reader.outcome(ref))
                var form = outcome.form
                let at = try #require(form.firstIndex(of: 142 & 0xff))
                form[at] = 143
                try writer.setOutcome(OutcomeRow(record: ref, places: outcome.places, form: form, isDisputed: false), verdicts: [])
            }
            #expect(try network["gt"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }.derived != before.derived)
            #expect(try network["gt"].replayFindings().map(\.record) == [written.record])
        }
    }
}

/// What a stick carries to a node that is ahead of the sender, or on another branch.
@Suite struct AheadTests {
    @Test func aNodeThatIsAheadIsSentTheNewestOnly() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            for value in ["14.1", "14.2", "14.3"] {
                try network.report("gt", TestNetwork.countyFood, value)
                try network.carry("gt", to: "zy")
            }
            try network.report("gt", TestNetwork.countyFood, "14.4")
            try network["gt"].seal()
            // The county's own statement comes up while its newest work does not.
            let receipt = try network["gt"].receipt(to: try network["zy"].settings().node)
            _ = try network["zy"].receive(try network["gt"].checkpoint(), .checkpoint)
            _ = try network["zy"].receive(receipt, .receipt)
            let exporter = try Exporter(network["zy"], to: try network["gt"].settings().node)
            let feed = Feed(node: try network["gt"].settings().node, epoch: try network["gt"].settings().epoch, partition: .work("620724", nil))
            #expect(exporter.plan.filter { $0.feed == feed }.map(\.sequence) == [3])
        }
    }

    @Test func aBranchThatThePeerLacksArrivesWholeOnceItHasSaidSo() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network["gt"].seal()
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            // Three changesets on one branch reach the city; two on the other stay at the imaged county.
            for value in ["14.1", "14.2", "14.3"] {
                try network.report("gt", TestNetwork.countyFood, value)
                try network.carry("gt", to: "zy")
            }
            let imaged = try network.imaged("gt", from: image)
            for value in ["15.1", "15.2"] {
                try imaged.write([TestNetwork.draft(value)])
                try imaged.seal()
            }
            let city = try network["zy"].settings().node
            _ = try imaged.receive(try network["zy"].checkpoint(), .checkpoint)
            _ = try imaged.receive(try network["zy"].receipt(to: try imaged.settings().node), .receipt)
            let path = network.path("branch.tkb")
            for round in 1...2 {
                _ = try BundleFile.export(imaged, to: city, path: path)
                _ = try BundleFile.import(network["zy"], path: path)
                _ = try imaged.receive(try network["zy"].receipt(to: try imaged.settings().node), .receipt)
                #expect(try network["zy"].ask { try $0.forks() }.count == (round == 2 ? 1 : 0))
            }
            #expect(try network["zy"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network.outcome("zy")?.blank == .forked(TestNetwork.countyFood))
        }
    }

    @Test func aClockThatWasSetBackDoesNotMakeNewReceiptsOld() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.1")
            try network.carry("gt", to: "zy")
            let county = try network["gt"].settings().node
            _ = try network["gt"].receive(try network["zy"].receipt(to: county), .receipt)
            // The city's clock goes back by years, and more of the county's work arrives there.
            let past = try Node(
                opening: network.path("zy"),
                surroundings: Surroundings(now: { Written(milliseconds: 1_000_000_000_000) }, randomBytes: network.surroundings.randomBytes))
            try network.report("gt", TestNetwork.countyFood, "14.2")
            let path = network.path("up.tkb")
            _ = try BundleFile.export(network["gt"], to: try past.settings().node, path: path)
            _ = try BundleFile.import(past, path: path)
            _ = try network["gt"].receive(try past.receipt(to: county), .receipt)
            // Nothing of it goes out again.
            #expect(try Exporter(network["gt"], to: try past.settings().node).plan.isEmpty)
        }
    }
}
