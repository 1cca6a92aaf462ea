import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

typealias TiaokuaiMergeOutcome = FieldOutcome

/// One change followed from the county's keyboard to the province and back.
@Suite struct ThreadTests {
    @Test func aCountyFigureReachesTheProvinceAndAReceiptComesBack() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.report("gt", TestNetwork.county, "15.6")

            let city = try network.carry("gt", to: "zy")
            #expect(city.isComplete && city.refused.isEmpty && city.waiting.isEmpty && city.void.isEmpty)
            let province = try network.carry("zy", to: "gs")
            #expect(province.isComplete && province.refused.isEmpty && province.waiting.isEmpty && province.void.isEmpty)

            for name in ["gt", "zy", "gs"] {
                let outcome = try #require(try network.outcome(name))
                #expect(outcome.value == .decimal(try ExactDecimal(parsing: "14.2")))
                #expect(outcome.rule == .mode && outcome.mode == .lineFirst)
            }

            let receipt = try network["gs"].receipt(to: try network["gt"].settings().node)
            guard case .statement(.receipt, _) = try network["gt"].receive(receipt, .receipt) else {
                Issue.record("the county did not take the province's receipt")
                return
            }
            #expect(try Exporter(network["gt"], to: try network["gs"].settings().node).plan.isEmpty)

            let digests = try ["gt", "zy", "gs"].map { name in
                try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            }
            #expect(digests[0].input == digests[1].input && digests[1].input == digests[2].input)
            #expect(digests[0].derived == digests[1].derived && digests[1].derived == digests[2].derived)
        }
    }

    @Test func theSameBundleTwiceChangesNothing() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: nil)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            let before = try network["zy"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            let again = try BundleFile.import(network["zy"], path: network.path("gt-zy.tkb"))
            #expect(again.accepted.isEmpty && again.duplicates > 0)
            #expect(try network["zy"].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } == before)
        }
    }

    @Test func oneFlippedByteCostsOnlyTheItemItIsIn() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            let path = network.path("flip.tkb")
            _ = try BundleFile.export(network["gt"], to: try network["zy"].settings().node, path: path)
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var random = SplitMix64(seed: 7)
            for _ in 0..<20 {
                var altered = whole
                altered[Int.random(in: altered.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try Data(altered).write(to: URL(fileURLWithPath: path))
                let report = try? BundleFile.rehearse(network["zy"], path: path)
                #expect(report?.isComplete != true)
            }
            try Data(whole).write(to: URL(fileURLWithPath: path))
            #expect(try BundleFile.import(network["zy"], path: path).isComplete)
        }
    }
}

/// What comes in the wrong order waits, by name, and is released.
@Suite struct WaitingTests {
    @Test func aLongGapIsHeldAndReleasedWhenItIsFilled() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network["gt"].seal()
            for value in 1...300 {
                try network["gt"].write([TestNetwork.draft("\(value)")])
                try network["gt"].seal()
            }
            let exporter = try Exporter(network["gt"], to: try network["zy"].settings().node)
            let items = try exporter.plan.map { try ChangesetItem(try exporter.frame($0).payload) }
            // The newest first: everything but the last of them waits.
            for item in items.reversed().dropLast(exporter.plan.count - 300 + 1) {
                guard case .waiting(_, let what, _)? = try network["zy"].receive(item).last else {
                    Issue.record("did not wait")
                    return
                }
                #expect(what == .predecessor)
            }
            var report = ImportReport()
            for item in items { for reception in try network["zy"].receive(item) { report.add(reception) } }
            #expect(try network["zy"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network.outcome("zy")?.value == .decimal(ExactDecimal(300)))
            #expect(try network["zy"].logFindings() == [])
        }
    }
}
