import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel

/// A checkpoint as held: its signature was checked when it came in.
struct HeldCheckpoint: Hashable, Sendable {
    let id: Hash32
    let checkpoint: Checkpoint
    let envelope: [UInt8]
    let received: Written

    static func precedes(_ left: HeldCheckpoint, _ right: HeldCheckpoint) -> Bool {
        (left.checkpoint.size, left.received, left.id) < (right.checkpoint.size, right.received, right.id)
    }
}

/// What the checkpoints of one node and epoch come to, with the proofs between them: which of them the newest is proven to
/// extend, and which not. Pure.
struct LogLine: Sendable {
    let node: NodeID
    let epoch: Epoch
    /// By size, then in order of arrival.
    let held: [HeldCheckpoint]
    /// Of the largest size; of several the one that came first.
    let newest: HeldCheckpoint
    /// Those of which nothing proves that the newest log begins with theirs; ascending by size.
    let unproven: [HeldCheckpoint]

    /// Nil without a checkpoint of this epoch.
    init?(_ epoch: Epoch, _ checkpoints: [HeldCheckpoint], _ proofs: [ConsistencyReceipt]) {
        held = checkpoints.filter { $0.checkpoint.epoch == epoch }.sorted(by: HeldCheckpoint.precedes)
        guard let size = held.last?.checkpoint.size, let newest = held.first(where: { $0.checkpoint.size == size }) else { return nil }
        self.node = newest.checkpoint.node
        self.epoch = epoch
        self.newest = newest
        // Backwards from the newest: what a proven log is proven to extend is proven too, and never the other way round, since
        // two logs may well begin with the same third one.
        var proven: Set<Point> = [Point(newest)]
        var open = [Point(newest)]
        let points = Dictionary(grouping: Set(held.map(Point.init)), by: \.size)
        let ending = Dictionary(grouping: proofs.filter { $0.epoch == epoch }, by: \.newer)
        while let point = open.popLast() {
            for proof in ending[point.size] ?? [] {
                for older in points[proof.older] ?? [] where !proven.contains(older) && LogLine.holds(proof, from: older.root, to: point.root) {
                    proven.insert(older)
                    open.append(older)
                }
            }
        }
        unproven = held.filter { !proven.contains(Point($0)) }
    }

    private struct Point: Hashable {
        let size: UInt64
        let root: Hash32
        init(_ held: HeldCheckpoint) {
            size = held.checkpoint.size
            root = held.checkpoint.root
        }
    }

    private static func holds(_ proof: ConsistencyReceipt, from old: Hash32, to new: Hash32) -> Bool {
        (try? MerkleTree.sha256.verifyConsistency(from: proof.older, to: proof.newer, oldRoot: old, newRoot: new, proof: proof.path)) != nil
    }

    /// When a proof could first have been asked for: a larger log of the epoch and this one were both here.
    func unprovenSince(_ one: HeldCheckpoint) -> Written {
        let others = held.filter { $0.checkpoint.size > one.checkpoint.size || ($0.checkpoint.size == one.checkpoint.size && $0.checkpoint.root != one.checkpoint.root) }
        return max(one.received, others.map(\.received).min() ?? one.received)
    }
}

extension SplitEvidence {
    /// The path that shows two checkpoints of one node and epoch to be of different logs, nil where nothing here shows it:
    /// empty for one size, else one that leads from another log of the older size to the newer's root.
    static func path(_ older: Checkpoint, _ newer: Checkpoint, _ proofs: [ConsistencyReceipt]) -> [Hash32]? {
        guard older.node == newer.node, older.epoch == newer.epoch, older.size <= newer.size else { return nil }
        if older.size == newer.size { return older.root == newer.root ? nil : [] }
        return proofs.lazy.filter { $0.epoch == older.epoch && $0.older == older.size && $0.newer == newer.size }.map(\.path).first { path in
            tells(older, newer, path)
        }
    }

    static func tells(_ older: Checkpoint, _ newer: Checkpoint, _ path: [Hash32]) -> Bool {
        if older.size == newer.size { return older.root != newer.root && path.isEmpty }
        guard let root = try? MerkleTree.sha256.oldRoot(from: older.size, to: newer.size, newRoot: newer.root, proof: path) else { return false }
        return root != older.root
    }
}
