import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// What belongs to the report's period: by the day on which it was said, a statement of its author.
extension AuditMaker {
    /// A time of a fact, or a day, lies within the period.
    func isInPeriod(_ time: String) -> Bool {
        let day = time.prefix(10)
        return day <= self.day.description && from.map { day >= $0.description } ?? true
    }

    /// Of each field the last change before the period, which it begins with, and those within it.
    func changes(of all: [BoundChange]) -> [BoundChange] {
        let known = all.filter { $0.since <= day.description }
        guard let from else { return known }
        return known.enumerated().filter { index, change in
            change.since >= from.description || !known[(index + 1)...].contains { $0.field == change.field && $0.since <= from.description }
        }.map(\.element)
    }

    /// At odds at some time in the period.
    func disputes() throws -> [DisputeRow] {
        try view.disputes(within: place, withEnded: true, asOf: day, saidBy: day).filter { row in
            let isBegun = row.begun.map { $0.prefix(10) <= day.description } ?? true
            guard let from, let ended = row.end?.written else { return isBegun }
            return isBegun && ended.prefix(10) >= from.description
        }
    }

    func outcomes(_ disputes: [DisputeRow]) -> [DisputeOutcome] {
        let groups = Dictionary(grouping: disputes) { [$0.rule, $0.mode ?? "", $0.end?.how ?? $0.state] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, rows in
            DisputeOutcome(rule: key[0], mode: key[1].isEmpty ? nil : key[1], outcome: key[2], count: rows.count, samples: rows.count(where: \.record.isSample))
        }
    }

    // MARK: Refused acts

    func refused(_ kept: [KeptRow]) throws -> [RefusedAct] {
        try kept.filter { ["void", "refused", "inert"].contains($0.standing) }.compactMap { row in
            guard let operation = try held(row)?.operation, case let written = operation.written.timestamp, isInPeriod(written) else { return nil }
            return RefusedAct(kept: row, person: operation.person.text, written: written)
        }.sorted { left, right in
            func order(_ act: RefusedAct) -> [String] { [act.written, act.kept.record.reference, act.kept.record.id, act.kept.field, act.kept.unit.id] }
            return order(left).lexicographicallyPrecedes(order(right))
        }
    }

    /// The word that is kept without being in use. A standard is judged as a whole: its unit's last word made it so.
    func held(_ row: KeptRow) throws -> HeldOperation? {
        guard let ref = try Hash32(hex: row.record.id).flatMap({ try view.reader.recordRef(RecordID($0)) }) else { return nil }
        let words = try view.operations(of: ref)
        return row.operation.map { id in words.first { $0.id.hash.hex == id } } ?? words.last { $0.operation.unit.text == row.unit.id }
    }

    /// Those that the unit had not settled before the period.
    func selfForks() throws -> [SelfForkRow] {
        try view.selfForks(within: place, saidBy: day).filter { row in
            guard let from, let chosen = row.chosen?.written else { return true }
            return chosen.prefix(10) >= from.description
        }
    }

    // MARK: Ledger

    func turns(_ ledger: [AuditLedgerItem]) -> [LedgerTurn] {
        ledger.flatMap { row in
            row.events.enumerated().filter { ["open", "close", "reopen"].contains($1.event) && isInPeriod($1.written) }.map { index, event in
                let turn = LedgerTurn(
                    record: row.item.record, title: row.item.title, event: event.event, unit: event.unit, person: event.person, posts: event.posts, written: event.written,
                    evidence: event.evidence, isSample: event.isSample)
                return (index: index, turn: turn)
            }
        }.sorted { ($0.turn.written, $0.turn.record.reference, $0.index) < ($1.turn.written, $1.turn.record.reference, $1.index) }.map(\.turn)
    }
}
