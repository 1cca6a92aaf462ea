import TiaokuaiEntry
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Records of a kind (English name or Chinese title), at a place and everything below it, in order of arrival.
    public func list(kind: String, place: RegionID? = nil, limit: Int = 1_000) throws -> [ListRow] {
        try node.ask { view in
            let name = try view.kind(kind)
            let facts = FactMaker(view)
            var rows: [ListRow] = []
            for ref in try view.reader.records(kind: name) where rows.count < limit {
                let row = try view.reader.record(ref)
                if let place, row.key.partition.place.map({ view.isWithin($0, place) }) != true { continue }
                rows.append(try facts.listRow(row))
            }
            return rows
        }
    }

    /// The kind of this English name or Chinese title; throws `unknownKind`.
    public func kind(_ text: String) throws -> KindName { try node.ask { try $0.kind(text) } }

    /// Everything about one record: each field with its value in use or its blank, standing claims, disputes, and what the
    /// record names that is held here or not.
    public func show(_ reference: String) throws -> RecordView {
        try node.ask { view in
            let row = try view.theRecord(reference)
            let facts = FactMaker(view)
            return RecordView(
                record: try facts.record(row), fields: try facts.fields(row), references: try view.references(of: row, facts),
                judgement: view.table(of: row.key) == nil ? "pending" : try view.judgement(of: row)?.judgement.code,
                madeUnder: try view.madeUnder(row, facts))
        }
    }

    /// Records in whose key, title, names or other texts the words stand, in order of arrival. All of several words, parted by
    /// spaces, must be there.
    public func search(_ words: String, limit: Int = 50) throws -> [SearchHit] { try node.ask { try $0.search(words, limit: limit) } }
}

extension FactMaker {
    /// The settlement of a record, also of one that the fast path took.
    func settlement(_ row: RecordRow) throws -> Settlement {
        if let settlement = try view.settlement(row.ref) { return settlement }
        return try settlement(row, of: view.operations(of: row.ref))
    }

    /// What some of its operations come to, under the policy of now.
    func settlement(_ row: RecordRow, of held: [HeldOperation]) throws -> Settlement {
        guard let table = table(row.key) else { return Settlement() }
        let judged = view.judged(held, of: row.key)
        return settle(judged, record: row.id, table: table, governance: try view.governing(row.key, judged))
    }

    func listRow(_ row: RecordRow) throws -> ListRow {
        let values = try view.effective(row.ref).values
        var blanks: [NamedBlank] = []
        var isDisputed = false
        let specs = table(row.key)?.fields ?? []
        if let settlement = try view.settlement(row.ref) {
            for spec in specs {
                guard let outcome = settlement.fields[spec.number] else { continue }
                if let blank = blank(outcome.blank), outcome.blank != .noClaim { blanks.append(NamedBlank(field: spec.name, title: spec.title, blank: blank)) }
                if let dispute = outcome.dispute, dispute.prevailing.isEmpty || dispute.isReopened { isDisputed = true }
            }
        }
        let stated = statement(row.key, values)
        let named =
            stated
            + specs.compactMap { spec in
                values[spec.number].map { NamedValue(field: spec.name, title: spec.title, value: text($0), measure: measure(of: spec, row.key)) }
            }
        return ListRow(record: try record(row), values: named, blanks: blanks, isDisputed: isDisputed)
    }

    func fields(_ row: RecordRow) throws -> [FieldFact] {
        let settlement = try settlement(row)
        let tiers = try view.governing(row.key, view.judged(try view.operations(of: row.ref), of: row.key)).governing.tiers
        let asides = try PathVerdicts(view).asides(of: row)
        return try (table(row.key)?.fields ?? []).compactMap { spec in
            guard spec.rule != .accompanying, let outcome = settlement.fields[spec.number] else { return nil }
            let tier = outcome.decidingTier.flatMap { tiers.indices.contains($0) ? tiers[$0] : nil }
            return FieldFact(
                field: spec.name, title: spec.title, english: spec.english, fieldRule: spec.rule.code, value: outcome.value.map(text), measure: measure(of: spec, row.key),
                blank: blank(outcome.blank), rule: outcome.rule.rawValue, mode: outcome.mode?.rawValue, source: source(tier?.source),
                decidingPlace: tier.map { place($0.region) }, claims: outcome.standing.map(claim), dispute: dispute(outcome.dispute),
                members: outcome.members.map(member), episode: spec.rule == .workflow ? try episode(row, settlement, spec.number) : nil,
                bound: try view.bound(row.key, spec, self), inForce: asides[spec.number].map(inForce))
        }
    }
}

extension FieldRule {
    /// A stable name for people and programs.
    var code: String {
        switch self {
        case .soleIssuer: "soleIssuer"
        case .soleReporter: "soleReporter"
        case .strictest(let strictness): "strictest.\(strictness.rawValue)"
        case .authority: "authority"
        case .holder: "holder"
        case .workflow: "workflow"
        case .set: "set"
        case .accompanying: "accompanying"
        }
    }
}

extension NodeView {
    fileprivate func kind(_ text: String) throws -> KindName {
        let folded = canonicalText(text)
        let known = kinds.tables.first { $0.name.text == text || canonicalText($0.title) == folded }?.name
        // Records whose form has not come are listed by the name that they bear.
        guard let name = try known ?? reader.kindsOfRecords().first(where: { $0.text == text }) else { throw NodeError(.unknownKind, ["kind": text]) }
        return name
    }

