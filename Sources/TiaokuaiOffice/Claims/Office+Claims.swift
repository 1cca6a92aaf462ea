import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Claims values for fields of a record, by name or title. To a `set` a value is added (`-value` removes what the unit
    /// itself added). A cell or another record that nobody spoke of yet is named by its whole key.
    ///
    /// - Parameter sealing: for whose eyes alone the values are; `evidence`, `reason` and the like beside them stay in clear.
    ///
    /// Throws `unknownField`, `badValue`, `fieldNotClaimable` (a workflow's state: raise an event), `wouldBeVoid`; for what is to be sealed
    /// `notSealable`, `personalUpward`, and what is wrong with the receiver.
    public func claim(
        _ reference: String, fields: [(name: String, value: String)], by author: Author, notes: Notes = Notes(), evenIfVoid: Bool = false,
        sealing: FieldSealing? = nil
    ) throws -> Writing {
        try writeChecked(evenIfVoid: evenIfVoid) { view in
            let key = try view.theKey(reference)
            let reader = try ValueReader(view, key)
            var plain: [Operation.Field] = []
            var drafts: [Draft] = []
            for (name, text) in fields {
                let spec = try reader.spec(name)
                switch spec.rule {
                case .workflow: throw OfficeError(.fieldNotClaimable, ["field": spec.name, "kind": key.kind.text])
                case .set: drafts.append(try view.setDraft(key, spec, text, reader, author, notes))
                default:
                    if plain.contains(where: { $0.number == spec.number }) { throw OfficeError(.badValue, ["field": spec.name, "text": text]) }
                    plain.append(.init(spec.number, try reader.value(text, for: spec)))
                }
            }
            if !plain.isEmpty { drafts.insert(view.draft(key, author, plain, notes), at: 0) }
            guard !drafts.isEmpty else { throw NodeError(.emptyWrite, ["kind": key.kind.text]) }
            for index in drafts.indices { drafts[index].sealing = sealing }
            return drafts
        }
    }

    /// Withdraws what the unit stands on: the named fields, or all. Throws `nothingToWithdraw`.
    public func withdraw(_ reference: String, fields: [String], by author: Author, notes: Notes = Notes()) throws -> Writing {
        try write { view in
            let row = try view.theRecord(reference)
            let reader = try ValueReader(view, row.key)
            let wanted = try fields.map { try reader.spec($0).number }
            return try view.withdrawals(row, author, notes) { number, _ in wanted.isEmpty || wanted.contains(number) }
        }
    }

    /// Undoes one operation of the unit: withdraws the fields that it still stands on. Throws `unknownOperation`.
    ///
    /// - Parameters:
    ///   - operation: its id, or the first digits (at least eight).
    ///   - reference: the record; nil looks among the records of this node.
    public func withdraw(operation: String, in reference: String?, by author: Author, notes: Notes = Notes()) throws -> Writing {
        let prefix = operation.lowercased()
        guard prefix.utf8.count >= 8 else { throw OfficeError(.unknownOperation, ["operation": operation]) }
        return try write { view in
            let rows = try reference.map { [try view.theRecord($0)] } ?? view.records(withOperation: prefix)
            guard let row = rows.first, rows.count == 1 else { throw OfficeError(.unknownOperation, ["operation": operation]) }
            return try view.withdrawals(row, author, notes) { _, id in id.hash.hex.hasPrefix(prefix) }
        }
    }

    /// Decides between claims 裁定. Throws `noGround`, `notDisputed` (no claims are named and none are at odds), `wouldBeVoid`
    /// (`notDecider`, `deciderLodged`, `statisticsDecide` …).
    ///
    /// - Parameter names: the operations decided on; nil takes every standing claim of a dispute, and the decisions on it
    ///   that the unit may replace: its own and those of governments below it.
    public func decide(
        _ reference: String, field: String, value: String, names: [String]? = nil, ground: String, by author: Author, notes: Notes = Notes(),
        evenIfVoid: Bool = false
    ) throws -> Writing {
        guard !RecordReference.trimmed(ground).isEmpty else { throw NodeError(.noGround, ["field": field]) }
        return try writeChecked(evenIfVoid: evenIfVoid) { view in
            let row = try view.theRecord(reference)
            let reader = try ValueReader(view, row.key)
            let spec = try reader.spec(field)
            guard let outcome = try view.settlement(row.ref)?.fields[spec.number] else { throw OfficeError(.notDisputed, ["field": spec.name]) }
            let named = try names.map { try $0.map { try view.operation($0, of: row) } } ?? view.judged(by: author.unit, on: row, outcome)
            guard !named.isEmpty else { throw OfficeError(.notDisputed, ["field": spec.name, "reference": reference]) }
            var notes = notes
            notes.ground = ground
            return [
                Draft(
                    key: row.key, unit: author.unit, person: author.person, fields: [.init(spec.number, try reader.value(value, for: spec))] + notes.fields,
                    names: named, under: notes.under)
            ]
        }
    }

    /// Says that the unit has read what became of its claims: a record at its own place. `claim` nil takes every claim of
    /// the unit on the record that is overruled or inert and not acknowledged yet. Throws `nothingLost` when there is none or
    /// the claim named did not lose, `notYourClaim`, `unknownOperation`, `operationElsewhere`.
    public func acknowledge(_ reference: String, claim: String? = nil, answer: String = "read", note: String? = nil, by author: Author) throws -> Writing {
        guard ["read", "accepts", "objects"].contains(answer) else { throw OfficeError(.badValue, ["field": "answer", "text": answer]) }
        return try writeChecked(evenIfVoid: false) { view in
            let row = try view.theRecord(reference)
            let claims = try claim.map { [try view.lostClaim($0, of: author.unit, on: row)] } ?? view.unacknowledged(row, of: author.unit)
            guard !claims.isEmpty else { throw view.nothingLost(author.unit, row) }
            let place = view.unit(author.unit)?.region ?? view.settings.region
            return claims.map { id in
                var fields = FieldList()
                fields.day(AcknowledgementKind.readOn, view.node.surroundings.now().day)
                fields.text(AcknowledgementKind.answer, answer)
                fields.text(AcknowledgementKind.note, note)
                let key = RecordKey(
                    .work(place, nil), AcknowledgementKind.table.name, [.text(author.unit.text), .bytes(row.id.hash.bytes), .bytes(id.hash.bytes)])
                return Draft(key: key, unit: author.unit, person: author.person, fields: fields.fields)
            }
        }
    }

    /// Records an objection to a record, at the unit's own place. It never takes effect by itself.
    public func object(_ reference: String, field: String?, text: String, proposal: String? = nil, by author: Author) throws -> Writing {
        try writeChecked(evenIfVoid: false) { view in
            let row = try view.theRecord(reference)
            let spec = try field.map { try ValueReader(view, row.key).spec($0) }
            let place = view.unit(author.unit)?.region ?? view.settings.region
            let kind = ObjectionKind.table.name
            let earlier = try view.reader.records(kind: kind).filter { ref in
                let key = try view.reader.record(ref).key
                return key.values[0].text == author.unit.text && key.values[1].bytes == row.id.hash.bytes
            }
            var fields = FieldList()
            fields.text(ObjectionKind.field, spec?.name)
            fields.text(ObjectionKind.proposal, proposal)
            fields.text(ObjectionKind.text, text)
            if let spec, let claims = try view.settlement(row.ref)?.fields[spec.number]?.standing, !claims.isEmpty {
                fields.set(ObjectionKind.claims, .list(claims.map { .bytes($0.operation.hash.bytes) }))
            }
            let key = RecordKey(
                .work(place, nil), kind, [.text(author.unit.text), .bytes(row.id.hash.bytes), .decimal(ExactDecimal(Int64(earlier.count + 1)))])
            return [Draft(key: key, unit: author.unit, person: author.person, fields: fields.fields)]
        }
    }
}

