import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

extension Node {
    static let originKey = "origin"

    /// Writes all drafts in one transaction: durable when this returns, or nothing of it.
    ///
    /// No key is needed for it: sealing can wait. Where the key is at hand, a full batch of one partition is sealed at once, and so
    /// is what an earlier day left; the rest is sealed at hand-over.
    @discardableResult
    public func write(_ drafts: [Draft]) throws -> [WrittenOperation] {
        try write { _ in drafts }
    }

    /// The same with drafts made inside the transaction, from what stands there: nothing comes between reading and writing.
    @discardableResult
    public func write(_ make: (NodeView) throws -> [Draft]) throws -> [WrittenOperation] {
        try transaction { writer in
            let settings = try Node.settings(writer.reader)
            let drafts = try make(NodeView(node: self, reader: writer.reader, settings: settings))
            return try self.write(drafts, writer, settings)
        }
    }

    func write(_ drafts: [Draft], _ writer: StoreWriter, _ settings: NodeSettings) throws -> [WrittenOperation] {
        guard !drafts.isEmpty else { return [] }
        // What is written must one day be signed: a copied folder learns now that it can't.
        try checkMarker(settings)
        let applier = try applier(writer, settings)
        // Nor what could not be signed today, by the credential's dates.
        let isLeaving = drafts.contains { $0.key.partition != .local }
        let settings = isLeaving ? try signable(settings, applier.understanding) : settings
        let now = surroundings.now()
        let isOld = isLeaving ? try writer.reader.earliestUnsealedDay().map { $0 < now.day } ?? false : false
        let key = isOld || drafts.count >= operationsPerBatch ? try keys.signerAtHand() : nil
        if isOld, key != nil { try sealPending(writer, settings, partition: nil) }
        var checker = DraftChecker(understanding: applier.understanding, settings: settings, now: now)
        var number = try writer.reader.counter(Node.originKey)
        var out: [WrittenOperation] = []
        out.reserveCapacity(drafts.count)
        var bulk: BulkSealer?
        var index = 0
        while index < drafts.count {
            // As long as a whole batch of one partition lies ahead, it goes straight into a sealed changeset.
            let partition = drafts[index].key.partition
            let ahead = drafts[index...].prefix(operationsPerBatch)
            if let key, ahead.count == operationsPerBatch, partition != .local, ahead.allSatisfy({ $0.key.partition == partition }) {
                if bulk?.partition != partition {
                    try sealPending(writer, settings, partition: partition)
                    bulk = try BulkSealer(
                        writer, settings: settings, partition: partition, superiors: applier.understanding.superiors(of: settings.node),
                        key: key, surroundings: surroundings)
                }
                try bulk?.seal(ahead.map { $0 }, &number, applier: applier, checker: &checker, out: &out)
                index += ahead.count
            } else {
                number += 1
                out.append(try writeOne(drafts[index], number, writer, settings, applier, &checker))
                index += 1
            }
        }
        try applier.finish()
        try writer.setCounter(Node.originKey, number)
        return out
    }

    private func writeOne(
        _ draft: Draft, _ number: UInt64, _ writer: StoreWriter, _ settings: NodeSettings, _ applier: Applier, _ checker: inout DraftChecker
    ) throws -> WrittenOperation {
        try checker.check(draft)
        let id = draft.key.identity(in: applier.network)
        let ref = try applier.recordRef(id, kind: draft.key.kind, partition: draft.key.partition, key: draft.key.values)
        let state = try applier.graphState(ref, ownNode: settings.node, ownEpoch: settings.epoch)
        let origin = Origin(epoch: settings.epoch, number: number)
        let operation = Operation(
            record: id, unit: draft.unit, person: draft.person, written: draft.written ?? checker.now, origin: origin,
            under: try applier.citation(for: draft, held: ref), seen: state.heads, names: draft.names,
            fields: try checker.fields(of: draft, record: id, origin: origin))
        let form = operation.explicitForm
        guard form.count <= Limits.operationBytes else { throw NodeError(.wrongType, ["field": "", "reason": "operation of \(form.count) bytes"]) }
        let operationID = OperationID(sha256(form))
        try writer.insertPending(
            PendingRow(
                number: number, partition: try applier.names.ref(of: draft.key.partition), record: ref, id: operationID, operation: form,
                day: checker.now.day, previous: state.previous?.place ?? Place(ChangesetRef(-1), -1), previousID: state.previous?.id))
        try applier.apply(operationID, operation, to: ref, kind: draft.key.kind, place: Place(.unsealed, Int64(number)), node: settings.node, changeset: nil)
        return WrittenOperation(id: operationID, record: id)
    }
}

