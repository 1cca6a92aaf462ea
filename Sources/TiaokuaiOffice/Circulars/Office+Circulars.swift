import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// What a circular 通报 is on.
public struct CircularOrder: Sendable {
    public var period: Period
    /// Such as a guarantee; with unit and period it names the circular.
    public var scope: String
    /// By id or title. Empty: every indicator of which there is a figure.
    public var indicators: [String] = []
    /// Figures of the place and those below; nil: the unit's.
    public var place: RegionID?
    public var title: String?
    public var text: String?

    public init(_ period: Period, scope: String) {
        self.period = period
        self.scope = scope
    }
}

extension Office {
    /// Makes a circular of its author's unit, with the figures of the period that are in use here now: each with the word that it comes
    /// from, so that what changes later can be told. A circular that was made stays as it is; the next one carries what was corrected.
    ///
    /// Throws `circularMade` where the unit has made one of that period and scope, `noFigures` where no figure is in use, or none of an indicator that was named, and
    /// `unknownIndicator`.
    public func makeCircular(_ order: CircularOrder, by author: Author, notes: Notes = Notes()) throws -> Writing {
        try writeChecked(evenIfVoid: false) { view in
            let home = view.unit(author.unit)?.region ?? view.settings.region
            let key = RecordKey(.policy(home), CircularKind.table.name, [.text(author.unit.text), .text(order.period.text), .text(order.scope)])
            if let ref = try view.recordRef(key), try view.effective(ref)[CircularKind.figures] != nil {
                throw OfficeError(.circularMade, ["reference": view.reference(of: key)])
            }
            var order = order
            order.indicators = try order.indicators.map { name in
                guard let known = view.officeIndicator(name, at: home) else { throw OfficeError(.unknownIndicator, ["indicator": name, "place": home.text]) }
                return known.id
            }
            let figures = try view.figuresInUse(order, within: order.place ?? home)
            guard !figures.isEmpty else { throw OfficeError(.noFigures, ["period": order.period.text]) }
            // A circular is made once: what was asked for and is not there is not left out unsaid.
            if let lacking = order.indicators.first(where: { name in !figures.contains { $0.indicator == name } }) {
                throw OfficeError(.noFigures, ["period": order.period.text, "indicator": lacking])
            }
            var fields = FieldList(isSample: notes.isSample || figures.contains(where: \.isSample))
            fields.text(CircularKind.title, order.title)
            fields.text(CircularKind.text, order.text)
            fields.set(CircularKind.figures, .list(figures.map(\.value)))
            fields.day(CircularKind.frozenOn, view.node.surroundings.now().day)
            return [Draft(key: key, unit: author.unit, person: author.person, fields: fields.fields)]
        }
    }
}

extension NodeView {
    fileprivate struct FigureInUse {
        let place: RegionID
        let indicator: String
        /// As `CircularKind.figures` has it.
        let value: Value
        let isSample: Bool
    }

    /// By place, then indicator.
    fileprivate func figuresInUse(_ order: CircularOrder, within place: RegionID) throws -> [FigureInUse] {
        let facts = FactMaker(self)
        return try reader.records(kind: CellKind.table.name).compactMap { ref -> FigureInUse? in
            let row = try reader.record(ref)
            guard let region = row.key.partition.place, isWithin(region, place), let indicator = row.key.values[0].text, row.key.values[1].text == order.period.text,
                order.indicators.isEmpty || order.indicators.contains(indicator), let outcome = try facts.settlement(row).fields[CellKind.value],
                case .decimal(let value)? = outcome.value, let source = outcome.sources.first
            else { return nil }
            let isSample = try operations(of: ref).first { $0.id == source }?.operation.isSample ?? false
            return FigureInUse(
                place: region, indicator: indicator,
                value: .list([.text(region.text), .text(indicator), .text(order.period.text), .decimal(value), .bytes(source.hash.bytes)]), isSample: isSample)
        }.sorted { ($0.place, $0.indicator) < ($1.place, $1.indicator) }
    }
}
