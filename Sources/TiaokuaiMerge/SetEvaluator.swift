import TiaokuaiModel

/// `set`: members, each with its author. An add (a value) survives a removal that had not seen it.
///
/// A removal names the adding operations in its past and has no value. Only its author's unit removes a member: a
/// removal that names another unit's add is void as a whole.
struct SetEvaluator {
    private let input: FieldInput

    init(_ input: FieldInput) { self.input = input }

    func evaluated() -> FieldResult {
        var result = FieldResult()
        var added: [Int: Value] = [:]
        for entry in input.entries {
            guard input.governance.tierOfUnit[entry.unit] != nil else {
                result.verdicts[entry.at] = .void(.notOnPath)
                continue
            }
            if let value = entry.value {
                added[entry.at] = value
                result.verdicts[entry.at] = .stands
            } else {
                result.verdicts[entry.at] = remove(entry, from: added, &result)
            }
        }
        let members = added.keys.sorted().filter { result.verdicts[$0] == .stands }.compactMap { position -> (key: [UInt8], member: SetMember)? in
            guard let value = added[position] else { return nil }
            return (value.canonicalBytes, SetMember(value: value, addedBy: input.graph.id(at: position), unit: input.graph.unit(at: position)))
        }
        .sorted { $0.key != $1.key ? $0.key.lexicographicallyPrecedes($1.key) : $0.member.addedBy < $1.member.addedBy }
        if members.isEmpty { return result }
        var distinct: [(key: [UInt8], value: Value)] = []
        for (key, member) in members where distinct.last?.key != key { distinct.append((key, member.value)) }
        result.outcome = FieldOutcome(
            value: .list(distinct.map(\.value)), sources: members.map(\.member.addedBy).sorted(), rule: .set, members: members.map(\.member))
        return result
    }

    private func remove(_ entry: FieldInput.Entry, from added: [Int: Value], _ result: inout FieldResult) -> Verdict {
        guard let named = input.graph.past(of: entry.at, holding: input.operation(at: entry.at).countedNames) else { return .void(.unknownNames) }
        let members = named.filter { added[$0] != nil }
        if members.isEmpty { return .void(.unknownNames) }
        if members.contains(where: { input.graph.unit(at: $0) != entry.unit }) { return .void(.notMemberAuthor) }
        for member in members where result.verdicts[member] == .stands { result.verdicts[member] = .replaced(by: input.graph.id(at: entry.at)) }
        return .passed
    }
}
