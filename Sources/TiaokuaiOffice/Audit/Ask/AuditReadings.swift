import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// One asking of the audit.
public struct AuditReading: Codable, Hashable, Sendable {
    public let reader: String
    public let question: String
    /// Entries of the log when it was asked.
    public let position: String
    public let written: String
    public let unit: UnitFact
    public let place: PlaceFact?
    /// Left out while it is not sealed.
    public let entered: EntryFact?
}

extension Office {
    /// Notes in the node's own partition who asks the audit what: sealed with the next changeset, and from then on in the log, where
    /// nobody takes it out unseen. What can't be written (a copied or read-only folder) throws as any writing does.
    ///
    /// - Parameters:
    ///   - author: whoever said in whose name and by whose hand; nil: nobody did, and `account` is whose machine account it is.
    public func noteReading(of question: String, by author: Author?, account: String) throws {
        try node.write { view in
            guard let unit = author?.unit ?? view.readingUnit else { throw NodeError(.noUnit) }
            let person = author?.person ?? PersonID(unchecked: "unstated")
            let origin = try view.nextOrigin()
            let key = RecordKey(
                .work(view.settings.region, nil), AuditReadingKind.table.name,
                [.text(unit.text), .text(origin.epoch.description), .decimal(ExactDecimal(Int64(clamping: origin.number)))])
            return [
                Draft(
                    key: key, unit: unit, person: person,
                    fields: [
                        .init(AuditReadingKind.reader, .text(author?.person.text ?? "os:\(account)")), .init(AuditReadingKind.question, .text(question)),
                        .init(AuditReadingKind.position, .decimal(ExactDecimal(Int64(clamping: try view.reader.leafCount())))),
                    ])
            ]
        }
    }

    /// Who asked the audit what, here and at the nodes below as far as their work has come; by the authors' clocks.
    public func auditReadings(place: RegionID? = nil) throws -> [AuditReading] {
        try node.ask { view in
            let facts = FactMaker(view)
            return try view.reader.records(kind: AuditReadingKind.table.name).flatMap { ref -> [AuditReading] in
                let row = try view.reader.record(ref)
                if let place, row.key.partition.place.map({ view.isWithin($0, place) }) != true { return [] }
                // Each is a record of its own, unless somebody set the counter back: then all that was said of it shows.
                return try view.operations(of: ref).map { held in
                    func said(_ number: FieldNumber) -> Value? { held.operation.value(of: number) ?? nil }
                    let entered = try held.leaf.flatMap { try view.logEntry($0) }.map(view.fact)
                    return AuditReading(
                        reader: said(AuditReadingKind.reader)?.text ?? "", question: said(AuditReadingKind.question)?.text ?? "",
                        position: said(AuditReadingKind.position)?.description ?? "", written: held.operation.written.timestamp,
                        unit: facts.unit(held.operation.unit), place: row.key.partition.place.map(facts.place), entered: entered)
                }
            }.sorted { ($0.written, $0.position, $0.question) < ($1.written, $1.position, $1.question) }
        }
    }
}

extension NodeView {
    /// In whose name a reading is noted where nobody said: the node's default unit, else its place's block, else any that it writes for.
    fileprivate var readingUnit: UnitID? {
        let writers = trust?.writers ?? [:]
        func writes(_ unit: UnitID) -> Bool { writers[unit]?.contains { $0.node == settings.node } ?? false }
        if let own = settings.defaultUnit, writes(own) { return own }
        if let block = government(of: settings.region), writes(block) { return block }
        return writers.keys.filter(writes).sorted().first
    }
}
