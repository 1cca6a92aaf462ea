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

    init(_ settings: NodeSettings) {
        unit = settings.defaultUnit?.text
        person = settings.defaultPerson?.text
    }

    var lines: [String] {
        [
            say("单位:\(unit ?? "(未设)")", "unit: \(unit ?? "(none)")"),
            say("人员:\(person ?? "(未设)")", "person: \(person ?? "(none)")"),
        ]
    }
}

struct ConfigSet: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: say("设默认单位或人员;值为 - 则清除。", "Sets the default unit or person; - clears it."),
        discussion: example("tiaokuai config set unit 620724.ndrc", "tiaokuai config set person 620724.ndrc.p1"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("unit 或 person。", "unit or person."), valueName: "name")) var name: String
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
        default: throw CommandError(.unknownSetting, ["name": name])
        }
        let defaults = Defaults(try node.settings())
        return Answer(defaults, defaults.lines)
    }
}

struct ConfigShow: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("显示默认单位和人员。", "Shows the default unit and person."), discussion: example("tiaokuai config show"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let defaults = Defaults(try context.node().settings())
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
