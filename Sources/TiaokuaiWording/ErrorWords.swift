/// What an error says to people: what happened, and what to do next.
public struct ErrorWords: Hashable, Sendable {
    public let what: Words
    public let next: Words

    public init(_ zh: String, _ en: String, next zhNext: String, _ enNext: String) {
        what = Words(zh, en)
        next = Words(zhNext, enNext)
    }

    /// - Parameter phrases: facts that are words themselves; each language gets its own.
    public func filled(_ facts: [String: String], phrases: [String: Words] = [:]) -> ErrorWords {
        ErrorWords(what.filled(facts, phrases: phrases), next.filled(facts, phrases: phrases))
    }

    /// What one place of a file does wrong. `isSheet`: a row of a table, whose codes and an office file's share some names.
    public static func fault(_ code: String, fact: String, isSheet: Bool) -> Words? {
        let domains: [ErrorDomain] = isSheet ? [.entry, .office] : [.office, .entry]
        guard let words = domains.lazy.compactMap({ ErrorWords.of($0, code) }).first ?? ErrorWords.of(code: code) else { return nil }
        var facts = Dictionary(["fact", "text", "indicator", "reference"].map { ($0, fact) }, uniquingKeysWith: { first, _ in first })
        var phrases: [String: Words] = [:]
        if !isSheet, let type = FileWords.type(fact) { phrases["fact"] = type }
        // `notIssuer: 620724.gov target …`: a reason of the engine, then whose word on what it is.
        let parts = fact.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix(" ") }
        if let why = parts.first.flatMap({ JudgementWords.voidReason(String($0)) }) {
            phrases["why"] = why
            facts["subject"] = parts.count == 2 ? String(parts[1]) : nil
        }
        return words.filled(facts, phrases: phrases).what
    }

    private init(_ what: Words, _ next: Words) {
        self.what = what
        self.next = next
    }
}

/// Which part of the program a code belongs to; with it, codes of two parts may share a name.
public enum ErrorDomain: String, CaseIterable, Hashable, Sendable {
    case node, office, store, trust, token, seal, format, log, audit, snapshot, entry, model, command, wire

    /// Every code of the domain.
    public var table: [String: ErrorWords] {
        switch self {
        case .node: nodeErrors
        case .office: officeErrors
        case .store: storeErrors
        case .trust: trustErrors
        case .token: tokenErrors
        case .seal: sealErrors
        case .format: formatErrors
        case .log: logErrors
        case .audit: auditErrors
        case .snapshot: snapshotErrors
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
        for domain in [ErrorDomain.node, .trust, .seal, .format, .log, .model, .entry] {
            if let words = domain.table[code] { return words }
        }
        return nil
    }
}
