import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Undecided fields: what was last agreed, and why nobody outside can move it.
@Suite struct AgreementTests {
    /// The line and the government agree on 10.
    private func agreed() -> Scene {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 10)
        scene.figure("gov", U.county, 10)
        return scene
    }

    @Test func theValueLastAgreedStaysInUseWhileClaimsDiffer() {
        var scene = agreed()
        scene.figure("new", U.county, 11)
        let settled = scene.settled()
        #expect(settled[F.value].value == 10)
        #expect(settled[F.value].rule == .lastAgreed)
        #expect(settled.verdict("drc") == .disputed)
        #expect(settled.verdict("new") == .disputed)
        #expect(settled[F.value].dispute?.knowledge == .conflicting)
    }

    @Test func theCausallyLaterAgreementOutranks() {
        var scene = agreed()
        scene.figure("drc2", U.countyLine, 11)
        scene.figure("gov2", U.county, 11)
        scene.figure("drc3", U.countyLine, 12)
        let settled = scene.settled()
        #expect(settled[F.value].value == 11)
        #expect(settled.names(settled[F.value].sources) == ["drc2", "gov2"])
    }

    @Test func aUnitOutsideTheAgreementCannotBlankIt() {
        var scene = agreed()
        scene.figure("city", U.cityLine, 7, seen: [])
        #expect(scene.settled()[F.value].value == 10)
    }

    @Test func aUnitThatHidesWhatItSawCannotBringBackWhatWasLeftBehind() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 9)
        scene.figure("drc2", U.countyLine, 10)
        scene.figure("gov", U.county, 10)
        // The city's line shows only the line's first figure as seen: an agreement on 9, on a claim that has been replaced since.
        scene.figure("city", U.cityLine, 9, seen: ["drc"])
        let settled = scene.settled()
        #expect(settled[F.value].value == 10)
        #expect(settled.names(settled[F.value].sources) == ["drc2", "gov"])
    }

    @Test func agreementsThatOutrankEachOtherCancelOutAndTwoValuesAreABlank() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1, seen: [])
        scene.figure("gov", U.county, 1, seen: ["drc"])
        scene.figure("lead2", U.countyLine2, 2, seen: [])
        scene.figure("city", U.cityLine, 2, seen: ["lead2"])
        let settled = scene.settled()
        #expect(settled[F.value].value == nil)
        #expect(settled[F.value].blank == .undecided)
    }

    @Test func twoAgreementsOnOneValueAreThatValue() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1, seen: [])
        scene.figure("gov", U.county, 1, seen: ["drc"])
        scene.figure("lead2", U.countyLine2, 1, seen: [])
        scene.figure("city", U.cityLine, 1, seen: ["lead2"])
        scene.figure("city2", U.cityLine, 3, seen: ["city"])
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled[F.value].rule == .lastAgreed)
    }

    @Test func aWithdrawalCanLeaveAnAgreementBehind() {
        var scene = Scene()
        scene.figure("city", U.cityLine, 7)
        scene.figure("drc", U.countyLine, 10)
        scene.figure("gov", U.county, 10)
        #expect(scene.settled()[F.value].blank == .undecided)
        scene.figure("gone", U.cityLine, nil)
        #expect(scene.settled()[F.value].value == 10)
        scene.figure("gov2", U.county, 11)
        #expect(scene.settled()[F.value].value == 10)
    }

    @Test func anObjectionNeitherSpoilsAnAgreementNorMakesOne() {
        var scene = Scene()
        scene.figure("help", U.countyHelp, 9)
        scene.figure("drc", U.countyLine, 10)
        scene.figure("gov", U.county, 10)
        scene.figure("gov2", U.county, 11)
        let settled = scene.settled()
        #expect(settled[F.value].value == 10)
        #expect(settled.verdict("help") == .objection)
        #expect(settled[F.value].dispute.map { settled.names($0.claims) } == ["drc", "gov2"])
    }

    @Test func aSecondVoiceMayBeACooperatingUnits() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 10)
        scene.figure("help", U.countyHelp, 10)
        scene.figure("gov", U.county, 11)
        let settled = scene.settled()
        #expect(settled[F.value].value == 10)
        #expect(settled.verdict("help") == .stands)
    }

    @Test func oneUnitAloneAgreesWithNobody() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 10)
        scene.figure("gov", U.county, 11)
        #expect(scene.settled()[F.value].blank == .undecided)
    }

    @Test func theDisputesIdentityFollowsTheAgreedPointAndNothingElse() {
        var scene = agreed()
        scene.figure("new", U.county, 11)
        let first = scene.settled()[F.value].dispute?.id
        scene.figure("newer", U.county, 12)
        let second = scene.settled()[F.value].dispute?.id
        #expect(first != nil)
        #expect(first == second)
        scene.figure("drc2", U.countyLine, 12)
        scene.figure("gov3", U.county, 13)
        #expect(scene.settled()[F.value].dispute?.id != first)
    }

    @Test func aWrongClockCannotOverruleTheLine() {
        for written in [Int64.min, -1, 0, 4_000_000_000_000, .max] {
            var scene = Scene(.lineFirst)
            scene.figure("drc", U.countyLine, 1)
            scene.tell("gov", U.county, [(F.value, 2)], written: written)
            #expect(scene.settled()[F.value].value == 1)
        }
    }

    // MARK: - Self-forks

    @Test("C12") func twoMachinesOfOneUnitThatDifferWaitForThatUnit() {
        var scene = Scene()
        scene.figure("laptop1", U.countyLine, 1_318, seen: [])
        scene.figure("laptop2", U.countyLine, 1_381, seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == nil)
        #expect(settled[F.value].blank == .forked(U.countyLine))
        #expect(settled.verdict("laptop1") == .forked)
        #expect(settled.flags("laptop1") == [.selfFork(U.countyLine)])
        scene.figure("choice", U.countyLine, 1_318)
        let chosen = scene.settled()
        #expect(chosen[F.value].value == 1_318)
        #expect(chosen.verdict("laptop1") == .replaced(by: scene.id("choice")))
        #expect(chosen.flags("laptop1") == [])
    }

    @Test func twoMachinesThatSayTheSameAreOneReport() {
        var scene = Scene()
        scene.figure("laptop1", U.countyLine, 1_318, seen: [])
        scene.figure("laptop2", U.countyLine, 1_318, seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == 1_318)
        #expect(settled.names(settled[F.value].sources) == ["laptop1", "laptop2"])
        #expect(settled.flags("laptop1") == [])
    }

    @Test func aForkedUnitFallsBackToItsLastWordParallelToNone() {
        var scene = Scene(.lineFirst)
        scene.figure("old", U.countyLine, 1)
        scene.figure("left", U.countyLine, 2, seen: ["old"])
        scene.figure("right", U.countyLine, 3, seen: ["old"])
        scene.figure("gov", U.county, 4, seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled.names(settled[F.value].sources) == ["old"])
        #expect(settled.verdict("old") == .stands)
        #expect(settled.verdict("left") == .forked)
        #expect(settled.verdict("gov") == .overruled(by: scene.id("old")))
    }

    @Test func aLoserIsNeverLiftedByTheWinnersSlip() {
        var scene = Scene(.lineFirst)
        scene.figure("left", U.countyLine, 2, seen: [])
        scene.figure("right", U.countyLine, 3, seen: [])
        scene.figure("gov", U.county, 4, seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].blank == .forked(U.countyLine))
        guard case .overruled = settled.verdict("gov") else {
            Issue.record("the government keeps its rank below the line")
            return
        }
    }

    @Test func amongEqualsAForkedUnitLeavesTheLastAgreedValue() {
        var scene = agreed()
        scene.figure("left", U.county, 2, seen: ["drc"])
        let settled = scene.settled()
        // gov (10) and left (2) are parallel: no word of the government is parallel to none.
        #expect(settled.verdict("left") == .forked)
        #expect(settled[F.value].value == 10)
        #expect(settled[F.value].rule == .lastAgreed)
        var never = Scene()
        never.figure("drc", U.countyLine, 1, seen: [])
        never.figure("left", U.county, 2, seen: [])
        never.figure("right", U.county, 3, seen: [])
        #expect(never.settled()[F.value].blank == .forked(U.county))
    }

    @Test func aWithdrawalOnOneMachineLeavesTheOtherMachinesClaim() {
        var scene = Scene()
        scene.figure("old", U.countyLine, 1)
        scene.figure("gone", U.countyLine, nil, seen: ["old"])
        scene.figure("new", U.countyLine, 2, seen: ["old"])
        let settled = scene.settled()
        #expect(settled[F.value].value == 2)
        #expect(settled.verdict("gone") == .withdrawn)
    }

    @Test func whatAWithdrawalReplacedStaysReplaced() {
        var scene = Scene()
        scene.figure("old", U.countyLine, 1)
        scene.figure("new", U.countyLine, 2)
        scene.figure("gone", U.countyLine, nil)
        let settled = scene.settled()
        #expect(settled[F.value].blank == .noClaim)
        #expect(settled.verdict("old") == .replaced(by: scene.id("new")))
        // Forked after a withdrawal: the withdrawn figure does not come back.
        scene.figure("left", U.countyLine, 3, seen: ["gone"])
        scene.figure("right", U.countyLine, 4, seen: ["gone"])
        #expect(scene.settled()[F.value].blank == .forked(U.countyLine))
    }

    @Test func aVoidOperationSupersedesNothingAndKeepsItsPlace() {
        var scene = Scene()
        scene.figure("good", U.countyLine, 1)
        scene.figure("cut", U.countyLine, 2, void: .credentialCut)
        scene.figure("wrong", U.countyLine, "two")
        let settled = scene.settled()
        #expect(settled[F.value].value == 1)
        #expect(settled.verdict("cut") == .void(.credentialCut))
        #expect(settled.verdict("wrong") == .void(.wrongType))
        #expect(settled.names(settled.settlement.heads) == ["wrong"])
    }
}
