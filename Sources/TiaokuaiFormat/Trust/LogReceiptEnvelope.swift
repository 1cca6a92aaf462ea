import TiaokuaiHash
import TiaokuaiModel

/// What the receipts of a log have in common (RFC 9942): a COSE_Sign1 whose detached payload is the log's root, with one proof
/// among its unprotected headers.
///
///   receipt   = #6.18([protected: bstr, {396: {sort: [bstr .cbor proof]}}, null, signature: bstr])
///   protected = {1: alg, 4: thumbprint, 15: {1: node in hexadecimal, 2: epoch in hexadecimal}, 16: type, 395: vds}
struct LogReceiptEnvelope {
    /// Which proofs of RFC 9942 a receipt carries.
    enum Sort: Int64 {
        case inclusion = -1
        case consistency = -2

        var contentType: String { self == .inclusion ? "application/tiaokuai-inclusion" : "application/tiaokuai-consistency" }
    }

    let hash: HashAlgorithm
    let node: NodeID
    let epoch: Epoch
    let keyID: Hash32
    let proof: [UInt8]
    let envelope: COSESign1

    /// The two header buckets of a receipt that is about to be signed; alg is the signer's to set.
    static func headers(
        _ sort: Sort, _ hash: HashAlgorithm, node: NodeID, epoch: Epoch, proof: [UInt8], keyID: Hash32
    ) -> (protected: COSEHeader, unprotected: COSEHeader) {
        var protected = COSEHeader()
        protected.keyID = keyID.bytes
        protected.type = .text(sort.contentType)
        protected.claims = COSEClaims(issuer: node.hash.hex, subject: epoch.description)
        protected[COSELabel.verifiableDataStructure] = .integer(structure(hash))
        var unprotected = COSEHeader()
        unprotected[COSELabel.proofs] = .map([.init(.integer(sort.rawValue), .array([.bytes(proof)]))])
        return (protected, unprotected)
    }

    /// The sort of tree, as RFC 9942 names it.
    static func structure(_ hash: HashAlgorithm) -> Int64 { hash == .sm3 ? COSEAlgorithm.rfc9162SM3 : COSEAlgorithm.rfc9162 }

    /// Reads a receipt of exactly this shape; throws `FormatError`.
    init(_ bytes: [UInt8], _ sort: Sort) throws(FormatError) {
        let envelope = try COSESign1(decoding: bytes)
        let protected = envelope.protected
        guard envelope.payload == nil else { throw FormatError(.malformedEnvelope, at: 0, "the payload is not detached") }
        let structure = protected[COSELabel.verifiableDataStructure]?.integer
        guard protected.type == .text(sort.contentType), let hash = HashAlgorithm.allCases.first(where: { Self.structure($0) == structure }) else {
            throw FormatError(.malformedHeader, at: 0, "not a receipt of this sort")
        }
        guard let kid = protected.keyID.flatMap({ Hash32(bytes: $0) }), let claims = protected.claims, let issuer = claims.issuer,
            let subject = claims.subject, let node = NodeID(hex: issuer), let epoch = [UInt8](hex: subject).flatMap({ Epoch(bytes: $0) }),
            node.hash.hex == issuer, epoch.description == subject
        else { throw FormatError(.malformedHeader, at: 0, "key id, issuer or subject") }
        // alg, kid, claims, typ, vds, and among the claims issuer and subject: nothing that nobody reads.
        guard protected.pairs.count == 5, protected[COSELabel.claims]?.map?.count == 2 else { throw FormatError(.malformedHeader, at: 0, "further headers") }
        guard envelope.unprotected.pairs.count == 1, let sorts = envelope.unprotected[COSELabel.proofs]?.map, sorts.count == 1,
            sorts[0].key.integer == sort.rawValue, let proofs = sorts[0].value.array, proofs.count == 1, let proof = proofs[0].bytes
        else { throw FormatError(.malformedHeader, at: 0, "one proof of this sort expected") }
        self.hash = hash
        self.node = node
        self.epoch = epoch
        self.proof = proof
        keyID = kid
        self.envelope = envelope
    }
}
