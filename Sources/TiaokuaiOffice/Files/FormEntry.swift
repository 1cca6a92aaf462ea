import TiaokuaiModel
import TiaokuaiWork

/// Reads one entry of `forms` (Nodes/SCHEMA.md) into what a `form` record says. Its words are the record's own, so that
/// what is wrong with it is found by the reading of the record and bears the same code.
struct FormEntry {
    let name: KindName
    private(set) var fields: FieldList
    private let entry: FileEntry

    init(_ entry: FileEntry, _ fields: FieldList) {
        self.entry = entry
        self.fields = fields
        name = entry.kind("name")
        self.fields.text(FormKind.title, entry.text("title"))
        self.fields.text(FormKind.english, entry.text("english"))
        self.fields.text(FormKind.stream, entry.optionalText("stream") ?? "work")
        self.fields.text(FormKind.issuer, entry.optionalText("issuer") ?? "government")
        self.fields.text(FormKind.reporter, entry.optionalText("reporter"))
        self.fields.text(FormKind.line, entry.line("line")?.text)
        self.fields.text(FormKind.confidentialTo, entry.line("confidentialTo")?.text)
        self.fields.set(FormKind.key, .list(entry.entries("key").map(FormEntry.part)))
        let own = entry.entries("fields").map(FormEntry.field)
        self.fields.set(FormKind.fields, .list(own.map(\.row)))
        let choices = own.flatMap(\.choices)
        if !choices.isEmpty { self.fields.set(FormKind.choices, .list(choices)) }
        let states = entry.entries("states").map { FormEntry.coded($0, "code") }
        let events = entry.entries("events").map(FormEntry.event)
        if !states.isEmpty { self.fields.set(FormKind.states, .list(states)) }
        if !events.isEmpty { self.fields.set(FormKind.events, .list(events)) }
        entry.finish()
        check()
    }

    private func check() {
        guard entry.faults.faults.isEmpty else { return }
        let values = Dictionary(fields.fields.compactMap { field in field.value.map { (field.number, $0) } }, uniquingKeysWith: { first, _ in first })
        do throws(KindFault) {
            for fault in try FormKind.table(named: name, values).faults { report(fault) }
        } catch {
            report(error)
        }
    }

    private func report(_ fault: KindFault) { entry.fault(.wouldBeVoid, "\(fault.code.rawValue): \(name) \(fault.fact)") }

    private static func texts(_ texts: String?...) -> [Value] { texts.map { .text($0 ?? "") } }

    private static func part(_ entry: FileEntry) -> Value {
        defer { entry.finish() }
        return .list(texts(entry.text("name"), entry.optionalText("type") ?? "text", entry.text("title"), entry.text("english")))
    }

    private static func field(_ entry: FileEntry) -> (row: Value, choices: [Value]) {
        defer { entry.finish() }
        let name = entry.text("name")
        let row = Value.list(
            [.decimal(ExactDecimal(entry.integer("number")))]
                + texts(
                    name, entry.text("type"), entry.text("class"), entry.text("rule"), entry.text("title"), entry.text("english"), entry.optionalText("measure")))
        let choices = entry.entries("choices").map { choice in Value.list([.text(name)] + (coded(choice, "code").list ?? [])) }
        return (row, choices)
    }

    private static func coded(_ entry: FileEntry, _ key: String) -> Value {
        defer { entry.finish() }
        return .list(texts(entry.text(key), entry.text("title"), entry.text("english")))
    }

    private static func event(_ entry: FileEntry) -> Value {
        defer { entry.finish() }
        func list(_ key: String) -> Value { .list((entry.texts(key) ?? []).map(Value.text)) }
        return .list(
            texts(entry.text("name"), entry.text("title"), entry.text("english")) + [list("from")] + texts(entry.text("to")) + [list("by"), list("needs")]
                + texts(entry.optionalText("notByAuthorOf")))
    }
}
