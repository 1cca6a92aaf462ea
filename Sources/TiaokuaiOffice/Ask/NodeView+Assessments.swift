import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Every target in force at a place (nil: the node's own), its own and those of the places above, against the figures in
    /// use, as of a day.
    public func assessments(place: RegionID? = nil, asOf day: Day) throws -> [AssessmentRow] {
        try node.ask { view in
            var assessor = try Assessor(view, at: place ?? view.settings.region, asOf: day)
            return try assessor.rows()
        }
    }

    /// Figures that miss a firm bound which counts already on that day: at the place and at every place below that has
    /// figures here.
    public func alerts(place: RegionID? = nil, asOf day: Day) throws -> [AssessmentRow] {
        try node.ask { view in
            try view.placesWithFigures(within: place ?? view.settings.region).flatMap { place in
                var assessor = try Assessor(view, at: place, asOf: day)
                return try assessor.rows().filter(\.isAlert)
            }
        }
    }
}

extension NodeView {
    /// Places within this one of which figures are held, the place itself first.
    func placesWithFigures(within place: RegionID) throws -> [RegionID] {
        let found = try reader.partitions().compactMap { row -> RegionID? in
            guard case .work(let region, _) = row.partition, isWithin(region, place) else { return nil }
            return region
        }
        return [place] + Set(found).subtracting([place]).sorted()
    }

    /// The day on which the document that a record of a place cites was signed; nil where it is not held or not in force.
    func signingDay(of document: String?, at place: RegionID) throws -> Day? {
        guard let document else { return nil }
        for ref in try reader.records(kind: DocumentKind.table.name, partition: .policy(place)) {
            let record = try effective(ref)
            if record.keyText(1) == document { return record[DocumentKind.signedOn]?.day }
        }
        return nil
    }
}
