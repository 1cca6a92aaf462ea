import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// Evidence that a node showed two logs: listed, exported, and checked by whoever gets it, without a node.
struct LogEvidence: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: say("两本账的证据:列出、导出、核验。", "Evidence of two logs: lists, exports, checks it."),
        discussion: example("tiaokuai log evidence --dir gs", "tiaokuai log evidence --dir gs 5f0c… --out split.tke", "tiaokuai log evidence --check split.tke"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪一份:编号或其开头。", "Which one: its identity or the beginning of it."), valueName: "evidence")) var evidence: String?
    @Option(help: ArgumentHelp(say("把这一份写到文件。", "Writes that one to this file."), valueName: "file")) var out: String?
    @Option(help: ArgumentHelp(say("核验这个文件;不需要节点。", "Checks this file; needs no node."), valueName: "file")) var check: String?

    struct Item: Encodable {
        let id, node, nodeName, epoch: String
        let sizes: [UInt64]
        let roots, checkpoints: [String]
        /// The keys in it are the node's own by its identity: no credential is needed to believe it.
        let standsAlone: Bool
        let since: String?
    }

    struct Result: Encodable {
        let evidence: [Item]
        let file: String?
    }

    func answer(_ context: CommandContext) throws -> Answer {
        if let check {
            let bytes = try DurableFile.read(check, limit: 2 * Limits.statementBytes)
            let checked = try EvidenceCheck.check(try SplitEvidence(bytes))
            return answer([item(sha256(bytes), checked, name: checked.node.short, since: nil)], file: check)
        }
        let node = try context.node()
        let rows = try node.store.read { try $0.statements(.evidence) }.filter { row in evidence.map { row.id.hex.hasPrefix($0.lowercased()) } ?? true }
        if let evidence, rows.isEmpty { throw NodeError(.unknownItem, ["item": evidence]) }
        let items = try node.ask { view in
            try rows.map { row in
                let checked = try EvidenceCheck.check(try SplitEvidence(row.envelope))
                return item(row.id, checked, name: view.name(ofNode: checked.node), since: row.received)
            }
        }
        if let out {
            guard rows.count == 1, let row = rows.first else { throw NodeError(.unknownItem, ["item": evidence ?? ""]) }
            try DurableFile.write(row.envelope, to: out)
        }
        return answer(items, file: out)
    }

    private func item(_ id: Hash32, _ checked: CheckedEvidence, name: String, since: Written?) -> Item {
        Item(
            id: id.hex, node: checked.node.hash.hex, nodeName: name, epoch: checked.epoch.description, sizes: [checked.older.size, checked.newer.size],
            roots: [checked.older.root.hex, checked.newer.root.hex], checkpoints: [checked.olderID.hex, checked.newerID.hex],
            standsAlone: checked.standsAlone, since: since.map(Instant.format))
    }

    private func answer(_ items: [Item], file: String?) -> Answer {
        var lines: [String] = []
        for item in items {
            lines.append(
                say(
                    "\(item.id.prefix(12)) \(item.nodeName):纪元 \(item.epoch.prefix(8)) 的日志 \(item.sizes[0]) 项和 \(item.sizes[1]) 项不是同一本;签名成立",
                    "\(item.id.prefix(12)) \(item.nodeName): its logs of \(item.sizes[0]) and of \(item.sizes[1]) in epoch \(item.epoch.prefix(8)) are not one; the signatures hold"))
            lines += zip(item.sizes, item.roots).map { "  \($0) \($1)" }
            if !item.standsAlone {
                lines.append(say("  签名用的是换过的密钥:是不是该节点的,看它的凭证", "  Signed with a key from a rotation: whether it is the node's is for its credential to say"))
            }
        }
        if items.isEmpty { lines.append(say("没有两本账的证据。", "No evidence of two logs.")) }
        return Answer(Result(evidence: items, file: file), lines)
    }
}
