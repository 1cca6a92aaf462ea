import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What of a node's history goes into a snapshot whole and what summed up; every pass gives the same frames.
struct SnapshotPlan {
    let exporter: Exporter
    /// Before the statement: root statements excepted, everything whose signature the receiver needs, or has made itself.
    private let opening: [Exporter.Planned]
    /// Work of others below its heads, each feed in sequence.
    private let below: [Exporter.Planned]
    /// Heads of the work of others.
    private let tips: [Exporter.Planned]
    /// Made once: a receipt of a second later is another.
    private let closing: [Frame]
    let heads: Heads

    /// Throws `historyLacking` where this node holds some of it without signatures itself.
    init(_ exporter: Exporter) throws {
        if let stretch = exporter.withheld.first { throw SnapshotError(.historyLacking, ["node": stretch.holder?.short ?? ""]) }
        self.exporter = exporter
        closing = try exporter.closingStatements()
        let inner = Set(exporter.plan.compactMap(\.predecessor))
        let peer = exporter.peers[0]
        let isWhole = { (planned: Exporter.Planned) in planned.feed.partition.isPolicy || planned.feed.node == peer }
        opening = exporter.plan.filter(isWhole)
        let work = exporter.plan.filter { !isWhole($0) }
        below = work.filter { inner.contains($0.id) }
        tips = work.filter { !inner.contains($0.id) }
        heads = Heads(exporter.plan.filter { !inner.contains($0.id) }.map { Heads.Head(feed: $0.feed, sequence: $0.sequence, id: $0.id) })
    }

    /// Frames between header and trailer, in order; the statement's own is left out where there is none yet. Gives how many changesets were summed up.
    @discardableResult
    func frames(_ statement: Frame?, _ body: (Frame) throws -> Void) throws -> UInt64 {
        for frame in try exporter.statements() { try body(frame) }
        for planned in opening { try body(try exporter.frame(planned)) }
        if let statement { try body(statement) }
        var packer = SummaryPacker()
        var (last, count): (ChangesetID?, UInt64) = (nil, 0)
        func put(_ page: SummaryPage?) throws { if let page { try body(Frame(.summary, try page.encode())) } }
        for planned in below {
            let row = try exporter.node.store.read { try $0.changeset(planned.ref) }
            let changeset = try UnverifiedChangeset(row.item)
            guard row.state == .applied, let item = try SummedItem(changeset, after: last) else {
                try put(packer.take())
                try body(Frame(.changeset, row.item.bytes))
                continue
            }
            try put(packer.add(item))
            (last, count) = (planned.id, count + 1)
        }
        try put(packer.take())
        for planned in tips { try body(try exporter.frame(planned)) }
        for frame in closing { try body(frame) }
        return count
    }
}
