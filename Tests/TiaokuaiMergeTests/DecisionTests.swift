import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// R8: decisions rise, once, signed.
@Suite struct DecisionTests {
    /// 30,412 and 29,800, in dispute between the county's line and the city's.
    private func dispute() -> Scene {
        var scene = Scene()
        scene.figure("report", U.countyLine, 30_412)
        scene.figure("city", U.cityLine, 29_800)
        return scene
    }

    @Test func aDecisionByTheLowestGovernmentAboveBothSettlesTheDispute() {
        var scene = dispute()
        scene.figure("decision", U.city, 30_402, names: ["report", "city"], ground: "9月会商纪要")
        let settled = scene.settled()
        #expect(settled[F.value].value == 30_402)
        #expect(settled[F.value].rule == .decision)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.verdict("decision") == .decides)
        #expect(settled.verdict("report") == .overruled(by: scene.id("decision")))
    }

    @Test func theCountysOwnGovernmentDecidesAmongItsDepartments() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("commerce", U.countyLine2, 2)
        scene.figure("decision", U.county, 1, names: ["drc", "commerce"], ground: "县会商")
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled.verdict("drc") == .stands)
    }

    @Test func whoIsTooLowOrNoGovernmentDecidesNothing() {
        var scene = dispute()
        scene.figure("county", U.county, 1, names: ["report", "city"], ground: "县会商")
        scene.figure("line", U.provinceLine, 1, names: ["report", "city"], ground: "函")
        scene.figure("stranger", U.stranger, 1, names: ["report", "city"], ground: "函")
        let settled = scene.settled()
        #expect(settled.verdict("county") == .void(.notDecider))
        #expect(settled.verdict("line") == .void(.notDecider))
        #expect(settled.verdict("stranger") == .void(.notOnPath))
        #expect(settled[F.value].blank == .undecided)
    }

    @Test func aDecisionNeedsAGroundAndKnownNames() {
        var scene = dispute()
        scene.figure("bare", U.city, 1, names: ["report"])
        scene.figure("blank", U.city, 1, names: ["report"], ground: " \u{3000}")
        scene.figure("blind", U.city, 1, seen: ["report"], names: ["city"], ground: "会商")
        scene.figure("nothing", U.city, 1, names: ["bare"], ground: "会商")
        let settled = scene.settled()
        #expect(settled.verdict("bare") == .void(.noGround))
        #expect(settled.verdict("blank") == .void(.noGround))
        #expect(settled.verdict("blind") == .void(.unknownNames))
        #expect(settled.verdict("nothing") == .void(.unknownNames))
    }

    @Test func nobodyDecidesInItsOwnCause() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        scene.figure("own", U.county, 2, names: ["drc", "gov"], ground: "县会商")
        // Leaving its own claim unnamed, or unseen, does not help.
        scene.figure("unnamed", U.county, 2, names: ["drc"], ground: "县会商")
        scene.figure("unseen", U.county, 2, seen: ["drc"], names: ["drc"], ground: "县会商")
        let settled = scene.settled()
        #expect(settled.verdict("own") == .void(.deciderLodged))
        #expect(settled.verdict("unnamed") == .void(.deciderLodged))
        #expect(settled.verdict("unseen") == .void(.deciderLodged))
        #expect(settled[F.value].blank == .undecided)
        scene.figure("gone", U.county, nil)
        scene.figure("then", U.county, 2, names: ["drc"], ground: "县会商")
        #expect(scene.settled()[F.value].value == 2)
    }

    @Test func aLaterClaimChangesNothingUnlessItCitesANewFact() {
        var scene = dispute()
        scene.figure("decision", U.city, 30_402, names: ["report", "city"], ground: "会商")
        scene.figure("again", U.countyLine, 30_500)
        let quiet = scene.settled()
        #expect(quiet[F.value].value == 30_402)
        #expect(quiet[F.value].dispute == nil)
        scene.figure("fact", U.countyLine, 30_600, newFact: "镇上复核")
        let open = scene.settled()
        #expect(open[F.value].value == 30_402)
        #expect(open[F.value].dispute?.isReopened == true)
        #expect(open[F.value].dispute?.deciders == [U.city, U.province])
        #expect(open[F.value].dispute.map { open.names($0.prevailing) } == ["decision"])
        scene.figure("second", U.city, 30_600, names: ["fact"], ground: "10月会商")
        let closed = scene.settled()
        #expect(closed[F.value].value == 30_600)
        #expect(closed[F.value].dispute == nil)
        #expect(closed.verdict("decision") == .replaced(by: scene.id("second")))
        #expect(closed.verdict("fact") == .stands)
    }

    @Test func theHighestGovernmentsDecisionStandsWhateverTheOrder() {
        var scene = dispute()
        scene.figure("province", U.province, 1, seen: ["report", "city"], names: ["report", "city"], ground: "省会商")
        scene.figure("decision", U.city, 2, seen: ["report", "city"], names: ["report", "city"], ground: "市会商")
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled.verdict("decision") == .overruled(by: scene.id("province")))
        // When the higher one is withdrawn, the lower takes effect by itself.
        scene.figure("gone", U.province, nil)
        #expect(scene.settled()[F.value].value == 2)
    }

    @Test func aDecisionThatAHigherOneReplacedStaysReplacedWhenThatIsWithdrawn() {
        var scene = dispute()
        scene.figure("decision", U.city, 2, names: ["report", "city"], ground: "市会商")
        scene.figure("province", U.province, 1, names: ["report", "city"], ground: "省会商")
        scene.figure("gone", U.province, nil, names: ["province"], ground: "省会商")
        let settled = scene.settled()
        #expect(settled[F.value].blank == .undecided)
        #expect(settled.verdict("decision") == .replaced(by: scene.id("province")))
        #expect(settled.verdict("report") == .disputed)
    }

    @Test func aForkedUnitsMachineIsHeardWhenItCitesANewFact() {
        var scene = dispute()
        scene.figure("decision", U.city, 1, names: ["report", "city"], ground: "市会商")
        var quiet = scene
        let seen = ["report", "city", "decision"]
        scene.figure("same", U.countyLine, 1, seen: seen)
        scene.figure("fact", U.countyLine, 3, seen: seen, newFact: "镇上复核")
        let open = scene.settled()
        #expect(open[F.value].value == 1)
        #expect(open[F.value].dispute?.isReopened == true)
        #expect(open[F.value].dispute.map { open.names($0.claims) } == ["city", "decision", "fact", "report"])
        // The machine that cites the fact says what was decided; the other cites none.
        quiet.figure("same", U.countyLine, 1, seen: seen, newFact: "镇上复核")
        quiet.figure("other", U.countyLine, 3, seen: seen)
        #expect(quiet.settled()[F.value].dispute == nil)
    }

    @Test func aDecisionIsWithdrawnByItsAuthorAndAnnulledByAHigherOne() {
        var scene = dispute()
        scene.figure("decision", U.city, 2, names: ["report", "city"], ground: "市会商")
        var withdrawn = scene
        withdrawn.figure("gone", U.city, nil)
        #expect(withdrawn.settled()[F.value].blank == .undecided)
        #expect(withdrawn.settled().verdict("gone") == .withdrawn)

        scene.figure("weak", U.county, nil, names: ["decision"], ground: "县会商")
        scene.figure("annulled", U.province, nil, names: ["decision"], ground: "省会商")
        let settled = scene.settled()
        #expect(settled[F.value].blank == .undecided)
        #expect(settled.verdict("weak") == .void(.notDecider))
        #expect(settled.verdict("decision") == .replaced(by: scene.id("annulled")))
        #expect(settled.verdict("annulled") == .passed)
        scene.figure("empty", U.province, nil, names: ["report"], ground: "省会商")
        #expect(scene.settled().verdict("empty") == .void(.unknownNames))
    }

    @Test func aPlainClaimOfTheDeciderReplacesItsDecision() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("commerce", U.countyLine2, 2)
        scene.figure("decision", U.county, 3, names: ["drc", "commerce"], ground: "县会商")
        scene.figure("claim", U.county, 4)
        let settled = scene.settled()
        #expect(settled.verdict("decision") == .replaced(by: scene.id("claim")))
        #expect(settled.verdict("claim") == .disputed)
        #expect(settled[F.value].blank == .undecided)
    }

    @Test func twoParallelClaimsOfTheDeciderDoNotBringItsDecisionBack() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("decision", U.county, 1, names: ["drc"], ground: "县会商")
        scene.figure("left", U.county, 2, seen: ["drc", "decision"])
        scene.figure("right", U.county, 3, seen: ["drc", "decision"])
        let settled = scene.settled()
        guard case .replaced = settled.verdict("decision") else {
            Issue.record("its author's later words replace it")
            return
        }
        #expect(settled[F.value].value == nil)
        #expect(settled[F.value].blank == .forked(U.county))
        #expect(settled.verdict("drc") == .disputed)
    }

    @Test func twoParallelDecisionsOfOneGovernmentWaitForIt() {
        var scene = dispute()
        scene.figure("one", U.city, 1, seen: ["report", "city"], names: ["report", "city"], ground: "会商")
        scene.figure("two", U.city, 2, seen: ["report", "city"], names: ["report", "city"], ground: "会商")
        let settled = scene.settled()
        #expect(settled[F.value].blank == .forked(U.city))
        #expect(settled.verdict("one") == .forked)
        #expect(settled.flags("two") == [.selfFork(U.city)])
        scene.figure("choice", U.city, 2, names: ["report", "city"], ground: "会商")
        #expect(scene.settled()[F.value].value == 2)
    }

    @Test func anActUnderASupersededVersionStandsFlagged() {
        var scene = dispute()
        let old = scene.id("matrix1")
        scene.superseded = [old]
        // Under the old version the city's government was another unit's.
        var before = scene.governing
        before.tiers[1].government = U.cityHelp
        scene.cited = [old: before]
        scene.figure("decision", U.cityHelp, 5, names: ["report", "city"], ground: "会商", under: "matrix1")
        let settled = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(settled.fields[F.value]?.value == 5)
        #expect(settled.flags[scene.id("decision")] == [.supersededVersion(old)])
        // Under a version that nobody knows, the governing one weighs it.
        scene.figure("other", U.cityHelp, 6, names: ["report", "city"], ground: "会商", under: "matrix9")
        let again = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(again.verdicts[scene.id("other")]?[F.value] == .void(.notDecider))
    }

    @Test func aDecisionWithoutEffectOnOthersLeavesOtherFieldsAlone() {
        var scene = dispute()
        scene.tell("due", U.countyLine, [(F.due, .day(Day(number: 18_500)))])
        scene.figure("decision", U.city, 1, names: ["report", "city"], ground: "会商")
        let settled = scene.settled()
        #expect(settled[F.due].value == .day(Day(number: 18_500)))
    }
}
