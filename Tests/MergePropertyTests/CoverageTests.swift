import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// What the generated worlds reach, counted: a case at zero would be a law that was never tried.
@Suite struct CoverageTests {
    @Test func theWorldsReachEveryCase() {
        var coverage = Coverage()
        for index in 0..<max(1_500, WorldRuns.worlds / 2) {
            coverage.count(WorldGenerator.world(seed: WorldRuns.firstSeed + UInt64(index), operations: index.isMultiple(of: 5) ? 25...40 : 2...24))
        }
        print(coverage.description)
        #expect(coverage.counts.count == Coverage.cases.count)
        #expect(coverage.counts.filter { $0.value == 0 }.map(\.key).sorted() == [])
    }
}

extension World {
    /// Whether the operation takes back another unit's decision, with effect.
    fileprivate func isEnding(_ judged: JudgedOperation, of named: OperationID, in settlement: Settlement) -> Bool {
        guard let decision = operations.first(where: { $0.id == named }), decision.operation.unit != judged.operation.unit else { return false }
        return judged.operation.fields.contains { field in
            let isVoid = if case .void = settlement.verdicts[judged.id]?[field.number] { true } else { false }
            let rule = WorldTable.kind.field(field.number)?.rule
            return field.value == nil && !isVoid && (rule == .authority || rule == .holder)
        }
    }
}

struct Coverage: CustomStringConvertible {
    private(set) var counts: [String: Int] = Dictionary(uniqueKeysWithValues: Coverage.cases.map { ($0, 0) })

    /// Found where the record's key is read; what under `sole` is an objection or `notOnPath` instead; of choices, which no field
    /// of the world has; and of forms and the matrix, which are found when policy is read.
    static let notFromSettling: [VoidReason] =
        [.malformedKey, .notIssuer, .notReporter, .notAChoice, .matrixMalformed, .matrixContradictsItself]
        + KindFault.Code.allCases.compactMap { VoidReason(rawValue: $0.rawValue) }
    /// `inert` is the path's word, not a record's.
    static let verdicts = [
        "stands", "overruled", "disputed", "objection", "replaced", "withdrawn", "forked", "pending", "void", "passed", "decides", "incomplete",
    ]

    static var cases: [String] {
        WorldTable.own.map { "rule \($0.name)" }
            + ResponsibilityMode.allCases.flatMap { mode in (0..<4).map { "mode \(mode) at tier \($0)" } }
            + VoidReason.allCases.filter { !notFromSettling.contains($0) }.map { "void \($0)" }
            + verdicts.map { "verdict \($0)" }
            + WorldTable.workflow.states.map { "state \($0)" }
            + [
                "deciding sole", "deciding strictest", "deciding agreement", "deciding mode", "deciding decision", "deciding lastAgreed",
                "deciding statistics", "deciding workflow", "deciding set",
                "blank noClaim", "blank undecided", "blank forked", "blank incompleteJointIssue", "blank noReport",
                "dispute parallel", "dispute conflicting", "dispute vertical", "dispute inTier", "dispute reopened", "dispute prevailing",
                "dispute undecided", "flag superseded", "flag self-fork", "decision valid", "decision void", "withdrawal of a claim",
                "withdrawal of a decision", "matrix change that changes a value", "two fields in one operation", "superseded version cited", "act raised to a newer version",
                "a set's removal", "an accompanying field", "an acceptance", "a decision ended by a higher government",
                "a decision replaced by a higher one", "a decision in dispute with a unit above", "a decision overruled by a unit above",
            ]
    }

    private mutating func reach(_ name: String) { counts[name, default: 0] += 1 }

    mutating func count(_ world: World) {
        let before = world.settled()
        let after = world.settled(under: world.changed)
        count(before, world, world.governance)
        count(after, world, world.changed)
        for (number, outcome) in before.fields where after.fields[number]?.value != outcome.value { reach("matrix change that changes a value") }
        let held = Array(world.operations.dropFirst())
        count(world.settled(held), world.with(held), world.governance)
        for judged in world.operations { count(judged, before.verdicts[judged.id] ?? [:], world) }
        countDecisions(before, world)
        for judged in world.operations where judged.operation.names.contains(where: { world.isEnding(judged, of: $0, in: before) }) {
            reach("a decision ended by a higher government")
        }
    }

