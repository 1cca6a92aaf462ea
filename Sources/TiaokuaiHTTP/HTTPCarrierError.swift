import TiaokuaiFormat

/// Why two nodes did not meet over HTTP, or parted early. Sentences are made elsewhere, from `code` and `facts`.
public struct HTTPCarrierError: Error, Hashable, Sendable {
    /// Stable names: they go over the wire (Docs/Formats/Wire.md), are printed and documented.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // Configuration.
        case malformedURL, plainRefused, certificateUnreadable, bindFailed
        // The line.
        case unreachable, certificateRefused, timedOut, connectionLost, unexpectedAnswer, unsupportedVersion, notFound
        // Who is who.
        case notEnrolled, wrongNetwork, unknownNode, credentialCut, wrongSignature, wrongBinding, wrongPeer, challengeUnknown, sessionUnknown
        // Limits and forms.
        case tooManyRequests, tooManySessions, busy, bodyTooLarge, pageTooLarge, pageMalformed, pageDamaged, malformedMessage
        // The other end failed for reasons of its own.
        case serverFault
    }

    public let code: Code
    /// Such as `url`, `host`, `node`, `network`, `limit`, `reason`; `side` is `server` when the other end said it.
    public let facts: [String: String]

    public init(_ code: Code, _ facts: [String: String] = [:]) {
        self.code = code
        self.facts = facts
    }
}

extension HTTPCarrierError {
    /// The status under which a server says it.
    var status: Int {
        switch code {
        case .wrongNetwork, .unknownNode, .credentialCut, .wrongSignature, .wrongBinding, .wrongPeer, .challengeUnknown: 403
        case .sessionUnknown: 401
        case .notFound: 404
        case .timedOut: 408
        case .bodyTooLarge, .pageTooLarge: 413
        case .tooManyRequests: 429
        case .pageMalformed, .pageDamaged, .malformedMessage, .unsupportedVersion: 400
        case .tooManySessions, .busy, .notEnrolled: 503
        case .malformedURL, .plainRefused, .certificateUnreadable, .bindFailed, .unreachable, .certificateRefused, .connectionLost, .unexpectedAnswer,
            .serverFault:
            500
        }
    }

    /// Whether coming again in a moment may help.
    var isPassing: Bool { code == .busy || code == .tooManyRequests }

    // MARK: Form

    var explicitForm: [UInt8] { WireRefusal(code: code.rawValue, facts: facts).explicitForm }

    /// What the other end said; nil when it is no error of this format.
    init?(answer bytes: [UInt8]) {
        guard let refusal = try? WireRefusal(decoding: bytes), let code = Code(rawValue: refusal.code) else { return nil }
        var facts = Dictionary(refusal.facts.map { ($0.name, $0.value) }) { first, _ in first }
        facts["side"] = "server"
        self.init(code, facts)
    }
}
