import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Who prevails under each mode, and what the other side is shown.
@Suite struct ModeTests {
    @Test("C07") func underLineFirstTheDepartmentsFigureOverrulesTheGovernments() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, dec("14.2"))
        scene.figure("gov", U.county, dec("15.6"), seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == dec("14.2"))
        #expect(settled[F.value].rule == .mode)
        #expect(settled[F.value].mode == .lineFirst)
        #expect(settled[F.value].decidingTier == 0)
        #expect(settled.verdict("drc") == .stands)
        #expect(settled.verdict("gov") == .overruled(by: scene.id("drc")))
        let dispute = settled[F.value].dispute
        #expect(dispute?.axis == .inTier)
        #expect(dispute?.knowledge == .parallel)
        #expect(dispute.map { settled.names($0.prevailing) } == ["drc"])
        #expect(dispute?.deciders == [U.city, U.province])
    }

    @Test("C08") func underBlockFirstTheGovernmentsFigureOverrulesTheCityLines() {
        var scene = Scene(.blockFirst, .blockFirst)
        scene.figure("report", U.countyLine, 20_480)
        scene.figure("gov", U.county, 20_480)
        scene.figure("city", U.cityLine, 21_030)
        let settled = scene.settled()
        #expect(settled[F.value].value == 20_480)
        #expect(settled.names(settled[F.value].sources) == ["gov", "report"])
        #expect(
            settled.verdict("city") == .overruled(by: min(scene.id("gov"), scene.id("report"))) || settled.verdict("city") == .overruled(by: scene.id("gov")))
        #expect(settled[F.value].dispute?.axis == .vertical)
        #expect(settled[F.value].dispute?.knowledge == .conflicting)
        #expect(settled[F.value].decidingTier == 1)
    }

    @Test("C09") func whereNoModeIsStatedNobodyWins() {
        var scene = Scene()
        scene.figure("county", U.countyLine, 92)
        scene.figure("city", U.cityLine, 88, seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == nil)
        #expect(settled[F.value].blank == .undecided)
        #expect(settled.verdict("county") == .disputed)
        #expect(settled.verdict("city") == .disputed)
        #expect(settled[F.value].dispute?.deciders == [U.city, U.province])
        #expect(settled[F.value].dispute?.prevailing == [])
    }

    @Test("C10") func aDeterminationFromAboveIsNoEditButADispute() {
        var scene = Scene()
        scene.figure("report", U.countyLine, 30_412)
        scene.figure("agreed", U.cityLine, 30_412)
        scene.figure("cut", U.cityLine, 29_800)
        let settled = scene.settled()
        #expect(settled[F.value].value == 30_412)
        #expect(settled[F.value].rule == .lastAgreed)
        #expect(settled.names(settled[F.value].sources) == ["report", "agreed"])
        #expect(settled.verdict("agreed") == .replaced(by: scene.id("cut")))
        #expect(settled.verdict("cut") == .disputed)
    }

    @Test func aDeterminationCountsOnlyBesideAReport() {
        var scene = Scene(.lineFirst, .lineFirst)
        scene.figure("city", U.cityLine, 5)
        let alone = scene.settled()
        #expect(alone[F.value].blank == .noReport)
        #expect(alone.verdict("city") == .objection)
        scene.figure("report", U.countyLine, 6)
        let beside = scene.settled()
        #expect(beside[F.value].value == 5)
        #expect(beside[F.value].decidingTier == 1)
        #expect(beside.verdict("report") == .overruled(by: scene.id("city")))
    }

    @Test func aReportThatIsWithdrawnTakesTheDeterminationWithIt() {
        var scene = Scene(.lineFirst, .lineFirst)
        scene.figure("city", U.cityLine, 5)
        scene.figure("report", U.countyLine, 6)
        scene.figure("withdrawn", U.countyLine, nil)
        let settled = scene.settled()
        #expect(settled[F.value].blank == .noReport)
        #expect(settled.verdict("report") == .replaced(by: scene.id("withdrawn")))
        #expect(settled.verdict("withdrawn") == .withdrawn)
    }

    @Test func tiersAreSettledFromTheInsideOut() {
        // In the county the block comes first, in the city the line: the city's line overrules what stands in the county.
        var scene = Scene(.blockFirst, .lineFirst, .blockFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        #expect(scene.settled()[F.value].value == 2)
        scene.figure("city", U.cityLine, 3)
        let city = scene.settled()
        #expect(city[F.value].value == 3)
        #expect(city[F.value].mode == .lineFirst)
        #expect(city[F.value].decidingTier == 1)
        // The province only guides.
        scene.figure("province", U.provinceLine, 4)
        let province = scene.settled()
        #expect(province[F.value].value == 3)
        #expect(province[F.value].decidingTier == 2)
        #expect(province.verdict("drc") == .overruled(by: scene.id("city")))
    }

    @Test func anUndecidedSideFallsToAHigherRankAsAWhole() {
        var scene = Scene(.unspecified, .lineFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        scene.figure("city", U.cityLine, 3)
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled.verdict("drc") == .overruled(by: scene.id("city")))
        #expect(settled.verdict("gov") == .overruled(by: scene.id("city")))
    }

    @Test func anUndecidedSideStaysUndecidedBeforeALineThatOnlyGuides() {
        var scene = Scene(.unspecified, .blockFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        scene.figure("city", U.cityLine, 2)
        let settled = scene.settled()
        #expect(settled[F.value].blank == .undecided)
        #expect(settled.verdict("gov") == .disputed)
        guard case .overruled = settled.verdict("city") else {
            Issue.record("the city's line guides only")
            return
        }
    }

    @Test func coLeadsAreEqualsUnderEveryMode() {
        for mode in ResponsibilityMode.allCases {
            var scene = Scene(mode)
            scene.figure("one", U.countyLine, 1)
            scene.figure("two", U.countyLine2, 2)
            let settled = scene.settled()
            #expect(settled[F.value].blank == .undecided, "\(mode)")
            #expect(settled.verdict("one") == .disputed)
        }
    }

    @Test func aCooperatingUnitsOtherValueIsAnObjectionWhereNoModeIsStated() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("help", U.countyHelp, 2)
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled[F.value].rule == .agreement)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.verdict("help") == .objection)
    }

    @Test func aForkedCooperatingUnitMakesNoDisputeWhereNoModeIsStated() {
        var scene = Scene()
        scene.figure("help", U.countyHelp, 1)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("left", U.countyHelp, 1, seen: ["help", "drc"])
        scene.figure("right", U.countyHelp, 2, seen: ["help", "drc"])
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.flags("right") == [.selfFork(U.countyHelp)])
    }

    @Test func aForkedLeadIsNotInDisputeWithACooperatingUnitWhereNoModeIsStated() {
        var scene = Scene(.lineFirst)
        scene.governing.reporters = []
        scene.figure("gov", U.county, 3)
        scene.figure("help", U.cityHelp, 3)
        scene.figure("left", U.county, 1, seen: ["gov", "help"])
        scene.figure("right", U.county, 2, seen: ["gov", "help"])
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled.names(settled[F.value].sources) == ["gov", "help"])
        #expect(settled[F.value].dispute == nil)
    }

    @Test func aCooperatingUnitIsOverruledWhereAModeIsStated() {
        for mode in [ResponsibilityMode.lineFirst, .blockFirst] {
            var scene = Scene(mode)
            scene.figure("help", U.countyHelp, 2)
            #expect(scene.settled()[F.value].value == 2)
            scene.figure("drc", U.countyLine, 1)
            let settled = scene.settled()
            #expect(settled[F.value].value == 1)
            #expect(settled.verdict("help") == .overruled(by: scene.id("drc")))
            #expect(settled[F.value].dispute != nil)
        }
    }

    @Test func cooperatingUnitsOfTwoTiersAreEquals() {
        var scene = Scene(.lineFirst, .lineFirst)
        scene.governing.reporters = []
        scene.figure("county", U.countyHelp, 1)
        scene.figure("city", U.cityHelp, 2)
        #expect(scene.settled()[F.value].blank == .undecided)
        scene.figure("line", U.cityLine, 3)
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled.verdict("county") == .overruled(by: scene.id("line")))
    }

    @Test func theLineAboveOverrulesACooperatingUnitBelowUnderEveryMode() {
        for mode in ResponsibilityMode.allCases {
            var scene = Scene(mode, mode)
            scene.governing.reporters = []
            scene.figure("help", U.countyHelp, 1)
            scene.figure("line", U.cityLine, 2)
            #expect(scene.settled()[F.value].value == 2, "\(mode)")
        }
    }

    @Test func anOverruledClaimTakesEffectByItselfWhenTheOneAboveIsWithdrawn() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        scene.figure("gone", U.countyLine, nil)
        let settled = scene.settled()
        #expect(settled[F.value].value == 2)
        #expect(settled.verdict("gov") == .stands)
        #expect(settled[F.value].dispute == nil)
    }

    @Test func equalFiguresAgreeHoweverTheyAreWritten() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, dec("14.20"))
        scene.figure("gov", U.county, dec("14.2"), seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == dec("14.2"))
        #expect(settled[F.value].rule == .agreement)
        #expect(settled.names(settled[F.value].sources) == ["drc", "gov"])
        #expect(settled[F.value].standing.map(\.unit) == [U.countyLine, U.county].sorted())
    }
}

func dec(_ text: String) -> Value { (try? ExactDecimal(parsing: text)).map(Value.decimal) ?? .text(text) }
