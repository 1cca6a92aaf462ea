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
        subcommands: [
            BundleExport.self, BundleImport.self, BundleInspect.self, BundleVerify.self, BundleList.self, BundleReceipt.self, BundleConfirm.self, BundleGaps.self,
        ])
}

struct BundleExport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: say("把对方还没有的内容写成数据包,只有收件方打得开。", "Writes what the other node lacks into a bundle that only its receiver can open."),
        discussion: example(
            "tiaokuai bundle export --dir gt --to zy --out /media/usb/gt-zy.tkb", "tiaokuai bundle export --dir zy --to gt --to gz --out down.tkb",
            "tiaokuai bundle export --dir gt --to gs --repeat 3 --out one-way.tkb", "tiaokuai bundle export --dir gt --to zy --all --volume-size 4G --out all.tkb"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var handling: HandlingOptions
    @Option(
        help: ArgumentHelp(
            say("给哪个节点:名称或编号;写几次就是几个收件方,只含各方都能看的内容。", "For which node: name or identity; repeated for several, who then get what all of them may see."),
            valueName: "node")) var to: [String]
    @Option(help: ArgumentHelp(say("写到哪个文件;已有的数据包会被替换,其他文件不会。", "The file to write; a bundle of that name is replaced, no other file is."), valueName: "file")) var out: String
    @Flag(help: ArgumentHelp(say("不管对方的回执,全部写入。", "Everything, whatever the other node acknowledged."))) var all = false
    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(
            say("单向:对方没有回执,送过的在随后几份里重复。", "One-way: nobody answers, so that what was sent goes along in so many of the next bundles."), valueName: "count")) var repeats: Int?
    @Option(
        help: ArgumentHelp(
            say("补送对方缺项单上的一段,如 3f2a91c0:5-6;可写几次。", "Sends a stretch of the receiver's gap list again, such as 3f2a91c0:5-6; repeated for several."), valueName: "feed:from-to"))
    var again: [FeedRange] = []
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
        /// Receivers whose every key was cut: for them, and whoever else the file is for, it holds policy and no work.
        let ended: [String]
        let volumes: [Volume]
    }

    func validate() throws {
        guard !to.isEmpty else { throw ValidationError(UsageWords.message("用 --to 写给哪个节点。", "Name the receiving node with --to.")) }
        try HandlingOptions.check(repeats: repeats)
    }

    func answer(_ context: CommandContext) throws -> Answer {
        if repeats != nil, all || to.count > 1 { throw CommandError(.notTogether, ["options": all ? "--repeat --all" : "--repeat --to --to"]) }
        let node = try context.node()
        let peers = try context.receivers(to, of: node)
        let ended = try node.ask { view in peers.filter { view.trust?.isEnded($0.id) == true }.map(\.name) }
        try BundleExport.refuseForeign(out)
        let options = BundleFile.Options(
            known: all ? Heads([]) : nil, repeats: repeats, again: again, isSealed: !unsealed, volumeBytes: volumeSize.bytes, handler: try handling.handler(node))
        let written = try BundleFile.export(node, to: peers.map(\.id), path: out, options)
        let result = Result(
            file: out, to: peers[0].id.hash.hex, toName: peers.map(\.name).joined(separator: say("、", ", ")), receivers: peers.map(\.name),
            bytes: written.reduce(0) { $0 + $1.bytes }, changesets: written.reduce(0) { $0 + $1.changesets }, digest: written[0].digest.hex,
            phoneDigest: written[0].phoneDigest, isSealed: !unsealed, ended: ended,
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
            + result.ended.map { name in
                say(
                    "注意:\(name) 的密钥已全部撤销,文件里只有政策(让它知道自己被撤销),没有业务内容。",
                    "Note: every key of \(name) was cut; the file holds policy only, from which it learns of its cut, and no work.")
            }
            + result.volumes.map { volume in
                say("  \(volume.file) \(volume.bytes) 字节,校验码 \(volume.phoneDigest)", "  \(volume.file): \(volume.bytes) bytes, check code \(volume.phoneDigest)")
            } + [
                say("已从介质读回核对,可以拔出。", "Read back from the medium and equal: it can be pulled out."),
                say(
                    "下一步:在 \(result.toName) 运行 tiaokuai bundle import 文件 --receipt 回执文件,把回执带回来。",
                    "Next: on \(result.toName) run tiaokuai bundle import FILE --receipt FILE, and bring the receipt back."),
            ]
    }

    /// Throws `fileExists` for a file that is not a bundle, `notAFile` for what is no file at all.
    static func refuseForeign(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        let head = Array((try? handle.read(upToCount: 16)) ?? Data())
        guard head.isEmpty || head.starts(with: Frame.marker) || SealHead.begins(head) == true else { throw NodeError(.fileExists, ["path": path]) }
    }
}
