import TiaokuaiModel

/// What a figure is, seen from a target.
public enum Figure: Hashable, Sendable {
    case value(ExactDecimal)
    /// No report, or none in use.
    case none
    /// Equal claims differ, and no value is in use.
    case disputed
    /// One is in use that another node alone can read.
    case sealed
}

/// The bounds in force for one target: the strictest along the path, with the wording of the record they come from.
public struct TargetBounds: Hashable, Sendable {
    public var floor: ExactDecimal?
    public var ceiling: ExactDecimal?
    public var comparator: Comparator
    public var firmness: Firmness
    /// The target is relative to another period, whose figure is then both the bound and its proof.
    public var isRelative: Bool

    public init(
        floor: ExactDecimal? = nil, ceiling: ExactDecimal? = nil, comparator: Comparator = .atLeast, firmness: Firmness = .firm, isRelative: Bool = false
    ) {
        self.floor = floor
        self.ceiling = ceiling
        self.comparator = comparator
        self.firmness = firmness
        self.isRelative = isRelative
    }

    /// Reads a `target` record; nil for one of another kind.
    public init?(_ record: EffectiveRecord) {
        guard record.key.kind == TargetKind.table.name else { return nil }
        let ceiling = record[TargetKind.ceiling]?.decimal
        self.init(
            floor: record[TargetKind.floor]?.decimal, ceiling: ceiling,
            comparator: record[TargetKind.comparator]?.text.flatMap(Comparator.init(rawValue:)) ?? (ceiling == nil ? .atLeast : .atMost),
            firmness: record[TargetKind.firmness]?.text.flatMap(Firmness.init(rawValue:)) ?? .firm,
            isRelative: record[TargetKind.relativeTo] != nil)
    }

    /// A checkpoint: this many percent of the target's own floor. Throws `decimalOutOfRange`.
    public static func checkpoint(percent: ExactDecimal, of target: TargetBounds) throws(ModelError) -> TargetBounds {
        var bounds = target
        bounds.floor = try target.floor?.multiplied(by: percent).multiplied(by: ExactDecimal(mantissa: 1, exponent: -2))
        bounds.ceiling = nil
        bounds.comparator = .atLeast
        return bounds
    }

    /// 较上年不减: the base period's figure becomes the bound. Without one the bounds stay empty.
    public func relative(to base: Figure) -> TargetBounds {
        var bounds = self
        bounds.isRelative = true
        guard case .value(let value) = base else { return bounds }
        switch comparator {
        case .atLeast, .equal, .above: bounds.floor = value
        case .atMost, .below: bounds.ceiling = value
        }
        return bounds
    }
}

/// How a figure compares with a target. Never a rule: a figure that misses its target stands all the same.
public enum TargetAssessment: Hashable, Sendable {
    case met
    /// Misses a firm bound by so much: an alert.
    case notMet(shortBy: ExactDecimal)
    /// Misses a bound of 力争/争取 by so much: shown, no alert.
    case aspirationalShort(by: ExactDecimal)
    case noFigure
    case disputed
    /// The figure can't be compared here: it is sealed.
    case sealed
    /// Relative to a period of which no figure is in use, or no bound is stated.
    case noBound

    public var isAlert: Bool { if case .notMet = self { true } else { false } }

    /// Compares exactly. A difference that no decimal holds (18 digits) is given as the bound itself.
    public init(_ figure: Figure, against bounds: TargetBounds) {
        guard bounds.floor != nil || bounds.ceiling != nil else {
            self = .noBound
            return
        }
        switch figure {
        case .none: self = .noFigure
        case .disputed: self = .disputed
        case .sealed: self = .sealed
        case .value(let value):
            guard let short = TargetAssessment.shortfall(value, bounds) else {
                self = .met
                return
            }
            self = bounds.firmness == .aspirational ? .aspirationalShort(by: short) : .notMet(shortBy: short)
        }
    }

    /// Nil where the value keeps every bound; zero where it stands on a bound that excludes itself (高于、低于).
    private static func shortfall(_ value: ExactDecimal, _ bounds: TargetBounds) -> ExactDecimal? {
        if let floor = bounds.floor, value < floor || (bounds.comparator == .above && value == floor) {
            return (try? floor.adding(value.negated)) ?? floor
        }
        if let ceiling = bounds.ceiling, ceiling < value || (bounds.comparator == .below && value == ceiling) {
            return (try? value.adding(ceiling.negated)) ?? ceiling
        }
        return nil
    }
}
