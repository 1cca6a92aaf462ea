import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Bad input at its size: whoever may write at all can write a great deal. Each word gets its verdict, what stands is not moved by
/// those who have no say, and nothing grows with the square of what was said.
@Suite(.timeLimit(.minutes(5))) struct CrowdTests {
    private static let count = 10_000

    /// Operations told by number; `Scene` tells by name, and looks each name up.
    private struct Tale {
        let scene: Scene
        private(set) var operations: [JudgedOperation] = []

        init(_ scene: Scene) { self.scene = scene }

        var last: [OperationID] { operations.last.map { [$0.id] } ?? [] }

        mutating func tell(_ unit: UnitID, _ fields: [(FieldNumber, Value?)], seen: [OperationID] = [], names: [OperationID] = []) {
            let number = operations.count
            let operation = Operation(
                record: scene.record, unit: unit, person: "clerk", written: Written(milliseconds: 0),
                origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(number)), seen: seen.sorted(), names: names.sorted(),
                fields: fields.map { Operation.Field($0.0, $0.1) })
            operations.append(JudgedOperation(scene.id("o\(number)"), operation))
        }

        func settled() -> Settlement { settle(operations, record: scene.record, table: scene.table, governance: scene.versions) }
    }

    private let crowd = (0..<CrowdTests.count).map { UnitID(unchecked: "620724.office\($0)") }

    /// A scene in which every unit of the crowd leads.
    private func seated() -> Scene {
        var scene = Scene()
        scene.governing.tiers[0].lineUnits = Set(crowd)
        for unit in crowd { scene.governing.tierOfUnit[unit] = 0 }
        scene.governing.reporters = Set(crowd)
        return scene
    }

    private func verdicts(_ settlement: Settlement, _ field: FieldNumber = F.value) -> [Verdict: Int] {
        settlement.verdicts.values.compactMap { $0[field] }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test func tenThousandUnitsThatHaveNotSeenEachOtherAreOneDispute() {
        var tale = Tale(seated())
        for (index, unit) in crowd.enumerated() { tale.tell(unit, [(F.value, .decimal(ExactDecimal(Int64(index % 5_000))))]) }
        let settlement = tale.settled()
        let outcome = settlement.fields[F.value]
        #expect(outcome?.blank == .undecided)
        #expect(outcome?.dispute?.claims.count == crowd.count)
        #expect(outcome?.dispute?.knowledge == .parallel)
        #expect(outcome?.dispute?.deciders == [U.county, U.city, U.province])
        #expect(verdicts(settlement) == [.disputed: crowd.count])
    }

    @Test func tenThousandUnitsOneAfterAnotherLeaveTheValueThatTheyLastAgreedOn() {
        var tale = Tale(seated())
        for (index, unit) in crowd.enumerated() {
            tale.tell(unit, [(F.value, .decimal(ExactDecimal(index + 1 == crowd.count ? 8 : 7)))], seen: tale.last)
        }
        let settlement = tale.settled()
        let outcome = settlement.fields[F.value]
        #expect(outcome?.value == 7)
        #expect(outcome?.rule == .lastAgreed)
        #expect(outcome?.sources.count == crowd.count - 1)
        #expect(outcome?.dispute?.knowledge == .conflicting)
        #expect(settlement.heads == tale.last)
    }

    @Test func tenThousandUnitsWithoutASayMoveNothing() {
        var scene = Scene(.lineFirst)
        for unit in crowd.prefix(5_000) { scene.governing.tierOfUnit[unit] = 0 }
        var tale = Tale(scene)
        tale.tell(U.countyLine, [(F.value, 14)])
        let own = tale.last
        for unit in crowd { tale.tell(unit, [(F.value, 1), (F.text, "改写")], seen: own) }
        let settlement = tale.settled()
        #expect(settlement.fields[F.value]?.value == 14)
        #expect(settlement.fields[F.value]?.dispute == nil)
        #expect(verdicts(settlement) == [.stands: 1, .void(.notAdmitted): 5_000, .void(.notOnPath): 5_000])
        #expect(verdicts(settlement, F.text) == [.objection: 5_000, .void(.notOnPath): 5_000])
        #expect(settlement.fields[F.text]?.blank == .noClaim)
    }

    @Test func aUnitThatWroteTenThousandThingsAtOnceChoosesWithOneWord() {
        var tale = Tale(Scene())
        for index in 0..<CrowdTests.count { tale.tell(U.countyLine, [(F.value, .decimal(ExactDecimal(Int64(index))))]) }
        let forked = tale.settled()
        #expect(forked.fields[F.value]?.blank == .forked(U.countyLine))
        #expect(verdicts(forked) == [.forked: CrowdTests.count])
        // 64 heads at a time: what an operation can name. In the end one word has seen them all.
        var open = tale.operations.map(\.id)
        while open.count > 1 {
            var next: [OperationID] = []
            for start in stride(from: 0, to: open.count, by: Operation.maximumSeen) {
                tale.tell(U.countyLine, [(F.value, 5)], seen: Array(open[start..<min(start + Operation.maximumSeen, open.count)]))
                next += tale.last
            }
            open = next
        }
        let chosen = tale.settled()
        #expect(chosen.fields[F.value]?.value == 5)
        #expect(chosen.fields[F.value]?.sources == tale.last)
        #expect(verdicts(chosen)[.stands] == 1)
    }

    @Test func decisionsOfAGovernmentThatIsNoSuperiorAreVoidHoweverMany() {
        var tale = Tale(Scene())
        tale.tell(U.cityLine, [(F.value, 1)])
        tale.tell(U.countyLine, [(F.value, 2)])
        let named = tale.operations.map(\.id)
        for index in 0..<CrowdTests.count {
            // Another prefecture's county is not on the path; the county can't decide over a claim of the city.
            tale.tell(index % 2 == 0 ? U.stranger : U.county, [(F.value, 3), (.ground, "会议纪要")], seen: named, names: named)
        }
        let settlement = tale.settled()
        #expect(verdicts(settlement) == [.disputed: 2, .void(.notOnPath): 5_000, .void(.notDecider): 5_000])
        #expect(settlement.fields[F.value]?.blank == .undecided)
    }

    @Test func tenThousandDecisionsInARowAreOneInForce() {
        var tale = Tale(Scene())
        tale.tell(U.county, [(F.value, 1)])
        tale.tell(U.countyLine, [(F.value, 2)])
        let named = tale.operations.map(\.id)
        var seen = named
        for index in 0..<CrowdTests.count {
            tale.tell(U.city, [(F.value, .decimal(ExactDecimal(Int64(index)))), (.ground, "会议纪要")], seen: seen, names: named)
            seen = tale.last
        }
        let settlement = tale.settled()
        #expect(settlement.fields[F.value]?.value == .decimal(ExactDecimal(Int64(CrowdTests.count - 1))))
        #expect(settlement.fields[F.value]?.rule == .decision)
        #expect(verdicts(settlement)[.decides] == 1)
    }

    @Test func eventsThatTheStateDoesNotAllowLeaveItWhereItIs() {
        var tale = Tale(Scene())
        tale.tell(U.countyLine, [(F.status, "open")])
        let opened = tale.last
        for index in 0..<CrowdTests.count {
            // Verified before it was resolved; opened again; a word that is no event.
            tale.tell(U.countyLine, [(F.status, .text(["verify", "open", "vanish"][index % 3]))], seen: opened)
        }
        let settlement = tale.settled()
        #expect(settlement.fields[F.status]?.value == "open")
        #expect(verdicts(settlement, F.status) == [.stands: 1, .void(.eventNotAllowed): CrowdTests.count])
        #expect(settlement.fields[F.status]?.dispute == nil)
    }

    @Test func aCircleOfTenThousandWaitsAndHoldsUpNobodyElse() {
        let scene = Scene()
        var tale = Tale(scene)
        for index in 0..<CrowdTests.count {
            tale.tell(U.countyLine, [(F.value, 1)], seen: [scene.id("o\((index + 1) % CrowdTests.count)")])
        }
        tale.tell(U.countyLine, [(F.value, 14)])
        let settlement = tale.settled()
        #expect(settlement.fields[F.value]?.value == 14)
        #expect(settlement.heads == tale.last)
        #expect(settlement.verdicts.values.filter { if case .pending = $0[F.value] { true } else { false } }.count == CrowdTests.count)
    }

    @Test func aHistoryLongerThanAnyRecordsIsOneChain() {
        // Beyond the number up to which the graph is kept as bits.
        var tale = Tale(Scene())
        let length = 20_000
        for index in 0..<length { tale.tell(U.countyLine, [(F.value, .decimal(ExactDecimal(Int64(index))))], seen: tale.last) }
        let settlement = tale.settled()
        #expect(settlement.fields[F.value]?.value == .decimal(ExactDecimal(Int64(length - 1))))
        #expect(settlement.fields[F.value]?.dispute == nil)
        #expect(settlement.verdicts[tale.operations[0].id]?[F.value] == .replaced(by: tale.operations[1].id))
    }

    @Test func twoMachinesThatNeverMetAreToldApartOverTwentyThousandWords() {
        var tale = Tale(Scene())
        for index in 0..<20_000 {
            tale.tell(U.countyLine, [(F.value, .decimal(ExactDecimal(Int64(index))))], seen: index < 2 ? [] : [tale.operations[index - 2].id])
        }
        let forked = tale.settled()
        #expect(forked.fields[F.value]?.blank == .forked(U.countyLine))
        #expect(verdicts(forked)[.forked] == 2)
        tale.tell(U.countyLine, [(F.value, 3)], seen: tale.operations.suffix(2).map(\.id))
        #expect(tale.settled().fields[F.value]?.value == 3)
    }
}
