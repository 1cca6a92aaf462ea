import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// The bounds of an indicator at a place as they stood on a day, each with every tier's word and its document: those
    /// issued by then, whenever they became known here. One answer for the period's own target and one for each checkpoint.
    ///
    /// - Parameter period: nil takes the year of the day.
    ///
    /// Throws `unknownIndicator`; empty where no tier has a target of that period.
    public func bounds(place: RegionID, indicator: String, on day: Day, period: Period? = nil) throws -> [BoundsOnDay] {
        try node.ask { view in
            guard let definition = view.officeIndicator(indicator, at: place) else {
                throw OfficeError(.unknownIndicator, ["indicator": indicator, "place": place.text])
            }
            let period = period?.text ?? "\(day.parts.year)"
            return try view.targetKeys(on: view.path(of: place)).filter { $0.values[0].text == definition.id && $0.values[1].text == period }
                .compactMap { try BoundDays(view, RecordKey(.policy(place), $0.kind, $0.values)).answer(on: day) }
        }
    }
}

extension Office {
    /// The periods for which any tier on the path of a place has a target of an indicator, in order; by id or title. Empty for an unknown one.
    public func targetPeriods(place: RegionID, indicator: String) throws -> [String] {
        try node.ask { view in
            guard let id = view.officeIndicator(indicator, at: place)?.id else { return [] }
            return try Set(view.targetKeys(on: view.path(of: place)).filter { $0.values[0].text == id }.compactMap { $0.values[1].text }).sorted()
        }
    }
}

extension NodeView {
    /// Keys of the targets that any of these places has set, each once, by indicator, period and qualifier.
    func targetKeys(on places: [RegionID]) throws -> [RecordKey] {
        var keys: [[Value]: RecordKey] = [:]
        for place in places {
            for ref in try reader.records(kind: TargetKind.table.name, partition: .policy(place)) {
                let key = try reader.record(ref).key
                if keys[key.values] == nil { keys[key.values] = key }
            }
        }
        return keys.values.sorted { $0.values.map(\.description).lexicographicallyPrecedes($1.values.map(\.description)) }
    }
}

/// One target key along its path, day by day: of each tier's record only what was issued by a day counts on it.
struct BoundDays {
    private struct Tier {
        let region: RegionID
        let row: RecordRow
        let operations: [IdentifiedOperation]
        let judged: [JudgedOperation]
        let days: [OperationID: IssueDay]
    }

    private let view: NodeView
    private let facts: FactMaker
    private let key: RecordKey
    /// Root first.
    private let tiers: [Tier]

    init(_ view: NodeView, _ key: RecordKey) throws {
        self.view = view
        self.key = key
        facts = FactMaker(view)
        let last = key.text("period", in: TargetKind.table).flatMap { try? Period(parsing: $0) }?.lastDay
        tiers =
            try key.partition.place.map { view.path(of: $0, on: last).reversed() }?.compactMap { region in
                let own = RecordKey(.policy(region), key.kind, key.values)
                guard let ref = try view.recordRef(own) else { return nil }
                let operations = try view.settledOperations(of: ref)
                return Tier(
                    region: region, row: try view.reader.record(ref), operations: operations, judged: view.judged(try view.operations(of: ref), of: own),
                    days: try view.issueDays(of: operations, at: region))
            } ?? []
    }

    /// Nil where no tier ever stated a bound.
    func answer(on day: Day) throws -> BoundsOnDay? {
        let changes = try changes()
        guard !changes.isEmpty, let place = key.partition.place else { return nil }
        let indicator = key.values[0].text ?? ""
        return BoundsOnDay(
            record: try facts.record(key), place: facts.place(place), indicator: indicator, indicatorTitle: view.indicator(indicator, at: place)?.title ?? indicator,
            period: key.values[1].text ?? "", qualifier: key.values[2].text ?? "", day: day.description, bounds: try bounds(on: day), changes: changes)
    }

    private func bounds(on day: Day) throws -> [BoundFact] {
        let settled = try settled(on: day)
        return try TargetKind.table.fields.compactMap { spec in
            guard case .strictest(let strictness) = spec.rule else { return nil }
            let steps = tiers.compactMap { tier in settled[tier.region].flatMap { view.pathStep(tier.region, $0, spec) } }
            guard !steps.isEmpty else { return nil }
            return try facts.bound(strictestAlongPath(steps, strictness), key, spec) { region in
                (settled[region]?.fields.compactMapValues(\.value) ?? [:], tiers.first { $0.region == region }?.operations ?? [])
            }
        }
    }

    private func settled(on day: Day) throws -> [RegionID: Settlement] {
        try tiers.reduce(into: [:]) { settled, tier in
            let issued = tier.judged.filter { one in tier.days[one.id].map { $0.day <= day } ?? false }
            guard !issued.isEmpty else { return }
            settled[tier.region] = settle(issued, record: tier.row.id, table: TargetKind.table, governance: try view.governing(tier.row.key, issued))
        }
    }

    /// Each day on which something was issued, where it changed a bound or whose word it is.
    private func changes() throws -> [BoundChange] {
        var known: [String: BoundFact] = [:]
        var out: [BoundChange] = []
        for day in Set(tiers.flatMap { $0.days.values.map(\.day) }).sorted() {
            let now = Dictionary(try bounds(on: day).map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
            for field in TargetKind.table.fields.map(\.name) where known[field]?.value != now[field]?.value || known[field]?.source?.operation != now[field]?.source?.operation {
                let bound = now[field]
                out.append(
                    BoundChange(since: day.description, field: field, value: bound?.value, measure: bound?.measure ?? known[field]?.measure, source: bound?.source))
            }
            known = now
        }
        return out
    }
}
