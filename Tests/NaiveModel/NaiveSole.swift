import TiaokuaiModel

extension NaiveRecord {
    /// "The issuing unit's only (joint issue: in force when all issuers stand with the same content)" and "the one unit
    /// that answers for it". "Another unit's claim under `sole` is an objection if it may lodge there, else void; an
    /// objection never takes effect by itself." Under `strictest` there is one record a place, so inside a record the
    /// issuers' claims count, jointly as under `sole`; `NaivePath` joins the records.
    ///
    /// Where several units answer for a record, one report is enough, equal ones agree, and of different ones the value last
    /// agreed stays.
    func settleSole(
        _ spec: FieldSpec, authors: Set<UnitID>, isJoint: Bool = true, within held: Set<OperationID>
    ) -> (NaiveOutcome, void: Set<OperationID>) {
        let equality = NaiveEquality(spec.rule)
        let said = said(of: spec.number, within: held)
        let void = said.filter { mayNotLodge($0) }
        let counting = said.subtracting(void).filter { history.unit($0).map(authors.contains) ?? false }

        var outcome = NaiveOutcome()
        outcome.standing = history.standingOrInUse(said.subtracting(void), spec.number, equality)
        let voices = authors.map { history.voice(of: $0, among: counting, spec.number, equality) }.filter { isJoint || !$0.isSilent }
        let values = voices.compactMap(\.value)
        outcome.isDisputed = differ(authors, counting, spec)
        if !voices.isEmpty, values.count == voices.count, equality.allEqual(values) {
            outcome.value = values[0]
        } else if !isJoint, voices.count > 1 {
            outcome.value = NaiveField(self, spec, within: held).lastAgreed(counting, [])
        }
        return (outcome, void)
    }

    /// "Only units on the path of a record's place (its own and its superiors') lodge on it."
    func mayNotLodge(_ id: OperationID) -> Bool { history.unit(id).map { governing.onPath[$0] == nil } ?? true }

    /// "Members, each with its author; an add survives a removal that had not seen it"; "only its author's unit removes".
    func settleSet(_ spec: FieldSpec, within held: Set<OperationID>) -> (NaiveOutcome, void: Set<OperationID>) {
        let said = said(of: spec.number, within: held)
        var void = said.filter { mayNotLodge($0) }
        let adds = said.subtracting(void).filter { history.word($0, spec.number)?.value != nil }
        var removed: Set<OperationID> = []
        for removal in said.subtracting(void).subtracting(adds) {
            let named = operation(removal)?.names ?? []
            let members = named.intersection(adds)
            let isSeen = named.allSatisfy { history.isBefore($0, removal) }
            let isOwn = members.allSatisfy { history.unit($0) == history.unit(removal) }
            // What is void among the names is passed over; a removal of nothing else removes nothing.
            if isSeen && isOwn && !members.isEmpty { removed.formUnion(members) } else { void.insert(removal) }
        }
        var outcome = NaiveOutcome()
        outcome.standing = adds.subtracting(removed)
        for add in outcome.standing {
            guard let value = history.word(add, spec.number)?.value, let unit = history.unit(add) else { continue }
            outcome.members.insert(NaiveMember(value: value, addedBy: add, unit: unit))
        }
        return (outcome, void)
    }
}
