import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// Two digests over what this node shares with another: equal on both sides, both hold the same and make the same of it.
struct Digest: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: say("摘要:与另一节点或区划共有内容的指纹。", "Digests over what this node shares with another node or region."),
        discussion: example("tiaokuai digest --dir gt --with zy", "tiaokuai digest --dir gs --region 620724"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("与哪个节点共有的内容。", "What is shared with this node."), valueName: "node")) var with: String?
    @Option(help: ArgumentHelp(say("某区划的节点能看到的内容;不写则为本节点全部。", "What a node of this region sees; by default everything here."), valueName: "region")) var region: String?

    struct Result: Encodable {
        let node: String
        let with: String?
        let region: String
        let input, derived: String
        let records: Int
        let partitions: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let result = try node.ask { view in
            var place = view.settings.region
            var lines: [LineID]?
            var name: String?
            if let with {
                let peer = try context.peer(with, view)
                (place, lines, name) = (peer.region, peer.lines, peer.name)
            } else if let region {
                place = try PlanOptions.region(region)
            }
            let digest = try view.digest(of: try view.sharedPartitions(with: place, lines: lines))
            return Result(
                node: view.settings.name, with: name, region: place.text, input: digest.input.hex, derived: digest.derived.hex, records: digest.records,
                partitions: digest.partitions.map(\.description))
        }
        let whom = result.with ?? result.region
        return Answer(
            result,
            [
                say("\(result.node) 与 \(whom) 共有 \(result.records) 条记录", "\(result.node) shares \(result.records) records with \(whom)"),
                say("收到的内容:\(result.input)", "Input:   \(result.input)"), say("得出的结果:\(result.derived)", "Derived: \(result.derived)"),
            ])
    }
}
