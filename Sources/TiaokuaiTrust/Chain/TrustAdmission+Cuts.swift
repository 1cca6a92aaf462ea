import TiaokuaiFormat
import TiaokuaiModel

// Which cuts are in force: those of a government strictly above the subject's place, by a node nearer to the root than the
// subject, in an operation that itself counts.
extension TrustAdmission {
    /// A cutter's own depth is smaller than its subject's, so the shallower cuts are in force before the deeper ones are read.
    mutating func cutsInForce() -> [NodeID: [TrustState.Cut]] {
        state.cuts = [:]
        let ordered = cutOperations.sorted { (state.depth(of: $0.issue.node) ?? .max, $0.id, $0.issue.node) < (state.depth(of: $1.issue.node) ?? .max, $1.id, $1.issue.node) }
        for cut in ordered where isInForce(cut) {
            let subject = cut.content.subject
            let named = state.valid[cut.content.credential].flatMap { $0.content.subject == subject ? $0.content.signingKey : nil }
            let one = TrustState.Cut(heads: cut.content.heads, key: named, by: cut.issue)
            if state.cuts[subject]?.contains(where: { $0.heads == one.heads && $0.key == one.key }) != true { state.cuts[subject, default: []].append(one) }
        }
        return state.cuts
    }

    private func isInForce(_ cut: CutOperation) -> Bool {
        let subject = cut.content.subject
        guard let cutter = state.depth(of: cut.issue.node), let depth = state.depth(of: subject), cutter < depth else { return false }
        guard let place = state.regionOfUnit[cut.issuerUnit], state.governments[place] == cut.issuerUnit else { return false }
        let regions = (state.credentialsOfNode[subject] ?? []).compactMap { state.valid[$0]?.content.region }
        guard regions.allSatisfy({ $0 != place && questions.isWithin($0, place) }) else { return false }
        return reason(cut.issue, cut.issuerUnit) == nil
    }
}
