import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

struct LedgerCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: say("问题台账:立项到销号。", "The problem ledger, from opening to closing."),
        discussion: example("tiaokuai ledger open --unit 县工信局 --title 运输通道受阻 --leader 620724.gov:分管副县长", "tiaokuai ledger list --overdue"),
        subcommands: [
            LedgerOpen.self, LedgerAssign.self, LedgerStart.self, LedgerResolve.self, LedgerVerify.self, LedgerReturn.self, LedgerClose.self, LedgerReopen.self,
            LedgerEscalate.self, LedgerList.self,
        ])
}

struct LedgerOpen: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: say("立项:从选项,或从 ledger 文件。", "Opens an item, from options or a ledger file."),
        discussion: example("tiaokuai ledger open --unit 县工信局 --title 运输通道受阻 --department 县交通运输局", "tiaokuai ledger open --dir gt Nodes/gt/ledger/17-transport.yaml"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("ledger 文件(YAML),可略。", "A ledger file (YAML), if not by options."), valueName: "file")) var file: String?
    @Option(help: ArgumentHelp(say("问题。", "The problem."), valueName: "text")) var title: String?
    @Option(help: ArgumentHelp(say("年份;不写为今年。", "The year; by default this year."), valueName: "year")) var year: Int?
    @Option(help: ArgumentHelp(say("编号;不写取下一个。", "The number; by default the next."), valueName: "number")) var number: Int?
    @Option(help: ArgumentHelp(say("具体情况。", "Details."), valueName: "text")) var description: String?
    @Option(help: ArgumentHelp(say("涉及对象(企业、项目,不写个人)。", "The firm or project, never a person."), valueName: "text")) var subject: String?
    @Option(help: ArgumentHelp(say("金额,如 320万元。", "An amount, such as 320万元."), valueName: "amount")) var amount: String?
    @Option(help: ArgumentHelp(say("依据文件的文号。", "The document's number."), valueName: "number")) var document: String?
    @Option(help: ArgumentHelp(say("文件中的部分或措施。", "The part or measure of the document."), valueName: "path")) var path: String?
    @Option(help: ArgumentHelp(say("条线。", "The line."), valueName: "line")) var line: String?
    @Option(help: ArgumentHelp(say("类别。", "The category."), valueName: "text")) var category: String?
    @Option(help: ArgumentHelp(say("办结时限。", "The deadline."), valueName: "day")) var deadline: String?
    @Option(help: ArgumentHelp(say("包抓领导:单位:职务。", "The leader: unit:post."), valueName: "unit:post")) var leader: String?
    @Option(help: ArgumentHelp(say("责任部门。", "The department."), valueName: "unit")) var department: String?
    @Option(help: ArgumentHelp(say("区划;不写为本节点。", "The place; by default the node's."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        if let file { return try publish([file], context, format: .ledger) }
        guard let title else { throw CommandError(.missingReason, ["field": "--title"]) }
        let office = try context.office()
        let opening = LedgerOpening(
            place: try place.map { try office.place($0) }, year: year ?? office.today.parts.year, number: number, title: title, description: description,
            subject: subject, amount: amount, document: document, path: path, line: line, category: category, deadline: deadline, leader: leader,
            department: department, notes: noted.notes)
        let writing = try office.openLedgerItem(opening, by: try office.author(unit: acting.unit, person: acting.person))
        return Answer(writing, writing.lines)
    }
}

struct LedgerAssign: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: say("定一名领导、一个部门(对方同值接受)。", "Names one leader and one department; they accept with the same value."),
        discussion: example("tiaokuai ledger assign 高工信-2020-017 --department 县交通运输局 --unit 县工信局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("台账事项。", "The item."), valueName: "record")) var record: String
    @Option(help: ArgumentHelp(say("包抓领导:单位:职务。", "The leader: unit:post."), valueName: "unit:post")) var leader: String?
    @Option(help: ArgumentHelp(say("责任部门。", "The department."), valueName: "unit")) var department: String?

    func answer(_ context: CommandContext) throws -> Answer {
        guard leader != nil || department != nil else { throw CommandError(.missingReason, ["field": "--leader / --department"]) }
        let office = try context.office()
        let writing = try office.assign(
            record, leader: leader, department: department, by: try office.author(unit: acting.unit, person: acting.person), notes: noted.notes)
        return Answer(writing, writing.lines)
    }
}

struct LedgerEscalate: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalate", abstract: say("提级转报:走条或走块。", "Sends an item up, by line or by block."),
        discussion: example("tiaokuai ledger escalate 高工信-2020-017 --to 市工信局 --route line", "tiaokuai ledger escalate --dir gt Nodes/gt/ledger/18-escalations.yaml"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("台账事项,或 ledger 文件。", "The item, or a ledger file."), valueName: "record")) var record: String
    @Option(help: ArgumentHelp(say("报给哪个单位。", "To which unit."), valueName: "unit")) var to: String?
    @Option(help: ArgumentHelp("line 条 | block 块", valueName: "route")) var route: String?
    @Option(help: ArgumentHelp("crossCounty 跨县域 | needsProvince 需省级协调 | beyondPlace 本级难协调", valueName: "cause")) var cause: String?
    @Option(help: ArgumentHelp(say("说明。", "A note."), valueName: "text")) var note: String?
    @Option(help: ArgumentHelp(say("年份;不写为今年。", "The year; by default this year."), valueName: "year")) var year: Int?
    @Option(help: ArgumentHelp(say("编号;不写取下一个。", "The number; by default the next."), valueName: "number")) var number: Int?

    func answer(_ context: CommandContext) throws -> Answer {
        if to == nil, route == nil { return try publish([record], context, format: .ledger) }
        guard let to else { throw CommandError(.missingReason, ["field": "--to"]) }
        guard let route, ["line", "block"].contains(route) else { throw CommandError(.missingReason, ["field": "--route line|block"]) }
        let office = try context.office()
        let opening = EscalationOpening(
            item: record, year: year ?? office.today.parts.year, number: number, to: to, route: route, cause: cause ?? "beyondPlace", note: note,
            notes: noted.notes)
        let writing = try office.escalate(opening, by: try office.author(unit: acting.unit, person: acting.person))
        return Answer(writing, writing.lines)
    }
}

