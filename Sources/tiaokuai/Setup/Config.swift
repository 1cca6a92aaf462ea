import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

struct ConfigCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: say("节点的默认单位和人员。", "The node's default unit and person."),
        discussion: example("tiaokuai config set unit 县发改局"), subcommands: [ConfigSet.self, ConfigShow.self])
}

/// The node's defaults, as every command uses them.
private struct Defaults: Encodable {
    let unit, person: String?
    /// Days after which a superior's missing receipt is overdue.
    let receiptDays: Int

    init(_ node: Node) throws {
        let settings = try node.settings()
        let days = try node.ask { try $0.receiptDays }
        unit = settings.defaultUnit?.text
        person = settings.defaultPerson?.text
        receiptDays = days
    }

    var lines: [String] {
        [
            say("单位:\(unit ?? "(未设)")", "unit: \(unit ?? "(none)")"),
            say("人员:\(person ?? "(未设)")", "person: \(person ?? "(none)")"),
            say("回执期限:\(receiptDays) 天", "receiptDays: \(receiptDays)"),
        ]
    }
}

struct ConfigSet: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: say("设默认单位、人员或回执期限;值为 - 则清除。", "Sets the default unit, person or the days for receipts; - clears it."),
        discussion: example("tiaokuai config set unit 620724.ndrc", "tiaokuai config set person 620724.ndrc.p1", "tiaokuai config set receiptDays 14"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("unit、person 或 receiptDays。", "unit, person or receiptDays."), valueName: "name")) var name: String
    @Argument(help: ArgumentHelp(say("值;- 为清除。", "The value; - clears it."), valueName: "value")) var value: String

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let settings = try node.settings()
        let isCleared = value == "-"
        switch name {
        case "unit":
            let unit = isCleared ? nil : try Office(node).author(unit: value, person: "any").unit
            try node.setDefaults(unit: unit, person: settings.defaultPerson)
        case "person": try node.setDefaults(unit: settings.defaultUnit, person: isCleared ? nil : try PersonID(checking: value))
        case "receiptDays":
            guard let days = isCleared ? Node.receiptDaysDefault : Int(value) else { throw NodeError(.wrongType, ["field": name, "value": value]) }
            try node.setReceiptDays(days)
        default: throw CommandError(.unknownSetting, ["name": name])
        }
        let defaults = try Defaults(node)
        return Answer(defaults, defaults.lines)
    }
}

struct ConfigShow: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("显示默认单位和人员。", "Shows the default unit and person."), discussion: example("tiaokuai config show"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let defaults = try Defaults(try context.node())
        return Answer(defaults, defaults.lines)
    }
}

struct Version: AnsweringCommand {
    static let configuration = CommandConfiguration(abstract: say("程序版本。", "The program's version."), discussion: example("tiaokuai version --json"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        struct Result: Encodable {
            let version: String
        }
        return Answer(Result(version: Tiaokuai.release), ["tiaokuai \(Tiaokuai.release)"])
    }
}
