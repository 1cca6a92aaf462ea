import TiaokuaiModel

extension FormKind {
    /// The table that a form's record states. Throws the first fault of its shape; whether the table may be used,
    /// `KindTable.fault` says.
    public static func table(named name: KindName, _ values: [FieldNumber: Value]) throws(KindFault) -> KindTable {
        let reader = FormReader(name: name, values: values)
        return try reader.table()
    }
}

/// Reads one form. A list of another shape than the format page says is `formIncomplete`.
private struct FormReader {
    let name: KindName
    let values: [FieldNumber: Value]

    func table() throws(KindFault) -> KindTable {
        let states = try rows(FormKind.states, 3...3)
        let events = try rows(FormKind.events, 8...8)
        var workflow: Workflow?
        if !states.isEmpty || !events.isEmpty { workflow = try self.workflow(states, events) }
        return KindTable(
            name, try text(FormKind.title), english: try text(FormKind.english), try word(try text(FormKind.stream), FormWords.streams), key: try key(),
            issuer: try author(FormKind.issuer), reporter: values[FormKind.reporter] == nil ? .unitOfPlace : try author(FormKind.reporter),
            fields: try fields(), workflow: workflow, line: try line(FormKind.line), confidentialTo: try line(FormKind.confidentialTo))
    }

    private func incomplete(_ number: FieldNumber) -> KindFault {
        KindFault(.formIncomplete, FormKind.table.field(number)?.name ?? "\(number.index)")
    }

    private func text(_ number: FieldNumber) throws(KindFault) -> String {
        guard let text = values[number]?.text, !text.isEmpty else { throw incomplete(number) }
        return text
    }

    private func line(_ number: FieldNumber) throws(KindFault) -> LineID? {
        guard let value = values[number] else { return nil }
        guard let line = value.text.flatMap({ try? LineID(checking: $0) }) else { throw incomplete(number) }
        return line
    }

    private func word<Meaning>(_ word: String, _ words: [(String, Meaning)], _ code: KindFault.Code = .formWordUnknown) throws(KindFault) -> Meaning {
        guard let found = words.first(where: { $0.0 == word }) else { throw KindFault(code, word) }
        return found.1
    }

    private func author(_ number: FieldNumber) throws(KindFault) -> KindTable.Author {
        let word = try text(number)
        guard let author = FormWords.author(word) else { throw KindFault(.formWordUnknown, word) }
        return author
    }

    /// The rows of a list field, each with as many elements as it should have; none where the field is absent.
    private func rows(_ number: FieldNumber, _ counts: ClosedRange<Int>) throws(KindFault) -> [[Value]] {
        guard let value = values[number] else { return [] }
        guard let list = value.list else { throw incomplete(number) }
        var rows: [[Value]] = []
        for element in list {
            guard let row = element.list, counts.contains(row.count) else { throw incomplete(number) }
            rows.append(row)
        }
        return rows
    }

    private func texts(_ row: [Value], _ number: FieldNumber) throws(KindFault) -> [String] {
        let texts = row.compactMap(\.text)
        guard texts.count == row.count else { throw incomplete(number) }
        return texts
    }

    private func key() throws(KindFault) -> [KindTable.KeyField] {
        var out: [KindTable.KeyField] = []
        for row in try rows(FormKind.key, 4...4) {
            let texts = try texts(row, FormKind.key)
            out.append(.init(texts[0], try word(texts[1], FormWords.types), Label(texts[2], texts[3])))
        }
        return out
    }

    private func fields() throws(KindFault) -> [FieldSpec] {
        var choices: [String: [FieldSpec.Choice]] = [:]
        for row in try rows(FormKind.choices, 4...4) {
            let texts = try texts(row, FormKind.choices)
            choices[texts[0], default: []].append(.init(texts[1], Label(texts[2], texts[3])))
        }
        var out: [FieldSpec] = []
        for row in try rows(FormKind.fields, 8...8) {
            guard let decimal = row[0].decimal, let number = UInt32(decimal.description) else {
                throw KindFault(.formNumberOutOfRange, row[0].description)
            }
            guard (FieldNumber.firstOwnIndex...FieldNumber.maximumIndex).contains(number) else { throw KindFault(.formNumberOutOfRange, "\(number)") }
            let texts = try texts(Array(row[1...]), FormKind.fields)
            out.append(
                FieldSpec(
                    texts[0], number, try word(texts[2], FormWords.classes), try word(texts[3], FormWords.rules, .formRuleUnknown),
                    try word(texts[1], FormWords.types), texts[4], english: texts[5], measure: texts[6].isEmpty ? nil : texts[6],
                    choices: choices.removeValue(forKey: texts[0]) ?? []))
        }
        // Choices of a field that is not there.
        if let stray = choices.keys.min() { throw KindFault(.formIncomplete, stray) }
        return out
    }

    private func workflow(_ states: [[Value]], _ events: [[Value]]) throws(KindFault) -> Workflow {
        var codes: [String] = []
        var labels: [String: Label] = [:]
        for row in states {
            let texts = try texts(row, FormKind.states)
            codes.append(texts[0])
            labels[texts[0]] = Label(texts[1], texts[2])
        }
        var out: [Workflow.Event] = []
        for row in events { out.append(try event(row)) }
        return Workflow(states: codes, events: out, stateLabels: labels)
    }

    private func event(_ row: [Value]) throws(KindFault) -> Workflow.Event {
        let texts = try texts([row[0], row[1], row[2], row[4], row[7]], FormKind.events)
        var lists: [[String]] = []
        for element in [row[3], row[5], row[6]] {
            guard let list = element.list else { throw incomplete(FormKind.events) }
            lists.append(try self.texts(list, FormKind.events))
        }
        var roles: Set<Workflow.Role> = []
        for word in lists[1] {
            guard let role = FormWords.role(word) else { throw KindFault(.formWordUnknown, word) }
            roles.insert(role)
        }
        if let stray = lists[2].first(where: { !["evidence", "names", "episode"].contains($0) }) { throw KindFault(.formWordUnknown, stray) }
        return Workflow.Event(
            texts[0], from: Set(lists[0]), to: texts[3], by: roles, needsEvidence: lists[2].contains("evidence"), needsNames: lists[2].contains("names"),
            notByAuthorOf: texts[4].isEmpty ? nil : texts[4], opensEpisode: lists[2].contains("episode"), label: Label(texts[1], texts[2]))
    }
}
