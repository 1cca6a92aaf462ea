import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// Whose work counts, who receives what, and whom a cut ends.
@Suite struct TrustStateTests {
    private static let work = Partition.work("620724", nil)

    /// The county rotates to `gt-2`, leaving what lies before `head`.
    private func rotate(_ scene: inout ChainScene, at head: ChangesetID) -> Hash32 {
        var content = ChainScene.content("gt", "620724", lineage: .takesOver, heads: [head], agreeing: ["gt"])
        content.signingKey = ChainScene.key("gt-2")
        return scene.grant("rotated", content, by: "zy", as: "620700.gov").hash
    }

    @Test func aUnitIsWrittenByWhomItWasGrantedTo() {
        var scene = ChainScene.enrolled()
        let (own, other) = (scene.changeset("gt", TrustStateTests.work), scene.changeset("zy", TrustStateTests.work))
        let state = scene.state()
        #expect(scene.reason(state, "gt", "620724.gov", in: own) == nil)
        // A city never writes in a county's name.
        #expect(scene.reason(state, "zy", "620724.gov", in: other) == .unitNotGranted)
        #expect(scene.reason(state, "gt", "620724.hrss", in: own) == .unitNotGranted)
    }

    @Test func beyondTheHeadsOfACutNothingCountsInAnyPartition() {
        var scene = ChainScene.enrolled()
        let before = scene.changeset("gt", TrustStateTests.work)
        let after = scene.changeset("gt", TrustStateTests.work)
        let elsewhere = scene.changeset("gt", .policy("620724"))
        scene.cut("gt", at: [before], by: "zy", as: "620700.gov", place: "620724")
        let state = scene.state()
        #expect(scene.reason(state, "gt", "620724.gov", in: before) == nil)
        #expect(scene.reason(state, "gt", "620724.gov", in: after) == .credentialCut)
        #expect(scene.reason(state, "gt", "620724.gov", in: elsewhere) == .credentialCut)
        #expect(scene.reason(state, "gt", "620724.gov", in: nil) == .credentialCut)
        #expect(state.drawsLine(at: before, of: ChainScene.node("gt")) && !state.drawsLine(at: after, of: ChainScene.node("gt")))
    }

    @Test func ofTwoCutsWhatEachLeavesCounts() {
        var scene = ChainScene.enrolled()
        let first = scene.changeset("gt", TrustStateTests.work)
        let second = scene.changeset("gt", TrustStateTests.work)
        scene.cut("gt", at: [second], by: "zy", as: "620700.gov", place: "620724")
        scene.cut("gt", at: [first], by: "gs", as: "620000.gov", place: "620724")
        let state = scene.state()
        #expect(scene.reason(state, "gt", "620724.gov", in: first) == nil)
        #expect(scene.reason(state, "gt", "620724.gov", in: second) == .credentialCut)
    }

    @Test func nobodyCutsASiblingASuperiorOrItself() {
        for (issuer, unit, subject) in [("gt", "620724.gov", "zy"), ("gt", "620724.gov", "gt"), ("zy", "620700.gov", "zy"), ("zy", "620700.gov", "gs")] {
            var scene = ChainScene.enrolled()
            scene.cut(subject, by: issuer, as: UnitID(unchecked: unit), place: "620724")
            #expect(scene.state().cuts.isEmpty, "\(issuer) cut \(subject)")
        }
    }

    @Test func aCutByACutNodeCounts() {
        var scene = ChainScene.enrolled()
        // What the city cut before the heads that its own cut leaves stands; what came later does not.
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        let head = scene.cuts.compactMap(\.issue.changeset)[0]
        scene.cut("zy", at: [head], by: "gs", as: "620000.gov", place: "620700")
        #expect(scene.state().isEnded(ChainScene.node("gt")))
        scene = ChainScene.enrolled()
        scene.cut("zy", by: "gs", as: "620000.gov", place: "620700")
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        let state = scene.state()
        #expect(state.cuts[ChainScene.node("gt")] == nil && state.isEnded(ChainScene.node("zy")))
    }

