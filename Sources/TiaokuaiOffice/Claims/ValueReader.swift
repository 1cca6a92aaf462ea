import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Reads what is typed for a field into a value of its type.
struct ValueReader {
    let view: NodeView
    let key: RecordKey
    let table: KindTable

    init(_ view: NodeView, _ key: RecordKey) throws {
        guard let table = view.table(of: key) else { throw NodeError(.unknownKind, ["kind": key.kind.text]) }
        self.view = view
        self.key = key
        self.table = table
    }

    /// The field by name or Chinese title. Throws `unknownField`.
    func spec(_ name: String) throws -> FieldSpec {
        let folded = canonicalText(name)
        guard let spec = table.field(named: name) ?? table.fields.first(where: { canonicalText($0.title) == folded }) else {
            throw OfficeError(.unknownField, ["field": name, "kind": table.name.text, "fields": table.fields.map(\.name).joined(separator: "\n")])
        }
        return spec
    }

    /// Throws `badValue`, or `EntryError` for a figure.
    func value(_ text: String, for spec: FieldSpec) throws -> Value {
        func bad() -> OfficeError { OfficeError(.badValue, ["field": spec.name, "text": text, "type": spec.type.rawValue]) }
        switch spec.type {
        case .text where !spec.choices.isEmpty: return .text(try choice(text, spec))
        case .text: return .text(try named(text, spec))
        case .decimal:
            guard let measure = FactMaker(view).measure(of: spec, key) else {
                guard let plain = try? ExactDecimal(parsing: text) else { throw bad() }
                return .decimal(plain)
            }
            return .decimal(try FigureReader(measure: measure).read(text))
        case .day: return .day(try PeriodReader.readDay(text))
        case .boolean:
            switch text.lowercased() {
            case "true", "yes", "是", "1": return .boolean(true)
            case "false", "no", "否", "0": return .boolean(false)
            default: throw bad()
            }
        case .bytes:
            if let bytes = [UInt8](hex: text), !bytes.isEmpty { return .bytes(bytes) }
            return .bytes(try view.theRecord(text).id.hash.bytes)
        case .list: return .list(text.split(separator: "、").map { .text(RecordReference.trimmed(String($0))) })
        }
    }

    /// A choice by its code or what people call it. Throws `badValue` with all of them.
    private func choice(_ text: String, _ spec: FieldSpec) throws -> String {
        let folded = canonicalText(text)
        let found = spec.choices.first { [$0.code, $0.label.chinese, $0.label.english].contains { canonicalText($0) == folded } }
        guard let found else {
            throw OfficeError(.badValue, ["field": spec.name, "text": text, "type": spec.choices.map { "\($0.label.chinese) \($0.code)" }.joined(separator: " / ")])
        }
        return found.code
    }

    /// Units may be named in fields that hold one.
    private func named(_ text: String, _ spec: FieldSpec) throws -> String {
        switch (table.name, spec.name) {
        case (LedgerItemKind.table.name, "department"), (LedgerItemKind.table.name, "cooperating"), (CaseKind.table.name, "handler"),
            (CaseKind.table.name, "observers"):
            return try view.officeUnit(text).text
        case (LedgerItemKind.table.name, "leader"): return try LedgerDrafts(view).leader(text)
        default: return text
        }
    }
}
