import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// What stands outside the feeds and is signed whole: root statements, checkpoints, receipts, requests, trailers, consents, asks, snapshots.
public enum StatementType: String, Hashable, Sendable, CaseIterable {
    case root, checkpoint, receipt, request, trailer, consent, greeting, ask, snapshot

    public var contentType: String { "application/tiaokuai-\(rawValue)" }
}

/// A signed statement as it arrived; `verified(by:)` gives its content.
public struct UnverifiedStatement: Sendable {
    public let type: StatementType
    public let keyID: Hash32
    /// SHA-256 of the to-be-signed bytes.
    public let id: Hash32
    /// What it says, not to be believed before it is verified.
    public let claimed: [UInt8]
    public let bytes: [UInt8]
    private let envelope: COSESign1

    public init(_ bytes: [UInt8], _ type: StatementType) throws(FormatError) {
        guard bytes.count <= Limits.statementBytes else { throw FormatError(.limitExceeded, at: 0, "statement") }
        let envelope = try COSESign1(decoding: bytes, limit: Limits.statementBytes)
        guard envelope.unprotected.isEmpty, envelope.protected.type == .text(type.contentType), let payload = envelope.payload,
            let kid = envelope.protected.keyID.flatMap({ Hash32(bytes: $0) })
        else { throw FormatError(.malformedHeader, at: 0, "not a \(type.rawValue)") }
        self.type = type
        self.bytes = bytes
        self.envelope = envelope
        keyID = kid
        id = sha256(try envelope.signatureInput())
        claimed = payload
    }

    /// The content, once the key is seen to have signed it.
    public func verified(by key: VerifyingKey) throws(TrustError) -> [UInt8] {
        guard key.thumbprint == keyID else { throw TrustError(.wrongKey, "signed by another key") }
        try COSESigner.verify(envelope, key: key)
        return claimed
    }
}

public enum Statement {
    /// Signs `content` whole.
    public static func sign(_ content: [UInt8], as type: StatementType, key: some Signer) throws(TrustError) -> [UInt8] {
        try COSESigner.signEnvelope(protected: protected(type, key.verifyingKey), payload: content, key: key).encode()
    }

    /// The signature alone of the statement that `sign` makes, 64 bytes: for a reader who knows the content and has the key.
    public static func signature(over content: [UInt8], as type: StatementType, key: some Signer) throws(TrustError) -> [UInt8] {
        try COSESigner.signEnvelope(protected: protected(type, key.verifyingKey), payload: content, key: key).signature
    }

    /// True when the key made that signature.
    public static func isSignature(_ signature: [UInt8], over content: [UInt8], as type: StatementType, by key: VerifyingKey) -> Bool {
        var header = protected(type, key)
        header.algorithm = Int64(key.suite.rawValue)
        return (try? COSESigner.verify(COSESign1(protected: header, unprotected: COSEHeader(), payload: content, signature: signature), key: key)) != nil
    }

    private static func protected(_ type: StatementType, _ key: VerifyingKey) -> COSEHeader {
        var protected = COSEHeader()
        protected.keyID = key.thumbprint.bytes
        protected.type = .text(type.contentType)
        return protected
    }
}
