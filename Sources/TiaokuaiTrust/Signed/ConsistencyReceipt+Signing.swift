import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

extension ConsistencyReceipt {
    /// Signs that the log with this root at the newer size begins with what it was at the older; gives the receipt's bytes.
    public static func sign(
        _ hash: HashAlgorithm, node: NodeID, epoch: Epoch, older: UInt64, newer: UInt64, path: [Hash32], newRoot: Hash32, key: some Signer
    ) throws(TrustError) -> [UInt8] {
        let headers = headers(hash, node: node, epoch: epoch, older: older, newer: newer, path: path, keyID: key.verifyingKey.thumbprint)
        return try COSESigner.signEnvelope(
            protected: headers.protected, unprotected: headers.unprotected, payload: newRoot.bytes, detached: true, key: key
        ).encode()
    }

    /// Returns when the key signed it over this root; throws `wrongKey`, `wrongSignature` and the like.
    public func verify(newRoot: Hash32, by key: VerifyingKey) throws(TrustError) {
        guard key.thumbprint == keyID else { throw TrustError(.wrongKey, "signed by another key") }
        try COSESigner.verify(envelope, key: key, detachedPayload: newRoot.bytes)
    }
}
