import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// Who reported when. There are no shapes of places in the data: the map is a grid of places, as their tree has them, by months.
extension AuditMaker {
    /// - Parameter assessed: the targets in force at each place that has any, or figures.
    func reporting(_ assessed: [AssessmentRow], termDays: Int) throws -> ReportingGrid {
        let figures = try figuresByPlace()
        let targets = Dictionary(grouping: assessed, by: \.place.id)
        let shown = Set(targets.keys).union(figures.keys.map(\.text)).union(nodeRegions().map(\.region.text))
        let tree = view.node.regions.subtree(of: place, on: day)
        let known = Set(tree)
        let others = shown.compactMap { try? RegionID(checking: $0) }.filter { !known.contains($0) }.sorted()
        let regions = (tree + others).filter { shown.contains($0.text) }
        // Figures that fall due, by place, then those that came unasked.
        var due: [RegionID: [String: Period]] = [:]
        for region in regions {
            var list = Dictionary((figures[region] ?? []).map { ($0.key, $0.period) }, uniquingKeysWith: { first, _ in first })
            for row in try targets[region.text] ?? asked(of: region) {
                for period in periods(askedBy: row) { list["\(row.indicator)/\(period.text)"] = period }
            }
            due[region] = list
        }
        let months = months(of: due.values.flatMap { $0.values.map(\.lastDay) })
        let cells = try figures.mapValues { try Dictionary($0.map { ($0.key, try FirstReport(firstReport($0.ref), arrival)) }, uniquingKeysWith: { $0 ?? $1 }) }
        return ReportingGrid(
            termDays: termDays, months: months,
            places: regions.map { region in
                let byMonth = Dictionary(grouping: due[region] ?? [:]) { String($0.value.lastDay.description.prefix(7)) }
                let path = view.path(of: region)
                return ReportingRow(
                    place: facts.place(region), depth: path.firstIndex(of: place) ?? 0, superior: path.dropFirst().first.map(facts.place),
                    cells: months.map { month in
                        cell(month, (byMonth[month] ?? []).map { (deadline: $0.value.lastDay.adding(termDays), first: cells[region]?[$0.key] ?? nil) })
                    })
            })
    }

    /// The first word on a figure, and when it came; nil for own work that is not sealed.
    private struct FirstReport {
        let held: HeldOperation
        let arrived: Written?

        init?(_ held: HeldOperation?, _ arrival: ArrivalTimes) throws {
            guard let held else { return nil }
            self.held = held
            arrived = try arrival.known(held)
        }
    }

    private struct HeldFigure {
        let key: String
        let period: Period
        let ref: RecordRef
    }

    private func figuresByPlace() throws -> [RegionID: [HeldFigure]] {
        var out: [RegionID: [HeldFigure]] = [:]
        for ref in try view.reader.records(kind: CellKind.table.name) {
            let key = try view.reader.record(ref).key
            guard let region = key.partition.place, isWithin(region), let indicator = key.values[0].text,
                let period = key.values[1].text.flatMap({ try? Period(parsing: $0) })
            else { continue }
            out[region, default: []].append(HeldFigure(key: "\(indicator)/\(period.text)", period: period, ref: ref))
        }
        return out
    }

    /// The targets in force at a place that has neither its own nor figures.
    private func asked(of region: RegionID) throws -> [AssessmentRow] {
        var assessor = try Assessor(view, at: region, asOf: day)
        return try assessor.rows()
    }

    /// The periods, ended by the report's last day, of which a target asks for a figure: those of its indicator's frequency that end
    /// within the target's period and by its deadline, after the target was issued.
    private func periods(askedBy row: AssessmentRow) -> [Period] {
        guard let place = try? RegionID(checking: row.place.id), let definition = view.indicator(row.indicator, at: place), definition.frequency != .daily,
            let whole = try? Period(parsing: row.period), let issued = row.signedOn.flatMap({ try? Day(parsing: $0) })
        else { return [] }
        var out: [Period] = []
        // What had a deadline is asked for until then.
        let last = min(whole.lastDay, row.deadline.flatMap { try? Day(parsing: $0) } ?? whole.lastDay)
        var next = min(day, last).adding(1)
        while let period = definition.lastPeriod(before: next), period.lastDay >= issued, period.firstDay >= whole.firstDay {
            out.append(period)
            next = period.firstDay
        }
        return out
    }

    /// The months of the period without gaps; of one without beginning from the first to the last that has something in it.
    private func months(of days: [Day]) -> [String] {
        guard var next = (from ?? days.min()).map({ $0.description.prefix(7) }).map(String.init) else { return [] }
        let last = (from == nil ? min(day, days.max() ?? day) : day).description.prefix(7)
        var out: [String] = []
        while next <= last {
            out.append(next)
            guard let month = try? Period(parsing: next) else { break }
            next = String(month.lastDay.adding(1).description.prefix(7))
        }
        return out
    }

    private func cell(_ month: String, _ figures: [(deadline: Day, first: FirstReport?)]) -> ReportingCell {
        var counts = [String: Int]()
        var samples = 0
        for (deadline, first) in figures {
            let made = first.map(\.held.operation.written.day)
            let received = first?.arrived?.day ?? made
            let state =
                if let made, let received, made <= day {
                    made > deadline ? "madeLate" : received > deadline ? "receivedLate" : "onTime"
                } else {
                    deadline < day ? "missing" : "open"
                }
            counts[state, default: 0] += 1
            if first?.held.operation.isSample == true { samples += 1 }
        }
        return ReportingCell(
            month: month, due: figures.count, onTime: counts["onTime"] ?? 0, receivedLate: counts["receivedLate"] ?? 0, madeLate: counts["madeLate"] ?? 0,
            missing: counts["missing"] ?? 0, open: counts["open"] ?? 0, samples: samples)
    }
}
