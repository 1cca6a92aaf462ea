import TestKit
import Testing
import TiaokuaiWording

/// What people see of an answer.
extension Tool {
    /// The lines of a command at a node, on 2020-09-20.
    func shown(_ node: String, _ arguments: [String], _ language: String) throws -> [String] {
        let outcome = try run(arguments + ["--dir", path(node), "--now", "2020-09-20", "--lang", language])
        #expect(outcome.status == 0, "\(arguments): \(outcome.err)")
        return outcome.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    }

    /// One screen in each language: at most 24 lines of 100 columns; gives them, 中文 first.
    @discardableResult
    func expectOneScreen(_ node: String, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> (zh: String, en: String) {
        let texts = try ["zh", "en"].map { language in
            let lines = try shown(node, arguments, language)
            #expect((2...24).contains(lines.count), "\(arguments) \(language): \(lines.count) lines", sourceLocation: sourceLocation)
            for line in lines { #expect(DisplayWidth.of(line) <= 100, "\(arguments) \(language): \(line)", sourceLocation: sourceLocation) }
            return lines.joined(separator: "\n")
        }
        return (texts[0], texts[1])
    }
}
