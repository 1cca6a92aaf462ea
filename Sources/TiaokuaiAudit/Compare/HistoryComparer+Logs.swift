import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// Checkpoints of one node and epoch, from wherever they are: of one size they have one root; where a consistency proof is held,
// or the log itself, the older has to lead to the newer.
extension HistoryComparer {
    private struct Log: Hashable {
        let node: NodeID
        let epoch: Epoch
    }

    mutating func compareLogs() throws {
        var logs: [Log: [HeldCheckpoint]] = [:]
        var proofs: [Log: [ConsistencyReceipt]] = [:]
        var seen: Set<Hash32> = []
        for view in [left, right] {
            for node in Set(try view.reader.statements(.checkpoint).compactMap(\.node)) {
                for held in try view.reader.heldCheckpoints(of: node) where seen.insert(held.id).inserted && isSigned(held) {
                    logs[Log(node: node, epoch: held.checkpoint.epoch), default: []].append(held)
                }
                for proof in try view.reader.heldProofs(of: node) { proofs[Log(node: node, epoch: proof.epoch), default: []].append(proof) }
            }
        }
        for (log, held) in logs.sorted(by: { ($0.key.node, $0.key.epoch.description) < ($1.key.node, $1.key.epoch.description) }) {
            let before = result.splits.count
            let bySize = Dictionary(grouping: held, by: \.checkpoint.size)
            for (_, same) in bySize.sorted(by: { $0.key < $1.key }) { for other in same.dropFirst() { split(same[0], other, []) } }
            for proof in proofs[log] ?? [] {
                for older in bySize[proof.older] ?? [] { for newer in bySize[proof.newer] ?? [] { split(older, newer, proof.path) } }
            }
            // Two logs that were owned up to excuse no third one.
            if try result.splits.count == before || isRepaired(log.node, log.epoch) { try compareWithOwn(log, held) }
            if result.splits.count == before { result.checkpoints += held.count }
        }
    }

    private func isSigned(_ held: HeldCheckpoint) -> Bool {
        guard let statement = try? UnverifiedStatement(held.envelope, .checkpoint), let key = key(of: held.checkpoint.node, statement.keyID) else { return false }
        return (try? statement.verified(by: key)) != nil
    }

    /// Adds what the path shows of the two, if anything.
    private mutating func split(_ first: HeldCheckpoint, _ second: HeldCheckpoint, _ path: [Hash32]) {
        let (older, newer) = (first.checkpoint.size, first.id) < (second.checkpoint.size, second.id) ? (first, second) : (second, first)
        let hashes = SplitEvidence.tells(older.checkpoint, newer.checkpoint, path)
        guard !hashes.isEmpty, !result.splits.contains(where: { $0.node == older.checkpoint.node && $0.roots == [older.checkpoint.root, newer.checkpoint.root] }) else { return }
        let sides = [older, newer].compactMap { side($0) }
        result.splits.append(
            .init(
                node: older.checkpoint.node, epoch: older.checkpoint.epoch, sizes: [older.checkpoint.size, newer.checkpoint.size],
                roots: [older.checkpoint.root, newer.checkpoint.root], hashes: hashes,
                evidence: sides.count == 2 ? SplitEvidence(older: sides[0], newer: sides[1], path: path) : nil))
    }

    private func side(_ held: HeldCheckpoint) -> SplitEvidence.Side? {
        guard let statement = try? UnverifiedStatement(held.envelope, .checkpoint) else { return nil }
        return key(of: held.checkpoint.node, statement.keyID).map { SplitEvidence.Side(key: $0.coseKey, checkpoint: held.envelope) }
    }

