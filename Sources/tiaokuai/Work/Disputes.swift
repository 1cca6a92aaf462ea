import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

struct Disputes: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("各方不一致之处:谁与谁、现在用哪个、谁可裁定;某一处的经过;下次会商的议题。", "Where claims differ: who against whom, what is in use, who may decide; the course of one; the next agenda."),
        discussion: example(
            "tiaokuai disputes --dir zy", "tiaokuai disputes --place 620724 --all --json", "tiaokuai disputes 620724/labourTransfer/2020-07 value",
            "tiaokuai disputes --agenda --as-of 2020-08-20") + "\n\n"
            + say(
                "未被采用的一方应在期限内知悉(议事规则写明,不写为 15 天);会商周期不写为每月。",
                "A side that lost acknowledges within a term: that of the procedure, 15 days by default; the consultation meets each month by default."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("只看这条记录上争议的经过。", "The course of the disputes on this record."), valueName: "record")) var record: String?
    @Argument(help: ArgumentHelp(say("哪个字段;只有一个有过争议的可不写。", "Which field; may be left out where only one was ever disputed."), valueName: "field")) var field: String?
    @Option(help: ArgumentHelp(say("只看某区划。", "One place only."), valueName: "region")) var place: String?
    @Flag(help: ArgumentHelp(say("连同已了结的:各是怎样了结的。", "Those that ended too, each with how it ended."))) var all = false
    @Flag(help: ArgumentHelp(say("各级下次会商的议题。", "The agenda of each tier's next consultation."))) var agenda = false
    @Option(help: ArgumentHelp(say("截至哪天;不写为今天。", "As of which day; by default today."), valueName: "day")) var asOf: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let region = try place.map { try office.place($0) }
        if let record {
            let story = try office.disputeStory(record, field: field, asOf: day)
            return Answer(story, DisputeStoryLines.lines(of: story))
        }
        if agenda {
            let agendas = try office.agendas(place: region, asOf: day)
            return Answer(Rows(agendas), agendas.isEmpty ? [say("没有要会商的事项。", "Nothing for a consultation.")] : agendas.flatMap(AgendaLines.lines))
        }
        let rows = try office.disputes(place: region, withEnded: all, asOf: day)
        return Answer(Rows(rows), rows.isEmpty ? [say("没有争议。", "No disputes.")] : rows.flatMap(Disputes.lines))
    }

    static func lines(_ row: DisputeRow) -> [String] {
        let field = Shown.field(row.field, row.fieldTitle, of: row.record.kind)
        let axis = JudgementWords.axis(row.dispute.axis)?[runLanguage] ?? row.dispute.axis
        let state = StatusWords.dispute(row.state)?[runLanguage] ?? row.state
        let sample = row.record.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = ["\(row.record.reference) · \(field)\(say("(\(axis)):", " (\(axis)): "))\(state)\(sample)"]
        out.append("  \(say("在用:", "in use: "))\(Shown.inUse(row.value, row.measure, row.blank, field: row.field, of: row.record.kind))")
        let claims = row.claims.map { "\($0.unit.name) \(Shown.value($0.value, row.measure, field: row.field, of: row.record.kind) ?? "—") \(Shown.verdict($0.verdict))" }
        out.append("  " + claims.joined(separator: say(";", "; ")))
        if let rule = rule(row) { out.append("  \(say("依据:", "by: "))\(rule)") }
        if let end = row.end {
            out.append("  \(say("了结:", "ended: "))\(ending(end, row))")
        } else if row.state == "byRule" {
            if !row.dispute.deciders.isEmpty { out.append("  \(say("可裁定:", "may decide: "))\(Shown.names(row.dispute.deciders))") }
        } else {
            out.append("  \(say("怎样了结:", "ends when: "))\(waysOut(row))")
        }
        out += row.acknowledgements.compactMap { fact in
            DisputeWords.acknowledgement(fact.state, answer: fact.answer, day: fact.readOn, due: fact.dueOn, late: fact.overdueDays).map {
                "  \(fact.unit.name)\(say(":", ": "))\($0[runLanguage])"
            }
        }
        return out
    }

    private static func waysOut(_ row: DisputeRow) -> String {
        let sides = row.claims.filter { $0.verdict.code != "decides" }
        var names: [String] = []
        for claim in sides where !names.contains(claim.unit.name) { names.append(claim.unit.name) }
        let forked = sides.filter { $0.verdict.code == "forked" }.map(\.unit.name)
        return DisputeWords.waysOut(
            blank: row.blank?.code, sides: names, deciders: row.dispute.deciders.map(\.name), forked: row.blank?.units.map(\.name) ?? Array(Set(forked)).sorted())[runLanguage]
    }

    /// The mode with the document that states it; nil where no side prevails by a mode.
    private static func rule(_ row: DisputeRow) -> String? {
        guard let mode = row.mode else { return nil }
        let words = ValueWords.of(field: "mode", value: mode)?[runLanguage] ?? mode
        return words + (row.source.map { say("(\(Shown.document($0.document)) \($0.clause))", " (\(Shown.document($0.document)) \($0.clause))") } ?? "")
    }

    private static func ending(_ end: DisputeEnd, _ row: DisputeRow) -> String {
        var parts = [StatusWords.disputeEnd(end.how)?[runLanguage] ?? end.how]
        if let unit = end.unit { parts.append(unit.name) }
        if let value = Shown.value(end.value, row.measure, field: row.field, of: row.record.kind) { parts.append(value) }
        if let written = end.written { parts.append(Shown.day(written)) }
        if let ground = end.ground { parts.append(say("依据 \(ground)", "on the ground of \(ground)")) }
        return parts.joined(separator: say(",", ", "))
    }
}

