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

    @Test func aNameOfOneCharacterIsAFileLikeAnyOther() throws {
        try withTemporaryFolder { folder in
            #expect(PathParts.folder(of: "a") == "" && PathParts.name(of: "a") == "a")
            #expect(PathParts.folder(of: "/a") == "/" && PathParts.name(of: "b/a") == "a" && PathParts.folder(of: "b/a") == "b")
            try DurableFile.write([1], to: folder.path + "/a")
            #expect(try DurableFile.read(folder.path + "/a", limit: 8) == [1])
        }
    }
}
