import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

// A changeset that was summed up: everything but its signature. Its identity is the same, since that leaves the signature out; the
// signed changeset that stands above it in its feed vouches for it (Docs/Formats/Snapshot.md).

extension UnverifiedChangeset {
    /// It has no signature: outside a snapshot, and the store of a node that took one in, it counts for nothing.
    public var isSummed: Bool { envelope.signature.isEmpty }

    /// What a signed changeset above it vouches for; that there is one, the caller sees to. Throws `wrongKey` when it names another key than the
    /// credential's, `wrongSignature` when it has a signature.
    public func summed(under key: VerifyingKey) throws(TrustError) -> SignedChangeset {
        guard key.thumbprint == keyID else { throw TrustError(.wrongKey, "signed by another key than the credential's") }
        guard isSummed else { throw TrustError(.wrongSignature, "not summed up") }
        return SignedChangeset(item: item, header: header, id: id, bodyDigest: bodyDigest, isSummed: true)
    }
}

extension SummedItem {
    /// Nil for what is carried whole: a body too large for a page, or a header that does not come out the same when made again.
    ///
    /// - Parameter before: the changeset of the item before it.
    public init?(_ changeset: UnverifiedChangeset, after before: ChangesetID?) throws(FormatError) {
        guard changeset.header.bodyLength <= Limits.summedBodyBytes else { return nil }
        var header = changeset.header
        let follows = before != nil && header.predecessor == before
        if follows { header.predecessor = ChangesetID(.zero) }
        let protected = SummedItem.protected(try COSESign1(decoding: changeset.item.envelope).protected, header)
        self.init(protected: protected, follows: follows, body: try changeset.body())
        guard try self.changeset(after: before, packed: []).id == changeset.id else { return nil }
    }

    /// The changeset with an empty signature; throws `malformedHeader` where it says that it follows and nothing came before, or where it names its
    /// predecessor all the same.
    public func changeset(after before: ChangesetID?) throws(FormatError) -> UnverifiedChangeset {
        try changeset(after: before, packed: try Zstd.compress(body))
    }

    private func changeset(after before: ChangesetID?, packed: [UInt8]) throws(FormatError) -> UnverifiedChangeset {
        let digest = sha256(body)
        let carried = try UnverifiedChangeset(ChangesetItem(envelope: SummedItem.envelope(protected, digest), compressedBody: packed))
        guard follows else { return carried }
        var header = carried.header
        guard let before, header.predecessor == ChangesetID(.zero) else { throw FormatError(.malformedHeader, at: 0, "follows nothing") }
        header.predecessor = before
        let whole = SummedItem.protected(try COSESign1(decoding: carried.item.envelope).protected, header)
        return try UnverifiedChangeset(ChangesetItem(envelope: SummedItem.envelope(whole, digest), compressedBody: packed))
    }

    private static func protected(_ protected: COSEHeader, _ header: ChangesetHeader) -> [UInt8] {
        var form = CBOREncoder(reserving: 400)
        header.encode(into: &form)
        var protected = protected
        protected[ChangesetHeader.label] = .bytes(form.bytes)
        return protected.encode()
    }

    private static func envelope(_ protected: [UInt8], _ digest: Hash32) -> [UInt8] {
        var encoder = CBOREncoder(reserving: protected.count + 64)
        encoder.tag(COSESign1.tag)
        encoder.arrayHeader(4)
        encoder.byteString(protected)
        encoder.mapHeader(0)
        encoder.byteString(digest)
        encoder.byteString([])
        return encoder.bytes
    }
}