/// What was received and is not in use, and what it stands against.
struct Kept: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("留存而未采用的:放宽的底线、不符的标准、未采用的数、异议、无效的填报。", "What is kept and not in use: looser bounds, standards that differ, overruled and void words, objections."),
        discussion: example("tiaokuai kept --dir gs --place 620724", "tiaokuai kept --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看某区划;不写为本节点及所辖。", "One place only; by default the node's and those below."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.kept(place: try place.map { try office.place($0) })
        return Answer(Rows(rows), rows.isEmpty ? [say("没有留存而未采用的。", "Nothing is kept beside what is in use.")] : Kept.lines(rows))
    }

    static func lines(_ rows: [KeptRow]) -> [String] {
        var table = TextTable([
            .init(say("编号", "Reference")), .init(say("单位", "Unit")), .init(say("字段", "Field")), .init(say("值", "Value"), .right), .init(say("结论", "Outcome")),
            .init(say("在用的值", "In use"), .right), .init(""),
        ])
        for row in rows {
            table.add([
                Shown.short(row.record), row.unit.name, Shown.field(row.field, row.fieldTitle, of: row.against?.kind ?? row.record.kind),
                Shown.cut(Shown.said(row.value, row.measure, field: row.field, of: row.record.kind)) ?? say("(撤回)", "(withdraws)"),
                JudgementWords.verdict(row.standing, reason: row.reason)[runLanguage],
                Shown.cut(Shown.value(row.againstValue, row.measure, field: row.field, of: row.against?.kind ?? row.record.kind)) ?? "—",
                [row.proposal.flatMap { Shown.value($0, row.measure) }.map { say("建议按最优惠的 \($0)", "proposed, as the most favourable: \($0)") } ?? "", Shown.mark(row.isSample)]
                    .filter { !$0.isEmpty }.joined(separator: " "),
            ])
        }
        return table.lines
    }
}

/// What documents cite, and what is held of it.
struct Citations: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("文件引用:引的是哪份,原文到了没有,文号标题对不对得上。", "What documents cite: whether it is held, and under which number and title."),
        discussion: example("tiaokuai citations --dir gt", "tiaokuai citations --place 620724 --open --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看某区划的文件。", "Documents of one place only."), valueName: "region")) var place: String?
    @Flag(help: ArgumentHelp(say("只看没有对上的。", "Only those that are pending or do not fit."))) var open = false

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.citations(place: try place.map { try office.place($0) }).filter { !open || $0.state != "resolved" }
        return Answer(Rows(rows), rows.isEmpty ? [say("没有引用。", "No citations.")] : rows.map(Citations.line))
    }

    static func line(_ row: CitationRow) -> String {
        let state = StatusWords.citation(row.state)?[runLanguage] ?? row.state
        let found = row.targets.map(\.reference).joined(separator: say("、", ", "))
        let cited = [row.number, row.title.isEmpty ? "" : "《\(row.title)》", row.clause.isEmpty ? "" : say("(\(row.clause))", "(\(row.clause))")].filter { !$0.isEmpty }
        let sample = row.document.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        return "\(Shown.document(row.document.reference)) → \(cited.joined(separator: " "))\(say(":", ": "))\(state)\(found.isEmpty ? "" : " → \(found)")\(sample)"
    }
}
