import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// A changeset as it arrived: readable, but nobody's word yet. Only `verified(by:)` makes one that counts.
public struct UnverifiedChangeset: Sendable {
    public let item: ChangesetItem
    public let header: ChangesetHeader
    /// SHA-256 of the to-be-signed bytes: signing the same content again is the same changeset.
    public let id: ChangesetID
    /// SHA-256 of the uncompressed body.
    public let bodyDigest: Hash32
    /// Thumbprint of the key that is said to have signed.
    public let keyID: Hash32
    /// The author's clock at sealing, in whole seconds: a statement, nothing more.
    public let sealed: Written?
    let envelope: COSESign1

    /// Reads the envelope, strictly; the body stays packed. Throws `FormatError`.
    public init(_ item: ChangesetItem) throws(FormatError) {
        self.item = item
        guard item.envelope.count <= Limits.envelopeBytes else { throw FormatError(.limitExceeded, at: 0, "envelope") }
        let envelope = try COSESign1(decoding: item.envelope)
        let protected = envelope.protected
        guard envelope.unprotected.isEmpty else { throw FormatError(.malformedEnvelope, at: 0, "unprotected headers") }
        guard protected.type == .text(SignedChangeset.contentType) else { throw FormatError(.malformedHeader, at: 0, "type") }
        guard protected.payloadHashAlgorithm == COSEAlgorithm.sha256 else { throw FormatError(.unsupportedAlgorithm, at: 0, "payload hash") }
        guard let kid = protected.keyID.flatMap({ Hash32(bytes: $0) }), let form = protected[ChangesetHeader.label]?.bytes,
            let digest = envelope.payload.flatMap({ Hash32(bytes: $0) })
        else { throw FormatError(.malformedHeader, at: 0, "key id, header or payload") }
        var reader = CBORReader(form)
        header = try ChangesetHeader(from: &reader)
        try reader.finish()
        // What a stock COSE tool shows as the issuer is the author, or the envelope says two things.
        guard protected.claims?.issuer == header.feed.node.hash.hex else { throw FormatError(.malformedHeader, at: 0, "issuer") }
        keyID = kid
        sealed = protected.claims?.issuedAt.map { Written(milliseconds: $0 &* 1_000) }
        bodyDigest = digest
        id = ChangesetID(sha256(try envelope.signatureInput()))
        self.envelope = envelope
    }

    /// The uncompressed body; throws `FormatError` when it isn't what the envelope names. Nobody's word either.
    public func body() throws(FormatError) -> [UInt8] { try item.body(length: header.bodyLength, digest: bodyDigest) }

    /// Checks the signature with the credential's key; throws `wrongKey`, `wrongSignature`, `wrongAlgorithm`.
    public func verified(by key: VerifyingKey) throws(TrustError) -> SignedChangeset {
        guard key.thumbprint == keyID else { throw TrustError(.wrongKey, "signed by another key than the credential's") }
        try COSESigner.verify(envelope, key: key)
        return SignedChangeset(item: item, header: header, id: id, bodyDigest: bodyDigest)
    }
}

/// A changeset whose signature was checked, or one that a signed changeset above it vouches for (`summed(under:)`).
public struct SignedChangeset: Sendable {
    public static let contentType = "application/tiaokuai-changeset"

    public let item: ChangesetItem
    public let header: ChangesetHeader
    public let id: ChangesetID
    public let bodyDigest: Hash32
    /// It came without its signature.
    public let isSummed: Bool

    init(item: ChangesetItem, header: ChangesetHeader, id: ChangesetID, bodyDigest: Hash32, isSummed: Bool = false) {
        self.isSummed = isSummed
        self.item = item
        self.header = header
        self.id = id
        self.bodyDigest = bodyDigest
    }

    /// Signs a body. The header's `bodyLength` is set from it; `sealed` is the author's clock.
    public static func sign(header: ChangesetHeader, body: [UInt8], sealed: Written, key: some Signer) throws -> SignedChangeset {
        var header = header
        header.bodyLength = body.count
        var form = CBOREncoder(reserving: 400)
        header.encode(into: &form)
        var protected = COSEHeader()
        protected.keyID = key.verifyingKey.thumbprint.bytes
        protected.claims = COSEClaims(issuer: header.feed.node.hash.hex, issuedAt: sealed.milliseconds / 1_000)
        protected.type = .text(contentType)
        protected.payloadHashAlgorithm = COSEAlgorithm.sha256
        protected[ChangesetHeader.label] = .bytes(form.bytes)
        let digest = sha256(body)
        let envelope = try COSESigner.signEnvelope(protected: protected, payload: digest.bytes, key: key)
        return SignedChangeset(
            item: ChangesetItem(envelope: envelope.encode(), compressedBody: try Zstd.compress(body)), header: header,
            id: ChangesetID(sha256(try envelope.signatureInput())), bodyDigest: digest)
    }

    /// The uncompressed body; throws `FormatError` when it isn't what was signed.
    public func body() throws(FormatError) -> [UInt8] { try item.body(length: header.bodyLength, digest: bodyDigest) }
}

extension ChangesetItem {
    fileprivate func body(length: Int, digest: Hash32) throws(FormatError) -> [UInt8] {
        let body = try Zstd.decompress(compressedBody, length: length)
        guard sha256(body) == digest else { throw FormatError(.malformedBody, at: 0, "digest") }
        return body
    }
}
