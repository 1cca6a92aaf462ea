import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// Brings operations into effect within one transaction: the fast path for what one unit writes alone, the engine for
/// everything else. Both give what `settle(all operations of the record)` gives.
final class Applier {
    /// A record as this batch has it: read once, written once.
    final class CachedRecord {
        let ref: RecordRef
        let id: RecordID
        let kind: Int64
        var standing: StandingRow?
        /// As the store had it before this batch.
        var stored: StandingRow?
        /// What the fast path took in this batch, oldest first.
        var taken: [(place: Place, operation: Operation)] = []
        /// The engine settles it: it has an outcome, or will have one at the end of the batch.
        var isSettled: Bool

        init(ref: RecordRef, id: RecordID, kind: Int64, standing: StandingRow?, isSettled: Bool) {
            self.ref = ref
            self.id = id
            self.kind = kind
            self.standing = standing
            stored = standing
            self.isSettled = isSettled
        }
    }

    let writer: StoreWriter
    let settings: NodeSettings
    let network: NetworkID
    let kinds: KindRegistry
    let regions: RegionTable
    private(set) var understanding: Understanding
    private let renewed: (Understanding) -> Void
    /// What changed and why, for the node's journal; not synchronised.
    private(set) var outcomesChanged: [RecordRef] = []

    private var records: [RecordRef: CachedRecord] = [:]
    private var refs: [RecordID: RecordRef] = [:]
    /// What the fast path has changed in this batch; those that the engine then took have no standing of their own.
    private var dirty: [CachedRecord] = []
    private var arriving: [RecordRef: [StoredOperation]] = [:]
    let names: InternedNames
    private var lastKind: (name: KindName, facts: KindFacts)?
    private var touchesPolicy = false
    /// Whose signature and word count hangs on what this batch has brought.
    private var touchesTrust = false
    private var trustMemo: [TrustQuestion: TrustFault?] = [:]
    var resolver: NextResolver

    private struct TrustQuestion: Hashable {
        let node: NodeID
        let unit: UnitID
        let changeset: ChangesetID?
    }

    /// - Parameter renewed: is told what policy that came made of the understanding.
    init(
        _ writer: StoreWriter, settings: NodeSettings, kinds: KindRegistry, regions: RegionTable, understanding: Understanding,
        renewed: @escaping (Understanding) -> Void = { _ in }
    ) throws {
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        self.writer = writer
        self.settings = settings
        self.network = network
        self.kinds = kinds
        self.regions = regions
        self.understanding = understanding
        self.renewed = renewed
        names = InternedNames(writer)
        resolver = NextResolver(reader: writer.reader)
    }

    // MARK: One operation

    /// The record's number, made if need be. For a `next` the record is known already.
    func recordRef(_ id: RecordID, kind: KindName, partition: Partition, key: [Value]) throws -> RecordRef {
        if let ref = refs[id] { return ref }
        if let ref = try writer.reader.recordRef(id) {
            refs[id] = ref
            return ref
        }
        let kindRef = try names.ref(of: kind.text)
        let plain = isPlain(kind)
        let ref = try writer.insertRecord(id, kind: kindRef, partition: try names.ref(of: partition), isPlain: plain, key: key)
        refs[id] = ref
        records[ref] = CachedRecord(ref: ref, id: id, kind: kindRef, standing: nil, isSettled: !plain)
        return ref
    }

    func record(_ ref: RecordRef) throws -> CachedRecord {
        if let cached = records[ref] { return cached }
        let state = try writer.reader.recordState(ref)
        // An outcome, or two units' rows, mean that the engine has had it.
        let isSettled = try state.hasOutcome || state.standing.count > 1 || !isPlain(KindName(unchecked: names.text(of: state.kind)))
        let cached = CachedRecord(ref: ref, id: state.id, kind: state.kind, standing: isSettled ? nil : state.standing.first, isSettled: isSettled)
        records[ref] = cached
        return cached
    }

    private func isPlain(_ kind: KindName) -> Bool { kindFacts(kind).isPlain }

    /// What every operation of a kind asks; most of a batch is of one kind.
    func kindFacts(_ kind: KindName) -> KindFacts {
        if let last = lastKind, last.name == kind { return last.facts }
        let table = kinds.declared[kind]
        let facts = KindFacts(table: table, isPolicy: Applier.policyKinds.contains(kind))
        lastKind = (kind, facts)
        return facts
    }

