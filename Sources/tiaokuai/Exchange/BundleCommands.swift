import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiSync
import TiaokuaiWording

struct BundleCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: say("数据包:用 U 盘交换。", "Bundles: exchange by stick."),
        discussion: example("tiaokuai bundle export --dir gt --to zy --out /media/usb/gt-zy.tkb", "tiaokuai bundle import --dir zy /media/usb/gt-zy.tkb --receipt zy-gt.tkb"),
        subcommands: [BundleExport.self, BundleImport.self, BundleInspect.self, BundleVerify.self, BundleList.self])
}

struct BundleExport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: say("把对方还没有的内容写成数据包,只有收件方打得开。", "Writes what the other node lacks into a bundle that only its receiver can open."),
        discussion: example(
            "tiaokuai bundle export --dir gt --to zy --out /media/usb/gt-zy.tkb", "tiaokuai bundle export --dir zy --to gt --to gz --out down.tkb",
            "tiaokuai bundle export --dir gt --to zy --all --volume-size 4G --out whole.tkb"))

    @OptionGroup var basic: BasicOptions
    @Option(
        help: ArgumentHelp(
            say("给哪个节点:名称或编号;写几次就是几个收件方,只含各方都能看的内容。", "For which node: name or identity; repeated for several, who then get what all of them may see."),
            valueName: "node")) var to: [String]
    @Option(help: ArgumentHelp(say("写到哪个文件;已有的数据包会被替换,其他文件不会。", "The file to write; a bundle of that name is replaced, no other file is."), valueName: "file")) var out: String
    @Flag(help: ArgumentHelp(say("不管对方的回执,全部写入。", "Everything, whatever the other node acknowledged."))) var all = false
    @Option(
        help: ArgumentHelp(
            say("单个文件最大多少,如 512M、4G;装不下就分卷(默认 1G)。", "The largest file, such as 512M or 4G; what does not fit goes into further volumes (1G by default)."),
            valueName: "size")) var volumeSize: ByteSize = ByteSize(BundleFile.Options.defaultVolumeBytes)
    @Flag(help: ArgumentHelp(say("不加封:拿到文件的人都能看。", "Unsealed: whoever has the file can read it."))) var unsealed = false

    struct Volume: Encodable {
        let file: String
        let bytes: Int64
        let changesets: Int
        let digest, phoneDigest: String
    }

    struct Result: Encodable {
        let file, to, toName: String
        let receivers: [String]
        let bytes: Int64
        let changesets: Int
        let digest, phoneDigest: String
        let isSealed: Bool
        let volumes: [Volume]
    }

    func validate() throws {
        guard !to.isEmpty else { throw ValidationError(say("用 --to 写给哪个节点。", "Name the receiving node with --to.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let peers = try node.ask { view in try to.map { try context.peer($0, view) } }
        try BundleExport.refuseForeign(out)
        let options = BundleFile.Options(known: all ? Heads([]) : nil, isSealed: !unsealed, volumeBytes: volumeSize.bytes)
        let written = try BundleFile.export(node, to: peers.map(\.id), path: out, options)
        let result = Result(
            file: out, to: peers[0].id.hash.hex, toName: peers.map(\.name).joined(separator: say("、", ", ")), receivers: peers.map(\.name),
            bytes: written.reduce(0) { $0 + $1.bytes }, changesets: written.reduce(0) { $0 + $1.changesets }, digest: written[0].digest.hex,
            phoneDigest: written[0].phoneDigest, isSealed: !unsealed,
            volumes: written.map { Volume(file: $0.path, bytes: $0.bytes, changesets: $0.changesets, digest: $0.digest.hex, phoneDigest: $0.phoneDigest) })
        return Answer(result, lines(result))
    }

    private func lines(_ result: Result) -> [String] {
        let seal = result.isSealed ? say("已加封", "sealed") : say("未加封", "not sealed")
        return [
            say(
                "给 \(result.toName):\(result.changesets) 份,\(result.bytes) 字节,\(seal)。",
                "For \(result.toName): \(result.changesets) changeset(s), \(result.bytes) bytes, \(seal).")
        ]
            + result.volumes.map { volume in
                say("  \(volume.file) \(volume.bytes) 字节,校验码 \(volume.phoneDigest)", "  \(volume.file): \(volume.bytes) bytes, check code \(volume.phoneDigest)")
            } + [
                say("已从介质读回核对,可以拔出。", "Read back from the medium and equal: it can be pulled out."),
                say(
                    "下一步:在 \(result.toName) 运行 tiaokuai bundle import 文件 --receipt 回执文件,把回执带回来。",
                    "Next: on \(result.toName) run tiaokuai bundle import FILE --receipt FILE, and bring the receipt back."),
            ]
    }

    /// Throws `fileExists` for a file that is not a bundle.
    static func refuseForeign(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        let head = Array((try? handle.read(upToCount: 16)) ?? Data())
        guard head.isEmpty || head.starts(with: Frame.marker) || SealHead.begins(head) == true else { throw NodeError(.fileExists, ["path": path]) }
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
