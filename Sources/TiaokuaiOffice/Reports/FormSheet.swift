import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// The sheet of a form: a column for the place, for each part of the key and for each field that is claimed, then who
/// reports. Events are raised one by one, and have no column.
struct FormSheet {
    let form: KindTable
    /// Fields that have a column, in the form's order.
    let fields: [FieldSpec]

    init(_ form: KindTable) {
        self.form = form
        fields = form.ownFields.filter { $0.rule != .workflow && $0.type != .list }
    }

    private static let placeTitle = "地区"
    private static let unitTitle = "填报单位"
    private static let personTitle = "填报人"

    /// Where the key says which unit it is of, that unit reports.
    var isKeyedByUnit: Bool { form.key.contains { $0.name == "unit" } }

    var header: [String] {
        [FormSheet.placeTitle] + form.key.map { $0.label?.chinese ?? $0.name } + fields.map(title) + (isKeyedByUnit ? [] : [FormSheet.unitTitle])
            + [FormSheet.personTitle]
    }

    private func title(_ field: FieldSpec) -> String { field.title + (field.measure.map { "(\($0))" } ?? "") }

    /// Looked for under its name and both of its titles; a name that the sheet's own columns have goes by the form's.
    private var columns: [CSVTable.Column] {
        [.init("place", titles: [FormSheet.placeTitle, "区划"], isRequired: false)]
            + form.key.map { .init("key.\($0.name)", titles: [$0.name] + ($0.label.map { [$0.chinese, $0.english] } ?? [])) }
            + fields.map { .init("field.\($0.name)", titles: [$0.name, $0.title] + ($0.english.map { [$0] } ?? []), isRequired: false) }
            + (isKeyedByUnit ? [] : [.init("unit", titles: [FormSheet.unitTitle], isRequired: false)])
            + [.init("person", titles: [FormSheet.personTitle], isRequired: false)]
    }

    struct Row {
        let number: Int
        private let texts: [String: String]
        private let columns: [String: Int]

        init(_ row: CSVTable.Row, _ places: [String: Int]) {
            number = row.number
            texts = places.mapValues { CSVWriter.unguarded(RecordReference.trimmed(row.cells[$0])) }
            columns = places.mapValues { $0 + 1 }
        }

        func text(_ name: String) -> String? { texts[name].flatMap { $0.isEmpty ? nil : $0 } }
        func column(_ name: String) -> Int? { columns[name] }
    }

    /// The rows in which some field is filled in.
    func rows(_ bytes: [UInt8], _ faults: FaultList) throws -> [Row] {
        do {
            let table = try CSVTable(decoding: bytes)
            let places = try table.places(of: columns)
            return table.rows.map { Row($0, places) }.filter { row in fields.contains { row.text("field.\($0.name)") != nil } }
        } catch {
            faults.add(code: error.code.rawValue, error.fact, row: error.row, column: error.column)
            try faults.check()
            return []
        }
    }
}

/// Turns the rows of a form's sheet into drafts, with every fault found.
struct FormRows {
    let sheet: FormSheet
    let view: NodeView
    let faults: FaultList
    let author: Author
    let place: RegionID

    func drafts(_ rows: [FormSheet.Row]) throws -> [Draft] {
        var known: [RecordKey: Int] = [:]
        var drafts: [Draft] = []
        for row in rows {
            guard let made = try self.drafts(row), let key = made.first?.key else { continue }
            if let first = known.updateValue(row.number, forKey: key) { faults.add(.duplicateRow, "\(first)", row: row.number) }
            drafts += made
        }
        return drafts
    }

    private func drafts(_ row: FormSheet.Row) throws -> [Draft]? {
        guard let place = place(of: row), let author = author(of: row), let key = key(of: row, at: place) else { return nil }
        let reader = try ValueReader(view, key)
        var plain: [Operation.Field] = []
        var drafts: [Draft] = []
        for spec in sheet.fields {
            guard let text = row.text("field.\(spec.name)") else { continue }
            do {
                if spec.rule == .set {
                    for member in text.split(separator: "、") {
                        drafts.append(Draft(key: key, unit: author.unit, person: author.person, fields: [.init(spec.number, try reader.value(String(member), for: spec))]))
                    }
                } else {
                    let value = try reader.value(text, for: spec)
                    guard spec.admits(value) else { throw OfficeError(.badValue, ["text": text]) }
                    plain.append(.init(spec.number, value))
                }
            } catch let error as EntryError {
                fault(row, "field.\(spec.name)", error.code.rawValue, error.fact)
            } catch let error as OfficeError {
                fault(row, "field.\(spec.name)", FileFault.Code.badValue.rawValue, error.facts["text"] ?? text)
            }
        }
        if !plain.isEmpty { drafts.insert(Draft(key: key, unit: author.unit, person: author.person, fields: plain), at: 0) }
        return drafts
    }

