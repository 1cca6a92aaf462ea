import Testing
import TiaokuaiModel

/// Local zones and what a province publishes over the printed table.
struct RegionRevisionTests {
    let start = Day(year: 2020, month: 9, day: 1) ?? Day(number: 0)
    var later: Day { Day(number: start.number + 30) }

    private func code(_ body: () throws -> Void) -> ModelError.Code? {
        do { try body() } catch { return (error as? ModelError)?.code }
        return nil
    }

    @Test func aZoneWithALocalCodeReportsToItsCity() throws {
        var table = RegionTable.gbt2260
        let zone = try table.addZone(code: "622900-K01", name: "临夏经济开发区", under: "622900", from: start)
        #expect(zone == "622900-K01")
        #expect(table.path(of: zone, on: start) == ["622900-K01", "622900", "620000", "100000"])
        #expect(table.path(of: zone, on: Day(number: start.number - 1)) == nil)
        #expect(table.region(zone)?.kind == .zone && table.region(zone)?.level == .county)
        #expect(table.search("临夏经济开发区", on: start).map(\.id) == [zone])
        #expect(table.lineage(of: zone).map(\.kind) == [.new])
        let lower = try table.addZone(code: "620724.park", name: "高台工业园区", under: "620724", from: start)
        #expect(table.region(lower)?.level == .town)
        #expect(table.path(of: lower, on: start)?.count == 5)
        #expect(RegionTable.gbt2260.region(zone) == nil)
    }

    @Test func aTownCanBeAdded() throws {
        var table = RegionTable.gbt2260
        try table.apply(.init(from: start, .add(code: "620724100", name: "城关镇", level: .town, kind: .admin, under: "620724")))
        #expect(table.path(of: "620724100", on: start)?.prefix(2) == ["620724100", "620724"])
    }

    @Test func aPlaceIsRecodedRenamedAndTransferred() throws {
        var table = RegionTable.gbt2260
        try table.apply(.init(from: start, .recode("620724", code: "620704", name: "高台区", under: nil)))
        #expect(table.region(code: "620704", on: start)?.id == "620724")
        #expect(table.region(code: "620724", on: start) == nil)
        try table.apply(.init(from: later, .rename("620724", name: "骆驼城区")))
        #expect(table.region("620724")?.period(on: later)?.name == "骆驼城区")
        let last = Day(number: later.number + 1)
        try table.apply(.init(from: last, .transfer("620724", under: "620900")))
        #expect(table.path(of: "620724", on: last) == ["620724", "620900", "620000", "100000"])
        #expect(table.path(of: "620724", on: later) == ["620724", "620700", "620000", "100000"])
        #expect(table.lineage(of: "620724").map(\.kind) == [.recode, .rename, .transfer])
        #expect(table.changes.map(\.day) == table.changes.map(\.day).sorted())
    }

    @Test func placesMergeAndSplit() throws {
        var table = RegionTable.gbt2260
        try table.apply(.init(from: start, .merge(["620723", "620724"], into: .new(code: "620705", name: "黑河区", under: "620700"))))
        #expect(table.path(of: "620724", on: start) == nil)
        #expect(table.heirs(of: "620724", on: later) == ["620705"])
        try table.apply(.init(from: later, .split("620705", into: [.new(code: "620724", name: "高台县", under: "620700"), .existing("620722")])))
        // The code came back to another place; the id did not.
        #expect(table.region(code: "620724", on: later)?.id == "620724-2")
        #expect(table.heirs(of: "620723", on: later) == ["620722", "620724-2"])
        #expect(table.lineage(of: "620724-2").map(\.kind) == [.merge, .merge, .split])
        try table.apply(.init(from: later, .merge(["620725"], into: .existing("620702"))))
        #expect(table.successors(of: "620725") == ["620702"])
        try table.apply(.init(from: later, .split("620702", into: [.existing("620702"), .new(code: "620706", name: "甘泉区", under: "620700")])))
        #expect(table.region("620702")?.lastPeriod.until == nil)
        #expect(table.successors(of: "620702") == ["620706"])
    }

