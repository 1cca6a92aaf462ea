import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// The same question as `explain`, with one thing changed.
struct WhatIfCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if", abstract: say("推演:换一种条块方式、撤回某次填报、没有某次裁定,会用哪个值。", "What would stand with another mode, without a claim, or without a decision."),
        discussion: example(
            "tiaokuai what-if 620724/grainReserveDays/2020-08 value --mode blockFirst",
            "tiaokuai what-if 620724/labourTransfer/2020-07 value --mode lineFirst",
            "tiaokuai what-if 620724/labourTransfer/2020-07 value --without 3fa92b1c") + "\n\n"
            + say("只作推演,不写入、不签名。填报和裁定的编号见 tiaokuai history。", "Nothing is written or signed. For the identities of claims and decisions see tiaokuai history."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段。", "The field."), valueName: "field")) var field: String
    @Option(help: ArgumentHelp(say("假设条块方式为 lineFirst 以条为主、blockFirst 以块为主或 unspecified 未写明。", "Suppose the mode were lineFirst, blockFirst or unspecified."), valueName: "mode"))
    var mode: String?
    @Option(help: ArgumentHelp(say("只在路径上的这一级;不写为各级。", "Only at this tier of the path; by default at all."), valueName: "region")) var at: String?
    @Option(
        help: ArgumentHelp(
            say("假设没有这次填报或裁定:编号前 8 位以上;底线、上限也可指上级的。", "Suppose this claim or decision were not there: eight digits or more; for a bound also a superior's."), valueName: "operation"))
    var without: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let supposed = try office.whatIf(record, field: field, supposition(office))
        return Answer(supposed, SuppositionScreen.lines(of: supposed))
    }

    private func supposition(_ office: Office) throws -> Supposition {
        switch (mode, without) {
        case (let mode?, nil):
            guard let stated = ResponsibilityMode(rawValue: mode) else { throw OfficeError(.badValue, ["field": "--mode", "text": mode, "type": "lineFirst | blockFirst | unspecified"]) }
            return .mode(stated, at: try at.map { try office.place($0) })
        case (nil, let operation?): return .without(operation)
        default: throw CommandError(.missingReason, ["field": "--mode / --without"])
        }
    }
}

/// What is and what would be, side by side.
enum SuppositionScreen {
    static let claimsShown = 10

    static func lines(of supposed: SupposedField) -> [String] {
        let sample = supposed.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = [
            "\(supposed.record.reference) · \(Shown.field(supposed.field, supposed.title, of: supposed.record.kind))\(sample)",
            say("假设:", "Suppose: ") + supposition(supposed),
            say("现在:", "Now:  ") + outcome(supposed.now, supposed.field),
            say("那样:", "Then: ") + (supposed.isSame ? say("不变", "the same") : outcome(supposed.then, supposed.field)),
        ]
        if !supposed.claims.isEmpty {
            var table = TextTable([.init(say("单位", "Unit")), .init(say("值", "Value"), .right), .init(say("现在", "Now")), .init(say("那样", "Then")), .init("")])
            for claim in supposed.claims.prefix(claimsShown) {
                let now = Shown.verdict(claim.now)
                let then = claim.then.map(Shown.verdict) ?? say("没有这次填报", "not there")
                table.add([
                    claim.unit.name, Shown.cut(Shown.said(claim.value, supposed.now.measure, field: supposed.field, of: supposed.record.kind)) ?? say("(撤回)", "(withdraws)"), now,
                    then == now ? say("同左", "same") : then, Shown.mark(claim.isSample),
                ])
            }
            out += [""] + table.lines(within: ExplanationScreen.columns)
            let more = supposed.claims.count - claimsShown
            if more > 0 { out.append(say("另有 \(more) 次,见 tiaokuai history。", "\(more) more: see tiaokuai history.")) }
        }
        return (out + ["", say("只是推演,什么也没有写。", "This is a question only; nothing was written.")]).flatMap { DisplayWidth.wrapped($0, to: ExplanationScreen.columns) }
    }

    private static func supposition(_ supposed: SupposedField) -> String {
        let fact = supposed.supposition
        if let mode = fact.mode {
            let words = ValueWords.of(field: "mode", value: mode)?[runLanguage] ?? mode
            return words + (fact.place.map { say("(\($0.name)一级)", " (at \($0.name))") } ?? say("(各级)", " (at every tier)"))
        }
        guard let claim = fact.claim else { return "—" }
        let value = Shown.said(claim.value, supposed.now.measure, field: supposed.field, of: supposed.record.kind) ?? say("(撤回)", "(withdraws)")
        let record = fact.record.map { say("(\($0.reference))", " (\($0.reference))") } ?? ""
        return fact.isDecision
            ? say("\(claim.unit.name)没有裁定 \(value)", "\(claim.unit.name) had not decided \(value)") + record
            : say("没有\(claim.unit.name)的 \(value)", "without \(claim.unit.name)'s \(value)") + record
    }

    /// `14.2 天;按条块关系:以条为主(市委办发〔2020〕25号,保粮食能源安全 一)`
    static func outcome(_ outcome: OutcomeFact, _ field: String) -> String {
        var text = Shown.inUse(outcome.value, outcome.measure, outcome.blank, field: field)
        if outcome.rule != "none" { text += say(";", "; ") + (JudgementWords.rule(outcome.rule)?[runLanguage] ?? outcome.rule) }
        if let mode = outcome.mode { text += say(":", ": ") + (ValueWords.of(field: "mode", value: mode)?[runLanguage] ?? mode) }
        if let source = outcome.source, !source.document.isEmpty { text += say("(\(Shown.document(source.document)),\(source.clause))", " (\(Shown.document(source.document)), \(source.clause))") }
        if let dispute = outcome.dispute, dispute != "byRule" {
            text += say(";", "; ") + (StatusWords.dispute(dispute)?[runLanguage] ?? dispute)
            if !outcome.deciders.isEmpty { text += say(",可裁定:", ", may decide: ") + Shown.names(outcome.deciders) }
        }
        return text
    }
}
