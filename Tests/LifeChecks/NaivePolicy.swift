import NaiveModel
import TiaokuaiModel

/// One version of a matrix record.
struct NaiveVersion {
    let id: OperationID
    let past: Set<OperationID>
    let fields: [FieldNumber: Value]

    func texts(_ number: FieldNumber) -> [String] { fields[number]?.list?.compactMap(\.text) ?? [] }
}

/// Names of the fields that the checkers read, given by the simulator out of the tables: they are data.
public struct PolicyFields: Sendable {
    public var matrix: KindName
    public var mode, leads, cooperating, indicators, inForceFrom: FieldNumber
    public var indicator: KindName
    public var line, reporter, isStatistical: FieldNumber
    public var unit: KindName
    public var management: FieldNumber
    public var ledgerItem: KindName
    public var measure, itemLine: FieldNumber
    public var target: KindName
    public var firmness: FieldNumber

    public init(
        matrix: KindName, mode: FieldNumber, leads: FieldNumber, cooperating: FieldNumber, indicators: FieldNumber, inForceFrom: FieldNumber,
        indicator: KindName, line: FieldNumber, reporter: FieldNumber, isStatistical: FieldNumber, unit: KindName, management: FieldNumber, ledgerItem: KindName,
        measure: FieldNumber, itemLine: FieldNumber, target: KindName, firmness: FieldNumber
    ) {
        self.matrix = matrix
        self.mode = mode
        self.leads = leads
        self.cooperating = cooperating
        self.indicators = indicators
        self.inForceFrom = inForceFrom
        self.indicator = indicator
        self.line = line
        self.reporter = reporter
        self.isStatistical = isStatistical
        self.unit = unit
        self.management = management
        self.ledgerItem = ledgerItem
        self.measure = measure
        self.itemLine = itemLine
        self.target = target
        self.firmness = firmness
    }
}

/// Who governs a record, from what a node holds of the matrix and the indicators.
struct NaivePolicy {
    let ledger: LifeLedger
    let fields: PolicyFields
    let tables: [KindName: KindTable]
    /// Operations that a node holds, by record, each once, with whether trust lets it count.
    let held: [RecordKey: [(operation: IdentifiedOperation, counts: Bool)]]
    /// Those that are known here.
    private let units: [CastUnit]
    private var matrices: [RegionID: [(key: RecordKey, versions: [NaiveVersion])]] = [:]
    private var indicators: [String: [(place: RegionID, values: [FieldNumber: Value])]] = [:]
    /// Units that are registered as vertically managed, as far as that is known here.
    private var vertical: Set<String> = []

    /// - Parameter granted: units that a grant held names; others are known once they are registered.
    init(
        _ ledger: LifeLedger, _ fields: PolicyFields, _ tables: [KindName: KindTable], _ held: [RecordKey: [(operation: IdentifiedOperation, counts: Bool)]],
        granted: Set<UnitID>
    ) {
        self.ledger = ledger
        self.fields = fields
        self.tables = tables
        self.held = held
        let registered = held.filter { $0.key.kind == fields.unit && $0.value.contains(where: \.counts) }.compactMap { $0.key.values.first?.text }
        units = ledger.units.values.filter { granted.contains($0.id) || registered.contains($0.id.text) }
        for (key, operations) in held {
            guard let place = key.partition.place, let government = government(of: place) else { continue }
            if key.kind == fields.matrix {
                let versions = NaivePolicy.versions(operations, by: government, dated: fields.inForceFrom)
                if !versions.isEmpty { matrices[place, default: []].append((key, versions)) }
            } else if key.kind == fields.indicator, let id = key.values.first?.text, let values = settled(key, operations, [government]) {
                indicators[id, default: []].append((place, values))
            } else if key.kind == fields.unit, let id = key.values.first?.text {
                // "The government of the place, or one above it, whichever registered it; of several the highest."
                let lodging = Set(operations.filter(\.counts).map(\.operation.operation.unit))
                let governments = ledger.path(of: place, on: nil).compactMap { self.government(of: $0) }
                guard let issuer = governments.last(where: lodging.contains) ?? governments.first else { continue }
                if settled(key, operations, [issuer])?[fields.management]?.text == "vertical" { vertical.insert(id) }
            }
        }
    }

