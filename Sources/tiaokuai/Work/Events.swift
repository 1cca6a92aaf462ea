import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// Options of every command that moves a record on by one event.
struct EventOptions: ParsableArguments {
    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("哪条记录,如 高工信-2020-017。", "The record, such as 高工信-2020-017."), valueName: "record")) var record: String
    @Option(name: .customLong("names"), help: ArgumentHelp(say("所评判的填报编号;不写则由程序取当前的。", "The operations judged; by default the current ones."), valueName: "operation"))
    var named: [String] = []

    func answer(_ event: String, _ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let names = try named.map { text in
            guard let id = OperationID(hex: text) else { throw NodeError(.unknownItem, ["item": text]) }
            return id
        }
        let writing = try office.raise(
            record, event: event, by: try office.author(unit: acting.unit, person: acting.person), evidence: noted.evidence, reason: noted.reason,
            names: names.isEmpty ? nil : names, notes: noted.notes, evenIfVoid: noted.evenIfVoid)
        return Answer(writing, writing.lines)
    }
}

/// Any event of any record's workflow; the kinds of a form have no commands of their own.
struct Raise: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("推进任意记录的办理环节,如表式自定的。", "Raises an event of any record's workflow, such as a form's."),
        discussion: example("tiaokuai raise strikeOff flood.evacuation:620724/620724.gov/1"))

    var basic: BasicOptions { options.basic }
    @Argument(help: ArgumentHelp(say("哪个环节,表式里的名称。", "The event, by its name in the form."), valueName: "event")) var event: String
    @OptionGroup var options: EventOptions

    func answer(_ context: CommandContext) throws -> Answer { try options.answer(event, context) }
}

/// One event as a command; what differs is its name and what it is for.
protocol EventCommand: AnsweringCommand {
    static var event: String { get }
    var options: EventOptions { get }
}

extension EventCommand {
    var basic: BasicOptions { options.basic }

    func answer(_ context: CommandContext) throws -> Answer { try options.answer(Self.event, context) }

    static func configured(_ group: String, _ zh: String, _ en: String, _ sample: String) -> CommandConfiguration {
        CommandConfiguration(
            commandName: event == "sendBack" ? "send-back" : event, abstract: say(zh, en), discussion: example("tiaokuai \(group) \(event == "sendBack" ? "send-back" : event) \(sample)"))
    }
}

struct LedgerStart: EventCommand {
    static let event = "start"
    static let configuration = configured("ledger", "开始办理。", "Work on the item begins.", "高工信-2020-017 --unit 县交通运输局")
    @OptionGroup var options: EventOptions
}

struct LedgerResolve: EventCommand {
    static let event = "resolve"
    static let configuration = configured("ledger", "报结,须附佐证。", "Reports the item resolved, with evidence.", "高财政-2020-001 --unit 县财政局 --evidence 付款凭证")
    @OptionGroup var options: EventOptions
}

struct LedgerVerify: EventCommand {
    static let event = "verify"
    static let configuration = configured("ledger", "核实(不能是办理单位),须附佐证。", "Verifies it: another unit than the resolver, with evidence.", "高财政-2020-001 --unit 县政府 --evidence 现场核查")
    @OptionGroup var options: EventOptions
}

struct LedgerReturn: EventCommand {
    static let event = "return"
    static let configuration = configured("ledger", "退回。", "Returns it.", "高财政-2020-001 --reason 凭证不全")
    @OptionGroup var options: EventOptions
}

struct LedgerClose: EventCommand {
    static let event = "close"
    static let configuration = configured("ledger", "销号,须附佐证。", "Closes it, with evidence.", "高财政-2020-001 --unit 县政府 --evidence 核查报告")
    @OptionGroup var options: EventOptions
}

struct LedgerReopen: EventCommand {
    static let event = "reopen"
    static let configuration = configured("ledger", "重启,须附佐证。", "Reopens it, with evidence.", "高财政-2020-002 --unit 县工信局 --evidence 电话回访记录")
    @OptionGroup var options: EventOptions
}

struct CaseHandle: EventCommand {
    static let event = "handle"
    static let configuration = configured("case", "开始办理。", "Handling begins.", "case 620700.gov 2020-1")
    @OptionGroup var options: EventOptions
}

struct CaseClose: EventCommand {
    static let event = "close"
    static let configuration = configured("case", "结案,须附佐证。", "Closes the case, with evidence.", "'case 620700.gov 2020-1' --evidence 协调纪要")
    @OptionGroup var options: EventOptions
}

struct CaseReopen: EventCommand {
    static let event = "reopen"
    static let configuration = configured("case", "重启。", "Reopens the case.", "'case 620700.gov 2020-1' --evidence 新情况")
    @OptionGroup var options: EventOptions
}

struct EscalationTake: EventCommand {
    static let event = "take"
    static let configuration = configured("escalation", "受理下级转报。", "Takes it on.", "'escalation 620724.miit 2020-1' --unit 市工信局")
    @OptionGroup var options: EventOptions
}

struct EscalationSendBack: EventCommand {
    static let event = "sendBack"
    static let configuration = configured("escalation", "退回下级。", "Sends it back.", "'escalation 620724.miit 2020-1' --reason 材料不全")
    @OptionGroup var options: EventOptions
}

struct EscalationAnswer: EventCommand {
    static let event = "answer"
    static let configuration = configured("escalation", "答复,须附佐证。", "Answers it, with evidence.", "'escalation 620724.miit 2020-1' --evidence 复函")
    @OptionGroup var options: EventOptions
}
