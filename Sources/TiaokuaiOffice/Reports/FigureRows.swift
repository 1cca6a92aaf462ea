import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Turns the rows of a sheet into drafts, with every fault found.
struct FigureRows {
    private let rows: [FigureSheet.Row]
    private let author: Author
    private let place: RegionID
    private let view: NodeView
    private let faults: FaultList

    init(_ rows: [FigureSheet.Row], _ author: Author, _ place: RegionID, _ view: NodeView, _ faults: FaultList) {
        self.rows = rows
        self.author = author
        self.place = place
        self.view = view
        self.faults = faults
    }

    /// One draft for each row that can be read; a row without a figure is left out, as in a template that was filled in partly.
    func drafts() -> [Draft] {
        struct CellOfUnit: Hashable {
            let key: RecordKey
            let unit: UnitID
        }
        var drafts: [(draft: Draft, row: FigureSheet.Row)] = []
        var known: [CellOfUnit: Int] = [:]
        for row in rows where row.text("value") != nil {
            guard let draft = draft(row) else { continue }
            if let first = known.updateValue(row.number, forKey: CellOfUnit(key: draft.key, unit: draft.unit)) {
                fault(row, "indicator", FileFault.Code.duplicateRow.rawValue, "\(first)")
            }
            drafts.append((draft, row))
        }
        guard faults.faults.isEmpty else { return [] }
        let verdicts = (try? view.foresee(drafts.map(\.draft))) ?? []
        for (one, verdicts) in zip(drafts, verdicts) {
            guard let void = view.firstVoid(one.draft, verdicts) else { continue }
            fault(one.row, "unit", FileFault.Code.notYourFigure.rawValue, "\(one.draft.unit): \(void.reason.rawValue)")
        }
        return drafts.map(\.draft)
    }

    private func fault(_ row: FigureSheet.Row, _ column: String, _ code: String, _ fact: String) {
        faults.add(code: code, fact, row: row.number, column: row.columns[column], keyPath: FigureSheet.title(column))
    }

    private func draft(_ row: FigureSheet.Row) -> Draft? {
        guard let place = place(of: row), let definition = indicator(of: row, at: place), let author = author(of: row) else { return nil }
        let period: Period
        do throws(EntryError) {
            period = try PeriodReader.read(row.text("period") ?? "")
        } catch {
            fault(row, "period", error.code.rawValue, error.fact)
            return nil
        }
        guard let value = value(of: row, in: definition) else { return nil }
        var fields = FieldList()
        fields.decimal(CellKind.value, value)
        fields.text(CellKind.remark, row.text("remark"))
        fields.text(CellKind.measure, row.text("serves").map { view.measureServed($0, at: place) })
        fields.text(.reason, row.text("reason"))
        fields.text(.evidence, row.text("evidence"))
        let key = RecordKey(.work(place, definition.confidentialTo), CellKind.table.name, [.text(definition.id), .text(period.text)])
        return view.cellDrafts(key, author, fields.fields).first
    }

    private func place(of row: FigureSheet.Row) -> RegionID? {
        guard let text = row.text("place") else { return place }
        if let place = try? view.officePlace(text) { return place }
        fault(row, "place", FileFault.Code.unknownPlace.rawValue, text)
        return nil
    }

    private func indicator(of row: FigureSheet.Row, at place: RegionID) -> IndicatorDefinition? {
        let column = row.text("indicator") != nil ? "indicator" : "title"
        guard let text = row.text(column) else {
            fault(row, "indicator", FileFault.Code.missingValue.rawValue, FigureSheet.title("indicator"))
            return nil
        }
        if let definition = view.officeIndicator(text, at: place) { return definition }
        fault(row, column, FileFault.Code.unknownIndicator.rawValue, text)
        return nil
    }

    private func author(of row: FigureSheet.Row) -> Author? {
        author.of(row: row.text("unit"), row.text("person"), in: view) { part, code, text in
            fault(row, part == .unit ? "unit" : "person", code.rawValue, text)
        }
    }

    private func value(of row: FigureSheet.Row, in definition: IndicatorDefinition) -> ExactDecimal? {
        let text = row.text("value") ?? ""
        let measure = row.text("measure")
        do throws(EntryError) {
            let reader = try FigureReader(measure: definition.measure)
            guard let measure else { return try reader.read(text) }
            do throws(EntryError) {
                _ = try reader.read("0" + measure)
            } catch {
                fault(row, "measure", error.code.rawValue, measure)
                return nil
            }
            if let both = try? reader.read(text + measure) { return both }
            return try reader.read(text)
        } catch {
            fault(row, "value", error.code.rawValue, error.fact)
            return nil
        }
    }
}
