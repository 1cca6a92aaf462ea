import TiaokuaiOffice
import TiaokuaiWording

/// Parts of the audit's answers in words.
enum AuditShown {
    /// `2020-08-14 09:00`.
    static func time(_ text: String?) -> String { text.map { String($0.prefix(16).replacing("T", with: " ")) } ?? "" }

    /// `#12 2020-08-14 09:00`, with a mark where no checkpoint seals it yet.
    static func entry(_ entry: EntryFact?) -> String {
        guard let entry else { return say("未封装,不在日志", "not sealed, in no entry") }
        let open = entry.isSealed ? "" : say("(检查点未盖)", " (no checkpoint yet)")
        let summed = entry.bySnapshotOf.map { say("(随快照而来,签名在 \($0))", " (by snapshot: its signature is at \($0))") } ?? ""
        return say("第 \(entry.position) 项 \(time(entry.received))\(open)\(summed)", "entry \(entry.position), \(time(entry.received))\(open)\(summed)")
    }

    static func position(_ entry: EntryFact?) -> String { entry.map { "\($0.position)" } ?? "" }

    static func sealed(_ entry: EntryFact?) -> String { entry.map { $0.isSealed ? say("是", "yes") : say("否", "no") } ?? "" }

    /// The mode with the document and clause that state it.
    static func mode(_ mode: String?, _ source: SourceFact?) -> String {
        guard let mode else { return "" }
        let words = ValueWords.of(field: "mode", value: mode)?[runLanguage] ?? mode
        guard let source else { return words }
        let formula = source.formula.isEmpty ? "" : say("“\(source.formula)”", " \"\(source.formula)\"")
        return words + say("(\(Shown.document(source.document)) \(source.clause)\(formula))", " (\(Shown.document(source.document)) \(source.clause)\(formula))")
    }

    static func rule(_ code: String?) -> String { code.map { JudgementWords.rule($0)?[runLanguage] ?? $0 } ?? "" }

    static func whose(_ word: AuditedWord) -> String {
        "\(word.unit.name) \(SheetWords.author(word.person, word.posts)[runLanguage])"
    }

    static func seen(_ facts: [SeenFact], _ measure: String?, _ field: String) -> String {
        facts.map { "\($0.unit.name) \(Shown.said($0.value, measure, field: field) ?? say("(撤回)", "(withdrew)"))" }.joined(separator: say("、", ", "))
    }

    static func none(_ rows: [some Any]) -> [String] { rows.isEmpty ? ["  \(say("无", "none"))"] : [] }
}