    /// "Policy: signed, flowing down, versioned": each word of the place's government, over all that it had seen, is one.
    private static func versions(
        _ operations: [(operation: IdentifiedOperation, counts: Bool)], by government: UnitID, dated day: FieldNumber
    ) -> [NaiveVersion] {
        let own = operations.filter { $0.counts && $0.operation.operation.unit == government }.map(\.operation)
        // Whoever's it is: ancestry goes over everything that has entered the graph.
        var pasts: [OperationID: Set<OperationID>] = [:]
        var open = operations.map(\.operation)
        while let index = open.firstIndex(where: { $0.operation.seen.allSatisfy { pasts[$0] != nil } }) {
            let one = open.remove(at: index)
            pasts[one.id] = one.operation.seen.reduce(into: Set(one.operation.seen)) { $0.formUnion(pasts[$1] ?? []) }
        }
        let entered = own.filter { pasts[$0.id] != nil }
        let ids = Set(entered.map(\.id))
        let ownPasts = Dictionary(uniqueKeysWithValues: entered.map { ($0.id, (pasts[$0.id] ?? []).intersection(ids)) })
        // Whoever has the larger past comes after all that is in it.
        var depth: [OperationID: Int] = [:]
        for (id, past) in ownPasts.sorted(by: { $0.value.count < $1.value.count }) { depth[id] = 1 + (past.compactMap { depth[$0] }.max() ?? -1) }
        let ordered = entered.sorted { (depth[$0.id] ?? 0, $0.id) < (depth[$1.id] ?? 0, $1.id) }
        return ordered.compactMap { one in
            var values: [FieldNumber: Value] = [:]
            for earlier in ordered where earlier.id == one.id || ownPasts[one.id]?.contains(earlier.id) == true {
                for field in earlier.operation.fields { values[field.number] = field.value }
            }
            guard values[day]?.day != nil else { return nil }
            return NaiveVersion(id: one.id, past: ownPasts[one.id] ?? [], fields: values)
        }
    }

    /// What a record of sole issuers comes to.
    private func settled(_ key: RecordKey, _ operations: [(operation: IdentifiedOperation, counts: Bool)], _ issuers: Set<UnitID>) -> [FieldNumber: Value]? {
        guard let table = tables[key.kind] else { return nil }
        let place = key.partition.place
        let path = place.map { ledger.path(of: $0, on: nil) } ?? []
        let governance = NaiveGovernance(
            tiers: [NaiveTier(government: issuers.first, lineUnits: [], cooperating: [], mode: .unspecified)], onPath: onPath(path), issuers: issuers,
            reporters: [], statistics: [], isVertical: false, assigners: [:])
        let settlement = NaiveRecord(
            operations.map { NaiveOperation($0.operation.id, $0.operation.operation, isVoidFromTrust: !$0.counts) }, table: table, governing: governance, cited: [:]
        ).settle()
        return settlement.fields.compactMapValues(\.value)
    }

    private func government(of place: RegionID) -> UnitID? { units.first { $0.place == place && $0.isGovernment }?.id }

    private func unit(_ id: UnitID) -> CastUnit? { units.first { $0.id == id } }

    private func onPath(_ path: [RegionID]) -> [UnitID: Int] {
        var out: [UnitID: Int] = [:]
        for unit in units { if let tier = path.firstIndex(of: unit.place) { out[unit.id] = tier } }
        return out
    }

    // MARK: One record

    /// "The newest version whose day is no later than the period's last day; without a period the newest published.
    /// Parallel versions of one issuer: the last one parallel to none governs."
    private func versionInForce(_ versions: [NaiveVersion], on day: Day?) -> NaiveVersion? {
        let candidates = versions.filter { version in day.map { (version.fields[fields.inForceFrom]?.day ?? $0) <= $0 } ?? true }
        let clear = candidates.filter { one in candidates.allSatisfy { $0.id == one.id || $0.past.contains(one.id) || one.past.contains($0.id) } }
        return clear.max { $0.past.count < $1.past.count }
    }

    /// The matrix record that a version belongs to, if its place is on the path.
    func versions(with id: OperationID, on path: [RegionID]) -> [NaiveVersion] {
        path.lazy.flatMap { matrices[$0] ?? [] }.first { $0.versions.contains { $0.id == id } }?.versions ?? []
    }

    struct Governing {
        var governance: NaiveGovernance
        var path: [RegionID]
        /// The version at each tier that has one.
        var versions: Set<OperationID>
    }

