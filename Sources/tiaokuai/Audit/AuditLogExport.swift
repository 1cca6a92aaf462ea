import ArgumentParser
import TiaokuaiAudit
import TiaokuaiNode
import TiaokuaiWording

/// The log as files that stock transparency tools read.
struct AuditLogExport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-export", abstract: say("把日志导出成通用透明日志工具能读的文件夹。", "Writes the log as a folder that stock transparency tools read."),
        discussion: example("tiaokuai audit log-export --dir gs /srv/www/log") + "\n\n"
            + say(
                "C2SP tlog-tiles:tile/ 下是散列和条目(条目只是 32 字节的编号,不露内容),checkpoint 是签名的检查点,vkey 是验证密钥。\n签名密钥是 Ed25519 时,通用工具能核验签名;P-256 和 SM2 时能读瓦片、重算根,签名行它们不认识。\n再次导出到同一文件夹会补上新增的。",
                "C2SP tlog-tiles: hashes and entries below tile/ (an entry is an identity of 32 bytes and shows nothing), a signed checkpoint, and the verifier key in vkey.\nWith an Ed25519 key stock tools verify the signature; with P-256 or SM2 they read the tiles and make the root again, and pass over the signature.\nExported again into the same folder, it is brought up to date."
            ))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Argument(help: ArgumentHelp(say("文件夹:空的,或以前导出的。", "The folder: empty, or of an earlier export."), valueName: "folder")) var folder: String

    struct Result: Encodable {
        let origin, root, folder: String
        let size: UInt64
        let files: Int
        /// As stock tools take it; left out where they know no such key.
        let verifierKey: String?
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let unrecorded = try AuditNote.note(context, reader)
        let published = try node.exportLog(to: folder)
        let result = Result(
            origin: published.origin, root: published.root.hex, folder: folder, size: published.size, files: published.files, verifierKey: published.verifierKey)
        return Answer(
            Noted(payload: result, unrecorded: unrecorded?.code),
            [
                say("日志 \(result.size) 项,写了 \(result.files) 个瓦片。", "Log of \(result.size), \(result.files) tiles written."), say("根 \(result.root)", "Root \(result.root)"),
                result.verifierKey.map { say("验证密钥 \($0)", "Verifier key \($0)") } ?? say("签名密钥不是 Ed25519:通用工具核验不了签名。", "The key is not Ed25519: stock tools can't verify the signature."),
            ])
    }
}

/// A witness's word on a published checkpoint.
struct AuditCosign: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign", abstract: say("见证别的节点公布的检查点。", "Witnesses a checkpoint that another node has published."),
        discussion: example("tiaokuai audit cosign --dir zy checkpoint --out checkpoint.cosigned") + "\n\n"
            + say(
                "只见证本节点收到过、签名核验过、没有两本账嫌疑的检查点(C2SP tlog-cosignature)。",
                "It witnesses only what this node holds, signed by its owner, of a log that it has seen in one version (C2SP tlog-cosignature)."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Argument(help: ArgumentHelp(say("公布的 checkpoint 文件。", "The published file checkpoint."), valueName: "note")) var note: String
    @Option(help: ArgumentHelp(say("写到哪个文件。", "The file for the note with the cosignature."), valueName: "file")) var out: String

    struct Result: Encodable {
        let file: String
        let bytes: Int
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let read = try DurableFile.read(note, limit: 65_536)
        let unrecorded = try AuditNote.note(context, reader)
        let bytes = try node.cosign(read)
        try OwnFile.write(bytes, to: out)
        return Answer(Noted(payload: Result(file: out, bytes: bytes.count), unrecorded: unrecorded?.code), [say("已见证,写到 \(out)。", "Witnessed; written to \(out).")])
    }
}
