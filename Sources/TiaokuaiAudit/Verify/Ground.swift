import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// What signatures are checked against: the network, and every key that a credential gives, as the root statements and the
/// changesets taken so far tell it.
package struct Ground: Sendable {
    /// One credential held.
    struct Grant: Sendable {
        let key: VerifyingKey
        let content: CredentialContent
        /// Why it grants nothing; nil where it counts.
        let fault: GrantFault?
    }

    package let network: NetworkID
    let isRehearsal: Bool
    /// Number of the newest root statement.
    let rootStatement: UInt64
    let hashes: [HashAlgorithm]
    let grants: [Hash32: Grant]
    /// Keys of each node by their thumbprints, replaced ones too.
    let keys: [NodeID: [Hash32: VerifyingKey]]
    let regions: RegionTable
    let generation: UInt64

    /// Nil before enrolment.
    package init?(_ view: NodeView) {
        guard let network = view.settings.network else { return nil }
        let understanding = view.understanding
        self.network = network
        isRehearsal = view.settings.isRehearsal
        rootStatement = understanding.root?.number ?? 0
        hashes = understanding.logHashes
        regions = view.node.regions
        generation = understanding.generation
        var grants: [Hash32: Grant] = [:]
        for (id, key) in understanding.keys {
            guard let content = understanding.contents[id] else { continue }
            let isValid = understanding.trust?.valid[id] != nil
            let fault = isValid ? nil : understanding.trust?.faults[OperationID(id)] ?? .issuerNotGranted
            grants[id] = Grant(key: key, content: content, fault: fault)
        }
        self.grants = grants
        var keys: [NodeID: [Hash32: VerifyingKey]] = [:]
        for node in understanding.trust?.nodes ?? [] {
            for credential in understanding.trust?.credentials(of: node) ?? [] {
                if let key = understanding.keys[credential.id] { keys[node, default: [:]][key.thumbprint] = key }
            }
        }
        self.keys = keys
    }

    func key(of node: NodeID, _ thumbprint: Hash32) -> VerifyingKey? { keys[node]?[thumbprint] }
}
