import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

extension NodeView {
    /// The changesets that carry a node's credentials, those of everybody who issued or agreed to them, and so on up to the root;
    /// what a reader needs who has the root statements and nothing else.
    package func credentialChain(of node: NodeID) throws -> [ChangesetID] {
        guard let trust, let network = settings.network else { return [] }
        var carriages: [Hash32: [Issue]] = [:]
        for (stored, issue) in try Understanding.operations(reader, kind: CredentialKind.table.name, settings) { carriages[stored.id.hash, default: []].append(issue) }
        let valid = Array(trust.valid.values)
        var (open, seen, out) = ([node], Set<NodeID>(), Set<ChangesetID>())
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            for credential in trust.credentials(of: next) where credential.issuer != nil {
                guard let issue = carriages[credential.id]?.first(where: { $0.node == credential.issuer && $0.changeset != nil }), let changeset = issue.changeset
                else { continue }
                out.insert(changeset)
                open.append(issue.node)
                let content = credential.content
                let digest = CredentialContent.consentDigest(
                    network: network, signingKey: content.signingKey, lineage: content.lineage, units: content.writes.map(\.unit))
                open += content.consents.compactMap { Understanding.consenting($0, digest, valid)?.content.subject }
            }
        }
        return out.sorted()
    }
}
