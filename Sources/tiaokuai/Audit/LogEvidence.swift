import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// Evidence that a node showed two logs, or wrote a feed twice: listed, exported, and checked by whoever gets it, without a node.
struct LogEvidence: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: say("两本账、分叉的证据:列出、导出、核验。", "Evidence of two logs and of forks: lists, exports, checks it."),
        discussion: example("tiaokuai log evidence --dir gs", "tiaokuai log evidence --dir gs 5f0c… --out split.tke", "tiaokuai log evidence --check split.tke"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪一份:编号或其开头。", "Which one: its identity or the beginning of it."), valueName: "evidence")) var evidence: String?
    @Option(help: ArgumentHelp(say("把这一份写到文件。", "Writes that one to this file."), valueName: "file")) var out: String?
    @Option(help: ArgumentHelp(say("核验这个文件;不需要节点。", "Checks this file; needs no node."), valueName: "file")) var check: String?

    struct Item: Encodable {
        /// `splitView`: two checkpoints of one log; `fork`: two changesets of one feed and sequence.
        let kind: String
        let id, node, nodeName, epoch: String
        /// Of `splitView`.
        let sizes: [UInt64]
        let roots, checkpoints: [String]
        /// The hashes under which the two differ; `roots` are those under the first of them.
        let hashes: [String]
        /// Of `fork`.
        let partition: String?
        let sequence: UInt64?
        let changesets: [String]
        /// The keys in it are the node's own by its identity: no credential is needed to believe it.
        let standsAlone: Bool
        let since: String?
        /// The node's unit owned up to the fork: two machines, nobody hid it.
        let isRepaired: Bool
    }

    struct Result: Encodable {
        let evidence: [Item]
        let file: String?
    }

    /// Whatever is evidence, with the bytes that go into a file.
    private struct Held {
        let item: Item
        let bytes: [UInt8]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        if let check { return answer([try LogEvidence.read(try DurableFile.read(check, limit: 2 * Limits.statementBytes))], file: check) }
        let held = try context.node().ask { view in try LogEvidence.splits(view) + LogEvidence.forks(view) }
            .filter { one in evidence.map { one.item.id.hasPrefix($0.lowercased()) } ?? true }
        if let evidence, held.isEmpty { throw NodeError(.unknownItem, ["item": evidence]) }
        if let out {
            guard held.count == 1, let one = held.first else { throw NodeError(.unknownItem, ["item": evidence ?? ""]) }
            try OwnFile.write(one.bytes, to: out)
        }
        return answer(held.map(\.item), file: out)
    }

    /// What a file says, checked with nothing but itself.
    private static func read(_ bytes: [UInt8]) throws -> Item {
        if ForkEvidence.begins(bytes) {
            let checked = try ForkEvidenceCheck.check(try ForkEvidence(bytes))
            return item(sha256(bytes), checked, name: checked.feed.node.short, isRepaired: false)
        }
        let checked = try EvidenceCheck.check(try SplitEvidence(bytes))
        return item(sha256(bytes), checked, name: checked.node.short, since: nil, isRepaired: false)
    }

    private static func splits(_ view: NodeView) throws -> [Held] {
        let repaired = Set(try view.logConcerns().filter { $0.code == .splitView && $0.isRepaired }.map(\.item))
        return try view.reader.statements(.evidence).map { row in
            let checked = try EvidenceCheck.check(try SplitEvidence(row.envelope))
            let item = item(row.id, checked, name: view.name(ofNode: checked.node), since: row.received, isRepaired: repaired.contains(row.id))
            return Held(item: item, bytes: row.envelope)
        }
    }

    private static func forks(_ view: NodeView) throws -> [Held] {
        try view.forkEvidence().map { fork, evidence in
            let checked = try ForkEvidenceCheck.check(evidence)
            let item = item(sha256(evidence.bytes), checked, name: view.name(ofNode: checked.feed.node), isRepaired: fork.repair != nil)
            return Held(item: item, bytes: evidence.bytes)
        }
    }

    private static func item(_ id: Hash32, _ checked: CheckedEvidence, name: String, since: Written?, isRepaired: Bool) -> Item {
        Item(
            kind: "splitView", id: id.hex, node: checked.node.hash.hex, nodeName: name, epoch: checked.epoch.description,
            sizes: [checked.older.size, checked.newer.size],
            roots: [checked.older, checked.newer].compactMap { $0.root(checked.hashes.first ?? .sha256)?.hex },
            checkpoints: [checked.olderID.hex, checked.newerID.hex],
            hashes: checked.hashes.map(\.rawValue), partition: nil, sequence: nil, changesets: [], standsAlone: checked.standsAlone,
            since: since.map(\.timestamp), isRepaired: isRepaired)
    }

    private static func item(_ id: Hash32, _ checked: CheckedFork, name: String, isRepaired: Bool) -> Item {
        Item(
            kind: "fork", id: id.hex, node: checked.feed.node.hash.hex, nodeName: name, epoch: checked.feed.epoch.description, sizes: [], roots: [],
            checkpoints: [], hashes: [], partition: checked.feed.partition.description, sequence: checked.sequence, changesets: [checked.first.hash.hex, checked.second.hash.hex],
            standsAlone: checked.standsAlone, since: nil, isRepaired: isRepaired)
    }

    private func answer(_ items: [Item], file: String?) -> Answer {
        var lines: [String] = []
        for item in items {
            lines += LogEvidence.lines(item)
            if item.isRepaired { lines.append(say("  已作分叉修复声明:两台机器,没有隐瞒", "  The fork's repair is stated: two machines, and nobody hid it")) }
            if !item.standsAlone {
                lines.append(say("  签名用的是换过的密钥:是不是该节点的,看它的凭证", "  Signed with a key from a rotation: whether it is the node's is for its credential to say"))
            }
        }
        if items.isEmpty { lines.append(say("没有两本账或分叉的证据。", "No evidence of two logs or of a fork.")) }
        return Answer(Result(evidence: items, file: file), lines)
    }

    private static func lines(_ item: Item) -> [String] {
        let (id, name, epoch) = (item.id.prefix(12), item.nodeName, item.epoch.prefix(8))
        guard let sequence = item.sequence, let partition = item.partition.map(Shown.partition) else {
            return [
                say(
                    "\(id) \(name):纪元 \(epoch) 的日志 \(item.sizes[0]) 项和 \(item.sizes[1]) 项不是同一本;签名成立",
                    "\(id) \(name): its logs of \(item.sizes[0]) and of \(item.sizes[1]) in epoch \(epoch) are not one; the signatures hold")
            ] + zip(item.sizes, item.roots).map { "  \($0) \($1)" } + (item.hashes.contains("sm3") ? ["  " + item.hashes.joined(separator: " ")] : [])
        }
        return [
            say(
                "\(id) \(name):\(partition) 第 \(sequence) 份写了两次(纪元 \(epoch));签名成立",
                "\(id) \(name): no. \(sequence) of \(partition) was written twice in epoch \(epoch); the signatures hold")
        ] + item.changesets.map { "  \($0)" }
    }
}
