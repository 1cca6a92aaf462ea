import TiaokuaiModel

/// A value of a flat JSON object. Numbers are exact, never floating point.
public enum JSONScalar: Hashable, Sendable {
    case text(String)
    case number(ExactDecimal)
    case boolean(Bool)
    case null

    /// The model's value; nil for `null`.
    public var value: Value? {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .decimal(number)
        case .boolean(let flag): .boolean(flag)
        case .null: nil
        }
    }
}
