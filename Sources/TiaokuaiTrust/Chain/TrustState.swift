import TiaokuaiFormat
import TiaokuaiModel

/// What the trust stratum comes to: who may write for which unit, who may issue, whom a cut ends (Docs/Formats/Credential.md).
/// Derived from the root statements and from all credential and cut operations held; independent of the order in which
/// they came, of numbers that an issuer gave them, and of every clock.
public struct TrustState: Sendable {
    /// Where something ends: what counts lies in the ancestry of the heads. `by` drew the line; nil for a root statement.
    public struct Line: Hashable, Sendable {
        public let heads: [ChangesetID]
        let by: Issue?
    }

    public struct Credential: Hashable, Sendable {
        /// The granting operation's id; of a root node's, the SHA-256 of the root statement's content.
        public let id: Hash32
        public let content: CredentialContent
        /// Nil for the root.
        public let issuer: NodeID?
        /// 0 for the root node.
        public let depth: Int
        /// Where later credentials of the same node replaced this one; empty while it stands.
        public internal(set) var ends: Set<Line> = []
        let issue: Issue?

        /// No later credential of the node replaced it.
        public var isStanding: Bool { ends.isEmpty }
    }

    /// One credential's word that its node writes a unit.
    public struct Writer: Hashable, Sendable {
        public let node: NodeID
        public let credential: Hash32
        public let depth: Int
        let key: [UInt8]
        let lineage: CredentialContent.Lineage
        let issue: Issue?
        /// Where others took the unit over, or a later credential of the node replaced this one; empty while it stands.
        public internal(set) var ends: Set<Line> = []
    }

    /// One cut: ends the key that it names, or, naming none that is known, every key of the node.
    public struct Cut: Hashable, Sendable {
        public let heads: [ChangesetID]
        public let key: [UInt8]?
        /// Where the cut itself was carried.
        public let by: Issue
    }

    /// Which unit is a region's government, and the credentials that say so, of one level.
    struct Governing {
        let unit: UnitID
        let depth: Int
        var words: [(credential: Hash32, issue: Issue?)]
    }

    public internal(set) var valid: [Hash32: Credential] = [:]
    public internal(set) var faults: [OperationID: GrantFault] = [:]
    public internal(set) var writers: [UnitID: [Writer]] = [:]
    public internal(set) var regionOfUnit: [UnitID: RegionID] = [:]
    /// The first that credentials name for each region; none where rivals do.
    public internal(set) var governments: [RegionID: UnitID] = [:]
    /// For each cut node, every cut: what counts must lie in the ancestry of each one's heads (their intersection).
    public internal(set) var cuts: [NodeID: [Cut]] = [:]
    /// Units that two credentials of one level granted as first, neither of them in the other's past: nobody writes them
    /// until one above the issuers has spoken.
    public internal(set) var contested: [UnitID: Set<Hash32>] = [:]
    /// Regions for which credentials of one level, neither in the other's past, name different governments: such a region has none
    /// until one above the issuers has spoken.
    public internal(set) var rivalGovernments: [RegionID: Set<Hash32>] = [:]
    var governing: [RegionID: Governing] = [:]
    var credentialsOfNode: [NodeID: [Hash32]] = [:]
    /// Every signing key that anybody named for a node, rightly or not: of one key nothing needs to be asked.
    var keysNamed: [NodeID: Set<[UInt8]>] = [:]

    /// - Parameter roots: the chain, ascending by number.
    public init(roots: [RootGrant], grants: [GrantOperation], cuts: [CutOperation], network: NetworkID, _ questions: TrustQuestions) {
        var admission = TrustAdmission(roots: roots, grants: grants, cuts: cuts, network: network, questions)
        self = admission.run()
    }

    init() {}

    // MARK: Questions

    /// A cut of this node, a replacement of its credential or a take-over of a unit from it draws its line at this changeset.
    public func drawsLine(at head: ChangesetID, of node: NodeID) -> Bool {
        cuts[node]?.contains { $0.heads.contains(head) } == true
            || writers.values.contains { $0.contains { $0.node == node && $0.ends.contains { $0.heads.contains(head) } } }
    }

    /// For work of this node it matters which changeset carried it.
    public func asksForChangeset(of node: NodeID, unit: UnitID) -> Bool {
        cuts[node] != nil || isOfSeveralKeys(node) || writers[unit]?.contains { $0.node == node && !$0.ends.isEmpty } == true
    }

    /// A cut holds of this key of the node.
    public func isCut(_ key: [UInt8], of node: NodeID) -> Bool { cuts[node]?.contains { $0.key == nil || $0.key == key } == true }

    /// Every key that a standing credential gives the node was cut: it is greeted by nobody and handed nothing but policy. One that
    /// rotated before its old key was cut goes on.
    public func isEnded(_ node: NodeID) -> Bool {
        let standing = (credentialsOfNode[node] ?? []).compactMap { valid[$0] }.filter(\.isStanding)
        return !standing.isEmpty && standing.allSatisfy { isCut($0.content.signingKey, of: node) }
    }

    /// What was granted to a node, ascending by depth and then id; what a later one replaced comes last.
    public func credentials(of node: NodeID) -> [Credential] {
        (credentialsOfNode[node] ?? []).compactMap { valid[$0] }.sorted { ($0.isStanding ? 0 : 1, $0.depth, $0.id) < ($1.isStanding ? 0 : 1, $1.depth, $1.id) }
    }

