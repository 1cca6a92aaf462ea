import TiaokuaiModel

/// A document as another one cites it: relation, number as printed (may be empty), title. The text is never repaired; what
/// it resolves to stands beside it.
public struct Citation: Hashable, Sendable {
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        /// 根据……精神
        case implements
        /// 转发
        case forwards
        /// 按照……执行
        case applies
        /// 进一步细化
        case refines
        case cites
    }

    public let relation: Relation
    public let number: String
    public let title: String
    /// The clause that cites, such as 保居民就业; may be empty.
    public let clause: String

    public init(relation: Relation, number: String, title: String, clause: String = "") {
        self.relation = relation
        self.number = number
        self.title = title
        self.clause = clause
    }

    /// Reads one entry of `DocumentKind.cites`; nil for any other shape.
    public init?(_ value: Value) {
        guard let texts = value.list?.map(\.text), (3...4).contains(texts.count), let relation = texts[0].flatMap(Relation.init(rawValue:)),
            let number = texts[1], let title = texts[2]
        else { return nil }
        self.init(relation: relation, number: number, title: title, clause: texts.count == 4 ? texts[3] ?? "" : "")
    }

    public var value: Value { .list([.text(relation.rawValue), .text(number), .text(title), .text(clause)]) }

    /// What a citation comes to among the documents that are held, derived anew whenever more arrives (R14).
    public enum Resolution: Hashable, Sendable {
        case resolved(RecordKey)
        /// The title is there under another number: the issuer's own registry says which. Ascending by key; more than one
        /// is for a person to choose.
        case mismatch([RecordKey])
        /// The number is there under another title.
        case titleMismatch([RecordKey])
        /// Nothing held has this number or this title: waits, never dropped.
        case pending
    }

    /// White space in titles does not count.
    public func resolve(among documents: [EffectiveRecord]) -> Resolution {
        func isNumbered(_ record: EffectiveRecord) -> Bool { !number.isEmpty && record.keyText(1) == number }
        func isTitled(_ record: EffectiveRecord) -> Bool { Citation.folded(record[DocumentKind.title]?.text ?? "") == Citation.folded(title) }
        let held = documents.filter { $0.key.kind == DocumentKind.table.name }
            .sorted { ($0.key.partition, $0.keyText(0) ?? "", $0.keyText(1) ?? "") < ($1.key.partition, $1.keyText(0) ?? "", $1.keyText(1) ?? "") }
        if let both = held.first(where: { isNumbered($0) && isTitled($0) }) { return .resolved(both.key) }
        let titled = held.filter(isTitled)
        if !titled.isEmpty { return number.isEmpty && titled.count == 1 ? .resolved(titled[0].key) : .mismatch(titled.map(\.key)) }
        let numbered = held.filter(isNumbered)
        return numbered.isEmpty ? .pending : .titleMismatch(numbered.map(\.key))
    }

    private static func folded(_ title: String) -> String { String(String.UnicodeScalarView(title.unicodeScalars.filter { !$0.properties.isWhitespace })) }
}
