import Testing
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel

/// Random histories over every rule: laws that need no second model.
@Suite struct RandomTests {
    static let units = [
        U.county, U.countyLine, U.countyLine2, U.countyHelp, U.countyStats, U.countyOther, U.city, U.cityLine, U.cityHelp, U.province, U.provinceLine,
        U.stranger,
    ]
    static let events = ["open", "urge", "start", "resolve", "verify", "close", "reopen"]

    /// A history of `count` operations; authors hold anything from nothing to everything.
    static func scene(_ seed: UInt64, count: Int) -> Scene {
        var random = SmallRandom(seed: seed)
        let modes = (0..<3).map { _ in random.pick(ResponsibilityMode.allCases) }
        var scene = Scene(modes[0], modes[1], modes[2])
        if random.chance(20) { scene.governing.statistics = [U.countyStats, U.cityStats] }
        if random.chance(10) { scene.governing.isVertical = true }
        if random.chance(50) { scene.governing.reporters = [] }
        if random.chance(30) { scene.governing.issuers = [U.county, U.countyLine] }
        var names: [String] = []
        let fields = [F.text, F.remark, F.floor, F.holder, F.status, F.files, F.value, F.value, F.value, F.value]
        let favourite = random.pick(fields)
        for index in 0..<count {
            let name = "o\(index)"
            let seen = random.chance(50) ? names : names.filter { _ in random.chance(50) }
            let unit = random.chance(60) ? random.pick(Array(units.prefix(5))) : random.pick(units)
            let field = random.chance(60) ? favourite : random.pick(fields)
            let judging = !seen.isEmpty && random.chance(25)
            let named = judging ? (0..<random.below(3) + 1).map { _ in random.pick(names) } : []
            scene.tell(
                name, unit, [(field, value(of: field, &random))], seen: seen, names: Array(Set(named)).sorted(),
                ground: random.chance(judging ? 90 : 5) ? "会商" : nil, evidence: random.chance(70) ? "单" : nil, newFact: random.chance(10) ? "新" : nil,
                void: random.chance(5) ? .credentialCut : nil)
            names.append(name)
        }
        return scene
    }

    private static func value(of field: FieldNumber, _ random: inout SmallRandom) -> Value? {
        if random.chance(12) { return nil }
        switch field {
        case F.floor, F.value: return .decimal(ExactDecimal(Int64(random.below(3))))
        case F.holder: return .text(random.pick(Array(units.prefix(6))).text)
        case F.status: return .text(random.pick(events))
        default: return .text(random.pick(["甲", "乙"]))
        }
    }

    @Test func everyOrderOfUpToFiveOperationsGivesOneAnswer() {
        var reached: Set<DecidingRule> = []
        for seed in 1...150 as ClosedRange<UInt64> {
            let settled = RandomTests.scene(seed, count: 5).settled()
            for outcome in settled.settlement.fields.values { reached.insert(outcome.rule) }
        }
        #expect(reached.isSuperset(of: [.sole, .strictest, .agreement, .mode, .workflow, .set, .none]))
    }

