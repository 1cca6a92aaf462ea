import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

extension Exporter {
    /// What of this node's holding goes to one peer.
    ///
    /// What a receiver has is known from its own statement only. Where nobody answers (one-way 单向), that never changes, and
    /// something else ends the sending: a changeset goes along in the hand-over in which it is new and in the next `repeats`
    /// ones, and an operator who has heard that a file arrived may end it sooner. Neither counts as a receipt anywhere.
    struct Planner {
        let view: NodeView
        let trust: TrustState
        let peer: NodeID
        /// Heads behind which nothing is sent, by feed.
        private let held: [FeedID: [Head]]
        private let isOneWay: Bool
        /// What waits at the peer for something, by its own newest statement.
        private let waiting: Set<ChangesetID>
        /// Something is held without its signature.
        private let hasSummed: Bool

        private struct Head {
            let id: ChangesetID
            let sequence: UInt64
        }

        init(_ view: NodeView, _ trust: TrustState, for peer: NodeID, known: Heads?, repeats: Int?) throws {
            (self.view, self.trust, self.peer) = (view, trust, peer)
            var held: [FeedID: [Head]] = [:]
            if let known {
                for head in known.heads { held[head.feed.id, default: []].append(Head(id: head.id, sequence: head.sequence)) }
            } else {
                for head in try view.reader.acknowledged(by: peer) { held[head.feed, default: []].append(Head(id: head.changeset, sequence: head.sequence)) }
                for head in try repeats.map({ try view.headsNotRepeated(to: peer, repeats: $0) }) ?? [] {
                    held[head.feed, default: []].append(Head(id: head.changeset, sequence: head.sequence))
                }
            }
            self.held = held
            isOneWay = repeats != nil
            waiting = try Planner.waiting(at: peer, view)
            hasSummed = try view.reader.summedCount() > 0
        }

        private static func waiting(at peer: NodeID, _ view: NodeView) throws -> Set<ChangesetID> {
            guard let newest = try view.reader.statements(.receipt, node: peer).last else { return [] }
            return Set(try Receipt(try UnverifiedStatement(newest.envelope, .receipt).claimed).waiting.map(\.changeset))
        }

        /// Policy first, root downwards, in each place's that of superiors first; then work; each feed in sequence.
        func plan(again: [FeedRange]) throws -> [Planned] {
            try view.reader.feeds().map { (place: Exporter.order($0.feed, view), row: $0) }.sorted { $0.place < $1.place }.map(\.row).flatMap { row in
                trust.isHanded(row.feed.partition, to: peer, reaching: view.reaches) ? try missing(row, again: again) : []
            }
        }

        private func missing(_ row: FeedRow, again: [FeedRange]) throws -> [Planned] {
            let all = try view.reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }
            let heads = held[row.feed.id] ?? []
            let covered = FeedCoverage(all, heads: heads.map(\.id)).covered
            var lacking = Set(all.map(\.id)).subtracting(covered)
            // The peer vouches for a head that we lack and that lies further on: it is ahead of us, or on another branch. Our own
            // newest tells which, and if it has to wait there the next statement says so. Where nobody answers, all of it goes.
            let ids = Set(all.map(\.id))
            let isAhead = !isOneWay && heads.contains { head in !ids.contains(head.id) && all.allSatisfy { $0.sequence <= head.sequence } }
            if isAhead, !all.contains(where: { waiting.contains($0.id) }) { lacking.subtract(all.compactMap(\.predecessor)) }
            // Nobody takes what has no signature: whoever made the snapshot has it.
            let summed = try hasSummed ? Set(view.reader.summed(inFeed: row.ref).map(\.ref)) : []
            return all.filter { !summed.contains($0.ref) }.filter { item in lacking.contains(item.id) || again.contains { $0.contains(row.feed.id, item.sequence) } }.map {
                Planned(ref: $0.ref, id: $0.id, predecessor: $0.predecessor, feed: row.feed, sequence: $0.sequence)
            }
        }
    }

    /// Where a feed stands in a bundle. Within a place's policy superiors come first: there they grant what the place's own node signs under.
    static func order(_ feed: Feed, _ view: NodeView) -> (Int, Int, Partition, Int, NodeID, Epoch) {
        let depth = feed.partition.place.map { view.depth(of: $0) } ?? 0
        return (feed.partition.isPolicy ? 0 : 1, depth, feed.partition, view.trust?.depth(of: feed.node) ?? .max, feed.node, feed.epoch)
    }
}

extension NodeView {
    /// Heads behind which nothing is repeated any more to a peer that doesn't answer: everything up to the hand-over
    /// `repeats` + 1 files back, and what an operator has confirmed.
    func headsNotRepeated(to peer: NodeID, repeats: Int) throws -> [CarriedHead] {
        let recent = try reader.handovers(to: peer, limit: repeats + 1)
        let expired = recent.count > repeats ? try reader.handedHeads(to: peer, through: recent[repeats]) : []
        return try expired + reader.confirmedHeads(of: peer)
    }
}
