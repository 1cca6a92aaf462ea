import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

// When things were made and when they came here.
extension AuditMaker {
    /// Entries of the period in feeds of the place and below, feed by feed.
    func arrivals() throws -> [FeedArrivals] {
        var byFeed: [Feed: [Arrival]] = [:]
        var open: OpenArrival?
        func close() {
            if let (feed, arrival) = open?.finished, isInPeriod(arrival.received) { byFeed[feed, default: []].append(arrival) }
            open = nil
        }
        func ineffective(_ entry: LogEntry, _ feed: Feed) -> Bool {
            close()
            open = OpenArrival(entry, feed)
            return true
        }
        try view.forEachEntered(from: 0, where: { isWithin($0.partition.place) }, ineffective: ineffective) { one in
            if open?.entry.position != one.entry.position {
                close()
                open = OpenArrival(one.entry, one.feed)
            }
            open?.add(one.raw, isReading: one.record.key.kind == AuditReadingKind.table.name)
            return true
        }
        close()
        return byFeed.map { feed, changesets in
            let line: LineID? = if case .work(_, let line) = feed.partition { line } else { nil }
            return FeedArrivals(
                node: feed.node.hash.hex, nodeName: view.name(ofNode: feed.node), epoch: feed.epoch.description, partition: feed.partition.description,
                isPolicy: feed.partition.isPolicy, line: line?.text, place: feed.partition.place.map(facts.place), isOwn: feed.node == view.settings.node, changesets: changesets)
        }.sorted { left, right in
            func order(_ row: FeedArrivals) -> [String] { [row.nodeName, row.node, row.partition, row.changesets.first?.received ?? "", row.epoch] }
            return order(left).lexicographicallyPrecedes(order(right))
        }
    }

    /// The newest own checkpoint of the log that the node keeps now.
    func checkpoint() throws -> AuditCheckpoint? {
        let held = try view.reader.heldCheckpoints(of: view.settings.node).filter { $0.checkpoint.epoch == view.settings.epoch }
        guard let newest = held.max(by: { ($0.checkpoint.written, $0.checkpoint.size, $0.id) < ($1.checkpoint.written, $1.checkpoint.size, $1.id) })?.checkpoint else { return nil }
        let size = try view.reader.leafCount()
        return AuditCheckpoint(
            node: newest.node.hash.hex, nodeName: view.settings.name, epoch: newest.epoch.description, size: newest.size, root: newest.root.hex,
            sm3Root: newest.sm3Root?.hex, written: newest.written.timestamp, phoneDigest: Node.phoneDigest(newest.root),
            entriesSince: size > newest.size ? size - newest.size : 0)
    }

    // MARK: What is not known

    func unknown(_ arrivals: [FeedArrivals], pendingCitations: Int) throws -> AuditUnknown {
        let regions = nodeRegions()
        let byNode = Dictionary(grouping: arrivals, by: \.node)
        let nodes = regions.map { node, region -> NodeHeard in
            let came = (byNode[node.hash.hex] ?? []).flatMap(\.changesets)
            return NodeHeard(
                node: node.hash.hex, nodeName: view.name(ofNode: node), place: facts.place(region), changesets: came.count, lastMade: came.compactMap(\.madeTo).max(),
                lastReceived: came.map(\.received).max())
        }.sorted { ($0.place.id, $0.nodeName, $0.node) < ($1.place.id, $1.nodeName, $1.node) }
        let settled = Set(regions.map(\.region))
        let below = view.node.regions.subtree(of: place, on: day).filter { $0 != place && !settled.contains($0) }
        return AuditUnknown(
            isOutside: !view.isWithin(place, view.settings.region), nodes: nodes, placesWithoutNode: below.count, waiting: try view.reader.waiting().count, pendingCitations: pendingCitations,
            withoutForm: try view.recordsWithoutForm().filter { isWithin($0.place) }.reduce(0) { $0 + $1.count }, unsealed: try unsealed(),
            lines: view.trust?.credentials(of: view.settings.node).first?.content.lines.map { $0.map(\.text) })
    }

    /// Nodes with a credential at the place or below.
    func nodeRegions() -> [(node: NodeID, region: RegionID)] {
        (view.trust?.nodes ?? []).compactMap { node in
            guard let region = view.trust?.credentials(of: node).first?.content.region, isWithin(region) else { return nil }
            return (node, region)
        }
    }

    /// Own work that is in no log yet. Local lists never are, and that somebody reads the audit must not change what it says.
    private func unsealed() throws -> Int {
        try view.reader.pending().count { row in
            let key = try view.reader.record(row.record).key
            return key.partition != .local && key.kind != AuditReadingKind.table.name
        }
    }
}

/// A changeset whose operations are being handed out.
private struct OpenArrival {
    let entry: LogEntry
    let feed: Feed
    private var operations = 0
    private var samples = 0
    private var made: (from: Written, to: Written)?
    private var saysMore: Bool

    init(_ entry: LogEntry, _ feed: Feed) {
        self.entry = entry
        self.feed = feed
        saysMore = entry.entry.state != .applied
    }

    mutating func add(_ raw: RawOperation, isReading: Bool) {
        operations += 1
        saysMore = saysMore || !isReading
        if raw.fields.contains(where: { $0.number == .sample && $0.value == .boolean(true) }) { samples += 1 }
        made = (min(made?.from ?? raw.written, raw.written), max(made?.to ?? raw.written, raw.written))
    }

    var finished: (Feed, Arrival)? {
        guard saysMore else { return nil }
        let state = entry.entry.state == .applied ? "applied" : entry.entry.state == .waiting ? "waiting" : "void"
        return (
            feed,
            Arrival(
                changeset: entry.entry.id.hash.hex, sequence: entry.entry.sequence, state: state, operations: operations, samples: samples,
                madeFrom: made.map { $0.from.timestamp }, madeTo: made.map { $0.to.timestamp }, received: entry.known.timestamp)
        )
    }
}

extension Office {
    /// The day of UTC+8 on which the newest thing came that this node holds, notes of who read the audit left out: what a report
    /// takes for its last day where nobody names one, so that no clock is looked at.
    public func lastDayHeld() throws -> Day {
        try node.ask { view in
            var last = Day(number: 0)
            func note(_ entry: LogEntry) -> Bool {
                last = max(last, entry.known.day)
                return true
            }
            try view.forEachEntered(from: 0, where: { _ in true }, ineffective: { entry, _ in note(entry) }) { one in
                one.record.key.kind == AuditReadingKind.table.name || note(one.entry)
            }
            for row in try view.reader.pending() where try view.reader.record(row.record).key.kind != AuditReadingKind.table.name { last = max(last, row.day) }
            return last
        }
    }
}
