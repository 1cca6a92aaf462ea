import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// From which day an operation's word on a policy counts.
struct IssueDay: Hashable {
    enum Basis: String, Hashable {
        /// The signing day of the document that it cites.
        case signedOn
        /// The author's day: no document is cited or held, or its unit had cited the same one before.
        case written
    }
    let day: Day
    let basis: Basis
}

extension NodeView {
    /// Of each operation on a policy record of a place. The first that cites a document counts from the day on which the
    /// document was signed; a later one of the same unit, which amends it, from the day on which it was written. Never
    /// before what it had seen.
    func issueDays(of operations: [IdentifiedOperation], at place: RegionID) throws -> [OperationID: IssueDay] {
        let past = CausalPast(operations.map { ($0.id, $0.operation.seen) })
        var own: [OperationID: IssueDay] = [:]
        for one in operations where own[one.id] == nil {
            own[one.id] = IssueDay(day: one.operation.written.day, basis: .written)
            guard let document = one.operation.note(TargetKind.document), let signedOn = try signingDay(of: document, at: place) else { continue }
            let isAmendment = operations.contains { other in
                past.isSeen(other.id, by: one.id) && other.operation.unit == one.operation.unit && other.operation.note(TargetKind.document) == document
            }
            if !isAmendment { own[one.id] = IssueDay(day: signedOn, basis: .signedOn) }
        }
        return own.reduce(into: [:]) { days, entry in
            let latest = past.past(of: entry.key).compactMap { own[$0] }.max { $0.day < $1.day }
            days[entry.key] = latest.map { $0.day > entry.value.day ? $0 : entry.value } ?? entry.value
        }
    }
}
