/// Which side leads 条块结合: the line, the territorial block, or (the normal case) neither stated.
public enum ResponsibilityMode: String, Hashable, Sendable, CaseIterable {
    /// 以条为主
    case lineFirst
    /// 以块为主
    case blockFirst
    case unspecified
}

/// Where a rule comes from: a document, its clause and the bare formula, never more of its text.
public struct Source: Hashable, Sendable {
    public let document: String
    public let clause: String
    /// Such as 以条为主.
    public let formula: String
    public init(document: String, clause: String, formula: String) {
        self.document = document
        self.clause = clause
        self.formula = formula
    }
}

public enum Management: String, Hashable, Sendable, CaseIterable {
    case territorial
    /// 垂直管理: answers to its own line alone.
    case vertical
    case enterprise
}

/// An office 单位: permanent id, place, perhaps a line.
public struct Unit: Hashable, Sendable {
    public let id: UnitID
    public let name: String
    public let aliases: [String]
    public let region: RegionID
    /// With a line it is a department; without, and `isGovernment`, the block 块.
    public let line: LineID?
    public let management: Management
    public let isGovernment: Bool

    public init(
        id: UnitID, name: String, aliases: [String] = [], region: RegionID, line: LineID?, management: Management = .territorial, isGovernment: Bool = false
    ) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.region = region
        self.line = line
        self.management = management
        self.isGovernment = isGovernment
    }
}
