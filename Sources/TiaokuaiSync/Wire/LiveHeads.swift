import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// What a carrier that can answer needs besides `Exporter` and `Importer`: what to name to a peer, and nothing more.

extension NodeView {
    /// Heads of the feeds in partitions that both nodes' credentials receive.
    public func admittedHeads(with peer: NodeID) throws -> [Heads.Head] {
        var out: [Heads.Head] = []
        for row in try reader.feeds() where admits(row.feed.partition, with: peer) {
            out += try reader.heads(ofFeed: row.ref).map { Heads.Head(feed: row.feed, sequence: $0.sequence, id: $0.id) }
        }
        return out
    }

    /// Those of a peer's heads that this node holds too, without a gap before them. Named back, they keep the peer from
    /// sending a feed in which this node is ahead.
    public func held(_ heads: Heads, with peer: NodeID) throws -> [Heads.Head] {
        let waiting = Set(try reader.waiting().map(\.changeset))
        return try heads.heads.filter { head in
            guard admits(head.feed.partition, with: peer), let ref = try reader.changesetRef(head.id), !waiting.contains(ref) else { return false }
            return try reader.changesetLink(ref).feed == reader.feedRef(head.feed)
        }
    }

    private func admits(_ partition: Partition, with peer: NodeID) -> Bool {
        guard let trust else { return false }
        return trust.isHanded(partition, to: peer, reaching: reaches) && trust.receives(settings.node, partition, reaching: reaches)
    }

    /// Digest over feeds and heads that the peer's newest receipt vouches for: equal to `Receipt.acknowledgedDigest` of
    /// that receipt.
    public func acknowledgedDigest(by peer: NodeID) throws -> Hash32 {
        Receipt.digest(try reader.acknowledged(by: peer).map { ($0.feed, $0.changeset) })
    }

    /// Id of the newest receipt of this peer that this node holds.
    public func newestReceipt(of peer: NodeID) throws -> Hash32? {
        try reader.statements(.receipt, node: peer).last?.id
    }
}

extension Node {
    /// Frames of the root statements with a greater number, ascending.
    public func rootFrames(above number: UInt64) throws -> [Frame] {
        try store.read { try $0.statements(.rootStatement).filter { $0.number > number }.map { Frame(.rootStatement, $0.envelope) } }
    }

    /// Enters what went over a wire in the register of hand-overs.
    public func registerWire(peer: NodeID, direction: String, frames: Int, bytes: Int64, note: String) throws {
        try register(
            CarriedRow(
                direction: direction, carrier: "http", peer: peer, digest: nil, frames: frames, bytes: bytes, written: surroundings.now(), note: note))
    }
}
