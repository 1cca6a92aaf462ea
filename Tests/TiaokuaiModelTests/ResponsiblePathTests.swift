import Testing
import TiaokuaiModel

/// Who answers for what lies at a place that is not in force: what a merged county left behind must not fall out of the city's sight.
@Suite struct ResponsiblePathTests {
    private let table = RegionTable.gbt2260
    private let last = Day(number: .max)

    @Test func aPlaceInForceHasItsPathOfThatDay() throws {
        for region in table.regions(on: try Day(parsing: "2020-08-12")) where region.isTier {
            let day = try Day(parsing: "2020-08-12")
            #expect(table.responsible(for: region.id, on: day) == table.path(of: region.id, on: day))
        }
    }

    @Test func whatOneTookOverLiesBelowThatOne() {
        // 下城 went into 拱墅, whose own code changed with it.
        #expect(table.path(of: "330103", on: last) == nil)
        let heirs = table.heirs(of: "330103", on: last)
        #expect(heirs.count == 1)
        #expect(table.responsible(for: "330103", on: last) == ["330103"] + heirs + ["330100", "330000", "100000"])
        #expect(table.isResponsible("330100", for: "330103", on: last))
        #expect(table.wasEverWithin("330103", heirs[0]))
        #expect(!table.wasEverWithin(heirs[0], "330103"))
    }

    @Test func whatSeveralTookOverStaysWithTheTierAbove() {
        // 邢台县 went to two districts: neither speaks for the whole.
        #expect(table.responsible(for: "130521", on: last) == ["130521", "130500", "130000", "100000"])
        #expect(table.wasEverWithin("130521", "130502"))
        #expect(table.wasEverWithin("130521", "130503"))
        // A city that became two districts of another: the province, until that other city's are its superiors too.
        #expect(table.responsible(for: "371200", on: last) == ["371200", "370000", "100000"])
        #expect(table.wasEverWithin("371200", "370100"))
    }

    @Test func beforeAPlaceBeganItsFirstSuperiorsAnswer() throws {
        let day = try Day(parsing: "2018-06-30")
        #expect(table.path(of: "140403", on: day) == nil)
        #expect(table.responsible(for: "140403", on: day) == ["140403", "140400", "140000", "100000"])
    }

    @Test func everyPlaceOfTheTableHasSomebodyUpToTheCountryOnEveryDay() throws {
        let days = try Set(["1949-10-01", "2018-01-01", "2020-06-30", "2023-12-31"].map { try Day(parsing: $0) } + table.changes.map(\.day))
        for region in table.regions where region.isTier {
            for day in days {
                let path = try #require(table.responsible(for: region.id, on: day), "\(region.id) \(day)")
                #expect(path.first == region.id && path.last == "100000" && Set(path).count == path.count, "\(region.id) \(day)")
            }
        }
        #expect(table.responsible(for: "999999", on: last) == nil)
        #expect(table.responsible(for: "110100", on: last) == nil)
        #expect(table.responsible(for: "620724", on: last, root: "630000") == nil)
    }

    /// 甲 lay under 张 all the time; 乙, which takes 甲 over, had lain under 武 before: 武 has nothing of 甲's.
    @Test func whoStoodAboveTheSuccessorEarlierHasNoPart() throws {
        var table = try RegionTable(parsing: "tiaokuai-regions 1 test 2020-06-30\n100000国\n62甘省\n 07张市 02甲区\n 06武市 03乙县\nchanges\n")
        try table.apply(RegionRevision(from: try Day(parsing: "2021-01-01"), .transfer("620603", under: "620700")))
        try table.apply(RegionRevision(from: try Day(parsing: "2022-01-01"), .merge(["620702"], into: .existing("620603"))))
        #expect(table.wasEverWithin("620702", "620603"))
        #expect(table.wasEverWithin("620702", "620700"))
        #expect(table.wasEverWithin("620603", "620600"))
        #expect(!table.wasEverWithin("620702", "620600"))
        #expect(table.responsible(for: "620702", on: try Day(parsing: "2021-06-01")) == ["620702", "620700", "620000", "100000"])
        #expect(table.responsible(for: "620702", on: last) == ["620702", "620603", "620700", "620000", "100000"])
    }

    /// 甲 went to 乙 and 丙, and both went to 丁, one in 2023, the other in 2025; 丁 lay under 武 until 2024. By the shorter road 武 had a year of it.
    @Test(arguments: [("620703", "620704"), ("620704", "620703")] as [(RegionID, RegionID)])
    func twoRoadsToOnePlaceCountFromTheEarlierDay(sooner: RegionID, later: RegionID) throws {
        var table = try RegionTable(parsing: "tiaokuai-regions 1 test 2020-06-30\n100000国\n62甘省\n 07张市 02甲区 03乙县 04丙县\n 06武市 05丁县\nchanges\n")
        try table.apply(RegionRevision(from: try Day(parsing: "2021-01-01"), .split("620702", into: [.existing("620703"), .existing("620704")])))
        try table.apply(RegionRevision(from: try Day(parsing: "2023-01-01"), .merge([sooner], into: .existing("620605"))))
        try table.apply(RegionRevision(from: try Day(parsing: "2024-01-01"), .transfer("620605", under: "620700")))
        try table.apply(RegionRevision(from: try Day(parsing: "2025-01-01"), .merge([later], into: .existing("620605"))))
        #expect(table.wasEverWithin("620702", "620600"))
        #expect(table.wasEverWithin(sooner, "620600"))
        #expect(!table.wasEverWithin(later, "620600"))
    }
}
