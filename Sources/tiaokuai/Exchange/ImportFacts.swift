import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWording

/// What came of a bundle, for people and programs.
struct ImportFacts: Encodable {
    /// One item that is not simply taken in.
    struct Item: Encodable {
        /// `waiting`, `void` or `refused`.
        let outcome: String
        let item: String
        let code: String
        let fact: String?
        let zh: String
        let en: String
        /// Of a waiting changeset: what it waits for.
        let waitsFor: String?
        let feed: String?
    }

    struct Damage: Encodable {
        let offset, length: UInt64
        let code, fact: String

        /// What is wrong with it.
        var words: Words { (ErrorWords.of(.format, code) ?? ErrorWords.of(.seal, code))?.filled(["detail": fact, "fact": fact]).what.withoutStop ?? Words(code, code) }
    }

    /// An operation that came and has no effect: kept, listed, with the rule that says so.
    struct Ineffective: Encodable {
        let operation, record, kind, unit, reason: String
        let zh, en: String
    }

    /// Beyond so many operations a listing at import would cost more than the import: `history` has them all.
    private static let operationsListed = 5_000

    let file: String
    let from: String?
    let fromName: String?
    let to: String?
    /// The node that the bundle is for, where that is another: what this node may receive of it is taken all the same.
    let forOtherNode: String?
    let frames: Int
    let bytes: UInt64
    /// SHA-256 of the file, and the twelve digits of it for the telephone and the slip.
    let digest, phoneDigest: String?
    let accepted: [String]
    let operations, duplicates, statements: Int
    let items: [Item]
    let ineffective: [Ineffective]
    let damaged: [Damage]
    /// Items beyond those listed.
    let unlisted: Int
    /// The signed trailer came and fits everything before it.
    let isComplete: Bool
    let changedNothing: Bool
    var isDryRun = false
    var receipt: String?

    init(_ report: ImportReport, file: String, view: NodeView) {
        self.file = file
        from = report.header?.from.hash.hex
        fromName = report.header.map { view.name(ofNode: $0.from) }
        to = report.header?.to?.hash.hex
        forOtherNode = report.header?.to.flatMap { $0 == view.settings.node ? nil : view.name(ofNode: $0) }
        frames = report.frames
        bytes = report.bytes
        digest = report.digest?.hex
        phoneDigest = report.digest.map { Node.phoneDigest($0) }
        accepted = report.accepted.map(\.hash.hex)
        operations = report.operations
        duplicates = report.duplicates
        statements = report.statements
        items = (report.waiting + report.void + report.refused).compactMap { ImportFacts.item($0, view) }
        ineffective = report.operations <= ImportFacts.operationsListed ? (try? ImportFacts.ineffective(report.accepted, view)) ?? [] : []
        damaged = report.damaged.map { Damage(offset: $0.offset, length: $0.length, code: $0.code, fact: $0.fact) }
        unlisted = report.unlisted
        isComplete = report.isComplete
        changedNothing = report.changedNothing
    }

    private static func item(_ reception: Reception, _ view: NodeView) -> Item? {
        switch reception {
        case .waiting(let changeset, let what, let item):
            let words = CarriageWords.waitingFor(what.rawValue) ?? Words(what.rawValue, what.rawValue)
            return Item(
                outcome: "waiting", item: changeset.hash.hex, code: what.rawValue, fact: nil, zh: words.zh, en: words.en, waitsFor: item.hex,
                feed: feed(of: changeset, view))
        case .void(let changeset, let code):
            let words = sentence(code, "")
            return Item(outcome: "void", item: changeset.hash.hex, code: code, fact: nil, zh: words.zh, en: words.en, waitsFor: nil, feed: feed(of: changeset, view))
        case .refused(let digest, let code, let fact):
            let words = sentence(code, fact)
            return Item(
                outcome: "refused", item: digest.hex, code: code, fact: fact.isEmpty ? nil : fact, zh: words.zh, en: words.en, waitsFor: nil, feed: nil)
        case .accepted, .duplicate, .statement: return nil
        }
    }

    private static func ineffective(_ accepted: [ChangesetID], _ view: NodeView) throws -> [Ineffective] {
        var seen: Set<RecordRef> = []
        var out: [Ineffective] = []
        for id in accepted {
            guard let changeset = try view.reader.changeset(id) else { continue }
            for ref in try view.reader.recordRefs(changeset.ref) where seen.insert(ref).inserted {
                guard let settlement = try view.settlement(ref) else { continue }
                let void = settlement.verdicts.compactMapValues { verdicts in
                    verdicts.values.lazy.compactMap { if case .void(let reason) = $0 { reason } else { nil } }.first
                }
                guard !void.isEmpty else { continue }
                let row = try view.reader.record(ref)
                for held in try view.operations(of: ref) where held.changeset.map(accepted.contains) == true {
                    guard let reason = void[held.id] else { continue }
                    let words = JudgementWords.voidReason(reason.rawValue) ?? Words(reason.rawValue, reason.rawValue)
                    out.append(
                        Ineffective(
                            operation: held.id.hash.hex, record: row.id.hash.hex, kind: row.key.kind.text, unit: held.operation.unit.text,
                            reason: reason.rawValue, zh: words.zh, en: words.en))
                }
            }
        }
        return out
    }

