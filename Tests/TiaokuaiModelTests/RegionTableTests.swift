import Testing
import TiaokuaiModel

/// Looking up, paths, what became of places, search.
struct RegionTableTests {
    let table = RegionTable.gbt2260
    let day = Day(year: 2020, month: 8, day: 12) ?? Day(number: 0)
    func on(_ text: String) throws -> Day { try Day(parsing: text) }

    @Test func aCountyReportsToItsCityProvinceAndCountry() {
        #expect(table.path(of: "620724", on: day) == ["620724", "620700", "620000", "100000"])
        #expect(table.path(of: "620724", on: day, root: "620000") == ["620724", "620700", "620000"])
        #expect(table.path(of: "620724", on: day, root: "620724") == ["620724"])
        #expect(table.path(of: "620724", on: day, root: "630000") == nil)
        #expect(table.superior(of: "620724", on: day) == "620700")
        #expect(table.superior(of: "100000", on: day) == nil)
        #expect(table.superior(of: "999999", on: day) == nil)
    }

    @Test func aGroupingNodeIsNoTier() {
        #expect(table.path(of: "110101", on: day) == ["110101", "110000", "100000"])
        #expect(table.path(of: "429004", on: day) == ["429004", "420000", "100000"])
        #expect(table.path(of: "110100", on: day) == nil)
        #expect(!table.isWithin("110101", "110100", on: day))
        #expect(table.isWithin("110101", "110000", on: day))
        #expect(table.children(of: "110000", on: day).count == 16)
        #expect(table.listing(under: "110000", on: day).map(\.id) == ["110100"])
        #expect(table.listing(under: "110100", on: day).count == 16)
        #expect(table.children(of: "420000", on: day).contains { $0.id == "429004" })
    }

    @Test func withinIsByTheTreeNotByTheDigits() throws {
        #expect(table.isWithin("620724", "620000", on: day))
        #expect(table.isWithin("620000", "620000", on: day))
        #expect(!table.isWithin("620000", "620724", on: day))
        #expect(!table.isWithin("999999", "620000", on: day))
        // 公主岭 went from 四平 to 长春 and kept its id, whose digits are still those of 四平.
        #expect(table.isWithin("220381", "220300", on: try on("2020-06-29")))
        #expect(table.isWithin("220381", "220100", on: try on("2020-06-30")))
        #expect(!table.isWithin("220381", "220300", on: try on("2020-06-30")))
    }

    @Test func childrenStandInOrderOfCode() {
        #expect(table.children(of: "620700", on: day).map(\.lastPeriod.name) == ["甘州区", "肃南裕固族自治县", "民乐县", "临泽县", "高台县", "山丹县"])
        #expect(table.subtree(of: "620700", on: day).count == 7)
        #expect(table.subtree(of: "999999", on: day).isEmpty)
        #expect(table.children(of: "620724", on: day).isEmpty)
    }

    @Test func aRecodedPlaceKeepsItsIdentity() throws {
        let before = try on("2020-12-30")
        let after = try on("2020-12-31")
        #expect(table.region(code: "421023", on: before)?.id == "421023")
        #expect(table.region(code: "421023", on: after) == nil)
        #expect(table.region(code: "421088", on: after)?.id == "421023")
        let region = try #require(table.region("421023"))
        #expect(region.period(on: before)?.name == "监利县")
        #expect(region.period(on: after)?.name == "监利市")
        #expect(region.periods.count == 2)
        #expect(table.successors(of: "421023").isEmpty)
        #expect(table.regions(everWithCode: "421023").map(\.id) == ["421023"])
        #expect(table.regions(everWithCode: "000000").isEmpty)
    }

    @Test func aMergerEndsPlacesAndNamesTheirHeir() throws {
        let before = try on("2020-06-29")
        #expect(table.region(code: "370684", on: before)?.lastPeriod.name == "蓬莱市")
        #expect(table.region(code: "370614", on: before) == nil)
        #expect(table.path(of: "370684", on: day) == nil)
        #expect(table.path(of: "370684", on: before)?.count == 4)
        #expect(table.successors(of: "370684") == ["370614"])
        #expect(table.predecessors(of: "370614") == ["370634", "370684"])
        #expect(table.heirs(of: "370684", on: day) == ["370614"])
        #expect(table.heirs(of: "370684", on: before) == ["370684"])
        #expect(table.heirs(of: "999999", on: day).isEmpty)
        #expect(table.lineage(of: "370684").map(\.kind) == [.merge])
        #expect(table.lineage(of: "370614").count == 2)
    }

    @Test func anAbolishedCityIsFoundWithItsDistricts() throws {
        let before = try on("2018-06-30")
        #expect(table.path(of: "371202", on: before) == ["371202", "371200", "370000", "100000"])
        #expect(table.path(of: "371202", on: day) == ["371202", "370100", "370000", "100000"])
        #expect(table.region(code: "370116", on: day)?.id == "371202")
        #expect(table.region("371200")?.level == .city)
        #expect(table.heirs(of: "371200", on: day) == ["371202", "371203"])
        #expect(table.children(of: "371200", on: before).map(\.id) == ["371202", "371203"])
    }

    @Test func aSplitWithRenamedHeirs() throws {
        #expect(table.successors(of: "130521") == ["130502", "130503"])
        #expect(table.region("130502")?.period(on: try on("2020-06-29"))?.name == "桥东区")
        #expect(table.region("130502")?.period(on: day)?.name == "襄都区")
        #expect(table.lineage(of: "130502").map(\.kind) == [.rename, .split])
    }

    @Test func aDistrictThatTakesInAnotherGoesOn() throws {
        let after = try on("2022-01-01")
        #expect(table.successors(of: "330104") == ["330102"])
        #expect(table.successors(of: "330103") == ["330105"])
        #expect(table.successors(of: "330105").isEmpty)
        #expect(table.region("330105")?.periods.count == 1)
        #expect(table.region(code: "330104", on: after) == nil)
        let change = try #require(table.changes.first { $0.from?.id == "330105" })
        #expect(change.keepsIdentity)
        #expect(table.changes.first { $0.from?.id == "330104" }?.keepsIdentity == false)
        #expect(table.changes.first { $0.kind == .new }?.from == nil)
    }

    @Test func aPlaceIsFoundByWhatPeopleCallIt() {
        func names(_ words: String) -> [String] { table.search(words, on: day).map { $0.lastPeriod.code } }
        #expect(names("高台县") == ["620724"])
        #expect(names("高台") == ["620724"])
        #expect(names("张掖") == ["620700"])
        #expect(names("甘肃高台") == ["620724"])
        #expect(names("甘肃省 张掖市 高台县") == ["620724"])
        #expect(names("张掖高台县") == ["620724"])
        #expect(names("广东高台").isEmpty)
        #expect(names("临夏") == ["622900", "622901", "622921"])
        #expect(names("临夏州") == ["622900"])
        #expect(names("临夏州临夏县") == ["622921"])
        #expect(names("新疆") == ["650000"])
        #expect(names("广西") == ["450000"])
        #expect(names("积石山县") == ["622927"])
        #expect(names("朝阳区") == ["110105", "220104"])
        #expect(names("北京朝阳区") == ["110105"])
        #expect(names("市辖区").isEmpty)
        #expect(names("经济开发区").count > 20)
        #expect(names("").isEmpty)
        #expect(names("没有这个地方").isEmpty)
        #expect(names(String(repeating: "高", count: 100_000)).isEmpty)
    }
}
