import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// Whether an act's author could have known what was issued elsewhere, as far as what is held here tells. No clock is believed
/// against another: an author's own receipts and acts go by one clock, its own.
final class KnowledgeJudge {
    enum Knowledge: String { case could, couldNot, unproven }

    private let view: NodeView
    private var checkpoints: [ChangesetRef: Checkpoint?] = [:]
    private var custodies: [NodeID: [Custody]] = [:]
    private var covered: [Asked: Bool] = [:]

    private struct Asked: Hashable {
        let node: NodeID
        let receipt: Int
        let changeset: ChangesetID
    }

    init(_ view: NodeView) { self.view = view }

    /// The newest checkpoint of a superior that the author held when it sealed the act; nil where none is named or known.
    func checkpoint(of held: HeldOperation) throws -> Checkpoint? {
        guard held.changeset != nil else { return nil }
        if let known = checkpoints[held.place.changeset] { return known }
        let found = try view.checkpointBefore(held.place.changeset)
        checkpoints[held.place.changeset] = .some(found)
        return found
    }

    func judge(_ held: HeldOperation, _ issued: HeldOperation) throws -> Knowledge {
        // An office knows what its own node wrote.
        if issued.node == held.node { return issued.operation.written <= held.operation.written ? .could : .couldNot }
        if held.operation.under == issued.id { return .could }
        if issued.operation.written > held.operation.written { return .couldNot }
        guard let changeset = issued.changeset else { return .unproven }
        let had = try checkpoint(of: held).flatMap { try view.had($0, changeset) }
        if had == true { return .could }
        let said = try ownWord(of: held, about: changeset, by: issued.node)
        if said == true { return .could }
        return had == false || said == false ? .couldNot : .unproven
    }

    /// What the act's own node said in its receipts: had it before the act, or not even after. Nil where they tell neither.
    private func ownWord(of held: HeldOperation, about changeset: ChangesetID, by author: NodeID) throws -> Bool? {
        var hadNot = false
        for (index, custody) in try custody(of: held.node).enumerated() {
            let isBefore = custody.written <= held.operation.written
            guard isBefore || custody.to == nil || custody.to == author else { continue }
            let asked = Asked(node: held.node, receipt: index, changeset: changeset)
            let had = try covered[asked] ?? view.covers(custody.heads, changeset)
            covered[asked] = had
            if had, isBefore { return true }
            if !had, !isBefore { hadNot = true }
        }
        return hadNot ? false : nil
    }

    private func custody(of node: NodeID) throws -> [Custody] {
        if let known = custodies[node] { return known }
        let found = try view.custody(of: node)
        custodies[node] = found
        return found
    }
}
