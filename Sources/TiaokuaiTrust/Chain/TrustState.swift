import TiaokuaiFormat
import TiaokuaiModel

/// A credential operation as it was carried. Its position in the issuer's feed is the only order used.
public struct GrantOperation: Hashable, Sendable {
    public let id: OperationID
    public let content: CredentialContent
    public let issuerUnit: UnitID
    public let issuerNode: NodeID
    /// Nil while the operation is not sealed (on its own node only).
    public let changeset: ChangesetID?
    public let sequence: UInt64
    public let position: Int64

    public init(id: OperationID, content: CredentialContent, issuerUnit: UnitID, issuerNode: NodeID, changeset: ChangesetID?, sequence: UInt64, position: Int64) {
        self.id = id
        self.content = content
        self.issuerUnit = issuerUnit
        self.issuerNode = issuerNode
        self.changeset = changeset
        self.sequence = sequence
        self.position = position
    }
}

/// A cut as it was carried.
public struct CutOperation: Hashable, Sendable {
    public let id: OperationID
    public let content: CutContent
    public let issuerUnit: UnitID
    public let issuerNode: NodeID
    public let changeset: ChangesetID?

    public init(id: OperationID, content: CutContent, issuerUnit: UnitID, issuerNode: NodeID, changeset: ChangesetID?) {
        self.id = id
        self.content = content
        self.issuerUnit = issuerUnit
        self.issuerNode = issuerNode
        self.changeset = changeset
    }
}

/// Why a credential grants nothing.
public enum GrantFault: String, Hashable, Sendable, CaseIterable {
    /// The issuing node holds no valid credential, or none that may issue.
    case issuerNotGranted
    /// The issuing unit isn't a government that the issuing node writes.
    case issuerNotGovernment
    case regionOutside, unitOutside, depthExceeded, keyMalformed
    /// The unit is written by another lineage, and nobody entitled agreed.
    case unitTaken
    /// Issued outside the heads that a cut of the issuer left.
    case issuerCut
}

/// What the trust stratum comes to: who may write for which unit, who may issue, whom a cut ends. Derived from the root
/// statement and from all credential and cut operations held; independent of the order in which they came.
public struct TrustState: Sendable {
    public struct Credential: Hashable, Sendable {
        /// The granting operation's id; for the root node, the hash of the root statement.
        public let id: Hash32
        public let content: CredentialContent
        public let issuer: NodeID?
        /// 0 for the root node.
        public let depth: Int
    }

    public struct Writer: Hashable, Sendable {
        public let node: NodeID
        public let credential: Hash32
        public let depth: Int
        /// Non-nil: another credential took the unit over; only changesets in the ancestry of these still count.
        public var until: [ChangesetID]?
    }

    public private(set) var valid: [Hash32: Credential] = [:]
    public private(set) var faults: [OperationID: GrantFault] = [:]
    public private(set) var writers: [UnitID: [Writer]] = [:]
    public private(set) var regionOfUnit: [UnitID: RegionID] = [:]
    public private(set) var governments: [RegionID: UnitID] = [:]
    /// For each cut node, the heads of every cut: what counts must lie in the ancestry of each (their intersection).
    public private(set) var cuts: [NodeID: [[ChangesetID]]] = [:]
    private var credentialsOfNode: [NodeID: [Credential]] = [:]

