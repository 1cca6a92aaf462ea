import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// Figures that came late, and measures of which none came.
extension AuditMaker {
    /// The first report on the figure of each dated target, where it was made or received after the deadline.
    func late(_ assessed: [AssessmentRow]) throws -> [LateFigure] {
        try assessed.compactMap { row in
            guard let deadline = row.deadline.flatMap({ try? Day(parsing: $0) }), let figure = row.figureRecord,
                let ref = try view.reader.records(idPrefix: figure.id, limit: 1).first, let first = try firstReport(ref)
            else { return nil }
            func late(_ on: Day?) -> Int? { on.map { Int($0.number) - Int(deadline.number) }.flatMap { $0 > 0 ? $0 : nil } }
            let made = late(first.operation.written.day)
            let arrived = try arrival.known(first)
            let received = late(arrived?.day)
            guard made != nil || received != nil else { return nil }
            return LateFigure(
                record: figure, place: row.place, indicatorTitle: row.indicatorTitle, target: row.record.reference, deadline: deadline.description,
                unit: facts.unit(first.operation.unit), written: first.operation.written.timestamp, received: arrived.map(\.timestamp),
                daysMadeLate: made, daysReceivedLate: made == nil ? received : nil, isSample: first.operation.isSample)
        }
    }

    /// The earliest written word on the value that is not void, of those written by the last day.
    func firstReport(_ ref: RecordRef) throws -> HeldOperation? {
        let (said, settlement) = try said(of: view.reader.record(ref))
        return said.filter { held in
            guard case .some(.some) = held.operation.value(of: CellKind.value) else { return false }
            if case .void? = settlement.verdicts[held.id]?[CellKind.value] { return false }
            return true
        }.min { ($0.operation.written.milliseconds, $0.id) < ($1.operation.written.milliseconds, $1.id) }
    }

    func unreported() throws -> [UnreportedMeasure] {
        var reported: [String: Set<RegionID>] = [:]
        for ref in try view.reader.records(kind: CellKind.table.name) {
            let row = try view.reader.record(ref)
            guard let region = row.key.partition.place, let indicator = row.key.values[0].text,
                try said(of: row).settlement.fields[CellKind.value]?.standing.isEmpty == false
            else { continue }
            reported[indicator, default: []].insert(region)
        }
        var out: [UnreportedMeasure] = []
        for ref in try view.reader.records(kind: MatrixKind.table.name) {
            let row = try view.reader.record(ref)
            guard isWithin(row.key.partition.place), try view.operations(of: ref).contains(where: isSaid), let entry = MatrixEntry(try view.effective(ref)) else { continue }
            let missing = entry.indicators.filter { indicator in !(reported[indicator] ?? []).contains { view.isWithin($0, entry.place) } }
            for indicator in missing.sorted() {
                out.append(
                    UnreportedMeasure(
                        record: try facts.record(row), place: facts.place(entry.place), document: entry.document, part: entry.part, indicator: indicator,
                        indicatorTitle: view.indicator(indicator, at: entry.place)?.title ?? indicator, leads: facts.units(entry.leading)))
            }
        }
        return out.sorted { ($0.place.id, $0.document, $0.part, $0.indicator) < ($1.place.id, $1.document, $1.part, $1.indicator) }
    }
}
