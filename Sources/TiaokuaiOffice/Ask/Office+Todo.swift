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
    /// in which a rule says who prevails; each with who may decide. `withEnded` adds those that a decision, an agreement or
    /// a withdrawal has ended. Whether a losing side is late in acknowledging is as of the day, today by default.
    public func disputes(place: RegionID? = nil, withEnded: Bool = false, asOf day: Day? = nil) throws -> [DisputeRow] {
        let day = day ?? today
        return try node.ask { view in try view.disputes(within: place ?? view.settings.region, withEnded: withEnded, asOf: day) }
    }

    /// Units that wrote differently on two machines, at the place and below, with what they chose.
    public func selfForks(place: RegionID? = nil) throws -> [SelfForkRow] {
        try node.ask { view in try view.selfForks(within: place ?? view.settings.region) }
    }

    /// What is kept and not in use, at the place and below: looser bounds (R2), standards that differ from the one above or
    /// repeat it (R3), overruled claims, objections, and words that are void.
    public func kept(place: RegionID? = nil) throws -> [KeptRow] { try node.ask { try $0.kept(within: place ?? $0.settings.region) } }

    /// What the documents published at a place (nil: any held here) cite, and what is held of it.
    public func citations(place: RegionID? = nil) throws -> [CitationRow] {
        try node.ask { view in try view.citations { place == nil || $0.partition.place == place } }
    }
}

extension EffectiveRecord {
    /// Of a document; none stated is internal.
    fileprivate var publicity: Publicity { self[DocumentKind.publicity]?.text.flatMap(Publicity.init(rawValue:)) ?? .internal }
}

extension NodeView {
    func citations(of isMeant: (RecordKey) -> Bool) throws -> [CitationRow] {
        let facts = FactMaker(self)
        let documents = try documents()
        return try documents.filter { isMeant($0.key) }.flatMap { document in
            try (document[DocumentKind.cites]?.list ?? []).compactMap(Citation.init).map { citation in
                let (state, keys) = citation.resolve(among: documents).fact
                // What is quoted is shown no further than either document may be; nobody knows yet how far one may that is not held.
                let classes = [document.publicity] + (keys.isEmpty ? [.internal] : documents.filter { keys.contains($0.key) }.map(\.publicity))
                return CitationRow(
                    document: try facts.record(document.key), relation: citation.relation.rawValue, number: citation.number, title: citation.title,
                    clause: citation.clause, state: state, targets: try keys.map { try facts.record($0) }, quotedPublicity: (classes.min() ?? .internal).rawValue)
            }
        }
    }
}
