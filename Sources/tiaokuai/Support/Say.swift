import Foundation
import TiaokuaiWording

/// The language of this run: `--lang`, else the environment. Known before the arguments are parsed, so that help speaks it too.
let runLanguage: Language = {
    let arguments = CommandLine.arguments
    var option: String?
    for (index, argument) in arguments.enumerated() {
        if argument == "--lang", index + 1 < arguments.count { option = arguments[index + 1] }
        if argument.hasPrefix("--lang=") { option = String(argument.dropFirst(7)) }
    }
    return Language.chosen(option: option, environment: ProcessInfo.processInfo.environment)
}()

/// One sentence in the language of this run.
func say(_ zh: String, _ en: String) -> String { Words(zh, en)[runLanguage] }

/// A command's help: what it does, and examples to copy.
func example(_ lines: String...) -> String { say("示例:", "Example:") + "\n" + lines.map { "  \($0)" }.joined(separator: "\n") }