    /// - `isWithin`: true when the first region is the second or lies below it.
    /// - `consenting`: the node whose key signed a consent over this digest, if the envelope verifies.
    /// - `isInAncestry`: true when the changeset is one of the heads or lies before one.
    public init(
        root: RootStatement, rootID: Hash32, grants: [GrantOperation], cuts: [CutOperation], network: NetworkID,
        isWithin: (RegionID, RegionID) -> Bool, consenting: ([UInt8], Hash32, [Credential]) -> NodeID?, isInAncestry: (ChangesetID, [ChangesetID]) -> Bool
    ) {
        admit(Credential(id: rootID, content: root.grant, issuer: nil, depth: 0))
        var open = grants.sorted { ($0.sequence, $0.position, $0.id) < ($1.sequence, $1.position, $1.id) }
        var level = 0
        while level <= Int(CredentialContent.maximumDepth), !open.isEmpty || level == 0 {
            // Cuts made by nodes of the levels above are settled before anything that the cut nodes issued.
            self.cuts = TrustState.cutsInForce(cuts, state: self, isWithin: isWithin, isInAncestry: isInAncestry)
            let issuers = Set(valid.values.filter { $0.depth == level }.map(\.content.subject))
            var rest: [GrantOperation] = []
            for grant in open {
                guard issuers.contains(grant.issuerNode) else {
                    rest.append(grant)
                    continue
                }
                if let fault = fault(of: grant, level: level, network: network, isWithin: isWithin, consenting: consenting, isInAncestry: isInAncestry) {
                    faults[grant.id] = fault
                } else {
                    admit(Credential(id: grant.id.hash, content: grant.content, issuer: grant.issuerNode, depth: level + 1))
                }
            }
            open = rest
            level += 1
        }
        for grant in open { faults[grant.id] = .issuerNotGranted }
        self.cuts = TrustState.cutsInForce(cuts, state: self, isWithin: isWithin, isInAncestry: isInAncestry)
    }

    private mutating func admit(_ credential: Credential) {
        valid[credential.id] = credential
        credentialsOfNode[credential.content.subject, default: []].append(credential)
        for written in credential.content.writes {
            var others = writers[written.unit, default: []]
            if credential.content.lineage == .takesOver {
                for index in others.indices where others[index].node != credential.content.subject && others[index].until == nil {
                    others[index].until = credential.content.heads
                }
            }
            others.removeAll { $0.node == credential.content.subject }
            others.append(Writer(node: credential.content.subject, credential: credential.id, depth: credential.depth, until: nil))
            writers[written.unit] = others
            if regionOfUnit[written.unit] == nil { regionOfUnit[written.unit] = written.region }
            if written.isGovernment, governments[written.region] == nil { governments[written.region] = written.unit }
        }
    }

    private func fault(
        of grant: GrantOperation, level: Int, network: NetworkID, isWithin: (RegionID, RegionID) -> Bool,
        consenting: ([UInt8], Hash32, [Credential]) -> NodeID?, isInAncestry: (ChangesetID, [ChangesetID]) -> Bool
    ) -> GrantFault? {
        let content = grant.content
        let held = credentials(of: grant.issuerNode)
        guard let issuing = held.lazy.compactMap(\.content.mayIssue).first(where: { isWithin(content.region, $0.region) }) else {
            return held.contains { $0.content.mayIssue != nil } ? .regionOutside : .issuerNotGranted
        }
        guard reason(node: grant.issuerNode, unit: grant.issuerUnit, changeset: grant.changeset, isInAncestry: isInAncestry) == nil else { return .issuerCut }
        guard governments.values.contains(grant.issuerUnit) else { return .issuerNotGovernment }
        guard content.writes.allSatisfy({ isWithin($0.region, issuing.region) && isWithin($0.region, content.region) }) else { return .unitOutside }
        if let deeper = content.mayIssue {
            guard deeper.depth < issuing.depth else { return .depthExceeded }
            guard isWithin(deeper.region, issuing.region), isWithin(deeper.region, content.region) else { return .regionOutside }
        }
        guard let key = try? VerifyingKey(coseKey: content.signingKey) else { return .keyMalformed }
        // A rotation keeps the node's identity: its subject then is a node that has a credential already.
        guard key.nodeID == content.subject || !credentials(of: content.subject).isEmpty else { return .keyMalformed }
        let digest = CredentialContent.consentDigest(
            network: network, signingKey: content.signingKey, lineage: content.lineage, units: content.writes.map(\.unit))
        let agreeing = Set(content.consents.compactMap { consenting($0, digest, Array(valid.values)) })
        for written in content.writes {
            let others = (writers[written.unit] ?? []).filter { $0.node != content.subject }
            if let region = regionOfUnit[written.unit], region != written.region { return .unitOutside }
            if others.isEmpty { continue }
            guard content.lineage != .first else { return .unitTaken }
            // The issuer's superior needs nobody's agreement: it stands above whoever granted the unit before.
            let isSuperior = others.allSatisfy { $0.depth > level + 1 }
            guard isSuperior || others.contains(where: { agreeing.contains($0.node) }) else { return .unitTaken }
        }
        return nil
    }

