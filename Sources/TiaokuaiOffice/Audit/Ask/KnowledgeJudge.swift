import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// Whether an act's author could have known what was issued elsewhere, as far as what is held here tells. No clock is believed
/// against another: an author's own receipts and acts go by one clock, its own.
final class KnowledgeJudge {
    enum Knowledge: String { case could, couldNot, unproven }

    private let view: NodeView
    /// Of each changeset that was asked about: what it and those before it in its feed name, the newest of each log, by time.
    private var checkpoints: [ChangesetRef: [Checkpoint]] = [:]
    private var custodies: [NodeID: [Custody]] = [:]
    private var covered: [Asked: Bool] = [:]

    private struct Asked: Hashable {
        let node: NodeID
        let receipt: Int
        let changeset: ChangesetID
    }

    init(_ view: NodeView) { self.view = view }

    /// The newest checkpoint of a superior that the author held when it sealed the act; nil where none is named or known.
    func checkpoint(of held: HeldOperation) throws -> Checkpoint? { try named(of: held).last }

    /// Every checkpoint that its author is known by its own feed to have held by then. Who names an older one than before has not
    /// forgotten the newer.
    private func named(of held: HeldOperation) throws -> [Checkpoint] {
        guard held.changeset != nil else { return [] }
        var steps: [ChangesetRef] = []
        var step: ChangesetRef? = held.place.changeset
        while let ref = step, checkpoints[ref] == nil {
            steps.append(ref)
            step = try view.reader.changesetLink(ref).predecessor.flatMap { try view.reader.changesetRef($0) }
        }
        var found = step.flatMap { checkpoints[$0] } ?? []
        for ref in steps.reversed() {
            if let one = try view.checkpointBefore(ref), !found.contains(where: { $0.isOf(one) && $0.size >= one.size }) {
                found = (found.filter { !$0.isOf(one) } + [one]).sorted { ($0.written, $0.size) < ($1.written, $1.size) }
            }
            checkpoints[ref] = found
        }
        return found
    }

    func judge(_ held: HeldOperation, _ issued: HeldOperation) throws -> Knowledge {
        // An office knows what its own node wrote.
        if issued.node == held.node { return issued.operation.written <= held.operation.written ? .could : .couldNot }
        if held.operation.under == issued.id { return .could }
        guard let changeset = issued.changeset else { return issued.operation.written > held.operation.written ? .couldNot : .unproven }
        let told = try named(of: held).map { try view.had($0, changeset) }
        let had = told.contains(true) ? true : told.last ?? nil
        if had == true { return .could }
        let said = try ownWord(of: held, about: changeset, by: issued.node)
        if said == true { return .could }
        // What its author had is proven by what it names, whatever its clock says; by clocks alone only where nothing tells.
        if issued.operation.written > held.operation.written { return .couldNot }
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

extension Checkpoint {
    /// Of one log.
    fileprivate func isOf(_ other: Checkpoint) -> Bool { node == other.node && epoch == other.epoch }
}