    /// Takes one operation in. `node` carried it; `changeset` is nil for the node's own unsealed work.
    func apply(_ id: OperationID, _ operation: Operation, to ref: RecordRef, kind: KindName, place: Place, node: NodeID, changeset: ChangesetID?) throws {
        if kindFacts(kind).isPolicy {
            touchesPolicy = true
            if kind == CredentialKind.table.name || kind == CutKind.table.name { touchesTrust = true }
        }
        if let under = operation.under, place.changeset != .unsealed { try cite(under, at: place) }
        let cached = try record(ref)
        if !cached.isSettled, try takesFastPath(operation, cached, kind: kind, place: place, node: node, changeset: changeset) {
            let unit = try names.ref(of: operation.unit.text)
            let fields = try cached.standing.map { try PackedFields.overlay($0.fields, operation.fields) } ?? PackedFields.first(operation.fields)
            cached.standing = StandingRow(record: ref, unit: unit, place: place, head: id, fields: fields)
            if cached.taken.isEmpty { dirty.append(cached) }
            cached.taken.append((place, operation))
            return
        }
        if !cached.isSettled { try handToEngine(cached) }
        arriving[ref, default: []].append(StoredOperation(place: place, explicitForm: operation.explicitForm, id: id))
    }

    /// From here on the engine has the record: brings what the fast path took.
    private func handToEngine(_ cached: CachedRecord) throws {
        arriving[cached.ref] = try earlierOperations(of: cached)
        cached.isSettled = true
        cached.standing = nil
    }

    private func cite(_ version: OperationID, at place: Place) throws {
        try writer.insertCitation(of: version, inFeed: try resolver.link(place.changeset).feed, at: place)
    }

    /// Records that one batch speaks of before it is brought into effect.
    private static let maximumRecords = 8_192

    /// The next changeset can't be judged before this one's operations are in effect, or there are many of them.
    var mustFinish: Bool { touchesTrust || records.count > Applier.maximumRecords }

    /// What this batch has brought for a record that the engine settles.
    func arriving(_ ref: RecordRef) -> [StoredOperation] { arriving[ref] ?? [] }

    static let policyKinds: Set<KindName> = [
        UnitKind.table.name, IndicatorKind.table.name, MatrixKind.table.name, PostKind.table.name, FormKind.table.name, CredentialKind.table.name,
        CutKind.table.name,
    ]

    // MARK: End of a batch

    /// Writes what the batch came to; settles what needs it; when policy changed, re-settles what depends on it.
    func finish() throws {
        for cached in dirty.sorted(by: { $0.ref < $1.ref }) {
            if let standing = cached.standing { try writer.upsert(standing) }
        }
        let first = arriving.keys.sorted()
        for ref in first where try !isPolicy(ref) { try settleRecord(ref) }
        let policy = try first.filter { try isPolicy($0) }
        guard touchesPolicy else {
            for ref in policy { try settleRecord(ref) }
            return reset()
        }
        try settlePolicy(policy)
        reset()
    }

    private func isPolicy(_ ref: RecordRef) throws -> Bool { Applier.policyKinds.contains(KindName(unchecked: try names.text(of: try record(ref).kind))) }

    /// Policy by depth: what a record comes to can change who may issue the next, until nothing changes any more. Only what
    /// can have changed is settled again.
    private func settlePolicy(_ refs: [RecordRef]) throws {
        for ref in refs { try settleRecord(ref) }
        let before = understanding
        try renewUnderstanding()
        let kept = try Applier.policyKinds.sorted().flatMap { try writer.reader.records(kind: $0) }
        var rounds = 0
        var last = before
        while understanding.structure != last.structure, rounds < 8 {
            let partitions = try partitions(at: understanding.placesJudged(otherwiseThan: last))
            last = understanding
            var isChanged = false
            for ref in kept where try !partitions.isEmpty && partitions[writer.reader.partition(of: ref)] != nil && settleRecord(ref) { isChanged = true }
            // It is made of what these records come to: where none came to anything else, it is the same.
            guard isChanged else { break }
            try renewUnderstanding()
            rounds += 1
        }
        var partitions = try partitions(at: understanding.policy.placesGoverned(otherwiseThan: before.policy)).filter { !$0.value.isPolicy }
        if understanding.structure != before.structure {
            try settleWhatTrustTouches(before)
            partitions.merge(try self.partitions(at: understanding.placesJudged(otherwiseThan: before))) { first, _ in first }
        }
        try resettle(partitions, except: Set(kept))
        try settleWhatFaultsTouch(before)
    }

    /// Those of the places and of what lies below them, by their numbers; all of them where `places` is nil.
    private func partitions(at places: Set<RegionID>?) throws -> [Int64: Partition] {
        if places?.isEmpty == true { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try writer.reader.partitions().filter { row in
                places?.contains { regions.wasEverWithin(row.partition.place ?? settings.region, $0) } ?? true
            })
    }

