import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// Which unit is a region's government, where credentials differ.
@Suite struct RivalGovernmentTests {
    private static let county: RegionID = "620724"
    private static let office = CredentialContent.WrittenUnit("620724.govoffice", "620724", isGovernment: true)

    private func rival(_ scene: inout ChainScene, _ tag: String = "rival", epoch: String = "restored") -> OperationID {
        scene.grant(tag, ChainScene.content("gt2", "620724", units: [RivalGovernmentTests.office]), by: "zy", as: "620700.gov", epoch: epoch)
    }

    /// The same grants held in every turn, since that decides nothing.
    private func states(_ scene: ChainScene) -> [TrustState] {
        scene.grants.indices.map { scene.state(Array(scene.grants[$0...] + scene.grants[..<$0])) }
    }

    @Test func ofTwoGrantsOfOneFeedTheFirstNamesTheGovernment() {
        // Whichever of the two has the smaller identity.
        for tag in ["a", "b", "c", "d"] {
            var scene = ChainScene.enrolled()
            _ = rival(&scene, tag, epoch: "")
            for state in states(scene) {
                #expect(state.governments[RivalGovernmentTests.county] == "620724.gov" && state.rivalGovernments.isEmpty, "\(tag)")
            }
        }
    }

    @Test func oneNearerToTheRootStandsBeforeOneFurtherFromIt() {
        var scene = ChainScene.enrolled()
        scene.grant("above", ChainScene.content("gt2", "620724", units: [RivalGovernmentTests.office]), by: "gs", as: "620000.gov")
        for state in states(scene) { #expect(state.governments[RivalGovernmentTests.county] == "620724.govoffice" && state.rivalGovernments.isEmpty) }
    }

    @Test func ofTwoThatDoNotKnowOfEachOtherNeitherDoesAndBothAreNamed() {
        for tag in ["a", "b", "c", "d"] {
            var scene = ChainScene.enrolled()
            let other = rival(&scene, tag)
            for state in states(scene) {
                #expect(state.governments[RivalGovernmentTests.county] == nil, "\(tag)")
                #expect(state.rivalGovernments[RivalGovernmentTests.county] == [other.hash, scene.adopted[ChainScene.node("gt")] ?? .zero])
                // It halts what only a government does; the units themselves are written as before.
                #expect(state.contested.isEmpty && state.faults.isEmpty)
                let work = scene.changeset("gt", .work("620724", nil))
                #expect(scene.reason(state, "gt", "620724.gov", in: work) == nil)
            }
        }
    }

    @Test func aRegionWithoutAGovernmentIssuesNothingAndCutsNobody() {
        var scene = ChainScene()
        scene.grant("zy", ChainScene.content("zy", "620700", depth: 4), by: "gs", as: "620000.gov")
        let units: [CredentialContent.WrittenUnit] = [.init("620700.govoffice", "620700", isGovernment: true)]
        scene.grant("zy2", ChainScene.content("zy2", "620700", units: units, depth: 4), by: "gs", as: "620000.gov", epoch: "restored")
        let below = scene.grant("gt", ChainScene.content("gt", "620724"), by: "zy", as: "620700.gov")
        #expect(scene.state().faults[below] == .issuerNotGovernment)
        // The root keys settle what the root node left: two of three.
        let heads = scene.grants.compactMap(\.issue.changeset)
        for (agreeing, government) in [(["root-1"], nil), (["root-1", "root-2"], "620700.gov")] as [([String], UnitID?)] {
            var settling = scene
            settling.grant(
                "settled", ChainScene.content("zy", "620700", depth: 4, lineage: .takesOver, heads: heads, agreeing: agreeing), by: "gs", as: "620000.gov",
                adopting: false)
            let state = settling.state()
            #expect(state.governments["620700"] == government && state.rivalGovernments.isEmpty == (government != nil))
            #expect((state.faults[below] == nil) == (government != nil))
        }
    }

    @Test func whoStandsAboveTheIssuerNamesTheGovernment() {
        var scene = ChainScene.enrolled()
        _ = rival(&scene)
        let head = scene.changeset("gt", .work("620724", nil))
        scene.grant(
            "settled", ChainScene.content("gt", "620724", lineage: .takesOver, heads: [head]), by: "gs", as: "620000.gov", adopting: false)
        for state in states(scene) { #expect(state.governments[RivalGovernmentTests.county] == "620724.gov" && state.rivalGovernments.isEmpty) }
    }
}
