import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// The drafts by which items, escalations and cases are opened; shared by the commands and the files.
struct LedgerDrafts {
    let view: NodeView

    init(_ view: NodeView) { self.view = view }

    // MARK: Items

    /// `ahead`: how many operations of the same write come before this one.
    func item(_ opening: LedgerOpening, by author: Author, ahead: Int) throws -> [Draft] {
        let place = opening.place ?? view.unit(author.unit)?.region ?? view.settings.region
        let year = Int64(opening.year)
        let fields = try fields(of: opening, by: author)
        var number = Int64(opening.number ?? 0)
        if opening.number == nil {
            number = try view.nextNumber(LedgerItemKind.table.name, author.unit, year: year)
        } else if let known = try view.keys(LedgerItemKind.table.name, author.unit, year: year, number: number).first {
            // The same item once more: what it says of itself is compared, its state has gone on.
            let draft = Draft(key: known, unit: author.unit, person: author.person, fields: fields.filter { $0.number != LedgerItemKind.state })
            if try view.needed(draft) == nil { return [draft] }
            throw OfficeError(.numberTaken, ["unit": author.unit.text, "year": "\(year)", "number": "\(number)"])
        }
        let origin = try view.nextOrigin(ahead: UInt64(ahead))
        let key = RecordKey(
            .work(place, nil), LedgerItemKind.table.name,
            [.text(author.unit.text), .decimal(ExactDecimal(year)), .decimal(ExactDecimal(number)), .bytes(origin.keyBytes)])
        return [Draft(key: key, unit: author.unit, person: author.person, fields: fields)]
    }

    private func fields(of opening: LedgerOpening, by author: Author) throws -> [Operation.Field] {
        var fields = FieldList()
        fields.text(LedgerItemKind.title, opening.title)
        fields.text(LedgerItemKind.description, opening.description)
        fields.text(LedgerItemKind.subject, opening.subject)
        fields.text(LedgerItemKind.document, opening.document)
        fields.text(LedgerItemKind.measure, opening.path)
        fields.text(LedgerItemKind.line, opening.line)
        fields.text(LedgerItemKind.category, opening.category)
        fields.day(LedgerItemKind.deadline, try opening.deadline.map { try PeriodReader.readDay($0) })
        fields.decimal(LedgerItemKind.amount, try opening.amount.map { try FigureReader(measure: "元").read($0) })
        fields.text(LedgerItemKind.leader, try opening.leader.map { try leader($0) })
        fields.text(LedgerItemKind.department, try opening.department.map { try view.officeUnit($0).text })
        fields.text(LedgerItemKind.state, "open")
        return fields.fields + opening.notes.fields
    }

