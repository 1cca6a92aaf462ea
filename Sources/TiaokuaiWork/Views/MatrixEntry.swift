import TiaokuaiModel

/// A `matrix` record, read.
public struct MatrixEntry: Hashable, Sendable {
    public let place: RegionID
    /// The document's number.
    public let document: String
    /// Plan, then labels: `保粮食能源安全/一/3`. A prefix up to a `/` is the part that it belongs to.
    public let part: String
    /// Nil is silent: the part above, then the superior's plan, decides.
    public let mode: ResponsibilityMode?
    public let leads: [UnitID]
    public let responsible: [UnitID]
    public let cooperating: [UnitID]
    public let indicators: Set<String>
    public let topic: Topic?
    public let source: Source
    public let inForceFrom: Day
    /// 等相关部门: the list is open, others may have to help.
    public let isOpenEnded: Bool
    /// Unit ids and groups as printed that work on every entry within this part.
    public let blanket: [String]
    /// Groups as printed, such as 各县市.
    public let collective: [String]

    /// Nil for a record of another kind, a malformed key, or one without a day in force.
    public init?(_ record: EffectiveRecord) {
        guard record.key.kind == MatrixKind.table.name, let place = record.key.partition.place, let document = record.keyText(0),
            let part = record.keyText(1), let day = record[MatrixKind.inForceFrom]?.day
        else { return nil }
        self.place = place
        self.document = document
        self.part = part
        mode = record[MatrixKind.mode]?.text.flatMap(ResponsibilityMode.init(rawValue:))
        leads = record.units(MatrixKind.leads)
        responsible = record.units(MatrixKind.responsible)
        cooperating = record.units(MatrixKind.cooperating)
        indicators = Set(record.texts(MatrixKind.indicators))
        topic = record[MatrixKind.topic]?.text.flatMap(Topic.init(rawValue:))
        source = Source(document: document, clause: record[MatrixKind.clause]?.text ?? part, formula: record[MatrixKind.formula]?.text ?? "")
        inForceFrom = day
        isOpenEnded = record[MatrixKind.isOpenEnded]?.boolean ?? false
        blanket = record.texts(MatrixKind.blanket)
        collective = record.texts(MatrixKind.collective)
    }

    /// Leads named 牵头; where none is named, the first of the list (M05).
    public var leading: [UnitID] { leads.isEmpty ? Array(responsible.prefix(1)) : leads }

    /// Those of the list that do not lead, and those named 配合.
    public var assisting: [UnitID] {
        let leading = Set(leading)
        return (responsible + cooperating).filter { !leading.contains($0) }
    }

    /// The entry is the part itself or lies within it.
    public func isWithin(_ other: MatrixEntry) -> Bool {
        document == other.document && (part == other.part || part.hasPrefix(other.part + "/"))
    }

    /// Those of `blanket` that are units; the rest are groups.
    public var blanketUnits: [UnitID] { blanket.filter { $0.contains(".") }.compactMap { try? UnitID(checking: $0) } }

    var depth: Int { part.split(separator: "/").count }
}
