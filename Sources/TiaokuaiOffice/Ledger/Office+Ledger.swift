import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Opens an item of the problem ledger. Without a number it gets the next one of the unit and year. Throws `numberTaken`.
    public func openLedgerItem(_ item: LedgerOpening, by author: Author) throws -> Writing {
        try writeChecked(evenIfVoid: false) { try LedgerDrafts($0).item(item, by: author, ahead: 0) }
    }

    /// Names the leader (`unit:post`) or the department of an item, or accepts it by naming itself. Two that differ leave
    /// the last agreed holder in place.
    public func assign(_ reference: String, leader: String? = nil, department: String? = nil, by author: Author, notes: Notes = Notes()) throws -> Writing {
        try writeChecked(evenIfVoid: false) { view in
            let row = try view.theRecord(reference)
            var fields = FieldList()
            fields.text(LedgerItemKind.leader, try leader.map { try LedgerDrafts(view).leader($0) })
            fields.text(LedgerItemKind.department, try department.map { try view.officeUnit($0).text })
            return [Draft(key: row.key, unit: author.unit, person: author.person, fields: fields.fields + notes.fields)]
        }
    }

    /// Raises an event of the record's workflow: for a ledger item `start`, `resolve`, `verify`, `return`, `close`, `reopen`.
    ///
    /// What the event has to name is found by itself: the current episode, or a cell's claims in use. Throws `unknownEvent`,
    /// `noEvidence`, and `wouldBeVoid` with the reason (`sameUnitAsResolver`, `eventNotAllowed`, `wrongRole` …) without having
    /// written anything; with `evenIfVoid` it is written and kept, void. Throws `itemsOpen` where a case is to be closed before its items.
    public func raise(
        _ reference: String, event: String, by author: Author, evidence: String? = nil, reason: String? = nil, names: [OperationID]? = nil,
        notes: Notes = Notes(), evenIfVoid: Bool = false
    ) throws -> Writing {
        try writeChecked(evenIfVoid: evenIfVoid) { view in
            let row = try view.theRecord(reference)
            guard let table = view.table(of: row.key), let field = table.fields.first(where: { $0.rule == .workflow }),
                let stated = table.workflow?.event(named: event)
            else {
                throw OfficeError(.unknownEvent, ["event": event, "kind": row.key.kind.text])
            }
            if row.key.kind == CaseKind.table.name, stated.to == CaseKind.closed { try view.checkItemsClosed(of: row) }
            var notes = notes
            notes.evidence = evidence ?? notes.evidence
            notes.reason = reason ?? notes.reason
            let named = try names ?? (stated.needsNames ? view.judged(by: event, on: row, field.number) : [])
            return [
                Draft(
                    key: row.key, unit: author.unit, person: author.person, fields: [.init(field.number, .text(event))] + notes.fields, names: named,
                    under: notes.under)
            ]
        }
    }

    /// Sends an item up: an escalation record at the item's place, and the item's own event where the unit has a role for it.
    public func escalate(_ escalation: EscalationOpening, by author: Author) throws -> Writing {
        try writeChecked(evenIfVoid: false) { view in
            try LedgerDrafts(view).escalation(escalation, by: author, item: view.theRecord(escalation.item))
        }
    }

    /// Links items and escalations into one case at the unit's place, and tells the places below.
    public func openCase(_ opening: CaseOpening, by author: Author) throws -> Writing {
        try writeChecked(evenIfVoid: false) { view in
            try LedgerDrafts(view).caseRecord(opening, by: author, members: opening.members.map { try view.theRecord($0) })
        }
    }

    /// Items of the ledger, by deadline, then by reference.
    public func ledger(_ filter: LedgerFilter) throws -> [LedgerRow] { try node.ask { try $0.ledger(filter) } }
}

