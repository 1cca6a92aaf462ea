import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Who may lodge at all, and the ranks that stand outside the modes: statistics and vertical units.
@Suite struct SeatTests {
    @Test func aGovernmentThatLeadsHasTheBetterOfItsRanks() {
        for mode in ResponsibilityMode.allCases {
            var scene = Scene(mode)
            scene.governing.tiers[0].lineUnits = [U.county, U.countyLine]
            scene.figure("gov", U.county, 1)
            scene.figure("drc", U.countyLine, 2)
            #expect(scene.settled()[F.value].value == (mode == .blockFirst ? 1 : nil), "\(mode)")
        }
    }

    @Test func whoHasNoSeatIsVoidWithTheReason() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("water", U.countyOther, 2)
        scene.figure("city", U.city, 3)
        scene.figure("stranger", U.stranger, 4)
        scene.figure("withdrawal", U.countyOther, nil)
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.verdict("water") == .void(.notAdmitted))
        #expect(settled.verdict("city") == .void(.notAdmitted))
        #expect(settled.verdict("stranger") == .void(.notOnPath))
        #expect(settled.verdict("withdrawal") == .void(.notAdmitted))
    }

    @Test("C11") func theStatisticsUnitOfThePlaceOutranksAllOthers() {
        var scene = Scene(.lineFirst, .lineFirst)
        scene.governing.statistics = [U.countyStats, U.cityStats]
        scene.figure("drc", U.countyLine, 1)
        scene.figure("cityStats", U.cityStats, 3)
        let upward = scene.settled()
        #expect(upward[F.value].value == 3)
        scene.figure("stats", U.countyStats, 2)
        let settled = scene.settled()
        #expect(settled[F.value].value == 2)
        #expect(settled[F.value].rule == .statistics)
        #expect(settled.verdict("drc") == .overruled(by: scene.id("stats")))
        #expect(settled.verdict("cityStats") == .overruled(by: scene.id("stats")))
        #expect(settled[F.value].dispute?.deciders == [])
        scene.figure("decision", U.city, 4, names: ["drc", "stats"], ground: "会商纪要")
        #expect(scene.settled().verdict("decision") == .void(.statisticsDecide))
    }

    @Test func withoutAStatisticsFigureTheModeDecides() {
        var scene = Scene(.lineFirst)
        scene.governing.statistics = [U.countyStats]
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        #expect(scene.settled()[F.value].value == 1)
    }

    @Test("C38") func aVerticalUnitsRecordAnswersToItsLineAlone() {
        var scene = Scene(.blockFirst, .blockFirst)
        scene.governing.isVertical = true
        scene.figure("tax", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        scene.figure("help", U.countyHelp, 2)
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled.verdict("gov") == .void(.verticalUnit))
        #expect(settled.verdict("help") == .void(.verticalUnit))
        scene.figure("decision", U.city, 4, names: ["tax"], ground: "会商纪要")
        scene.figure("above", U.cityLine, 3)
        let above = scene.settled()
        #expect(above.verdict("decision") == .void(.verticalUnit))
        #expect(above[F.value].value == 3)
    }

    @Test("R17, C38") func aVerticallyManagedUnitIsNamedByItsOwnLineAlone() {
        var scene = Scene()
        scene.governing.assigners = [U.countyHelp: [U.countyHelp, U.cityLine]]
        scene.tell("block", U.county, [(F.holder, .text(U.countyHelp.text))])
        scene.tell("post", U.county, [(F.holder, .text(U.countyHelp.text + ":局长"))], seen: [])
        scene.tell("other", U.county, [(F.holder, .text(U.countyOther.text))])
        scene.tell("decision", U.city, [(F.holder, .text(U.countyHelp.text))], names: ["other"], ground: "会商纪要")
        let asked = scene.settled()
        for name in ["block", "post", "decision"] { #expect(asked.verdict(name, F.holder) == .void(.verticalUnit), "\(name)") }
        #expect(asked[F.holder].value == .text(U.countyOther.text))
        // What is no holder's field says nothing about who must do what.
        scene.tell("value", U.county, [(F.value, 1)])
        scene.tell("withdrawn", U.county, [(F.holder, nil)])
        scene.tell("line", U.cityLine, [(F.holder, .text(U.countyHelp.text))])
        let named = scene.settled()
        #expect(named.verdict("line", F.holder) == .stands)
        #expect(named[F.holder].value == .text(U.countyHelp.text))
        #expect(named[F.value].value == 1)
    }
}
