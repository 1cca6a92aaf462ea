import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// Which entries of a node's log a year is, and the signed heads at its ends.
struct ArchiveSpan {
    let year: Int
    /// The first entry of the year, and the first after it.
    let from, to: UInt64
    /// The first and the last instant of the year, UTC+8.
    let begin, end: Written
    let head: HeldCheckpoint
    let before: HeldCheckpoint?
    let isOver: Bool

    /// A year has at least 1900's days and at most 2199's.
    static let years = 1901...2198

    /// Throws `nothingInYear` where no entry of the log came in that year, and `noCheckpoint` where none covers its entries: one
    /// has to be signed first.
    init(_ year: Int, _ view: NodeView) throws {
        guard ArchiveSpan.years.contains(year), let last = Day(year: year, month: 12, day: 31), let lastBefore = Day(year: year - 1, month: 12, day: 31) else {
            throw AuditError(.nothingInYear, ["year": "\(year)"])
        }
        let size = try view.reader.leafCount()
        func end(of day: Day) throws -> UInt64 { size == 0 ? 0 : try view.horizon(day: day).position }
        (from, to) = (max(1, try end(of: lastBefore)), try end(of: last))
        guard from < to else { throw AuditError(.nothingInYear, ["year": "\(year)"]) }
        self.year = year
        begin = lastBefore.adding(1).begin
        self.end = last.end
        let own = try view.reader.heldCheckpoints(of: view.settings.node).filter { $0.checkpoint.epoch == view.settings.epoch }
            .sorted { ($0.checkpoint.size, $0.checkpoint.written, $0.id) < ($1.checkpoint.size, $1.checkpoint.written, $1.id) }
        let log = LogKeeper(reader: view.reader)
        /// The first that covers so many entries, of this very log: a disk image put back may have left others. Where `day` is over by what
        /// one shows, which covers more or was written later, the first that shows it.
        func covering(_ count: UInt64, through day: Day) throws -> HeldCheckpoint? {
            let fitting = try own.filter { try $0.checkpoint.size >= count && $0.checkpoint.size <= size && log.root(size: $0.checkpoint.size) == $0.checkpoint.root }
            return fitting.first { $0.checkpoint.size > count || $0.checkpoint.written > day.end } ?? fitting.first
        }
        guard let head = try covering(to, through: last) else { throw AuditError(.noCheckpoint, ["size": "\(to)"]) }
        self.head = head
        before = try from > 1 ? covering(from, through: lastBefore) : nil
        isOver = to < head.checkpoint.size || head.checkpoint.written > self.end
        // What came after the year is in the log, and no checkpoint says so yet.
        if to < size, !isOver { throw AuditError(.noCheckpoint, ["size": "\(size)"]) }
    }
}

extension ArchiveFacts.Head {
    init(_ held: HeldCheckpoint) {
        self.init(checkpoint: held.id.hex, size: held.checkpoint.size, root: held.checkpoint.root.hex, written: held.checkpoint.written.milliseconds)
    }
}