    /// Forms and matrix entries that were found wanting, or no longer are; and the records of every kind whose form has come or has grown.
    private func settleWhatFaultsTouch(_ before: Understanding) throws {
        let kinds = understanding.forms.kinds.kindsChanged(since: before.forms.kinds)
        let forms = understanding.forms.faults == before.forms.faults ? [] : [FormKind.table.name]
        let matrix = understanding.policy.matrixFaults == before.policy.matrixFaults ? [] : [MatrixKind.table.name]
        for kind in kinds.sorted() + forms + matrix {
            for ref in try writer.reader.records(kind: kind) { try settleRecord(ref) }
        }
    }

    /// Records of the fast path that a node wrote whose standing has changed: the engine has them from now on.
    private func settleWhatTrustTouches(_ before: Understanding) throws {
        let changed = understanding.nodesJudgedOtherwise(than: before)
        guard !changed.isEmpty else { return }
        for row in try writer.reader.feeds() where changed.contains(row.feed.node) {
            for changeset in try writer.reader.changesets(inFeed: row.ref, from: 1) where changeset.state == .applied {
                for ref in try writer.reader.recordRefs(changeset.ref) {
                    let cached = try record(ref)
                    guard !cached.isSettled else { continue }
                    try handToEngine(cached)
                    try settleRecord(ref)
                }
            }
        }
    }

    /// A head that a cut or a take-over names has come: what lies before it counts from now on, and only now can that be seen.
    func rejudge(_ node: NodeID) throws {
        trustMemo = [:]
        for row in try writer.reader.feeds() where row.feed.node == node {
            if row.feed.partition.isPolicy { touchesPolicy = true }
            for changeset in try writer.reader.changesets(inFeed: row.ref, from: 1) where changeset.state == .applied {
                for ref in try writer.reader.recordRefs(changeset.ref) {
                    let cached = try record(ref)
                    if !cached.isSettled {
                        try handToEngine(cached)
                    } else if arriving[ref] == nil {
                        arriving[ref] = []
                    }
                }
            }
        }
        try finish()
    }

    /// What this batch brings can change who may issue, whatever its kinds.
    func noteOrder() {
        touchesPolicy = true
        touchesTrust = true
    }

    /// A root statement has come: whoever's work hangs on it is settled again.
    func rejudgeAll() throws {
        touchesPolicy = true
        trustMemo = [:]
        try finish()
    }

    private func renewUnderstanding() throws {
        let generation = try writer.reader.counter(Understanding.generationKey)
        try writer.setCounter(Understanding.generationKey, generation + 1)
        understanding = try Understanding(writer.reader, settings: settings, regions: regions, kinds: kinds, after: understanding)
        renewed(understanding)
        trustMemo = [:]
    }

    /// Every record of the partitions that the engine has settled.
    private func resettle(_ partitions: [Int64: Partition], except done: Set<RecordRef>) throws {
        guard !partitions.isEmpty else { return }
        var last = RecordRef(0)
        while case let page = try writer.reader.settledRecords(after: last, limit: 1_000), let end = page.last {
            for row in page where partitions[row.partition] != nil && !done.contains(row.ref) { try settleRecord(row.ref) }
            last = end.ref
        }
    }

    private func reset() {
        records.removeAll(keepingCapacity: true)
        refs.removeAll(keepingCapacity: true)
        dirty.removeAll(keepingCapacity: true)
        arriving = [:]
        touchesPolicy = false
        touchesTrust = false
    }

    // MARK: Settling

    /// Settles one record over all of its operations; true when its stored outcome changed.
    @discardableResult
    private func settleRecord(_ ref: RecordRef) throws -> Bool {
        let row = try writer.reader.record(ref)
        let before = try writer.reader.outcome(ref)
        var operations = try before.map { try StoredOperation.decode($0.places) } ?? []
        // One operation may be carried twice, in two feeds or epochs: it is one, and counts if either carriage may carry it.
        var known = Set(operations.map(\.place))
        for stored in arriving[ref] ?? [] where known.insert(stored.place).inserted { operations.append(stored) }
        operations.sort { $0.place < $1.place }
        let carriages = Dictionary(grouping: operations, by: \.id)
        let judged = try operations.filter { carriages[$0.id]?.first?.place == $0.place }.map { try judge($0, carriages[$0.id] ?? [$0], key: row.key) }
        guard let table = understanding.table(of: row.key) else {
            return try keep(settleWithoutTable(judged), judged, operations, before, ref, carriages)
        }
        if isPlain(row.key.kind), judged.count == operations.count, try isChain(judged, operations, table) {
            return try settleAsChain(judged, operations, ref)
        }
        let governance = try weighing.versions(of: row.key, table: table, judged) { id in (carriages[id] ?? []).map(\.place) }
        return try keep(settle(judged, record: row.id, table: table, governance: governance), judged, operations, before, ref, carriages)
    }

