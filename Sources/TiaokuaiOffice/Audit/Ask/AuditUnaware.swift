import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// An act that a policy stands against, and whether its author could have known the policy.
public struct UnawareAct: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let unit: UnitFact
    public let person: String
    public let operation: String
    public let written: String
    public let entered: EntryFact?
    /// `supersededVersion` (it cites a version of the matrix that another supersedes), `inert` (a looser bound) or `refused`
    /// (a standard that differs).
    public let why: String
    /// What says otherwise.
    public let policy: RecordFact
    public let policyBy: UnitFact
    public let policyWritten: String
    /// `could` (the checkpoint that its changeset names covers the policy), `couldNot` (that checkpoint was before the policy, or
    /// the policy was written later by its author's own clock) or `unproven` (it names no checkpoint, or of a log that is not known here).
    public let knowledge: String
    /// Written in the newest checkpoint of a superior that its author held.
    public let checkpoint: String?
    public let checkpointOf: String?
    public let isSample: Bool
}

extension Office {
    /// Acts of a place and those below that a policy stands against, by the time at which they were written: which of them were
    /// made before their office could have known it.
    public func auditUnaware(place: RegionID? = nil) throws -> [UnawareAct] {
        try node.ask { view in
            let maker = UnawareMaker(view, place ?? view.settings.region)
            return try (maker.superseded() + maker.against()).sorted { ($0.written, $0.record.reference, $0.operation) < ($1.written, $1.record.reference, $1.operation) }
        }
    }
}

private struct UnawareMaker {
    let view: NodeView
    let facts: FactMaker
    let place: RegionID

    init(_ view: NodeView, _ place: RegionID) {
        self.view = view
        self.place = place
        facts = FactMaker(view)
    }

    /// Acts under a version of the matrix that another supersedes.
    func superseded() throws -> [UnawareAct] {
        let versions = try matrixWords()
        var out: [UnawareAct] = []
        try view.settled(within: place) { row, settlement in
            for (id, flags) in settlement.flags {
                for case .supersededVersion(let cited) in flags {
                    guard let held = try view.operations(of: row.ref).first(where: { $0.id == id }), let matrix = versions[cited] else { continue }
                    // What was published after the version that it cites.
                    guard let later = matrix.words.first(where: { $0.operation.seen.contains(cited) }) else { continue }
                    out.append(try act(held, row, "supersededVersion", against: later, of: matrix.row))
                }
            }
        }
        return out
    }

    private func matrixWords() throws -> [OperationID: (row: RecordRow, words: [HeldOperation])] {
        var out: [OperationID: (row: RecordRow, words: [HeldOperation])] = [:]
        for ref in try view.reader.records(kind: MatrixKind.table.name) {
            let (row, words) = (try view.reader.record(ref), try view.operations(of: ref))
            for word in words { out[word.id] = (row, words) }
        }
        return out
    }

    /// Looser bounds, and standards that differ from the one above.
    func against() throws -> [UnawareAct] {
        try view.kept(within: place).filter { ["inert", "refused"].contains($0.standing) }.compactMap { kept in
            guard let own = try record(kept.record), let policy = try kept.against.flatMap({ try record($0) }) else { return nil }
            let words = try view.operations(of: own.ref)
            let held = words.first { $0.id.hash.hex == kept.operation } ?? words.last { $0.operation.unit.text == kept.unit.id }
            guard let held, let issued = try issue(policy) else { return nil }
            return try act(held, own, kept.standing, against: issued, of: policy)
        }
    }

    private func record(_ fact: RecordFact) throws -> RecordRow? {
        try Hash32(hex: fact.id).flatMap { try view.reader.recordRef(RecordID($0)) }.map { try view.reader.record($0) }
    }

    /// The word of the policy that stands, of several the one that came first.
    private func issue(_ policy: RecordRow) throws -> HeldOperation? {
        let standing = Set((try view.settlement(policy.ref)?.fields.values.flatMap(\.sources)) ?? [])
        return try view.operations(of: policy.ref).first { standing.contains($0.id) }
    }

    private func act(_ held: HeldOperation, _ row: RecordRow, _ why: String, against issued: HeldOperation, of policy: RecordRow) throws -> UnawareAct {
        let checkpoint = held.changeset == nil ? nil : try view.checkpointBefore(held.place.changeset)
        let entered = try held.leaf.flatMap { try view.logEntry($0) }.map(EntryFact.init)
        return UnawareAct(
            record: try facts.record(row), unit: facts.unit(held.operation.unit), person: held.operation.person.text, operation: held.id.hash.hex,
            written: FactMaker.time(held.operation.written), entered: entered, why: why, policy: try facts.record(policy),
            policyBy: facts.unit(issued.operation.unit), policyWritten: FactMaker.time(issued.operation.written),
            knowledge: try knowledge(held, issued, checkpoint), checkpoint: checkpoint.map { FactMaker.time($0.written) },
            checkpointOf: checkpoint.map { view.name(ofNode: $0.node) }, isSample: held.operation.isSample)
    }

    /// An office knows what its own node wrote, and could know what the newest superior checkpoint covers that it held.
    private func knowledge(_ held: HeldOperation, _ issued: HeldOperation, _ checkpoint: Checkpoint?) throws -> String {
        if issued.node == held.node { return issued.operation.written <= held.operation.written ? "could" : "couldNot" }
        if issued.operation.written > held.operation.written { return "couldNot" }
        guard let checkpoint, let changeset = issued.changeset, let had = try view.had(checkpoint, changeset) else { return "unproven" }
        return had ? "could" : "couldNot"
    }
}
