import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// What somebody held when a word was entered: a record with the course of every field, in order of entry.
public struct AuditHistory: Codable, Hashable, Sendable {
    public let record: RecordFact
    /// Fields that somebody spoke of, as they stand now.
    public let fields: [AuditedField]
    /// In order of entry; what is not sealed yet, and so in no entry, last.
    public let words: [AuditedWord]

    public init(record: RecordFact, fields: [AuditedField], words: [AuditedWord]) {
        self.record = record
        self.fields = fields
        self.words = words
    }
}

/// A field as it stands now, and why.
public struct AuditedField: Codable, Hashable, Sendable {
    public let field: String
    public let title: String
    public let value: String?
    public let measure: String?
    public let blank: BlankFact?
    /// A raw value of `DecidingRule`.
    public let rule: String
    public let mode: String?
    /// The document and clause that state the mode, with the words that do.
    public let source: SourceFact?
    public let decidingPlace: PlaceFact?
    public let dispute: DisputeFact?
    /// Standing claims of something else than what is in use.
    public let losing: [ClaimBrief]
    /// Of a bound or standard that a superior's leaves without effect: what is in use in its place.
    public let inForce: InForceFact?
}

/// What a superior's record says where one below it is kept without effect.
public struct InForceFact: Codable, Hashable, Sendable {
    /// `inert`, `refused`, or `undecided` where standards differ and none is in use.
    public let standing: String
    public let value: String?
    /// Whose value it is.
    public let place: PlaceFact?
}

/// One operation's word on one field.
public struct AuditedWord: Codable, Hashable, Sendable {
    public let operation: String
    public let field: String
    public let title: String
    /// Left out: withdrawn.
    public let value: String?
    public let measure: String?
    public let unit: UnitFact
    public let person: String
    /// The posts of the unit that the person held on the day of writing.
    public let posts: [String]
    /// The period or day that the record is about.
    public let business: String?
    /// The author's clock.
    public let written: String
    /// Where and when it entered this node's log; left out while it is not sealed.
    public let entered: EntryFact?
    public let node: String
    public let nodeName: String
    /// The words on the record that its author had seen: all of them, not only the newest.
    public let hadSeen: [SeenFact]
    /// When it entered; left out while it is not sealed.
    public let verdictThen: VerdictFact?
    /// The value in use then.
    public let valueThen: String?
    public let ruleThen: String?
    public let verdictNow: VerdictFact
    /// A decision: which words it settles.
    public let settles: [SeenFact]
    public let ground: String?
    public let evidence: String?
    public let reason: String?
    public let newFact: String?
    public let isSample: Bool
}

/// A word by who said what.
public struct SeenFact: Codable, Hashable, Sendable {
    public let operation: String
    public let unit: UnitFact
    public let value: String?
}

/// An entry of this node's log.
public struct EntryFact: Codable, Hashable, Sendable {
    public let position: UInt64
    /// When it came, as far as checkpoints seal it.
    public let received: String
    /// A checkpoint covers it.
    public let isSealed: Bool
    public let changeset: String
    /// The node whose snapshot it came with, and which holds its signature; left out where the signature is here.
    public let bySnapshotOf: String?
}

extension NodeView {
    func fact(of entry: LogEntry) throws -> EntryFact {
        let snapshot = try reader.snapshot(of: entry.entry.ref)
        return EntryFact(
            position: entry.position, received: entry.known.timestamp, isSealed: entry.isSealed, changeset: entry.entry.id.hash.hex,
            bySnapshotOf: try snapshot.map { try reader.snapshotHolder($0).map(name(ofNode:)) ?? $0.hex })
    }
}

extension Office {
    /// A record's whole course: each word with its author, its three times, what the author had seen, and what became of it when
    /// it entered and now. With a field only the words on that one.
    ///
    /// Settles the record afresh for each entry, under the policy of that entry. Throws `unknownRecord`, `ambiguousRecord`,
    /// `unknownField`.
    public func auditHistory(_ reference: String, field: String? = nil) throws -> AuditHistory {
        let (row, held, positions) = try node.ask { view in
            let row = try view.theRecord(reference)
            return (row, try view.operations(of: row.ref), try view.policyPositions())
        }
        let thens = try settlementsThen(row, held, positions)
        return try node.ask { view in try AuditHistoryMaker(view, row, held, thens).history(field: try field.map { try ValueReader(view, row.key).spec($0) }) }
    }

    /// The same without the words that their own units have replaced since, but for those that a standing decision settles, and without
    /// steps of a workflow that are past: who stands by what, and who decided.
    public func auditDecided(_ reference: String, field: String? = nil) throws -> AuditHistory {
        let all = try auditHistory(reference, field: field)
        let standing = all.words.filter { !["replaced", "passed"].contains($0.verdictNow.code) }
        // What a decision was about belongs to it, also where its unit has said something else since.
        let settled = Set(standing.flatMap(\.settles).map(\.operation))
        let kept = Set(standing.map { [$0.operation, $0.field] })
        return AuditHistory(record: all.record, fields: all.fields, words: all.words.filter { kept.contains([$0.operation, $0.field]) || settled.contains($0.operation) })
    }

