import Foundation
import TiaokuaiModel

/// "Equal means: decimals by value, texts of documents after NFKC without white space, everything else as it is."
public enum NaiveEquality: Sendable {
    /// Texts that issuers publish.
    case document
    case exact

    public init(_ rule: FieldRule) { self = rule == .soleIssuer ? .document : .exact }

    public func areEqual(_ one: Value, _ other: Value) -> Bool {
        if self == .document, let left = one.text, let right = other.text {
            return fold(left) == fold(right)
        }
        return one == other
    }

    func allEqual(_ values: [Value]) -> Bool { values.dropFirst().allSatisfy { areEqual($0, values[0]) } }

    private func fold(_ text: String) -> [Unicode.Scalar] {
        text.precomposedStringWithCompatibilityMapping.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
}
