import ArgumentParser
import Foundation
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// One year of the history in a folder that is verified in thirty years without this program.
struct AuditArchive: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: say("把一年的历史写成存档文件夹:几十年后不用本软件也能核验。", "Writes a year of the history as an archive that is verified decades on without this program."),
        discussion: example("tiaokuai audit archive 2020 --year 2020 --dir gs", "tiaokuai audit archive gt-2020 --year 2020 --dir gs --place 620724 --json") + "\n\n"
            + say(
                "里面有:数据包(本年收到的全部内容和年前的政策)、检查点和回执、日志(C2SP 瓦片)、根公钥、格式说明、黄金样例、核验程序 verify.py、README。\n年份按收到的时间(北京时间)。同样的历史逐字节相同。先写 文件夹.partial,写完改名;已有的文件夹不动。",
                "In it: bundles (all that was received in the year, and the policy before it), checkpoints and receipts, the log as C2SP tiles, the root keys, the format pages, the golden files, the script verify.py, a README.\nThe year goes by when things were received (UTC+8). The same history gives the same bytes. It is written as FOLDER.partial and renamed; a folder that is there is left alone."
            ))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("要写的文件夹,不能已有。", "The folder to write; it may not exist."), valueName: "folder")) var folder: String
    @Option(help: ArgumentHelp(say("哪一年。", "Which year."), valueName: "year")) var year: Int
    @Option(help: ArgumentHelp(say("只要这个区划及所辖的;不写为全部。", "Only this place and those below; by default everything."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("每个数据包最多多少 MiB;不写为 1024。", "At most so many MiB for a bundle; 1024 by default."), valueName: "mebibytes")) var volumeSize: Int64 = 1_024
    @OptionGroup var reader: ReaderOptions

    struct Result: Encodable {
        let folder: String
        let archive: ArchiveFacts
        let files: Int
        let bytes: Int64
        /// SHA-256 of `SHA256SUMS`.
        let digest: String
        let milliseconds: Int
    }

    func validate() throws {
        if volumeSize < 1 || volumeSize > 4_095 { throw ValidationError(UsageWords.message("--volume-size 取 1 到 4095。", "--volume-size takes 1 to 4095.")) }
        if folder.isEmpty || folder.allSatisfy({ $0 == "/" }) { throw ValidationError(UsageWords.message("请写文件夹的名字。", "Give the folder's name.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let begun = Date()
        let office = try context.office()
        let region = try place.map { try office.place($0) }
        let unrecorded = try AuditNote.note(context, reader)
        let progress = Progress(say("存档", "Archiving"))
        let written = try office.node.archive(
            to: folder, ArchiveOptions(year: year, place: region, volumeBytes: volumeSize << 20), readme: { ArchiveWords.readme(ArchiveWords.Facts($0)) },
            progress: { done, total in progress.show("\(done)/\(total)") })
        progress.finish()
        let facts = written.facts
        let result = Result(
            folder: written.path, archive: facts, files: written.files, bytes: written.bytes, digest: written.digest.hex, milliseconds: Int(Date().timeIntervalSince(begun) * 1_000))
        var lines = [
            say(
                "已写出 \(written.path):\(facts.changesets) 份内容,日志第 \(facts.from) 至 \(facts.to - 1) 项,年前的政策 \(facts.policyBefore) 份;\(written.files) 个文件,\(written.bytes / 1_024) KiB。",
                "Wrote \(written.path): \(facts.changesets) changesets, log entries \(facts.from) to \(facts.to - 1), \(facts.policyBefore) of policy from before; \(written.files) files, \(written.bytes / 1_024) KiB."
            ),
            say("密级:\(ArchiveWords.fieldClass(facts.fieldClass).zh)", "Class: \(ArchiveWords.fieldClass(facts.fieldClass).en)"),
            say("清单 SHA256SUMS 的摘要:\(Node.phoneDigest(written.digest))", "Digest of the list SHA256SUMS: \(Node.phoneDigest(written.digest))"),
        ]
        if !facts.isOver { lines.append(say("注意:\(year) 年还没有结束,或日志还不能表明它已结束;到时请重做。", "Note: \(year) is not over, or the log doesn't show it yet; make it again then.")) }
        lines.append(say("核验:python3 \(written.path)/verify.py \(written.path) --root 网络编号", "Verify it with python3 \(written.path)/verify.py \(written.path) --root NETWORK"))
        return Answer(Noted(payload: result, unrecorded: unrecorded?.code), lines)
    }
}

extension ArchiveWords.Facts {
    init(_ facts: ArchiveFacts) {
        self.init()
        (year, nodeName, network, node, epoch, head) = (facts.year, facts.nodeName, facts.network, facts.node, facts.epoch, facts.head.root)
        (place, from, to, size, before) = (facts.place, facts.from, facts.to, facts.head.size, facts.before?.size)
        (changesets, policyBefore, operations) = (facts.changesets, facts.policyBefore, facts.operations)
        (fieldClass, sealedValues, isRehearsal, isOver) = (facts.fieldClass, facts.sealedValues, facts.isRehearsal, facts.isOver)
    }
}
