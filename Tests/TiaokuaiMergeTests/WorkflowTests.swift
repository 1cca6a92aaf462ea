import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// The ledger's states 台账: who may move an item, and what two at once come to.
@Suite struct WorkflowTests {
    /// Opened by the line, held by the finance office, claimed solved.
    private func resolved() -> Scene {
        var scene = Scene()
        scene.event("open", U.countyLine, "open")
        scene.tell("assigned", U.countyLine, [(F.holder, .text(U.countyHelp.text))])
        scene.event("start", U.countyHelp, "start")
        scene.event("resolve", U.countyHelp, "resolve", evidence: "照片一张")
        return scene
    }

    private func closed() -> Scene {
        var scene = resolved()
        scene.event("verify", U.countyLine, "verify")
        scene.event("close", U.county, "close", names: ["resolve"], evidence: "核验单")
        return scene
    }

    @Test func anItemGoesFromOpenToClosed() {
        let settled = closed().settled()
        #expect(settled[F.status].value == "closed")
        #expect(settled[F.status].rule == .workflow)
        #expect(settled.verdict("close", F.status) == .stands)
        #expect(settled.verdict("open", F.status) == .passed)
        #expect(settled[F.status].episode == nil)
        #expect(settled[F.status].standing.map(\.value) == ["close"])
    }

    @Test("C15") func aReopeningBeatsACloseThatDidNotKnowOfIt() {
        var scene = closed()
        scene.event("reopen", U.city, "reopen", seen: ["verify"])
        let settled = scene.settled()
        #expect(settled[F.status].value == "reopened")
        #expect(settled[F.status].episode == scene.id("reopen"))
        #expect(settled.verdict("close", F.status) == .overruled(by: scene.id("reopen")))
        let dispute = settled[F.status].dispute
        #expect(dispute?.knowledge == .parallel)
        #expect(dispute?.axis == .vertical)
        #expect(dispute.map { settled.names($0.claims) } == ["close", "reopen"])
    }

    @Test("C21") func aLaterReopeningStartsAnEpisodeThatACloseMustName() {
        var scene = closed()
        scene.event("reopen", U.city, "reopen")
        scene.tell("assigned2", U.countyLine, [(F.holder, .text(U.countyOther.text))])
        scene.event("resolve2", U.countyOther, "resolve", evidence: "回头看")
        scene.event("oldNames", U.county, "close", names: ["resolve"], evidence: "单")
        let open = scene.settled()
        #expect(open.verdict("oldNames", F.status) == .void(.unknownNames))
        #expect(open[F.status].value == "resolvedClaimed")
        scene.event("close2", U.county, "close", names: ["resolve2"], evidence: "单")
        let settled = scene.settled()
        #expect(settled[F.status].value == "closed")
        #expect(settled[F.status].episode == scene.id("reopen"))
        #expect(settled[F.status].dispute == nil)
    }

    @Test func aCloseNeedsEvidenceNamesAndAnotherHandThanTheResolvers() {
        var scene = resolved()
        scene.event("bare", U.county, "close", names: ["resolve"])
        scene.event("nameless", U.county, "close", evidence: "单")
        scene.event("blind", U.county, "close", seen: ["open"], names: ["resolve"], evidence: "单")
        scene.event("self", U.countyHelp, "verify")
        scene.event("stranger", U.stranger, "open")
        let settled = scene.settled()
        #expect(settled.verdict("bare", F.status) == .void(.noEvidence))
        #expect(settled.verdict("nameless", F.status) == .void(.noNames))
        #expect(settled.verdict("blind", F.status) == .void(.eventNotAllowed))
        #expect(settled.verdict("self", F.status) == .void(.wrongRole))
        #expect(settled.verdict("stranger", F.status) == .void(.notOnPath))
        #expect(settled[F.status].value == "resolvedClaimed")
    }

    @Test func theVerifierIsNotTheResolver() {
        var scene = Scene()
        scene.event("open", U.countyLine, "open")
        scene.event("resolve", U.countyLine, "resolve", evidence: "照片")
        scene.event("self", U.countyLine, "verify")
        let settled = scene.settled()
        #expect(settled.verdict("self", F.status) == .void(.sameUnitAsResolver))
        scene.event("other", U.cityLine, "verify")
        #expect(scene.settled()[F.status].value == "verified")
    }

    @Test func onlyTheHolderOfItsOwnPastStarts() {
        var scene = Scene()
        scene.event("open", U.countyLine, "open")
        scene.event("early", U.countyHelp, "start")
        scene.tell("assigned", U.countyLine, [(F.holder, .text(U.countyHelp.text))])
        scene.event("start", U.countyHelp, "start", seen: ["assigned"])
        scene.tell("moved", U.countyLine, [(F.holder, .text(U.countyOther.text))], seen: ["assigned"])
        let settled = scene.settled()
        #expect(settled.verdict("early", F.status) == .void(.notHolder))
        // The move was not in its past: the start stands.
        #expect(settled.verdict("start", F.status) == .stands)
        #expect(settled[F.holder].value == .text(U.countyOther.text))
    }

