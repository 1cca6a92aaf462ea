import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Why a value stands, who can change it, and what would follow.
@Suite struct ExplanationTests {
    private func explained(_ scene: Scene, _ field: FieldNumber = F.value) -> Explanation? {
        explain(field, scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
    }

    private func actions(_ explanation: Explanation?) -> [UnitID: [Explanation.Change.Action]] {
        (explanation?.changes ?? []).reduce(into: [:]) { $0[$1.unit, default: []].append($1.action) }
    }

    @Test func theModesSourceAndEachSideAreNamed() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, dec("14.2"))
        scene.figure("gov", U.county, dec("15.6"), seen: [])
        scene.figure("drc2", U.countyLine, dec("14.3"))
        scene.figure("stranger", U.stranger, 1)
        scene.figure("lost", U.countyLine, 1, seen: ["notHeld"])
        let explanation = explained(scene)
        #expect(explanation?.name == "value")
        #expect(explanation?.rule == .authority)
        #expect(explanation?.outcome.value == dec("14.3"))
        #expect(explanation?.decidingStep?.source?.formula == "以条为主")
        #expect(explanation?.steps.map(\.region) == ["620724", "620700", "620000"])
        let standing = explanation?.standing ?? []
        #expect(standing.map(\.operation) == [scene.id("drc2"), scene.id("gov")])
        #expect(standing.first?.hadSeen == [scene.id("gov")])
        #expect(standing.first?.parallelTo == [])
        #expect(standing.first?.tier == 0)
        #expect(standing.first?.person == "clerk")
        let refused = explanation?.refused ?? []
        #expect(Set(refused.map(\.operation)) == [scene.id("stranger"), scene.id("lost")])
        #expect(refused.first { $0.operation == scene.id("stranger") }?.tier == nil)
        #expect(actions(explanation) == [U.countyLine: [.amend], U.city: [.decide], U.province: [.decide]])
    }

    @Test func parallelClaimsAreToldFromKnowingOnes() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1, seen: [])
        scene.figure("gov", U.county, 2, seen: [])
        scene.figure("city", U.cityLine, 3, seen: ["drc"])
        let standing = explained(scene)?.standing ?? []
        let drc = standing.first { $0.operation == scene.id("drc") }
        #expect(drc?.parallelTo == [scene.id("gov")])
        #expect(drc?.hadSeen == [])
        let city = standing.first { $0.operation == scene.id("city") }
        #expect(city?.hadSeen == [scene.id("drc")])
        #expect(city?.parallelTo == [scene.id("gov")])
        let found = actions(explained(scene))
        #expect(found[U.county] == [.agree, .withdraw])
        #expect(found[U.city] == [.decide])
    }

    @Test func aBlankSaysWhoCanEndIt() {
        var scene = Scene(.lineFirst, .lineFirst)
        #expect(actions(explained(scene))[U.countyLine] == [.lodge])
        #expect(actions(explained(scene))[U.countyOther] == nil)
        scene.figure("city", U.cityLine, 5)
        let noReport = explained(scene)
        #expect(noReport?.outcome.blank == .noReport)
        #expect(actions(noReport)[U.countyLine2] == [.report])
        scene.figure("left", U.countyLine, 1, seen: [])
        scene.figure("right", U.countyLine, 2, seen: [])
        #expect(actions(explained(scene))[U.countyLine] == [.choose])
        #expect(explained(scene)?.standing.first { $0.operation == scene.id("left") }?.flags == [.selfFork(U.countyLine)])
    }

    @Test func afterADecisionTheDeciderRevisesAndOthersCiteNewFacts() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("city", U.cityLine, 2)
        scene.figure("decision", U.city, 3, names: ["drc", "city"], ground: "会商")
        let explanation = explained(scene)
        #expect(explanation?.standing.contains { $0.verdict == .decides } == true)
        let found = actions(explanation)
        #expect(found[U.city] == [.revise])
        #expect(found[U.province] == [.decide])
        #expect(found[U.countyLine] == [.citeNewFact])
    }

    @Test func soleFieldsNameTheirOwners() {
        var scene = Scene()
        scene.governing.issuers = [U.county, U.countyOther]
        #expect(actions(explained(scene, F.text)) == [U.county: [.lodge], U.countyOther: [.lodge]])
        scene.tell("gov", U.county, [(F.text, "甲")])
        #expect(actions(explained(scene, F.text)) == [U.county: [.amend], U.countyOther: [.joinIssue]])
        scene.tell("other", U.countyOther, [(F.text, "乙")])
        #expect(actions(explained(scene, F.text)) == [U.county: [.agree], U.countyOther: [.agree]])
        scene.tell("fork", U.countyOther, [(F.text, "丙")], seen: ["gov"])
        #expect(actions(explained(scene, F.text))[U.countyOther] == [.choose])
        #expect(actions(explained(scene, F.remark))[U.countyLine] == [.lodge])
        #expect(actions(explained(scene, F.floor)) == [U.county: [.lodge], U.countyOther: [.lodge]])
    }

    @Test func aWorkflowNamesTheEventsAndWhoMayRaiseThem() {
        var scene = Scene()
        #expect(
            actions(explained(scene, F.status)) == [
                U.county: [.raise("open")], U.countyLine: [.raise("open")], U.countyLine2: [.raise("open")], U.cityLine: [.raise("open")],
                U.provinceLine: [.raise("open")],
            ])
        scene.event("open", U.countyLine, "open")
        scene.tell("assigned", U.countyLine, [(F.holder, .text(U.countyLine2.text))])
        scene.event("void", U.countyOther, "resolve", evidence: "单")
        scene.event("resolve", U.countyLine2, "resolve", evidence: "单")
        let found = actions(explained(scene, F.status))
        #expect(found[U.countyLine]?.contains(.raise("verify")) == true)
        #expect(found[U.countyLine2]?.contains(.raise("verify")) == false)
        #expect(found[U.county]?.contains(.raise("close")) == true)
        #expect(found[U.countyHelp] == [.raise("reopen")])
    }

    @Test func aSetNamesTheAuthorsOfItsMembers() {
        var scene = Scene()
        scene.tell("add", U.countyHelp, [(F.files, "a")])
        #expect(actions(explained(scene, F.files)) == [U.countyHelp: [.removeMember]])
        #expect(explained(scene, F.files)?.standing.map(\.operation) == [scene.id("add")])
    }

    @Test func whatIsNoFieldOfTheKindIsNotExplained() {
        let scene = Scene()
        #expect(explained(scene, .ground) == nil)
        #expect(explained(scene, FieldNumber(wire: 4_000)) == nil)
    }

    @Test func whatIfShowsTheRecordWithoutAClaimOrUnderAnotherMode() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, 1)
        scene.figure("gov", U.county, 2)
        let without = whatIf(.without(scene.id("drc")), scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(without.fields[F.value]?.value == 2)
        #expect(without.verdicts[scene.id("drc")] == nil)
        #expect(without.heads == [scene.id("gov")])
        let block = whatIf(.mode(.blockFirst, tier: 0), scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(block.fields[F.value]?.value == 2)
        let none = whatIf(.mode(.unspecified, tier: nil), scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(none.fields[F.value]?.blank == .undecided)
    }
}
