import TiaokuaiModel
import TiaokuaiWork

extension FormKind {
    /// The draft by which a government publishes a kind as a form, for records at its place and below. `write` throws
    /// `formRefused` for one that contradicts itself, its earlier version, or a kind that is there already.
    public static func draft(of table: KindTable, at place: RegionID, by government: UnitID, person: PersonID) -> Draft {
        Draft(key: key(of: table.name, at: place), unit: government, person: person, fields: fields(of: table))
    }
}
