import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// `sole`, `strictest` inside a record, `holder` and `set`.
@Suite struct SoleTests {
    @Test("C36") func anotherUnitsClaimIsAnObjectionOnThePathAndVoidOffIt() {
        var scene = Scene()
        scene.governing.issuers = [U.city]
        scene.tell("score", U.city, [(F.text, "88")])
        scene.tell("county", U.county, [(F.text, "95")])
        scene.tell("county2", U.county, [(F.text, "96")])
        scene.tell("stranger", U.stranger, [(F.text, "99")])
        let settled = scene.settled()
        #expect(settled[F.text].value == "88")
        #expect(settled[F.text].rule == .sole)
        #expect(settled.verdict("county", F.text) == .replaced(by: scene.id("county2")))
        #expect(settled.verdict("county2", F.text) == .objection)
        #expect(settled.verdict("stranger", F.text) == .void(.notOnPath))
        #expect(settled[F.text].dispute == nil)
    }

    @Test("C04") func anExactStandardIsNeitherLoweredNorRaised() {
        var scene = Scene()
        scene.governing.issuers = [U.province]
        scene.tell("standard", U.province, [(F.text, "提高1倍")])
        scene.tell("county", U.county, [(F.text, "提高1.5倍")])
        #expect(scene.settled()[F.text].value == "提高1倍")
        scene.tell("gone", U.province, [(F.text, nil)])
        let settled = scene.settled()
        #expect(settled[F.text].value == nil)
        #expect(settled[F.text].blank == .noClaim)
        #expect(settled.verdict("county", F.text) == .objection)
    }

    @Test func aJointIssueIsInForceWhenAllIssuersStandWithTheSameContent() {
        var scene = Scene()
        scene.governing.issuers = [U.county, U.countyOther]
        scene.tell("party", U.countyOther, [(F.text, "方案")])
        let alone = scene.settled()
        #expect(alone[F.text].blank == .incompleteJointIssue(missing: [U.county]))
        #expect(alone.verdict("party", F.text) == .incomplete)
        scene.tell("gov", U.county, [(F.text, "方 案")])
        let both = scene.settled()
        #expect(both[F.text].value != nil)
        #expect(both.verdict("party", F.text) == .stands)
        scene.tell("gov2", U.county, [(F.text, "方案二")])
        let differ = scene.settled()
        #expect(differ[F.text].blank == .incompleteJointIssue(missing: []))
        #expect(differ.verdict("gov2", F.text) == .disputed)
        #expect(differ[F.text].dispute?.deciders == [])
    }

    @Test("C44") func oneDocumentInTwoTypographiesIsOneDocument() {
        var scene = Scene()
        scene.governing.issuers = [U.county, U.countyOther]
        scene.tell("first", U.county, [(F.text, "到2020年底,全部清零(示例);①")])
        scene.tell("second", U.countyOther, [(F.text, "到２０２０年底，\u{3000}全部清零（示例）；1")])
        #expect(scene.settled()[F.text].value != nil)
        // Only documents are read this way: figures and remarks are as they are.
        scene.governing.reporters = [U.countyLine, U.countyLine2]
        scene.tell("remark", U.countyLine, [(F.remark, "(甲)")])
        scene.tell("remark2", U.countyLine2, [(F.remark, "（甲）")])
        #expect(scene.settled()[F.remark].blank == .undecided)
    }

    @Test func aForkedIssuerLeavesItsLastWordOrABlank() {
        var scene = Scene()
        scene.tell("v1", U.county, [(F.text, "一")])
        scene.tell("v2a", U.county, [(F.text, "二")], seen: ["v1"])
        scene.tell("v2b", U.county, [(F.text, "三")], seen: ["v1"])
        let settled = scene.settled()
        #expect(settled[F.text].value == "一")
        #expect(settled.verdict("v2a", F.text) == .forked)
        #expect(settled.flags("v2b") == [.selfFork(U.county)])
        #expect(settled[F.text].standing.count == 3)

        var never = Scene()
        never.governing.issuers = [U.county, U.countyOther]
        never.tell("party", U.countyOther, [(F.text, "一")])
        never.tell("v2a", U.county, [(F.text, "二")], seen: [])
        never.tell("v2b", U.county, [(F.text, "三")], seen: [])
        let blank = never.settled()
        #expect(blank[F.text].blank == .forked(U.county))
        #expect(blank.verdict("party", F.text) == .disputed)
        #expect(blank[F.text].dispute.map { blank.names($0.claims) } == ["party", "v2a", "v2b"])
    }

    @Test func aForkedOutsiderObjectsWithEitherHand() {
        var scene = Scene()
        scene.tell("text", U.county, [(F.text, "一")])
        scene.tell("left", U.city, [(F.text, "二")], seen: [])
        scene.tell("right", U.city, [(F.text, "三")], seen: [])
        let settled = scene.settled()
        #expect(settled[F.text].value == "一")
        #expect(settled.verdict("left", F.text) == .forked)
    }

    @Test func severalReportersReadLikeEquals() {
        var scene = Scene()
        scene.tell("one", U.countyLine, [(F.remark, "甲")])
        scene.tell("two", U.countyLine2, [(F.remark, "甲")])
        #expect(scene.settled()[F.remark].rule == .sole)
        scene.tell("three", U.countyLine2, [(F.remark, "乙")])
        let settled = scene.settled()
        #expect(settled[F.remark].value == "甲")
        #expect(settled[F.remark].rule == .lastAgreed)
        #expect(settled.verdict("three", F.remark) == .disputed)
    }

