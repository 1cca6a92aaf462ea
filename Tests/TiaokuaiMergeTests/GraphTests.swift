import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// What is in a record's graph, what waits, and what is void from the operation alone.
@Suite struct GraphTests {
    @Test("C27") func whatNamesAMissingOperationWaitsByName() {
        var scene = Scene()
        scene.figure("drc", U.countyLine, 1)
        scene.figure("lost", U.countyLine, 2)
        scene.figure("after", U.countyLine, 3)
        scene.figure("afterThat", U.countyLine, 4, seen: ["after"])
        let held = scene.operations.filter { $0.id != scene.id("lost") }
        let settlement = settle(held, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(settlement.fields[F.value]?.value == 1)
        #expect(settlement.verdicts[scene.id("after")]?[F.value] == .pending([scene.id("lost")]))
        #expect(settlement.verdicts[scene.id("afterThat")]?[F.value] == .pending([scene.id("after")]))
        #expect(settlement.heads == [scene.id("drc")])
        #expect(scene.settled()[F.value].value == 4)
    }

    @Test func aCircleWaitsForEver() {
        var scene = Scene()
        scene.figure("self", U.countyLine, 1, seen: ["self"])
        scene.figure("a", U.countyLine, 2, seen: ["b"])
        scene.figure("b", U.countyLine, 3, seen: ["a"])
        let settled = scene.settled()
        #expect(settled[F.value].blank == .noClaim)
        #expect(settled.verdict("self") == .pending([scene.id("self")]))
        #expect(settled.settlement.heads.isEmpty)
    }

    @Test func everyOperationIsFoundWithItsVerdict() {
        var scene = Scene()
        scene.tell("empty", U.countyLine, [])
        scene.tell("noteOnly", U.countyLine, [], evidence: "只有佐证")
        scene.tell("unknown", U.countyLine, [(FieldNumber(wire: 4_000), 1)])
        scene.tell("elsewhere", U.countyLine, [(F.value, 1)], of: RecordID(scene.id("x").hash))
        scene.tell("long", U.countyLine, [(F.text, .text(String(repeating: "a", count: Value.maximumBytes + 1)))])
        scene.tell("withNote", U.countyLine, [(F.value, 1)], evidence: "附后")
        let settled = scene.settled()
        #expect(settled.verdict("empty", FieldNumber(wire: 0)) == .void(.emptyOperation))
        #expect(settled.verdict("noteOnly", .evidence) == .void(.emptyOperation))
        #expect(settled.verdict("unknown", FieldNumber(wire: 4_000)) == .void(.unknownField))
        #expect(settled.verdict("elsewhere") == .void(.malformedKey))
        #expect(settled.verdict("long", F.text) == .void(.overQuota))
        #expect(settled.verdict("withNote", .evidence) == .passed)
        #expect(settled[F.text].blank == .noClaim)
        #expect(settled.settlement.fields[.evidence] == nil)
        #expect(settled.settlement.verdicts.count == 6)
    }

    @Test func quotasCountByPositionInTheAuthorsOwnLists() {
        var scene = Scene()
        let table = KindTable(
            "wide", "宽", .work, key: [], issuer: .government,
            fields: (16..<100).map { FieldSpec("f\($0)", $0, .internal, .authority, .decimal, "栏") })
        scene.table = table
        scene.tell("wide", U.countyLine, table.fields.filter { !$0.number.isAccompanying }.map { ($0.number, 1) })
        let verdicts = scene.settled().settlement.verdicts[scene.id("wide")] ?? [:]
        #expect(verdicts.values.filter { $0 == .stands }.count == Operation.maximumFields)
        #expect(verdicts.values.filter { $0 == .void(.overQuota) }.count == 84 - Operation.maximumFields)
    }

    @Test func nestedAndLongListsAreBounded() {
        var scene = Scene()
        scene.table = KindTable(
            "lists", "列", .work, key: [], issuer: .government,
            fields: [
                FieldSpec("list", 16, .internal, .soleIssuer, .list, "列"), FieldSpec("bytes", 17, .internal, .soleIssuer, .bytes, "字节"),
                FieldSpec("flag", 18, .internal, .set, .boolean, "是否"), FieldSpec("names", 19, .internal, .set, .list, "名"),
                FieldSpec("days", 20, .internal, .set, .day, "日"), FieldSpec("raw", 21, .internal, .set, .bytes, "原"),
                FieldSpec("numbers", 22, .internal, .set, .decimal, "数"),
            ])
        let field = { (index: UInt32) in FieldNumber(index: index, class: .internal) }
        scene.tell("deep", U.county, [(field(16), [[[["x"]]]])])
        scene.tell("many", U.county, [(field(16), .list(Array(repeating: 1, count: Value.maximumListCount + 1)))])
        scene.tell("big", U.county, [(field(17), .bytes(Array(repeating: 0, count: Value.maximumBytes + 1)))])
        scene.tell(
            "fine", U.county,
            [
                (field(16), [["甲", 1]]), (field(17), .bytes([1])), (field(18), true), (field(19), ["b", "a"]), (field(20), .day(Day(number: 3))),
                (field(21), .bytes([2])), (field(22), dec("-1.5")),
            ])
        scene.tell("more", U.county, [(field(18), false), (field(19), ["a"]), (field(20), .day(Day(number: -3))), (field(22), dec("0.5"))])
        let settled = scene.settled()
        #expect(settled.verdict("deep", field(16)) == .void(.overQuota))
        #expect(settled.verdict("many", field(16)) == .void(.overQuota))
        #expect(settled.verdict("big", field(17)) == .void(.overQuota))
        #expect(settled[field(16)].value == [["甲", 1]])
        #expect(settled[field(18)].members.map(\.value) == [false, true])
        #expect(settled[field(20)].members.map(\.value) == [.day(Day(number: -3)), .day(Day(number: 3))])
        #expect(settled[field(22)].members.map(\.value) == [dec("-1.5"), dec("0.5")])
        #expect(settled[field(19)].members.count == 2)
    }

    @Test func copiesOfOneIdentityThatDifferStillGiveOneAnswer() {
        var scene = Scene()
        scene.figure("a", U.countyLine, 1)
        var other = Scene()
        other.figure("a", U.countyLine, 2)
        var void = Scene()
        void.figure("a", U.countyLine, 3, under: "m", void: .credentialCut)
        let copies = scene.operations + other.operations + void.operations
        let answers = Set(permutations(copies).map { settle($0, record: scene.record, table: scene.table, governance: scene.versions) })
        #expect(answers.count == 1)
        #expect(answers.first?.verdicts[scene.id("a")]?[F.value] == .void(.credentialCut))
    }

    @Test func anEmptyRecordAndAPathWithoutTiersAreNoTrap() {
        var scene = Scene()
        let empty = settle([], record: scene.record, table: scene.table, governance: scene.versions)
        #expect(empty == Settlement())
        scene.figure("drc", U.countyLine, 1)
        scene.event("open", U.countyLine, "open")
        scene.figure("decision", U.county, 1, names: ["drc"], ground: "会商")
        scene.governing.tiers = []
        scene.governing.issuers = []
        let settled = scene.settled()
        #expect(settled.verdict("drc") == .void(.notAdmitted))
        #expect(settled.verdict("open", F.status) == .void(.wrongRole))
        #expect(settled.verdict("decision") == .void(.unknownNames))
        scene.governing.tierOfUnit = [:]
        #expect(scene.settled().verdict("drc") == .void(.notOnPath))
    }

    @Test("C24") func parallelExclusiveGrantsOnOneRecordAreBothSuspended() {
        // What is exclusive is one record (enterprise, year); its units are equals there.
        var scene = Scene()
        scene.tell("hardship", U.countyLine, [(F.due, .day(Day(number: 1)))], seen: [])
        scene.tell("general", U.countyLine2, [(F.due, .day(Day(number: 2)))], seen: [])
        let settled = scene.settled()
        #expect(settled[F.due].blank == .undecided)
        #expect(settled[F.due].dispute?.knowledge == .parallel)
    }

    @Test("C14") func theLeadOfAnotherMeasureOnTheSameIndicatorCooperates() {
        // 成品粮 stands in two plans: the governing measure's lead is 发改局, that of the other, 商务局, counts as cooperating.
        var scene = Scene(.lineFirst)
        scene.governing.tiers[0].lineUnits = [U.countyLine]
        scene.governing.tiers[0].cooperating = [U.countyLine2]
        scene.figure("commerce", U.countyLine2, dec("15.6"), seen: [])
        scene.figure("drc", U.countyLine, dec("14.2"), seen: [])
        let settled = scene.settled()
        #expect(settled[F.value].value == dec("14.2"))
        #expect(settled.verdict("commerce") == .overruled(by: scene.id("drc")))
        #expect(settled[F.value].dispute?.deciders == [U.county, U.city, U.province])
    }

    @Test func whatLiesBeyondTheSeenQuotaIsNotWaitedFor() {
        var scene = Scene()
        let names = (0..<70).map { "o\($0)" }
        for name in names { scene.figure(name, U.countyLine, 1, seen: []) }
        scene.figure("joined", U.countyLine, 2)
        let beyond = scene.operations.last?.operation.seen.suffix(6) ?? []
        let held = scene.operations.filter { !beyond.contains($0.id) }
        let settlement = settle(held, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(settlement.fields[F.value]?.value == 2)
        // With all of them held, those six are still heads, and parallel to the joining claim.
        let all = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
        #expect(Set(all.heads) == Set(beyond + [scene.id("joined")]))
        #expect(all.fields[F.value]?.blank == .forked(U.countyLine))
    }
}