    func search(_ words: String, limit: Int) throws -> [SearchHit] {
        let wanted = words.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let longest = wanted.max(by: { $0.utf8.count < $1.utf8.count }) else { return [] }
        let facts = FactMaker(self)
        // Numbers are not stored as their digits, so that only words narrow the choice; a number alone is looked for all the same.
        let narrowing = wanted.filter { word in !word.unicodeScalars.contains { $0.properties.numericType != nil } }
        var refs = try records(withWord: narrowing.first ?? longest)
        for word in narrowing.dropFirst() { refs.formIntersection(try records(withWord: word)) }
        // A unit's name stands for its id in keys and claims.
        var extra: Set<RecordRef> = []
        for unit in units(matching: words) { extra.formUnion(try reader.records(containing: Array(unit.id.text.utf8), limit: 10_000)) }
        var hits: [SearchHit] = []
        for ref in refs.union(extra).sorted() where hits.count < limit {
            let row = try reader.record(ref)
            if let hit = try hit(row, wanted, facts) {
                hits.append(hit)
            } else if extra.contains(ref) {
                hits.append(SearchHit(record: try facts.record(row), field: "unit", text: words))
            }
        }
        return hits
    }

    /// Full-width digits and letters are stored as they came, but typed as they are: both are looked for.
    private func records(withWord word: String) throws -> Set<RecordRef> {
        let folded = canonicalText(word)
        let found = try reader.records(containing: Array(word.utf8), limit: 100_000)
        return Set(folded == word ? found : found + (try reader.records(containing: Array(folded.utf8), limit: 100_000)))
    }

    private func hit(_ row: RecordRow, _ wanted: [String], _ facts: FactMaker) throws -> SearchHit? {
        var texts: [(field: String, text: String)] = row.key.values.compactMap { value in value.text.map { ("key", $0) } }
        let specs = table(of: row.key)?.fields ?? []
        if let settlement = try settlement(row.ref) {
            for spec in specs {
                guard let outcome = settlement.fields[spec.number] else { continue }
                for value in [outcome.value].compactMap({ $0 }) + outcome.standing.map(\.value) where value.sealed == nil { texts.append((spec.name, value.description)) }
            }
        } else {
            let values = try effective(row.ref).values
            for spec in specs { if let value = values[spec.number], value.sealed == nil { texts.append((spec.name, value.description)) } }
        }
        let folded = texts.map { ($0.field, $0.text, canonicalText($0.text)) }
        let words = wanted.map { canonicalText($0) }
        guard words.allSatisfy({ word in folded.contains { $0.2.contains(word) } }), let first = folded.first(where: { $0.2.contains(words[0]) }) else {
            return nil
        }
        return SearchHit(record: try facts.record(row), field: first.0, text: first.1)
    }

    // MARK: What a record names

    /// Documents, measures and records that the record names, each with what is held of it (R14).
    func references(of row: RecordRow, _ facts: FactMaker) throws -> [ReferenceFact] {
        let values = try effective(row.ref).values
        var out: [ReferenceFact] = []
        for spec in table(of: row.key)?.fields ?? [] {
            guard let value = values[spec.number] else { continue }
            switch (row.key.kind, spec.name) {
            case (DocumentKind.table.name, "cites"):
                let documents = try documents()
                for citation in (value.list ?? []).compactMap(Citation.init) {
                    let (state, keys) = citation.resolve(among: documents).fact
                    out.append(
                        ReferenceFact(
                            field: spec.name, text: "\(citation.number)《\(citation.title)》", state: state, records: try keys.map { try facts.record($0) }))
                }
            case (CellKind.table.name, "measure"):
                let held = try measures(named: value.text ?? "")
                out.append(
                    ReferenceFact(
                        field: spec.name, text: value.text ?? "", state: held.isEmpty ? "pending" : "resolved", records: try held.map { try facts.record($0) }))
            case (_, "document"):
                let held = try resolve("document " + (value.text ?? ""))
                out.append(
                    ReferenceFact(
                        field: spec.name, text: value.text ?? "", state: held.isEmpty ? "pending" : "resolved", records: try held.map { try facts.record($0) }))
            case (EscalationKind.table.name, "item"), (CaseKind.table.name, "members"), (LedgerItemKind.table.name, "links"),
                (CasePartKind.table.name, "items"):
                for bytes in (value.list ?? [value]).compactMap(\.bytes) {
                    let held = try Hash32(bytes: bytes).flatMap { try reader.recordRef(RecordID($0)) }.map { try reader.record($0) }
                    out.append(
                        ReferenceFact(
                            field: spec.name, text: bytes.hex, state: held == nil ? "pending" : "resolved",
                            records: try held.map { [try facts.record($0)] } ?? []))
                }
            default: break
            }
        }
        return out
    }

    /// Measures named as a report names what it serves: a document's number, a space, the measure's path.
    private func measures(named text: String) throws -> [RecordRow] {
        try reader.records(kind: MeasureKind.table.name).map { try reader.record($0) }.filter { row in
            guard row.key.values.count == 2, let document = row.key.values[0].text, let path = row.key.values[1].text, text.hasSuffix(" " + path) else { return false }
            return DocumentNumber.folded(document) == DocumentNumber.folded(String(text.dropLast(path.count + 1)))
        }
    }

    /// Every document held, as it stands.
    func documents() throws -> [EffectiveRecord] { try reader.records(kind: DocumentKind.table.name).map { try effective($0) } }
}

extension Citation.Resolution {
    var fact: (state: String, keys: [RecordKey]) {
        switch self {
        case .resolved(let key): ("resolved", [key])
        case .mismatch(let keys): ("mismatch", keys)
        case .titleMismatch(let keys): ("titleMismatch", keys)
        case .pending: ("pending", [])
        }
    }
}
