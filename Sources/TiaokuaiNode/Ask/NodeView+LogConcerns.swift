import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension NodeView {
    /// Checkpoints of one log whose own feeds are compared with each other, unless everything is asked for.
    private static let recentCheckpoints = 8

    /// What the logs of others, as they were shown here, contradict or leave open; by code, node and item.
    ///
    /// `thorough`: every changeset and every checkpoint held, not only the newest.
    public func logConcerns(thorough: Bool = false) throws -> [LogConcern] {
        let feeds = try reader.feeds()
        var out = try splitViews()
        for node in trust?.nodes ?? [] where node != settings.node {
            let held = try reader.heldCheckpoints(of: node)
            guard let current = StoreReader.currentEpoch(held) else { continue }
            let proofs = try reader.heldProofs(of: node)
            for epoch in Set(held.map(\.checkpoint.epoch)).sorted() {
                // What an ended epoch left unproven can't be proven any more: its log was begun anew.
                guard let line = LogLine(epoch, held, proofs), epoch == current || thorough else { continue }
                if thorough { out += splits(line, proofs, besides: out) }
                out += unproven(line, besides: out)
                out += try wentBack(line, thorough: thorough)
            }
            out += try withheld(node, held, feeds)
            out += try restores(node, held, feeds, thorough: thorough)
        }
        out += try otherBranches(feeds)
        out += try lackingCheckpoints(feeds, thorough: thorough)
        let repaired = Set(try forkRepairs().map(\.feed))
        let epochs = Set(feeds.filter { repaired.contains($0.feed.id) }.map { NodeEpoch(node: $0.feed.node, epoch: $0.feed.epoch) })
        for index in out.indices {
            if let epoch = out[index].epoch { out[index].isRepaired = epochs.contains(NodeEpoch(node: out[index].node, epoch: epoch)) }
        }
        return out.sorted { ($0.code.rawValue, $0.node, $0.numbers.first ?? 0, $0.item) < ($1.code.rawValue, $1.node, $1.numbers.first ?? 0, $1.item) }
    }

    private func splitViews() throws -> [LogConcern] {
        try reader.statements(.evidence).compactMap { row in
            let evidence = try SplitEvidence(row.envelope)
            let older = try Checkpoint(UnverifiedStatement(evidence.older.checkpoint, .checkpoint).claimed)
            let newer = try Checkpoint(UnverifiedStatement(evidence.newer.checkpoint, .checkpoint).claimed)
            return LogConcern(
                .splitView, node: older.node, epoch: older.epoch, item: row.id, numbers: [older.size, newer.size], since: row.received,
                hashes: SplitEvidence.tells(older, newer, evidence.path))
        }
    }

    /// Two logs that the checkpoints and proofs held show by themselves, where the evidence that was made of them is gone.
    private func splits(_ line: LogLine, _ proofs: [ConsistencyReceipt], besides known: [LogConcern]) -> [LogConcern] {
        let told = Set(known.filter { $0.node == line.node && $0.epoch == line.epoch }.flatMap(\.numbers))
        return line.unproven.map(\.held).filter { !told.contains($0.checkpoint.size) }.compactMap { one in
            for other in line.held where other.id != one.id {
                let (older, newer) = one.checkpoint.size <= other.checkpoint.size ? (one.checkpoint, other.checkpoint) : (other.checkpoint, one.checkpoint)
                guard let path = SplitEvidence.path(older, newer, proofs) else { continue }
                return LogConcern(
                    .splitView, node: line.node, epoch: line.epoch, item: one.id, numbers: [older.size, newer.size], since: max(one.received, other.received),
                    hashes: SplitEvidence.tells(older, newer, path))
            }
            return nil
        }
    }

    /// Those that evidence speaks of already are left out.
    private func unproven(_ line: LogLine, besides known: [LogConcern]) -> [LogConcern] {
        let split = Set(known.filter { $0.node == line.node && $0.epoch == line.epoch }.flatMap(\.numbers))
        return line.unproven.filter { !split.contains($0.checkpoint.size) }.map { one in
            LogConcern(
                .unproven, node: line.node, epoch: line.epoch, item: one.held.id, numbers: [one.checkpoint.size, line.newest.checkpoint.size],
                since: line.unprovenSince(one.held), hashes: one.hashes)
        }
    }

    /// Own heads move on and never vanish: a later checkpoint lists each head of an earlier one, or one that came after it.
    private func wentBack(_ line: LogLine, thorough: Bool) throws -> [LogConcern] {
        let compared = thorough ? line.held : line.held.suffix(NodeView.recentCheckpoints)
        let ancestry = Ancestry(reader: reader)
        var out: [LogConcern] = []
        for (earlier, later) in zip(compared, compared.dropFirst()) where earlier.checkpoint.size < later.checkpoint.size {
            let listed = Dictionary(grouping: later.checkpoint.ownFeeds, by: \.feed).mapValues { $0.map(\.head) }
            for own in earlier.checkpoint.ownFeeds {
                let heads = listed[own.feed] ?? []
                if heads.contains(own.head) { continue }
                // A head that is not here yet may well come after it.
                let areHeld = try ([own.head] + heads).allSatisfy { try reader.changesetRef($0) != nil }
                guard heads.isEmpty || areHeld, try !ancestry.contains(own.head, heads) else { continue }
                out.append(
                    LogConcern(
                        .wentBack, node: line.node, epoch: line.epoch, feed: own.feed, item: own.head.hash,
                        numbers: [earlier.checkpoint.size, later.checkpoint.size], since: later.received))
            }
        }
        return out
    }

    // MARK: What should be here

    /// Heads that a node's newest checkpoints list, that this node may receive, and that are not here.
    private func withheld(_ node: NodeID, _ held: [HeldCheckpoint], _ feeds: [FeedRow]) throws -> [LogConcern] {
        // One that came and waits for what is before it is named there.
        func isHere(_ head: ChangesetID) throws -> Bool { try reader.changesetRef(head) != nil }
        let newest = Dictionary(grouping: held, by: \.checkpoint.epoch).compactMapValues { $0.max(by: HeldCheckpoint.precedes) }
        var lacking: [FeedID: ChangesetID] = [:]
        for one in newest.values.sorted(by: { ($0.received, $0.id) < ($1.received, $1.id) }) {
            for own in one.checkpoint.ownFeeds where try !isHere(own.head) { lacking[own.feed] = own.head }
        }
        guard !lacking.isEmpty else { return [] }
        var known = Dictionary(feeds.map { ($0.feed.id, $0.feed) }, uniquingKeysWith: { first, _ in first })
        if lacking.keys.contains(where: { known[$0] == nil }) {
            let epochs = Set(held.map(\.checkpoint.epoch)).union(feeds.lazy.filter { $0.feed.node == node }.map(\.feed.epoch))
            for partition in try possiblePartitions(of: node) {
                for epoch in epochs { if case let feed = Feed(node: node, epoch: epoch, partition: partition), known[feed.id] == nil { known[feed.id] = feed } }
            }
        }
        return try lacking.compactMap { feedID, head -> LogConcern? in
            // What no partition that this node may receive comes to is somebody else's.
            guard let feed = known[feedID], trust?.receives(settings.node, feed.partition, reaching: reaches) == true else { return nil }
            let since = try held.filter { one in try one.checkpoint.ownFeeds.contains { try $0.feed == feedID && !isHere($0.head) } }.map(\.received).min()
            return LogConcern(
                .withheld, node: node, epoch: feed.epoch, feed: feedID, partition: feed.partition, item: head.hash, since: since ?? Written(milliseconds: 0))
        }
    }

    /// Partitions in which a node may write and that this node may receive: what the hash in a checkpoint may stand for.
    private func possiblePartitions(of node: NodeID) throws -> Set<Partition> {
        guard let trust else { return [] }
        let places = trust.credentials(of: node).map(\.content.region) + [settings.region]
        let partitions = try reader.partitions().map(\.partition)
        var lines = Set(units.compactMap(\.line))
        for case .work(_, let line?) in partitions { lines.insert(line) }
        let regions = understanding.policy.regions.regions.map(\.id).filter { region in
            places.allSatisfy { isWithin(region, $0) || isWithin($0, region) }
        }
        var out = Set(partitions)
        for region in regions {
            out.formUnion([.policy(region), .work(region, nil)])
            for line in lines { out.insert(.work(region, line)) }
        }
        return out.filter { $0 != .local && trust.receives(settings.node, $0, reaching: reaches) }
    }

    /// Heads that peers vouch for, in feeds that reach as far here on another way.
    private func otherBranches(_ feeds: [FeedRow]) throws -> [LogConcern] {
        let rows = Dictionary(feeds.map { ($0.feed.id, $0) }, uniquingKeysWith: { first, _ in first })
        var out: [Hash32: LogConcern] = [:]
        for peer in trust?.nodes ?? [] where peer != settings.node {
            guard let receipt = try reader.statements(.receipt, node: peer).last else { continue }
            for head in try reader.acknowledged(by: peer) {
                guard let row = rows[head.feed], try reader.changesetRef(head.changeset) == nil else { continue }
                let reached = try reader.heads(ofFeed: row.ref).map(\.sequence).max() ?? 0
                // Of this node's own epoch nobody has more than itself; what it lost of an earlier one comes back.
                let isOwn = row.feed.node == settings.node && row.feed.epoch == settings.epoch
                guard reached >= head.sequence || isOwn, out[head.changeset.hash] == nil else { continue }
                out[head.changeset.hash] = LogConcern(
                    .otherBranch, node: row.feed.node, epoch: row.feed.epoch, feed: head.feed, partition: row.feed.partition, item: head.changeset.hash,
                    numbers: [head.sequence], since: receipt.received)
            }
        }
        return Array(out.values)
    }

    /// Checkpoints that others' changesets name and that are not here.
    private func lackingCheckpoints(_ feeds: [FeedRow], thorough: Bool) throws -> [LogConcern] {
        var out: [Hash32: LogConcern] = [:]
        for row in feeds where row.feed.node != settings.node {
            let refs =
                thorough
                ? try reader.changesets(inFeed: row.ref, from: 1).map(\.ref)
                : try reader.heads(ofFeed: row.ref).compactMap { try reader.changesetRef($0.id) }
            for ref in refs {
                let header = try reader.header(ref)
                guard let checkpoint = header.checkpoint, out[checkpoint] == nil, try reader.statement(checkpoint) == nil else { continue }
                out[checkpoint] = LogConcern(
                    .checkpointLacking, node: row.feed.node, epoch: row.feed.epoch, feed: row.feed.id, partition: row.feed.partition, item: checkpoint,
                    numbers: [header.sequence], since: try reader.changeset(ref).received)
            }
        }
        return Array(out.values)
    }

    // MARK: What to ask for

    /// What this node wants to have proven of one log: the sizes that its newest checkpoint is not proven to extend, and the
    /// checkpoints that its newest changesets name.
    func wish(of node: NodeID, now: Written, _ logs: HeldLogs) throws -> LogAsk {
        let line = try logs.line(of: node)
        let sizes = line?.unproven.map { LogAsk.Size(epoch: $0.checkpoint.epoch, size: $0.checkpoint.size) } ?? []
        var lacking: Set<Hash32> = []
        for row in try reader.feeds() where row.feed.node == node {
            for head in try reader.heads(ofFeed: row.ref) {
                guard let ref = try reader.changesetRef(head.id), let checkpoint = try reader.header(ref).checkpoint else { continue }
                if try reader.statement(checkpoint) == nil { lacking.insert(checkpoint) }
            }
        }
        return LogAsk(network: settings.network ?? NetworkID(.zero), node: settings.node, of: node, written: now, sizes: sizes, checkpoints: lacking)
    }
}

/// One log: a node's between two restores.
private struct NodeEpoch: Hashable {
    let node: NodeID
    let epoch: Epoch
}
