import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension NodeView {
    /// One claim on a cell. A reporter whose figure was returned submits again with it.
    func cellDrafts(_ key: RecordKey, _ author: Author, _ fields: [Operation.Field]) -> [Draft] {
        var fields = fields
        if let ref = try? recordRef(key), let state = try? settlement(ref)?.fields[CellKind.review]?.value, state == .text("returned"),
            governance(of: key).reporters.contains(author.unit)
        {
            fields.append(.init(CellKind.review, .text("submit")))
        }
        return [Draft(key: key, unit: author.unit, person: author.person, fields: fields)]
    }

    /// `<document number> <path>` of a measure at a place; the text as it is where no such measure is held.
    func measureServed(_ path: String, at place: RegionID) -> String {
        let found = (try? reader.records(kind: MeasureKind.table.name, partition: .policy(place)).map { try reader.record($0).key }) ?? []
        let texts = found.compactMap { key in key.values[0].text.flatMap { number in key.values[1].text.map { (number: number, path: $0) } } }
        if texts.contains(where: { "\($0.number) \($0.path)" == path }) { return path }
        return texts.filter { $0.path == path }.map { "\($0.number) \($0.path)" }.max() ?? path
    }

    /// Units that report an indicator at a place.
    func reporters(of indicator: IndicatorDefinition, at place: RegionID) -> [UnitID] {
        let key = RecordKey(.work(place, indicator.confidentialTo), CellKind.table.name, [.text(indicator.id), .text("2020")])
        return governance(of: key).reporters.sorted()
    }

    func draft(of report: FigureReport, by author: Author) throws -> [Draft] {
        guard let definition = officeIndicator(report.indicator, at: report.place) else {
            throw OfficeError(.unknownIndicator, ["indicator": report.indicator, "place": report.place.text])
        }
        let period = try PeriodReader.read(report.period)
        // A measure beside the value is left out where the value names one itself.
        let figure = try FigureReader(measure: definition.measure)
        let value: ExactDecimal
        if let measure = report.measure, !measure.isEmpty {
            _ = try figure.read("0" + measure)
            if let both = try? figure.read(report.value + measure) { value = both } else { value = try figure.read(report.value) }
        } else {
            value = try figure.read(report.value)
        }
        var fields = FieldList()
        fields.decimal(CellKind.value, value)
        fields.text(CellKind.remark, report.remark)
        if let serves = report.serves { fields.text(CellKind.measure, measureServed(serves, at: report.place)) }
        let key = RecordKey(.work(report.place, definition.confidentialTo), CellKind.table.name, [.text(definition.id), .text(period.text)])
        return cellDrafts(key, author, fields.fields + report.notes.fields)
    }
}
