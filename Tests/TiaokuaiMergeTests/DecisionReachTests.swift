import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// A decision binds downward: it never reaches the claim of a unit above the government that made it.
@Suite struct DecisionReachTests {
    /// The city's line stands beside the county's report; the county decides on the report alone.
    private func decided(_ modes: [ResponsibilityMode]) -> Scene {
        var scene = Scene()
        for (tier, mode) in modes.enumerated() { scene.governing.tiers[tier].mode = mode }
        scene.figure("report", U.countyLine, 1)
        scene.figure("city", U.cityLine, 2)
        scene.figure("decision", U.county, 3, names: ["report"], ground: "县会商")
        return scene
    }

    @Test func whereNoModeIsStatedItIsInDisputeWithTheLineAbove() {
        let settled = decided([]).settled()
        #expect(settled[F.value].blank == .undecided)
        #expect(settled.verdict("decision") == .disputed)
        #expect(settled.verdict("city") == .disputed)
        #expect(settled.verdict("report") == .overruled(by: settled.scene.id("decision")))
        let dispute = settled[F.value].dispute
        #expect(dispute.map { settled.names($0.claims) } == ["city", "decision"])
        #expect(dispute?.axis == .vertical)
        #expect(dispute?.deciders == [U.city, U.province])
    }

    @Test func underLineFirstTheLineAbovePrevails() {
        let settled = decided([.unspecified, .lineFirst]).settled()
        #expect(settled[F.value].value == 2)
        #expect(settled[F.value].rule == .mode)
        #expect(settled.verdict("decision") == .overruled(by: settled.scene.id("city")))
        #expect(settled[F.value].dispute.map { settled.names($0.prevailing) } == ["city"])
    }

    @Test func underBlockFirstTheLineAboveGuidesAndTheDecisionPrevails() {
        let settled = decided([.blockFirst, .blockFirst]).settled()
        #expect(settled[F.value].value == 3)
        #expect(settled[F.value].rule == .decision)
        #expect(settled.verdict("decision") == .decides)
        #expect(settled.verdict("city") == .overruled(by: settled.scene.id("decision")))
        #expect(settled[F.value].dispute.map { settled.names($0.prevailing) } == ["decision"])
    }

    @Test func whatEqualsItAgrees() {
        var scene = decided([])
        scene.figure("agreed", U.cityLine, 3)
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled[F.value].rule == .decision)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.names(settled[F.value].sources) == ["agreed", "decision"])
    }

    @Test func aCooperatingUnitAboveOnlyObjects() {
        var scene = Scene()
        scene.figure("report", U.countyLine, 1)
        scene.figure("help", U.cityHelp, 2)
        scene.figure("decision", U.county, 3, names: ["report"], ground: "县会商")
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.verdict("help") == .objection)
    }

    @Test func itReachesEveryClaimAtOrBelowItsTierNamedOrNot() {
        var scene = Scene()
        scene.figure("report", U.countyLine, 1)
        scene.figure("other", U.countyLine2, 2, seen: [])
        scene.figure("city", U.cityLine, 4, seen: [])
        scene.figure("decision", U.city, 3, seen: ["report"], names: ["report"], ground: "市会商")
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled[F.value].dispute == nil)
        for name in ["report", "other", "city"] { #expect(settled.verdict(name) == .overruled(by: scene.id("decision"))) }
    }

    @Test func theGovernmentAboveBothEndsTheDisputeWithTheLineAbove() {
        var scene = decided([])
        scene.figure("higher", U.city, 2, names: ["decision", "city"], ground: "市会商")
        let settled = scene.settled()
        #expect(settled[F.value].value == 2)
        #expect(settled[F.value].rule == .decision)
        #expect(settled[F.value].dispute == nil)
        #expect(settled.verdict("decision") == .replaced(by: scene.id("higher")))
    }

    @Test func aNewFactFromBelowReopensItBesideTheDisputeWithTheLineAbove() {
        var scene = decided([.blockFirst, .blockFirst])
        scene.figure("fact", U.countyLine, 5, newFact: "镇上复核")
        let settled = scene.settled()
        #expect(settled[F.value].value == 3)
        #expect(settled[F.value].dispute?.isReopened == true)
        #expect(settled[F.value].dispute.map { settled.names($0.claims) } == ["city", "decision", "fact"])
        #expect(settled[F.value].dispute?.deciders == [U.city, U.province])
    }
}
