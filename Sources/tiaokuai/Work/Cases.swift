import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

struct CaseCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: say("案件:把多个事项、转报并成一案。", "Cases: several items and escalations as one."),
        discussion: example("tiaokuai case open --dir zy Nodes/zy/ledger/19-case.yaml"),
        subcommands: [CaseOpen.self, CaseHandle.self, CaseClose.self, CaseReopen.self])
}

struct CaseOpen: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: say("立案:从选项,或从 ledger 文件。", "Opens a case, from options or a ledger file."),
        discussion: example(
            "tiaokuai case open --title 跨县运输 --member 高工信-2020-017 --unit 市政府",
            "tiaokuai case open --dir zy Nodes/zy/ledger/19-case.yaml"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("ledger 文件(YAML),可略。", "A ledger file (YAML), if not by options."), valueName: "file")) var file: String?
    @Option(help: ArgumentHelp(say("案由。", "The subject."), valueName: "text")) var title: String?
    @Option(help: ArgumentHelp(say("年份;不写为今年。", "The year; by default this year."), valueName: "year")) var year: Int?
    @Option(help: ArgumentHelp(say("编号;不写取下一个。", "The number; by default the next."), valueName: "number")) var number: Int?
    @Option(help: ArgumentHelp(say("并案依据。", "The linking ground."), valueName: "text")) var linkingGround: String?
    @Option(help: ArgumentHelp(say("并入的事项,可写多个。", "An item or escalation; may be repeated."), valueName: "record")) var member: [String] = []
    @Option(help: ArgumentHelp(say("承办单位。", "The unit that handles it."), valueName: "unit")) var handler: String?
    @Option(help: ArgumentHelp(say("知情单位,可写多个。", "An observer; may be repeated."), valueName: "unit")) var observer: [String] = []
    @Option(help: ArgumentHelp(say("告知哪些区划,可写多个。", "A place to tell; may be repeated."), valueName: "region")) var tells: [String] = []

    func answer(_ context: CommandContext) throws -> Answer {
        if let file { return try publish([file], context, format: .ledger) }
        guard let title else { throw CommandError(.missingReason, ["field": "--title"]) }
        let office = try context.office()
        let opening = CaseOpening(
            year: year ?? office.today.parts.year, number: number, title: title, linkingGround: linkingGround, members: member, handler: handler,
            observers: observer, tells: tells, notes: noted.notes)
        let writing = try office.openCase(opening, by: try office.author(unit: acting.unit, person: acting.person))
        return Answer(writing, writing.lines)
    }
}

struct EscalationCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalation", abstract: say("下级转报的事项:受理、退回、答复。", "Escalations from below: take, send back, answer."),
        discussion: example("tiaokuai escalation take 'escalation 620724.miit 2020-1' --unit 市工信局"),
        subcommands: [EscalationTake.self, EscalationSendBack.self, EscalationAnswer.self])
}
