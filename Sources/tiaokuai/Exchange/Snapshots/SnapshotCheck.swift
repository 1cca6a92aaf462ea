import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

/// Whether what was signed is so, where the history is held.
struct SnapshotCheck: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: say("在有完整历史的节点上核对快照的声明。", "Checks a snapshot's statement where the whole history is held."),
        discussion: example("tiaokuai snapshot check --dir gs statement.tkb", "tiaokuai snapshot check --dir zy 3f2a91c0"))

    @OptionGroup var basic: BasicOptions
    @Argument(
        help: ArgumentHelp(
            say("快照文件、snapshot list --out 写出的声明,或本节点持有的声明的编号(8 位以上)。", "A snapshot, a statement that snapshot list --out wrote, or a statement held here by its identity (8 digits or more)."),
            valueName: "file-or-id"))
    var target: String

    struct Head: Encodable {
        let node, partition, head: String
        let sequence: UInt64
    }

    struct Result: Encodable {
        let snapshot: SnapshotFacts
        let isSigned: Bool
        /// False: no credential held here gives the maker that key, and the signature could not be judged.
        let isKeyHeld: Bool
        /// Nothing of it is wrong and nothing could not be judged.
        let isConfirmed: Bool
        let equal, differing: [String]
        let lacking: [Head]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let held = try SnapshotList.held(target, at: node)?.envelope
        if held == nil, SnapshotList.isIdentity(target), !FileManager.default.fileExists(atPath: target) { throw NodeError(.unknownItem, ["item": target]) }
        let statement = try held ?? SnapshotFile.statement(node, path: target)
        let progress = Progress(say("重算", "Deriving"))
        let checked = try node.checkSnapshot(statement) { done, total in progress.show("\(done)/\(total)") }
        progress.finish()
        let result = try node.ask { view in
            Result(
                snapshot: SnapshotFacts(checked.statement, checked.id, view), isSigned: checked.isSigned, isKeyHeld: checked.isKeyHeld,
                isConfirmed: checked.isSigned && checked.differing.isEmpty && checked.lacking.isEmpty,
                equal: checked.equal.map(\.description), differing: checked.differing.map(\.description),
                lacking: checked.lacking.map {
                    Head(node: $0.feed.node.hash.hex, partition: $0.feed.partition.description, head: $0.id.hash.hex, sequence: $0.sequence)
                })
        }
        let count = result.differing.count + result.lacking.count + (result.isSigned ? 0 : 1)
        let failure = result.isConfirmed ? nil : Failure(.command, CommandError.Code.checkFailed.rawValue, ["count": "\(count)"])
        return Answer(result, lines(result), failure: failure)
    }

    private func lines(_ result: Result) -> [String] {
        var out = [result.snapshot.line]
        if !result.isKeyHeld {
            out.append(
                say(
                    "签名无从核对:这里没有把这个密钥给 \(result.snapshot.nodeName) 的凭证。",
                    "The signature can't be judged: no credential here gives \(result.snapshot.nodeName) that key."))
        } else if !result.isSigned {
            out.append(say("签名不对:不是 \(result.snapshot.nodeName) 的话。", "The signature does not verify: it is not \(result.snapshot.nodeName)'s word."))
        }
        out += result.equal.map { say("一致:", "Equal: ") + $0 }
        out += result.differing.map {
            say("不符:\($0):按这些头算出的结果不是签的那样,声明本身就是证据", "DIFFERS: \($0): those heads come to something else than was signed; the statement is the evidence")
        }
        out += result.lacking.map { head in
            say("本节点没有:", "Not held here: ") + "\(head.node.prefix(8)) \(Shown.partition(head.partition)) #\(head.sequence) \(head.head.prefix(12))"
        }
        if result.isConfirmed { out.append(say("核对无误。", "Everything checks.")) }
        return out
    }
}

struct SnapshotList: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("本节点出具和收下的快照,以及哪些内容没有各自的签名、签名在谁那里。", "Snapshots made and taken in here; what is held without signatures, and who has them."),
        discussion: example("tiaokuai snapshot list --dir gt", "tiaokuai snapshot list --dir gt --id 3f2a91c0 --out statement.tkb"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只这一份:编号的前 8 位以上。", "This one only: eight digits or more of its identity."), valueName: "id")) var id: String?
    @Option(help: ArgumentHelp(say("和 --id 一起:把声明写到文件,供省级核对。", "With --id: writes the statement to a file, for the province to check."), valueName: "file")) var out: String?

    struct Stretch: Encodable {
        let node, nodeName, partition, snapshot: String
        let from, through: UInt64
        let count: Int
        let holder, holderName: String?
    }

    struct Result: Encodable {
        let snapshots: [SnapshotFacts]
        let withoutSignatures: [Stretch]
        var file: String?
    }

    func validate() throws {
        guard out == nil || id != nil else { throw ValidationError(UsageWords.message("--out 要和 --id 一起写。", "--out goes with --id.")) }
    }

    /// A statement held here whose identity begins so; nil when the text is no beginning of one.
    static func isIdentity(_ text: String) -> Bool { (8...64).contains(text.count) && text.allSatisfy(\.isHexDigit) }

    static func held(_ text: String, at node: Node) throws -> (id: Hash32, envelope: [UInt8])? {
        guard isIdentity(text) else { return nil }
        return try node.store.read { try $0.statements(.snapshot) }.first { $0.id.hex.hasPrefix(text.lowercased()) }.map { ($0.id, $0.envelope) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let wanted = try id.map { text in
            guard let held = try SnapshotList.held(text, at: node) else { throw NodeError(.unknownItem, ["item": text]) }
            return held
        }
        var result = try node.ask { view in
            let rows = try view.reader.statements(.snapshot).filter { wanted == nil || $0.id == wanted?.id }
            let snapshots = try rows.map { SnapshotFacts(try SnapshotStatement(UnverifiedStatement($0.envelope, .snapshot).claimed), $0.id, view) }
            let stretches = try view.summedStretches().filter { wanted == nil || $0.snapshot == wanted?.id }.map { one in
                Stretch(
                    node: one.feed.node.hash.hex, nodeName: view.name(ofNode: one.feed.node), partition: one.feed.partition.description, snapshot: one.snapshot.hex,
                    from: one.from, through: one.through, count: one.count, holder: one.holder?.hash.hex, holderName: one.holder.map { view.name(ofNode: $0) })
            }
            return Result(snapshots: snapshots, withoutSignatures: stretches)
        }
        if let out, let wanted {
            try OwnFile.write(Frame(.snapshot, wanted.envelope).bytes, to: out)
            result.file = out
        }
        return Answer(result, lines(result))
    }

    private func lines(_ result: Result) -> [String] {
        var out = result.snapshots.map(\.line)
        out += result.withoutSignatures.map { one in
            say(
                "  \(one.nodeName) \(Shown.partition(one.partition)) 第 \(one.from)–\(one.through) 份中 \(one.count) 份没有各自的签名;签名在 \(one.holderName ?? "不明")",
                "  \(one.nodeName) \(Shown.partition(one.partition)) \(one.from)–\(one.through): \(one.count) without their signatures, which are at \(one.holderName ?? "an unknown node")")
        }
        if out.isEmpty { out.append(say("没有快照。", "No snapshots.")) }
        if let file = result.file { out.append(say("声明已写到 \(file)。", "The statement is in \(file).")) }
        return out
    }
}
