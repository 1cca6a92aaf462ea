import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// What a node makes of the policy it holds: trust first, then units, indicators and matrix. Derived from the store,
/// good for one generation of it.
package struct Understanding: Sendable {
    package let generation: UInt64
    package let root: RootStatement?
    package let trust: TrustState?
    private(set) var policy: PolicyView
    /// Declared kinds, and the forms that the policy publishes.
    let forms: FormBook
    /// The node's own place, by whose forms the records of its store alone go.
    let home: RegionID
    /// Under which hashes the logs of this network are kept, SHA-256 first.
    package let logHashes: [HashAlgorithm]
    /// Key of every credential held, valid or not: whether it counts is judged, not presumed.
    package let keys: [Hash32: VerifyingKey]
    package let contents: [Hash32: CredentialContent]

    static let generationKey = "generation"

    /// - Parameter previous: an earlier one of the same store: what it has read of credentials is not read again.
    init(_ reader: StoreReader, settings: NodeSettings, regions: RegionTable, kinds: KindRegistry, after previous: Understanding? = nil) throws {
        generation = try reader.counter(Understanding.generationKey)
        let chain = try reader.statements(.rootStatement).map { try SignedRoot($0.envelope) }
        root = chain.last?.statement
        logHashes = chain.first?.statement.logHashes ?? [.sha256]
        var keys: [Hash32: VerifyingKey] = [:]
        var contents: [Hash32: CredentialContent] = [:]
        // What the root node signed under an earlier statement keeps its key.
        for signed in chain {
            guard let key = try? VerifyingKey(coseKey: signed.statement.grant.signingKey) else { continue }
            keys[signed.id] = key
            contents[signed.id] = signed.statement.grant
        }
        var grants: [GrantOperation] = []
        for (stored, issue) in try Understanding.operations(reader, kind: CredentialKind.table.name, settings) {
            let (id, operation) = (stored.id, try stored.operation())
            if let known = previous?.contents[id.hash] {
                contents[id.hash] = known
                keys[id.hash] = previous?.keys[id.hash]
            } else {
                guard case .some(.some(.bytes(let bytes))) = operation.value(of: CredentialKind.content) else { continue }
                contents[id.hash] = try? CredentialContent(bytes)
                keys[id.hash] = contents[id.hash].flatMap { try? VerifyingKey(coseKey: $0.signingKey) }
            }
            guard let content = contents[id.hash] else { continue }
            grants.append(GrantOperation(id: id, content: content, issuerUnit: operation.unit, issue: issue))
        }
        var cuts: [CutOperation] = []
        for (stored, issue) in try Understanding.operations(reader, kind: CutKind.table.name, settings) {
            let operation = try stored.operation()
            guard case .some(.some(.bytes(let bytes))) = operation.value(of: CutKind.content), let content = try? CutContent(bytes) else { continue }
            cuts.append(CutOperation(id: stored.id, content: content, issuerUnit: operation.unit, issue: issue))
        }
        self.keys = keys
        self.contents = contents
        if !chain.isEmpty, let network = settings.network {
            let ancestry = Ancestry(reader: reader)
            let roots = chain.map { RootGrant(id: $0.id, statement: $0.statement) }
            trust = try ancestry.asking {
                TrustState(
                    roots: roots, grants: grants, cuts: cuts, network: network,
                    TrustQuestions(
                        isWithin: regions.wasEverWithin, consenting: Understanding.consenting, rootConsenting: Understanding.rootConsenting,
                        isInAncestry: ancestry.isInAncestry, credentialOf: ancestry.credential,
                        isBefore: { ancestry.isBefore($0, $1, own: settings) }))
            }
        } else {
            trust = nil
        }
        policy = try PolicyView(reader, trust: trust, regions: regions, root: root?.grant.region)
        forms = try FormBook(reader, policy: policy, declared: kinds)
        home = settings.region
    }

    /// The same with another matrix.
    func with(_ policy: PolicyView) -> Understanding {
        var changed = self
        changed.policy = policy
        return changed
    }

    /// Who may write and issue, and where every unit belongs: while it is the same, no policy record comes to anything else.
    var structure: Structure { Structure(trust: trust?.effect, units: policy.units, governments: policy.governments) }

    struct Structure: Equatable {
        let trust: TrustState.Effect?
        let units: [UnitID: Unit]
        let governments: [RegionID: UnitID]
    }

    /// Nodes whose work may count otherwise than before.
    func nodesJudgedOtherwise(than before: Understanding) -> Set<NodeID> {
        guard let trust else { return Set(before.trust?.nodes ?? []) }
        guard let earlier = before.trust else { return Set(trust.nodes) }
        return trust.effect.nodes(otherwiseThan: earlier.effect)
    }

    /// Places at and below which a record may come to something else than under the other, for all that is said of who may write,
    /// issue and govern there; nil for everywhere. What the matrix and the indicators say is `PolicyView.placesGoverned`.
    ///
    /// A node has a word at its place and below, and a government and the units of a place govern there and below. A unit is
    /// looked up elsewhere only where the matrix of a place names it.
    func placesJudged(otherwiseThan before: Understanding) -> Set<RegionID>? {
        guard let trust, let earlier = before.trust else { return nil }
        var places: Set<RegionID> = []
        for node in nodesJudgedOtherwise(than: before) {
            for credential in trust.credentials(of: node) + earlier.credentials(of: node) { places.insert(credential.content.region) }
        }
        return places.union(policy.placesPeopled(otherwiseThan: before.policy))
    }

    /// The key with this thumbprint among those granted to a node; one that was replaced is still whose it was.
    package func key(of node: NodeID, thumbprint: Hash32) -> VerifyingKey? {
        (trust?.credentials(of: node) ?? []).lazy.compactMap { keys[$0.id] }.first { $0.thumbprint == thumbprint }
    }

    /// Nodes above a node, nearest last: of a region that holds its region, and granted nearer the root.
    func superiors(of node: NodeID) -> [NodeID] {
        guard let trust, let own = trust.credentials(of: node).min(by: { ($0.depth, $0.id) < ($1.depth, $1.id) }) else { return [] }
        var found: [(depth: Int, node: NodeID)] = []
        for other in trust.nodes where other != node {
            guard let depth = trust.depth(of: other), depth < own.depth else { continue }
            if trust.credentials(of: other).contains(where: { policy.isWithin(own.content.region, $0.content.region) }) {
                found.append((depth, other))
            }
        }
        return found.sorted { ($0.depth, $0.node) < ($1.depth, $1.node) }.map(\.node)
    }

    /// All operations of the records of a kind, each with every carriage of it.
    static func operations(_ reader: StoreReader, kind: KindName, _ settings: NodeSettings) throws -> [(StoredOperation, Issue)] {
        var out: [(StoredOperation, Issue)] = []
        let feeds = Dictionary(uniqueKeysWithValues: try reader.feeds().map { ($0.ref, $0.feed) })
        for ref in try reader.records(kind: kind) {
            guard let outcome = try reader.outcome(ref) else { continue }
            let partition = try reader.record(ref).key.partition
            for stored in try StoredOperation.decode(outcome.places) {
                let isSealed = stored.place.changeset != .unsealed
                let link = isSealed ? try reader.changesetLink(stored.place.changeset) : nil
                let node = link.flatMap { feeds[$0.feed]?.node } ?? settings.node
                out.append((stored, Issue(node: node, partition: partition, changeset: link?.id, position: stored.place.position)))
            }
        }
        return out
    }

    package static func rootConsenting(_ bytes: [UInt8], _ digest: Hash32, _ keys: [[UInt8]]) -> Hash32? {
        guard let statement = try? UnverifiedStatement(bytes, .consent), statement.claimed == digest.bytes else { return nil }
        let key = keys.lazy.compactMap { try? VerifyingKey(coseKey: $0) }.first { $0.thumbprint == statement.keyID }
        guard let key, (try? statement.verified(by: key)) != nil else { return nil }
        return key.thumbprint
    }

    package static func consenting(_ bytes: [UInt8], _ digest: Hash32, _ credentials: [TrustState.Credential]) -> TrustState.Credential? {
        guard let statement = try? UnverifiedStatement(bytes, .consent), statement.claimed == digest.bytes else { return nil }
        // What stands before what was replaced: one key may have several credentials.
        for credential in credentials.sorted(by: { ($0.isStanding ? 0 : 1, $0.id) < ($1.isStanding ? 0 : 1, $1.id) }) {
            guard let key = try? VerifyingKey(coseKey: credential.content.signingKey), key.thumbprint == statement.keyID else { continue }
            if (try? statement.verified(by: key)) != nil { return credential }
        }
        return nil
    }
}
