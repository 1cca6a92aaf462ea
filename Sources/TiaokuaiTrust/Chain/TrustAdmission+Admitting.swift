import TiaokuaiFormat
import TiaokuaiModel

// What a credential changes once it is admitted: who holds it, who writes which unit, and where others end.
extension TrustAdmission {
    mutating func admit(_ grant: GrantOperation) {
        let content = grant.content
        guard state.valid[grant.id.hash] == nil, let issuing = issuing(grant) else { return }
        let depth = issuing.depth + 1
        if depth == 1, isAgreedByRoots(content) { settleGovernments(content) }
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

    mutating func admit(_ id: Hash32, _ content: CredentialContent, issuer: NodeID?, depth: Int, issue: Issue?, agreeing: Set<NodeID>) {
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
            if written.isGovernment { name(written.unit, governmentOf: written.region, depth: depth, by: (id, issue)) }
        }
    }

    /// The first that was named stands, whatever others are named later or further from the root. Of two that don't know of each other
    /// neither does: otherwise a thief of the issuer's key could name another until one of them sorts first.
    private mutating func name(_ unit: UnitID, governmentOf region: RegionID, depth: Int, by word: (credential: Hash32, issue: Issue?)) {
        guard var standing = state.governing[region] else {
            state.governing[region] = .init(unit: unit, depth: depth, words: [word])
            state.governments[region] = unit
            return
        }
        guard standing.depth == depth, let issue = word.issue else { return }
        if standing.unit == unit {
            standing.words.append(word)
            state.governing[region] = standing
        } else if standing.words.allSatisfy({ $0.issue.map { !isKnown($0, to: issue) } ?? false }) {
            state.rivalGovernments[region, default: []].formUnion(standing.words.map(\.credential) + [word.credential])
        }
    }

    /// One of the two was in the other's past.
    private func isKnown(_ one: Issue, to other: Issue) -> Bool { questions.isBefore(one, other) || questions.isBefore(other, one) }

    /// What enough root keys agree to settles what the root node itself left in parallel.
    private mutating func settleGovernments(_ content: CredentialContent) {
        for written in content.writes where written.isGovernment && state.rivalGovernments[written.region] != nil {
            state.rivalGovernments[written.region] = nil
            state.governing[written.region] = nil
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
}
