import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// One thing that is not so.
public enum Supposition: Hashable, Sendable {
    /// Another mode, at one tier of the record's path or at all.
    case mode(ResponsibilityMode, at: RegionID?)
    /// A claim withdrawn, or a decision not taken: the operation's identity or its first eight digits or more. For a bound
    /// also a word on another tier's record of the same key.
    case without(String)
}

extension Office {
    /// What a field would come to with one thing changed, beside what it comes to: by the same engine, over all that is held,
    /// and nothing is written. Throws `unknownField`, `unknownRecord`, `unknownOperation`, `operationElsewhere`, `placeNotAbove`.
    public func whatIf(_ reference: String, field: String, _ supposition: Supposition) throws -> SupposedField {
        try node.ask { view in
            let row = try view.theRecord(reference)
            let spec = try ValueReader(view, row.key).spec(field)
            guard spec.rule != .accompanying else { throw OfficeError(.unknownField, ["field": field, "kind": row.key.kind.text]) }
            return try Supposer(view, row, spec).field(supposition)
        }
    }
}

/// Settles one record twice: as it is and as it is not.
private struct Supposer {
    private let view: NodeView
    private let facts: FactMaker
    private let row: RecordRow
    private let spec: FieldSpec
    private let table: KindTable

    init(_ view: NodeView, _ row: RecordRow, _ spec: FieldSpec) throws {
        guard let table = view.table(of: row.key) else { throw NodeError(.unknownKind, ["kind": row.key.kind.text]) }
        self.view = view
        self.row = row
        self.spec = spec
        self.table = table
        facts = FactMaker(view)
    }

    private struct Held {
        let row: RecordRow
        let judged: [JudgedOperation]
        let governance: GoverningVersions
    }

    private func held(_ row: RecordRow) throws -> Held {
        let judged = view.judged(try view.operations(of: row.ref), of: row.key)
        return Held(row: row, judged: judged, governance: try view.governing(row.key, judged))
    }

    func field(_ supposition: Supposition) throws -> SupposedField {
        let own = try held(row)
        let (change, changed, stated) = try resolve(supposition, own)
        let now = settle(own.judged, record: row.id, table: table, governance: own.governance)
        let isHere = changed.row.id == row.id
        let then = isHere ? whatIf(change, own.judged, record: row.id, table: table, governance: own.governance) : now
        let before = try outcome(now, own.governance, supposing: nil)
        let after = try outcome(
            then, isHere ? change.applied(to: own.judged, own.governance).governance : own.governance,
            supposing: (changed.row, whatIf(change, changed.judged, record: changed.row.id, table: table, governance: changed.governance)))
        let claims = own.judged.compactMap { claim($0, now, then, isLeftOut: change == .without($0.id)) }
        return SupposedField(
            record: try facts.record(row), field: spec.name, title: spec.title, supposition: stated, isSame: before == after, now: before, then: after,
            claims: claims, isSample: claims.contains(where: \.isSample))
    }

    private func resolve(_ supposition: Supposition, _ own: Held) throws -> (WhatIf, Held, SuppositionFact) {
        switch supposition {
        case .mode(let mode, let place):
            let tiers = own.governance.governing.tiers
            let tier = try place.map { place in
                guard let tier = tiers.firstIndex(where: { $0.region == place }) else {
                    throw OfficeError(.placeNotAbove, ["place": facts.place(place).name, "reference": view.reference(of: row)])
                }
                return tier
            }
            let stated = SuppositionFact(what: "mode", mode: mode.rawValue, place: place.map(facts.place), claim: nil, isDecision: false, record: nil)
            return (.mode(mode, tier: tier), own, stated)
        case .without(let text):
            let (id, changed) = try theOperation(text, own)
            guard let operation = changed.judged.first(where: { $0.id == id })?.operation else { throw OfficeError(.unknownOperation, ["operation": text]) }
            let settlement = settle(changed.judged, record: changed.row.id, table: table, governance: changed.governance)
            let brief = ClaimBrief(
                operation: id.hash.hex, unit: facts.unit(operation.unit), value: (operation.value(of: spec.number) ?? nil).map(facts.text),
                verdict: facts.verdict(settlement.verdicts[id]?[spec.number] ?? .stands))
            let stated = SuppositionFact(
                what: "without", mode: nil, place: nil, claim: brief, isDecision: !operation.names.isEmpty && spec.rule != .workflow && spec.rule != .set,
                record: changed.row.id == row.id ? nil : try facts.record(changed.row))
            return (.without(id), changed, stated)
        }
    }

