import TiaokuaiModel
import TiaokuaiNode

/// In whose name, and by whose hand, something is done.
public struct Author: Hashable, Sendable {
    public var unit: UnitID
    public var person: PersonID
    public init(unit: UnitID, person: PersonID) {
        self.unit = unit
        self.person = person
    }
}

/// Everything that people do at a node: publish, report, keep the ledger, decide, look things up. Functions in, plain
/// results out; nothing here prints or makes sentences.
///
/// Everything is written all or nothing, and is durable when a function returns. Errors are `NodeError`, `OfficeError`
/// and, for a single typed value, `EntryError`.
public struct Office: Sendable {
    public let node: Node

    public init(_ node: Node) { self.node = node }

    /// The day of UTC+8 by the node's clock.
    public var today: Day { node.surroundings.now().day }

    /// The unit by id, name or alias, and the person; nil takes the node's defaults. Where the node has no default person
    /// and one person holds posts of the unit today, that one. Throws `noUnit`, `noPerson`, `unknownUnit`, `ambiguousUnit`.
    public func author(unit: String?, person: String?) throws -> Author {
        try node.ask { view in
            let unitID: UnitID
            if let unit {
                unitID = try view.officeUnit(unit)
            } else if let own = view.settings.defaultUnit {
                unitID = own
            } else {
                throw NodeError(.noUnit)
            }
            if let person {
                guard let id = try? PersonID(checking: person) else { throw NodeError(.noPerson, ["person": person]) }
                return Author(unit: unitID, person: id)
            }
            if let own = view.settings.defaultPerson { return Author(unit: unitID, person: own) }
            let holders = Set(view.tenures.filter { $0.post.unit == unitID && $0.covers(today) }.map(\.person))
            guard holders.count == 1, let only = holders.first else { throw NodeError(.noPerson, ["unit": unitID.text]) }
            return Author(unit: unitID, person: only)
        }
    }

    /// The place by id or name (高台县); nil is the node's own. Throws `unknownPlace`, `ambiguousPlace`.
    public func place(_ text: String?) throws -> RegionID {
        try node.ask { view in try text.map { try view.officePlace($0) } ?? view.settings.region }
    }
}

extension NodeView {
    /// Throws `unknownUnit`, `ambiguousUnit`. An id that is well formed counts even where the unit is not registered.
    func officeUnit(_ text: String) throws -> UnitID {
        let found = units(matching: text)
        if found.count > 1 { throw OfficeError(.ambiguousUnit, ["text": text, "candidates": found.map(\.id.text).joined(separator: "\n")]) }
        if let unit = found.first { return unit.id }
        if let id = try? UnitID(checking: text), text.utf8.contains(UInt8(ascii: ".")) { return id }
        throw OfficeError(.unknownUnit, ["text": text])
    }

    /// Throws `unknownPlace`, `ambiguousPlace`. A name that several places have means the one within the network, then the
    /// one within the node's own place.
    func officePlace(_ text: String) throws -> RegionID {
        if let id = try? RegionID(checking: text), node.regions.region(id) != nil { return id }
        let day = Day(number: .max)
        var found = node.regions.search(text, on: day).map(\.id)
        for within in [root?.grant.region, settings.region].compactMap({ $0 }) where found.count > 1 {
            let nearer = found.filter { isWithin($0, within) }
            if !nearer.isEmpty { found = nearer }
        }
        if found.count > 1 { throw OfficeError(.ambiguousPlace, ["text": text, "candidates": found.map(\.text).joined(separator: "\n")]) }
        guard let place = found.first else { throw OfficeError(.unknownPlace, ["text": text]) }
        return place
    }
}
