import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// What is due, disputed, returned, unacknowledged; views of a day, nothing is decided by it.
struct TodoCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "todo", abstract: say("待办:到期、争议、退回、待知悉。", "What is due, disputed, returned, unacknowledged."),
        discussion: example("tiaokuai todo --unit 县人社局", "tiaokuai todo --as-of 2020-08-12 --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看某单位;不写为整个节点。", "One unit only; by default the node's."), valueName: "unit")) var unit: String?
    @Option(help: ArgumentHelp(say("区划;不写为本节点。", "The place; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天;不写为今天。", "As of which day; by default today."), valueName: "day")) var asOf: String?
    @Option(help: ArgumentHelp(say("提前几天提醒。", "Warns so many days ahead."), valueName: "days")) var within = 31

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let unitID = try unit.map { try office.author(unit: $0, person: "any").unit }
        let todo = try office.todo(unit: unitID, place: try place.map { try office.place($0) }, asOf: day, within: within)
        return Answer(todo, lines(todo))
    }

    private func lines(_ todo: Todo) -> [String] {
        var out = [Terminal.heading(say("\(todo.place.name) \(todo.asOf) 待办", "To do at \(todo.place.name), \(todo.asOf)"))]
        func section(_ zh: String, _ en: String, _ lines: [String]) {
            if !lines.isEmpty { out += ["", Shown.counted(say(zh, en), lines.count)] + lines.map { "  \($0)" } }
        }
        section("目标", "Targets", todo.targets.map(AssessmentLine.text))
        section("印发时已过期的标准", "Standards expired when issued", todo.terms.map { "\($0.record.reference) \(say("至", "until")) \($0.until ?? "—")" })
        section("缺数", "Missing figures", todo.missing.map { "\($0.place.name) \($0.title) \($0.period)\(say(":", ": "))\(Shown.names($0.reporters))" })
        section(
            "台账", "Ledger",
            todo.ledger.map { row in
                let late = row.overdueDays.map { say(",逾期 \($0) 天", ", \($0) days late") } ?? ""
                return "\(row.record.reference) \(row.title) \(WorkflowWords.state(row.state)?[runLanguage] ?? row.state)\(late)"
            })
        section("本单位选定", "Choices to make", todo.choices.map { "\($0.record.reference)\(say(":", ": "))\($0.unit.name)" })
        let disputes = todo.disputes.flatMap(Disputes.lines)
        if !disputes.isEmpty { out += ["", Shown.counted(say("争议", "Disputes"), todo.disputes.count)] + disputes.map { "  \($0)" } }
        section("退回", "Returned", todo.returned.map { "\($0.record.reference)\(say(":", ": "))\($0.by.name) \($0.reason ?? "")" })
        section(
            "待知悉", "Unacknowledged",
            todo.unacknowledged.map { row in
                let inUse = Shown.value(row.valueInUse, row.measure) ?? "—"
                let own = Shown.value(row.claim.value, row.measure) ?? "—"
                let late = row.overdueDays.map { say(",逾期 \($0) 天", ", \($0) days late") } ?? say(",\(row.dueOn) 前", ", by \(row.dueOn)")
                return "\(row.record.reference)\(say(":", ": "))\(row.claim.unit.name) \(own) \(Shown.verdict(row.claim.verdict))\(say(";在用 ", "; in use "))\(inUse)\(late)"
            })
        let appeals = todo.appeals.flatMap(AppealList.lines)
        if !appeals.isEmpty { out += ["", Shown.counted(say("提请复核", "Appeals"), todo.appeals.count)] + appeals.map { "  \($0)" } }
        section("等待表式", "Waiting for a form", todo.waitingForForm.map { "\($0.kind) \($0.place?.name ?? say("本机", "here"))\(say(":", ": "))\($0.count)" })
        if out.count == 1 { out.append(say("没有待办。", "Nothing to do.")) }
        return out
    }
}

/// One target's assessment in a line, for `todo` and `alerts`.
enum AssessmentLine {
    static func text(_ row: AssessmentRow) -> String {
        let bound = Shown.value(row.floor ?? row.ceiling, row.measure) ?? "—"
        let comparator = ValueWords.of(field: "comparator", value: row.comparator)?[runLanguage] ?? row.comparator
        let figure = row.figure.map { say(",现 ", ", now ") + (Shown.value($0, row.measure) ?? $0) } ?? ""
        let state = row.state.flatMap { StatusWords.deadline($0, days: row.days)?[runLanguage] }.map { say(",", ", ") + $0 } ?? ""
        let assessment = StatusWords.assessment(row.assessment)?[runLanguage] ?? row.assessment
        let isOver = row.floor == nil && row.ceiling != nil
        let short =
            row.shortBy.map { Shown.value($0, row.measure) ?? $0 }.map { isOver ? say("(超出 \($0))", " (over by \($0))") : say("(差 \($0))", " (short by \($0))") } ?? ""
        let before = row.dueBeforeIssue ? say(",", ", ") + StatusWords.dueBeforeIssue[runLanguage] : ""
        let sample = row.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        return Shown.target(row.place, row.indicatorTitle, row.period, row.qualifier) + say(":", ": ")
            + "\(comparator) \(bound)\(figure)\(say(",", ", "))\(assessment)\(short)\(state)\(before)\(sample)"
    }
}

/// Figures short of a bound in force.
struct Alerts: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("预警:低于底线或超过上限的数。", "Figures below a floor or above a ceiling."), discussion: example("tiaokuai alerts --as-of 2020-08-14", "tiaokuai alerts --all --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("区划;不写为本节点。", "The place; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天;不写为今天。", "As of which day; by default today."), valueName: "day")) var asOf: String?
    @Flag(help: ArgumentHelp(say("列出每个目标,不只预警。", "Every target, not only alerts."))) var all = false

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let region = try place.map { try office.place($0) }
        let rows = try all ? office.assessments(place: region, asOf: day) : office.alerts(place: region, asOf: day)
        return Answer(Rows(rows), rows.isEmpty ? [say("没有预警。", "No alerts.")] : rows.map(AssessmentLine.text))
    }
}
