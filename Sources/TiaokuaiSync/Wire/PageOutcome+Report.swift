import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

extension PageOutcome {
    /// What an import came to, as the other side is told: counts, and the first notes.
    public init(_ report: ImportReport) {
        self.init()
        accepted = report.accepted.count
        duplicates = report.duplicates
        waiting = report.waiting.count
        void = report.void.count
        refused = report.refused.count
        statements = report.statements
        damaged = report.damaged.count
        notes = (report.refused + report.void + report.waiting).prefix(PageOutcome.maximumNotes).compactMap(PageOutcome.note)
    }

    private static func note(_ reception: Reception) -> Note? {
        switch reception {
        case .waiting(let id, let what, let item): Note(kind: .waiting, item: id.hash, code: what.rawValue, fact: item.hex)
        case .void(let id, let code): Note(kind: .void, item: id.hash, code: code, fact: "")
        case .refused(let digest, let code, let fact): Note(kind: .refused, item: digest, code: code, fact: fact)
        case .accepted, .duplicate, .statement: nil
        }
    }
}
