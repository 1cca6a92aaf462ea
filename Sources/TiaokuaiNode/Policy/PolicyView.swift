import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// Units, indicators and the responsibility matrix as held, ready to say who governs a record.
struct PolicyView: Sendable {
    let regions: RegionTable
    let root: RegionID?
    private(set) var units: [UnitID: Unit] = [:]
    private(set) var unitsByRegion: [RegionID: [Unit]] = [:]
    private(set) var ledgerMarks: [UnitID: String] = [:]
    private(set) var governments: [RegionID: UnitID] = [:]
    private(set) var indicators: [String: [IndicatorDefinition]] = [:]
    private(set) var tenures: [Tenure] = []
    /// By place; one history for each matrix record.
    var matrix: [RegionID: [MatrixHistory]] = [:]
    /// Of each operation on a matrix record that makes no version by its own fault, why.
    private(set) var matrixFaults: [OperationID: VoidReason] = [:]

    init(_ reader: StoreReader, trust: TrustState?, regions: RegionTable, root: RegionID?) throws {
        self.regions = regions
        self.root = root
        try readUnits(reader, trust)
        unitsByRegion = Dictionary(grouping: units.values.sorted { $0.id < $1.id }, by: \.region)
        for ref in try PolicyView.records(reader, IndicatorKind.table.name) {
            if let indicator = IndicatorDefinition(try PolicyView.policyRecord(reader, ref)) { indicators[indicator.id, default: []].append(indicator) }
        }
        for ref in try PolicyView.records(reader, PostKind.table.name) {
            if let tenure = Tenure(try PolicyView.policyRecord(reader, ref)) { tenures.append(tenure) }
        }
        for ref in try PolicyView.records(reader, MatrixKind.table.name) {
            guard let place = try reader.record(ref).key.partition.place, let government = governments[place] else { continue }
            let history = try PolicyView.history(reader, ref, of: government)
            matrixFaults.merge(history.faults) { first, _ in first }
            if !history.versions.isEmpty { matrix[place, default: []].append(history) }
        }
    }

    /// Records of a kind in an order of their own, whatever the order in which they came.
    private static func records(_ reader: StoreReader, _ kind: KindName) throws -> [RecordRef] {
        try reader.records(kind: kind).map { (id: try reader.record($0).id, ref: $0) }.sorted { $0.id < $1.id }.map(\.ref)
    }

    private mutating func readUnits(_ reader: StoreReader, _ trust: TrustState?) throws {
        for ref in try PolicyView.records(reader, UnitKind.table.name) {
            let record = try PolicyView.policyRecord(reader, ref)
            guard let unit = UnitKind.unit(record) else { continue }
            // Whatever another place says of a unit, its own place's word counts: that is held wherever the place is.
            let own = trust?.regionOfUnit[unit.id] ?? PolicyView.placePrefix(unit.id)
            if let known = units[unit.id], known.region == own || unit.region != own { continue }
            units[unit.id] = unit
            ledgerMarks[unit.id] = record[UnitKind.ledgerMark]?.text
        }
        // What credentials say of a unit's place comes before what the unit table says.
        for (unit, region) in trust?.regionOfUnit ?? [:] {
            guard units[unit]?.region != region else { continue }
            let known = units[unit]
            // A government that its superior has not registered here yet goes by its place's name.
            let government = trust?.governments[region] == unit ? regions.region(region).map { $0.lastPeriod.name + "人民政府" } : nil
            units[unit] = Unit(
                id: unit, name: known?.name ?? government ?? unit.text, aliases: known?.aliases ?? [], region: region, line: PolicyView.lineSuffix(unit),
                management: .territorial, isGovernment: trust?.governments[region] == unit)
            ledgerMarks[unit] = nil
        }
        governments = trust?.governments ?? [:]
        // Where no credential speaks of a place's government: the first that is registered, by its id.
        for unit in units.values.filter(\.isGovernment).sorted(by: { $0.id < $1.id }) {
            if governments[unit.region] == nil, trust?.rivalGovernments[unit.region] == nil { governments[unit.region] = unit.id }
        }
    }

    /// The place that the ids we mint begin with: `620724` of `620724.hrss`.
    private static func placePrefix(_ unit: UnitID) -> RegionID? {
        unit.text.firstIndex(of: ".").flatMap { try? RegionID(checking: String(unit.text[..<$0])) }
    }

    /// Until a unit is registered, `620724.hrss` reads as a unit of line `hrss`: the convention of the ids we mint.
    static func lineSuffix(_ unit: UnitID) -> LineID? {
        guard let dot = unit.text.lastIndex(of: "."), let line = try? LineID(checking: String(unit.text[unit.text.index(after: dot)...])), line.text != "gov"
        else { return nil }
        return line
    }

    /// What policy records come to, by the form in which it is kept: all of them are looked at again whenever one of them changes.
    private static let settlements = Memo<[UInt8], Settlement>(maximum: 4_096)

    private static func settlement(_ form: [UInt8]) throws -> Settlement { try settlements.answer(form) { try SettlementForm.decode(form) } }

