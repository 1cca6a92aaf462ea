import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiWork

extension PolicyView {
    /// What a record itself says about who governs it.
    struct Subject {
        var indicator: String?
        /// What a matrix entry that covers the record names: its indicator, else its kind.
        var covered: String?
        var period: Period?
        var line: LineID?
        /// Document and part under which a ledger item is weighed.
        var document: String?
        var part: String?
        var openingUnit: UnitID?
    }

    /// Who governs a record, from its key and (for ledger items) the values that its issuer gave it.
    /// `lodging` are the units that spoke: where any government on the path (or any unit of the place) may issue, the one
    /// that did is the issuer. `citing` puts a version in the place of the one of its record that governs.
    func governance(
        of key: RecordKey, table: KindTable?, values: [FieldNumber: Value], lodging: Set<UnitID>, local: RegionID, citing: OperationID? = nil
    ) -> Governance {
        let subject = subject(of: key, table: table, values: values)
        let place = key.partition.place ?? local
        let day = subject.period?.lastDay
        let path = path(of: place, on: day ?? Day(number: .max))
        // A unit of another place governs nothing here: what a record comes to follows from what is said on its path alone.
        let opening = subject.openingUnit.flatMap { units[$0] }.flatMap { path.contains($0.region) ? $0 : nil }
        let line = line(of: subject, opening, at: place)
        let responsibilities = responsibilities(of: subject, line: line, along: path, on: day, citing: citing)
        var tiers: [GoverningTier] = []
        var tierOfUnit: [UnitID: Int] = [:]
        var inherited: (mode: ResponsibilityMode, source: Source?) = (.unspecified, nil)
        var modes: [(mode: ResponsibilityMode, source: Source?)] = []
        for responsibility in responsibilities.reversed() {
            if let mode = responsibility.mode { inherited = (mode, responsibility.modeSource) }
            modes.insert(inherited, at: 0)
        }
        let leadLines = Set(responsibilities.flatMap(\.leads).compactMap { units[$0]?.line })
        for (index, region) in path.enumerated() {
            let here = unitsByRegion[region] ?? []
            for unit in here { tierOfUnit[unit.id] = index }
            let responsibility = responsibilities[index]
            var lines = Set(here.filter { unit in unit.line.map { $0 == line || leadLines.contains($0) && line == nil } ?? false }.map(\.id))
            let leads = responsibilities.flatMap(\.leads)
            lines.formUnion(leads.filter { units[$0]?.region == region && units[$0]?.isGovernment != true })
            var cooperating = Set(responsibilities.flatMap(\.cooperating)).filter { units[$0]?.region == region }
            cooperating.subtract(lines)
            if let government = governments[region] { cooperating.remove(government) }
            tiers.append(
                GoverningTier(
                    region: region, government: governments[region], lineUnits: lines, cooperating: cooperating, mode: modes[index].mode,
                    source: modes[index].source, version: responsibility.version))
        }
        let definition = subject.indicator.flatMap { indicator($0, at: place) }
        let statistics = definition?.isStatistical == true ? path.compactMap { region in unitsByRegion[region]?.filter { $0.line == "stats" }.map(\.id).min() } : []
        return Governance(
            tiers: tiers, tierOfUnit: tierOfUnit,
            issuers: authors(table?.issuer, table, key: key, subject: subject, path: path, lineUnits: tiers[0].lineUnits, lodging: lodging),
            // Kinds without reports have no reporters: a superior's claim there needs none beside it.
            reporters: table?.reporter == .unitOfPlace ? [] : authors(table?.reporter, table, key: key, subject: subject, path: path, lineUnits: tiers[0].lineUnits, lodging: lodging),
            statistics: statistics,
            isVertical: opening?.management == .vertical, assigners: assigners(on: path))
    }

    /// Vertically managed units on the path, each with the units of its line there and itself.
    private func assigners(on path: [RegionID]) -> [UnitID: Set<UnitID>] {
        let here = path.flatMap { unitsByRegion[$0] ?? [] }
        return here.filter { $0.management == .vertical }.reduce(into: [:]) { out, unit in
            out[unit.id] = Set(here.filter { $0.line == unit.line && unit.line != nil }.map(\.id)).union([unit.id])
        }
    }

