import ArgumentParser
import Foundation
import TiaokuaiWording

/// 条块: the one executable. Commands are in folders by what they are for; everything around them is in Support.
@main
struct Tiaokuai: AsyncParsableCommand {
    static let release = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "tiaokuai",
        abstract: say("条块:省、市、县在没有共同网络时共用台账、上报进度、下达政策。", "Tiaokuai: province, city and county work on shared records without a shared network."),
        discussion: example(
            "tiaokuai node init --dir gs --root --region 620000 --name gs",
            "tiaokuai publish --dir gs Nodes/gs/publish/00-indicators.yaml",
            "tiaokuai explain --dir gt 620724/grainReserveDays/2020-08 value") + "\n\n" + exitStatuses,
        version: release,
        subcommands: [],
        groupedSubcommands: commandGroups)

    /// Every exit status with its meaning: the only list.
    static let exitStatuses: String = {
        let lines = CommandStatus.allCases.map { "  \(DisplayWidth.rightAligned(String($0.rawValue), to: 2))  \($0.words[runLanguage])" }
        return say("退出状态:", "Exit statuses:") + "\n" + lines.joined(separator: "\n")
    }()

    @OptionGroup var basic: BasicOptions

    /// Without a command: what to do first.
    func run() throws {
        try finish(basic.json) { try Status.overview(CommandContext(options: basic)) }
    }

    static func main() async {
        do {
            var command = try parseAsRoot(CommandLineOrder.commandFirst(Array(CommandLine.arguments.dropFirst())))
            if var awaiting = command as? any AsyncParsableCommand {
                try await awaiting.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Help and version go out as they are; a command that is not written correctly is an error like any other.
    private static func end(_ error: any Error) -> Never {
        if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
        let code = exitCode(for: error)
        if code == .success {
            Terminal.write(HelpWords.spoken(fullMessage(for: error), in: runLanguage) + "\n", to: 1)
            Foundation.exit(CommandStatus.ok.rawValue)
        }
        let message = UsageMessage(whole: fullMessage(for: error), message: self.message(for: error))
        var failure = Failure(.command, CommandError.Code.usage.rawValue, message.facts, phrases: ["reason": message.reason])
        failure.details = message.usage.map { [HelpWords.spoken($0, in: runLanguage)] } ?? []
        Terminal.print(failure, asJSON: CommandLine.arguments.contains("--json"))
        Foundation.exit(failure.status.rawValue)
    }
}