    /// `unit:post`, the unit by id, name or alias.
    func leader(_ text: String) throws -> String {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }) else { throw OfficeError(.badValue, ["field": "leader", "text": text]) }
        let unit = try view.officeUnit(String(text[..<colon]))
        let post = String(text[text.index(after: colon)...])
        guard (try? PostReference(parsing: "\(unit):\(post)")) != nil else { throw OfficeError(.badValue, ["field": "leader", "text": text]) }
        return PostReference(unit: unit, post: post).description
    }

    // MARK: Escalations

    /// The escalation, and the item's event where this unit has a role for it.
    func escalation(_ opening: EscalationOpening, by author: Author, item: RecordRow) throws -> [Draft] {
        guard EscalationKind.Route(rawValue: opening.route) != nil else { throw OfficeError(.badValue, ["field": "route", "text": opening.route]) }
        guard EscalationKind.Cause(rawValue: opening.cause) != nil else { throw OfficeError(.badValue, ["field": "cause", "text": opening.cause]) }
        let year = Int64(opening.year)
        let kind = EscalationKind.table.name
        let number = try opening.number.map(Int64.init) ?? view.nextNumber(kind, author.unit, year: year)
        var fields = FieldList()
        fields.set(EscalationKind.item, .bytes(item.id.hash.bytes))
        let receiver = try view.officeUnit(opening.to)
        try checkAbove(receiver, item)
        fields.text(EscalationKind.to, receiver.text)
        fields.text(EscalationKind.route, opening.route)
        fields.text(EscalationKind.cause, opening.cause)
        fields.text(EscalationKind.note, opening.note)
        let key = RecordKey(
            .work(item.key.partition.place ?? view.settings.region, nil), kind,
            [.text(author.unit.text), .decimal(ExactDecimal(year)), .decimal(ExactDecimal(number))])
        let plain = Draft(key: key, unit: author.unit, person: author.person, fields: fields.fields + opening.notes.fields)
        if try view.recordRef(key) != nil {
            if try view.needed(plain) == nil { return [plain] }
            throw OfficeError(.numberTaken, ["unit": author.unit.text, "year": "\(year)", "number": "\(number)"])
        }
        var drafts = [plain]
        drafts[0].fields = (plain.fields + [.init(EscalationKind.state, .text("raise"))]).sorted { $0.number < $1.number }
        let event = Draft(
            key: item.key, unit: author.unit, person: author.person, fields: [.init(LedgerItemKind.state, .text("escalate"))] + opening.notes.fields)
        if let verdicts = try view.foresee([event]).first, view.firstVoid(event, verdicts) == nil { drafts.append(event) }
        return drafts
    }

    /// An item goes up from its place, so that no two offices can send it round.
    private func checkAbove(_ receiver: UnitID, _ item: RecordRow) throws {
        guard let place = item.key.partition.place, let region = view.unit(receiver)?.region, !view.path(of: place).dropFirst().contains(region) else { return }
        throw OfficeError(.notAbove, ["to": receiver.text, "name": view.name(of: receiver), "reference": view.reference(of: item.key)])
    }

    // MARK: Cases

    func caseRecord(_ opening: CaseOpening, by author: Author, members: [RecordRow]) throws -> [Draft] {
        let year = Int64(opening.year)
        let kind = CaseKind.table.name
        let number = try opening.number.map(Int64.init) ?? view.nextNumber(kind, author.unit, year: year)
        let place = view.unit(author.unit)?.region ?? view.settings.region
        let key = RecordKey(.work(place, nil), kind, [.text(author.unit.text), .decimal(ExactDecimal(year)), .decimal(ExactDecimal(number))])
        let handler = try opening.handler.map { try view.officeUnit($0) }
        let observers = try opening.observers.map { try view.officeUnit($0) }
        var fields = FieldList()
        fields.text(CaseKind.title, opening.title)
        fields.text(CaseKind.linkingGround, opening.linkingGround)
        fields.text(CaseKind.handler, handler?.text)
        func draft(_ key: RecordKey, _ fields: [Operation.Field]) -> Draft {
            Draft(key: key, unit: author.unit, person: author.person, fields: fields + opening.notes.fields)
        }
        let isNew = try view.recordRef(key) == nil
        if !isNew, try view.needed(draft(key, fields.fields)) != nil {
            throw OfficeError(.numberTaken, ["unit": author.unit.text, "year": "\(year)", "number": "\(number)"])
        }
        if isNew { fields.text(CaseKind.state, "open") }
        var drafts = [draft(key, fields.fields)]
        for member in members { drafts.append(draft(key, [.init(CaseKind.members, .bytes(member.id.hash.bytes))])) }
        for observer in observers { drafts.append(draft(key, [.init(CaseKind.observers, .text(observer.text))])) }
        let id = try view.identity(of: key)
        for text in opening.tells {
            let place = try view.officePlace(text)
            var part = FieldList()
            part.text(CasePartKind.title, opening.title)
            part.text(CasePartKind.handler, handler?.text)
            part.units(CasePartKind.observers, observers)
            let items = members.filter { $0.key.partition.place == place }.map { Value.bytes($0.id.hash.bytes) }
            if !items.isEmpty { part.set(CasePartKind.items, .list(items)) }
            let partKey = RecordKey(.work(place, nil), CasePartKind.table.name, [.text(author.unit.text), .bytes(id.hash.bytes)])
            drafts.append(draft(partKey, part.fields))
        }
        return drafts
    }
}