    private func subject(of key: RecordKey, table: KindTable?, values: [FieldNumber: Value]) -> Subject {
        var subject = Subject()
        guard let table else { return subject }
        subject.covered = table.name.text
        subject.line = table.line
        for (field, value) in zip(table.key, key.values) {
            switch field.name {
            case "indicator":
                subject.indicator = value.text
                subject.covered = value.text
            case "period", "day": subject.period = value.text.flatMap { try? Period(parsing: $0) }
            case "unit": subject.openingUnit = value.text.flatMap { try? UnitID(checking: $0) }
            default: break
            }
        }
        if table.name == LedgerItemKind.table.name {
            subject.document = values[LedgerItemKind.document]?.text
            subject.part = values[LedgerItemKind.measure]?.text
            subject.line = values[LedgerItemKind.line]?.text.flatMap { try? LineID(checking: $0) }
        }
        return subject
    }

    private func line(of subject: Subject, _ opening: Unit?, at place: RegionID) -> LineID? {
        if let line = subject.line { return line }
        if let indicator = subject.indicator { return self.indicator(indicator, at: place)?.line }
        return opening?.line
    }

    private struct Responsibility {
        var mode: ResponsibilityMode?
        var modeSource: Source?
        var leads: [UnitID] = []
        var cooperating: [UnitID] = []
        var version: OperationID?
    }

    /// One for each step of the path; what a tier leaves open is that of the next tier above.
    private func responsibilities(of subject: Subject, line: LineID?, along path: [RegionID], on day: Day?, citing: OperationID?) -> [Responsibility] {
        let tiers = path.map { entries(at: $0, on: day, citing: citing) }
        guard let covered = subject.covered, subject.part == nil else { return tiers.map { responsibility(of: subject, $0) } }
        let found = TierResponsibility.path(indicator: covered, line: line, tiers: tiers.map { $0.map(\.entry) }) { units[$0]?.line }
        return zip(found, tiers).map { found, versions in
            Responsibility(
                mode: found.mode, modeSource: found.modeSource, leads: found.leads, cooperating: found.cooperating,
                version: found.governing.flatMap { governing in versions.first { $0.entry == governing }?.id })
        }
    }

    private func responsibility(of subject: Subject, _ versions: [MatrixVersion]) -> Responsibility {
        guard let part = subject.part else { return Responsibility() }
        // A part of this document, or of the one below it that inherits: the longest part that covers the item.
        let covering = versions.filter { part == $0.entry.part || part.hasPrefix($0.entry.part + "/") }
        guard let nearest = covering.max(by: { ($0.entry.part.count, $1.entry.document) < ($1.entry.part.count, $0.entry.document) }) else {
            return Responsibility()
        }
        let stating = covering.filter { $0.entry.mode != nil }.max { $0.entry.part.count < $1.entry.part.count }
        return Responsibility(
            mode: stating?.entry.mode, modeSource: stating?.entry.source, leads: nearest.entry.leading,
            cooperating: nearest.entry.assisting + covering.flatMap(\.entry.blanketUnits),
            version: nearest.id)
    }

    private func authors(_ author: KindTable.Author?, _ table: KindTable?, key: RecordKey, subject: Subject, path: [RegionID], lineUnits: Set<UnitID>, lodging: Set<UnitID>) -> Set<
        UnitID
    > {
        switch author {
        case nil: []
        case .key(let name):
            // Joint issuers stand in one key value with `+` between them.
            Set(
                (table?.key.firstIndex { $0.name == name }).flatMap { key.values.indices.contains($0) ? key.values[$0].text : nil }?
                    .split(separator: "+").compactMap { try? UnitID(checking: String($0)) } ?? [])
        case .government: Set(path.first.flatMap { governments[$0] }.map { [$0] } ?? [])
        case .governmentOnPath:
            // Of several the highest; nobody yet: the place's own.
            Set(path.compactMap { governments[$0] }.last(where: lodging.contains).map { [$0] } ?? path.first.flatMap { governments[$0] }.map { [$0] } ?? [])
        case .indicatorReporter:
            switch subject.indicator.flatMap({ indicator($0, at: path[0]) })?.reporter {
            case .line(let line)?: Set((unitsByRegion[path[0]] ?? []).filter { $0.line == line }.map(\.id)).union(lineUnits)
            case .government?: Set(path.first.flatMap { governments[$0] }.map { [$0] } ?? [])
            case nil: lineUnits
            }
        case .lineOfPlace: lineUnits
        case .unitOfPlace: lodging.filter { units[$0]?.region == path[0] }
        }
    }
}