    /// The log itself, where one side is its owner, against every checkpoint of it; and two stores of one node against each other.
    private mutating func compareWithOwn(_ log: Log, _ held: [HeldCheckpoint]) throws {
        for side in HistoryComparison.Side.allCases where own.contains(side) {
            let view = view(side)
            guard view.settings.node == log.node else { continue }
            guard view.settings.epoch == log.epoch else {
                let isSigned = try left.hasSigned(log.node, view.settings.epoch) || right.hasSigned(log.node, view.settings.epoch)
                result.superseded.append(
                    .init(node: log.node, epoch: log.epoch, signed: held.map(\.checkpoint.size).max() ?? 0, owner: side, isSigned: isSigned))
                continue
            }
            let size = try view.reader.leafCount()
            // Of a fork that was owned up to the other machine's log is what it is; before it there was one.
            let repairedFrom = try view.repairedFrom
            let held = held.filter { one in repairedFrom.map { one.checkpoint.size <= $0 } ?? true }
            let isCopy = try size < copied(side, log.node)
            if !isCopy, let longest = held.map(\.checkpoint.size).max(), longest > size {
                result.shortened.append(.init(node: log.node, epoch: log.epoch, held: size, signed: longest, owner: side))
            }
            try findDropped(log, held, side, size)
            for one in held.sorted(by: { $0.checkpoint.size < $1.checkpoint.size }) where one.checkpoint.size <= size && one.checkpoint.size > 0 {
                let differing = try one.checkpoint.hashes.filter { hash in
                    try LogKeeper(reader: view.reader, hash).root(size: one.checkpoint.size) != one.checkpoint.root(hash)
                }
                guard let hash = differing.first else { continue }
                try splitFromOwn(one, hash, differing, held, view)
                break
            }
        }
    }

    /// How long the log is where the other side is a store of the same node; 0 where it is another's.
    private func copied(_ owner: HistoryComparison.Side, _ node: NodeID) throws -> UInt64 {
        own.contains(other(owner)) && view(other(owner)).settings.node == node ? try view(other(owner)).reader.leafCount() : 0
    }

    /// An older copy of the same store is not to have what came after it.
    private mutating func findDropped(_ log: Log, _ held: [HeldCheckpoint], _ owner: HistoryComparison.Side, _ size: UInt64) throws {
        let copy = try copied(owner, log.node)
        let kept = try view(owner).reader.heldCheckpoints(of: log.node)
        let (ids, newest) = (Set(kept.map(\.id)), kept.map(\.checkpoint.written).max())
        let dropped = held.filter { one in
            let isLater = copy > size || copy == size && newest.map { one.checkpoint.written > $0 } ?? false
            return one.checkpoint.size <= size && !ids.contains(one.id) && !isLater
        }
        guard !dropped.isEmpty else { return }
        result.dropped.append(.init(node: log.node, epoch: log.epoch, sizes: dropped.map(\.checkpoint.size).sorted(), owner: owner))
    }

    /// A signed checkpoint that the owner's own log does not lead to: with evidence where the owner signed a later one that shows it.
    private mutating func splitFromOwn(_ one: HeldCheckpoint, _ hash: HashAlgorithm, _ hashes: [HashAlgorithm], _ held: [HeldCheckpoint], _ view: NodeView) throws {
        let log = LogKeeper(reader: view.reader, hash)
        let size = try view.reader.leafCount()
        for newer in held where newer.checkpoint.size > one.checkpoint.size && newer.checkpoint.size <= size {
            guard try newer.checkpoint.root(hash) == log.root(size: newer.checkpoint.size) else { continue }
            split(one, newer, try log.consistencyProof(from: one.checkpoint.size, to: newer.checkpoint.size))
            if result.splits.last?.roots.first == one.checkpoint.root { return }
        }
        result.splits.append(
            .init(
                node: one.checkpoint.node, epoch: one.checkpoint.epoch, sizes: [one.checkpoint.size, one.checkpoint.size],
                roots: [one.checkpoint.root(hash) ?? one.checkpoint.root, try log.root(size: one.checkpoint.size)], hashes: hashes, evidence: nil))
    }
}

extension NodeView {
    /// Something that a node signed in an epoch is held here.
    fileprivate func hasSigned(_ node: NodeID, _ epoch: Epoch) throws -> Bool {
        if try reader.heldCheckpoints(of: node).contains(where: { $0.checkpoint.epoch == epoch }) { return true }
        return try reader.feeds().contains { try $0.feed.node == node && $0.feed.epoch == epoch && !reader.heads(ofFeed: $0.ref).isEmpty }
    }
}
