import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Reads one `tiaokuai/figures/1` file into drafts: each report one claim on its cell.
struct FiguresFile {
    private(set) var drafts: [Draft] = []

    init(_ tree: YAMLTree, _ view: NodeView, _ faults: FaultList) {
        let root = FileEntry(tree, path: "", faults)
        _ = root.text("format")
        let place = root.region("place")
        _ = root.integer("step")
        _ = root.day("on")
        let isSample = root.yes("示例数据")
        if !root.has("reports") { root.fault(.missingKey, "reports") }
        for entry in root.entries("reports") {
            let author = Author(unit: entry.unit("unit"), person: entry.person("as"))
            let id = entry.text("indicator")
            let period = entry.period("period")
            let definition = view.indicator(id, at: place)
            if definition == nil { entry.fault(.unknownIndicator, id, at: "indicator") }
            var fields = FieldList(isSample: isSample)
            if !entry.has("value") { entry.fault(.missingKey, "value") }
            fields.decimal(CellKind.value, definition.flatMap { entry.figure("value", measureKey: "measure", base: $0.measure) })
            if definition == nil { _ = (entry.optionalText("value"), entry.optionalText("measure")) }
            fields.text(CellKind.remark, entry.optionalText("remark"))
            if let path = entry.optionalText("path") { fields.text(CellKind.measure, view.measureServed(path, at: place)) }
            fields.text(.reason, entry.optionalText("reason"))
            fields.text(.evidence, entry.optionalText("evidence"))
            entry.finish()
            let key = RecordKey(.work(place, definition?.confidentialTo), CellKind.table.name, [.text(id), .text(period)])
            drafts.append(contentsOf: view.cellDrafts(key, author, fields.fields))
        }
        root.finish()
    }
}
