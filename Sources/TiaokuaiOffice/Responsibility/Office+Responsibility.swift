import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Who answers for an indicator (id or title), or for a part or measure of a plan (its path, such as `保市场主体/6/3`), at a
    /// place: step by step up the path, with the document that says so. For an indicator the matrix is that of a record
    /// whose period ends on `day`; what has no period, like a ledger item, takes the newest published. Throws `unknownIndicator` where neither an indicator nor an entry of that name is held.
    public func responsibility(place: RegionID, of subject: String, on day: Day) throws -> ResponsibilityView {
        try node.ask { view in
            if let indicator = view.officeIndicator(subject, at: place) { return try ResponsibilityReader(view, place, day, isForPeriod: true).view(indicator) }
            let part = RecordReference.trimmed(subject)
            let reader = ResponsibilityReader(view, place, day, isForPeriod: false)
            guard reader.covers(part) else { throw OfficeError(.unknownIndicator, ["indicator": subject, "place": place.text]) }
            return try reader.view(part: part)
        }
    }
}

/// Reads the matrix along one path.
private struct ResponsibilityReader {
    private let view: NodeView
    private let facts: FactMaker
    private let place: RegionID
    private let day: Day
    private let path: [RegionID]
    private let tiers: [[MatrixRow]]

    init(_ view: NodeView, _ place: RegionID, _ day: Day, isForPeriod: Bool) {
        self.view = view
        self.place = place
        self.day = day
        facts = FactMaker(view)
        path = view.path(of: place, on: day)
        tiers = path.map { view.matrix(at: $0, on: isForPeriod ? day : nil) }
    }

    func covers(_ part: String) -> Bool { tiers.joined().contains { part == $0.entry.part || part.hasPrefix($0.entry.part + "/") } }

    func view(_ indicator: IndicatorDefinition) throws -> ResponsibilityView {
        let found = TierResponsibility.path(indicator: indicator.id, line: indicator.line, tiers: tiers.map { $0.map(\.entry) }) { view.unit($0)?.line }
        let key = RecordKey(.work(place, indicator.confidentialTo), CellKind.table.name, [.text(indicator.id), .text(day.description)])
        let governance = view.governance(of: key)
        let steps = try path.indices.map { tier in
            let covering = tiers[tier].filter { $0.entry.indicators.contains(indicator.id) }
            let governing = covering.first { $0.entry == found[tier].governing }
            return try step(tier, governance, governing, others: covering.filter { $0.version != governing?.version })
        }
        return try made(indicator.id, indicator.title, steps, statistics: governance.statistics) { $0.indicators.contains(indicator.id) }
    }

    func view(part: String) throws -> ResponsibilityView {
        let key = RecordKey(.work(place, nil), LedgerItemKind.table.name, [])
        let governance = view.governance(of: key, values: [LedgerItemKind.measure: .text(part)])
        func isCovering(_ entry: MatrixEntry) -> Bool { part == entry.part || part.hasPrefix(entry.part + "/") }
        let steps = try path.indices.map { tier in
            let covering = tiers[tier].filter { isCovering($0.entry) }
            let governing = covering.max { ($0.entry.part.count, $1.entry.document) < ($1.entry.part.count, $0.entry.document) }
            return try step(tier, governance, governing, others: [])
        }
        return try made(part, "", steps, statistics: [], isCovering)
    }