    public func depth(of node: NodeID) -> Int? { (credentialsOfNode[node] ?? []).compactMap { valid[$0]?.depth }.min() }

    public var nodes: [NodeID] { credentialsOfNode.keys.sorted() }

    func isOfSeveralKeys(_ node: NodeID) -> Bool { (keysNamed[node]?.count ?? 0) > 1 }

    /// Every line that lies across the node's way is behind the changeset; unsealed work lies beyond every line.
    static func isWithin(_ lines: some Sequence<[ChangesetID]>, _ changeset: ChangesetID?, _ isInAncestry: (ChangesetID, [ChangesetID]) -> Bool) -> Bool {
        lines.allSatisfy { heads in changeset.map { isInAncestry($0, heads) } ?? false }
    }

    /// The signing key under which a changeset of the node counts: nil where the node has but one, or where it is the node's
    /// own unsealed work; `[]`, no key at all, where the credential that it names grants nothing.
    func key(of changeset: ChangesetID?, _ node: NodeID, _ credentialOf: (ChangesetID) -> Hash32?) -> [UInt8]? {
        guard isOfSeveralKeys(node), let changeset else { return nil }
        guard let named = credentialOf(changeset).flatMap({ valid[$0] }), named.content.subject == node else { return [] }
        return named.content.signingKey
    }

    /// Why an operation of this unit in this changeset has no effect; nil when the node may write for the unit.
    ///
    /// - Parameter changeset: nil for the node's own unsealed work, which will be signed with its newest key.
    public func reason(
        node: NodeID, unit: UnitID, changeset: ChangesetID?, credentialOf: (ChangesetID) -> Hash32?, isInAncestry: (ChangesetID, [ChangesetID]) -> Bool
    ) -> TrustFault? {
        let own = (writers[unit] ?? []).filter { $0.node == node }
        let key = key(of: changeset, node, credentialOf)
        let ofKey = key.map { key in own.filter { $0.key == key } } ?? own
        guard !ofKey.isEmpty else { return .unitNotGranted }
        let uncut = ofKey.filter { writer in
            TrustState.isWithin((cuts[node] ?? []).filter { $0.key == nil || $0.key == writer.key }.map(\.heads), changeset, isInAncestry)
        }
        guard !uncut.isEmpty else { return .credentialCut }
        return uncut.contains { TrustState.isWithin($0.ends.map(\.heads), changeset, isInAncestry) } ? nil : .unitTakenOver
    }

    /// May this node receive records of the partition? A credential whose region is P receives the policy of P's
    /// superiors and everything of P's subtree (of its lines). Only what stands counts: who receives less than before is
    /// sent no more.
    ///
    /// - Parameter reaching: a credential for the region reaches the partition, whatever its lines.
    public func receives(_ node: NodeID, _ partition: Partition, reaching: (RegionID, Partition) -> Bool) -> Bool {
        (credentialsOfNode[node] ?? []).contains { id in
            guard let credential = valid[id], credential.isStanding else { return false }
            guard reaching(credential.content.region, partition) else { return false }
            guard case .work(_, let line?) = partition else { return true }
            return credential.content.lines?.contains(line) ?? true
        }
    }
}

extension TrustState {
    /// May a node be handed records of the partition? What it receives, and once it is ended policy only: its place's office has to
    /// learn of the cut, and whoever holds the key gets no work by it.
    public func isHanded(_ partition: Partition, to node: NodeID, reaching: (RegionID, Partition) -> Bool) -> Bool {
        receives(node, partition, reaching: reaching) && (partition.isPolicy || !isEnded(node))
    }
}

// What decides whose work counts, without where it was carried: sealing the own work changes nothing of it.
extension TrustState {
    public struct Effect: Hashable, Sendable {
        public struct Writing: Hashable, Sendable {
            public let node: NodeID
            public let credential: Hash32
            let ends: Set<[ChangesetID]>
        }

        public struct Ending: Hashable, Sendable {
            let heads: [ChangesetID]
            let key: [UInt8]?
        }

        let credentials: [NodeID: [Hash32: Set<[ChangesetID]>]]
        let writers: [UnitID: Set<Writing>]
        let cuts: [NodeID: Set<Ending>]

        /// Nodes whose work may count otherwise than under the other.
        public func nodes(otherwiseThan other: Effect) -> Set<NodeID> {
            var out: Set<NodeID> = []
            for unit in Set(writers.keys).union(other.writers.keys) {
                out.formUnion((writers[unit] ?? []).symmetricDifference(other.writers[unit] ?? []).map(\.node))
            }
            for node in Set(cuts.keys).union(other.cuts.keys) where cuts[node] != other.cuts[node] { out.insert(node) }
            for node in Set(credentials.keys).union(other.credentials.keys) where credentials[node] != other.credentials[node] { out.insert(node) }
            return out
        }
    }

    public var effect: Effect {
        Effect(
            credentials: credentialsOfNode.mapValues { ids in
                Dictionary(ids.map { ($0, Set(valid[$0]?.ends.map(\.heads) ?? [])) }) { first, _ in first }
            },
            writers: writers.mapValues { Set($0.map { Effect.Writing(node: $0.node, credential: $0.credential, ends: Set($0.ends.map(\.heads))) }) },
            cuts: cuts.mapValues { Set($0.map { Effect.Ending(heads: $0.heads, key: $0.key) }) })
    }
}
