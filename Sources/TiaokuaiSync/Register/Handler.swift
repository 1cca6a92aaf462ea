import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// Who hands a file over or takes one in 经办人: declared, as everywhere; nothing is proven by it, and no post is asked for,
/// since a courier holds none.
public struct Handler: Hashable, Sendable {
    public var unit: UnitID?
    public var person: PersonID?

    public init(unit: UnitID?, person: PersonID?) {
        self.unit = unit
        self.person = person
    }
}

extension Node {
    /// The node's default unit and person in the places that are left open.
    func handler(_ given: Handler?) throws -> Handler {
        let settings = try settings()
        return Handler(unit: given?.unit ?? settings.defaultUnit, person: given?.person ?? settings.defaultPerson)
    }

    /// Enters a line in the stick register, by `handler` or else by the node's defaults; gives its number.
    @discardableResult
    func register(_ row: CarriedRow, heads: [CarriedHead] = [], by given: Handler? = nil) throws -> Int64 {
        let handler = try handler(given)
        var row = row
        (row.unit, row.person) = (handler.unit, handler.person)
        return try store.write { try $0.insertCarried(row, heads: heads) }
    }
}
