import TiaokuaiModel

/// The coded words of a form, each with what it stands for; one spelling each.
enum FormWords {
    static let streams: [(String, KindTable.Stream)] = [("policy", .policy), ("work", .work), ("local", .local)]

    static let classes = FieldClass.allCases.map { ($0.name, $0) }

    static let types: [(String, ValueType)] = [
        ("decimal", .decimal), ("text", .text), ("bytes", .bytes), ("boolean", .boolean), ("day", .day), ("list", .list),
    ]

    static let rules: [(String, FieldRule)] = [
        ("sole", .soleIssuer), ("reporter", .soleReporter), ("floor", .strictest(.floor)), ("ceiling", .strictest(.ceiling)),
        ("earliest", .strictest(.earliest)), ("authority", .authority), ("holder", .holder), ("workflow", .workflow), ("set", .set),
    ]

    private static let authors: [(String, KindTable.Author)] = [
        ("government", .government), ("governmentOnPath", .governmentOnPath), ("line", .lineOfPlace), ("unitOfPlace", .unitOfPlace),
    ]

    private static let roles: [(String, Workflow.Role)] = [
        ("issuer", .issuer), ("lead", .lead), ("government", .government), ("superior", .superior), ("superiorUnit", .superiorUnit), ("anyone", .anyone),
    ]

    static func word<Meaning: Equatable>(_ meaning: Meaning, _ words: [(String, Meaning)]) -> String { words.first { $0.1 == meaning }?.0 ?? "" }

    static func word(_ author: KindTable.Author) -> String {
        if case .key(let part) = author { return "key:\(part)" }
        return word(author, authors)
    }

    static func author(_ word: String) -> KindTable.Author? {
        word.hasPrefix("key:") ? .key(String(word.dropFirst(4))) : authors.first { $0.0 == word }?.1
    }

    static func word(_ role: Workflow.Role) -> String {
        if case .holder(let field) = role { return "holder:\(field)" }
        return word(role, roles)
    }

    static func role(_ word: String) -> Workflow.Role? {
        word.hasPrefix("holder:") ? .holder(String(word.dropFirst(7))) : roles.first { $0.0 == word }?.1
    }
}
