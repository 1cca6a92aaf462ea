import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

extension InclusionReceipt {
    /// Signs that an identity is entry `index` of the log with this root and size; gives the receipt's bytes.
    public static func sign(
        _ hash: HashAlgorithm, node: NodeID, epoch: Epoch, size: UInt64, index: UInt64, path: [Hash32], root: Hash32, key: some Signer
    ) throws(TrustError) -> [UInt8] {
        let headers = headers(hash, node: node, epoch: epoch, size: size, index: index, path: path, keyID: key.verifyingKey.thumbprint)
        return try COSESigner.signEnvelope(protected: headers.protected, unprotected: headers.unprotected, payload: root.bytes, detached: true, key: key).encode()
    }

    /// Returns when the key signed it over this root; throws `wrongKey`, `wrongSignature` and the like.
    public func verify(root: Hash32, by key: VerifyingKey) throws(TrustError) {
        guard key.thumbprint == keyID else { throw TrustError(.wrongKey, "signed by another key") }
        try COSESigner.verify(envelope, key: key, detachedPayload: root.bytes)
    }
}
