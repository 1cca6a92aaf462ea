import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

struct SnapshotLoad: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: say("收下上级的快照:要么全部收下,要么什么也不改。", "Takes a superior's snapshot in: all of it, or nothing is changed."),
        discussion: example("tiaokuai snapshot load --dir gt gt.tkb --receipt gt-zy.tkb"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("快照文件。", "The snapshot."), valueName: "file")) var file: String
    @Option(help: ArgumentHelp(say("回执写到哪个文件。", "Writes the receipt to this file."), valueName: "file")) var receipt: String?
    @OptionGroup var handling: HandlingOptions

    struct Result: Encodable {
        let file: String
        let bytes: UInt64
        let phoneDigest: String?
        /// Changesets that are new here, and those among them without their signatures.
        let entered, summed: Int
        /// Partitions whose state, derived here, is the signed one; and those of which more is held here.
        let compared, notCompared: [String]
        let snapshot: SnapshotFacts
        var receipt: String?
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        if let receipt {
            try BundleExport.refuseForeign(receipt)
            _ = try node.keys.signer()
        }
        let handler = try handling.handler(node)
        let total = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int).flatMap { $0 } ?? 0
        let progress = Progress(say("收取", "Taking in"))
        let loaded = try SnapshotFile.load(node, path: file, handler: handler) { bytes in progress.show("\(bytes / 1_048_576)/\(total / 1_048_576) MiB") }
        progress.finish()
        var result = try node.ask { view in
            Result(
                file: file, bytes: loaded.report.bytes, phoneDigest: loaded.report.digest.map { Node.phoneDigest($0) }, entered: loaded.snapshot.entered,
                summed: loaded.snapshot.summed, compared: loaded.snapshot.compared.map(\.description), notCompared: loaded.snapshot.notCompared.map(\.description),
                snapshot: SnapshotFacts(loaded.snapshot.statement, loaded.snapshot.id, view))
        }
        guard let receipt else { return Answer(result, lines(result)) }
        do {
            result.receipt = try BundleFile.writeReceipt(node, to: loaded.snapshot.statement.node, after: loaded.report, path: receipt, handler: handler).path
        } catch {
            // What was taken in stands, and is told, whatever became of the receipt.
            return Answer(result, lines(result), failure: Failure(error))
        }
        return Answer(result, lines(result))
    }

    private func lines(_ result: Result) -> [String] {
        let name = result.snapshot.nodeName
        var out = [
            say(
                "来自 \(name) 的快照:新收 \(result.entered) 份,其中 \(result.summed) 份随快照而来、不带各自的签名。",
                "Snapshot of \(name): \(result.entered) changeset(s) are new here, \(result.summed) of them without their own signatures."),
            say(
                "本节点自己算出的结果与 \(name) 签的一致:\(result.compared.count) 个分区。",
                "What this node derived itself is what \(name) signed: \(result.compared.count) partition(s)."),
        ]
        if !result.notCompared.isEmpty {
            out.append(
                say(
                    "没有可比:\(result.notCompared.joined(separator: "、"))(本节点有更多内容;以本节点算出的为准)",
                    "Not comparable: \(result.notCompared.joined(separator: ", ")) (this node holds more; what it derived stands)"))
        }
        out.append(say("各份的签名、回执和日志在 \(name);tiaokuai snapshot list 列出是哪些。", "Their signatures, receipts and log are at \(name); tiaokuai snapshot list says of which."))
        if let receipt = result.receipt { out.append(say("回执已写到 \(receipt);交给 \(name)。", "The receipt is in \(receipt); hand it to \(name).")) }
        return out
    }
}
