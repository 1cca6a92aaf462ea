import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// What a node that holds the history makes of the statement of a snapshot.
public struct CheckedSnapshot: Sendable {
    public let statement: SnapshotStatement
    /// Of the statement's signed bytes.
    public let id: Hash32
    /// A key that some credential held gives the node has signed it.
    public let isSigned: Bool
    /// A credential held gives the node the key that it names; without one nothing is known of the signature.
    public let isKeyHeld: Bool
    /// Heads that are not held here: what lies below them can't be judged.
    public let lacking: [Heads.Head]
    /// Of these partitions the history comes to another state than was signed; of those to the same.
    public let differing, equal: [Partition]

    /// The statement is signed, and what was signed is not so.
    public var isRefuted: Bool { isSigned && !differing.isEmpty }
}

extension Node {
    /// Changesets in one transaction of the fresh store.
    private static let checkedTogether = 16

    /// Takes exactly what the statement's heads vouch for into a fresh store, changeset by changeset with all signatures, and compares what it
    /// comes to with what was signed. Reads this store only; the fresh one is removed.
    ///
    /// Throws `malformed`, `wrongNetwork`, and `historyLacking` where some of it is held here without signatures.
    public func checkSnapshot(_ envelope: [UInt8], progress: (Int, Int) -> Void = { _, _ in }) throws -> CheckedSnapshot {
        let unverified: UnverifiedStatement
        let statement: SnapshotStatement
        do throws(FormatError) {
            unverified = try UnverifiedStatement(envelope, .snapshot)
            statement = try SnapshotStatement(unverified.claimed)
        } catch {
            throw SnapshotError(.malformed, ["reason": error.description])
        }
        let path = try NodeFolder.makeTemporary("snapshot")
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try store.read { reader in
            let view = try NodeView(node: self, reader: reader, settings: try Node.settings(reader))
            guard statement.network == view.settings.network else { throw NodeError(.wrongNetwork, ["network": statement.network.short]) }
            let (refs, lacking) = try view.ancestry(of: statement.heads)
            let replay = try Replay(of: self, at: path, reader)
            defer { try? replay.copy.store.close() }
            for start in stride(from: 0, to: refs.count, by: Node.checkedTogether) {
                let items = try refs[start..<min(start + Node.checkedTogether, refs.count)].map { ref in
                    guard try reader.snapshot(of: ref) == nil else { throw SnapshotError(.historyLacking, ["node": statement.node.short]) }
                    return try reader.changeset(ref).item
                }
                _ = try replay.receive(items)
                progress(start + items.count, refs.count)
            }
            let derived = try replay.copy.ask { try $0.states(of: statement.heads) }
            let byPartition = Dictionary(derived.map { ($0.partition, $0.derived) }, uniquingKeysWith: { first, _ in first })
            let unknown = Set(lacking.map(\.feed.partition))
            let judged = statement.states.filter { !unknown.contains($0.partition) }
            return CheckedSnapshot(
                statement: statement, id: unverified.id, isSigned: view.isSigned(unverified, by: statement.node), isKeyHeld: view.holdsKey(unverified.keyID, of: statement.node),
                lacking: lacking,
                differing: judged.filter { byPartition[$0.partition] != $0.derived }.map(\.partition),
                equal: judged.filter { byPartition[$0.partition] == $0.derived }.map(\.partition))
        }
    }
}

extension NodeView {
    /// What lies at or below these heads, in order of arrival; and the heads that are not held.
    fileprivate func ancestry(of heads: Heads) throws -> (refs: [ChangesetRef], lacking: [Heads.Head]) {
        var refs: Set<ChangesetRef> = []
        var lacking: [Heads.Head] = []
        for head in heads.heads {
            guard let row = try reader.changesetRef(head.id), try reader.changesetEntry(row)?.state != .waiting else {
                lacking.append(head)
                continue
            }
            var step: ChangesetID? = head.id
            while let id = step, let ref = try reader.changesetRef(id), refs.insert(ref).inserted { step = try reader.changesetLink(ref).predecessor }
        }
        return (refs.sorted(), lacking)
    }
}
