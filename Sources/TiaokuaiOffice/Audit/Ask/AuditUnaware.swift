import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// An act that a policy speaks of, and whether its author could have known the policy.
public struct UnawareAct: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let unit: UnitFact
    public let person: String
    public let operation: String
    public let written: String
    public let entered: EntryFact?
    /// `supersededVersion` (it cites a version of the matrix that another supersedes), `inert` (a looser bound) or `refused`
    /// (a standard that differs): the policy stands against it. Else `inForce`: the policy was in force on the day on which it was
    /// written, whatever became of it.
    public let why: String
    /// What says otherwise, or was in force.
    public let policy: RecordFact
    public let policyBy: UnitFact
    public let policyWritten: String
    /// `could` (a checkpoint that its changeset names or a receipt of its own node covers the policy, or it cites it), `couldNot`
    /// (that checkpoint was before the policy, its own node said later that it had not got it, or the policy was written later by its
    /// author's own clock) or `unproven` (nothing tells). Of `inForce` there are only the last two.
    public let knowledge: String
    /// Written in the newest checkpoint of a superior that its author held.
    public let checkpoint: String?
    public let checkpointOf: String?
    public let isSample: Bool
}

extension Office {
    /// Acts of a place and those below (claims, figures, events, allocations), by the time at which they were written, each with every
    /// policy of whatever kind that was in force then and that its office could not have known, or of which nothing tells; and all
    /// that a policy stands against.
    ///
    /// Looks through every record of the place: for a report, not for a page that opens often.
    public func auditUnaware(place: RegionID? = nil) throws -> [UnawareAct] {
        try node.ask { view in
            let maker = try UnawareMaker(view, place ?? view.settings.region)
            let against = try maker.superseded() + maker.against()
            let inForce = try maker.inForce(without: Set(against.map { UnawareMaker.Pair($0) }))
            return (against + inForce).sorted { UnawareMaker.order($0).lexicographicallyPrecedes(UnawareMaker.order($1)) }
        }
    }
}

struct UnawareMaker {
    /// An act and the policy that it is held against.
    struct Pair: Hashable {
        let operation, policy: String
        init(_ act: UnawareAct) { (operation, policy) = (act.operation, act.policy.id) }
    }

    let view: NodeView
    let facts: FactMaker
    let place: RegionID
    let knowledge: KnowledgeJudge

    init(_ view: NodeView, _ place: RegionID) throws {
        self.view = view
        self.place = place
        facts = FactMaker(view)
        knowledge = KnowledgeJudge(view)
    }

    /// What stands against an act comes before what was only in force.
    static func order(_ act: UnawareAct) -> [String] {
        [act.written, act.record.reference, act.operation, act.why == "inForce" ? "1" : "0", act.policy.reference, act.policy.id]
    }

    // MARK: What stands against an act

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

    func act(_ held: HeldOperation, _ row: RecordRow, _ why: String, against issued: HeldOperation, of policy: RecordRow) throws -> UnawareAct {
        let checkpoint = try knowledge.checkpoint(of: held)
        let entered = try held.leaf.flatMap { try view.logEntry($0) }.map(view.fact)
        return UnawareAct(
            record: try facts.record(row), unit: facts.unit(held.operation.unit), person: held.operation.person.text, operation: held.id.hash.hex,
            written: held.operation.written.timestamp, entered: entered, why: why, policy: try facts.record(policy),
            policyBy: facts.unit(issued.operation.unit), policyWritten: issued.operation.written.timestamp,
            knowledge: try knowledge.judge(held, issued).rawValue, checkpoint: checkpoint.map { $0.written.timestamp },
            checkpointOf: checkpoint.map { view.name(ofNode: $0.node) }, isSample: held.operation.isSample)
    }

    // MARK: What was in force

    /// Every act beside every policy that speaks of it, was in force on its day, and that its office could not have known; or of which
    /// nothing tells.
    func inForce(without told: Set<Pair>) throws -> [UnawareAct] {
        let book = try PolicyBook(view, around: place)
        var out: [UnawareAct] = []
        try view.records(within: place) { row in
            guard let region = row.key.partition.place else { return }
            for held in try view.operations(of: row.ref) {
                for (policy, issued) in book.inForce(for: ActTerms(held.operation, row.key, view), at: region, on: held.operation.written.day) where policy.ref != row.ref {
                    guard try knowledge.judge(held, issued) != .could else { continue }
                    let found = try act(held, row, "inForce", against: issued, of: policy)
                    if !told.contains(Pair(found)) { out.append(found) }
                }
            }
        }
        return out
    }
}
