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

/// A fresh store that takes what a node holds, changeset by changeset in order of arrival, from the root statements on.
///
/// It reads the node's store only within the views that it is given. One that was left half-way goes on: what it has taken
/// already changes nothing.
package final class Replay {
    /// The node on the fresh store; it has no keys.
    package let copy: Node
    private let node: Node

    /// - Parameter path: an empty folder, or that of a replay of the same node which was left half-way.
    package init(of node: Node, at path: String, _ reader: StoreReader) throws {
        self.node = node
        let folder = NodeFolder(path: path)
        let isBegun = folder.exists
        copy = Node(
            folder: folder, store: try Store(path: folder.storePath, creating: true), surroundings: node.surroundings, kinds: node.kinds, regions: node.regions)
        if !isBegun { try begin(reader) }
        for row in try reader.statements(.rootStatement) { _ = try copy.receive(row.envelope, .rootStatement) }
    }

    private func begin(_ reader: StoreReader) throws {
        var settings = try Node.settings(reader)
        guard let network = settings.network else { return }
        // As at enrolment: what comes first needs no credential yet.
        settings.credential = nil
        try copy.store.write { writer in
            try writer.setMeta(NodeSettings.key, settings.encode())
            for row in try reader.statements(.rootStatement) { try writer.insertStatement(row) }
            _ = try LogKeeper.append(LogKeeper.genesis(network: network, node: settings.node, epoch: settings.epoch), writer)
        }
    }

    /// Takes some changesets, in one transaction; those that the node has without their signatures too.
    package func receive(_ items: [ChangesetItem]) throws -> [Reception] { try copy.receiveHeld(items) }

    /// What both stores come to, once what the node has not sealed yet is brought in as well: that is undone again, since it will
    /// come sealed.
    package func comparison(_ here: StoreReader) throws -> Comparison {
        struct Undone: Error { let comparison: Comparison }
        do {
            try copy.store.write { writer in
                // Forgotten before the transaction ends: its generation number will be given again.
                defer { copy.forgetUnderstanding() }
                let settings = try Node.settings(writer.reader)
                try addPending(here, writer, settings)
                let (ours, theirs) = (
                    try NodeView(node: node, reader: here, settings: try Node.settings(here)), try NodeView(node: copy, reader: writer.reader, settings: settings)
                )
                throw Undone(comparison: try Comparison(ours, theirs))
            }
        } catch let undone as Undone {
            return undone.comparison
        }
        throw StoreError(.inconsistent, "a transaction that was to be undone")
    }

    private func addPending(_ reader: StoreReader, _ writer: StoreWriter, _ settings: NodeSettings) throws {
        let applier = try copy.applier(writer, settings)
        for row in try reader.pending() {
            let key = try reader.record(row.record).key
            var form = CBORReader(row.operation)
            let operation = try Operation(from: &form)
            let ref = try applier.recordRef(operation.record, kind: key.kind, partition: key.partition, key: key.values)
            try writer.insertPending(
                PendingRow(
                    number: row.number, partition: try applier.names.ref(of: key.partition), record: ref, id: row.id, operation: row.operation, day: row.day,
                    previous: Place(ChangesetRef(-1), -1), previousID: nil))
            try applier.apply(row.id, operation, to: ref, kind: key.kind, place: Place(.unsealed, Int64(row.number)), node: settings.node, changeset: nil)
        }
        try applier.finish()
    }

    /// A node's store beside the fresh one.
    package struct Comparison: Sendable {
        /// Records that come to something else, by partition and identity.
        package let findings: [ReplayFinding]
        package let here, there: StateDigest

        /// Goes through both in step, by partition and identity, and forms each record once.
        init(_ ours: NodeView, _ theirs: NodeView) throws {
            let partitions = Set(try ours.reader.partitions().map(\.partition) + theirs.reader.partitions().map(\.partition)).sorted()
            var (findings, here, there): ([ReplayFinding], StateDigester, StateDigester) = ([], StateDigester(), StateDigester())
            let carriages = try Carriages(ours.reader, as: theirs.reader)
            var (left, right) = (try ours.recordsByIdentity(of: partitions), try theirs.recordsByIdentity(of: partitions))
            var (one, other) = (try left.next(), try right.next())
            // Numbers of the records here, as the fresh store numbers them; zero for what it doesn't have.
            var numbers: [UInt32: UInt32] = [:]
            while let (partition, id) = Comparison.first(one.map { ($0.partition, $0.id) }, other.map { ($0.partition, $0.id) }) {
                let mine = try one.flatMap { $0.id == id && $0.partition == partition ? (record: $0.record, form: try ours.recordForm($0.record)) : nil }
                let replayed = try other.flatMap { $0.id == id && $0.partition == partition ? (record: $0.record, form: try theirs.recordForm($0.record)) : nil }
                if let mine { here.add(id, mine.form, of: partition) }
                if let replayed { there.add(id, replayed.form, of: partition) }
                var what = Comparison.difference(mine?.form, replayed?.form)
                if let mine, let number = UInt32(exactly: mine.record.number) { numbers[number] = replayed.flatMap { UInt32(exactly: $0.record.number) } ?? 0 }
                if what == nil, let mine, let replayed,
                    try ours.reader.recordListing(mine.record) != theirs.reader.recordListing(replayed.record)
                        || !carriages.agree(mine.record, replayed.record)
                {
                    what = .differs
                }
                if let what {
                    let key = try replayed.map { try theirs.reader.record($0.record).key } ?? mine.map { try ours.reader.record($0.record).key }
                    if let key { findings.append(ReplayFinding(what: what, record: id, key: key)) }
                }
                if mine != nil { one = try left.next() }
                if replayed != nil { other = try right.next() }
            }
            findings += try Comparison.notListed(ours, theirs, numbers, carriages)
            self.findings = findings
            self.here = try here.finish(ours, partitions)
            self.there = try there.finish(theirs, partitions)
        }

        /// Records of which a changeset speaks by its signed body and not by its row: lists of what came would leave them out.
        private static func notListed(_ ours: NodeView, _ theirs: NodeView, _ numbers: [UInt32: UInt32], _ carriages: Carriages) throws -> [ReplayFinding] {
            var found = try carriages.otherCitations()
            for (here, ref) in carriages.changesets {
                let said = try ours.reader.recordRefs(here).map { numbers[UInt32(truncatingIfNeeded: $0.number)].map(Int64.init) }
                let signed = try theirs.reader.recordRefs(ref)
                // What is here alone has been told.
                found += signed.enumerated().filter { !said.indices.contains($0.offset) || said[$0.offset] != $0.element.number && said[$0.offset] != 0 }.map(\.element)
            }
            return try Set(found).sorted().map { ref in
                let row = try theirs.reader.record(ref)
                return ReplayFinding(what: .differs, record: row.id, key: row.key)
            }
        }

        private static func first(_ one: (Partition, RecordID)?, _ other: (Partition, RecordID)?) -> (Partition, RecordID)? {
            guard let one, let other else { return one ?? other }
            return one <= other ? one : other
        }

        private static func difference(_ mine: [UInt8]?, _ replayed: [UInt8]?) -> ReplayFinding.What? {
            switch (mine, replayed) {
            case (let mine?, let replayed?): mine == replayed ? nil : .differs
            case (_?, nil): .missingInReplay
            case (nil, _): .missingHere
            }
        }
    }
}

extension Node {
    /// Receives everything that this node holds again, into a fresh store beside it, and compares record by record: a value
    /// changed by other means than an operation shows here, by name. Reads this store only; the fresh one is removed.
    public func replayFindings(progress: (Int, Int) -> Void = { _, _ in }) throws -> [ReplayFinding] {
        let path = try NodeFolder.makeTemporary("replay")
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try store.read { reader in
            guard try Node.settings(reader).network != nil else { return [] }
            let replay = try Replay(of: self, at: path, reader)
            let changesets = try reader.changesets()
            for (index, ref) in changesets.enumerated() {
                _ = try replay.receive([try reader.changeset(ref).item])
                progress(index + 1, changesets.count)
            }
            return try replay.comparison(reader).findings
        }
    }
}
