import TiaokuaiEntry
import TiaokuaiModel

/// Figures of a sheet or of JSON lines, as texts by the name of their column.
struct FigureSheet {
    struct Row {
        /// In a sheet the header is row 1; in JSON lines, the line.
        let number: Int
        /// By column name.
        let texts: [String: String]
        /// The cell of a column, from 1; nil in JSON lines.
        let columns: [String: Int]

        func text(_ name: String) -> String? { texts[name].flatMap { $0.isEmpty ? nil : $0 } }
    }

    static let columns: [CSVTable.Column] = [
        .init("place", titles: ["地区", "区划", "区划代码", "行政区划", "region"], isRequired: false),
        .init("indicator", titles: ["指标代码", "指标编码", "指标编号"], isRequired: false),
        .init("title", titles: ["指标名称", "指标", "项目"], isRequired: false),
        .init("period", titles: ["期间", "报告期", "数据期", "月份", "时间"]),
        .init("value", titles: ["数值", "数据", "本期数", "填报数"]),
        .init("measure", titles: ["计量单位", "单位"], isRequired: false),
        .init("unit", titles: ["填报单位", "责任单位", "部门"], isRequired: false),
        .init("person", titles: ["填报人", "经办人", "as"], isRequired: false),
        .init("remark", titles: ["填报说明", "备注", "说明"], isRequired: false),
        .init("serves", titles: ["对应措施", "措施"], isRequired: false),
        .init("reason", titles: ["更正理由", "理由"], isRequired: false),
        .init("evidence", titles: ["佐证"], isRequired: false),
    ]

    /// What people read over a column, zh-CN.
    static func title(_ name: String) -> String { columns.first { $0.name == name }?.titles.first ?? name }

    /// Headers that say a column names people or tells of them: such a sheet never leaves a desk.
    static let personalWords = ["姓名", "身份证", "证件号", "电话", "手机", "联系方式", "住址", "家庭地址", "银行卡", "账号", "社保号", "idcard", "telephone", "phone"]

    static func read(_ bytes: [UInt8], file: String, format: SheetFormat?, _ faults: FaultList) throws -> [Row] {
        let rows: [Row]
        do {
            switch format ?? guessed(bytes, file) {
            case .csv: rows = try sheet(bytes, faults)
            case .jsonl: rows = try lines(bytes, faults)
            }
        } catch let error as EntryError {
            faults.add(code: error.code.rawValue, error.fact, row: error.row, column: error.column)
            try faults.check()
            return []
        }
        try faults.check()
        return rows
    }

    private static func guessed(_ bytes: [UInt8], _ file: String) -> SheetFormat {
        let name = file.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .jsonl }
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") || name.hasSuffix(".txt") { return .csv }
        return bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{") ? .jsonl : .csv
    }

    private static func sheet(_ bytes: [UInt8], _ faults: FaultList) throws -> [Row] {
        let table = try CSVTable(decoding: bytes)
        for (index, title) in table.header.enumerated() where isPersonal(title) { faults.add(.personalColumn, title, row: 1, column: index + 1) }
        guard faults.faults.isEmpty else { return [] }
        let places = try table.places(of: columns)
        if places["indicator"] == nil, places["title"] == nil { throw EntryError(.missingColumn, title("indicator"), row: 1) }
        return table.rows.map { row in
            Row(
                number: row.number, texts: places.mapValues { CSVWriter.unguarded(RecordReference.trimmed(row.cells[$0])) },
                columns: places.mapValues { $0 + 1 })
        }
    }

    private static func lines(_ bytes: [UInt8], _ faults: FaultList) throws -> [Row] {
        var names: [String: String] = [:]
        for column in columns { for key in [column.name] + column.titles { names[key] = column.name } }
        let lines = JSONLines(bytes, keys: [])
        var rows: [Row] = []
        while try lines.next() {
            var texts: [String: String] = [:]
            for (key, value) in lines.fields() {
                if isPersonal(key) { faults.add(.personalColumn, key, row: lines.lineNumber) }
                guard let name = names[key] else {
                    faults.add(.unknownKey, key, row: lines.lineNumber)
                    continue
                }
                texts[name] = value.value.map(\.description) ?? ""
            }
            rows.append(Row(number: lines.lineNumber, texts: texts, columns: [:]))
        }
        return rows
    }

    private static func isPersonal(_ title: String) -> Bool {
        let folded = canonicalText(title).lowercased()
        return personalWords.contains { folded.contains($0) }
    }
}
