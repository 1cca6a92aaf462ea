import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

// The past of a node. Settlement is a pure function of the operations held; so what a node knew when its log had P entries is
// what the operations in those entries come to, and the same code brings them into effect: policy first, as one batch, then each
// record when it is first asked for.

extension Node {
    /// This node as it stood at a horizon: everything that can be asked of a node can be asked of it, and nothing can be written.
    ///
    /// Costs as much as the policy held there; a record costs its own operations when it is first asked for, and a list of all
    /// records of a kind costs each of them. What was not sealed has no entry in the log and is not there, and neither are the
    /// local lists, which never leave and are never sealed.
    public func past(_ horizon: Horizon) throws -> Node {
        let supply = RecordSupply()
        let behind = try Store(store, behind: horizon.store, supply: supply)
        var then = surroundings
        let now = surroundings.now
        then.now = { min(now(), horizon.time) }
        let node = Node(folder: folder, store: behind, surroundings: then, kinds: kinds, regions: regions, operationsPerBatch: operationsPerBatch)
        try node.takeBack(present: self, supply)
        return node
    }

    private func takeBack(present: Node, _ supply: RecordSupply) throws {
        let policy = try present.store.read { reader in
            try Applier.policyKinds.sorted().flatMap { kind in
                try reader.records(kind: kind).map { (ref: $0, kind: kind, operations: try PlacedOperation.all(of: $0, reader)) }
            }
        }
        var source: PastSource?
        try store.prepare { writer in
            var settings = try Node.settings(writer.reader)
            settings.rootStatement = try writer.reader.statements(.rootStatement).map(\.number).max() ?? 0
            try writer.setMeta(NodeSettings.key, settings.encode())
            let entries = try PastEntries(writer.reader)
            let held = try policy.map { (ref: $0.ref, kind: $0.kind, operations: try entries.inEffect($0.operations, writer.reader)) }
            supply.beginWithPolicy(Dictionary(held.map { ($0.ref, !$0.operations.isEmpty) }, uniquingKeysWith: { first, _ in first }))
            let understanding = try Understanding(writer.reader, settings: settings, regions: regions, kinds: kinds)
            let applier = try Applier(writer, settings: settings, kinds: kinds, regions: regions, understanding: understanding)
            for record in held { try entries.apply(record.operations, to: record.ref, kind: record.kind, applier, settings) }
            try applier.finish()
            source = PastSource(
                present: present.store, settings: settings, kinds: kinds, regions: regions, understanding: applier.understanding, entries: entries)
        }
        guard let source else { throw StoreError(.inconsistent, "past") }
        supply.goOn { ref, writer in try source.bring(ref, writer) }
    }
}

/// Where the records of a past come from: the operations that the present holds, as far as they lie behind the horizon.
private struct PastSource {
    let present: Store
    let settings: NodeSettings
    let kinds: KindRegistry
    let regions: RegionTable
    let understanding: Understanding
    let entries: PastEntries

    func bring(_ ref: RecordRef, _ writer: StoreWriter) throws -> Bool {
        let operations = try entries.inEffect(try present.read { try PlacedOperation.all(of: ref, $0) }, writer.reader)
        guard !operations.isEmpty else { return false }
        let applier = try Applier(writer, settings: settings, kinds: kinds, regions: regions, understanding: understanding)
        try entries.apply(operations, to: ref, kind: try writer.reader.record(ref).key.kind, applier, settings)
        try applier.finish()
        return true
    }
}

/// What the changesets behind a horizon are, each looked up once.
private final class PastEntries {
    private let feeds: [Int64: Feed]
    private var known: [ChangesetRef: ChangesetEntry?] = [:]

    init(_ reader: StoreReader) throws { feeds = Dictionary(uniqueKeysWithValues: try reader.feeds().map { ($0.ref, $0.feed) }) }

    private func entry(_ ref: ChangesetRef, _ reader: StoreReader) throws -> ChangesetEntry? {
        if let entry = known[ref] { return entry }
        let entry = try reader.changesetEntry(ref)
        known[ref] = .some(entry)
        return entry
    }

    func inEffect(_ operations: [PlacedOperation], _ reader: StoreReader) throws -> [PlacedOperation] {
        try operations.filter { try entry($0.place.changeset, reader)?.state == .applied }
    }

    func apply(_ operations: [PlacedOperation], to ref: RecordRef, kind: KindName, _ applier: Applier, _ settings: NodeSettings) throws {
        for one in operations {
            guard let entry = try entry(one.place.changeset, applier.writer.reader), let feed = feeds[entry.feed] else {
                throw StoreError(.inconsistent, "changeset \(one.place.changeset.number)")
            }
            try applier.apply(one.id, one.operation, to: ref, kind: kind, place: one.place, node: feed.node, changeset: entry.id)
        }
    }
}
