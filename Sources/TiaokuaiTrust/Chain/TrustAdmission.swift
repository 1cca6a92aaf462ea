import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

// Level by level from the root. Within a level a credential comes after those that touch it and lie in its past; among the
// rest those that nobody had to agree to come first. What comes after needs the word of what came before, or is refused;
// two firsts of one unit, neither in the other's past, suspend the unit. No number, clock or arrival is asked.
/// Admits credentials and cuts; what `TrustState` is made by.
struct TrustAdmission {
    private let questions: TrustQuestions
    private let network: NetworkID
    private let roots: [RootGrant]
    private let cutOperations: [CutOperation]
    private var open: [GrantOperation]
    private var state = TrustState()

    init(roots: [RootGrant], grants: [GrantOperation], cuts: [CutOperation], network: NetworkID, _ questions: TrustQuestions) {
        self.questions = questions
        self.network = network
        self.roots = roots
        cutOperations = cuts
        open = grants.sorted(by: TrustAdmission.isListedBefore)
    }

    mutating func run() -> TrustState {
        for root in roots { state.keysNamed[root.statement.grant.subject, default: []].insert(root.statement.grant.signingKey) }
        for grant in open { state.keysNamed[grant.content.subject, default: []].insert(grant.content.signingKey) }
        for root in roots { admit(root.id, root.statement.grant, issuer: nil, depth: 0, issue: nil, agreeing: []) }
        for level in 0...Int(CredentialContent.maximumDepth) {
            // Cuts made by nodes of the levels above are settled before anything that the cut nodes issued.
            state.cuts = cutsInForce()
            admitLevel(level)
        }
        for grant in open where state.valid[grant.id.hash] == nil && state.faults[grant.id] == nil { state.faults[grant.id] = .issuerNotGranted }
        for id in state.valid.keys { state.faults[OperationID(id)] = nil }
        state.cuts = cutsInForce()
        return state
    }

    // MARK: One level

    private mutating func admitLevel(_ level: Int) {
        var waiting: [GrantOperation] = []
        var rest: [GrantOperation] = []
        for grant in open {
            // Who holds nothing yet may be granted something at the next level.
            guard let depth = state.depth(of: grant.issue.node), depth <= level else {
                rest.append(grant)
                continue
            }
            if let fault = structuralFault(grant) {
                // A deeper credential of the issuer may yet allow it.
                state.faults[grant.id] = fault
                rest.append(grant)
            } else {
                waiting.append(grant)
            }
        }
        var refused: [GrantOperation] = []
        while !waiting.isEmpty {
            // What has no predecessor among the waiting; a cycle can't be, but were there one, the first goes on.
            let index = waiting.firstIndex { one in !waiting.contains { $0.id != one.id && touches($0, one) && questions.isBefore($0.issue, one.issue) } } ?? 0
            let grant = waiting.remove(at: index)
            if let fault = unitFault(grant) {
                state.faults[grant.id] = fault
                refused.append(grant)
            } else {
                admit(grant)
                // Who agreed may have been waiting for its own admission.
                waiting += refused
                waiting.sort(by: TrustAdmission.isListedBefore)
                refused = []
            }
        }
        for unit in state.contested.keys { state.writers[unit]?.removeAll { $0.depth == level + 1 } }
        open = (rest + refused).filter { state.valid[$0.id.hash] == nil }.sorted(by: TrustAdmission.isListedBefore)
    }

    private static func isListedBefore(_ left: GrantOperation, _ right: GrantOperation) -> Bool {
        (left.content.lineage == .first ? 0 : 1, left.id, left.issue.node) < (right.content.lineage == .first ? 0 : 1, right.id, right.issue.node)
    }

    /// They speak of one node, one unit, or one region's government.
    private func touches(_ left: GrantOperation, _ right: GrantOperation) -> Bool {
        left.content.subject == right.content.subject
            || left.content.writes.contains { one in
                right.content.writes.contains { $0.unit == one.unit || $0.isGovernment && one.isGovernment && $0.region == one.region }
            }
    }

    private mutating func admit(_ grant: GrantOperation) {
        let content = grant.content
        guard state.valid[grant.id.hash] == nil, let issuing = issuing(grant) else { return }
        let depth = issuing.depth + 1
        for unit in content.writes.map(\.unit) {
            let others = others(of: unit, than: content.subject)
            if content.lineage != .first {
                if depth == 1, isAgreedByRoots(content) { state.contested[unit] = nil }
                continue
            }
            let rivals = others.filter { $0.depth == depth && !isBefore($0, grant) }
            guard !rivals.isEmpty, others.allSatisfy({ $0.depth >= depth }) else { continue }
            state.contested[unit, default: []].formUnion(rivals.map(\.credential) + [grant.id.hash])
        }
        admit(grant.id.hash, content, issuer: grant.issue.node, depth: depth, issue: grant.issue, agreeing: Set(agreeing(grant).map(\.content.subject)))
    }

