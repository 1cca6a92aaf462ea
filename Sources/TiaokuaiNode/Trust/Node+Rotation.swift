import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

extension Node {
    /// Asks for a new signing key and a new sealing key for this node, with the agreement of the old key: makes the keys, which
    /// wait in the folder, and gives the request. Until the grant is adopted the old key goes on signing. Asking again gives
    /// up the keys asked for before.
    ///
    /// The grant (`takesOver`) ends the old key at what the granter holds of this node; what lies beyond is carried again
    /// at adoption, by `adoptRotation`.
    ///
    /// - Parameter plan: what the new keys are; by default as the old ones, but that the signing key is in a file.
    public func requestRotation(_ plan: KeyPlan = KeyPlan()) throws -> [UInt8] {
        let settings = try settings()
        guard let network = settings.network, let adopted = settings.credential else { throw NodeError(.notEnrolled) }
        let old = try signingKey(settings)
        guard let content = try ask({ $0.understanding.contents[adopted] }) else { throw NodeError(.notEnrolled) }
        let made = try NewKeys(plan, after: (old.verifyingKey, try keys.sealingPublicKey()), surroundings)
        // What is unsealed is handed over with the request, under the old key.
        try seal()
        var request = EnrolmentRequest(
            name: content.name, signingKey: made.signing.verifyingKey.coseKey, sealingKey: made.sealing.publicKey.coseKey, region: content.region, lines: content.lines,
            writes: content.writes, depth: content.mayIssue?.depth, written: surroundings.now(), lineage: .takesOver)
        let digest = CredentialContent.consentDigest(
            network: network, signingKey: request.signingKey, lineage: .takesOver, units: content.writes.map(\.unit))
        request.consents = [try Statement.sign(digest.bytes, as: .consent, key: old)]
        request.node = settings.node
        let files = try keys.filesForFolder(made)
        try store.write { _ in try keys.putNext(files) }
        keys.remember(made)
        return try Statement.sign(request.explicitForm, as: .request, key: made.signing)
    }

    /// Adopts a granted rotation and carries again, under the new key, what the old one signed beyond what the granter held;
    /// gives what was carried. Cut short, the same call goes on with it, and does nothing where nothing is left to do. Throws
    /// `noRotation` when none was asked for, `grantForAnother` while it is not granted.
    @discardableResult
    public func adoptRotation() throws -> [OperationID] {
        let settings = try settings()
        guard let next = try keys.nextVerifyingKey() else {
            guard try hasRotated(settings) else { throw NodeError(.noRotation) }
            return try recarry()
        }
        let isGranted = try ask { view in
            view.trust?.credentials(of: settings.node).contains { $0.isStanding && $0.content.signingKey == next.coseKey } ?? false
        }
        guard isGranted else { throw NodeError(.grantForAnother, ["node": settings.node.short]) }
        try adoptCredential()
        return try recarry()
    }

    /// Its key is another than one that it was granted before.
    private func hasRotated(_ settings: NodeSettings) throws -> Bool {
        let key = try keys.verifyingKey().coseKey
        return try ask { view in view.understanding.contents.values.contains { $0.subject == settings.node && $0.signingKey != key } }
    }

    /// A rotation whose adoption was cut short between the store and the key files: the adopted credential says which key is
    /// the node's.
    func finishAdoption() throws {
        guard let next = try keys.nextVerifyingKey() else { return }
        let isAdopted = try ask { view in
            view.settings.credential.flatMap { view.understanding.contents[$0]?.signingKey } == next.coseKey
        }
        if isAdopted { try store.write { _ in try keys.promoteNext() } }
    }
}
