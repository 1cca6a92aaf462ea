import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

/// A cut ends a key at the heads that it lists, whatever comes first.
@Suite struct CutTests {
    @Test func workBeforeTheCutCountsAlsoWhereTheCutCameFirst() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            let september = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-09"])
            try network.report("gt", TestNetwork.countyFood, "15.3", key: september)
            try network.carry("gt", to: "zy")
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            let stolen = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-10"])
            try network.report("gt", TestNetwork.countyFood, "99", key: stolen)
            try network.carry("gt", to: "zy")

            // The province has nothing of this yet: the cut lies in the policy feeds, which come before the work.
            #expect(try network.carry("zy", to: "gs").isComplete)
            for name in ["zy", "gs"] {
                #expect(try network.outcome(name)?.value == .decimal(try ExactDecimal(parsing: "14.2")))
                #expect(try network.outcome(name, september)?.value == .decimal(try ExactDecimal(parsing: "15.3")))
                #expect(try network.outcome(name, stolen)?.value == nil)
            }
            let digests = try ["zy", "gs"].map { name in try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
            #expect(digests[0].input == digests[1].input && digests[0].derived == digests[1].derived)
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    /// Its key is lost, so nobody of it can agree; the root keys stand above the root node that granted it.
    @Test func aCutNodeThatTheRootGrantedIsReplacedWithoutItsOldKey() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try network.cut("zy", by: "gs", as: TestNetwork.province)
            let old = try network["zy"].settings().node
            let heads = try network["gs"].ask { view in try view.heldHeads().filter { $0.feed.node == old }.map(\.id) }
            let units: [CredentialContent.WrittenUnit] = [.init(TestNetwork.city, "620700", isGovernment: true), .init(TestNetwork.cityFood, "620700")]
            try network.enrol("zy2", region: "620700", units: units, by: "gs", as: TestNetwork.province, depth: 4, lineage: .takesOver, heads: heads)
            try network.carry("gs", to: "zy2")
            #expect(try network.outcome("zy2")?.value == .decimal(try ExactDecimal(parsing: "14.2")))
            // The new key issues for the city again, and what the old one had issued still counts.
            try network.report("zy2", TestNetwork.cityFood, "13.9")
            try network.carry("zy2", to: "gs")
            #expect(try network.outcome("gs")?.standing.map(\.unit).sorted() == [TestNetwork.countyFood, TestNetwork.cityFood].sorted())
            #expect(try network["gs"].replayFindings() == [])
            // A city has no such word over its own counties' lost keys without a superior.
            #expect { try network.enrol("gt2", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true)], by: "zy2", as: TestNetwork.city, lineage: .takesOver) } throws: {
                ($0 as? NodeError)?.code == .mayNotIssue && ($0 as? NodeError)?.facts["reason"] == "unitTaken"
            }
        }
    }

    @Test func aNameOfOneCharacterIsAFileLikeAnyOther() throws {
        try withTemporaryFolder { folder in
            #expect(PathParts.folder(of: "a") == "" && PathParts.name(of: "a") == "a")
            #expect(PathParts.folder(of: "/a") == "/" && PathParts.name(of: "b/a") == "a" && PathParts.folder(of: "b/a") == "b")
            try DurableFile.write([1], to: folder.path + "/a")
            #expect(try DurableFile.read(folder.path + "/a", limit: 8) == [1])
        }
    }
}
