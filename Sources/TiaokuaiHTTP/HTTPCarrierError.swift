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

    // MARK: Form: ["tk-error", 1, code, [* [name, value]]]

    static let maximumFacts = 8

    var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(4)
        encoder.text("tk-error")
        encoder.unsigned(1)
        encoder.text(code.rawValue)
        let named = facts.sorted { $0.key < $1.key }.prefix(HTTPCarrierError.maximumFacts)
        encoder.arrayHeader(named.count)
        for (name, value) in named {
            encoder.arrayHeader(2)
            encoder.text(name)
            encoder.text(value)
        }
        return encoder.bytes
    }

    /// What the other end said; nil when it is no error of this format.
    init?(answer bytes: [UInt8]) {
        do throws(FormatError) {
            var reader = CBORReader(bytes)
            try reader.arrayHeader(expecting: 4)
            guard try reader.text(limit: 16) == "tk-error", try reader.unsigned() == 1, let code = Code(rawValue: try reader.text(limit: 64)) else {
                return nil
            }
            var facts = ["side": "server"]
            let count = try reader.arrayHeader()
            guard count <= HTTPCarrierError.maximumFacts else { return nil }
            for _ in 0..<count {
                try reader.arrayHeader(expecting: 2)
                let name = try reader.text(limit: 64)
                facts[name] = try reader.text(limit: 512)
            }
            try reader.finish()
            self.init(code, facts)
        } catch {
            return nil
        }
    }
}
