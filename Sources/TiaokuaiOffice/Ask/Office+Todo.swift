import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// What waits for somebody, as of a day: due, disputed, returned, unacknowledged, to be chosen.
    ///
    /// - Parameters:
    ///   - unit: nil shows everybody's; a government sees everything of its place.
    ///   - place: nil takes the unit's, else the node's.
    ///   - days: how far ahead something counts as due.
    public func todo(unit: UnitID?, place: RegionID? = nil, asOf day: Day, within days: Int = 31) throws -> Todo {
        try node.ask { view in
            try TodoMaker(view, unit, place ?? unit.flatMap { view.unit($0)?.region } ?? view.settings.region, day, days).todo()
        }
    }

    /// Claims that differ, of records at the place (nil: the node's) and below: those that wait for a decision, and those
    /// in which a rule says who prevails. Each with who may decide.
    public func disputes(place: RegionID? = nil) throws -> [DisputeRow] {
        try node.ask { view in try view.disputes(within: place ?? view.settings.region) }
    }

    /// What the documents published at a place (nil: any held here) cite, and what is held of it.
    public func citations(place: RegionID? = nil) throws -> [CitationRow] {
        try node.ask { view in
            let facts = FactMaker(view)
            let documents = try view.documents()
            var rows: [CitationRow] = []
            for document in documents {
                if let place, document.key.partition.place != place { continue }
                for citation in (document[DocumentKind.cites]?.list ?? []).compactMap(Citation.init) {
                    let (state, keys) = citation.resolve(among: documents).fact
                    rows.append(
                        CitationRow(
                            document: try facts.record(document.key), relation: citation.relation.rawValue, number: citation.number, title: citation.title,
                            clause: citation.clause, state: state, targets: try keys.map { try facts.record($0) }))
                }
            }
            return rows
        }
    }
}
