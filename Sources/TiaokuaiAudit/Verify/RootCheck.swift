import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// Checks the chain of root statements: the first is what the network is named after, each names the one before and is signed
/// by enough of its keys.
package enum RootCheck {
    package static func findings(_ rows: [StatementRow], network: NetworkID) -> [AuditFinding] {
        if rows.isEmpty { return [AuditFinding(.rootMissing, AuditPlace(item: network.hash))] }
        var out: [AuditFinding] = []
        var previous: SignedRoot?
        for row in rows {
            var place = AuditPlace(item: row.id)
            place.sequence = row.number
            func add(_ fact: String) { out.append(AuditFinding(.rootBroken, place, fact: fact)) }
            do {
                let signed = try SignedRoot(row.envelope)
                if signed.rowID != row.id { add("identity") }
                if signed.statement.number != row.number { add("number") }
                if previous == nil, signed.id != network.hash { add("network") }
                if !signed.isNext(after: previous) { add("chain") }
                try signed.verify(after: previous)
                previous = signed
            } catch let error as FormatError {
                add(error.code.rawValue)
            } catch let error as TrustError {
                add(error.code.rawValue)
            } catch {
                add("\(error)")
            }
        }
        return out
    }
}