    /// What became of decisions by what others said.
    private mutating func countDecisions(_ settlement: Settlement, _ world: World) {
        let byID = Dictionary(world.operations.map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        for judged in world.operations where !judged.operation.names.isEmpty {
            for field in [WorldTable.figure, WorldTable.category, WorldTable.leader] {
                guard let value = judged.operation.value(of: field.number), value != nil else { continue }
                switch settlement.verdicts[judged.id]?[field.number] {
                case .disputed: reach("a decision in dispute with a unit above")
                case .overruled(let other) where byID[other]?.names.isEmpty == true: reach("a decision overruled by a unit above")
                case .replaced(let other) where byID[other]?.unit != judged.operation.unit && byID[other]?.value(of: field.number) != .some(nil):
                    reach("a decision replaced by a higher one")
                default: continue
                }
            }
        }
    }

    private mutating func count(_ judged: JudgedOperation, _ verdicts: [FieldNumber: Verdict], _ world: World) {
        let own = judged.operation.fields.filter { !$0.number.isAccompanying }
        if own.count == 2 { reach("two fields in one operation") }
        if own.count < judged.operation.fields.count { reach("an accompanying field") }
        if judged.operation.under == world.cast.versions[0] { reach("superseded version cited") }
        if world.governance.raised[judged.id] != nil { reach("act raised to a newer version") }
        for field in own {
            guard let rule = WorldTable.kind.field(field.number)?.rule, let verdict = verdicts[field.number] else { continue }
            let isVoid = if case .void = verdict { true } else { false }
            switch rule {
            case .authority, .holder:
                if field.value != nil, !judged.operation.names.isEmpty { reach(isVoid ? "decision void" : "decision valid") }
                if rule == .holder, field.value == .text(judged.operation.unit.text), !isVoid, !world.isAdmitted(judged.operation.unit) {
                    reach("an acceptance")
                }
                if field.value == nil, !isVoid { reach(judged.operation.names.isEmpty ? "withdrawal of a claim" : "withdrawal of a decision") }
            case .set: if field.value == nil, !isVoid { reach("a set's removal") }
            default: break
            }
        }
    }

    private mutating func count(_ settlement: Settlement, _ world: World, _ governance: GoverningVersions) {
        for verdict in settlement.verdicts.values.flatMap(\.values) {
            reach("verdict \(name(verdict))")
            if case .void(let reason) = verdict { reach("void \(reason)") }
        }
        for flag in settlement.flags.values.flatMap(\.self) {
            switch flag {
            case .supersededVersion: reach("flag superseded")
            case .selfFork: reach("flag self-fork")
            }
        }
        for (number, outcome) in settlement.fields {
            guard let spec = WorldTable.kind.field(number), !number.isAccompanying else { continue }
            if outcome.value != nil || !outcome.members.isEmpty { reach("rule \(spec.name)") }
            if outcome.rule != .none { reach("deciding \(outcome.rule)") }
            if let blank = outcome.blank { reach("blank \(name(blank))") }
            if let dispute = outcome.dispute { count(dispute) }
            if spec.rule == .workflow, let state = outcome.value?.text { reach("state \(state)") }
            guard spec.rule == .authority || spec.rule == .holder else { continue }
            for tier in Set(outcome.standing.compactMap { governance.governing.tierOfUnit[$0.unit] }) {
                reach("mode \(governance.governing.tiers[tier].mode) at tier \(tier)")
            }
        }
    }

    private mutating func count(_ dispute: Dispute) {
        reach("dispute \(dispute.knowledge)")
        reach("dispute \(dispute.axis)")
        reach(dispute.prevailing.isEmpty ? "dispute undecided" : "dispute prevailing")
        if dispute.isReopened { reach("dispute reopened") }
    }

    private func name(_ blank: Blank) -> String { String("\(blank)".prefix { $0 != "(" }) }
    private func name(_ verdict: Verdict) -> String { String("\(verdict)".prefix { $0 != "(" }) }

    var description: String {
        Coverage.cases.map { name in
            let count = String(counts[name] ?? 0)
            return String(repeating: " ", count: max(0, 8 - count.count)) + count + "  " + name
        }.joined(separator: "\n")
    }
}
