import ArgumentParser
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

struct SnapshotMake: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: say("给下级节点出具快照。", "Makes a snapshot for a node below this one."),
        discussion: example("tiaokuai snapshot make --dir zy --to gt --out /media/usb/gt.tkb"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var handling: HandlingOptions
    @Option(help: ArgumentHelp(say("给哪个节点:名称或编号。", "For which node: name or identity."), valueName: "node")) var to: String
    @Option(help: ArgumentHelp(say("写到哪个文件;已有的数据包会被替换,其他文件不会。", "The file to write; a bundle of that name is replaced, no other file is."), valueName: "file")) var out: String
    @Option(
        help: ArgumentHelp(say("文件最大多少,如 512M、4G(默认 1G);快照不分卷。", "The largest file, such as 512M or 4G (1G by default); a snapshot has one volume."), valueName: "size"))
    var volumeSize: ByteSize = ByteSize(BundleFile.Options.defaultVolumeBytes)
    @Flag(help: ArgumentHelp(say("不加封:拿到文件的人都能看。", "Unsealed: whoever has the file can read it."))) var unsealed = false

    struct Result: Encodable {
        let file: String
        let bytes: Int64
        /// Changesets that carry their signatures.
        let whole: Int
        let digest, phoneDigest: String
        let isSealed: Bool
        let snapshot: SnapshotFacts
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let peer = try context.receivers([to], of: node)[0]
        try BundleExport.refuseForeign(out)
        let made = try SnapshotFile.make(
            node, for: peer.id, path: out, isSealed: !unsealed, volumeBytes: volumeSize.bytes, handler: try handling.handler(node))
        let result = try node.ask { view in
            Result(
                file: made.file.path, bytes: made.file.bytes, whole: made.whole, digest: made.file.digest.hex, phoneDigest: made.file.phoneDigest,
                isSealed: made.file.isSealed, snapshot: SnapshotFacts(made.statement, made.id, view))
        }
        let seal = result.isSealed ? say("已加封", "sealed") : say("未加封", "not sealed")
        return Answer(
            result,
            [
                say(
                    "给 \(peer.name) 的快照:归并 \(result.snapshot.summed) 份,全文 \(result.whole) 份,\(result.bytes) 字节,\(seal)。",
                    "Snapshot for \(peer.name): \(result.snapshot.summed) changeset(s) summed up, \(result.whole) whole, \(result.bytes) bytes, \(seal)."),
                say("  \(result.file),校验码 \(result.phoneDigest)", "  \(result.file): check code \(result.phoneDigest)"),
                say("已从介质读回核对,可以拔出。", "Read back from the medium and equal: it can be pulled out."),
                say(
                    "下一步:在 \(peer.name) 运行 tiaokuai snapshot load 文件 --receipt 回执文件,把回执带回来,以后只送新内容。",
                    "Next: on \(peer.name) run tiaokuai snapshot load FILE --receipt FILE, and bring the receipt back: from then on only what is new is sent."),
            ])
    }
}
