import TiaokuaiModel

/// Where one tier's matrix says two things at once. Between two entries nothing is refused by it and nothing stops: what governs
/// all the same stands in `TierResponsibility`, and this is what people are told. An entry that names a unit 牵头 and 配合 at once
/// is void in that version.
public struct MatrixContradiction: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One entry names a unit 牵头 and 配合 at once.
        case leadCooperates
        /// The quote says 以条为主 and the mode 以块为主, or the other way round.
        case modeAgainstFormula
        /// Two parts of one document on one topic, equally deep, state different modes; each holds within itself.
        case modesOfOneTopic
        /// Two entries, neither more special, give one indicator different leads; one governs, the other's leads cooperate.
        case leadsOfOneIndicator
    }

    public let kind: Kind
    /// The document and the part, of both entries where two are at odds; ascending.
    public let parts: [String]
    public let document: String
    /// What it is about: unit ids, an indicator, or modes.
    public let subjects: [String]

    /// Those among the entries of one tier that are in force (one version each), in a fixed order.
    public static func found(in entries: [MatrixEntry]) -> [MatrixContradiction] {
        let sorted = entries.sorted { ($0.document, $0.part) < ($1.document, $1.part) }
        var out = sorted.flatMap(\.contradictions)
        for (index, one) in sorted.enumerated() {
            for other in sorted.dropFirst(index + 1) where one.depth == other.depth {
                let parts = [one.part, other.part]
                if one.document == other.document, let topic = one.topic, topic == other.topic, let mode = one.mode, let second = other.mode, mode != second {
                    out.append(.init(kind: .modesOfOneTopic, parts: parts, document: one.document, subjects: [mode.rawValue, second.rawValue]))
                }
                guard !one.leading.isEmpty, !other.leading.isEmpty, Set(one.leading) != Set(other.leading) else { continue }
                for indicator in one.indicators.intersection(other.indicators).sorted() {
                    out.append(.init(kind: .leadsOfOneIndicator, parts: parts, document: one.document, subjects: [indicator]))
                }
            }
        }
        return out
    }
}

extension MatrixEntry {
    /// What the entry says against itself.
    public var contradictions: [MatrixContradiction] {
        var out: [MatrixContradiction] = []
        let both = Set(leads).intersection(cooperating).sorted()
        if !both.isEmpty { out.append(.init(kind: .leadCooperates, parts: [part], document: document, subjects: both.map(\.text))) }
        let quoted: ResponsibilityMode? =
            switch (source.formula.contains("以条为主"), source.formula.contains("以块为主")) {
            case (true, false): .lineFirst
            case (false, true): .blockFirst
            default: nil
            }
        if let quoted, let mode, quoted != mode {
            out.append(.init(kind: .modeAgainstFormula, parts: [part], document: document, subjects: [mode.rawValue, source.formula]))
        }
        return out
    }
}