    @Test func aNodeThatRotatedBeforeItsOldKeyWasCutGoesOn() {
        var scene = ChainScene.enrolled()
        let gt = ChainScene.node("gt")
        let old = scene.adopted[gt] ?? .zero
        let head = scene.changeset("gt", TrustStateTests.work)
        let beyond = scene.changeset("gt", TrustStateTests.work, under: old)
        let new = rotate(&scene, at: head)
        let under = scene.changeset("gt", TrustStateTests.work, under: new)
        var state = scene.state()
        #expect(state.valid[old]?.isStanding == false && state.valid[new]?.isStanding == true)
        #expect(scene.reason(state, "gt", "620724.gov", in: head) == nil)
        #expect(scene.reason(state, "gt", "620724.gov", in: beyond) == .unitTakenOver)
        #expect(scene.reason(state, "gt", "620724.gov", in: under) == nil)

        scene.cut("gt", credential: old, at: [head], by: "zy", as: "620700.gov", place: "620724")
        state = scene.state()
        #expect(state.isCut(ChainScene.key("gt"), of: gt) && !state.isCut(ChainScene.key("gt-2"), of: gt))
        #expect(!state.isEnded(gt))
        #expect(scene.reason(state, "gt", "620724.gov", in: under) == nil)
        // A cut that names no credential of the node stands for every key of it.
        scene.cut("gt", credential: sha256([9]), at: [head], by: "gs", as: "620000.gov", place: "620724")
        #expect(scene.state().isEnded(gt))
    }

    @Test func aNodeWhoseOnlyKeyWasCutIsEndedAndHandedPolicyOnly() {
        var scene = ChainScene.enrolled()
        let gt = ChainScene.node("gt")
        func handed(_ state: TrustState) -> [Bool] {
            [TrustStateTests.work, .policy("620724"), .policy("620000"), .work("620721", nil)].map { state.isHanded($0, to: gt, reaching: ChainScene.reaches) }
        }
        #expect(!scene.state().isEnded(gt) && handed(scene.state()) == [true, true, true, false])
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        #expect(scene.state().isEnded(gt) && handed(scene.state()) == [false, true, true, false])
        // What it received is still its own to read.
        #expect(scene.state().receives(gt, TrustStateTests.work, reaching: ChainScene.reaches))
        #expect(!scene.state().isEnded(ChainScene.node("nobody")))
    }

    @Test func aReplacementReceivesByItselfAlone() {
        var scene = ChainScene.enrolled()
        var content = ChainScene.content("gt", "620724", lineage: .takesOver)
        content.lines = ["hrss"]
        scene.grant("less", content, by: "zy", as: "620700.gov")
        let state = scene.state()
        func receives(_ line: LineID?) -> Bool { state.receives(ChainScene.node("gt"), .work("620724", line), reaching: ChainScene.reaches) }
        #expect(receives("hrss") && receives(nil) && !receives("finance"))
    }

    @Test func aFurtherCredentialAddsToWhatIsReceived() {
        var scene = ChainScene.enrolled()
        scene.grant("jq", ChainScene.content("jq", "620900", depth: 4), by: "gs", as: "620000.gov")
        let more = ChainScene.content("gt", "620900", units: [])
        scene.grant("more", more, by: "jq", as: "620900.gov")
        let state = scene.state()
        for place in ["620724", "620900"] as [RegionID] {
            #expect(state.receives(ChainScene.node("gt"), .work(place, nil), reaching: ChainScene.reaches), "\(place)")
        }
        #expect(state.credentials(of: ChainScene.node("gt")).count == 2 && state.nodes.count == 4)
    }

    @Test func aTakeoverEndsTheOldNodesWritingAtTheListedHeads() {
        var scene = ChainScene.enrolled()
        let kept = scene.changeset("gt", TrustStateTests.work)
        let lost = scene.changeset("gt", TrustStateTests.work)
        let content = ChainScene.content("gt2", "620724", lineage: .takesOver, heads: [kept], agreeing: ["gt"])
        scene.grant("gt2", content, by: "zy", as: "620700.gov")
        let new = scene.changeset("gt2", TrustStateTests.work)
        let state = scene.state()
        #expect(scene.reason(state, "gt", "620724.gov", in: kept) == nil)
        #expect(scene.reason(state, "gt", "620724.gov", in: lost) == .unitTakenOver)
        #expect(scene.reason(state, "gt2", "620724.gov", in: new) == nil)
        #expect(state.asksForChangeset(of: ChainScene.node("gt"), unit: "620724.gov"))
        #expect(!state.asksForChangeset(of: ChainScene.node("gt2"), unit: "620724.gov"))
    }
}
