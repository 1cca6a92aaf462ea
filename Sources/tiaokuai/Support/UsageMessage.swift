import TiaokuaiWording

/// What the parser of arguments says about a command that is not written correctly, taken apart.
struct UsageMessage {
    /// In both languages; the parser speaks English only.
    let reason: Words
    /// `Usage: tiaokuai …`, where the parser gives it.
    let usage: String?
    /// `command`: whose help to see.
    let facts: [String: String]

    init(whole: String, message: String) {
        reason = UsageWords.of(message).withoutStop
        let lines = whole.split(separator: "\n").map(String.init)
        usage = lines.first { $0.hasPrefix("Usage:") || $0.hasPrefix("USAGE:") }
        // `  See 'tiaokuai bundle export --help' for more information.`
        let see = lines.last { $0.contains("See 'tiaokuai ") }.flatMap { $0.split(separator: "'").dropFirst().first }
        let command = see.map { $0.split(separator: " ").dropFirst().prefix { $0 != "--help" && $0 != "help" }.joined(separator: " ") }
        facts = command.flatMap { $0.isEmpty ? nil : ["command": $0] } ?? [:]
    }
}