    private mutating func admit(_ id: Hash32, _ content: CredentialContent, issuer: NodeID?, depth: Int, issue: Issue?, agreeing: Set<NodeID>) {
        let line = TrustState.Line(heads: content.heads, by: issue)
        if content.lineage == .takesOver {
            // A further credential of the same node that takes over replaces what the node had.
            for earlier in state.credentialsOfNode[content.subject] ?? [] { state.valid[earlier]?.ends.insert(line) }
            for unit in state.writers.keys { draw(line, across: unit) { $0.node == content.subject } }
        }
        state.valid[id] = TrustState.Credential(id: id, content: content, issuer: issuer, depth: depth, issue: issue)
        state.credentialsOfNode[content.subject, default: []].append(id)
        for written in content.writes {
            if content.lineage == .takesOver { draw(line, across: written.unit) { $0.node != content.subject } }
            var writer = TrustState.Writer(
                node: content.subject, credential: id, depth: depth, key: content.signingKey, lineage: content.lineage, issue: issue)
            // What one above took over was read before that which it took over: its line holds for this too.
            for other in others(of: written.unit, than: content.subject) where other.depth < depth && other.lineage == .takesOver && !agreeing.contains(other.node) {
                if let heads = state.valid[other.credential]?.content.heads { writer.ends.insert(TrustState.Line(heads: heads, by: other.issue)) }
            }
            state.writers[written.unit, default: []].append(writer)
            if state.regionOfUnit[written.unit] == nil { state.regionOfUnit[written.unit] = written.region }
            if written.isGovernment, state.governments[written.region] == nil { state.governments[written.region] = written.unit }
        }
    }

    private mutating func draw(_ line: TrustState.Line, across unit: UnitID, _ isMeant: (TrustState.Writer) -> Bool) {
        guard let writers = state.writers[unit] else { return }
        state.writers[unit] = writers.map { writer in
            guard isMeant(writer) else { return writer }
            var ended = writer
            ended.ends.insert(line)
            return ended
        }
    }

    // MARK: Faults

    private func others(of unit: UnitID, than node: NodeID) -> [TrustState.Writer] { (state.writers[unit] ?? []).filter { $0.node != node } }

    private func isBefore(_ writer: TrustState.Writer, _ grant: GrantOperation) -> Bool { writer.issue.map { questions.isBefore($0, grant.issue) } ?? true }

    /// The issuer's credentials under whose key the grant was signed.
    private func held(_ grant: GrantOperation) -> [TrustState.Credential] {
        let key = state.key(of: grant.issue.changeset, grant.issue.node, questions.credentialOf)
        return (state.credentialsOfNode[grant.issue.node] ?? []).compactMap { state.valid[$0] }.filter { key == nil || $0.content.signingKey == key }
    }

    /// Those that may issue for the region. An issuing right that was replaced still stands behind what was issued under it.
    private func covering(_ grant: GrantOperation) -> [TrustState.Credential] {
        held(grant).filter { credential in
            guard let right = credential.content.mayIssue, questions.isWithin(grant.content.region, right.region) else { return false }
            return credential.isStanding || TrustState.isWithin(credential.ends.map(\.heads), grant.issue.changeset, questions.isInAncestry)
        }
    }

    /// The one nearest to the root, the widest first.
    private func issuing(_ grant: GrantOperation) -> TrustState.Credential? {
        covering(grant).min { ($0.depth, -Int($0.content.mayIssue?.depth ?? 0), $0.id) < ($1.depth, -Int($1.content.mayIssue?.depth ?? 0), $1.id) }
    }

    /// What is wrong with a credential whoever else holds what.
    private func structuralFault(_ grant: GrantOperation) -> GrantFault? {
        let content = grant.content
        let rights = held(grant).compactMap(\.content.mayIssue)
        guard !rights.isEmpty else { return .issuerNotGranted }
        guard rights.contains(where: { questions.isWithin(content.region, $0.region) }) else { return .regionOutside }
        guard let right = issuing(grant)?.content.mayIssue, reason(grant.issue, grant.issuerUnit) == nil else { return .issuerCut }
        guard state.governments.values.contains(grant.issuerUnit) else { return .issuerNotGovernment }
        guard content.writes.allSatisfy({ questions.isWithin($0.region, right.region) && questions.isWithin($0.region, content.region) }) else { return .unitOutside }
        if let deeper = content.mayIssue {
            guard deeper.depth < right.depth else { return .depthExceeded }
            guard questions.isWithin(deeper.region, right.region), questions.isWithin(deeper.region, content.region) else { return .regionOutside }
        }
        return (try? VerifyingKey(coseKey: content.signingKey)) == nil ? .keyMalformed : nil
    }

