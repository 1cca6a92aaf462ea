/// Why a key, a signature or a credential is not trusted. Sentences are made elsewhere, from `code` and `fact`.
public struct TrustError: Error, Hashable, Sendable {
    /// Stable names: they are printed, compared and documented. New ones are added to the group that they belong to.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // Keys and their files.
        case malformedKey, smallOrderKey, unsupportedSuite, malformedKeyFile, keyFileVersion, keyFileSealed, wrongPassphrase, otherPurpose, keyOnToken
        case keyAgreementFailed, decryptionFailed, signerFailed
        // Signatures and envelopes.
        case wrongSignature, tooFewSignatures, wrongAlgorithm, wrongKey, malformedEnvelope, unknownCritical, algorithmNotProtected
        // The library underneath: no memory, no randomness.
        case libcrypto
    }

    public let code: Code
    /// The fact beside the code, at most 200 characters; never secret.
    public let fact: String

    public init(_ code: Code, _ fact: String = "") {
        self.code = code
        self.fact = fact.utf8.count > 200 ? String(fact.prefix(200)) : fact
    }
}

extension TrustError: CustomStringConvertible {
    public var description: String { fact.isEmpty ? code.rawValue : "\(code.rawValue): \(fact)" }
}
