/// Why bytes from outside are not what a format page admits. Sentences are made elsewhere, from `code` and the facts.
public struct FormatError: Error, Hashable, Sendable {
    /// Stable names: they are printed, compared and documented. New ones are added to the group that they belong to.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // CBOR: one item.
        case truncated, notShortest, indefiniteLength, leftover, wrongType, invalidText, limitExceeded
        case duplicateKey, unsortedKeys, reserved, unsupported, wrongCount, outOfRange
        // COSE: the signed envelope.
        case malformedEnvelope, malformedHeader, malformedKey, unknownCritical, algorithmNotProtected, unsupportedAlgorithm
        // What lies beside the envelope: bodies, bundles.
        case compression, malformedBody, malformedFrame, malformedBundle, wrongNetwork, personalField, wrongProof
    }

    public let code: Code
    /// Where the offending item starts, in bytes from the start of what was being read.
    public let offset: Int
    /// The fact beside the code, such as a number found and its limit; for people, at most 200 characters.
    public let detail: String

    public init(_ code: Code, at offset: Int = 0, _ detail: String = "") {
        self.code = code
        self.offset = offset
        self.detail = detail.utf8.count > 200 ? String(detail.prefix(200)) : detail
    }
}

extension FormatError: CustomStringConvertible {
    public var description: String { detail.isEmpty ? "\(code.rawValue) at \(offset)" : "\(code.rawValue) at \(offset): \(detail)" }
}
