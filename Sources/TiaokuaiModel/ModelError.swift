/// Why a value from outside is not a value of the model. Sentences are made elsewhere, from `code` and `fact`.
public struct ModelError: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        case malformedName, malformedDecimal, decimalOutOfRange, malformedDay, malformedPeriod, unknownMeasure, measureMismatch
        case malformedRegionTable, unknownRegion, unknownKind, unknownField, wrongKey, wrongType
    }
    public let code: Code
    /// The offending text, shortened to 200 characters.
    public let fact: String

    public init(_ code: Code, _ fact: String) {
        self.code = code
        self.fact = String(fact.prefix(200))
    }
}
