import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension Office {
    /// Reports one figure: a claim of the unit on the cell's value, kept in the indicator's base measure.
    ///
    /// Throws `EntryError` for a figure, measure or period that can't be read, `unknownIndicator`, and `notYourFigure` for a
    /// unit that has no voice on this cell. A unit above the reporter may speak: what that comes to is settled, not refused.
    public func report(_ report: FigureReport, by author: Author, evenIfVoid: Bool = false) throws -> Writing {
        try writeChecked(evenIfVoid: evenIfVoid) { try $0.draft(of: report, by: author) }
    }

    /// Accepts, returns or (re)submits the figures of a cell. Names the claims that it judges: nobody accepts unread.
    public func review(_ reference: String, event: String, by author: Author, reason: String? = nil, evenIfVoid: Bool = false) throws -> Writing {
        try raise(reference, event: event, by: author, reason: reason, evenIfVoid: evenIfVoid)
    }

    /// A sheet of what a unit has to report for a period, to be filled in and imported again.
    ///
    /// - Parameters:
    ///   - unit: nil takes every reporting unit of the place.
    ///   - place: nil takes the unit's, else the node's.
    public func template(unit: UnitID?, place: RegionID? = nil, period: Period) throws -> ReportTemplate {
        try node.ask { view in
            let place = place ?? unit.flatMap { view.unit($0)?.region } ?? view.settings.region
            let ids = Set(view.indicators.map(\.id)).sorted()
            var rows: [TemplateRow] = []
            for id in ids {
                guard let definition = view.indicator(id, at: place), definition.isReported(in: period) else { continue }
                let reporters = view.reporters(of: definition, at: place)
                guard unit.map(reporters.contains) ?? true, let reporter = unit ?? reporters.first else { continue }
                let key = RecordKey(.work(place, definition.confidentialTo), CellKind.table.name, [.text(id), .text(period.text)])
                let settlement = try view.recordRef(key).flatMap { try view.settlement($0) }
                let own = settlement?.fields[CellKind.value]?.standing.first { $0.unit == reporter }
                rows.append(
                    TemplateRow(
                        place: place.text, indicator: id, title: definition.title, period: period.text, measure: definition.measure,
                        value: own?.value.decimal?.description, unit: reporter.text))
            }
            let cells = rows.map { [$0.place, $0.indicator, $0.title, $0.period, $0.value ?? "", $0.measure, $0.unit, "", ""] }
            let header = ["place", "indicator", "title", "period", "value", "measure", "unit", "person", "remark"].map(FigureSheet.title)
            return ReportTemplate(csv: CSVWriter.text(header: header, rows: cells, for: .spreadsheets), rows: rows)
        }
    }

    /// Imports a sheet or JSON lines of figures, all or nothing. Throws `badFile` with every fault, each with row and column.
    ///
    /// - Parameters:
    ///   - format: nil decides by the file's name, else by its first byte.
    ///   - place: for rows that name none; nil takes the node's place.
    public func importFigures(_ bytes: [UInt8], file: String, format: SheetFormat? = nil, by author: Author, place: RegionID? = nil) throws -> Writing {
        let faults = FaultList(file: file)
        let rows = try FigureSheet.read(bytes, file: file, format: format, faults)
        return try write { view in
            let drafts = FigureRows(rows, author, place ?? view.settings.region, view, faults).drafts()
            try faults.check()
            return drafts
        }
    }
}

/// How a sheet of figures is written.
public enum SheetFormat: String, Hashable, Sendable, CaseIterable { case csv, jsonl }

extension IndicatorDefinition {
    /// The indicator is due for periods of this length.
    func isReported(in period: Period) -> Bool {
        let days = Int(period.lastDay.number) - Int(period.firstDay.number) + 1
        return switch frequency {
        case .daily: days == 1
        case .monthly: (28...31).contains(days)
        case .quarterly: (90...92).contains(days)
        case .yearly, .once: days > 364
        }
    }
}