extension NodeView {
    fileprivate func draft(_ key: RecordKey, _ author: Author, _ fields: [Operation.Field], _ notes: Notes, names: [OperationID] = []) -> Draft {
        Draft(key: key, unit: author.unit, person: author.person, fields: fields + notes.fields, names: names, under: notes.under)
    }

    /// Adds a member, or (`-value`) removes what the unit added.
    fileprivate func setDraft(_ key: RecordKey, _ spec: FieldSpec, _ text: String, _ reader: ValueReader, _ author: Author, _ notes: Notes) throws -> Draft {
        let isRemoval = text.hasPrefix("-")
        let value = try reader.value(isRemoval || text.hasPrefix("+") ? String(text.dropFirst()) : text, for: spec)
        guard isRemoval else { return draft(key, author, [.init(spec.number, value)], notes) }
        let members = try recordRef(key).flatMap { try settlement($0)?.fields[spec.number]?.members } ?? []
        let own = members.filter { $0.unit == author.unit && $0.value == value }.map(\.addedBy)
        guard !own.isEmpty else { throw NodeError(.nothingToWithdraw, ["field": spec.name, "unit": author.unit.text]) }
        return draft(key, author, [.init(spec.number, nil)], notes, names: own)
    }

    /// Withdraws what the unit stands on where `isMeant`: one operation for claims, one for each set.
    fileprivate func withdrawals(_ row: RecordRow, _ author: Author, _ notes: Notes, where isMeant: (FieldNumber, OperationID) -> Bool) throws -> [Draft] {
        guard let table = table(of: row.key) else { throw NodeError(.unknownKind, ["kind": row.key.kind.text]) }
        var plain: [Operation.Field] = []
        var drafts: [Draft] = []
        let held = judged(try operations(of: row.ref), of: row.key)
        let settlement = settle(held, record: row.id, table: table, governance: try governing(row.key, held))
        for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
            guard let spec = table.field(number), spec.rule != .workflow else { continue }
            if spec.rule == .set {
                let own = outcome.members.filter { $0.unit == author.unit && isMeant(number, $0.addedBy) }.map(\.addedBy)
                if !own.isEmpty { drafts.append(draft(row.key, author, [.init(number, nil)], notes, names: own)) }
            } else if outcome.standing.contains(where: { $0.unit == author.unit && isMeant(number, $0.operation) }) {
                // Decisions stand among the claims, whatever has become of them.
                plain.append(.init(number, nil))
            }
        }
        if !plain.isEmpty { drafts.insert(draft(row.key, author, plain, notes), at: 0) }
        guard !drafts.isEmpty else {
            throw NodeError(.nothingToWithdraw, ["unit": author.unit.text, "name": name(of: author.unit), "reference": reference(of: row)])
        }
        return drafts
    }

    /// What a decision of the unit is about: the claims of a dispute, and the decisions made on it so far, whether they hold,
    /// are at odds with a unit above, or were overruled. Empty where there is neither.
    fileprivate func judged(by unit: UnitID, on row: RecordRow, _ outcome: FieldOutcome) throws -> [OperationID] {
        let operations = Dictionary(try settledOperations(of: row.ref).map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
        func isDecision(_ claim: StandingClaim) -> Bool { operations[claim.operation]?.names.isEmpty == false }
        guard outcome.dispute != nil || outcome.standing.contains(where: isDecision) else { return [] }
        func height(_ unit: UnitID) -> Int { self.unit(unit).map { depth(of: $0.region) } ?? 0 }
        return outcome.standing.filter { !isDecision($0) || $0.unit == unit || height($0.unit) > height(unit) }.map(\.operation)
    }

    fileprivate func nothingLost(_ unit: UnitID, _ row: RecordRow) -> OfficeError {
        OfficeError(.nothingLost, ["unit": unit.text, "name": name(of: unit), "reference": reference(of: row)])
    }

    /// A claim of the unit that lost, whether or not it is acknowledged yet.
    fileprivate func lostClaim(_ text: String, of unit: UnitID, on row: RecordRow) throws -> OperationID {
        let id = try operation(text, of: row)
        let author = try operations(of: row.ref).first { $0.id == id }?.operation.unit
        if let author, author != unit {
            throw OfficeError(.notYourClaim, ["operation": text, "unit": unit.text, "name": name(of: unit), "author": name(of: author)])
        }
        let verdicts = try settlement(row.ref)?.verdicts[id] ?? [:]
        guard verdicts.values.contains(where: NodeView.isLost) else { throw nothingLost(unit, row) }
        return id
    }

    /// The operation of a record whose id begins with these digits. Throws `unknownOperation`.
    func operation(_ text: String, of row: RecordRow) throws -> OperationID {
        let prefix = text.lowercased()
        let found = try operations(of: row.ref).map(\.id).filter { $0.hash.hex.hasPrefix(prefix) }
        guard found.count == 1, prefix.utf8.count >= 8, let id = found.first else {
            throw try missing(operation: text, on: row)
        }
        return id
    }

    /// Records in whose standing claims or members an operation with this prefix is.
    func records(withOperation prefix: String) throws -> [RecordRow] {
        guard let bytes = [UInt8](hex: String(prefix.prefix(prefix.utf8.count / 2 * 2))) else { return [] }
        return try reader.records(containing: bytes, limit: 1_000).map { try reader.record($0) }.filter { row in
            try operations(of: row.ref).contains { $0.id.hash.hex.hasPrefix(prefix) }
        }
    }
}
