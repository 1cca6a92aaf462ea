import Foundation
import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Which version of the matrix judges a record is a matter of the record's own day.
@Suite struct MatrixDayTests {
    private static let matrix = RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"])

    @Test func nextYearsMatrixLeavesThisYearsRecordsAlone() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            let nextYear = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2021-08"])
            for key in [TestNetwork.grainKey, nextYear] {
                try network.report("gt", TestNetwork.countyFood, "14.2", key: key)
                try network.report("gt", TestNetwork.county, "15.6", key: key)
                #expect(try network.outcome("gt", key)?.value == TestNetwork.days("14.2"))
            }
            try network["gt"].write([
                Draft(
                    key: Self.matrix, unit: TestNetwork.county, person: "clerk",
                    fields: [.init(MatrixKind.mode, "blockFirst"), .init(MatrixKind.inForceFrom, .day(Day(year: 2021, month: 1, day: 1)!))])
            ])
            #expect(try network.outcome("gt")?.value == TestNetwork.days("14.2"))
            #expect(try network.outcome("gt")?.mode == .lineFirst)
            #expect(try network.outcome("gt", nextYear)?.value == TestNetwork.days("15.6"))
            // So too where both versions come at once, and what is reported afterwards.
            try network.carry("gt", to: "zy")
            #expect(try network.outcome("zy")?.value == TestNetwork.days("14.2"))
            try network.report("gt", TestNetwork.countyFood, "14.3")
            #expect(try network.outcome("gt")?.value == TestNetwork.days("14.3"))
            try network.carry("gt", to: "zy")
            try network.expectAgreement(["gt", "zy"])
        }
    }
}
