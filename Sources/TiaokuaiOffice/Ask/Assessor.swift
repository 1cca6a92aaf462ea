import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Assesses the targets of one place. A view: the day is an argument, and nothing is decided by it.
struct Assessor {
    private let view: NodeView
    private let facts: FactMaker
    private let place: RegionID
    private let day: Day
    private let path: [RegionID]
    /// Cells of the place by indicator, ascending by the last day of their period.
    private var cells: [String: [Cell]] = [:]
    private var signed: [String: Day?] = [:]

    struct Cell {
        let period: Period
        let row: RecordRow
        let figure: Figure
    }

    init(_ view: NodeView, at place: RegionID, asOf day: Day) throws {
        self.view = view
        self.place = place
        self.day = day
        facts = FactMaker(view)
        path = view.path(of: place)
        for ref in try view.reader.records(kind: CellKind.table.name) {
            let row = try view.reader.record(ref)
            guard row.key.partition.place == place, let indicator = row.key.values[0].text,
                let period = row.key.values[1].text.flatMap({ try? Period(parsing: $0) })
            else { continue }
            cells[indicator, default: []].append(Cell(period: period, row: row, figure: try Assessor.figure(ref, view)))
        }
        for indicator in cells.keys {
            cells[indicator]?.sort { ($0.period.lastDay, $0.period.text) < ($1.period.lastDay, $1.period.text) }
        }
    }

    private static func figure(_ ref: RecordRef, _ view: NodeView) throws -> Figure {
        guard let outcome = try view.settlement(ref)?.fields[CellKind.value] else { return .none }
        if let value = outcome.value?.decimal { return .value(value) }
        if outcome.value?.sealed != nil { return .sealed }
        switch outcome.blank {
        case .undecided, .forked: return .disputed
        default: return .none
        }
    }

    // MARK: Targets

    /// Rows by indicator, period and qualifier.
    mutating func rows() throws -> [AssessmentRow] {
        let keys = try view.targetKeys(on: path)
        var rows: [AssessmentRow] = []
        for key in keys { if let row = try self.row(key) { rows.append(row) } }
        return rows
    }

    private mutating func row(_ lowest: RecordKey) throws -> AssessmentRow? {
        let indicatorID = lowest.values[0].text ?? ""
        guard let indicator = view.indicator(indicatorID, at: place), let period = lowest.values[1].text.flatMap({ try? Period(parsing: $0) }) else {
            return nil
        }
        let qualifier = lowest.values[2].text ?? ""
        let key = RecordKey(.policy(place), TargetKind.table.name, lowest.values)
        let (bounds, wording) = try bounds(key)
        let isCheckpoint = bounds.isCheckpoint
        let deadline = try effective(key, TargetKind.deadline)?.value.day
        let figure = chosen(indicatorID, period, before: isCheckpoint ? deadline : nil)
        let assessment = TargetAssessment(figure?.figure ?? .none, against: bounds.target)
        let signedOn = try signingDay(wording)
        let status = deadline.flatMap { deadline in
            signedOn.map { DeadlineStatus(deadline: deadline, signedOn: $0, metOn: metOn(indicatorID, period, bounds.target), asOf: day) }
        }
        let (state, days) = status?.state.fact ?? (nil, nil)
        let record = try facts.record(lowest)
        let figureRecord = try figure.map { try facts.record($0.row) }
        let isSampleBound = try isSample(wording)
        return AssessmentRow(
            record: record, place: facts.place(place), indicator: indicatorID, indicatorTitle: indicator.title, period: period.text,
            qualifier: qualifier, measure: indicator.measure, floor: bounds.target.floor?.description, ceiling: bounds.target.ceiling?.description,
            comparator: bounds.target.comparator.rawValue, firmness: bounds.target.firmness.rawValue, isRelative: bounds.target.isRelative,
            figure: figure?.figure.value?.description, figurePeriod: figure?.period.text, figureState: figure?.figure.code ?? "none",
            figureRecord: figureRecord, assessment: assessment.code, shortBy: assessment.shortBy?.description,
            isAlert: assessment.isAlert && counts(indicator, period, deadline, signedOn), deadline: deadline?.description, state: state, days: days,
            dueBeforeIssue: status?.dueBeforeIssue ?? false, signedOn: signedOn?.description, document: wording.record[TargetKind.document]?.text,
            clause: wording.record[TargetKind.clause]?.text, isSampleBound: isSampleBound, isSample: isSampleBound || figureRecord?.isSample == true || record.isSample,
            reporters: facts.units(view.reporters(of: indicator, at: place)))
    }

    /// Whether missing the bound means something on that day: what is counted up to a deadline has until then.
    private func counts(_ indicator: IndicatorDefinition, _ period: Period, _ deadline: Day?, _ signedOn: Day?) -> Bool {
        if let signedOn, day < signedOn { return false }
        if let deadline { return deadline < day }
        switch indicator.nature {
        case .stock, .rate: return true
        case .cumulative, .flow: return period.lastDay < day
        }
    }

    // MARK: Bounds

    private struct Wording {
        let place: RegionID
        let record: EffectiveRecord
        let operation: OperationID?
    }

    private func spec(_ number: FieldNumber) -> FieldSpec? { TargetKind.table.field(number) }