    private static func cutsInForce(
        _ cuts: [CutOperation], state: TrustState, isWithin: (RegionID, RegionID) -> Bool, isInAncestry: (ChangesetID, [ChangesetID]) -> Bool
    ) -> [NodeID: [[ChangesetID]]] {
        var out: [NodeID: [[ChangesetID]]] = [:]
        // A cutter's own depth is smaller than its subject's, so the shallower cuts are in force before the deeper ones are read.
        let ordered = cuts.sorted { (state.depth(of: $0.issuerNode) ?? .max, $0.id) < (state.depth(of: $1.issuerNode) ?? .max, $1.id) }
        for cut in ordered {
            guard let cutter = state.depth(of: cut.issuerNode), let subject = state.depth(of: cut.content.subject), cutter < subject,
                let place = state.regionOfUnit[cut.issuerUnit], state.governments[place] == cut.issuerUnit,
                state.writers[cut.issuerUnit]?.contains(where: { $0.node == cut.issuerNode }) == true,
                state.credentials(of: cut.content.subject).allSatisfy({ $0.content.region != place && isWithin($0.content.region, place) }),
                (out[cut.issuerNode] ?? []).allSatisfy({ heads in cut.changeset.map { isInAncestry($0, heads) } ?? false })
            else { continue }
            out[cut.content.subject, default: []].append(cut.content.heads)
        }
        return out
    }

    // MARK: Questions

    /// A cut of this node, or a take-over of a unit from it, draws its line at this changeset.
    public func drawsLine(at head: ChangesetID, of node: NodeID) -> Bool {
        cuts[node]?.contains { $0.contains(head) } == true
            || writers.values.contains { $0.contains { $0.node == node && $0.until?.contains(head) == true } }
    }

    public func credentials(of node: NodeID) -> [Credential] { credentialsOfNode[node] ?? [] }

    public func depth(of node: NodeID) -> Int? { credentials(of: node).map(\.depth).min() }

    public var nodes: [NodeID] { credentialsOfNode.keys.sorted() }

    /// The key that the named credential gives, valid or not: whether it counts is judged afterwards.
    public func isKnown(_ credential: Hash32) -> Bool { valid[credential] != nil }

    /// Why an operation of this unit in this changeset has no effect; nil when the node may write for the unit.
    public func reason(node: NodeID, unit: UnitID, changeset: ChangesetID?, isInAncestry: (ChangesetID, [ChangesetID]) -> Bool) -> TrustFault? {
        guard let writer = writers[unit]?.first(where: { $0.node == node }) else { return .unitNotGranted }
        for heads in cuts[node] ?? [] where changeset.map({ !isInAncestry($0, heads) }) ?? true { return .credentialCut }
        if let until = writer.until, changeset.map({ !isInAncestry($0, until) }) ?? true { return .unitTakenOver }
        return nil
    }

    /// May this node receive records of the partition? A credential whose region is P receives the policy of P's
    /// superiors and everything of P's subtree (of its lines).
    public func receives(_ node: NodeID, _ partition: Partition, isWithin: (RegionID, RegionID) -> Bool) -> Bool {
        credentials(of: node).contains { credential in
            switch partition {
            case .local: false
            case .policy(let place): isWithin(credential.content.region, place) || isWithin(place, credential.content.region)
            case .work(let place, let line):
                isWithin(place, credential.content.region) && (line.map { line in credential.content.lines?.contains(line) ?? true } ?? true)
            }
        }
    }
}

/// Why trust voids an operation; the same codes as the merge's void reasons.
public enum TrustFault: String, Hashable, Sendable, CaseIterable {
    case unitNotGranted, credentialCut, unitTakenOver
}