    /// What the record came to when its entries had come, by their positions.
    private func settlementsThen(_ row: RecordRow, _ held: [HeldOperation], _ policy: [UInt64]) throws -> [UInt64: Then] {
        var thens: [UInt64: Then] = [:]
        let leaves = Set(held.compactMap(\.leaf)).sorted()
        // Between two entries of policy the policy is one.
        let byPolicy = Dictionary(grouping: leaves) { leaf in policy.count { $0 <= leaf } }
        for (count, group) in byPolicy {
            let then = count == policy.count ? node : try group.first.map { leaf in try node.past(try node.ask { try $0.horizon(position: leaf + 1) }) }
            guard let then else { continue }
            try then.ask { view in
                guard let table = view.table(of: row.key) else { return }
                let asides = try PathVerdicts(view).asides(of: row)
                for leaf in group {
                    let judged = view.judged(held.filter { $0.leaf.map { $0 <= leaf } ?? false }, of: row.key)
                    thens[leaf] = Then(settlement: settle(judged, record: row.id, table: table, governance: try view.governing(row.key, judged)), asides: asides)
                }
            }
        }
        return thens
    }
}

/// What a record had come to when an entry came, and which of its standing words were not in use.
private struct Then {
    let settlement: Settlement
    let asides: [FieldNumber: PathVerdicts.Aside]
}

private struct AuditHistoryMaker {
    private let view: NodeView
    private let facts: FactMaker
    private let row: RecordRow
    private let held: [HeldOperation]
    private let thens: [UInt64: Then]
    private let paths: PathVerdicts
    private let asides: [FieldNumber: PathVerdicts.Aside]
    private let now: Settlement
    private let past: CausalPast
    private let byID: [OperationID: Operation]

    init(_ view: NodeView, _ row: RecordRow, _ held: [HeldOperation], _ thens: [UInt64: Then]) throws {
        self.view = view
        self.row = row
        self.held = held
        self.thens = thens
        facts = FactMaker(view)
        paths = PathVerdicts(view)
        asides = try paths.asides(of: row)
        now = try facts.settlement(row)
        past = CausalPast(held.map { ($0.id, $0.operation.seen) })
        byID = Dictionary(held.map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
    }

    func history(field: FieldSpec?) throws -> AuditHistory {
        let specs = (view.table(of: row.key)?.fields ?? []).filter { $0.rule != .accompanying && (field == nil || $0.number == field?.number) }
        let tiers = try view.governing(row.key, view.judged(held, of: row.key)).governing.tiers
        var entries: [UInt64: EntryFact] = [:]
        for leaf in Set(held.compactMap(\.leaf)) { entries[leaf] = try view.logEntry(leaf).map(view.fact) }
        return AuditHistory(
            record: try facts.record(row), fields: specs.compactMap { spec in now.fields[spec.number].map { audited(spec, $0, tiers) } },
            words: held.flatMap { one in specs.filter { one.operation.value(of: $0.number) != nil }.map { word(one, $0, one.leaf.flatMap { entries[$0] }) } })
    }

    private func audited(_ spec: FieldSpec, _ outcome: FieldOutcome, _ tiers: [GoverningTier]) -> AuditedField {
        let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
        return AuditedField(
            field: spec.name, title: spec.title, value: outcome.value.map(facts.text), measure: facts.measure(of: spec, row.key), blank: facts.blank(outcome.blank),
            rule: outcome.rule.rawValue, mode: outcome.mode?.rawValue, source: facts.source(tier?.source), decidingPlace: tier.map { facts.place($0.region) },
            dispute: facts.dispute(outcome.dispute),
            losing: outcome.standing.filter { claim in
                !outcome.sources.contains(claim.operation) && claim.verdict != .decides && !(claim.verdict == .stands && claim.value == outcome.value)
            }.map(facts.claim),
            inForce: asides[spec.number].map(facts.inForce))
    }

    private func word(_ one: HeldOperation, _ spec: FieldSpec, _ entered: EntryFact?) -> AuditedWord {
        let operation = one.operation
        let then = one.leaf.flatMap { thens[$0] }
        return AuditedWord(
            operation: one.id.hash.hex, field: spec.name, title: spec.title, value: (operation.value(of: spec.number) ?? nil).map(facts.text),
            measure: facts.measure(of: spec, row.key), unit: facts.unit(operation.unit), person: operation.person.text,
            posts: facts.posts(operation), business: facts.business(row.key, operation), written: operation.written.timestamp,
            entered: entered, node: one.node.hash.hex, nodeName: view.name(ofNode: one.node),
            hadSeen: past.past(of: one.id).sorted().compactMap { seen($0, spec) },
            verdictThen: then.map { paths.fact($0.settlement.verdicts[one.id]?[spec.number] ?? .stands, of: one.id, beside: $0.asides[spec.number]) },
            valueThen: (then?.asides[spec.number].map { $0.inUse?.value } ?? then?.settlement.fields[spec.number]?.value).map(facts.text),
            ruleThen: then?.settlement.fields[spec.number]?.rule.rawValue,
            verdictNow: paths.fact(now.verdicts[one.id]?[spec.number] ?? .stands, of: one.id, beside: asides[spec.number]), settles: operation.names.compactMap { seen($0, spec) },
            ground: operation.note(.ground), evidence: operation.note(.evidence), reason: operation.note(.reason), newFact: operation.note(.newFact),
            isSample: operation.isSample)
    }

    private func seen(_ id: OperationID, _ spec: FieldSpec) -> SeenFact? {
        guard let operation = byID[id], let said = operation.value(of: spec.number) else { return nil }
        return SeenFact(operation: id.hash.hex, unit: facts.unit(operation.unit), value: said.map(facts.text))
    }
}
