import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Turns what a view holds into facts for people and programs.
struct FactMaker {
    let view: NodeView

    init(_ view: NodeView) { self.view = view }

    func table(_ key: RecordKey) -> KindTable? { view.table(of: key) }

    // MARK: Names

    func unit(_ id: UnitID) -> UnitFact { UnitFact(id: id.text, name: view.name(of: id)) }

    func units(_ ids: some Sequence<UnitID>) -> [UnitFact] { ids.map(unit) }

    /// The posts of its unit that an operation's person held on the day of writing.
    func posts(_ operation: Operation) -> [String] {
        let held = view.tenures.filter { $0.person == operation.person && $0.post.unit == operation.unit && $0.covers(operation.written.day) }
        return Set(held.map(\.post.post)).sorted()
    }

    func place(_ id: RegionID) -> PlaceFact { PlaceFact(id: id.text, name: view.node.regions.region(id)?.lastPeriod.name ?? id.text) }

    // MARK: Values

    /// The measure in which a decimal field of this record is kept; nil for a plain number or another type.
    func measure(of spec: FieldSpec, _ key: RecordKey) -> String? {
        guard spec.type == .decimal else { return nil }
        if let stated = spec.measure { return stated }
        if spec.number == TargetKind.percentOfTarget, key.kind == TargetKind.table.name { return "%" }
        if key.kind == LedgerItemKind.table.name { return "元" }
        guard let indicator = key.text("indicator", in: table(key)), let place = key.partition.place else { return nil }
        return view.indicator(indicator, at: place)?.measure
    }

    /// Plain text; a record id that is held here as its reference. Items of a list are parted by 、, parts of an item by spaces.
    func text(_ value: Value) -> String {
        switch value {
        case .bytes(let bytes):
            if let hash = Hash32(bytes: bytes), let ref = try? view.reader.recordRef(RecordID(hash)), let row = try? view.reader.record(ref) {
                return view.reference(of: row)
            }
            return bytes.hex
        // Of rows in a list, each as one: a citation, a figure of a circular.
        case .list(let list): return list.map { $0.list?.map(text).joined(separator: " ") ?? text($0) }.joined(separator: "、")
        default: return value.description
        }
    }

    // MARK: Records

    func record(_ row: RecordRow) throws -> RecordFact { try record(row.key, id: row.id, ref: row.ref) }

    /// A record that perhaps nobody spoke of yet.
    func record(_ key: RecordKey) throws -> RecordFact { try record(key, id: try view.identity(of: key), ref: try view.recordRef(key)) }

    private func record(_ key: RecordKey, id: RecordID, ref: RecordRef?) throws -> RecordFact {
        let table = table(key)
        let parts = zip(table?.key.map(\.name) ?? key.values.indices.map { "\($0)" }, key.values).map { KeyPart(name: $0, value: text($1)) }
        let values = try ref.map { try view.effective($0).values } ?? [:]
        return RecordFact(
            id: id.hash.hex, reference: view.reference(of: key), kind: key.kind.text,
            kindTitle: table?.title ?? key.kind.text, kindEnglish: table?.english, place: key.partition.place.map(place), partition: key.partition.description, key: parts,
            title: title(key, values, table), isSample: try ref.map { try view.isSample($0) } ?? false)
    }

    private func title(_ key: RecordKey, _ values: [FieldNumber: Value], _ table: KindTable?) -> String? {
        for name in ["title", "name", "content"] {
            if let field = table?.field(named: name), field.type == .text, let text = values[field.number]?.text { return text }
        }
        guard let indicator = key.text("indicator", in: table), let place = key.partition.place else { return nil }
        return view.indicator(indicator, at: place)?.title
    }

    // MARK: Outcomes