    @Test func longHistoriesAreOrderFreeAndLoseNothing() {
        var random = SmallRandom(seed: 7)
        var reached: [DecidingRule: Int] = [:]
        var verdicts: Set<String> = []
        for seed in 1...400 as ClosedRange<UInt64> {
            let scene = RandomTests.scene(seed, count: 12 + random.below(30))
            let operations = scene.operations
            let settlement = settle(operations, record: scene.record, table: scene.table, governance: scene.versions)
            let shuffled = (operations + operations.filter { _ in random.chance(30) }).shuffled(using: &random)
            #expect(settle(shuffled, record: scene.record, table: scene.table, governance: scene.versions) == settlement, "seed \(seed)")
            for operation in operations {
                let found = settlement.verdicts[operation.id] ?? [:]
                #expect(found.count == operation.operation.fields.count, "seed \(seed)")
                for verdict in found.values { verdicts.insert(String("\(verdict)".prefix { $0 != "(" })) }
            }
            for outcome in settlement.fields.values {
                reached[outcome.rule, default: 0] += 1
                #expect((outcome.value == nil) == (outcome.blank != nil), "seed \(seed)")
            }
        }
        for rule in [DecidingRule.sole, .strictest, .agreement, .mode, .decision, .lastAgreed, .statistics, .workflow, .set, .none] {
            #expect(reached[rule, default: 0] > 0, "\(rule)")
        }
        #expect(
            verdicts.isSuperset(of: [
                "stands", "overruled", "disputed", "incomplete", "objection", "replaced", "withdrawn", "forked", "void", "passed", "decides",
            ]))
    }

    @Test func takingOutWhatHasNoAuthorityChangesNoValue() {
        for seed in 1...300 as ClosedRange<UInt64> {
            let scene = RandomTests.scene(seed, count: 20)
            let all = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
            // Void operations keep their place; what they said must not matter.
            let silenced = scene.operations.map { judged in
                let isVoid = (all.verdicts[judged.id] ?? [:]).allSatisfy { number, verdict in
                    if case .void = verdict { true } else { number.isAccompanying }
                }
                return isVoid ? JudgedOperation(judged.id, judged.operation, voidReason: .unitNotGranted) : judged
            }
            let rest = settle(silenced, record: scene.record, table: scene.table, governance: scene.versions)
            for (number, outcome) in all.fields {
                #expect(rest.fields[number] == outcome, "seed \(seed) field \(number.wire)")
            }
        }
    }

    @Test func aClaimThatLosesNeverChangesWhoWinsAmongTheOthers() {
        var tried = 0
        for seed in 1...600 as ClosedRange<UInt64> {
            let scene = RandomTests.scene(seed, count: 10)
            let all = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
            for (id, verdicts) in all.verdicts {
                guard let verdict = verdicts[F.value] else { continue }
                switch verdict {
                case .overruled, .objection: break
                default: continue
                }
                guard let judged = scene.operations.first(where: { $0.id == id }), judged.operation.names.isEmpty,
                    let outcome = all.fields[F.value], outcome.rule != .decision, outcome.blank != .noReport
                else { continue }
                // Its own earlier word would come back; only first words are taken out.
                let hasEarlier = scene.operations.contains { $0.id != id && $0.operation.unit == judged.operation.unit && !($0.operation.fields.isEmpty) }
                // A report is what a determination stands beside; a decision rests on the claims that it names.
                guard !hasEarlier, !scene.governing.reporters.contains(judged.operation.unit),
                    !scene.operations.contains(where: { $0.operation.names.contains(id) })
                else { continue }
                tried += 1
                let without = whatIf(.without(id), scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
                #expect(without.fields[F.value]?.value == outcome.value, "seed \(seed)")
                #expect(without.fields[F.value]?.blank == outcome.blank, "seed \(seed)")
            }
        }
        #expect(tried > 50)
    }

    @Test func clocksAndDatesDecideNothing() {
        for seed in 1...100 as ClosedRange<UInt64> {
            let scene = RandomTests.scene(seed, count: 15)
            let plain = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
            var random = SmallRandom(seed: seed)
            let shifted = scene.operations.map { judged in
                var operation = judged.operation
                operation.written = Written(milliseconds: Int64(bitPattern: random.next()))
                return JudgedOperation(judged.id, operation, voidReason: judged.voidReason)
            }
            #expect(settle(shifted, record: scene.record, table: scene.table, governance: scene.versions) == plain)
        }
    }

    @Test func theFastPathEqualsSettle() {
        var taken = 0
        var declined = 0
        for seed in 1...800 as ClosedRange<UInt64> {
            var random = SmallRandom(seed: seed)
            var scene = RandomTests.scene(seed, count: 0)
            let unit = random.pick(Array(RandomTests.units.prefix(4)))
            var chain: RecordChain?
            var overlay = Settlement()
            for index in 0..<8 {
                let fields = [F.text, F.remark, F.floor, F.value, F.holder].filter { _ in random.chance(35) }
                let spoken = (random.chance(4) ? [F.files] : []) + fields
                let author = random.chance(3) ? random.pick(RandomTests.units) : unit
                scene.tell(
                    "o\(index)", author, spoken.map { ($0, RandomTests.value(of: $0, &random)) }, seen: index == 0 ? [] : ["o\(index - 1)"],
                    evidence: random.chance(20) ? "单" : nil)
                guard let next = scene.operations.last else { return }
                let settled = settle(scene.operations, record: scene.record, table: scene.table, governance: scene.versions)
                if isFastPathEligible(next, after: chain, record: scene.record, table: scene.table, governance: scene.versions) {
                    taken += 1
                    overlay = overlay.overlaid(with: next, table: scene.table)
                    #expect(overlay == settled, "seed \(seed) operation \(index)")
                } else {
                    declined += 1
                    overlay = settled
                }
                if author != unit { break }
                chain = RecordChain(unit: author, head: next.id)
            }
        }
        #expect(taken > 500)
        #expect(declined > 100)
    }

    @Test func theFastPathDeclinesWhatItDoesNotCover() {
        var scene = Scene()
        scene.figure("first", U.countyLine, 1)
        scene.figure("fine", U.countyLine, 2)
        scene.figure("blind", U.countyLine, 2, seen: [])
        scene.figure("other", U.county, 2, seen: ["first"])
        scene.figure("names", U.countyLine, 2, seen: ["first"], names: ["first"], ground: "会商")
        scene.figure("void", U.countyLine, 2, seen: ["first"], void: .credentialCut)
        scene.figure("type", U.countyLine, "二", seen: ["first"])
        scene.tell("note", U.countyLine, [], seen: ["first"], evidence: "单")
        scene.tell("twice", U.countyLine, [(F.value, 1), (F.value, 2)], seen: ["first"])
        scene.tell("text", U.countyLine, [(F.text, "甲")], seen: ["first"])
        scene.tell("unknown", U.countyLine, [(FieldNumber(wire: 4_000), 1)], seen: ["first"])
        scene.event("event", U.countyLine, "open", seen: ["first"])
        scene.figure("stranger", U.stranger, 1, seen: ["first"])
        scene.figure("noSeat", U.countyOther, 1, seen: ["first"])
        scene.figure("above", U.cityLine, 1, seen: ["first"])
        let chain = RecordChain(unit: U.countyLine, head: scene.id("first"))
        let operations = scene.operations
        let eligible = operations.filter { judged in
            let mine = RecordChain(unit: judged.operation.unit, head: scene.id("first"))
            let after = ["other"].contains(scene.name(of: judged.id)) ? chain : mine
            return isFastPathEligible(judged, after: after, record: scene.record, table: scene.table, governance: scene.versions)
        }
        #expect(eligible.map { scene.name(of: $0.id) } == ["fine"])
        #expect(isFastPathEligible(operations[0], after: nil, record: scene.record, table: scene.table, governance: scene.versions))
    }

    @Test(.timeLimit(.minutes(3))) func tenThousandOperationsOfOneRecordSettleInSeconds() {
        var scene = Scene()
        var operations: [JudgedOperation] = []
        var heads: [OperationID] = []
        for index in 0..<10_000 {
            let unit = [U.countyLine, U.county, U.cityLine][index % 3]
            let operation = Operation(
                record: scene.record, unit: unit, person: "clerk", written: Written(milliseconds: 0),
                origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(index)), seen: heads,
                fields: [.init(F.value, .decimal(ExactDecimal(Int64(index / 3 % 7))))])
            let id = scene.id("o\(index)")
            operations.append(JudgedOperation(id, operation))
            heads = index % 50 == 49 ? heads : [id]
        }
        scene.governing.reporters = []
        let clock = ContinuousClock()
        let duration = clock.measure {
            let settlement = settle(operations, record: scene.record, table: scene.table, governance: scene.versions)
            #expect(settlement.fields[F.value]?.value != nil)
        }
        print("10,000 operations of one record: \(duration)")
    }
}
