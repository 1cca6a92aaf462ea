import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

// Whose word counts for a credential: nodes that have one, and above the root node the root keys.
extension TrustAdmission {
    private func digest(_ content: CredentialContent) -> Hash32 {
        CredentialContent.consentDigest(network: network, signingKey: content.signingKey, lineage: content.lineage, units: content.writes.map(\.unit))
    }

    /// Admitted credentials whose keys signed the consents in it, as far as they still count.
    func agreeing(_ grant: GrantOperation) -> [TrustState.Credential] {
        guard !grant.content.consents.isEmpty else { return [] }
        let (digest, valid) = (digest(grant.content), Array(state.valid.values))
        return grant.content.consents.compactMap { questions.consenting($0, digest, valid) }.filter { counts($0, for: grant) }
    }

    /// The word of a key that was replaced or cut in the grant's own past counts no more. Where neither knew of the other it
    /// does: a later cut doesn't undo what the key had agreed to.
    private func counts(_ credential: TrustState.Credential, for grant: GrantOperation) -> Bool {
        guard credential.ends.allSatisfy({ line in line.by.map { !questions.isBefore($0, grant.issue) } ?? true }) else { return false }
        return cutOperations.allSatisfy { cut in
            guard cut.content.subject == credential.content.subject, questions.isBefore(cut.issue, grant.issue) else { return true }
            // The issuer's own earlier word, whether or not it was its to say.
            return state.valid[cut.content.credential].map { $0.content.signingKey != credential.content.signingKey } ?? false
        }
    }

    /// Issued by the root node, and agreed to by what stands above it.
    func isAgreedAbove(_ grant: GrantOperation) -> Bool { issuing(grant)?.depth == 0 && isAgreedByRoots(grant.content) }

    /// Enough keys of one root statement: above the root node stand the root keys.
    func isAgreedByRoots(_ content: CredentialContent) -> Bool {
        guard !content.consents.isEmpty else { return false }
        let digest = digest(content)
        return roots.contains { root in
            Set(content.consents.compactMap { questions.rootConsenting($0, digest, root.statement.keys) }).count >= Int(clamping: root.statement.threshold)
        }
    }
}
