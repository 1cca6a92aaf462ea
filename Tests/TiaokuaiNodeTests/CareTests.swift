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

    @Test func aCopiedFolderDoesNotSign() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            let copy = network.path("copy")
            try FileManager.default.copyItem(atPath: network.path("gt"), toPath: copy)
            let clone = try Node(opening: copy, surroundings: network.surroundings)
            try clone.write([TestNetwork.draft("15")])
            #expect { try clone.seal() } throws: { ($0 as? NodeError)?.code == .clonedFolder }
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

            // As disk imaging does: the store goes back, the marker lives on.
            try network["gt"].store.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: network.path("gt/tiaokuai.sqlite") + suffix) }
            try FileManager.default.copyItem(atPath: image, toPath: network.path("gt/tiaokuai.sqlite"))
            let imaged = try Node(opening: network.path("gt"), surroundings: network.surroundings)
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