/// Refuses before acknowledgement what could never have effect, so that the clerk learns it now and not from the province.
struct DraftChecker {
    let understanding: Understanding
    let settings: NodeSettings
    let now: Written
    private var writable: [UnitID: Bool] = [:]
    private var posts: [PersonAtUnit: Bool] = [:]

    private struct PersonAtUnit: Hashable {
        let person: PersonID
        let unit: UnitID
    }

    init(understanding: Understanding, settings: NodeSettings, now: Written) {
        self.understanding = understanding
        self.settings = settings
        self.now = now
    }

    mutating func check(_ draft: Draft) throws {
        guard let table = understanding.table(of: draft.key) else { throw NodeError(.unknownKind, ["kind": draft.key.kind.text]) }
        try checkKey(draft.key, table)
        guard !draft.fields.isEmpty || !draft.names.isEmpty else { throw NodeError(.emptyWrite, ["kind": table.name.text]) }
        for field in draft.fields {
            guard let spec = table.field(field.number) else { throw NodeError(.unknownField, ["kind": table.name.text, "field": "\(field.number.index)"]) }
            if field.number.fieldClass == .personal, field.value != nil, draft.sealing == nil, draft.key.partition != .local {
                throw NodeError(.personalField, ["kind": table.name.text, "field": spec.name])
            }
            if let value = field.value, !spec.type.admits(value) {
                throw NodeError(.wrongType, ["field": spec.name, "type": spec.type.rawValue, "value": value.description])
            }
            if let value = field.value, !spec.admits(value) {
                let choices = spec.choices.map(\.code).joined(separator: " ")
                throw NodeError(.notAChoice, ["kind": table.name.text, "field": spec.name, "value": value.description, "choices": choices])
            }
        }
        if let fault = understanding.forms.fault(of: draft, policy: understanding.policy) {
            throw NodeError(.formRefused, ["reason": fault.code.rawValue, "fact": fault.fact, "name": draft.key.values.first?.description ?? ""])
        }
        if let sealing = draft.sealing { try checkSealing(sealing, of: draft, table) }
        try checkUnit(draft.unit)
        // Whoever reads the audit need hold no post, and is noted all the same.
        if draft.key.kind != AuditReadingKind.table.name { try checkPerson(draft.person, of: draft.unit) }
    }

    private func checkKey(_ key: RecordKey, _ table: KindTable) throws {
        guard key.values.count == table.key.count, zip(key.values, table.key).allSatisfy({ $1.type.admits($0) }) else {
            throw NodeError(.wrongKey, ["kind": table.name.text, "key": key.values.map(\.description).joined(separator: "/")])
        }
        for (value, part) in zip(key.values, table.key) where !part.admits(value) {
            throw NodeError(.wrongKey, ["kind": table.name.text, "key": value.description])
        }
        let fits =
            switch (table.stream, key.partition) {
            case (.policy, .policy), (.work, .work), (.local, .local): true
            default: false
            }
        guard fits else { throw NodeError(.wrongPlace, ["kind": table.name.text, "partition": key.partition.description]) }
        if let place = key.partition.place, understanding.policy.regions.region(place) == nil { throw NodeError(.unknownRegion, ["region": place.text]) }
        // A node works where its credential lets it receive; and where it stands in the path of the place.
        guard let trust = understanding.trust, key.partition == .local || trust.receives(settings.node, key.partition, reaching: understanding.policy.reaches),
            understanding.policy.regions.lodges(settings.region, in: key.partition)
        else {
            throw NodeError(.outsidePartition, ["partition": key.partition.description])
        }
    }

    private mutating func checkUnit(_ unit: UnitID) throws {
        let may =
            writable[unit]
            ?? (understanding.trust?.reason(
                node: settings.node, unit: unit, changeset: nil, credentialOf: { _ in nil }, isInAncestry: { _, _ in false }) == nil)
        writable[unit] = may
        guard may else { throw NodeError(.unitNotWritten, ["unit": unit.text, "name": understanding.policy.name(of: unit)]) }
    }

    /// Where posts of the unit are registered, the person must hold one on the day of writing. None registered: as declared.
    private mutating func checkPerson(_ person: PersonID, of unit: UnitID) throws {
        let key = PersonAtUnit(person: person, unit: unit)
        let holds = posts[key] ?? holdsPost(key)
        posts[key] = holds
        guard holds else { throw NodeError(.personHoldsNoPost, ["person": person.text, "unit": unit.text, "day": now.day.description]) }
    }

    private func holdsPost(_ key: PersonAtUnit) -> Bool {
        let ofUnit = understanding.policy.tenures.filter { $0.post.unit == key.unit }
        return ofUnit.isEmpty || !Tenure.posts(of: key.person, in: key.unit, on: now.day, among: ofUnit).isEmpty
    }
}