    /// The values in use of a policy record.
    private static func policyRecord(_ reader: StoreReader, _ ref: RecordRef) throws -> EffectiveRecord {
        let values = try reader.outcome(ref).map { try settlement($0.form).fields.compactMapValues(\.value) }
        return EffectiveRecord(try reader.record(ref).key, values ?? [:])
    }

    /// The values in use of one record.
    static func effective(_ reader: StoreReader, _ ref: RecordRef) throws -> EffectiveRecord {
        let row = try reader.record(ref)
        if let outcome = try reader.outcome(ref) {
            let settlement = try SettlementForm.decode(outcome.form)
            return EffectiveRecord(row.key, settlement.fields.compactMapValues(\.value))
        }
        var values: [FieldNumber: Value] = [:]
        for standing in try reader.standing(ref) {
            for field in try PackedFields.decode(standing.fields) { values[field.number] = field.value }
        }
        return EffectiveRecord(row.key, values)
    }

    private static func history(_ reader: StoreReader, _ ref: RecordRef, of government: UnitID) throws -> MatrixHistory {
        let (operations, admitted) = try statements(reader, ref, of: government)
        return MatrixHistory(operations, admitted: admitted, key: try reader.record(ref).key)
    }

    /// The versions of a matrix record or of a form are what its place's government said of it; another unit's word is an
    /// objection at most. A form or a matrix that contradicts itself is void, which is found from here and changes nothing here.
    static func statements(
        _ reader: StoreReader, _ ref: RecordRef, of government: UnitID
    ) throws -> (all: [OperationID: Operation], admitted: Set<OperationID>) {
        guard let outcome = try reader.outcome(ref) else { return ([:], []) }
        let settlement = try settlement(outcome.form)
        var operations: [OperationID: Operation] = [:]
        var admitted: Set<OperationID> = []
        for stored in try StoredOperation.decode(outcome.places) {
            let operation = try stored.operation()
            operations[stored.id] = operation
            let verdicts = settlement.verdicts[stored.id] ?? [:]
            let isAdmitted = !verdicts.isEmpty && verdicts.values.allSatisfy(counts)
            if isAdmitted, operation.unit == government { admitted.insert(stored.id) }
        }
        return (operations, admitted)
    }

    private static func counts(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .void(let reason): KindFault.Code(rawValue: reason.rawValue) != nil || MatrixFault.reasons.contains(reason)
        case .pending: false
        default: true
        }
    }

    /// Places whose matrix or indicators are others: no working record is governed otherwise but there and below.
    func placesGoverned(otherwiseThan other: PolicyView) -> Set<RegionID> {
        var places = Set(matrix.keys).union(other.matrix.keys).filter { matrix[$0] != other.matrix[$0] }
        for id in Set(indicators.keys).union(other.indicators.keys) where indicators[id] != other.indicators[id] {
            places.formUnion(((indicators[id] ?? []) + (other.indicators[id] ?? [])).map(\.place))
        }
        return places
    }

    /// Places whose units or government are others, and those whose matrix names such a unit.
    func placesPeopled(otherwiseThan other: PolicyView) -> Set<RegionID> {
        let changed = Set(units.keys).union(other.units.keys).filter { units[$0] != other.units[$0] }
        var places = Set(governments.keys).union(other.governments.keys).filter { governments[$0] != other.governments[$0] }
        for unit in changed { places.formUnion([units[unit]?.region, other.units[unit]?.region].compactMap(\.self)) }
        for (place, histories) in matrix.merging(other.matrix, uniquingKeysWith: +) where !changed.isEmpty {
            if histories.contains(where: { $0.versions.contains { !changed.isDisjoint(with: $0.entry.leading + $0.entry.assisting + $0.entry.blanketUnits) } }) {
                places.insert(place)
            }
        }
        return places
    }

    // MARK: Questions

    func path(of place: RegionID, on day: Day) -> [RegionID] {
        regions.responsible(for: place, on: day, root: root) ?? [place]
    }

    func isWithin(_ region: RegionID, _ ancestor: RegionID) -> Bool { regions.isResponsible(ancestor, for: region, on: Day(number: .max)) }

    func reaches(_ region: RegionID, _ partition: Partition) -> Bool { regions.reaches(region, partition) }

    /// The definition that counts at a place: the nearest on its path.
    func indicator(_ id: String, at place: RegionID) -> IndicatorDefinition? {
        let path = path(of: place, on: Day(number: .max))
        return path.lazy.compactMap { region in indicators[id]?.first { $0.place == region } }.first
    }

    func name(of unit: UnitID) -> String { units[unit]?.name ?? unit.text }

    /// Matrix entries of one tier: of each record the version that governs on `day` (the newest with no day), or the cited one.
    func entries(at place: RegionID, on day: Day?, citing cited: OperationID? = nil) -> [MatrixVersion] {
        (matrix[place] ?? []).compactMap { history in cited.flatMap { history.version($0) } ?? history.governing(on: day) }
    }

    /// The history to which a cited version belongs, if its place is on the path.
    func history(of version: OperationID, on path: [RegionID]) -> MatrixHistory? {
        path.lazy.compactMap { place in matrix[place]?.first { $0.version(version) != nil } }.first
    }
}