    @Test func whatDoesNotFitIsRefusedAndChangesNothing() throws {
        var table = RegionTable.gbt2260
        let before = table
        let refused: [(RegionRevision.Act, ModelError.Code)] = [
            (.add(code: "620724", name: "又一县", level: .county, kind: .admin, under: "620700"), .malformedRegionTable),
            (.add(code: "no code", name: "区", level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: String(repeating: "1", count: 25), name: "区", level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: "Z1", name: "", level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: "Z1", name: "有 空格", level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: "Z1", name: "隐\u{200B}形", level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: "Z1", name: String(repeating: "长", count: 41), level: .county, kind: .zone, under: "620700"), .malformedRegionTable),
            (.add(code: "Z1", name: "区", level: .county, kind: .zone, under: "999999"), .unknownRegion),
            (.add(code: "Z1", name: "区", level: .county, kind: .zone, under: "620724"), .malformedRegionTable),
            (.add(code: "Z1", name: "国", level: .country, kind: .admin, under: "100000"), .malformedRegionTable),
            (.add(code: "Z1", name: "区", level: .county, kind: .zone, under: "371200"), .malformedRegionTable),
            (.recode("999999", code: "1", name: nil, under: nil), .unknownRegion),
            (.recode("620724", code: "620723", name: nil, under: nil), .malformedRegionTable),
            (.recode("620724", code: "620724", name: nil, under: nil), .malformedRegionTable),
            (.recode("620724", code: "620724", name: nil, under: "620724"), .malformedRegionTable),
            (.rename("620724", name: "高台县"), .malformedRegionTable),
            (.rename("371200", name: "莱芜"), .malformedRegionTable),
            (.transfer("620700", under: "620724"), .malformedRegionTable),
            (.transfer("620700", under: "620800"), .malformedRegionTable),
            (.transfer("620700", under: "999999"), .unknownRegion),
            // The table knows a change of this place in 2021.
            (.rename("330104", name: "江干新区"), .malformedRegionTable),
            (.merge([], into: .existing("620724")), .malformedRegionTable),
            (.merge(["620724", "620724"], into: .existing("620723")), .malformedRegionTable),
            (.merge(["620724"], into: .existing("620724")), .malformedRegionTable),
            (.merge(["620700"], into: .existing("620900")), .malformedRegionTable),
            (.merge(["620724"], into: .existing("999999")), .unknownRegion),
            (.merge(["620724"], into: .existing("370684")), .malformedRegionTable),
            (.split("620724", into: [.existing("620723")]), .malformedRegionTable),
            (.split("620724", into: [.existing("620723"), .existing("620723")]), .malformedRegionTable),
        ]
        for (act, expected) in refused {
            #expect(code { try table.apply(.init(from: start, act)) } == expected, "\(act)")
            #expect(table == before)
        }
        #expect(code { try table.addZone(code: "Z1", name: "区", under: "999999", from: start) } == .unknownRegion)
        #expect(table == before)
    }

    @Test func nothingChangesTwiceOnADayOrBeforeWhatIsKnown() throws {
        var table = RegionTable.gbt2260
        try table.apply(.init(from: later, .rename("620724", name: "高台区")))
        #expect(code { try table.apply(.init(from: later, .rename("620724", name: "高台"))) } == .malformedRegionTable)
        #expect(code { try table.apply(.init(from: start, .rename("620724", name: "高台"))) } == .malformedRegionTable)
        #expect(code { try table.apply(.init(from: later, .merge(["620724"], into: .existing("620723")))) } == .malformedRegionTable)
    }

    @Test func aCodePassedOnWithoutEndIsRefused() throws {
        var table = RegionTable.gbt2260
        var made = 0
        for turn in 0..<Int32(80) {
            let day = Day(number: start.number + 2 * turn)
            guard let id = try? table.addZone(code: "Z1", name: "开发区", under: "620700", from: day) else { break }
            made += 1
            try table.apply(.init(from: Day(number: day.number + 1), .merge([id], into: .existing("620724"))))
        }
        #expect(made == RegionTable.maximumPlacesOfOneCode)
    }

    @Test func revisionsComeOutTheSameInAnyOrder() throws {
        let revisions: [RegionRevision] = [
            .init(from: start, .add(code: "620705", name: "黑河区", level: .county, kind: .admin, under: "620700")),
            .init(from: start, .recode("620724", code: "620704", name: "高台区", under: nil)),
            .init(from: start, .merge(["620723"], into: .existing("620705"))),
            .init(from: later, .rename("620724", name: "骆驼城区")),
            .init(from: later, .transfer("620722", under: "620900")),
            .init(from: later, .transfer("620722", under: "620800")),
            .init(from: later, .split("620705", into: [.existing("620724"), .new(code: "620707", name: "临泽区", under: "620700")])),
            .init(from: later, .split("620705", into: [.existing("620724"), .existing("620725")])),
            .init(from: later, .rename("999999", name: "没有")),
        ]
        let first = RegionTable.gbt2260.applying(revisions)
        #expect(first.refused.count == 3)
        var seed: UInt64 = 20_200_901
        for _ in 0..<20 {
            var order = revisions + revisions.prefix(2)
            for index in order.indices.reversed() {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                order.swapAt(index, Int(seed >> 33) % (index + 1))
            }
            let next = RegionTable.gbt2260.applying(order)
            #expect(next.table == first.table)
            #expect(next.refused.map(\.0) == first.refused.map(\.0))
        }
    }
}