    private func digest(_ content: CredentialContent) -> Hash32 {
        CredentialContent.consentDigest(network: network, signingKey: content.signingKey, lineage: content.lineage, units: content.writes.map(\.unit))
    }

    private func agreeing(_ grant: GrantOperation) -> [TrustState.Credential] {
        guard !grant.content.consents.isEmpty else { return [] }
        let (digest, valid) = (digest(grant.content), Array(state.valid.values))
        return grant.content.consents.compactMap { questions.consenting($0, digest, valid) }.filter { counts($0, for: grant) }
    }

    /// What is wrong with it beside what was admitted before.
    private func unitFault(_ grant: GrantOperation) -> GrantFault? {
        let content = grant.content
        guard let issuing = issuing(grant) else { return .issuerNotGranted }
        let agreeing = agreeing(grant)
        let areRootsAgreeing = issuing.depth == 0 && isAgreedByRoots(content)
        if let fault = keyFault(grant, agreeing, areRootsAgreeing) { return fault }
        for written in content.writes {
            if let region = state.regionOfUnit[written.unit], region != written.region { return .unitOutside }
            if let contested = state.contested[written.unit], contested.allSatisfy({ (state.valid[$0]?.depth ?? 0) <= issuing.depth }) { return .unitTaken }
            let others = others(of: written.unit, than: content.subject)
            if others.isEmpty || content.lineage != .first && areRootsAgreeing { continue }
            guard content.lineage == .first else {
                guard others.contains(where: { other in agreeing.contains { $0.content.subject == other.node && isStill(other, grant) } }) else { return .unitTaken }
                continue
            }
            // One above that took the unit over leaves the lineage that it took over standing as far as it says.
            guard others.allSatisfy({ $0.depth <= issuing.depth ? $0.lineage != .first : !isBefore($0, grant) }) else { return .unitTaken }
        }
        return nil
    }

    private func keyFault(_ grant: GrantOperation, _ agreeing: [TrustState.Credential], _ areRootsAgreeing: Bool) -> GrantFault? {
        let content = grant.content
        let known = (state.credentialsOfNode[content.subject] ?? []).compactMap { state.valid[$0] }
        if known.isEmpty {
            guard let key = try? VerifyingKey(coseKey: content.signingKey), key.nodeID == content.subject else { return .keyMalformed }
            return nil
        }
        if known.contains(where: { $0.content.signingKey == content.signingKey }) { return nil }
        // Whoever could give a node another key by itself would write in its name.
        return areRootsAgreeing || agreeing.contains { $0.content.subject == content.subject } ? nil : .keyNotAgreed
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

    private func isStill(_ writer: TrustState.Writer, _ grant: GrantOperation) -> Bool {
        writer.ends.allSatisfy { line in line.by.map { !questions.isBefore($0, grant.issue) } ?? true }
    }

    /// Enough keys of one root statement: above the root node stand the root keys.
    private func isAgreedByRoots(_ content: CredentialContent) -> Bool {
        guard !content.consents.isEmpty else { return false }
        let digest = digest(content)
        return roots.contains { root in
            Set(content.consents.compactMap { questions.rootConsenting($0, digest, root.statement.keys) }).count >= Int(clamping: root.statement.threshold)
        }
    }

    private func reason(_ issue: Issue, _ unit: UnitID) -> TrustFault? {
        state.reason(node: issue.node, unit: unit, changeset: issue.changeset, credentialOf: questions.credentialOf, isInAncestry: questions.isInAncestry)
    }

    // MARK: Cuts

    /// A cutter's own depth is smaller than its subject's, so the shallower cuts are in force before the deeper ones are read.
    private mutating func cutsInForce() -> [NodeID: [TrustState.Cut]] {
        state.cuts = [:]
        let ordered = cutOperations.sorted { (state.depth(of: $0.issue.node) ?? .max, $0.id, $0.issue.node) < (state.depth(of: $1.issue.node) ?? .max, $1.id, $1.issue.node) }
        for cut in ordered {
            let subject = cut.content.subject
            guard let cutter = state.depth(of: cut.issue.node), let depth = state.depth(of: subject), cutter < depth,
                let place = state.regionOfUnit[cut.issuerUnit], state.governments[place] == cut.issuerUnit,
                (state.credentialsOfNode[subject] ?? []).compactMap({ state.valid[$0]?.content.region }).allSatisfy({ $0 != place && questions.isWithin($0, place) }),
                reason(cut.issue, cut.issuerUnit) == nil
            else { continue }
            let named = state.valid[cut.content.credential].flatMap { $0.content.subject == subject ? $0.content.signingKey : nil }
            let one = TrustState.Cut(heads: cut.content.heads, key: named, by: cut.issue)
            if state.cuts[subject]?.contains(where: { $0.heads == one.heads && $0.key == one.key }) != true { state.cuts[subject, default: []].append(one) }
        }
        return state.cuts
    }
}
