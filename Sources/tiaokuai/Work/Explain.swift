import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

/// Why a value is what it is, in one screen.
struct Explain: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("为什么是这个值:一屏说清。", "Why a value is what it is, in one screen."),
        discussion: example("tiaokuai explain 620724/grainReserveDays/2020-08 value", "tiaokuai explain 'target 620724/grainReserveDays/2020' floor --json"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段:英文名或中文名。", "The field, by either name."), valueName: "field")) var field: String

    func answer(_ context: CommandContext) throws -> Answer {
        let explanation = try context.office().explain(record, field: field)
        return Answer(explanation, ExplanationScreen(explanation).lines(runLanguage))
    }
}

extension ExplanationScreen {
    init(_ facts: FieldExplanation) {
        self.init(
            reference: facts.record.reference, field: Shown.field(facts.field, facts.title, of: facts.record.kind),
            value: facts.value.flatMap { Shown.value($0, facts.measure, field: facts.field, of: facts.record.kind) }, blank: Shown.blank(facts.blank), rule: facts.rule,
            fieldRule: facts.bound == nil ? facts.fieldRule : ExplanationScreen.direction(of: facts.field))
        mode = facts.mode ?? (facts.value == nil ? facts.steps.first?.mode : nil)
        let source = facts.source ?? (facts.value == nil ? facts.steps.first?.source : nil)
        modeSource = source.map { "\(Shown.document($0.document)),\($0.clause)" } ?? facts.decidingPlace?.name
        let names = Dictionary((facts.claims + facts.refused).map { ($0.operation, $0.unit.name) }, uniquingKeysWith: { first, _ in first })
        claims = facts.claims.map { ExplanationScreen.claim($0, facts, names) }
        refused = facts.refused.map { ExplanationScreen.claim($0, facts, names) }
        dispute = facts.dispute.map {
            Dispute(axis: $0.axis, knowledge: $0.knowledge, isSettled: !$0.prevailing.isEmpty || $0.isDecided, deciders: $0.deciders.map(\.name))
        }
        steps =
            facts.bound?.steps.map { step in
                ExplanationScreen.step(step, facts.field, facts.bound?.measure)
            } ?? []
        changes = ExplanationScreen.changes(facts.changes)
        isSample = facts.isSample
    }

    static func step(_ step: BoundStep, _ field: String, _ measure: String?) -> Step {
        let source = [step.document.map(Shown.document), step.clause].compactMap { $0 }.joined(separator: " ")
        return Step(
            place: step.place.name, unit: step.unit.name, value: Shown.value(step.value, measure, field: field) ?? step.value, standing: step.standing,
            source: source.isEmpty ? nil : source, since: step.since, isSample: step.isSample)
    }

    private static func direction(of field: String) -> String {
        switch field {
        case "ceiling": "ceiling"
        case "deadline": "earliest"
        default: "floor"
        }
    }

    private static func claim(_ claim: ClaimFact, _ facts: FieldExplanation, _ names: [String: String]) -> Claim {
        Claim(
            unit: claim.unit.name, value: Shown.said(claim.value, facts.measure, field: facts.field, of: facts.record.kind), verdict: claim.verdict.code,
            voidReason: claim.verdict.reason, day: Shown.day(claim.written), hadSeen: Array(Set(claim.hadSeen.compactMap { names[$0] })).sorted(),
            isSample: claim.isSample)
    }

    private static func changes(_ facts: [ChangeFact]) -> [(unit: String, actions: [Words])] {
        var out: [(unit: String, actions: [Words])] = []
        for change in facts {
            let words = JudgementWords.action(change.action, event: change.event) ?? Words(change.action, change.action)
            if let index = out.firstIndex(where: { $0.unit == change.unit.name }) {
                out[index].actions.append(words)
            } else {
                out.append((change.unit.name, [words]))
            }
        }
        return out
    }
}

/// Every operation on a record, with its verdict.
struct History: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("一条记录的全部填报,连同结论。", "Every operation on a record, with its verdict."),
        discussion: example("tiaokuai history 620724/grainReserveDays/2020-08", "tiaokuai history 高财政-2020-002 state --json"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段;不写为全部。", "Which field; by default all."), valueName: "field")) var field: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let fact = try office.record(record)
        let rows = try office.history(record, field: field)
        var table = TextTable([
            .init(say("填写时间", "Written")), .init(say("单位", "Unit")), .init(say("人员", "Person")), .init(say("字段", "Field")), .init(say("值", "Value")),
            .init(say("结论", "Outcome")), .init(say("收到", "Received")), .init(say("编号", "Operation")), .init(""),
        ])
        for row in rows {
            for item in row.fields {
                table.add([
                    String(row.written.prefix(16).replacing("T", with: " ")), row.unit.name, row.person, Shown.field(item.field, item.title, of: fact.kind),
                    Shown.said(item.value, item.measure, field: item.field, of: fact.kind) ?? say("(撤回)", "(withdraws)"), Shown.verdict(item.verdict),
                    row.known.isOwn ? say("本机", "here") : row.known.received.map(Shown.day) ?? "", String(row.operation.prefix(8)),
                    Shown.mark(row.isSample),
                ])
            }
        }
        return Answer(Rows(rows), rows.isEmpty ? [say("没有填报。", "No operations.")] : table.lines)
    }
}
