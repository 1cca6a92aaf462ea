import TiaokuaiFormat

/// Signs and verifies COSE_Sign1 envelopes with the suites of this module.
public enum COSESigner {
    /// An envelope over `payload`. The protected header's alg is set to the key's; everything else is the caller's.
    ///
    /// - Parameters:
    ///   - detached: leaves the payload out of the envelope; it is signed all the same.
    ///   - externalAAD: what both sides know and the envelope doesn't carry.
    public static func signEnvelope(
        protected header: COSEHeader, unprotected: COSEHeader = COSEHeader(), payload: [UInt8], detached: Bool = false,
        externalAAD: [UInt8] = [], key: some Signer
    ) throws(TrustError) -> COSESign1 {
        var header = header
        header.algorithm = Int64(key.verifyingKey.suite.rawValue)
        let input = COSESign1.signatureInput(protectedBytes: header.encode(), externalAAD: externalAAD, payload: payload)
        return COSESign1(protected: header, unprotected: unprotected, payload: detached ? nil : payload, signature: try key.sign(input))
    }

    /// Returns when the envelope's protected alg is one of the key's suite, its critical headers are understood and the
    /// signature is the key's; throws `algorithmNotProtected`, `wrongAlgorithm`, `unknownCritical`, `malformedEnvelope` or
    /// `wrongSignature`.
    public static func verify(
        _ envelope: COSESign1, key: VerifyingKey, externalAAD: [UInt8] = [], detachedPayload: [UInt8]? = nil, understood: Set<CBORItem> = []
    ) throws(TrustError) {
        guard let algorithm = envelope.protected[COSELabel.algorithm] else { throw TrustError(.algorithmNotProtected) }
        guard let number = algorithm.integer, key.suite.algorithms.contains(number) else {
            throw TrustError(.wrongAlgorithm, "\(algorithm.integer.map(String.init) ?? algorithm.text ?? "") for a key of \(key.suite)")
        }
        let input: [UInt8]
        do {
            try envelope.protected.checkCritical(understood: understood)
            input = try envelope.signatureInput(externalAAD: externalAAD, detachedPayload: detachedPayload)
        } catch {
            throw TrustError(error.code == .unknownCritical ? .unknownCritical : .malformedEnvelope, error.description)
        }
        guard key.isValid(signature: envelope.signature, for: input) else { throw TrustError(.wrongSignature) }
    }
}
