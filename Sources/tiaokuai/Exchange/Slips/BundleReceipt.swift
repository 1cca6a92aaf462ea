import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

/// The slip 回执单 of a file that was taken in: what goes back where no stick does.
struct BundleReceipt: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: say("打印回执单:一页纸,可带回、传真或电话念出。", "Prints the slip of a file that was taken in: one page to carry back, to fax or to read out."),
        discussion: example("tiaokuai bundle receipt --dir gs /media/usb/gt-gs.tkb", "tiaokuai bundle receipt --dir gs 1a2b-3c4d-5e6f --html slip.html"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("数据包文件,或它的校验码。", "The bundle, or its check code."), valueName: "file|code")) var target: String
    @Option(help: ArgumentHelp(say("另写成可打印的网页(A4)。", "Also writes a page to print (A4)."), valueName: "file")) var html: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let slip = try BundleReceipt.slip(of: target, node)
        var facts = try node.ask { SlipFacts(slip, $0) }
        let sheet = facts.sheet
        if let html {
            try OwnFile.write(Array(sheet.html.utf8), to: html)
            facts.html = html
        }
        return Answer(facts, sheet.text)
    }
}

extension BundleReceipt {
    /// Of a file by itself, else by its check code; throws `neverTakenIn`, `unknownItem`.
    fileprivate static func slip(of target: String, _ node: Node) throws -> Slip {
        guard FileManager.default.fileExists(atPath: target) else { return try node.slip(ofFileWith: target) }
        do {
            return try node.slip(ofFileWith: try BundleFile.digest(path: target).hex)
        } catch let error as NodeError where error.code == .unknownItem {
            throw NodeError(.neverTakenIn, ["path": target])
        }
    }
}

/// A slip for programs, and as a sheet.
struct SlipFacts: Encodable {
    struct Head: Encodable {
        let feed: String
        let node, nodeName, partition: String?
        let sequence: UInt64
        let changeset: String
        let isHeld: Bool
        let waitsFor, item: String?

        var line: String { "\(nodeName ?? feed) \(partition.map(Shown.partition) ?? "") #\(sequence) (\(feed.prefix(8)))" }
    }

    struct Refused: Encodable {
        let digest, code, zh, en: String
    }

    let network: String
    let isRehearsal: Bool
    let from, fromName, fromRegion: String?
    let receiver, receiverName, receiverRegion, file, digest, phoneDigest, receivedAt, printedAt: String
    let unit, unitName, person: String?
    let times, accepted, operations, duplicates, statements, damaged: Int
    let isComplete, isLastVolume: Bool
    let heads: [Head]
    let refused: [Refused]
    /// 收讫码; nil while not everything in the file is held.
    let code: String?
    var html: String?

    init(_ slip: Slip, _ view: NodeView) {
        let (row, outcome) = (slip.entry.row, slip.entry.outcome)
        (network, isRehearsal) = (slip.network.hash.hex, slip.isRehearsal)
        (from, fromName) = (slip.sender?.hash.hex, slip.sender.map { view.name(ofNode: $0) })
        fromRegion = slip.sender.flatMap { view.regionName(ofNode: $0) }
        (receiver, receiverName) = (slip.receiver.hash.hex, view.name(ofNode: slip.receiver))
        receiverRegion = view.name(of: view.settings.region)
        (file, digest, phoneDigest) = (row.note, row.digest?.hex ?? "", slip.entry.phoneDigest ?? "")
        (receivedAt, printedAt) = (row.written.toTheMinute, slip.madeAt.toTheMinute)
        (unit, person) = (row.unit?.text, row.person?.text)
        unitName = row.unit.map { view.name(of: $0) }
        times = slip.times
        (accepted, operations) = (outcome?.accepted ?? 0, outcome?.operations ?? 0)
        (duplicates, statements, damaged) = (outcome?.duplicates ?? 0, outcome?.statements ?? 0, outcome?.damaged ?? 0)
        (isComplete, isLastVolume) = (outcome?.isComplete ?? false, outcome?.isLastVolume ?? true)
        heads = slip.heads.map { head in
            Head(
                feed: head.head.feed.hash.hex, node: head.feed?.node.hash.hex, nodeName: head.feed.map { view.name(ofNode: $0.node) },
                partition: head.feed?.partition.description, sequence: head.head.sequence, changeset: head.head.changeset.hash.hex, isHeld: head.isHeld,
                waitsFor: head.waitsFor, item: head.item?.hex)
        }
        refused = (outcome?.refused ?? []).map { item in
            let words = ErrorWords.of(code: item.code)?.filled([:]).what ?? Words(item.code, item.code)
            return Refused(digest: item.digest.hex, code: item.code, zh: words.zh, en: words.en)
        }
        code = slip.code
    }

    var sheet: SlipSheet {
        let waiting = heads.filter { !$0.isHeld }.map { head in
            let words = head.waitsFor.flatMap { CarriageWords.waitingFor($0) }
            return [head.line, words?.zh, head.item.map { String($0.prefix(12)) }, words?.en].compactMap { $0 }.joined(separator: " ")
        }
        return SlipSheet(
            isRehearsal: isRehearsal,
            lines: [
                .init(SlipWords.network, String(network.prefix(16))), .init(SlipWords.sender, [fromRegion, fromName ?? "—", from.map { String($0.prefix(16)) }].shown),
                .init(SlipWords.receiver, [receiverRegion, receiverName, String(receiver.prefix(16))].shown), .init(SlipWords.file, file),
                .init(SlipWords.received, receivedAt), .init(SlipWords.handler, [unitName ?? unit, person].shown), .init(SlipWords.checkCode, phoneDigest),
                .init(SlipWords.digest, SlipSheet.grouped(digest)),
                .init(SlipWords.counts, SlipWords.countsValue(changesets: accepted, operations: operations, duplicates: duplicates, statements: statements)),
                .init(SlipWords.state, SlipWords.stateValue(isComplete: isComplete, isLastVolume: isLastVolume, damaged: damaged)),
                .init(SlipWords.printed, printedAt),
            ],
            listings: [
                .init(SlipWords.heads, heads.filter(\.isHeld).map(\.line)), .init(SlipWords.waiting, waiting),
                .init(SlipWords.refused, refused.map { "\($0.digest.prefix(12)) \($0.zh) \($0.en)" }),
            ], code: code)
    }
}

extension [String?] {
    /// What is known, in one line.
    fileprivate var shown: String { compactMap { $0 }.joined(separator: " ") }
}
