import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// A `LogConcern` for people and programs.
struct LogFact: Encodable {
    let code, node, nodeName: String
    let epoch, feed, partition: String?
    /// The evidence, checkpoint or head that it is about.
    let item: String
    let numbers: [UInt64]
    /// Of `splitView` the hashes under which the two logs differ, of `unproven` those under which the proof is lacking.
    let hashes: [String]
    let since: String
    /// Nothing that is still under way can explain it, and nobody owned up to it.
    let isContradiction: Bool
    /// A unit of that node stated the repair of a fork of this epoch.
    let isRepaired: Bool
    let zh, en: String

    init(_ concern: LogConcern, _ view: NodeView) {
        code = concern.code.rawValue
        node = concern.node.hash.hex
        nodeName = view.name(ofNode: concern.node)
        epoch = concern.epoch?.description
        feed = concern.feed?.hash.hex
        partition = concern.partition?.description
        item = concern.item.hex
        numbers = concern.numbers
        hashes = concern.hashes.map(\.rawValue)
        since = concern.since.timestamp
        isContradiction = concern.isContradiction
        isRepaired = concern.isRepaired
        var facts = ["node": nodeName, "item": String(concern.item.hex.prefix(12)), "since": concern.since.day.description]
        facts["partition"] = concern.partition?.description
        // Everywhere but in a GM network it is SHA-256 alone, and goes without saying.
        if concern.hashes.contains(.sm3) { facts["hashes"] = hashes.joined(separator: " ") }
        facts["first"] = concern.numbers.first.map { "\($0)" }
        facts["second"] = concern.numbers.dropFirst().first.map { "\($0)" }
        let words = LogWords.concern(code, facts) ?? Words(code, code)
        (zh, en) = (words.zh, words.en)
    }

    var sentence: String { Words(zh, en)[runLanguage] }

    static var repaired: String { say("(已作分叉修复声明)", " (the fork's repair is stated)") }

    var line: String {
        (isContradiction ? say("警报:", "ALARM: ") : say("注意:", "Note: ")) + sentence + (isRepaired ? LogFact.repaired : "")
    }
}

/// An `OverdueReceipt` for people and programs.
struct OverdueFact: Encodable {
    let node, nodeName, partition, changeset, sealed: String
    let sequence: UInt64
    let days, count: Int
    let zh, en: String

    init(_ overdue: OverdueReceipt, _ view: NodeView) {
        node = overdue.superior.hash.hex
        nodeName = view.name(ofNode: overdue.superior)
        partition = overdue.feed.partition.description
        changeset = overdue.changeset.hash.hex
        sealed = overdue.sealed.day.description
        (sequence, days, count) = (overdue.sequence, overdue.days, overdue.count)
        let words = LogWords.overdueReceipt([
            "node": nodeName, "partition": partition, "sequence": "\(sequence)", "sealed": sealed, "days": "\(days)", "count": "\(count)",
        ])
        (zh, en) = (words.zh, words.en)
    }

    var sentence: String { Words(zh, en)[runLanguage] }
}
