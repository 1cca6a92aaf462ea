import Foundation

/// What the audience reads. Meaning is in the words; nothing is coloured.
struct Screen {
    let language: Language
    let showsCommands: Bool
    var isSilent = false

    static func silent(_ language: Language) -> Screen { Screen(language: language, showsCommands: false, isSilent: true) }

    func say(_ zh: String, _ en: String) { put(language == .zh ? zh : en) }

    func put(_ text: String) {
        guard !isSilent else { return }
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    func title(_ words: Words) {
        put("")
        put("════ \(words[language]) ════")
    }

    func step(_ step: Table.Step) {
        put("")
        say("── 第 \(step.name) 步 · \(step.day) · \(step.title.zh)", "── Step \(step.name) · \(step.day) · \(step.title.en)")
    }

    func act(where place: String, who: String?, _ sentence: String, why: String?) {
        let head = who.map { "\($0)" + (language == .zh ? ":" : ": ") } ?? ""
        put("  [\(place)] \(head)\(sentence)")
        if let why { put(language == .zh ? "      依据:\(why)" : "      Why: \(why)") }
    }

    func command(_ arguments: [String]) {
        guard showsCommands else { return }
        put("    $ tiaokuai " + arguments.map { $0.contains(" ") || $0.isEmpty ? "\"\($0)\"" : $0 }.joined(separator: " "))
    }

    func passed(_ count: Int) { say("  ✓ \(count) 项预期全部对上", "  ✓ \(count) expectations met") }

    func failed(_ finding: Finding) {
        put("")
        say("✗ 第 \(finding.step) 步没有通过(预期表第 \(finding.line) 行)", "✗ Step \(finding.step) failed (line \(finding.line) of the table)")
        put("    \(finding.what)")
        say("    预期:\(finding.expected)", "    expected: \(finding.expected)")
        say("    实际:\(finding.found)", "    found:    \(finding.found)")
        if !finding.complaint.isEmpty { put(finding.complaint.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")) }
    }
}
