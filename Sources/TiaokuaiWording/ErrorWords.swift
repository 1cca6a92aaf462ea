/// What an error says to people: what happened, and what to do next.
public struct ErrorWords: Hashable, Sendable {
    public let what: Words
    public let next: Words

    public init(_ zh: String, _ en: String, next zhNext: String, _ enNext: String) {
        what = Words(zh, en)
        next = Words(zhNext, enNext)
    }

    public func filled(_ facts: [String: String]) -> ErrorWords { ErrorWords(what.filled(facts), next.filled(facts)) }

    private init(_ what: Words, _ next: Words) {
        self.what = what
        self.next = next
    }
}

/// Which part of the program a code belongs to; with it, codes of two parts may share a name.
public enum ErrorDomain: String, CaseIterable, Hashable, Sendable {
    case node, office, store, trust, format, log, entry, model, command, wire

    /// Every code of the domain.
    public var table: [String: ErrorWords] {
        switch self {
        case .node: nodeErrors
        case .office: officeErrors
        case .store: storeErrors
        case .trust: trustErrors
        case .format: formatErrors
        case .log: logErrors
        case .entry: entryErrors
        case .model: modelErrors
        case .command: commandErrors
        case .wire: wireErrors
        }
    }
}

extension ErrorWords {
    /// The sentences for a code of a domain; nil for a code that the tables do not know, which a test rules out.
    public static func of(_ domain: ErrorDomain, _ code: String) -> ErrorWords? { domain.table[code] }

    /// The sentences for a code that came without its domain, as a receipt's refusals do: nodes' own words first.
    public static func of(code: String) -> ErrorWords? {
        for domain in [ErrorDomain.node, .trust, .format, .log, .model, .entry] {
            if let words = domain.table[code] { return words }
        }
        return nil
    }
}
