import TiaokuaiTrust

/// Keys just made, or found on a token, before they are a node's.
struct NewKeys {
    let signing: any Signer
    /// The signing key's file, open; or what says where it is.
    let signingFile: KeyFile
    let sealing: SealingKey

    /// - Parameter old: the signing key and the sealing key that these follow; where the suite stays, so does the curve.
    ///
    /// Throws `keyOnToken` when nobody opens the token, `unsupportedSuite` when its key is of another suite than the plan's.
    init(_ plan: KeyPlan, after old: (signing: VerifyingKey, sealing: SealingPublicKey)? = nil, _ surroundings: Surroundings) throws {
        if let token = plan.token {
            guard let signer = try surroundings.keyOpener.signer(token, .needed) else { throw TrustError(.keyOnToken, token.token) }
            let found = signer.verifyingKey.suite
            guard plan.suite ?? found == found else { throw TrustError(.unsupportedSuite, "\(found) on \(token.token)") }
            signing = signer
            signingFile = KeyFile(token, signer.verifyingKey)
        } else {
            let key = try surroundings.newSigningKey(plan.suite ?? old?.signing.suite ?? .ed25519)
            signing = key
            signingFile = try KeyFile(key)
        }
        let suite = signing.verifyingKey.suite
        let curve = old.flatMap { $0.signing.suite == suite ? $0.sealing.curve : nil } ?? suite.usualSealingCurve
        sealing = try surroundings.newSealingKey(plan.sealing ?? curve)
    }
}
