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
        if row.key.kind == TargetKind.table.name {
            for spec in TargetKind.table.fields {
                let own = try view.pathOutcome(row.key, spec)?.steps.first { $0.step.region == row.key.partition.place && $0.standing == .inert }
                if let own { asides[spec.number] = Aside(code: own.standing.rawValue, operation: own.step.operation) }
            }
        } else if row.key.kind == StandardKind.table.name, let judgement = try view.judgement(of: row)?.judgement, [.refused, .undecided].contains(judgement) {
            asides[StandardKind.value] = Aside(code: judgement.code, operation: nil)
        }
        known[row.ref] = asides
        return asides
    }
}
