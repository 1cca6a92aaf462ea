import TiaokuaiModel

/// A `standard` record, read, with its tier on the path.
public struct ExactStandard: Hashable, Sendable {
    /// 0 is the place asked about, larger is nearer the root.
    public let tier: Int
    public let issuer: String
    public let value: ExactDecimal?
    public let termFrom: Day?
    public let termTo: Day?
    public let isDiscretionary: Bool

    public init(tier: Int, issuer: String, value: ExactDecimal?, termFrom: Day? = nil, termTo: Day? = nil, isDiscretionary: Bool = false) {
        self.tier = tier
        self.issuer = issuer
        self.value = value
        self.termFrom = termFrom
        self.termTo = termTo
        self.isDiscretionary = isDiscretionary
    }

    /// Nil for a record of another kind or one without an issuer in its key.
    public init?(_ record: EffectiveRecord, tier: Int) {
        guard record.key.kind == StandardKind.table.name, let issuer = record.keyText(0) else { return nil }
        self.init(
            tier: tier, issuer: issuer, value: record[StandardKind.value]?.decimal, termFrom: record[StandardKind.termFrom]?.day,
            termTo: record[StandardKind.termTo]?.day, isDiscretionary: record[StandardKind.discretion]?.text == "may")
    }

    private func says(the same: ExactStandard) -> Bool { value == same.value && termFrom == same.termFrom && termTo == same.termTo }

    public enum Judgement: Hashable, Sendable {
        case stands
        /// The same words as the one above: carried on, no conflict.
        case repeats
        /// Neither lower nor higher is allowed: kept beside it, without effect (R3).
        case refused
        /// Opens no more than the 可 of the one above allows; for a person to check against its clause.
        case withinDiscretion
        /// Two issuers of one tier differ: nobody's is in force until that is settled (R21).
        case undecided
    }

    /// Judges standards of one (indicator, period) along one path: the highest tier's stands. The answer has the order
    /// of the argument.
    public static func judge(_ standards: [ExactStandard]) -> [Judgement] {
        guard let top = standards.map(\.tier).max(), let first = standards.first(where: { $0.tier == top }) else { return [] }
        let isAgreed = standards.allSatisfy { $0.tier != top || $0.says(the: first) }
        return standards.map { standard in
            guard isAgreed else { return .undecided }
            if standard.tier == top { return .stands }
            if standard.says(the: first) { return .repeats }
            return first.isDiscretionary ? .withinDiscretion : .refused
        }
    }
}
