import TiaokuaiModel

/// Why something is not sealed or not opened. Sentences are made elsewhere, from `code` and the facts.
public struct SealError: Error, Hashable, Sendable {
    /// Stable names: they are printed, compared and documented in Docs/Formats/Seal.md.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // The whole file.
        case notSealed, unsupportedVersion, unknownSuite, malformedHead, tooManyReceivers, notForTheseKeys, wrongSuite, alteredHead
        // A place in it.
        case alteredChunk, malformedChunk, truncated, trailingBytes
        // The sealing side.
        case noReceiver, tooLong
        // One sealed value.
        case valueTooLong, sealedElsewhere, valueForAnotherKey, alteredValue, malformedValue
        // One message of HPKE, and the library underneath.
        case notOpened, wrongKey, messageLimit, crypto
    }

    public let code: Code
    /// The chunk in question, from 0; where and how long it is in the sealed file, in bytes.
    public let chunk: Int?
    public let offset: UInt64?
    public let length: UInt64?
    /// The receivers' key ids, for `notForTheseKeys` and `valueForAnotherKey`; the reader's own among them, for `wrongSuite`.
    public let receivers: [Hash32]
    /// The fact beside the code, at most 200 characters; never secret.
    public let fact: String

    public init(_ code: Code, _ fact: String = "", chunk: Int? = nil, offset: UInt64? = nil, length: UInt64? = nil, receivers: [Hash32] = []) {
        self.code = code
        self.chunk = chunk
        self.offset = offset
        self.length = length
        self.receivers = receivers
        self.fact = fact.utf8.count > 200 ? String(fact.prefix(200)) : fact
    }
}

extension SealError {
    /// Runs what fails only for want of memory or randomness, or by a mistake of ours.
    static func crypto<Result>(_ body: () throws -> Result) throws(SealError) -> Result {
        do { return try body() } catch { throw SealError(.crypto, "\(error)") }
    }
}

extension SealError: CustomStringConvertible {
    public var description: String {
        var text = code.rawValue
        if let offset { text += " at \(offset)" }
        return fact.isEmpty ? text : "\(text): \(fact)"
    }
}