struct LedgerList: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("台账清单。", "Lists the ledger."),
        discussion: example("tiaokuai ledger list", "tiaokuai ledger list --overdue --department 县交通运输局", "tiaokuai ledger list --state reopened --json"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp("open | inProgress | escalated | resolvedClaimed | verified | closed | returned | reopened", valueName: "state")) var state: String?
    @Option(help: ArgumentHelp(say("责任部门。", "The department."), valueName: "unit")) var department: String?
    @Option(help: ArgumentHelp(say("立项单位。", "The unit that opened it."), valueName: "unit")) var unit: String?
    @Option(help: ArgumentHelp(say("区划。", "The place."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天;不写为今天。", "As of which day; by default today."), valueName: "day")) var asOf: String?
    @Flag(help: ArgumentHelp(say("只看逾期的。", "Overdue items only."))) var overdue = false

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let rows = try office.ledger(
            LedgerFilter(
                state: state, overdueOn: overdue ? day : nil, department: department, unit: unit, place: try place.map { try office.place($0) }, asOf: day))
        return Answer(Rows(rows), LedgerList.lines(rows))
    }

    static func lines(_ rows: [LedgerRow]) -> [String] {
        guard !rows.isEmpty else { return [say("没有事项。", "No items.")] }
        var table = TextTable([
            .init(say("编号", "Reference")), .init(say("问题", "Problem")), .init(say("状态", "State")), .init(say("轮次", "Episode"), .right),
            .init(say("责任部门", "Department")), .init(say("领导", "Leader")), .init(say("时限", "Deadline")), .init(say("逾期天数", "Days late"), .right), .init(""),
        ])
        for row in rows {
            table.add([
                row.record.reference, row.title, WorkflowWords.state(row.state)?[runLanguage] ?? row.state, "\(row.episode)", row.department?.name ?? "—",
                row.leader ?? "—", row.deadline ?? "—", row.overdueDays.map(String.init) ?? "", Shown.mark(row.record.isSample),
            ])
        }
        return table.lines
    }
}
