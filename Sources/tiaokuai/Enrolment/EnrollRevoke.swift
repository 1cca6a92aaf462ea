import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiTrust
import TiaokuaiWording
import TiaokuaiWork

/// A cut: ends a lower node's credential at what this node holds of it.
struct EnrollRevoke: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: say("撤销下级节点的凭证:已收到的仍然算数,此后的不再生效。", "Revokes a lower node's credential: what arrived so far counts, nothing after it does."),
        discussion: example("tiaokuai enroll revoke --dir zy gt --reason 密钥遗失"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("哪个节点:名称或编号。", "The node: name or identity."), valueName: "node")) var peer: String
    @Option(help: ArgumentHelp(say("原因。", "The reason."), valueName: "text")) var reason: String

    struct Result: Encodable {
        let node, name: String
        let operation: String
        /// Changesets that still count, with all before them.
        let heads: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let author = try Granting.author(acting, node)
        var result: Result?
        let written = try node.write { view in
            let subject = try context.peer(peer, view)
            guard let credential = view.trust?.credentials(of: subject.id).first else { throw NodeError(.unknownNode, ["node": peer]) }
            // Only a strict superior may cut; otherwise it would stand on record and have no effect.
            guard let own = view.trust?.depth(of: view.settings.node), own < credential.depth, subject.region != view.settings.region,
                view.isWithin(subject.region, view.settings.region)
            else { throw NodeError(.mayNotIssue, ["region": subject.region.text]) }
            let heads = try view.reader.feeds().filter { $0.feed.node == subject.id }.flatMap { try view.reader.heads(ofFeed: $0.ref).map(\.id) }
            let content = CutContent(credential: credential.id, subject: subject.id, heads: heads, reason: reason)
            guard let field = CutKind.table.field(named: "content")?.number else { throw CommandError(.internal, ["reason": "cut"]) }
            let number = (view.trust?.cuts[subject.id] ?? []).count + 1
            let key = RecordKey(
                .policy(subject.region), CutKind.table.name,
                [.text(author.unit.text), .bytes(subject.id.hash.bytes), .decimal(ExactDecimal(Int64(number)))])
            result = Result(node: subject.id.hash.hex, name: subject.name, operation: "", heads: heads.map(\.hash.hex))
            return [Draft(key: key, unit: author.unit, person: author.person, fields: [.init(field, .bytes(content.explicitForm))])]
        }
        guard let said = result, let id = written.first?.id else { throw NodeError(.emptyWrite) }
        let done = Result(node: said.node, name: said.name, operation: id.hash.hex, heads: said.heads)
        return Answer(
            done,
            [
                say("已撤销 \(done.name) 的凭证;已收到的 \(done.heads.count) 条链仍然算数。", "Revoked \(done.name); its \(done.heads.count) feed(s) count as far as they are held here."),
                say("下一步:与上下级交换,让各节点知道(bundle export 或 sync)。", "Next: exchange with other nodes so that they know (bundle export or sync)."),
            ])
    }
}