    /// Stores what a record came to, unless it stands there already; true when its outcome changed.
    private func keep(
        _ settlement: Settlement, _ judged: [JudgedOperation], _ operations: [StoredOperation], _ before: OutcomeRow?, _ ref: RecordRef,
        _ carriages: [OperationID: [StoredOperation]]
    ) throws -> Bool {
        let form = SettlementForm.encode(settlement)
        let places = StoredOperation.encode(operations)
        if let before, before.form == form, before.places == places { return false }
        let isDisputed = settlement.fields.values.contains { $0.dispute != nil && $0.dispute?.prevailing.isEmpty != false }
        try writer.setOutcome(OutcomeRow(record: ref, places: places, form: form, isDisputed: isDisputed), verdicts: verdictRows(settlement, ref))
        try writeStanding(settlement, judged, ref) { id in carriages[id]?.first?.place }
        if before?.form != form { outcomesChanged.append(ref) }
        return before?.form != form
    }

    /// What an operation made from the draft cites: what the draft says, else for an act the version that governs.
    func citation(for draft: Draft, held ref: RecordRef) throws -> OperationID? {
        try draft.under ?? weighing.citation(for: draft, table: understanding.table(of: draft.key), held: ref)
    }

    private var weighing: Weighing { Weighing(reader: writer.reader, settings: settings, policy: understanding.policy, resolver: resolver) }

    private func verdictRows(_ settlement: Settlement, _ ref: RecordRef) -> [VerdictRow] {
        settlement.verdicts.flatMap { operation, verdicts in
            verdicts.compactMap { number, verdict in
                guard verdict != .stands else { return nil }
                var encoder = CBOREncoder()
                SettlementForm.encode(verdict, into: &encoder)
                return VerdictRow(record: ref, operation: operation, field: number, form: encoder.bytes)
            }
        }.sorted { ($0.operation, $0.field) < ($1.operation, $1.field) }
    }

    /// One row per unit that has standing claims: the row through which lists and later batches find the record.
    private func writeStanding(_ settlement: Settlement, _ judged: [JudgedOperation], _ ref: RecordRef, _ place: (OperationID) -> Place?) throws {
        var fields: [UnitID: [Operation.Field]] = [:]
        for (number, outcome) in settlement.fields {
            for claim in outcome.standing { fields[claim.unit, default: []].append(Operation.Field(number, claim.value)) }
        }
        // A unit's last operation is the last that it knew of, not the last that came.
        var last: [UnitID: Int] = [:]
        for index in CausalOrder.indices(judged) { last[judged[index].operation.unit] = index }
        var rows: [StandingRow] = []
        for (unit, index) in last.sorted(by: { $0.key < $1.key }) {
            guard let place = place(judged[index].id) else { continue }
            let claims = (fields[unit] ?? []).sorted { $0.number < $1.number }
            rows.append(StandingRow(record: ref, unit: try names.ref(of: unit.text), place: place, head: judged[index].id, fields: PackedFields.encode(claims)))
        }
        try writer.setStanding(rows, of: ref)
    }

    private func judge(_ stored: StoredOperation, _ carriages: [StoredOperation], key: RecordKey) throws -> JudgedOperation {
        let operation = try stored.operation()
        let faults = try carriages.map { carriage in
            let carrier = try resolver.carrier(of: carriage.place, own: settings.node)
            return try trustFault(node: carrier.node, unit: operation.unit, changeset: carrier.changeset)
        }
        return JudgedOperation(stored.id, operation, faults: faults, key: key, understanding)
    }

    func trustFault(node: NodeID, unit: UnitID, changeset: ChangesetID?) throws -> TrustFault? {
        guard let trust = understanding.trust else { return .unitNotGranted }
        // Only where a cut or a take-over draws a line does it matter which changeset it was.
        let draws = trust.asksForChangeset(of: node, unit: unit)
        let question = TrustQuestion(node: node, unit: unit, changeset: draws ? changeset : nil)
        if let known = trustMemo[question] { return known }
        let fault = try Ancestry(reader: writer.reader).reason(trust, node: node, unit: unit, changeset: changeset)
        trustMemo[question] = .some(fault)
        return fault
    }
}