    @Test func voidAndNeutralEventsAreTransparent() {
        var scene = Scene()
        scene.event("open", U.countyLine, "open")
        scene.event("urge", U.city, "urge")
        scene.event("wrong", U.countyLine, "urge")
        scene.event("unknown", U.countyLine, "burn")
        scene.tell("nil", U.countyLine, [(F.status, nil)])
        let settled = scene.settled()
        #expect(settled[F.status].value == "open")
        #expect(settled.names(settled[F.status].sources) == ["open"])
        #expect(settled.verdict("urge", F.status) == .passed)
        #expect(settled.verdict("wrong", F.status) == .void(.wrongRole))
        #expect(settled.verdict("unknown", F.status) == .void(.eventNotAllowed))
        #expect(settled.verdict("nil", F.status) == .void(.eventNotAllowed))
    }

    @Test func twoMachinesOfOneUnitThatMoveAnItemApartAreFlagged() {
        var scene = resolved()
        scene.event("verify", U.countyLine, "verify", seen: ["resolve"])
        scene.event("reopen", U.countyLine, "reopen", seen: ["resolve"])
        let settled = scene.settled()
        #expect(settled[F.status].value == "reopened")
        #expect(settled.flags("verify") == [.selfFork(U.countyLine)])
        #expect(settled[F.status].dispute?.axis == .inTier)
    }

    @Test func parallelReopeningsMustBothBeNamed() {
        var scene = closed()
        scene.event("reopen1", U.city, "reopen", seen: ["close"])
        scene.event("reopen2", U.cityLine, "reopen", seen: ["close"])
        let open = scene.settled()
        #expect(open[F.status].dispute == nil)
        #expect(open[F.status].episode == min(scene.id("reopen1"), scene.id("reopen2")))
        scene.event("resolve2", U.countyHelp, "resolve", evidence: "照片")
        scene.event("half", U.county, "close", names: ["reopen1"], evidence: "单")
        #expect(scene.settled().verdict("half", F.status) == .void(.unknownNames))
        scene.event("both", U.county, "close", names: ["reopen1", "reopen2"], evidence: "单")
        #expect(scene.settled()[F.status].value == "closed")
    }

    @Test("C38") func governmentsCannotMoveAVerticalUnitsItem() {
        var scene = Scene()
        scene.governing.isVertical = true
        scene.event("gov", U.county, "open")
        scene.event("open", U.countyLine, "open")
        scene.event("urge", U.city, "urge")
        let settled = scene.settled()
        #expect(settled.verdict("gov", F.status) == .void(.verticalUnit))
        #expect(settled.verdict("urge", F.status) == .void(.verticalUnit))
        #expect(settled[F.status].value == "open")
    }

    @Test func anEventUnderTheVersionItCitesKeepsItsRole() {
        var scene = Scene()
        scene.superseded = [scene.id("matrix1")]
        var before = scene.governing
        before.tiers[0].lineUnits = [U.countyOther]
        scene.cited = [scene.id("matrix1"): before]
        scene.event("open", U.countyOther, "open", under: "matrix1")
        let settlement = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(settlement.fields[F.status]?.value == "open")
        #expect(settlement.flags[scene.id("open")] == [.supersededVersion(scene.id("matrix1"))])
    }

    /// Found by the simulator: a superior's unit that returned a figure before anybody had submitted it could then submit it.
    @Test("R5") func whoHappenedToSpeakFirstIsNoIssuer() {
        var scene = Scene()
        scene.governing.issuers = [U.countyLine2]
        scene.event("open", U.countyLine, "open")
        scene.event("resolve", U.countyHelp2, "resolve", evidence: "照片")
        scene.event("resolve2", U.countyLine, "resolve", evidence: "照片")
        scene.event("opener", U.countyLine, "close", names: ["resolve2"], evidence: "单")
        scene.event("close", U.countyLine2, "close", names: ["resolve2"], evidence: "单")
        let settled = scene.settled()
        #expect(settled.verdict("opener", F.status) == .void(.wrongRole))
        #expect(settled.verdict("close", F.status) == .stands)
        #expect(settled[F.status].value == "closed")
    }

    @Test func aKindWithoutAWorkflowKnowsNoEvent() {
        var scene = Scene()
        scene.table = KindTable(
            "bare", "无流程", .work, key: [], issuer: .government, fields: [FieldSpec("status", 22, .internal, .workflow, .text, "状态")])
        scene.event("open", U.countyLine, "open")
        #expect(scene.settled().verdict("open", F.status) == .void(.eventNotAllowed))
    }
}
