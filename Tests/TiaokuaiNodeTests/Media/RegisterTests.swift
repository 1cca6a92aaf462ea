import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

@testable import TiaokuaiSync

/// The stick register: what went where, when, by whom, acknowledged or not.
@Suite struct RegisterTests {
    @Test func aFileIsAcknowledgedByTheReceiversOwnReceiptAndByNothingElse() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.write(1)
            try scene.export("1.tkb", handler: Handler(unit: TestNetwork.countyFood, person: "li"))
            func sent() throws -> [RegisterEntry] { try scene.county.ask { try $0.register(with: scene.provinceID).filter { $0.row.direction == "out" } } }
            let before = try #require(try sent().first)
            #expect(before.isAcknowledged == false)
            #expect(before.row.person == "li" && before.row.unit == TestNetwork.countyFood && before.row.carrier == "file" && before.row.note == "1.tkb")
            #expect(try scene.county.ask { try $0.register(onlyUnacknowledged: true).map(\.row.ref) } == [before.row.ref])

            try scene.import("1.tkb")
            #expect(try sent().first?.isAcknowledged == false)
            let taken = try #require(try scene.province.ask { try $0.register(with: scene.countyID).first })
            #expect(taken.row.direction == "in" && taken.row.digest == before.row.digest && taken.heads == before.heads)
            #expect(taken.isAcknowledged == false)

            try scene.bringReceipt()
            #expect(try sent().map(\.isAcknowledged) == [true])
            #expect(try scene.county.ask { try $0.register(onlyUnacknowledged: true) } == [])
            let lines = try scene.province.ask { try $0.register(with: scene.countyID) }
            #expect(lines.map(\.row.carrier) == ["receipt", "file", "file"])
            // A file that hands over nothing needs no receipt; the one that came has this node's now, the grant the county's.
            #expect(lines.map(\.isAcknowledged) == [nil, true, true])
        }
    }

    @Test func whoDidItIsTheNodesDefaultUnlessItIsSaid() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.county.setDefaults(unit: TestNetwork.county, person: "chen")
            try scene.export("1.tkb")
            try scene.export("2.tkb", handler: Handler(unit: nil, person: "li"))
            let rows = try scene.county.ask { try $0.register(limit: 2).map(\.row) }
            #expect(rows.map(\.person) == ["li", "chen"])
            #expect(rows.map(\.unit) == [TestNetwork.county, TestNetwork.county])
        }
    }

    @Test func volumesOfOneHandOverBelongTogetherAndAreAcknowledgedOneByOne() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            for number in 1...9 { try scene.write(number) }
            let volumes = try BundleFile.export(
                scene.county, to: [scene.provinceID], path: scene.path("v.tkb"), BundleFile.Options(isSealed: false, volumeBytes: 6_000))
            try #require(volumes.count >= 2)
            func rows() throws -> [RegisterEntry] {
                let digests = volumes.map(\.digest)
                return try scene.county.ask { try $0.register(with: scene.provinceID).reversed() }.filter { $0.row.digest.map(digests.contains) == true }
            }
            #expect(Set(try rows().map(\.row.handover)).count == 1)
            #expect(try rows().map(\.row.digest) == volumes.map(\.digest))
            #expect(try rows().filter { !$0.heads.isEmpty }.allSatisfy { $0.isAcknowledged == false })
            _ = try BundleFile.import(scene.province, path: volumes[0].path)
            try scene.bringReceipt()
            let flags = try rows().map(\.isAcknowledged)
            #expect(flags.first == true && flags.dropFirst().contains(false))
            // All volumes together are one hand-over: repeats count hand-overs.
            #expect(try scene.county.ask { try $0.reader.handovers(to: scene.provinceID, limit: 10).count } == 1)
            for volume in volumes.dropFirst() { _ = try BundleFile.import(scene.province, path: volume.path) }
            try scene.bringReceipt()
            #expect(try rows().allSatisfy { $0.isAcknowledged != false })
        }
    }

    @Test func aReceiverThatSaysLessTakesItsAcknowledgementBack() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.province.backUp(to: scene.path("backup"))
            try scene.write(1)
            try scene.export("1.tkb")
            try scene.import("1.tkb")
            try scene.bringReceipt()
            #expect(try scene.county.ask { try $0.register(onlyUnacknowledged: true) } == [])
            let restored = try Node.restore(from: scene.path("backup"), to: scene.path("gs2"), surroundings: scene.network.surroundings)
            _ = try BundleFile.writeReceipt(restored, to: scene.countyID, after: ImportReport(), path: scene.path("less.tkb"))
            _ = try BundleFile.import(scene.county, path: scene.path("less.tkb"))
            #expect(try scene.county.ask { try $0.register(onlyUnacknowledged: true).map(\.row.note) } == ["1.tkb"])
        }
    }

    @Test func aFileOfManyRefusedItemsIsReadInBoundedMemory() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.export("1.tkb", isSealed: false)
            var bytes = try DurableFile.read(scene.path("1.tkb"), limit: 1 << 20)
            let junk = Frame(.request, [0]).bytes
            for _ in 0..<(ImportReport.maximumListed + 5) { bytes += junk }
            try DurableFile.write(bytes, to: scene.path("long.tkb"))
            let report = try scene.import("long.tkb")
            #expect(report.refused.count == ImportReport.maximumListed)
            #expect(report.unlisted == 5)
        }
    }
}
