/// In which language people are spoken to. Codes, keys of `--json` and everything stored are the same in both.
public enum Language: String, CaseIterable, Hashable, Sendable {
    case zh, en

    /// `--lang` if given, else LC_ALL, else LANG, else Chinese. `C` and `POSIX` name no language: Chinese.
    public static func chosen(option: String?, environment: [String: String]) -> Language {
        if let option, let language = Language(rawValue: option) { return language }
        for name in ["LC_ALL", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return value.lowercased().hasPrefix("en") ? .en : .zh
        }
        return .zh
    }
}

/// One sentence or term in both languages. There is no way to write one without the other.
public struct Words: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }

    /// To stand inside another sentence: without its own full stop.
    public var withoutStop: Words {
        Words(zh.hasSuffix("。") ? String(zh.dropLast()) : zh, en.hasSuffix(".") ? String(en.dropLast()) : en)
    }

    /// With the facts put in; see `Template`.
    public func filled(_ facts: [String: String], phrases: [String: Words] = [:]) -> Words {
        Words(Template.fill(zh, facts.merging(phrases.mapValues(\.zh)) { $1 }), Template.fill(en, facts.merging(phrases.mapValues(\.en)) { $1 }))
    }

    /// A partition among the facts is put into words.
    func filled(withPartition facts: [String: String]) -> Words {
        filled(facts, phrases: facts["partition"].map { ["partition": SheetWords.partition($0)] } ?? [:])
    }
}
