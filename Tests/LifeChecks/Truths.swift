import NaiveModel
import TiaokuaiModel

/// One thing that must always be true and was not.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 7, as in the list of what must always be true.
    public let truth: Int
    public let machine: String
    public let fact: String
    /// The record's history and who governs it, for whoever looks for the cause.
    public var detail = ""
    public var description: String { "truth \(truth) at \(machine): \(fact)" }

    public init(_ truth: Int, _ machine: String, _ fact: String) {
        self.truth = truth
        self.machine = machine
        self.fact = fact
    }
}

/// The checkers that look at one sighting.
public struct SightingCheck {
    let ledger: LifeLedger
    let sighting: Sighting
    let state: NaiveState
    let tables: [KindName: KindTable]
    let fields: PolicyFields
    /// What each target record comes to alone.
    private var targets: [RecordKey: [FieldNumber: Value]] = [:]
    private let carriages: [RecordKey: [Carriage]]
    public private(set) var findings: [Finding] = []
    public private(set) var reached = Reached()

    public init(_ ledger: LifeLedger, _ sighting: Sighting, _ fields: PolicyFields, _ tables: [KindName: KindTable], root: Hash32) {
        self.ledger = ledger
        self.sighting = sighting
        self.tables = tables
        self.fields = fields
        carriages = Dictionary(grouping: sighting.carriages, by: \.key)
        state = NaiveState(ledger, sighting, fields, tables, root: root)
        checkDeeds()
        checkPlaces()
        checkForks()
        // In the order in which the node told of them.
        var seen: Set<RecordKey> = []
        for key in sighting.carriages.map(\.key) where seen.insert(key).inserted { checkRecord(key) }
        checkBounds()
    }

    private mutating func find(_ truth: Int, _ fact: String) { findings.append(Finding(truth, sighting.machine, fact)) }

    // MARK: Deeds

    /// What a node holds is what people wrote, word for word, and says of it what its author knew.
    private mutating func checkDeeds() {
        var seen: Set<OperationID> = []
        for carriage in sighting.carriages where seen.insert(carriage.id).inserted {
            guard let deed = ledger.deeds[carriage.id] else {
                find(3, "holds \(carriage.id.short) of \(carriage.operation.unit), which nobody wrote")
                continue
            }
            let fields = Dictionary(uniqueKeysWithValues: carriage.operation.fields.map { ($0.number, $0.value) })
            if fields != deed.fields || carriage.operation.unit != deed.unit || carriage.operation.person != deed.person || Set(carriage.operation.names) != deed.names
                || carriage.key != deed.key
            {
                find(4, "\(carriage.id.short) of \(deed.unit) is not what was written")
            }
        }
        for carriages in carriages.values {
            let operations = Dictionary(carriages.map { ($0.id, $0.operation) }, uniquingKeysWith: { first, _ in first })
            for (id, operation) in operations {
                guard let deed = ledger.deeds[id], deed.known.allSatisfy({ operations[$0] != nil }) else { continue }
                let known = deed.known
                // What waits for something that its holder lacks is no part of the graph and can't have been seen.
                let entered = known.filter { hasEntered($0, operations, among: known) }
                let heads = entered.filter { one in !entered.contains { operations[$0]?.seen.contains(one) == true } }
                if heads != Set(operation.seen) { find(4, "\(id.short) of \(deed.unit) names \(operation.seen.count) heads as seen where its author had \(heads.count)") }
            }
        }
    }

    private func hasEntered(_ id: OperationID, _ operations: [OperationID: Operation], among known: Set<OperationID>) -> Bool {
        (operations[id]?.seen ?? []).allSatisfy { known.contains($0) && hasEntered($0, operations, among: known) }
    }

    // MARK: Places

    /// "A node never receives a partition outside its credential; personal data never travels."
    private mutating func checkPlaces() {
        for (id, link) in sighting.links {
            let isAdmitted =
                switch link.partition {
                case .local: false
                case .work(let place, let line):
                    ledger.wasEverWithin(place, sighting.place) && (line.map { line in sighting.lines?.contains(line) ?? true } ?? true)
                case .policy(let place): mayHoldPolicy(of: place)
                }
            if !isAdmitted { find(6, "holds \(id.short) of \(link.partition)") }
        }
        for carriage in sighting.carriages where carriage.changeset != nil {
            if carriage.operation.fields.contains(where: { $0.number.fieldClass == .personal }) { find(6, "a personal field travelled in \(carriage.id.short)") }
        }
    }

    private func mayHoldPolicy(of place: RegionID) -> Bool {
        if ledger.wasEverWithin(sighting.place, place) || ledger.wasEverWithin(place, sighting.place) { return true }
        // A place that changed hands lies below both of its superiors.
        return ledger.places.changedHands.contains { ledger.wasEverWithin($0, sighting.place) && ledger.wasEverWithin($0, place) }
    }

    /// "Shown as forked": a feed of which two changesets have one predecessor, and no other.
    private mutating func checkForks() {
        var forked: Set<Hash32> = []
        for (_, links) in Dictionary(grouping: sighting.links.filter { !sighting.waiting.contains($0.key) }, by: \.value.feed) {
            let predecessors = links.map(\.value.predecessor)
            if Set(predecessors).count < predecessors.count, let feed = links.first?.value.feed { forked.insert(feed) }
        }
        if forked != sighting.forked { find(4, "calls \(sighting.forked.count) feeds forked where \(forked.count) are") }
        if !forked.isEmpty { reached.note("R20 a forked feed is shown, both branches admitted") }
    }

    // MARK: Records

