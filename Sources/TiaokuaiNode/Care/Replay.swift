import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

/// A record whose stored state is not what its operations come to.
public struct ReplayFinding: Hashable, Sendable {
    public enum What: String, Hashable, Sendable, CaseIterable { case differs, missingHere, missingInReplay }
    public let what: What
    public let record: RecordID
    public let key: RecordKey
}

extension Node {
    /// Receives everything that this node holds again, into a fresh store beside it, and compares record by record: a value
    /// changed by other means than an operation shows here, by name. Reads this store only; the fresh one is removed.
    public func replayFindings(progress: (Int, Int) -> Void = { _, _ in }) throws -> [ReplayFinding] {
        let fresh = NodeFolder(path: try NodeFolder.makeTemporary("replay"))
        defer { try? FileManager.default.removeItem(atPath: fresh.path) }
        let copy = Node(folder: fresh, store: try Store(path: fresh.storePath, creating: true), surroundings: surroundings, kinds: kinds, regions: regions)
        return try store.read { reader in
            try self.replay(reader, into: copy, progress: progress)
            return try copy.store.read { try self.differences(reader, $0) }
        }
    }

    private func replay(_ reader: StoreReader, into copy: Node, progress: (Int, Int) -> Void) throws {
        var settings = try Node.settings(reader)
        guard let network = settings.network else { return }
        // As at enrolment: what comes first needs no credential yet.
        settings.credential = nil
        try copy.store.write { writer in
            try writer.setMeta(NodeSettings.key, settings.encode())
            for row in try reader.statements(.rootStatement) { try writer.insertStatement(row) }
            _ = try LogKeeper.append(LogKeeper.genesis(network: network, node: settings.node, epoch: settings.epoch), writer)
        }
        let changesets = try reader.changesets()
        for (index, ref) in changesets.enumerated() {
            let row = try reader.changeset(ref)
            _ = try copy.receive(row.item)
            progress(index + 1, changesets.count)
        }
        try copy.store.write { writer in
            let applier = try copy.applier(writer, try Node.settings(writer.reader))
            for row in try reader.pending() {
                let key = try reader.record(row.record).key
                var form = CBORReader(row.operation)
                let operation = try Operation(from: &form)
                let ref = try applier.recordRef(operation.record, kind: key.kind, partition: key.partition, key: key.values)
                try writer.insertPending(
                    PendingRow(
                        number: row.number, partition: try applier.partitionRef(key.partition), record: ref, id: row.id, operation: row.operation, day: row.day,
                        previous: Place(ChangesetRef(-1), -1), previousID: nil))
                try applier.apply(row.id, operation, to: ref, kind: key.kind, place: Place(.unsealed, Int64(row.number)), node: settings.node, changeset: nil)
            }
            try applier.finish()
        }
    }

    private func differences(_ here: StoreReader, _ there: StoreReader) throws -> [ReplayFinding] {
        let settings = try Node.settings(here)
        let (ours, theirs) = (try NodeView(node: self, reader: here, settings: settings), try NodeView(node: self, reader: there, settings: settings))
        var out: [ReplayFinding] = []
        for (ref, _) in try here.partitions() {
            try here.recordsInOrderOfIdentity(partition: ref) { record, id in
                let counterpart = try there.recordRef(id)
                guard let counterpart else { return out.append(ReplayFinding(what: .missingInReplay, record: id, key: try here.record(record).key)) }
                if try ours.recordForm(record) != theirs.recordForm(counterpart) {
                    out.append(ReplayFinding(what: .differs, record: id, key: try here.record(record).key))
                }
            }
        }
        for (ref, _) in try there.partitions() {
            try there.recordsInOrderOfIdentity(partition: ref) { record, id in
                if try here.recordRef(id) == nil { out.append(ReplayFinding(what: .missingHere, record: id, key: try there.record(record).key)) }
            }
        }
        return out
    }
}