    func verdict(_ verdict: Verdict) -> VerdictFact {
        func fact(_ code: String, by: OperationID? = nil, reason: String? = nil, waitsFor: [OperationID]? = nil) -> VerdictFact {
            VerdictFact(code: code, by: by?.hash.hex, reason: reason, waitsFor: waitsFor?.map(\.hash.hex))
        }
        return switch verdict {
        case .stands: fact("stands")
        case .overruled(let by): fact("overruled", by: by)
        case .disputed: fact("disputed")
        case .incomplete: fact("incomplete")
        case .inert: fact("inert")
        case .objection: fact("objection")
        case .replaced(let by): fact("replaced", by: by)
        case .withdrawn: fact("withdrawn")
        case .forked: fact("forked")
        case .pending(let ids): fact("pending", waitsFor: ids)
        case .void(let reason): fact("void", reason: reason.rawValue)
        case .passed: fact("passed")
        case .decides: fact("decides")
        }
    }

    func blank(_ blank: Blank?) -> BlankFact? {
        switch blank {
        case nil: nil
        case .noClaim: BlankFact(code: "noClaim", units: [])
        case .undecided: BlankFact(code: "undecided", units: [])
        case .forked(let unit): BlankFact(code: "forked", units: [self.unit(unit)])
        case .incompleteJointIssue(let missing): BlankFact(code: "incompleteJointIssue", units: units(missing))
        case .noReport: BlankFact(code: "noReport", units: [])
        }
    }

    func source(_ source: Source?) -> SourceFact? { source.map { SourceFact(document: $0.document, clause: $0.clause, formula: $0.formula) } }

    func dispute(_ dispute: Dispute?) -> DisputeFact? { dispute.map(fact(of:)) }

    func fact(of dispute: Dispute) -> DisputeFact {
        DisputeFact(
            id: dispute.id.hash.hex, axis: dispute.axis.rawValue, knowledge: dispute.knowledge.rawValue, claims: dispute.claims.map(\.hash.hex),
            prevailing: dispute.prevailing.map(\.hash.hex), deciders: units(dispute.deciders), isReopened: dispute.isReopened,
            isDecided: !dispute.prevailing.isEmpty && !dispute.isReopened)
    }

    func claim(_ claim: StandingClaim) -> ClaimBrief {
        ClaimBrief(operation: claim.operation.hash.hex, unit: unit(claim.unit), value: text(claim.value), verdict: verdict(claim.verdict))
    }

    func member(_ member: SetMember) -> MemberFact {
        var reference: String?
        if case .bytes(let bytes) = member.value, let hash = Hash32(bytes: bytes), let ref = try? view.reader.recordRef(RecordID(hash)),
            let row = try? view.reader.record(ref)
        {
            reference = view.reference(of: row)
        }
        return MemberFact(value: text(member.value), reference: reference, addedBy: member.addedBy.hash.hex, unit: unit(member.unit))
    }

    func known(_ held: HeldOperation) -> KnownFact {
        let name = held.node == view.settings.node ? view.settings.name : view.trust?.credentials(of: held.node).first?.content.name
        return KnownFact(
            node: held.node.hash.hex, nodeName: name, changeset: held.changeset?.hash.hex, leaf: held.leaf, received: held.received.map(\.timestamp),
            isOwn: held.node == view.settings.node)
    }
}

extension RecordKey {
    /// The text under this name of the kind's key.
    func text(_ name: String, in table: KindTable?) -> String? {
        guard let index = table?.key.firstIndex(where: { $0.name == name }), values.indices.contains(index) else { return nil }
        return values[index].text
    }
}

extension NodeView {
    /// Some operation whose claims stand says that it is 示例数据.
    func isSample(_ ref: RecordRef) throws -> Bool {
        guard let settlement = try settlement(ref) else { return false }
        let sources = Set(settlement.fields.values.flatMap { $0.standing.map(\.operation) + $0.members.map(\.addedBy) + $0.sources })
        return try settledOperations(of: ref).contains { sources.contains($0.id) && $0.operation.isSample }
    }
}

extension Operation {
    var isSample: Bool { value(of: .sample) == .some(.some(.boolean(true))) }

    /// The text of an accompanying field.
    func note(_ number: FieldNumber) -> String? { (value(of: number) ?? nil)?.text }
}
