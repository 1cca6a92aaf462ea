import TiaokuaiModel
import TiaokuaiNode

extension Author {
    /// What a row of a sheet says of its author.
    enum SheetPart { case unit, person }

    /// The author of a row: whom the row names, else this one. Nil after `fault` was told which part can't be read, and its text.
    func of(row unit: String?, _ person: String?, in view: NodeView, fault: (SheetPart, FileFault.Code, String) -> Void) -> Author? {
        var author = self
        if let unit {
            guard let known = try? view.officeUnit(unit) else {
                fault(.unit, .unknownUnit, unit)
                return nil
            }
            author.unit = known
        }
        if let person {
            guard let known = try? PersonID(checking: person) else {
                fault(.person, .badValue, person)
                return nil
            }
            author.person = known
        }
        return author
    }
}
