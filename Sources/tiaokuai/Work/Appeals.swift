import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

struct AppealCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appeal", abstract: say("提请上级复核裁定;其间裁定照用。", "Appeals against a decision, which stands meanwhile."),
        discussion: example(
            "tiaokuai appeal file 620724/labourTransfer/2020-07 value --text 口径有误", "tiaokuai appeal list --json"),
        subcommands: [AppealFile.self, AppealList.self, AppealUphold.self, AppealWithdraw.self])
}

struct AppealFile: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "file", abstract: say("提请作出裁定的政府的上一级复核。", "Asks the government above the one that decided to look again."),
        discussion: example("tiaokuai appeal file 620724/labourTransfer/2020-07 value --text 口径有误") + "\n\n"
            + say(
                "只有填报因裁定未被采用的单位可以提请;期限见议事规则,不写为 30 天。逾期不拒收,只标明。另行裁定用 tiaokuai decide。",
                "Only a unit whose claim lost by the decision may appeal; the term is that of the procedure, 30 days by default. A late one is flagged, not refused. "
                    + "To decide otherwise use tiaokuai decide."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段。", "The field."), valueName: "field")) var field: String
    @Option(help: ArgumentHelp(say("理由。", "Why."), valueName: "text")) var text: String

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let writing = try office.appeal(record, field: field, text: text, by: try office.author(unit: acting.unit, person: acting.person), notes: noted.notes)
        return Answer(writing, writing.lines)
    }
}

struct AppealList: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("提请复核的事项,各到哪一步。", "Appeals, and where each stands."),
        discussion: example("tiaokuai appeal list", "tiaokuai appeal list --place 620724 --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看某区划;不写为本节点及所辖。", "One place only; by default the node's and those below."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.appeals(place: try place.map { try office.place($0) })
        return Answer(Rows(rows), rows.isEmpty ? [say("没有提请复核的事项。", "No appeals.")] : rows.flatMap(AppealList.lines))
    }

    static func lines(_ row: AppealRow) -> [String] {
        let about = row.about.map { "\($0.reference) · \(Shown.field(row.field, row.fieldTitle, of: $0.kind))" } ?? row.field
        let reason = row.reason.flatMap { DisputeWords.refusal($0)?[runLanguage] }.map { say("(\($0))", " (\($0))") } ?? ""
        let sample = row.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = ["\(about)\(say(":", ": "))\(row.unit.name) → \(row.to?.name ?? "—")\(say(",", ", "))\(DisputeWords.appeal(row.state)?[runLanguage] ?? row.state)\(reason)\(sample)"]
        if let decision = row.decision {
            out.append("  \(say("所涉裁定:", "decision: "))\(decision.unit.name) \(Shown.value(decision.value, nil, field: row.field) ?? "—")")
        }
        let filed = row.filedOn.map { say("\($0) 提请", "filed \($0)") } ?? ""
        let due = row.dueOn.map { row.isLate ? say(",已过期限 \($0)", ", after the term \($0)") : say(",期限 \($0)", ", term \($0)") } ?? ""
        out.append("  \(filed)\(due)\(say(";编号 ", "; record "))\(row.record.id.prefix(12))")
        if let text = row.text { out.append("  \(text)") }
        return out
    }
}

struct AppealUphold: EventCommand {
    static let event = "uphold"
    static let configuration = configured(
        "appeal", "维持原裁定,须附佐证(如会商纪要)。", "Upholds the decision, with evidence such as a minute.", "3fa92b1c77e0 --evidence 纪要2020-2 --unit 省政府")
    @OptionGroup var options: EventOptions
}

struct AppealWithdraw: EventCommand {
    static let event = "withdraw"
    static let configuration = configured("appeal", "撤回提请。", "Withdraws the appeal.", "3fa92b1c77e0 --unit 县人社局")
    @OptionGroup var options: EventOptions
}