    private func effective(_ key: RecordKey, _ number: FieldNumber) throws -> PathStep? {
        try spec(number).flatMap { try view.pathOutcome(key, $0)?.effective }
    }

    /// The bounds in force and the record whose words they are.
    private func bounds(_ key: RecordKey) throws -> ((target: TargetBounds, isCheckpoint: Bool), Wording) {
        let floor = try effective(key, TargetKind.floor)
        let ceiling = try effective(key, TargetKind.ceiling)
        let percent = try effective(key, TargetKind.percentOfTarget)
        let wording = try wording(key, floor ?? ceiling ?? percent)
        var target = TargetBounds(wording.record) ?? TargetBounds()
        target.floor = floor?.value.decimal
        target.ceiling = ceiling?.value.decimal
        if let share = percent?.value.decimal {
            let whole = RecordKey(key.partition, key.kind, [key.values[0], key.values[1], .text("")])
            let base = try bounds(whole).0.target
            let firmness = target.firmness
            target = try TargetBounds.checkpoint(percent: share, of: base)
            target.firmness = firmness
            return ((target, true), wording)
        }
        if let other = wording.record[TargetKind.relativeTo]?.text {
            target = target.relative(to: cells[key.values[0].text ?? ""]?.first { $0.period.text == other }?.figure ?? .none)
        }
        return ((target, key.values[2].text?.isEmpty == false), wording)
    }

    /// The record of the step that binds; where no bound is stated (a relative target), the lowest on the path.
    private func wording(_ key: RecordKey, _ step: PathStep?) throws -> Wording {
        for region in step.map({ [$0.region] }) ?? path {
            let own = RecordKey(.policy(region), key.kind, key.values)
            if let ref = try view.recordRef(own) {
                let operation = try step?.operation ?? view.settlement(ref)?.fields.values.flatMap(\.sources).min()
                return Wording(place: region, record: try view.effective(ref), operation: operation)
            }
        }
        return Wording(place: place, record: EffectiveRecord(key, [:]), operation: nil)
    }

    /// The operation whose bound it is says that it is made up.
    private func isSample(_ wording: Wording) throws -> Bool {
        guard let operation = wording.operation, let ref = try view.recordRef(wording.record.key) else { return false }
        return try view.settledOperations(of: ref).contains { $0.id == operation && $0.operation.isSample }
    }

    /// When the target was issued: its document's day; without a document the author's day.
    private mutating func signingDay(_ wording: Wording) throws -> Day? {
        let document = wording.record[TargetKind.document]?.text
        let memo = "\(wording.place)/\(document ?? "")"
        if let document {
            if let known = signed[memo] {
                if let known { return known }
            } else {
                signed[memo] = .some(try view.signingDay(of: document, at: wording.place))
                if let found = signed[memo] ?? nil { return found }
            }
        }
        guard let operation = wording.operation, let ref = try view.recordRef(wording.record.key) else { return nil }
        return try view.settledOperations(of: ref).first { $0.id == operation }?.operation.written.day
    }

    // MARK: Figures

    /// The newest figure of the period that had begun by that day; of a checkpoint the last one up to its deadline, else
    /// the first after.
    private func chosen(_ indicator: String, _ period: Period, before deadline: Day?) -> Cell? {
        let known = within(indicator, period)
        guard let deadline else { return known.last }
        return known.last { $0.period.lastDay <= deadline } ?? known.first
    }

    private func within(_ indicator: String, _ period: Period) -> [Cell] {
        (cells[indicator] ?? []).filter { period.firstDay <= $0.period.firstDay && $0.period.lastDay <= period.lastDay && $0.period.firstDay <= day }
    }

    /// Since when the figures keep the bounds: the last day of the first period after which none misses them.
    private func metOn(_ indicator: String, _ period: Period, _ bounds: TargetBounds) -> Day? {
        var since: Day?
        for cell in within(indicator, period) {
            switch TargetAssessment(cell.figure, against: bounds) {
            case .met: since = since ?? min(cell.period.lastDay, day)
            case .noFigure, .disputed, .sealed, .noBound: break
            case .notMet, .aspirationalShort: since = nil
            }
        }
        return since
    }
}

extension Figure {
    fileprivate var value: ExactDecimal? { if case .value(let value) = self { value } else { nil } }
    fileprivate var code: String {
        switch self {
        case .value: "value"
        case .none: "none"
        case .disputed: "disputed"
        case .sealed: "sealed"
        }
    }
}

extension TargetAssessment {
    fileprivate var code: String {
        switch self {
        case .met: "met"
        case .notMet: "notMet"
        case .aspirationalShort: "aspirationalShort"
        case .noFigure: "noFigure"
        case .disputed: "disputed"
        case .sealed: "sealed"
        case .noBound: "noBound"
        }
    }
    fileprivate var shortBy: ExactDecimal? {
        switch self {
        case .notMet(let short), .aspirationalShort(let short): short
        default: nil
        }
    }
}

extension DeadlineStatus.State {
    fileprivate var fact: (String?, Int?) {
        switch self {
        case .notIssued: ("notIssued", nil)
        case .met: ("met", nil)
        case .metLate(let days): ("metLate", days)
        case .due(let days): ("due", days)
        case .overdue(let days): ("overdue", days)
        }
    }
}