    private mutating func checkRecord(_ key: RecordKey) {
        guard let table = tables[key.kind], let (naive, governance) = state.settle(key) else { return }
        var name: String { "\(key.kind) \(key.values.map(\.description).joined(separator: "/")) at \(key.partition)" }
        let ids = Set((carriages[key] ?? []).map(\.id))
        guard let seen = sighting.records[key] else {
            if !ids.isEmpty { find(4, "shows nothing of \(name)") }
            return
        }
        let before = findings.count
        for id in ids.subtracting(seen.judged) { find(4, "\(id.short) of \(name) has no verdict") }
        if seen.pending != naive.pending {
            find(1, "of \(name) waits for something \(seen.pending.map(\.short).sorted()), by the rules \(naive.pending.map(\.short).sorted())")
        }
        for spec in table.fields where spec.rule != .accompanying {
            let theirs = seen.fields[spec.number]
            let ours = naive.fields[spec.number]
            var what: String { "\(spec.name) of \(name)" }
            if spec.rule == .set {
                if theirs?.members ?? [] != Set(ours?.members.map(\.addedBy) ?? []) { find(3, "\(what) has other members than the rules give") }
            } else if !areEqual(theirs?.value, ours?.value, spec) {
                find(3, "\(what) is \(theirs?.value?.description ?? "blank"), by the rules \(ours?.value?.description ?? "blank")")
            }
            if theirs?.isDisputed ?? false != ours?.isDisputed ?? false {
                find(4, "\(what) is \(theirs?.isDisputed == true ? "" : "not ")in dispute, by the rules \(ours?.isDisputed == true ? "it is" : "it isn't")")
            }
            if restsOutside(theirs, governance) { find(3, "\(what) rests on units outside its path") }
        }
        for id in ids where !naive.pending.contains(id) {
            let theirs = (seen.void[id] ?? []).filter { !$0.isAccompanying }
            let ours = (naive.void[id] ?? []).filter { !$0.isAccompanying }
            if theirs != ours {
                find(3, "\(id.short) of \(name) is void on \(theirs.map(\.index).sorted()) \(seen.reasons[id] ?? ""), by the rules on \(ours.map(\.index).sorted())")
            }
        }
        if findings.count > before { findings[findings.count - 1].detail = detail(key, table, governance) }
        reached.count(key, table, seen, naive, governance, ledger)
        reached.note("R13 an act under a version that was superseded", state.superseded(key))
        if table.name == fields.target { targets[key] = naive.fields.compactMapValues(\.value) }
    }

    /// "The strictest of the same key along the path root → here; a looser one is kept and inert."
    private mutating func checkBounds() {
        for bound in sighting.bounds {
            let day = (try? Period(parsing: bound.period))?.lastDay
            let path = ledger.path(of: sighting.place, on: day).reversed()
            let table = tables[fields.target]
            guard let spec = table?.field(bound.field), case .strictest(let strictness) = spec.rule else { continue }
            let steps = path.compactMap { place -> (place: RegionID, bound: NaiveBound)? in
                let values = targets[RecordKey(.policy(place), fields.target, [.text(bound.indicator), .text(bound.period), ""])]
                guard let value = values?[bound.field] else { return nil }
                return (place, NaiveBound(value, isFirm: values?[fields.firmness]?.text != "aspirational"))
            }
            let naive = NaivePath(strictness, steps.map(\.bound))
            let inert = Set(steps.indices.filter { naive.isInert(at: $0) }.map { steps[$0].place })
            let what = "\(spec.name) of \(bound.indicator) \(bound.period)"
            if bound.value != naive.inForce?.description {
                find(3, "\(what) is \(bound.value ?? "none"), by the rules \(naive.inForce?.description ?? "none")")
            }
            if bound.inert != inert { find(3, "\(what): without effect are \(bound.inert.sorted()), by the rules \(inert.sorted())") }
            if steps.count > 1 { reached.note("R2 bounds of several tiers are joined: \(spec.name)") }
            if !inert.isEmpty { reached.note("R2 a looser bound is kept without effect") }
        }
    }

    private func detail(_ key: RecordKey, _ table: KindTable, _ governance: NaiveGovernance) -> String {
        var lines = governance.tiers.map { tier in
            "tier: \(tier.government?.text ?? "-") line \(tier.lineUnits.map(\.text).sorted()) cooperating \(tier.cooperating.map(\.text).sorted()) \(tier.mode)"
        }
        lines.append("issuers \(governance.issuers.map(\.text).sorted()) reporters \(governance.reporters.map(\.text).sorted()) vertical \(governance.isVertical)")
        for carriage in carriages[key] ?? [] {
            let fields = carriage.operation.fields.map { field in "\(table.field(field.number)?.name ?? "?")=\(field.value?.description ?? "nil")" }
            lines.append(
                "\(carriage.id.short) \(carriage.operation.unit) \(fields.joined(separator: " ")) seen \(carriage.operation.seen.map(\.short)) names \(carriage.operation.names.map(\.short)) under \(carriage.operation.under?.short ?? "-") from \(carriage.node.short)"
            )
        }
        return lines.joined(separator: "\n    ")
    }

    /// No value in use whose author stands outside the record's path, by whatever reckoning it came about.
    private func restsOutside(_ seen: SeenField?, _ governance: NaiveGovernance) -> Bool {
        guard let seen, seen.value != nil else { return false }
        let authors = seen.standing.compactMap { ledger.deeds[$0]?.unit }
        return !authors.isEmpty && authors.allSatisfy { governance.onPath[$0] == nil }
    }

    private func areEqual(_ one: Value?, _ other: Value?, _ spec: FieldSpec) -> Bool {
        switch (one, other) {
        case (nil, nil): true
        case (let one?, let other?): NaiveEquality(spec.rule).areEqual(one, other)
        default: false
        }
    }
}