    func governing(_ key: RecordKey, lodging: Set<UnitID>, values: [FieldNumber: Value], citing: OperationID? = nil) -> Governing? {
        guard let table = tables[key.kind], let place = key.partition.place else { return nil }
        func keyText(_ name: String) -> String? { table.key.firstIndex { $0.name == name }.flatMap { key.values.indices.contains($0) ? key.values[$0].text : nil } }
        let day = keyText("period").flatMap { try? Period(parsing: $0) }?.lastDay
        let path = ledger.path(of: place, on: day)
        let indicator = keyText("indicator")
        let definition = indicator.flatMap { defined($0, on: ledger.path(of: place, on: nil)) }
        let opening = keyText("unit").flatMap { try? UnitID(checking: $0) }
        let isItem = key.kind == fields.ledgerItem
        let itemLine = isItem ? values[fields.itemLine]?.text : nil
        let line = (itemLine ?? definition?[fields.line]?.text).map { LineID(unchecked: $0) } ?? (indicator == nil ? opening.flatMap { unit($0)?.line } : nil)

        var entries: [NaiveVersion?] = []
        for region in path {
            let stated = (matrices[region] ?? []).compactMap { record -> (part: String, version: NaiveVersion)? in
                let cited = citing.flatMap { id in record.versions.first { $0.id == id } }
                guard let version = cited ?? versionInForce(record.versions, on: day) else { return nil }
                return (part: record.key.values[1].text ?? "", version: version)
            }
            // Each place has one plan whose parts don't overlap, so that one entry at most covers an indicator or an item.
            let entry = stated.first { entry -> Bool in
                if let indicator { return entry.version.texts(fields.indicators).contains(indicator) }
                return isItem && values[fields.measure]?.text == entry.part
            }
            entries.append(entry?.version)
        }
        var modes = [ResponsibilityMode](repeating: .unspecified, count: path.count)
        var inherited = ResponsibilityMode.unspecified
        for tier in path.indices.reversed() {
            if let stated = entries[tier]?.fields[fields.mode]?.text.flatMap(ResponsibilityMode.init(rawValue:)) { inherited = stated }
            modes[tier] = inherited
        }
        let leads = Set(entries.compactMap(\.self).flatMap { $0.texts(fields.leads) }.compactMap { try? UnitID(checking: $0) })
        let leadLines = Set(leads.compactMap { unit($0)?.line })
        let assisting = Set(entries.compactMap(\.self).flatMap { $0.texts(fields.cooperating) }.compactMap { try? UnitID(checking: $0) })
        let tiers = path.enumerated().map { tier, region in
            let here = units.filter { $0.place == region }
            var lineUnits = Set(here.filter { unit in unit.line.map { $0 == line || line == nil && leadLines.contains($0) } ?? false }.map(\.id))
            lineUnits.formUnion(leads.filter { unit($0)?.place == region && unit($0)?.isGovernment != true })
            let government = government(of: region)
            let cooperating = assisting.filter { unit($0)?.place == region && $0 != government }.subtracting(lineUnits)
            return NaiveTier(government: government, lineUnits: lineUnits, cooperating: cooperating, mode: modes[tier])
        }
        let isStatistical = definition?[fields.isStatistical]?.boolean ?? false
        let statistics = isStatistical ? path.compactMap { region in units.filter { $0.place == region && $0.line == "stats" }.map(\.id).min() } : []
        let authors = Authors(units: units, path: path, tiers: tiers, definition: definition, fields: fields, lodging: lodging, key: key, table: table)
        return Governing(
            governance: NaiveGovernance(
                tiers: tiers, onPath: onPath(path), issuers: authors.of(table.issuer), reporters: table.reporter == .unitOfPlace ? [] : authors.of(table.reporter),
                statistics: statistics, isVertical: opening.map { vertical.contains($0.text) } ?? false, assigners: assigners(on: path)),
            path: path, versions: Set(entries.compactMap { $0?.id }))
    }

    /// "Vertical units answer to their line alone."
    private func assigners(on path: [RegionID]) -> [UnitID: Set<UnitID>] {
        let here = units.filter { path.contains($0.place) }
        let pairs = here.filter { vertical.contains($0.id.text) }.map { unit in (unit.id, Set(here.filter { $0.id == unit.id || unit.line != nil && $0.line == unit.line }.map(\.id))) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func defined(_ id: String, on path: [RegionID]) -> [FieldNumber: Value]? {
        path.lazy.compactMap { place in indicators[id]?.first { $0.place == place }?.values }.first
    }

    private struct Authors {
        let units: [CastUnit]
        let path: [RegionID]
        let tiers: [NaiveTier]
        let definition: [FieldNumber: Value]?
        let fields: PolicyFields
        let lodging: Set<UnitID>
        let key: RecordKey
        let table: KindTable

        private func government(of place: RegionID) -> UnitID? { units.first { $0.place == place && $0.isGovernment }?.id }

        func of(_ author: KindTable.Author) -> Set<UnitID> {
            switch author {
            case .key(let name):
                let text = table.key.firstIndex { $0.name == name }.flatMap { key.values[$0].text } ?? ""
                return Set(text.split(separator: "+").compactMap { try? UnitID(checking: String($0)) })
            case .government: return Set([government(of: path[0])].compactMap(\.self))
            case .governmentOnPath:
                let governments = path.compactMap { government(of: $0) }
                return Set([governments.last(where: lodging.contains) ?? governments.first].compactMap(\.self))
            case .indicatorReporter:
                guard let definition else { return tiers[0].lineUnits }
                let stated = definition[fields.reporter]?.text
                if stated == "government" { return of(.government) }
                guard let line = stated ?? definition[fields.line]?.text else { return of(.government) }
                return Set(units.filter { $0.place == path[0] && $0.line?.text == line }.map(\.id)).union(tiers[0].lineUnits)
            case .lineOfPlace: return tiers[0].lineUnits
            case .unitOfPlace: return lodging.filter { unit in units.contains { $0.id == unit && $0.place == path[0] } }
            }
        }
    }
}
