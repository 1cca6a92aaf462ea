/// Why a token can't be used. Sentences are made elsewhere, from `code` and `fact`.
public struct TokenError: Error, Hashable, Sendable {
    /// Stable names: they are printed, compared and documented.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // The module (a shared library of the token's maker), the token in it, the key on it.
        case moduleUnreadable, tokenMissing, keyMissing, keyAmbiguous, keyUnsupported
        // Getting in. Tokens lock themselves after a few wrong PINs, so none is tried twice.
        case pinMissing, pinWrong, pinLocked
        // Taken out, or started anew, since it was opened.
        case tokenRemoved
        // A function of the module failed; the fact is its name and PKCS#11's number.
        case moduleFailed
    }

    public let code: Code
    /// The fact beside the code, at most 200 characters; never secret.
    public let fact: String

    public init(_ code: Code, _ fact: String = "") {
        self.code = code
        self.fact = fact.utf8.count > 200 ? String(fact.prefix(200)) : fact
    }
}

extension TokenError: CustomStringConvertible {
    public var description: String { fact.isEmpty ? code.rawValue : "\(code.rawValue): \(fact)" }
}