    private func fault(_ row: FormSheet.Row, _ column: String, _ code: String, _ fact: String) {
        faults.add(code: code, fact, row: row.number, column: row.column(column))
    }

    private func place(of row: FormSheet.Row) -> RegionID? {
        guard let text = row.text("place") else { return place }
        if let place = try? view.officePlace(text) { return place }
        fault(row, "place", FileFault.Code.unknownPlace.rawValue, text)
        return nil
    }

    private func author(of row: FormSheet.Row) -> Author? {
        let unit = sheet.isKeyedByUnit ? "key.unit" : "unit"
        return author.of(row: row.text(unit), row.text("person"), in: view) { part, code, text in
            fault(row, part == .unit ? unit : "person", code.rawValue, text)
        }
    }

    private func key(of row: FormSheet.Row, at place: RegionID) -> RecordKey? {
        let reference = sheet.form.key.map { RecordReference.escaped(row.text("key.\($0.name)") ?? "") }.joined(separator: "/")
        guard let key = try? view.theKey("\(sheet.form.name):\(place)/\(reference)"), zip(key.values, sheet.form.key).allSatisfy({ $1.admits($0) && !$0.description.isEmpty })
        else {
            let first = sheet.form.key.first { row.text("key.\($0.name)") == nil } ?? sheet.form.key.first
            fault(row, "key.\(first?.name ?? "")", FileFault.Code.badValue.rawValue, reference)
            return nil
        }
        return key
    }
}

extension Office {
    /// A sheet of a form to fill in: one empty row for the place. Throws `unknownKind`.
    ///
    /// - Parameter key: the parts of the key, in the form's order, those that are known already.
    public func template(form: String, unit: UnitID?, place: RegionID? = nil, key: [String] = []) throws -> FormTemplate {
        try node.ask { view in
            let place = place ?? unit.flatMap { view.unit($0)?.region } ?? view.settings.region
            let sheet = FormSheet(try view.theForm(form, at: place))
            let parts = sheet.form.key.indices.map { key.indices.contains($0) ? key[$0] : "" }
            let row = [place.text] + parts + sheet.fields.map { _ in "" } + (sheet.isKeyedByUnit ? [] : [unit?.text ?? ""]) + [""]
            return FormTemplate(form: sheet.form.name.text, csv: CSVWriter.text(header: sheet.header, rows: [row], for: .spreadsheets), columns: sheet.header)
        }
    }

    /// Imports a sheet of a form, all or nothing. Throws `badFile` with every fault, each with row and column; `unknownKind`.
    public func importForm(_ bytes: [UInt8], form: String, file: String, by author: Author, place: RegionID? = nil) throws -> Writing {
        let faults = FaultList(file: file)
        return try write(checking: faults, isWhole: false) { view in
            let place = place ?? view.settings.region
            let sheet = FormSheet(try view.theForm(form, at: place))
            let rows = try sheet.rows(bytes, faults)
            let drafts = try FormRows(sheet: sheet, view: view, faults: faults, author: author, place: place).drafts(rows)
            try faults.check()
            return drafts
        }
    }

    /// True when the reference names a record of a form in force, by the form's name or title.
    public func isOfForm(_ reference: String) throws -> Bool {
        try node.ask { view in (try? view.theKey(reference)).map { view.kinds.declared[$0.kind] == nil && view.table(of: $0) != nil } ?? false }
    }
}

extension NodeView {
    /// The form in force at a place, by name or title. Throws `unknownKind`.
    func theForm(_ text: String, at place: RegionID) throws -> KindTable {
        let path = path(of: place)
        guard let form = forms(named: text).lazy.compactMap({ self.kinds.form(of: $0.name, along: path)?.table }).first else {
            throw NodeError(.unknownKind, ["kind": text])
        }
        return form
    }
}

/// A form's sheet to be filled in.
public struct FormTemplate: Codable, Hashable, Sendable {
    public let form: String
    /// With a byte order mark and Chinese headers, for spreadsheets.
    public let csv: String
    public let columns: [String]
}
