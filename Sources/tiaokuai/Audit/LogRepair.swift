import ArgumentParser
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording
import TiaokuaiWork

/// A unit owns up to a fork of this node: what happened, and which branches there are. Ends the alarm; drops and annuls nothing.
struct LogRepair: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: say("分叉修复声明:说明本节点为什么分叉、有哪几支。", "Owns up to a fork of this node: why it came, and which branches there are."),
        discussion: example("tiaokuai log repair --dir gt --cause restoredBackup", "tiaokuai log repair --dir gt --cause clonedDisk --unit 县政府"))

    /// As `ForkRepairKind.cause` has them.
    enum Cause: String, ExpressibleByArgument, CaseIterable {
        case restoredBackup, clonedDisk, unknown
    }

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Option(help: ArgumentHelp(say("原因:restoredBackup 旧映像放回,clonedDisk 克隆的机器,unknown 不明。", "Why: restoredBackup, clonedDisk or unknown."), valueName: "cause")) var cause: Cause
    @Option(help: ArgumentHelp(say("说明。", "What happened, in words."), valueName: "text")) var text: String?
    @Flag(help: ArgumentHelp(say("是示例数据,到处都会标明。", "It is made up, and marked so wherever it shows."))) var sample = false

    struct Result: Encodable {
        let operations: [String]
        let feeds: [String]
        /// Changesets that the statement names.
        let branches: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let author = try office.author(unit: acting.unit, person: acting.person)
        let further = [text.map { Operation.Field(ForkRepairKind.text, .text($0)) }, sample ? Operation.Field(.sample, .boolean(true)) : nil].compactMap { $0 }
        var forks: [Fork] = []
        let written = try office.node.write { view in
            forks = try view.forks().filter { $0.feed.node == view.settings.node && $0.repair == nil }
            guard !forks.isEmpty else { throw NodeError(.unknownItem, ["item": say("没有待声明的分叉", "no fork to own up to")]) }
            return forks.map { view.repair(of: $0, cause: cause.rawValue, by: author.unit, person: author.person, further: further) }
        }
        let branches = forks.flatMap(\.branches).map(\.hash.hex)
        return Answer(
            Result(operations: written.map(\.id.hash.hex), feeds: forks.map(\.feed.id.hash.hex), branches: branches),
            forks.map { fork in
                say(
                    "已声明:\(Shown.partition(fork.feed.partition.description)) 第 \(fork.sequence) 份起分为 \(fork.branches.count) 支,都有效。",
                    "Stated: \(Shown.partition(fork.feed.partition.description)) goes on in \(fork.branches.count) branches from no. \(fork.sequence); all of them count.")
            } + [
                say(
                    "下一步:两支填得不一样的,用 claim 选定;与上级交换;停用其中一台,或给它自己的凭证(--joins)。",
                    "Next: choose with claim where the branches differ; exchange with the superior; stop one machine or give it a credential of its own (--joins).")
            ])
    }
}
