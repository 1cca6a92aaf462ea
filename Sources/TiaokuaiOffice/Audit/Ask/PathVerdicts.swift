import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// What a standing word is worth beside the records above its own: a bound looser than the one above it is inert (R2), a standard that
/// differs is refused (R3). A record's settlement knows nothing of that. Each record is judged once, of one view.
final class PathVerdicts {
    private let view: NodeView
    private let facts: FactMaker
    private var known: [RecordRef: [FieldNumber: Aside]] = [:]

    /// The words of one field that stand and are not in use.
    struct Aside: Hashable {
        /// `inert`, `refused` or `undecided`.
        let code: String
        /// Nil for every standing one.
        let operation: OperationID?
        /// What is in use in their place, and where it was said; nil where nobody's is.
        let inUse: InUse?
    }

    struct InUse: Hashable {
        let value: Value
        let place: RegionID
    }

    init(_ view: NodeView) {
        self.view = view
        facts = FactMaker(view)
    }

    /// A verdict of the record's own settlement, as it is along the path.
    func fact(_ verdict: Verdict, of id: OperationID?, in row: RecordRow, _ field: FieldNumber) throws -> VerdictFact {
        fact(verdict, of: id, beside: verdict == .stands ? try asides(of: row)[field] : nil)
    }

    func fact(_ verdict: Verdict, of id: OperationID?, beside aside: Aside?) -> VerdictFact {
        guard verdict == .stands, let aside, aside.operation == nil || aside.operation == id else { return facts.verdict(verdict) }
        return VerdictFact(code: aside.code, by: nil, reason: nil, waitsFor: nil)
    }

    func asides(of row: RecordRow) throws -> [FieldNumber: Aside] {
        if let asides = known[row.ref] { return asides }
        var asides: [FieldNumber: Aside] = [:]
        for spec in view.table(of: row.key)?.fields ?? [] {
            let outcome = try view.pathOutcome(row.key, spec)
            guard let own = outcome?.steps.first(where: { $0.step.region == row.key.partition.place && $0.standing == .inert }) else { continue }
            let inUse = outcome?.effective.map { InUse(value: $0.value, place: $0.region) }
            asides[spec.number] = Aside(code: own.standing.rawValue, operation: own.step.operation, inUse: inUse)
        }
        if row.key.kind == StandardKind.table.name, let (judgement, top) = try view.judgement(of: row), [.refused, .undecided].contains(judgement) {
            let inUse = try top.flatMap { top in
                try view.effective(top.ref)[StandardKind.value].flatMap { value in top.key.partition.place.map { InUse(value: value, place: $0) } }
            }
            asides[StandardKind.value] = Aside(code: judgement.code, operation: nil, inUse: judgement == .refused ? inUse : nil)
        }
        known[row.ref] = asides
        return asides
    }
}

extension FactMaker {
    func inForce(_ aside: PathVerdicts.Aside) -> InForceFact {
        InForceFact(standing: aside.code, value: aside.inUse.map { text($0.value) }, place: aside.inUse.map { place($0.place) })
    }
}