    private func made(
        _ subject: String, _ title: String, _ steps: [ResponsibilityStep], statistics: [UnitID], _ isMeant: (MatrixEntry) -> Bool
    ) throws -> ResponsibilityView {
        var contradictions: [ContradictionFact] = []
        for (region, rows) in zip(path, tiers) {
            let own = MatrixContradiction.found(in: rows.map(\.entry)).filter { found in
                rows.contains { found.document == $0.entry.document && found.parts.contains($0.entry.part) && isMeant($0.entry) }
            }
            contradictions += own.map {
                ContradictionFact(kind: $0.kind.rawValue, place: facts.place(region), document: $0.document, parts: $0.parts, subjects: $0.subjects)
            }
            contradictions += rows.filter { isMeant($0.entry) && !$0.parallel.isEmpty }.map {
                ContradictionFact(
                    kind: "parallelVersions", place: facts.place(region), document: $0.entry.document, parts: [$0.entry.part], subjects: $0.parallel.map(\.hash.hex))
            }
        }
        return ResponsibilityView(
            place: facts.place(place), subject: subject, title: title, day: day.description, steps: steps, statistics: facts.units(statistics),
            contradictions: contradictions)
    }

    // MARK: Steps

    private func step(_ tier: Int, _ governance: Governance, _ governing: MatrixRow?, others: [MatrixRow]) throws -> ResponsibilityStep {
        let step = governance.tiers.indices.contains(tier) ? governance.tiers[tier] : GoverningTier(region: path[tier])
        let (from, inherited) = origin(of: step, tier, governing)
        return ResponsibilityStep(
            place: facts.place(path[tier]), government: step.government.map(facts.unit), mode: step.mode.rawValue, source: facts.source(step.source),
            modeFrom: from, inheritedFrom: inherited.map(facts.place), lineUnits: step.lineUnits.sorted().map(named),
            cooperating: step.cooperating.sorted().map(named), entry: try governing.map { try fact($0, tier) }, others: try others.map { try fact($0, tier) })
    }

    /// Whose plan states the mode of a step.
    private func origin(of step: GoverningTier, _ tier: Int, _ governing: MatrixRow?) -> (String, RegionID?) {
        guard let source = step.source else { return ("none", nil) }
        if let governing, governing.entry.source == source { return ("own", nil) }
        if tiers[tier].contains(where: { $0.entry.source == source }) { return ("part", nil) }
        let above = path.indices.dropFirst(tier + 1).first { index in tiers[index].contains { $0.entry.source == source } }
        return ("inherited", above.map { path[$0] })
    }

    private func named(_ id: UnitID) -> NamedUnit { NamedUnit(unit: facts.unit(id), management: view.unit(id)?.management.rawValue) }

    private func group(_ name: String, _ tier: Int) -> UnitGroup {
        let below = view.node.regions.children(of: path[tier], on: day).map(\.id).sorted()
        return UnitGroup(asPrinted: name, units: below.compactMap { view.government(of: $0) }.map(facts.unit), places: below.count)
    }

    private func fact(_ row: MatrixRow, _ tier: Int) throws -> MatrixEntryFact {
        let entry = row.entry
        let around = tiers[tier].map(\.entry).filter { entry.isWithin($0) && !$0.blanket.isEmpty }.sorted { $0.part.utf8.count > $1.part.utf8.count }
        let blanket = around.flatMap(\.blanket)
        let units = Set(around.flatMap(\.blanketUnits))
        let ref = try view.recordRef(RecordKey(.policy(path[tier]), MatrixKind.table.name, [.text(entry.document), .text(entry.part)]))
        return MatrixEntryFact(
            document: entry.document, part: entry.part, clause: entry.source.clause, quote: entry.source.formula, version: row.version.hash.hex,
            inForceFrom: entry.inForceFrom.description, mode: entry.mode?.rawValue, topic: entry.topic?.rawValue, leads: entry.leading.map(named),
            ledBy: entry.leads.isEmpty ? "listOrder" : "named", assisting: entry.assisting.map(named), groups: entry.collective.map { group($0, tier) },
            isOpenEnded: entry.isOpenEnded, blanket: units.sorted().map(named), blanketGroups: blanket.filter { !$0.contains(".") }.map { group($0, tier) },
            blanketFrom: around.first.map(\.part), parallelVersions: row.parallel.map(\.hash.hex), isSample: try ref.map { try view.isSample($0) } ?? false)
    }
}
