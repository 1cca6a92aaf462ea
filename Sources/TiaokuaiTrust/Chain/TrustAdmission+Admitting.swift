import TiaokuaiFormat
import TiaokuaiModel

// What a credential changes once it is admitted: who holds it, who writes which unit, and where others end.
extension TrustAdmission {
    mutating func admit(_ grant: GrantOperation) {
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
}
