import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Asks the government above to look at the decision in force on a field again: a record at the unit's own place. The
    /// decision stands meanwhile. A term that has run out refuses nothing: the appeal is flagged.
    ///
    /// Throws `notDecided`, `nothingLost` (no claim of the unit lost by it), `noTierAbove` (the highest tier decided), and
    /// `wouldBeVoid` where the same appeal stands already.
    public func appeal(_ reference: String, field: String, text: String, by author: Author, notes: Notes = Notes()) throws -> Writing {
        guard !RecordReference.trimmed(text).isEmpty else { throw NodeError(.noGround, ["field": field]) }
        return try writeChecked(evenIfVoid: false) { view in
            let row = try view.theRecord(reference)
            let spec = try ValueReader(view, row.key).spec(field)
            let decision = try view.settlement(row.ref)?.fields[spec.number]?.standing.first { $0.verdict == .decides }
            guard let decision else { throw OfficeError(.notDecided, ["field": spec.name, "reference": reference]) }
            let ground: AppealBook.Ground
            switch try AppealBook(view).ground(decision.operation, author.unit, on: row, spec) {
            case .success(let found): ground = found
            case .failure(let refused): throw view.refusal(refused.why, of: author.unit, against: decision.unit, spec, reference)
            }
            var fields = FieldList(isSample: notes.isSample)
            fields.text(AppealKind.field, spec.name)
            fields.text(AppealKind.to, ground.to.text)
            fields.text(AppealKind.text, text)
            fields.day(AppealKind.filedOn, view.node.surroundings.now().day)
            fields.text(AppealKind.state, "file")
            var line: LineID?
            if case .work(_, let stated) = row.key.partition { line = stated }
            let key = RecordKey(
                .work(view.unit(author.unit)?.region ?? view.settings.region, line), AppealKind.table.name,
                [.text(author.unit.text), .bytes(row.id.hash.bytes), .bytes(decision.operation.hash.bytes)])
            return [Draft(key: key, unit: author.unit, person: author.person, fields: fields.fields)]
        }
    }

    /// Appeals of units at the place (nil: the node's) and below, by the day on which they were filed.
    public func appeals(place: RegionID? = nil) throws -> [AppealRow] {
        try node.ask { view in try AppealBook(view).rows(within: place ?? view.settings.region) }
    }
}

extension NodeView {
    fileprivate func refusal(_ why: AppealBook.Refusal, of unit: UnitID, against decider: UnitID, _ spec: FieldSpec, _ reference: String) -> OfficeError {
        switch why {
        case .nothingLost: OfficeError(.nothingLost, ["unit": unit.text, "name": name(of: unit), "reference": reference])
        case .noTierAbove: OfficeError(.noTierAbove, ["unit": decider.text, "name": name(of: decider), "reference": reference])
        case .unknownDecision: OfficeError(.notDecided, ["field": spec.name, "reference": reference])
        }
    }
}