    @Test func insideARecordOnlyTheIssuerSetsTheFloor() {
        var scene = Scene()
        scene.tell("floor", U.county, [(F.floor, 15)])
        scene.tell("city", U.city, [(F.floor, 20)])
        let settled = scene.settled()
        #expect(settled[F.floor].value == 15)
        #expect(settled[F.floor].rule == .strictest)
        #expect(settled.verdict("city", F.floor) == .objection)
        // A unit may loosen its own tightening; the path keeps the bound above.
        scene.tell("looser", U.county, [(F.floor, 12)])
        #expect(scene.settled()[F.floor].value == 12)
    }

    // MARK: - Holder

    @Test("C16") func oneItemHasOneHolderAndTheLastAgreedStays() {
        var scene = Scene()
        scene.tell("assigned", U.countyLine, [(F.holder, .text(U.countyHelp.text))])
        scene.tell("accepted", U.countyHelp, [(F.holder, .text(U.countyHelp.text))])
        scene.tell("other", U.county, [(F.holder, .text(U.countyOther.text))], seen: [])
        let settled = scene.settled()
        #expect(settled[F.holder].value == .text(U.countyHelp.text))
        #expect(settled[F.holder].rule == .lastAgreed)
        #expect(settled.verdict("other", F.holder) == .disputed)
        #expect(settled.verdict("accepted", F.holder) == .stands)
    }

    @Test func aUnitWithoutASeatAcceptsWhatItWasAssignedAndNothingElse() {
        var scene = Scene()
        scene.tell("early", U.countyOther, [(F.holder, .text(U.countyOther.text))])
        scene.tell("assigned", U.county, [(F.holder, .text(U.countyOther.text))])
        scene.tell("accepted", U.countyOther, [(F.holder, .text(U.countyOther.text))])
        scene.tell("passedOn", U.countyOther, [(F.holder, .text(U.countyHelp.text))])
        scene.tell("contested", U.countyLine, [(F.holder, .text(U.countyHelp.text))])
        let settled = scene.settled()
        #expect(settled.verdict("early", F.holder) == .void(.notHolder))
        #expect(settled.verdict("passedOn", F.holder) == .void(.notAdmitted))
        #expect(settled[F.holder].value == .text(U.countyOther.text))
        #expect(settled[F.holder].rule == .lastAgreed)
    }

    @Test func anAssigneeCannotHoldOntoWhatItsAssignerGivesAnother() {
        var scene = Scene()
        scene.tell("assigned", U.county, [(F.holder, .text(U.countyOther.text))])
        scene.tell("accepted", U.countyOther, [(F.holder, .text(U.countyOther.text))])
        scene.tell("moved", U.county, [(F.holder, .text(U.countyHelp.text))])
        let settled = scene.settled()
        #expect(settled[F.holder].value == .text(U.countyHelp.text))
        #expect(settled.verdict("accepted", F.holder) == .objection)
        scene.tell("declined", U.countyOther, [(F.holder, nil)])
        #expect(scene.settled().verdict("declined", F.holder) == .withdrawn)
        scene.tell("gone", U.county, [(F.holder, nil)])
        #expect(scene.settled()[F.holder].blank == .noClaim)
    }

    @Test func anAcceptanceUnderASupersededVersionIsFlagged() {
        var scene = Scene()
        scene.superseded = [scene.id("matrix1")]
        scene.tell("assigned", U.county, [(F.holder, .text(U.countyOther.text))])
        scene.tell("accepted", U.countyOther, [(F.holder, .text(U.countyOther.text))], under: "matrix1")
        let settlement = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(settlement.flags[scene.id("accepted")] == [.supersededVersion(scene.id("matrix1"))])
    }

    // MARK: - Set

    @Test func anAddSurvivesARemovalThatHadNotSeenIt() {
        var scene = Scene()
        scene.tell("add", U.countyLine, [(F.files, "a")], seen: [])
        scene.tell("again", U.countyLine, [(F.files, "a")], seen: [])
        scene.tell("other", U.county, [(F.files, "b")], seen: [])
        scene.tell("remove", U.countyLine, [(F.files, nil)], seen: ["add"], names: ["add"])
        let settled = scene.settled()
        #expect(settled.names(settled[F.files].members.map(\.addedBy)) == ["again", "other"])
        #expect(settled[F.files].members.map(\.value) == ["a", "b"])
        #expect(settled[F.files].value == ["a", "b"])
        #expect(settled.verdict("add", F.files) == .replaced(by: scene.id("remove")))
        #expect(settled.verdict("remove", F.files) == .passed)
    }

    @Test func onlyItsAuthorsUnitRemovesAMember() {
        var scene = Scene()
        scene.tell("add", U.countyLine, [(F.files, "a")])
        scene.tell("foreign", U.county, [(F.files, nil)], names: ["add"])
        scene.tell("nameless", U.countyLine, [(F.files, nil)])
        scene.tell("blind", U.countyLine, [(F.files, nil)], seen: [], names: ["add"])
        scene.tell("wrong", U.countyLine, [(F.files, nil)], names: ["foreign"])
        scene.tell("stranger", U.stranger, [(F.files, "z")])
        let settled = scene.settled()
        #expect(settled[F.files].value == ["a"])
        #expect(settled.verdict("foreign", F.files) == .void(.notMemberAuthor))
        #expect(settled.verdict("nameless", F.files) == .void(.noNames))
        #expect(settled.verdict("blind", F.files) == .void(.unknownNames))
        #expect(settled.verdict("wrong", F.files) == .void(.unknownNames))
        #expect(settled.verdict("stranger", F.files) == .void(.notOnPath))
    }

    @Test func aSetWithoutMembersIsABlank() {
        var scene = Scene()
        scene.tell("add", U.countyLine, [(F.files, "a")])
        scene.tell("remove", U.countyLine, [(F.files, nil)], names: ["add"])
        let settled = scene.settled()
        #expect(settled[F.files].members.isEmpty)
        #expect(settled[F.files].blank == .noClaim)
    }
}
