import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore

/// A checkpoint as held: its signature was checked when it came in.
package struct HeldCheckpoint: Hashable, Sendable {
    package let id: Hash32
    package let checkpoint: Checkpoint
    package let envelope: [UInt8]
    package let received: Written

    init(_ row: StatementRow) throws {
        id = row.id
        checkpoint = try DecodedStatements.checkpoint(row.envelope)
        envelope = row.envelope
        received = row.received
    }

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
    /// Those of which nothing proves that the newest log begins with theirs, under some hash; ascending by size.
    let unproven: [Unproven]

    struct Unproven: Hashable, Sendable {
        let held: HeldCheckpoint
        /// The hashes under which the proof is lacking.
        let hashes: [HashAlgorithm]
        var checkpoint: Checkpoint { held.checkpoint }
    }

    /// Nil without a checkpoint of this epoch.
    init?(_ epoch: Epoch, _ checkpoints: [HeldCheckpoint], _ proofs: [ConsistencyReceipt]) {
        let held = checkpoints.filter { $0.checkpoint.epoch == epoch }.sorted(by: HeldCheckpoint.precedes)
        guard let size = held.last?.checkpoint.size, let newest = held.first(where: { $0.checkpoint.size == size }) else { return nil }
        self.held = held
        self.node = newest.checkpoint.node
        self.epoch = epoch
        self.newest = newest
        let proofs = proofs.filter { $0.epoch == epoch }
        let proven = newest.checkpoint.hashes.map { hash in (hash, LogLine.proven(hash, held, newest, proofs.filter { $0.hash == hash })) }
        unproven = held.compactMap { one in
            let hashes = proven.filter { hash, points in Point(one, hash).map { !points.contains($0) } ?? true }.map(\.0)
            return hashes.isEmpty ? nil : Unproven(held: one, hashes: hashes)
        }
    }

    /// Backwards from the newest: what a proven log is proven to extend is proven too, and never the other way round, since two
    /// logs may well begin with the same third one.
    private static func proven(_ hash: HashAlgorithm, _ held: [HeldCheckpoint], _ newest: HeldCheckpoint, _ proofs: [ConsistencyReceipt]) -> Set<Point> {
        var open = [Point(newest, hash)].compactMap(\.self)
        var proven = Set(open)
        let points = Dictionary(grouping: Set(held.compactMap { Point($0, hash) }), by: \.size)
        let ending = Dictionary(grouping: proofs, by: \.newer)
        while let point = open.popLast() {
            for proof in ending[point.size] ?? [] {
                for older in points[proof.older] ?? [] where !proven.contains(older) && holds(proof, from: older.root, to: point.root) {
                    proven.insert(older)
                    open.append(older)
                }
            }
        }
        return proven
    }

    private struct Point: Hashable {
        let size: UInt64
        let root: Hash32
        init?(_ held: HeldCheckpoint, _ hash: HashAlgorithm) {
            guard let root = held.checkpoint.root(hash) else { return nil }
            self.init(held.checkpoint.size, root)
        }
        init(_ size: UInt64, _ root: Hash32) {
            self.size = size
            self.root = root
        }
    }

    private static func holds(_ proof: ConsistencyReceipt, from old: Hash32, to new: Hash32) -> Bool {
        steps.answer(Step(hash: proof.hash, older: Point(proof.older, old), newer: Point(proof.newer, new), path: proof.path)) {
            (try? MerkleTree(proof.hash).verifyConsistency(from: proof.older, to: proof.newer, oldRoot: old, newRoot: new, proof: proof.path)) != nil
        }
    }

    /// A line is drawn anew whenever something of the log comes; whether a path leads from one root to another never changes.
    private static let steps = Memo<Step, Bool>(maximum: 8_192)

    private struct Step: Hashable {
        let hash: HashAlgorithm
        let older, newer: Point
        let path: [Hash32]
    }

    /// When a proof could first have been asked for: a larger log of the epoch and this one were both here.
    func unprovenSince(_ one: HeldCheckpoint) -> Written {
        let others = held.filter { $0.checkpoint.size > one.checkpoint.size || $0.checkpoint.contradicts(one.checkpoint) }
        return max(one.received, others.map(\.received).min() ?? one.received)
    }
}

extension SplitEvidence {
    /// The path that shows two checkpoints of one node and epoch to be of different logs, nil where nothing here shows it:
    /// empty for one size, else one that leads from another log of the older size to the newer's root, under either hash.
    package static func path(_ older: Checkpoint, _ newer: Checkpoint, _ proofs: [ConsistencyReceipt]) -> [Hash32]? {
        guard older.node == newer.node, older.epoch == newer.epoch, older.size <= newer.size else { return nil }
        if older.size == newer.size { return older.contradicts(newer) ? [] : nil }
        return proofs.lazy.filter { $0.epoch == older.epoch && $0.older == older.size && $0.newer == newer.size }.map(\.path).first { path in
            !tells(older, newer, path).isEmpty
        }
    }

    /// The hashes under which the path shows them to be of different logs.
    package static func tells(_ older: Checkpoint, _ newer: Checkpoint, _ path: [Hash32]) -> [HashAlgorithm] {
        HashAlgorithm.allCases.filter { hash in
            guard let old = older.root(hash), let new = newer.root(hash) else { return false }
            if older.size == newer.size { return old != new && path.isEmpty }
            guard let root = try? MerkleTree(hash).oldRoot(from: older.size, to: newer.size, newRoot: new, proof: path) else { return false }
            return root != old
        }
    }
}
