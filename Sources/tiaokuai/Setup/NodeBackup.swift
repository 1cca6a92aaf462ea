import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// A copy of the whole node that stands alone, while everybody goes on working.
struct NodeBackup: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: say("备份节点(含密钥)到新文件夹。", "Copies the node, keys included, into a new folder."),
        discussion: example("tiaokuai node backup --dir gt --out /media/usb/gt-2020-11-05"))

    @OptionGroup var basic: BasicOptions

    @Option(help: ArgumentHelp(say("备份放到哪个新文件夹;里面有密钥,要妥善保管。", "The new folder for the backup; it holds keys, keep it safe."), valueName: "folder"))
    var out: String

    struct Result: Encodable {
        let backup, node, epoch: String
        let records: Int
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        try node.backUp(to: out)
        if let plan = try? SavedPlan.read(in: node.folder) { try plan.write(in: NodeFolder(path: out)) }
        let settings = try node.settings()
        let records = try node.store.read { try $0.recordCount() }
        let result = Result(backup: out, node: settings.node.hash.hex, epoch: settings.epoch.description, records: records)
        return Answer(
            result,
            [
                say("已备份 \(settings.name)(\(records) 条记录)到 \(out)。", "Backed up \(settings.name) (\(records) records) to \(out)."),
                say("里面有密钥:妥善保管。恢复用 tiaokuai node restore \(out) --dir 新文件夹。", "It holds keys: keep it safe. Restore with tiaokuai node restore \(out) --dir NEWFOLDER."),
            ])
    }
}

struct NodeRestore: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: say("从备份恢复到新文件夹,开始新的纪元。", "Restores a backup into a new folder and opens a new epoch."),
        discussion: example("tiaokuai node restore /media/usb/gt-2020-11-05 --dir gt-restored"))

    @OptionGroup var basic: BasicOptions

    @Argument(help: ArgumentHelp(say("备份文件夹。", "The backup's folder."), valueName: "backup"))
    var backup: String

    struct Result: Encodable {
        let node, name, epoch, folder: String
        let records: Int
    }

    func answer(_ context: CommandContext) throws -> Answer {
        if context.options.now != nil {
            guard try Node(opening: backup).settings().isRehearsal else { throw NodeError(.rehearsalOnly) }
        }
        let node = try Node.restore(from: backup, to: try basic.folder(), surroundings: try context.surroundings())
        if let plan = try? SavedPlan.read(in: NodeFolder(path: backup)) { try plan.write(in: node.folder) }
        let settings = try node.settings()
        let records = try node.store.read { try $0.recordCount() }
        let result = Result(node: settings.node.hash.hex, name: settings.name, epoch: settings.epoch.description, folder: node.folder.path, records: records)
        return Answer(
            result,
            [
                say(
                    "已恢复 \(settings.name)(\(records) 条记录)到 \(result.folder),新纪元 \(result.epoch.prefix(8))。",
                    "Restored \(settings.name) (\(records) records) to \(result.folder), epoch \(result.epoch.prefix(8))."),
                say("备份之后写的内容,下次与上级交换时会送回;旧文件夹不要再用。", "What was written after the backup comes back at the next exchange with the superior; do not use the old folder again."),
            ])
    }
}
