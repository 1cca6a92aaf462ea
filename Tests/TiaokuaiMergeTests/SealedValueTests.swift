import Testing
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel

/// A value that one node alone can read is one opaque value for precedence.
@Suite struct SealedValueTests {
    /// Sealed values differ in every byte, also where what is in them does not.
    private func sealed(_ mark: UInt8) -> Value {
        .sealed(
            SealedValue(
                suite: .hpke, receiver: NodeID(sha256([1])), key: sha256([2]), binding: sha256([mark]), wrapped: [UInt8](repeating: mark, count: 32),
                ciphertext: [UInt8](repeating: mark, count: 272)))
    }

    @Test func itStandsAndIsReplacedLikeAnyOther() {
        var scene = Scene(.lineFirst)
        scene.tell("remark", U.countyLine, [(F.remark, sealed(1))])
        #expect(scene.settled()[F.remark].value == sealed(1))
        scene.tell("again", U.countyLine, [(F.remark, "公开说明")])
        let settled = scene.settled()
        #expect(settled[F.remark].value == "公开说明")
        #expect(settled.verdict("remark", F.remark) == .replaced(by: scene.id("again")))
        scene.tell("file", U.countyLine, [(F.files, sealed(3))])
        #expect(scene.settled()[F.files].members.map(\.value) == [sealed(3)])
    }

    @Test func byModeItPrevailsUnreadAndOfEqualsTwoNeverAgree() {
        var scene = Scene(.lineFirst)
        scene.figure("drc", U.countyLine, sealed(1))
        scene.figure("gov", U.county, 14)
        #expect(scene.settled()[F.value].value == sealed(1))
        var undecided = Scene()
        undecided.figure("drc", U.countyLine, sealed(1), seen: [])
        undecided.figure("gov", U.county, sealed(2), seen: [])
        let settled = undecided.settled()
        #expect(settled[F.value].dispute != nil && settled[F.value].value == nil)
    }

    @Test func whatIsComparedOrActedOnTakesNone() {
        var scene = Scene(.lineFirst)
        scene.tell("floor", U.county, [(F.floor, 10)])
        scene.tell("sealedFloor", U.county, [(F.floor, sealed(1))])
        scene.tell("text", U.county, [(F.text, sealed(2))])
        scene.tell("holder", U.countyLine, [(F.holder, sealed(3))])
        scene.tell("event", U.county, [(F.status, sealed(4))])
        let settled = scene.settled()
        #expect(settled[F.floor].value == 10, "what is void supersedes nothing")
        for (name, field) in [("sealedFloor", F.floor), ("text", F.text), ("holder", F.holder), ("event", F.status)] {
            #expect(settled.verdict(name, field) == .void(.notSealable), "\(name)")
        }
    }

    @Test func aStatisticIsForEverybody() {
        var scene = Scene(.lineFirst)
        scene.governing.statistics = [U.countyStats]
        scene.figure("drc", U.countyLine, sealed(1))
        scene.tell("remark", U.countyLine, [(F.remark, sealed(2))])
        let settled = scene.settled()
        #expect(settled.verdict("drc") == .void(.notSealable))
        #expect(settled.verdict("remark", F.remark) == .stands)
    }
}
