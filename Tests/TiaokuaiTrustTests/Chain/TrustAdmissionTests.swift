import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// Why a credential grants nothing: each reason of Docs/Formats/Credential.md by itself, in the order of the list.
@Suite struct TrustAdmissionTests {
    /// What the state says of one credential more beside the usual chain.
    private func fault(_ content: CredentialContent, by issuer: String, as unit: UnitID) -> GrantFault? {
        var scene = ChainScene.enrolled()
        let id = scene.grant("tried", content, by: issuer, as: unit)
        let state = scene.state()
        #expect((state.valid[id.hash] == nil) == (state.faults[id] != nil))
        return state.faults[id]
    }

    @Test func theUsualChainHasNoFault() {
        let scene = ChainScene.enrolled()
        let state = scene.state()
        #expect(state.faults.isEmpty && state.valid.count == 3)
        #expect(["gs", "zy", "gt"].map { state.depth(of: ChainScene.node($0)) } == [0, 1, 2])
        #expect(state.governments["620724"] == "620724.gov" && state.regionOfUnit["620700.gov"] == "620700")
    }

    @Test func whoHoldsNothingIssuesNothing() {
        #expect(fault(ChainScene.content("lz", "620721"), by: "stranger", as: "620700.gov") == .issuerNotGranted)
    }

    @Test func whoMayNotIssueIssuesNothing() {
        #expect(fault(ChainScene.content("lz", "620724", units: []), by: "gt", as: "620724.gov") == .issuerNotGranted)
    }

    @Test func aCityIssuesNothingForAnotherCitysPlace() {
        #expect(fault(ChainScene.content("jq", "620900"), by: "zy", as: "620700.gov") == .regionOutside)
    }

    @Test func aCutCityIssuesNothingMore() {
        var scene = ChainScene.enrolled()
        scene.cut("zy", by: "gs", as: "620000.gov", place: "620700")
        let id = scene.grant("late", ChainScene.content("lz", "620721"), by: "zy", as: "620700.gov")
        #expect(scene.state().faults[id] == .issuerCut)
    }

    @Test func whatACutCityHadIssuedWithinTheListedHeadsStands() {
        var scene = ChainScene.enrolled()
        let head = scene.changeset("zy", .policy("620724"))
        scene.cut("zy", at: [head], by: "gs", as: "620000.gov", place: "620700")
        let state = scene.state()
        #expect(state.faults.isEmpty)
        #expect(state.credentials(of: ChainScene.node("gt")).count == 1)
        #expect(state.isEnded(ChainScene.node("zy")) && !state.isEnded(ChainScene.node("gt")))
    }

    @Test func aUnitThatTheIssuerDoesNotWriteIssuesNothing() {
        #expect(fault(ChainScene.content("lz", "620721"), by: "zy", as: "620900.gov") == .issuerCut)
    }

    @Test func aDepartmentIssuesNothing() {
        var scene = ChainScene()
        let units = [ChainScene.government("620700"), CredentialContent.WrittenUnit("620700.hrss", "620700")]
        scene.grant("zy", ChainScene.content("zy", "620700", units: units, depth: 4), by: "gs", as: "620000.gov")
        let id = scene.grant("lz", ChainScene.content("lz", "620721"), by: "zy", as: "620700.hrss")
        #expect(scene.state().faults[id] == .issuerNotGovernment)
    }

    @Test func aUnitOutsideTheRegionIsNotGranted() {
        #expect(fault(ChainScene.content("lz", "620721", units: [.init("620724.hrss", "620724")]), by: "zy", as: "620700.gov") == .unitOutside)
        // Nor one that is known to lie elsewhere.
        #expect(fault(ChainScene.content("lz", "620721", units: [.init("620700.gov", "620721")]), by: "zy", as: "620700.gov") == .unitOutside)
    }

    @Test func theRightToIssueShrinksByOneLevelAtLeast() {
        #expect(fault(ChainScene.content("lz", "620721", depth: 4), by: "zy", as: "620700.gov") == .depthExceeded)
        #expect(fault(ChainScene.content("lz", "620721", depth: 3), by: "zy", as: "620700.gov") == nil)
    }

    @Test func theRightToIssueStaysWithinTheRegion() {
        var content = ChainScene.content("lz", "620721")
        content.mayIssue = .init(region: "620700", depth: 1)
        #expect(fault(content, by: "zy", as: "620700.gov") == .regionOutside)
    }

    @Test func aKeyThatIsNoneIsMalformed() {
        var content = ChainScene.content("lz", "620721")
        content.signingKey = [1, 2, 3]
        #expect(fault(content, by: "zy", as: "620700.gov") == .keyMalformed)
    }

    @Test func aNewNodeIsNamedByItsKey() {
        var content = ChainScene.content("lz", "620721")
        content.subject = ChainScene.node("somebody else")
        #expect(fault(content, by: "zy", as: "620700.gov") == .keyMalformed)
    }

    @Test func aNodeGetsAnotherKeyWithItsOwnWordOnly() {
        var content = ChainScene.content("gt", "620724", lineage: .takesOver)
        content.signingKey = ChainScene.key("gt-2")
        #expect(fault(content, by: "zy", as: "620700.gov") == .keyNotAgreed)
        content.consents = [Array("zy".utf8)]
        #expect(fault(content, by: "zy", as: "620700.gov") == .keyNotAgreed)
        content.consents = [Array("gt".utf8)]
        #expect(fault(content, by: "zy", as: "620700.gov") == nil)
    }