    private static func sentence(_ code: String, _ fact: String) -> Words {
        let facts = ["fact": fact, "detail": fact, "reason": fact, "partition": fact, "node": fact, "network": fact, "item": fact]
        return ErrorWords.of(code: code)?.filled(facts).what ?? Words(code, code)
    }

    private static func feed(of changeset: ChangesetID, _ view: NodeView) -> String? {
        guard let row = try? view.reader.changeset(changeset), let feed = try? view.reader.feeds().first(where: { $0.ref == row.feed })?.feed else { return nil }
        return "\(view.name(ofNode: feed.node)) \(feed.partition) #\(row.sequence)"
    }

    // MARK: For people

    var lines: [String] { lines(slip: true) }

    /// - Parameter slip: it stands in a register now, from which a slip is printed.
    func lines(slip: Bool) -> [String] {
        let name = fromName ?? say("不明节点", "an unknown node")
        var out = [
            say(
                "来自 \(name):收下 \(accepted.count) 份(\(operations) 条),早已收下 \(duplicates) 份,声明 \(statements) 份。",
                "From \(name): took in \(accepted.count) changeset(s) (\(operations) operations), held \(duplicates) before, \(statements) statement(s).")
        ]
        if isDryRun { out.insert(say("试运行:什么也没有改动。", "Dry run: nothing was changed."), at: 0) }
        if let forOtherNode {
            out.append(say("这份是给 \(forOtherNode) 的;本节点有权收的部分已收下。", "It is for \(forOtherNode); what this node may receive of it was taken in."))
        }
        if changedNothing { out.append(say("没有新内容。", "Nothing new.")) }
        for item in items {
            let head = CarriageWords.reception(item.outcome)?[runLanguage] ?? item.outcome
            let waits = item.waitsFor.map { " \($0.prefix(12))" } ?? ""
            out.append("  \(head) \(item.feed ?? String(item.item.prefix(12)))\(say(":", ": "))\(Words(item.zh, item.en)[runLanguage])\(waits)")
        }
        for one in ineffective {
            out.append(
                say("  留档不生效 \(one.unit) \(one.kind) \(one.operation.prefix(8)):\(one.zh)", "  Kept without effect: \(one.unit) \(one.kind) \(one.operation.prefix(8)): \(one.en)"))
        }
        for place in damaged {
            let what = place.words
            out.append(say("  损坏:第 \(place.offset) 字节起 \(place.length) 字节:\(what.zh)", "  Damaged: \(place.length) bytes from byte \(place.offset): \(what.en)"))
        }
        if unlisted > 0 { out.append(say("  另有 \(unlisted) 项没有列出", "  and \(unlisted) more")) }
        if let phoneDigest, !slip {
            out.append(say("文件校验码 \(phoneDigest)", "Check code \(phoneDigest)"))
        } else if let phoneDigest, !isDryRun {
            out.append(say("文件校验码 \(phoneDigest);打印回执单:tiaokuai bundle receipt \(phoneDigest)", "Check code \(phoneDigest); for the slip: tiaokuai bundle receipt \(phoneDigest)"))
        }
        if let receipt { out.append(say("回执已写到 \(receipt);交给 \(name)。", "The receipt is in \(receipt); hand it to \(name).")) }
        return out
    }

    private static let taken = Words("完好的部分已收下", "what is whole was taken in")

    /// What stops this from being an import like any other; the rest was taken in all the same.
    var failure: Failure? {
        if let first = damaged.first {
            return Failure(
                .command, CommandError.Code.bundleDamaged.rawValue, ["count": "\(damaged.count)", "offset": "\(first.offset)", "reasonCode": first.code],
                phrases: ["reason": first.words, "taken": ImportFacts.taken])
        }
        let refused = items.filter { $0.outcome == "refused" }
        if let first = refused.first {
            return Failure(
                .command, CommandError.Code.bundleRefused.rawValue, ["count": "\(refused.count)", "reasonCode": first.code],
                phrases: ["reason": Words(first.zh, first.en).withoutStop])
        }
        if !isComplete, !isWaitingForSender { return Failure(.command, CommandError.Code.bundleCutShort.rawValue, phrases: ["taken": ImportFacts.taken]) }
        return nil
    }

    /// The trailer of a sender whose credential has not come can't be checked yet: its items say so already.
    private var isWaitingForSender: Bool { items.contains { $0.outcome == "waiting" && $0.code == WaitingFor.credential.rawValue } }
}
