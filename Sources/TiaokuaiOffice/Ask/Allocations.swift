import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// What a place was assigned 分解任务, and what it has passed on to the places below it (R4): the superior's word stands, and
/// what is not passed on is a warning, never a refusal.
///
/// A place that took over from another (R15) waits for its superior's word: what the other was assigned is divided by nobody else.
public struct AllocationRow: Codable, Hashable, Sendable {
    /// `assigned`, or `awaiting`: `record` and `formerly` are then the place's that this one took over from.
    public let state: String
    public let record: RecordFact
    public let from: PlaceFact
    public let to: PlaceFact
    public let indicator: String
    public let indicatorTitle: String
    public let period: String
    /// In use now; left out while it is awaited.
    public let value: String?
    /// What the place before it was assigned.
    public let formerly: AllocationPart?
    public let measure: String?
    /// What it was from which day on, by day: whoever asks about a day gets the base that was valid then.
    public let changes: [AllocationChange]
    /// What the place has assigned to those below it, by place.
    public let parts: [AllocationPart]
    /// So much is not passed on; left out where it all is, where nothing is passed on, and for what does not add up.
    public let unallocated: String?
}

public struct AllocationChange: Codable, Hashable, Sendable {
    public let since: String
    public let value: String
    public let unit: UnitFact
    public let operation: String
}

public struct AllocationPart: Codable, Hashable, Sendable {
    public let to: PlaceFact
    public let value: String
}

extension Office {
    /// What a place (nil: the node's) was assigned from above, by indicator, period and assigning place.
    public func allocations(to place: RegionID? = nil) throws -> [AllocationRow] {
        let regions = node.regions
        return try node.ask { view in try view.allocations(to: place ?? view.settings.region, regions) }
    }
}

extension NodeView {
    fileprivate func allocations(to place: RegionID, _ regions: RegionTable) throws -> [AllocationRow] {
        let facts = FactMaker(self)
        let rows = try reader.records(kind: AllocationKind.table.name).map { try reader.record($0) }
        let values = try rows.map { try effective($0.ref)[AllocationKind.value]?.decimal }
        let own = rows.indices.filter { rows[$0].key.values[2].text == place.text }
        let assigned = try own.map { index in
            let row = rows[index]
            let (indicator, period) = (row.key.values[0].text ?? "", row.key.values[1].text ?? "")
            let parts = rows.indices.filter { part in
                rows[part].key.partition == .policy(place) && rows[part].key.values[0] == row.key.values[0] && rows[part].key.values[1] == row.key.values[1]
            }
            let definition = self.indicator(indicator, at: place)
            return AllocationRow(
                state: "assigned", record: try facts.record(row), from: facts.place(row.key.partition.place ?? place), to: facts.place(place),
                indicator: indicator, indicatorTitle: definition?.title ?? indicator, period: period, value: values[index]?.description, formerly: nil,
                measure: definition?.measure,
                changes: try changes(of: row, facts),
                parts: parts.compactMap { part in
                    guard let to = rows[part].key.values[2].text.flatMap({ try? RegionID(checking: $0) }), let value = values[part] else { return nil }
                    return AllocationPart(to: facts.place(to), value: value.description)
                }.sorted { $0.to.id < $1.to.id },
                unallocated: definition?.isAdditive == true ? gap(values[index], parts.compactMap { values[$0] })?.description : nil)
        }
        let known = Set(own.map { [rows[$0].key.values[0], rows[$0].key.values[1]] })
        let awaited = try rows.indices.compactMap { index -> AllocationRow? in
            let row = rows[index]
            guard let value = values[index], !known.contains([row.key.values[0], row.key.values[1]]),
                let before = row.key.values[2].text.flatMap({ try? RegionID(checking: $0) }), isRunning(row, from: before, at: place, regions)
            else { return nil }
            let (indicator, period) = (row.key.values[0].text ?? "", row.key.values[1].text ?? "")
            let definition = self.indicator(indicator, at: place)
            return AllocationRow(
                state: "awaiting", record: try facts.record(row), from: facts.place(row.key.partition.place ?? place), to: facts.place(place),
                indicator: indicator, indicatorTitle: definition?.title ?? indicator, period: period, value: nil,
                formerly: AllocationPart(to: facts.place(before), value: value.description), measure: definition?.measure, changes: [], parts: [], unallocated: nil)
        }
        return (assigned + awaited).sorted { ($0.indicator, $0.period, $0.from.id, $0.record.id) < ($1.indicator, $1.period, $1.from.id, $1.record.id) }
    }

    /// True when the place took over from the other one before the task's period ended.
    private func isRunning(_ row: RecordRow, from before: RegionID, at place: RegionID, _ regions: RegionTable) -> Bool {
        guard before != place, let end = row.key.values[1].text.flatMap({ try? Period(parsing: $0) })?.lastDay else { return false }
        return regions.changes.contains { change in change.from?.id == before && change.to.contains { $0.id == place } && change.day <= end }
    }

    private func gap(_ whole: ExactDecimal?, _ parts: [ExactDecimal]) -> ExactDecimal? {
        guard let whole, !parts.isEmpty else { return nil }
        let rest = try? parts.reduce(whole) { try $0.adding($1.negated) }
        return rest.flatMap { ExactDecimal(0) < $0 ? $0 : nil }
    }

    /// The issuer's words in the order in which they replaced each other, each from the day on which it counts.
    private func changes(of row: RecordRow, _ facts: FactMaker) throws -> [AllocationChange] {
        guard let place = row.key.partition.place else { return [] }
        let operations = try settledOperations(of: row.ref)
        let verdicts = try settlement(row.ref)?.verdicts ?? [:]
        let days = try issueDays(of: operations, at: place)
        return operations.compactMap { one -> (day: Day, change: AllocationChange)? in
            guard case .some(.some(let value)) = one.operation.value(of: AllocationKind.value), let day = days[one.id]?.day,
                [.stands, .replaced].contains(verdicts[one.id]?[AllocationKind.value].map(Standing.init) ?? .other)
            else { return nil }
            return (day, AllocationChange(since: day.description, value: facts.text(value), unit: facts.unit(one.operation.unit), operation: one.id.hash.hex))
        }.sorted { ($0.day, $0.change.operation) < ($1.day, $1.change.operation) }.map(\.change)
    }

    private enum Standing {
        case stands, replaced, other

        init(_ verdict: Verdict) {
            switch verdict {
            case .stands: self = .stands
            case .replaced: self = .replaced
            default: self = .other
            }
        }
    }
}
