import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

/// What senders have named and what has not come: a list to read out or to send back on paper.
struct BundleGaps: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps", abstract: say("缺项单:对方说有、这里还没收到的。", "What senders say they hold and what has not come here."),
        discussion: example("tiaokuai bundle gaps --dir gs", "tiaokuai bundle gaps --dir gs --with gt"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看哪个节点说的。", "Only as this node says."), valueName: "node")) var with: String?

    struct Row: Encodable {
        let namedBy, namedByName, feed, node, nodeName, partition: String
        let from, to: UInt64
        let since: String
        /// What the sender types after `--again`.
        let range: String
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let rows = try context.node().ask { view in
            try view.gaps(namedBy: try with.map { try context.peer($0, view).id }).map { gap in
                Row(
                    namedBy: gap.namedBy.hash.hex, namedByName: view.name(ofNode: gap.namedBy), feed: gap.feed.id.hash.hex, node: gap.feed.node.hash.hex,
                    nodeName: view.name(ofNode: gap.feed.node), partition: gap.feed.partition.description, from: gap.from, to: gap.to,
                    since: gap.since.toTheMinute, range: gap.range)
            }
        }
        guard !rows.isEmpty else { return Answer(Rows(rows), [say("没有缺项。", "Nothing is missing.")]) }
        var table = TextTable([
            .init(say("谁说的", "Says")), .init(say("缺谁的", "Of")), .init(say("分区", "Partition")), .init(say("序号", "No."), .right), .init(say("起于", "Since")),
            .init(say("补送用", "For --again")),
        ])
        for row in rows {
            table.add([row.namedByName, row.nodeName, Shown.partition(row.partition), row.from == row.to ? "\(row.from)" : "\(row.from)-\(row.to)", row.since, row.range])
        }
        return Answer(Rows(rows), table.lines + [say("下一步:请对方运行 tiaokuai bundle export … --again 补送用。", "Next: have them run tiaokuai bundle export … --again with the last column.")])
    }
}
