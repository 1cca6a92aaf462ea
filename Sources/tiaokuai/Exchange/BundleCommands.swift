import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

struct BundleCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: say("数据包:用 U 盘交换。", "Bundles: exchange by stick."),
        discussion: example("tiaokuai bundle export --dir gt --to zy --out /media/usb/gt-zy.tkb", "tiaokuai bundle import --dir zy /media/usb/gt-zy.tkb --receipt /media/usb/zy-gt.tkb"),
        subcommands: [BundleExport.self, BundleImport.self, BundleInspect.self, BundleList.self])
}

struct BundleExport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: say("把对方还没有的内容写成数据包。", "Writes what the other node lacks into a bundle."),
        discussion: example("tiaokuai bundle export --dir gt --to zy --out /media/usb/gt-zy.tkb", "tiaokuai bundle export --dir gt --to zy --all --out whole.tkb"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("给哪个节点:名称或编号。", "For which node: name or identity."), valueName: "node")) var to: String
    @Option(help: ArgumentHelp(say("写到哪个文件;已有的数据包会被替换,其他文件不会。", "The file to write; a bundle of that name is replaced, no other file is."), valueName: "file")) var out: String
    @Flag(help: ArgumentHelp(say("不管对方的回执,全部写入。", "Everything, whatever the other node acknowledged."))) var all = false

    struct Result: Encodable {
        let file, to, toName: String
        let bytes: Int64
        let changesets: Int
        let digest: String
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let peer = try node.ask { try context.peer(to, $0) }
        try BundleExport.refuseForeign(out)
        let written = try BundleFile.export(node, to: peer.id, path: out, known: all ? Heads([]) : nil)
        let result = Result(
            file: out, to: peer.id.hash.hex, toName: peer.name, bytes: written.bytes, changesets: written.changesets, digest: written.digest.hex)
        return Answer(
            result,
            [
                say(
                    "给 \(peer.name):\(written.changesets) 份,\(written.bytes) 字节,写到 \(out),已从介质读回核对。",
                    "For \(peer.name): \(written.changesets) changeset(s), \(written.bytes) bytes, in \(out), read back from the medium."),
                say("下一步:在 \(peer.name) 运行 tiaokuai bundle import 文件 --receipt 回执文件,把回执带回来。", "Next: on \(peer.name) run tiaokuai bundle import FILE --receipt FILE, and bring the receipt back."),
            ])
    }

    /// Throws `fileExists` for a file that is not a bundle.
    static func refuseForeign(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        let head = Array((try? handle.read(upToCount: Frame.marker.count)) ?? Data())
        guard head.isEmpty || head == Frame.marker else { throw NodeError(.fileExists, ["path": path]) }
    }
}

struct BundleImport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("收下数据包或回执。", "Takes in a bundle or a receipt."),
        discussion: example("tiaokuai bundle import --dir zy gt-zy.tkb --receipt zy-gt.tkb", "tiaokuai bundle import --dir zy gt-zy.tkb --dry-run"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("数据包文件。", "The bundle."), valueName: "file")) var file: String
    @Option(help: ArgumentHelp(say("回执写到哪个文件。", "Writes the receipt to this file."), valueName: "file")) var receipt: String?
    @Flag(help: ArgumentHelp(say("只看会怎样,不改动。", "Says what would happen and changes nothing."))) var dryRun = false

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let report: ImportReport
        if dryRun {
            report = try BundleFile.rehearse(node, path: file)
        } else {
            let total = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int).flatMap { $0 } ?? 0
            let progress = Progress(say("收取", "Importing"))
            report = try BundleFile.import(node, path: file) { bytes in progress.show("\(bytes / 1_048_576)/\(total / 1_048_576) MiB") }
            progress.finish()
        }
        var facts = try node.ask { ImportFacts(report, file: file, view: $0) }
        facts.isDryRun = dryRun
        if let receipt, !dryRun {
            try BundleExport.refuseForeign(receipt)
            facts.receipt = try BundleFile.writeReceipt(node, to: report.header?.from, after: report, path: receipt).path
        }
        return Answer(facts, facts.lines, failure: facts.failure)
    }
}

/// The stick register: what went out and came in, newest first.
struct BundleList: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("交接登记:进出过哪些数据包。", "The register of bundles that went out and came in."), discussion: example("tiaokuai bundle list --dir gt"))

    @OptionGroup var basic: BasicOptions

    struct Row: Encodable {
        let direction, carrier: String
        let peer, peerName, digest: String?
        let frames: Int
        let bytes: Int64
        let at, note: String
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let rows = try context.node().ask { view in
            try view.reader.carried().map { row in
                Row(
                    direction: row.direction, carrier: row.carrier, peer: row.peer?.hash.hex, peerName: row.peer.map { view.name(ofNode: $0) },
                    digest: row.digest?.hex, frames: row.frames, bytes: row.bytes, at: Instant.short(row.written), note: row.note)
            }
        }
        var table = TextTable([
            .init(say("时间", "At")), .init(say("方向", "Way")), .init(say("对方", "Node")), .init(say("途径", "By")), .init(say("字节", "Bytes"), .right),
            .init(say("文件", "File")), .init(say("摘要", "Digest")),
        ])
        for row in rows {
            let way = row.direction == "out" ? say("出", "out") : say("进", "in")
            table.add([row.at, way, row.peerName ?? "—", row.carrier, "\(row.bytes)", row.note, row.digest.map { String($0.prefix(12)) } ?? ""])
        }
        return Answer(Rows(rows), rows.isEmpty ? [say("还没有交接过。", "Nothing was handed over yet.")] : table.lines)
    }
}