extension NodeView {
    /// Each county closes its part, then the case is closed. Asked before writing: no rule of one record reads another, whose word
    /// may arrive later; an item that is reopened afterwards shows in the case's own list.
    fileprivate func checkItemsClosed(of row: RecordRow) throws {
        let facts = FactMaker(self)
        let members = try settlement(row.ref)?.fields[CaseKind.members]?.members ?? []
        let open = try members.compactMap { $0.value.bytes.flatMap { Hash32(bytes: $0) }.map { RecordID($0) } }.compactMap { id -> String? in
            guard let member = try reader.recordRef(id).map({ try reader.record($0) }) else { return String(id.hash.hex.prefix(12)) }
            // An escalation is a way up, not a matter of its own.
            guard member.key.kind == LedgerItemKind.table.name else { return nil }
            let state = try settlement(member.ref)?.fields[LedgerItemKind.state]?.value?.text
            return state == LedgerItemKind.closed ? nil : try facts.record(member).reference
        }
        if !open.isEmpty { throw OfficeError(.itemsOpen, ["reference": try facts.record(row).reference, "items": open.sorted().joined(separator: "、")]) }
    }

    /// What an event judges: the episode that is open, or (before any) the claims whose value is in use.
    fileprivate func judged(by event: String, on row: RecordRow, _ field: FieldNumber) throws -> [OperationID] {
        guard let settlement = try settlement(row.ref) else { return [] }
        if row.key.kind == CellKind.table.name { return settlement.fields[CellKind.value]?.standing.map(\.operation) ?? [] }
        return settlement.fields[field]?.episode.map { [$0] } ?? []
    }

    func ledger(_ filter: LedgerFilter) throws -> [LedgerRow] {
        let facts = FactMaker(self)
        let department = try filter.department.map { try officeUnit($0) }
        let unit = try filter.unit.map { try officeUnit($0) }
        var rows: [LedgerRow] = []
        for ref in try reader.records(kind: LedgerItemKind.table.name) {
            let row = try reader.record(ref)
            if let place = filter.place, row.key.partition.place.map({ isWithin($0, place) }) != true { continue }
            let item = try ledgerRow(row, settlement(ref), asOf: filter.overdueOn ?? filter.asOf, facts)
            if let state = filter.state, item.state != state { continue }
            if let department, item.department?.id != department.text { continue }
            if let unit, item.unit.id != unit.text { continue }
            if filter.overdueOn != nil, item.overdueDays == nil { continue }
            rows.append(item)
        }
        return rows.sorted { ($0.deadline ?? "9", $0.record.reference, $0.record.id) < ($1.deadline ?? "9", $1.record.reference, $1.record.id) }
    }

    func ledgerRow(_ row: RecordRow, _ settlement: Settlement?, asOf day: Day, _ facts: FactMaker) throws -> LedgerRow {
        func value(_ number: FieldNumber) -> Value? { settlement?.fields[number]?.value }
        let state = value(LedgerItemKind.state)?.text ?? ""
        let deadline = value(LedgerItemKind.deadline)?.day
        let overdue = deadline.map { Int(day.number) - Int($0.number) }.flatMap { $0 > 0 && state != "closed" ? $0 : nil }
        return LedgerRow(
            record: try facts.record(row), unit: facts.unit(UnitID(unchecked: row.key.values[0].text ?? "")), title: value(LedgerItemKind.title)?.text ?? "",
            state: state, episode: try facts.episode(row, settlement, LedgerItemKind.state)?.number ?? 0, leader: value(LedgerItemKind.leader)?.text,
            department: value(LedgerItemKind.department)?.text.map { facts.unit(UnitID(unchecked: $0)) }, category: value(LedgerItemKind.category)?.text,
            amount: value(LedgerItemKind.amount)?.decimal?.description, deadline: deadline?.description, overdueDays: overdue)
    }
}

extension FactMaker {
    /// Which episode of its workflow a record is in: openings and reopenings that were valid, counted in causal order.
    func episode(_ row: RecordRow, _ settlement: Settlement?, _ field: FieldNumber) throws -> EpisodeFact? {
        guard let settlement, let episode = settlement.fields[field]?.episode, let workflow = table(row.key)?.workflow
        else {
            return nil
        }
        let operations = Dictionary(try view.settledOperations(of: row.ref).map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        // The openers in the past of the current one, itself included.
        var past: Set<OperationID> = []
        var open = [episode]
        while let id = open.popLast() {
            if past.insert(id).inserted { open += operations[id]?.seen ?? [] }
        }
        let openers = past.filter { id in
            guard case .some(.some(.text(let event))) = operations[id]?.value(of: field), workflow.event(named: event)?.opensEpisode == true else {
                return false
            }
            if case .void? = settlement.verdicts[id]?[field] { return false }
            return true
        }
        return EpisodeFact(number: openers.count, openedBy: episode.hash.hex)
    }
}