    @Test func aUnitThatAnotherNodeWritesIsTaken() {
        let units = [ChainScene.government("620724")]
        #expect(fault(ChainScene.content("gt2", "620724", units: units), by: "zy", as: "620700.gov") == .unitTaken)
        for lineage in [CredentialContent.Lineage.joins, .takesOver] {
            #expect(fault(ChainScene.content("gt2", "620724", units: units, lineage: lineage), by: "zy", as: "620700.gov") == .unitTaken)
            #expect(fault(ChainScene.content("gt2", "620724", units: units, lineage: lineage, agreeing: ["gt"]), by: "zy", as: "620700.gov") == nil)
        }
    }

    @Test func whoStandsAboveTheIssuerTakesAUnitOverWithoutTheOldKey() {
        let county = ChainScene.content("gt2", "620724", lineage: .takesOver)
        #expect(fault(county, by: "zy", as: "620700.gov") == .unitTaken)
        #expect(fault(county, by: "gs", as: "620000.gov") == nil)
        // Above the root node stand the root keys, two of three.
        func city(_ agreeing: [String]) -> CredentialContent { ChainScene.content("zy2", "620700", depth: 4, lineage: .takesOver, agreeing: agreeing) }
        #expect(fault(city([]), by: "gs", as: "620000.gov") == .unitTaken)
        #expect(fault(city(["root-1"]), by: "gs", as: "620000.gov") == .unitTaken)
        #expect(fault(city(["root-1", "root-1"]), by: "gs", as: "620000.gov") == .unitTaken)
        #expect(fault(city(["root-1", "stranger"]), by: "gs", as: "620000.gov") == .unitTaken)
        #expect(fault(city(["root-1", "root-3"]), by: "gs", as: "620000.gov") == nil)
        // They speak above the root node, and for nobody else.
        let agreed = ChainScene.content("gt2", "620724", lineage: .takesOver, agreeing: ["root-1", "root-3"])
        #expect(fault(agreed, by: "zy", as: "620700.gov") == .unitTaken)
    }

    /// A thief of the city's key says that the county's unit lies elsewhere, in a feed that knows nothing of the county's own grant.
    @Test func aRivalGrantAtAnotherPlaceSuspendsTheUnitAndTakesNobodysCredential() {
        for tag in ["a", "b", "c", "d"] {
            var scene = ChainScene.enrolled()
            let rival = scene.grant(tag, ChainScene.content("lz", "620721", units: [.init("620724.gov", "620721", isGovernment: true)]), by: "zy", as: "620700.gov")
            let state = scene.state()
            #expect(state.faults.isEmpty, "\(tag)")
            #expect(state.contested["620724.gov"]?.contains(rival.hash) == true)
            #expect(state.receives(ChainScene.node("gt"), .work("620724", nil), reaching: ChainScene.reaches))
        }
    }

    @Test func theWordOfAKeyThatWasCutBeforeCountsNoMore() {
        let units = [ChainScene.government("620724")]
        let content = ChainScene.content("gt2", "620724", units: units, lineage: .joins, agreeing: ["gt"])
        var scene = ChainScene.enrolled()
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        let late = scene.grant("late", content, by: "zy", as: "620700.gov")
        #expect(scene.state().faults[late] == .unitTaken)
        var other = ChainScene.enrolled()
        let early = other.grant("early", content, by: "zy", as: "620700.gov")
        other.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        #expect(other.state().faults[early] == nil)
    }

    @Test func twoFirstsThatDoNotKnowOfEachOtherSuspendTheUnit() {
        var scene = ChainScene.enrolled()
        let rival = scene.grant("rival", ChainScene.content("gt2", "620724"), by: "zy", as: "620700.gov", epoch: "restored")
        let state = scene.state()
        #expect(state.contested["620724.gov"] == [rival.hash, scene.adopted[ChainScene.node("gt")] ?? .zero])
        for name in ["gt", "gt2"] {
            let work = scene.changeset(name, .work("620724", nil))
            #expect(scene.reason(state, name, "620724.gov", in: work) == .unitNotGranted)
        }
    }

    @Test func theOrderInWhichTheyAreHeldDecidesNothing() {
        var scene = ChainScene.enrolled()
        scene.grant("rival", ChainScene.content("gt2", "620724"), by: "zy", as: "620700.gov", epoch: "restored")
        var content = ChainScene.content("gt", "620724", lineage: .takesOver, agreeing: ["gt"])
        content.signingKey = ChainScene.key("gt-2")
        scene.grant("rotated", content, by: "zy", as: "620700.gov")
        scene.cut("gt2", by: "zy", as: "620700.gov", place: "620724")
        let expected = scene.state()
        for shift in 1..<scene.grants.count {
            let turned = scene.state(Array(scene.grants[shift...] + scene.grants[..<shift]))
            #expect(turned.effect.nodes(otherwiseThan: expected.effect).isEmpty)
            #expect(turned.faults == expected.faults && turned.contested == expected.contested)
        }
    }
}
