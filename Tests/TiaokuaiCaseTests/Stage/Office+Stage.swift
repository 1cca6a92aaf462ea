import TiaokuaiModel
import TiaokuaiWork

@testable import TiaokuaiOffice

/// What people of a case do, in as few words as a case is told in. All of it is marked 示例数据.
extension Office {
    /// States fields of a record that is named by its whole key; what is empty is left out.
    @discardableResult
    func state(_ reference: String, _ fields: KeyValuePairs<String, String>, by unit: String, evenIfVoid: Bool = false) throws -> Writing {
        try claim(
            reference, fields: fields.filter { !$0.value.isEmpty }.map { (name: $0.key, value: $0.value) }, by: hand(unit), notes: Notes(isSample: true),
            evenIfVoid: evenIfVoid)
    }

    /// The unit's person, by its own name.
    func hand(_ unit: String, _ person: String = "p1") -> Author { Author(unit: UnitID(unchecked: unit), person: PersonID(unchecked: "\(unit).\(person)")) }

    @discardableResult
    func step(_ reference: String, _ event: String, by unit: String, evidence: String? = nil, reason: String? = nil, evenIfVoid: Bool = false) throws -> Writing {
        try raise(reference, event: event, by: hand(unit), evidence: evidence, reason: reason, notes: Notes(isSample: true), evenIfVoid: evenIfVoid)
    }

    func day(_ text: String) throws -> Day { try Day(parsing: text) }
}

/// A kept word in one line: how it stands, whose it is, what it says, against what.
func told(_ row: KeptRow) -> String {
    "\(row.standing)\(row.reason.map { "(\($0))" } ?? "") \(row.unit.id) \(row.field) \(row.value ?? "-") against \(row.againstValue ?? "-")"
}

/// A claim and what became of it.
func told(_ claims: [ClaimFact]) -> Set<String> { Set(claims.map { "\($0.unit.id) \($0.value ?? "-") \($0.verdict.code)" }) }
