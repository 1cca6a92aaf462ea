/// The language in which the audience is spoken to.
enum Language: String {
    case zh, en
}

/// One sentence in both languages.
struct Words {
    let zh: String
    let en: String

    subscript(language: Language) -> String { language == .zh ? zh : en }
}
