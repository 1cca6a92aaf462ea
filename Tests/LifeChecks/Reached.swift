import NaiveModel
import TiaokuaiModel

/// How often each thing was met that a life is to meet. A name that stays at zero was never tried.
public struct Reached: Sendable {
    public private(set) var counts: [String: Int] = [:]
    public init() {}

    public mutating func note(_ name: String, _ times: Int = 1) { if times > 0 { counts[name, default: 0] += times } }
    public mutating func add(_ other: Reached) { for (name, count) in other.counts { counts[name, default: 0] += count } }

    /// What the rules made of one record, by the naive model and the ledger.
    mutating func count(
        _ key: RecordKey, _ table: KindTable, _ seen: SeenRecord, _ naive: NaiveSettlement, _ governance: NaiveGovernance, _ ledger: LifeLedger
    ) {
        func unit(_ id: OperationID) -> UnitID? { ledger.deeds[id]?.unit }
        if !naive.pending.isEmpty { note("R14 an operation waits for one that has not come") }
        for spec in table.fields {
            guard let outcome = naive.fields[spec.number] else { continue }
            let standing = outcome.standing
            let units = Set(standing.compactMap(unit))
            let values = Set(standing.compactMap { ledger.deeds[$0]?.fields[spec.number] ?? nil })
            switch spec.rule {
            case .soleIssuer, .soleReporter:
                if standing.contains(where: { id in unit(id).map { !governance.issuers.contains($0) } ?? false }) { note("R1 another unit's word on an issuer's field is an objection") }
            case .authority:
                guard units.count > 1 else { break }
                if values.count == 1 { note("R12 equal claims of several units agree") }
                guard values.count > 1 else { break }
                if !governance.statistics.isEmpty { note("R7 a statistical figure is disputed") }
                note("R6 \(governance.isVertical ? "vertical" : "\(governance.tiers[0].mode)"), \(outcome.value == nil ? "blank" : "a value in use")")
                if units.contains(where: { governance.onPath[$0] ?? 0 > 0 }) { note("R5 a determination stands beside a report") }
            case .holder: if units.count > 1, values.count > 1 { note("R10 two holders named") }
            case .workflow:
                if let state = outcome.value?.text { note("R9 \(table.name) is \(state)") }
            case .strictest, .set, .accompanying: break
            }
            if outcome.isDisputed { note("dispute over \(table.name).\(spec.name)") }
            for (one, deed) in standing.compactMap({ id in ledger.deeds[id].map { (id, $0) } }) {
                if standing.contains(where: { $0 != one && ledger.deeds[$0]?.unit == deed.unit && ledger.deeds[$0]?.fields[spec.number] != deed.fields[spec.number] }) {
                    note("R19 a unit differs with itself")
                    break
                }
            }
        }
        if governance.isVertical { note("R17 a vertical unit's record") }
        countSpeech(key, table, naive, ledger)
        for (id, fields) in naive.void where !fields.isEmpty { note(unit(id).flatMap { governance.onPath[$0] } == nil ? "void: not on the path" : "void: by the rules") }
    }

    /// What was said, apart from what it came to.
    private mutating func countSpeech(_ key: RecordKey, _ table: KindTable, _ naive: NaiveSettlement, _ ledger: LifeLedger) {
        let deeds = (ledger.spoken[key] ?? []).compactMap { ledger.deeds[$0] }
        for deed in deeds where !deed.names.isEmpty {
            for field in deed.fields.keys where !(naive.void[deed.id]?.contains(field) ?? false) {
                guard let rule = table.field(field)?.rule, rule == .authority || rule == .holder else { continue }
                note(deed.fields[field] == .some(nil) ? "R8 a decision is taken back" : "R8 a decision holds")
            }
        }
        if let place = key.partition.place {
            let isOfAPeriod = table.key.contains { $0.name == "period" }
            if isOfAPeriod, (ledger.places.superiors[place]?.count ?? 0) > 1 { note("R15 a figure or bound of a place that changed hands") }
            if let heirs = ledger.places.successions[place]?.heirs {
                let what = isOfAPeriod ? "a figure or bound" : "what has no period"
                note("R15 \(what) of a place that \(heirs.count == 1 ? "another" : "several") took over")
            }
        }
        switch table.name.text {
        case "acknowledgement": note("R18 the losing side acknowledges")
        case "objection": note("R18 an objection at the unit's own place")
        case "allocation": if naive.fields.values.contains(where: { $0.value != nil }) { note("R4 an allocation stands as its parent made it") }
        case "standard": note("R3 a standard stands as issued")
        case "document": if deeds.count > 1 { note("R21 an issuer's later word replaces its own") }
        default: break
        }
    }
}
