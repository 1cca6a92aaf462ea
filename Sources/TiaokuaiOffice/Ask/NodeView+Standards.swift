import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// How a standard stands along its path, with the highest one; nil for another record.
    func judgement(of row: RecordRow) throws -> (judgement: ExactStandard.Judgement, top: RecordRow?)? {
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
        let judgements = ExactStandard.judge(standards.map(\.standard))
        guard let own = standards.firstIndex(where: { $0.row.ref == row.ref }) else { return nil }
        let top = standards.indices.first { judgements[$0] == .stands && $0 != own }
        return (judgements[own], top.map { standards[$0].row })
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
