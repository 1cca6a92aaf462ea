import TiaokuaiModel

extension FormKind {
    /// What the record of a form says, ascending by number. Reading it gives the table again; the common fields go without
    /// saying, and a label that the table lacks is the Chinese one.
    public static func fields(of table: KindTable, document: String? = nil) -> [Operation.Field] {
        var out: [Operation.Field] = [
            .init(title, .text(table.title)), .init(english, .text(table.english ?? table.title)), .init(stream, word(table.stream, FormWords.streams)),
            .init(key, .list(table.key.map(row))), .init(fields, .list(table.ownFields.map(row))),
        ]
        let choices = table.ownFields.flatMap { field in field.choices.map { choice in row([field.name, choice.code], choice.label) } }
        if !choices.isEmpty { out.append(.init(self.choices, .list(choices))) }
        if let workflow = table.workflow {
            out.append(.init(states, .list(workflow.states.map { row([$0], workflow.stateLabels[$0] ?? Label($0, $0)) })))
            out.append(.init(events, .list(workflow.events.map(row))))
        }
        out.append(.init(issuer, .text(FormWords.word(table.issuer))))
        if table.reporter != .unitOfPlace { out.append(.init(reporter, .text(FormWords.word(table.reporter)))) }
        if let line = table.line { out.append(.init(self.line, .text(line.text))) }
        if let line = table.confidentialTo { out.append(.init(confidentialTo, .text(line.text))) }
        if let document { out.append(.init(self.document, .text(document))) }
        return out
    }

    private static func word<Meaning: Equatable>(_ meaning: Meaning, _ words: [(String, Meaning)]) -> Value { .text(FormWords.word(meaning, words)) }

    private static func row(_ codes: [String], _ label: Label) -> Value { .list((codes + [label.chinese, label.english]).map(Value.text)) }

    private static func row(_ part: KindTable.KeyField) -> Value {
        row([part.name, FormWords.word(part.type, FormWords.types)], part.label ?? Label(part.name, part.name))
    }

    private static func row(_ field: FieldSpec) -> Value {
        let fieldClass = field.number.fieldClass ?? .personal
        let words = [
            field.name, FormWords.word(field.type, FormWords.types), FormWords.word(fieldClass, FormWords.classes), FormWords.word(field.rule, FormWords.rules),
            field.title, field.english ?? field.title, field.measure ?? "",
        ]
        return .list([.decimal(ExactDecimal(Int64(field.number.index)))] + words.map(Value.text))
    }

    private static func row(_ event: Workflow.Event) -> Value {
        let label = event.label ?? Label(event.name, event.name)
        let needs = [("evidence", event.needsEvidence), ("names", event.needsNames), ("episode", event.opensEpisode)].filter(\.1).map(\.0)
        func list(_ words: [String]) -> Value { .list(words.map(Value.text)) }
        return .list([
            .text(event.name), .text(label.chinese), .text(label.english), list(event.from.sorted()), .text(event.to),
            list(event.by.map { FormWords.word($0) }.sorted()), list(needs), .text(event.notByAuthorOf ?? ""),
        ])
    }
}
