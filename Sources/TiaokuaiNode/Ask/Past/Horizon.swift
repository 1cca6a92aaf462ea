import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// To where in a node's log its knowledge is taken back.
public struct Horizon: Hashable, Sendable {
    /// How many entries of the log count, the genesis entry included.
    public let position: UInt64
    /// When the last of them had come; what has the day as an argument takes it for today.
    public let time: Written
    /// Only what this node is known to have held, by its own receipts; nil: this node itself.
    public let knownBy: NodeID?
    /// The receipt that says so.
    public let receipt: Hash32?
    let store: StoreHorizon
}

/// One entry of this node's log, the genesis entry left out.
public struct LogEntry: Hashable, Sendable {
    /// Index in the log.
    public let position: UInt64
    public let entry: ChangesetEntry
    /// When it came: its received time, held between the checkpoints before and after it and never earlier than the entry
    /// before. Whoever changes a time in the store can't move an entry past a checkpoint that others hold.
    public let known: Written
    /// A checkpoint covers it, so that its time can't be moved any more.
    public let isSealed: Bool
    /// By how many milliseconds its received time lies before the checkpoint before it (below zero) or after the one after it; 0 between them.
    public let outside: Int64
}

/// When the entries of a log came, as far as its owner's checkpoints seal it.
struct LogTimes {
    private struct Seal: Hashable {
        let size: UInt64
        let written: Written
    }

    private let reader: StoreReader
    /// By size; of one epoch, that of the log.
    private let seals: [Seal]
    let size: UInt64

    init(_ reader: StoreReader, _ settings: NodeSettings) throws {
        self.reader = reader
        size = try reader.leafCount()
        let (epoch, size) = (settings.epoch, size)
        let own = try reader.heldCheckpoints(of: settings.node).map(\.checkpoint) + reader.vouchedCheckpoints(of: settings.node)
        let all = Set(own.filter { $0.epoch == epoch && $0.size <= size }.map { Seal(size: $0.size, written: $0.written) })
        seals = all.sorted { ($0.size, $0.written) < ($1.size, $1.written) }
    }

    /// Hands out the entries from a position on, in order, until the body says no more.
    func forEach(from position: UInt64, _ body: (LogEntry) throws -> Bool) throws {
        let start = seals.last { $0.size <= position }
        var before = start?.written ?? Written(milliseconds: .min)
        var next = seals.firstIndex { $0.size > (start?.size ?? 0) } ?? seals.endIndex
        var last = before
        func pass(_ received: Written) { last = max(last, next < seals.endIndex ? min(received, seals[next].written) : received) }
        // No seal lies between: of what came before the position the latest counts.
        let sealed = start?.size ?? 0
        if sealed < position, let latest = try reader.latestReceived(sealed..<position) { pass(latest) }
        var from = max(position, 1)
        var page = 1
        while true {
            // The first entry of a log is no changeset.
            let entries = try reader.logEntries(from: from, limit: page)
            for (index, entry) in entries {
                guard index < size else { return }
                while next < seals.endIndex, seals[next].size <= index {
                    before = max(before, seals[next].written)
                    last = max(last, before)
                    next += 1
                }
                pass(entry.received)
                let seal = next < seals.endIndex ? seals[next] : nil
                guard try body(LogEntry(position: index, entry: entry, known: last, isSealed: seal != nil, outside: outside(entry.received, before, seal))) else { return }
            }
            guard entries.count == page, let reached = entries.last?.position, reached < Int64.max else { return }
            from = reached + 1
            page = min(page * 4, 256)
        }
    }

    private func outside(_ received: Written, _ before: Written, _ seal: Seal?) -> Int64 {
        func distance(from one: Written, to other: Written) -> Int64 {
            let (distance, isBeyond) = other.milliseconds.subtractingReportingOverflow(one.milliseconds)
            return isBeyond ? (other < one ? .min : .max) : distance
        }
        if received < before { return distance(from: before, to: received) }
        return seal.map { $0.written < received ? distance(from: $0.written, to: received) : 0 } ?? 0
    }

    /// The first position at which something came after an instant; the log's size when nothing did.
    func position(after instant: Written) throws -> UInt64 {
        var found = size
        try forEach(from: seals.last { $0.written <= instant }?.size ?? 0) { entry in
            guard entry.known > instant else { return true }
            found = entry.position
            return false
        }
        return found
    }

    /// When the entry at a position came; nil beyond the last.
    func known(_ position: UInt64) throws -> LogEntry? {
        var found: LogEntry?
        try forEach(from: position) { entry in
            found = entry
            return false
        }
        return found
    }
}

extension NodeView {
    /// What this node held when its log had so many entries. Throws `beyondLog`.
    ///
    /// - Parameter peer: as another node is known, by its own receipts that had come by then, to have held it. Throws
    ///   `noReceipt` where none had.
    public func horizon(position: UInt64, knownBy peer: NodeID? = nil) throws -> Horizon {
        let times = try LogTimes(reader, settings)
        guard (1...max(times.size, 1)).contains(position) else {
            throw NodeError(.beyondLog, ["position": "\(position)", "size": "\(times.size)"])
        }
        let through = try position < times.size ? times.known(position)?.known : nil
        let time = try position > 1 ? times.known(position - 1)?.known : nil
        return try horizon(position, time ?? through ?? node.surroundings.now(), through ?? Written(milliseconds: .max), knownBy: peer)
    }

    /// What this node held at the end of a day (UTC+8).
    public func horizon(day: Day, knownBy peer: NodeID? = nil) throws -> Horizon {
        let end = day.end
        let position = try LogTimes(reader, settings).position(after: end)
        guard position > 0 else { throw NodeError(.beyondLog, ["position": day.description, "size": "0"]) }
        return try horizon(position, end, end, knownBy: peer)
    }

    private func horizon(_ position: UInt64, _ time: Written, _ through: Written, knownBy peer: NodeID?) throws -> Horizon {
        guard let peer, peer != settings.node else {
            return Horizon(
                position: position, time: time, knownBy: nil, receipt: nil, store: StoreHorizon(node: settings.node, position: position, statementsThrough: through))
        }
        let receipts = try reader.statements(.receipt, node: peer).filter { $0.received <= through }
        guard let newest = receipts.last else { throw NodeError(.noReceipt, ["node": trust?.credentials(of: peer).first?.content.name ?? peer.short]) }
        let accepted = try Receipt(UnverifiedStatement(newest.envelope, .receipt).claimed).accepted
        var heads = accepted.map(\.head)
        // What a node wrote it has held, also what it doesn't name to us.
        for row in try reader.feeds() where row.feed.node == peer { heads += try reader.heads(ofFeed: row.ref).map(\.id) }
        return Horizon(
            position: position, time: min(time, newest.received), knownBy: peer, receipt: newest.id,
            store: StoreHorizon(node: settings.node, position: position, statementsThrough: through, heads: heads))
    }

    /// The first entry of this node's log at a position or after it; nil beyond the last.
    public func logEntry(_ position: UInt64) throws -> LogEntry? { try LogTimes(reader, settings).known(position) }

    /// The entries of this node's log from a position on, oldest first, one at a time, until the body says no more.
    public func forEachLogEntry(from position: UInt64 = 0, _ body: (LogEntry) throws -> Bool) throws {
        try LogTimes(reader, settings).forEach(from: position, body)
    }
}