    /// The operation on this record, or for a bound on the record of the same key at another tier.
    private func theOperation(_ text: String, _ own: Held) throws -> (OperationID, Held) {
        let prefix = text.lowercased()
        guard prefix.utf8.count >= 8 else { throw OfficeError(.unknownOperation, ["operation": text]) }
        var records = [own]
        if case .strictest = spec.rule, let place = row.key.partition.place {
            for region in view.path(of: place).dropFirst() {
                guard let ref = try view.recordRef(RecordKey(.policy(region), row.key.kind, row.key.values)) else { continue }
                records.append(try held(try view.reader.record(ref)))
            }
        }
        let found = records.flatMap { held in held.judged.filter { $0.id.hash.hex.hasPrefix(prefix) }.map { ($0.id, held) } }
        guard let one = found.first, found.count == 1 else { throw try view.missing(operation: text, on: row) }
        return one
    }

    private func outcome(_ settlement: Settlement, _ governance: GoverningVersions, supposing other: (row: RecordRow, settlement: Settlement)?) throws -> OutcomeFact {
        let outcome = settlement.fields[spec.number] ?? FieldOutcome(blank: .noClaim)
        guard let bound = try view.bound(row.key, spec, facts, supposing: other.map { [$0.row.ref: $0.settlement] } ?? [:]) else {
            return facts.outcome(outcome, spec, row.key, governance.governing.tiers)
        }
        let source = bound.source.map { SourceFact(document: $0.document ?? "", clause: $0.clause ?? "", formula: "") }
        return OutcomeFact(
            value: bound.value, measure: bound.measure, blank: bound.value == nil ? facts.blank(outcome.blank ?? .noClaim) : nil,
            rule: DecidingRule.strictest.rawValue, mode: nil, source: source, decidingPlace: bound.source?.place, dispute: nil, deciders: [])
    }

    private func claim(_ judged: JudgedOperation, _ now: Settlement, _ then: Settlement, isLeftOut: Bool) -> SupposedClaim? {
        guard let word = judged.operation.value(of: spec.number), let before = now.verdicts[judged.id]?[spec.number] else { return nil }
        // What its own unit replaced and would still have replaced says nothing.
        let after = then.verdicts[judged.id]?[spec.number]
        if case .replaced = before, case .replaced? = after { return nil }
        return SupposedClaim(
            operation: judged.id.hash.hex, unit: facts.unit(judged.operation.unit), value: word.map(facts.text), now: facts.verdict(before),
            then: isLeftOut ? nil : facts.verdict(after ?? before), isSample: judged.operation.isSample)
    }
}

extension FactMaker {
    func outcome(_ outcome: FieldOutcome, _ spec: FieldSpec, _ key: RecordKey, _ tiers: [GoverningTier]) -> OutcomeFact {
        let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        let state = outcome.dispute.map { $0.isReopened ? "reopened" : $0.prevailing.isEmpty ? "undecided" : "byRule" }
        return OutcomeFact(
            value: outcome.value.map(text), measure: measure(of: spec, key), blank: blank(outcome.blank), rule: outcome.rule.rawValue,
            mode: outcome.mode?.rawValue, source: source(tier?.source), decidingPlace: tier.map { place($0.region) }, dispute: state,
            deciders: units(outcome.dispute?.deciders ?? []))
    }
}

extension NodeView {
    /// Why an operation that somebody names is not among a record's: there is none such, or it is a word on another record.
    func missing(operation text: String, on row: RecordRow) throws -> OfficeError {
        let prefix = text.lowercased()
        let isHex = (8...64).contains(prefix.utf8.count) && prefix.utf8.allSatisfy(RecordReference.isHex)
        let elsewhere = isHex ? try records(withOperation: prefix) : []
        guard let other = elsewhere.first(where: { $0.id != row.id }) else {
            return OfficeError(.unknownOperation, ["operation": text, "reference": reference(of: row)])
        }
        return OfficeError(.operationElsewhere, ["operation": text, "reference": reference(of: row), "other": reference(of: other)])
    }
}
