import TiaokuaiModel

/// What one tier sets for a target: the value in use of its own record of the key.
public struct PathStep: Hashable, Sendable {
    public var region: RegionID
    public var unit: UnitID
    public var operation: OperationID
    /// A decimal or a day.
    public var value: Value
    /// Firm (确保); false for an aspirational target (力争), which binds no firm one.
    public var isFirm: Bool

    public init(region: RegionID, unit: UnitID, operation: OperationID, value: Value, isFirm: Bool = true) {
        self.region = region
        self.unit = unit
        self.operation = operation
        self.value = value
        self.isFirm = isFirm
    }
}

/// What the steps of a path come to at its end.
public struct PathOutcome: Hashable, Sendable {
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        /// The value in use here.
        case effective
        /// Says the same as the one in use, or as the stretch, below it.
        case equal
        /// Was a bound, until a tier below tightened it.
        case shadowed
        /// Looser than a bound above it: kept, without effect (R2).
        case inert
        /// Aspirational and stricter than the firm value in use; stands beside it.
        case stretch
        /// Neither a decimal nor a day, or not of the type of the first step.
        case incomparable
    }

    public struct Step: Hashable, Sendable {
        public let step: PathStep
        public let standing: Standing
    }

    /// As given, root first.
    public let steps: [Step]

    public var effective: PathStep? { only(.effective).first }
    public var stretch: PathStep? { only(.stretch).first }
    public var inert: [PathStep] { only(.inert) }
    public var shadowed: [PathStep] { only(.shadowed) }

    private func only(_ standing: Standing) -> [PathStep] { steps.filter { $0.standing == standing }.map(\.step) }
}

/// Joins the targets of one key along the path from the root to a place: the strictest stands, a looser one is kept and
/// inert. No step loosens what is above it, and a tier that loosens its own tightening falls back to the bound above.
///
/// An aspirational step binds aspirational ones only: a firm value below it stands even if it is looser, and then the
/// aspirational one is shown beside it as the stretch as long as it is stricter. Of equal steps the upper is the source.
///
/// - Parameter steps: root first, the place last; one for each tier that has set a value.
public func strictestAlongPath(_ steps: [PathStep], _ strictness: Strictness) -> PathOutcome {
    var standings = [PathOutcome.Standing](repeating: .incomparable, count: steps.count)
    var bound: Int?
    var aspiration: Int?
    let first = steps.first { $0.value.isMeasurable }?.value
    for (index, step) in steps.enumerated() {
        guard let first, step.value.hasType(of: first), step.value.isMeasurable else { continue }
        func comparison(_ other: Int?) -> StepComparison? { other.map { step.value.compared(with: steps[$0].value, strictness) } }

        if let above = comparison(bound), above != .stricter {
            standings[index] = above == .equal ? .equal : .inert
        } else if step.isFirm {
            if let bound { standings[bound] = .shadowed }
            bound = index
            standings[index] = .effective
            // What was aspired to above is reached or passed by this firm value.
            if let above = comparison(aspiration), above != .looser, let reached = aspiration {
                standings[reached] = .shadowed
                aspiration = nil
            }
        } else if let above = comparison(aspiration), above != .stricter {
            standings[index] = above == .equal ? .equal : .inert
        } else {
            if let aspiration { standings[aspiration] = .shadowed }
            aspiration = index
        }
    }
    if let aspiration { standings[aspiration] = bound == nil ? .effective : .stretch }
    let inUse = [bound, aspiration].compactMap { $0.map { steps[$0].value } }
    for index in steps.indices where standings[index] == .equal && !inUse.contains(steps[index].value) { standings[index] = .shadowed }
    return PathOutcome(steps: zip(steps, standings).map { .init(step: $0, standing: $1) })
}

private enum StepComparison { case stricter, equal, looser }

extension Value {
    fileprivate var isMeasurable: Bool { decimal != nil || day != nil }

    fileprivate func hasType(of other: Value) -> Bool { (decimal != nil) == (other.decimal != nil) && (day != nil) == (other.day != nil) }

    fileprivate func compared(with other: Value, _ strictness: Strictness) -> StepComparison {
        if self == other { return .equal }
        let isLarger: Bool =
            switch (self, other) {
            case (.decimal(let left), .decimal(let right)): left > right
            case (.day(let left), .day(let right)): left > right
            default: false
            }
        return isLarger == (strictness == .floor) ? .stricter : .looser
    }
}
