import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// Which cuts are in force, as Docs/Formats/Credential.md says: a government's, strictly above the subject's place, by a node nearer to
/// the root, in an operation that itself counts. Each reason by itself.
@Suite struct CutInForceTests {
    private func isCut(_ name: String, _ scene: ChainScene) -> Bool { scene.state().cuts[ChainScene.node(name)]?.isEmpty == false }

    @Test func theGovernmentAboveCuts() {
        for (issuer, unit) in [("gs", "620000.gov"), ("zy", "620700.gov")] as [(String, UnitID)] {
            var scene = ChainScene.enrolled()
            scene.cut("gt", by: issuer, as: unit, place: "620724")
            #expect(isCut("gt", scene))
        }
    }

    @Test func anotherOfficeOfTheSameNodeCutsNobody() {
        var scene = ChainScene()
        scene.grant("zy", ChainScene.content("zy", "620700", units: [ChainScene.government("620700"), .init("620700.ndrc", "620700")], depth: 4), by: "gs", as: "620000.gov")
        scene.grant("gt", ChainScene.content("gt", "620724"), by: "zy", as: "620700.gov")
        scene.cut("gt", by: "zy", as: "620700.ndrc", place: "620724")
        #expect(!isCut("gt", scene))
    }

    /// The county got its credential from the province itself, so the city stands no nearer to the root than it does.
    @Test func whoStandsNoNearerToTheRootCutsNobody() {
        var scene = ChainScene()
        scene.grant("zy", ChainScene.content("zy", "620700", depth: 4), by: "gs", as: "620000.gov")
        scene.grant("gt", ChainScene.content("gt", "620724"), by: "gs", as: "620000.gov")
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        #expect(!isCut("gt", scene))
    }

    @Test func aGovernmentElsewhereCutsNobody() {
        var scene = ChainScene.enrolled()
        scene.grant("jq", ChainScene.content("jq", "620900", depth: 4), by: "gs", as: "620000.gov")
        scene.cut("gt", by: "jq", as: "620900.gov", place: "620724")
        #expect(!isCut("gt", scene))
    }

    @Test func whoWasCutItselfCutsNobody() {
        var scene = ChainScene.enrolled()
        // The line lies behind the county's grant, so the county has its credential still.
        let granted = scene.grants.filter { $0.content.subject == ChainScene.node("gt") }.compactMap(\.issue.changeset)
        scene.cut("zy", at: granted, by: "gs", as: "620000.gov", place: "620700")
        scene.cut("gt", by: "zy", as: "620700.gov", place: "620724")
        #expect(scene.state().depth(of: ChainScene.node("gt")) == 2)
        #expect(isCut("zy", scene) && !isCut("gt", scene))
    }
}
