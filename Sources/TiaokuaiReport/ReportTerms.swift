import TiaokuaiOffice
import TiaokuaiWording

/// How this run names what a report speaks of: the same words as on its screens, in one language. They are handed in because units,
/// nodes and forms name themselves, and only whoever opened the node knows them.
public struct ReportTerms: Sendable {
    public let language: Language
    /// A value with its measure, of a field and, where it is known, a kind: coded ones in words.
    let value: @Sendable (_ value: String?, _ measure: String?, _ field: String, _ kind: String?) -> String?
    /// What a field is called, by its name, its title and its kind.
    let field: @Sendable (_ name: String, _ title: String, _ kind: String) -> String
    /// A bound of a target, by its name: `floor`, `ceiling`, `deadline`, `percentOfTarget`.
    let bound: @Sendable (String) -> String
    /// A document by its number, or by its title where it has none.
    let document: @Sendable (_ number: String) -> String
    /// Forks, logs, quarantines, cuts and concerns, each with its heading.
    let carriage: @Sendable (AuditCarriage) -> [(title: String, lines: [String])]

    public init(
        language: Language, value: @escaping @Sendable (String?, String?, String, String?) -> String?, field: @escaping @Sendable (String, String, String) -> String,
        bound: @escaping @Sendable (String) -> String, document: @escaping @Sendable (String) -> String,
        carriage: @escaping @Sendable (AuditCarriage) -> [(title: String, lines: [String])]
    ) {
        self.language = language
        self.value = value
        self.field = field
        self.bound = bound
        self.document = document
        self.carriage = carriage
    }

    func say(_ words: Words, _ facts: [String: String] = [:]) -> String { facts.isEmpty ? words[language] : words.filled(facts)[language] }

    func list(_ names: [String]) -> String { names.joined(separator: language == .zh ? "、" : ", ") }

    /// A unit and who spoke for it: by post where one was held that day.
    func author(_ unit: UnitFact, _ person: String, _ posts: [String]) -> String { "\(unit.name) \(SheetWords.author(person, posts)[language])" }

    func rule(_ code: String, _ mode: String?) -> String {
        // Of a dispute: no rule could tell who prevails.
        let rule = code == "none" ? say(ReportWords.noRule) : JudgementWords.rule(code)?[language] ?? code
        guard let mode else { return rule }
        return rule + (language == .zh ? "·" : ", ") + self.mode(mode)
    }

    func mode(_ code: String) -> String { ValueWords.of(field: "mode", value: code)?[language] ?? code }

    func outcome(_ code: String) -> String { (StatusWords.disputeEnd(code) ?? StatusWords.dispute(code))?[language] ?? code }

    /// A document with its clause and, where it states a formula, its words.
    func source(_ source: SourceFact) -> String {
        let facts = ["document": document(source.document), "clause": source.clause, "formula": source.formula]
        return say(source.formula.isEmpty ? ReportWords.quoteBare : ReportWords.quote, facts)
    }
}
