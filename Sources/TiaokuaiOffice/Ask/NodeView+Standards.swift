import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// How a standard stands along its path, with the highest one; nil for another record.
    func judgement(of row: RecordRow) throws -> (judgement: ExactStandard.Judgement, top: RecordRow?)? {
        guard let standards = try standards(beside: row) else { return nil }
        let judgements = ExactStandard.judge(standards.map(\.standard))
        guard let own = standards.firstIndex(where: { $0.row.ref == row.ref }) else { return nil }
        let top = standards.indices.first { judgements[$0] == .stands && $0 != own }
        return (judgements[own], top.map { standards[$0].row })
    }

    /// Of standards of one tier that differ, the one best for whom it is for: the largest where more is better, the smallest where
    /// less is. Nil where the indicator does not say which.
    func mostFavourable(of row: RecordRow) throws -> ExactDecimal? {
        guard let standards = try standards(beside: row), let place = row.key.partition.place, let name = row.key.values[1].text,
            let direction = indicator(name, at: place)?.direction, let top = standards.map(\.standard.tier).max()
        else { return nil }
        let values = standards.filter { $0.standard.tier == top }.compactMap(\.standard.value)
        switch direction {
        case .floor: return values.max()
        case .ceiling: return values.min()
        case .none: return nil
        }
    }

    /// All standards of the record's indicator and period along its path; nil for another record.
    private func standards(beside row: RecordRow) throws -> [(row: RecordRow, standard: ExactStandard)]? {
        guard row.key.kind == StandardKind.table.name, let place = row.key.partition.place else { return nil }
        let path = path(of: place)
        var standards: [(row: RecordRow, standard: ExactStandard)] = []
        for ref in try reader.records(kind: StandardKind.table.name) {
            let other = try reader.record(ref)
            guard other.key.values.count == 3, other.key.values[1] == row.key.values[1], other.key.values[2] == row.key.values[2],
                let tier = other.key.partition.place.flatMap({ path.firstIndex(of: $0) }), let standard = ExactStandard(try effective(ref), tier: tier)
            else { continue }
            standards.append((other, standard))
        }
        return standards
    }
}

extension ExactStandard.Judgement {
    var code: String {
        switch self {
        case .stands: "stands"
        case .repeats: "repeats"
        case .refused: "refused"
        case .withinDiscretion: "withinDiscretion"
        case .undecided: "undecided"
        }
    }
}
