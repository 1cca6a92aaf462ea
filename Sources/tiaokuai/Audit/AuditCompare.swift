import ArgumentParser
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// Two views of one history side by side: nodes' folders, bundles, sticks.
struct AuditCompare: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: say("比对两边的历史:两本账、分叉、截短,各缺什么。", "Compares two histories: split views, forks, cut logs, and what each lacks."),
        discussion: example(
            "tiaokuai audit compare gs zy", "tiaokuai audit compare gs /media/usb --evidence split.tke", "tiaokuai audit compare --root 5f0c…(64) one.tkb two.tkb") + "\n\n"
            + say(
                "每一边是节点文件夹、数据包文件,或放着 .tkb 的文件夹。缺内容不算问题;证据可用 tiaokuai log evidence --check 核验。",
                "Each side is a node's folder, a bundle, or a folder with .tkb files. Lacking something is no fault; evidence is checked with tiaokuai log evidence --check."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Argument(help: ArgumentHelp(say("一边。", "One side."), valueName: "left")) var left: String
    @Argument(help: ArgumentHelp(say("另一边。", "The other side."), valueName: "right")) var right: String
    @Option(help: ArgumentHelp(say("两边都是数据包时:网络编号或根密钥指纹。", "Where both are bundles: the network's id or a root key's thumbprint."), valueName: "hex")) var root: String?
    @Option(help: ArgumentHelp(say("打开加封文件的密钥文件,可写多个。", "A key file that opens what is sealed; may be repeated."), valueName: "file")) var key: [String] = []
    @Option(help: ArgumentHelp(say("把第一份证据写到文件;再有就在扩展名前加号。", "Writes the first evidence to this file, more with a number before the ending."), valueName: "file")) var evidence: String?

    struct Split: Encodable {
        let node, nodeName, epoch: String
        let sizes: [UInt64]
        let roots, hashes: [String]
        let evidence: String?
        let isRepaired: Bool
    }

    struct Branching: Encodable {
        let node, nodeName, epoch, partition: String
        let sequence: UInt64
        let changesets: [String]
        let evidence: String?
        let isRepaired: Bool
    }

    struct Shortened: Encodable {
        let node, nodeName, epoch: String
        let held, signed: UInt64
        let owner: String
    }

    struct Dropped: Encodable {
        let node, nodeName, epoch: String
        let sizes: [UInt64]
        let owner: String
    }

    struct Superseded: Encodable {
        let node, nodeName, epoch: String
        let signed: UInt64
        let owner: String
        let isSigned: Bool
    }

    struct Lacking: Encodable {
        let side, node, nodeName, epoch, partition: String
        let from, through: UInt64
        let count: Int
        let isAdmitted: Bool?
    }

    struct Withheld: Encodable {
        let side, node, nodeName, head: String
        let partition: String?
        let isOnOtherSide: Bool
    }

    struct Result: Encodable {
        let agrees: Bool
        let checkpoints, shared: Int
        let splits: [Split]
        let forks: [Branching]
        let shortened: [Shortened]
        let dropped: [Dropped]
        let superseded: [Superseded]
        let lacking: [Lacking]
        let withheld: [Withheld]
        let files: [String]
    }

    func validate() throws {
        if let root, Hash32(hex: root) == nil { throw ValidationError(UsageWords.message("--root 要 64 位十六进制数字。", "--root takes 64 hexadecimal digits.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let (one, other) = (try HistorySource(path: left), try HistorySource(path: right))
        guard let root = try root.flatMap({ Hash32(hex: $0) }) ?? one.network() ?? other.network() else {
            throw Failure(.command, CommandError.Code.usage.rawValue, [:], phrases: ["reason": Words("两边都是数据包时要用 --root", "where both are bundles, --root is needed")])
        }
        let keys = try context.sealingKeys(key, (try? basic.folder()) == nil ? nil : try context.node())
        let own = Set([(HistoryComparison.Side.left, one), (.right, other)].filter { $0.1.isNode }.map(\.0))
        let unrecorded = try [(left, one), (right, other)].filter { $0.1.isNode }.compactMap { path, _ in try AuditNote.note(context.at(path), reader) }.first
        return try one.read(root: root, keys: keys) { here in
            try other.read(root: root, keys: keys) { there in
                try answer(unrecorded, try HistoryComparer.compare(here, there, own: own)) { node in
                    let name = here.name(ofNode: node)
                    return name == node.short ? there.name(ofNode: node) : name
                }
            }
        }
    }

    private func answer(_ unrecorded: Failure?, _ found: HistoryComparison, _ name: (NodeID) -> String) throws -> Answer {
        var files: [String] = []
        func written(_ bytes: [UInt8]?) throws -> String? {
            guard let bytes, let evidence else { return nil }
            let path = files.isEmpty ? evidence : Self.numbered(evidence, files.count + 1)
            try OwnFile.write(bytes, to: path)
            files.append(path)
            return path
        }
        let splits = try found.splits.map {
            Split(
                node: $0.node.hash.hex, nodeName: name($0.node), epoch: $0.epoch.description, sizes: $0.sizes, roots: $0.roots.map(\.hex), hashes: $0.hashes.map(\.rawValue),
                evidence: try written($0.evidence?.bytes), isRepaired: $0.isRepaired)
        }
        let forks = try found.branchings.map {
            Branching(
                node: $0.feed.node.hash.hex, nodeName: name($0.feed.node), epoch: $0.feed.epoch.description, partition: $0.feed.partition.description, sequence: $0.sequence,
                changesets: $0.changesets.map(\.hash.hex), evidence: try written($0.evidence?.bytes), isRepaired: $0.isRepaired)
        }
        let result = Result(
            agrees: found.contradictions == 0, checkpoints: found.checkpoints, shared: found.shared, splits: splits, forks: forks,
            shortened: found.shortened.map {
                Shortened(node: $0.node.hash.hex, nodeName: name($0.node), epoch: $0.epoch.description, held: $0.held, signed: $0.signed, owner: $0.owner.rawValue)
            },
            dropped: found.dropped.map {
                Dropped(node: $0.node.hash.hex, nodeName: name($0.node), epoch: $0.epoch.description, sizes: $0.sizes, owner: $0.owner.rawValue)
            },
            superseded: found.superseded.map {
                Superseded(node: $0.node.hash.hex, nodeName: name($0.node), epoch: $0.epoch.description, signed: $0.signed, owner: $0.owner.rawValue, isSigned: $0.isSigned)
            },
            lacking: found.lacking.map {
                Lacking(
                    side: $0.side.rawValue, node: $0.feed.node.hash.hex, nodeName: name($0.feed.node), epoch: $0.feed.epoch.description,
                    partition: $0.feed.partition.description, from: $0.from, through: $0.through, count: $0.count, isAdmitted: $0.isAdmitted)
            },
            withheld: found.withheld.map {
                Withheld(
                    side: $0.side.rawValue, node: $0.node.hash.hex, nodeName: name($0.node), head: $0.head.hex, partition: $0.partition?.description,
                    isOnOtherSide: $0.isOnOtherSide)
            }, files: files)
        let failure = result.agrees ? nil : Failure(.command, CommandError.Code.checkFailed.rawValue, ["count": "\(found.contradictions)"])
        return Answer(Noted(payload: result, unrecorded: unrecorded?.code), lines(result), failure: failure)
    }

    /// `split.tke` → `split-2.tke`.
    private static func numbered(_ path: String, _ number: Int) -> String {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return "\(path)-\(number)" }
        return "\(path[..<dot])-\(number)\(path[dot...])"
    }

    private func lines(_ result: Result) -> [String] {
        func side(_ name: String) -> String { name == "left" ? left : right }
        let alarm = say("警报:", "ALARM: ")
        func sign(_ isRepaired: Bool) -> String { isRepaired ? say("已声明:", "Owned up to: ") : alarm }
        func file(_ path: String?) -> String { path.map { say(";证据写到 \($0)", "; evidence in \($0)") } ?? "" }
        var out = result.splits.map {
            sign($0.isRepaired)
                + say(
                    "\($0.nodeName) 出过两本账:日志 \($0.sizes[0]) 项和 \($0.sizes[1]) 项不是同一本(纪元 \($0.epoch.prefix(8)))",
                    "\($0.nodeName) has shown two logs: of \($0.sizes[0]) and of \($0.sizes[1]), not of one history (epoch \($0.epoch.prefix(8)))") + file($0.evidence)
        }
        out += result.forks.map {
            sign($0.isRepaired)
                + say(
                    "\($0.nodeName) \(Shown.partition($0.partition)) 第 \($0.sequence) 份,两边各是一份:分叉", "\($0.nodeName) \(Shown.partition($0.partition)) no. \($0.sequence): each side has another: a fork")
                + file($0.evidence)
        }
        out += result.shortened.map {
            alarm
                + say(
                    "\($0.nodeName) 签过 \($0.signed) 项的日志,\(side($0.owner)) 里只有 \($0.held) 项:被截短或退回",
                    "\($0.nodeName) signed a log of \($0.signed), and \(side($0.owner)) has \($0.held): cut short or put back")
        }
        out += result.dropped.map {
            let sizes = $0.sizes.map(String.init)
            return alarm
                + say(
                    "\($0.nodeName) 签过的检查点(日志 \(sizes.joined(separator: "、")) 项),另一边有,\(side($0.owner)) 里没有了:被删去",
                    "\($0.nodeName) signed checkpoints (of a log of \(sizes.joined(separator: ", "))) that the other side has and \(side($0.owner)) no longer keeps: taken away")
        }
        out += result.superseded.map { one in
            let head = one.isSigned ? say("注意:", "Note: ") : alarm
            let more = one.isSigned ? "" : say(";新纪元没有任何签名", "; nothing was signed in the new epoch")
            return head
                + say(
                    "\(one.nodeName) 在 \(side(one.owner)) 里是新纪元:以前签过 \(one.signed) 项的那本日志(纪元 \(one.epoch.prefix(8)))不在了,由备份恢复或改过\(more)",
                    "\(one.nodeName) has a new epoch in \(side(one.owner)): the log of \(one.signed) that it signed in epoch \(one.epoch.prefix(8)) is gone, by a restore or a change\(more)")
        }
        out += result.withheld.map {
            let there = $0.isOnOtherSide ? say(",另一边有", ", and the other side has it") : ""
            return say("\(side($0.side)) 缺 \($0.nodeName) 说已写的 \($0.head.prefix(12))", "\(side($0.side)) lacks \($0.head.prefix(12)), which \($0.nodeName) says it wrote") + there
        }
        out += result.lacking.map {
            let range = $0.from == $0.through ? "\($0.from)" : "\($0.from)–\($0.through)"
            let outside = $0.isAdmitted == false ? say("(不在其接收范围)", " (outside what it receives)") : ""
            return say(
                "\(side($0.side)) 没有 \($0.nodeName) \(Shown.partition($0.partition)) 第 \(range) 份,共 \($0.count) 份",
                "\(side($0.side)) lacks \($0.nodeName) \(Shown.partition($0.partition)) no. \(range), \($0.count) changeset(s)")
                + outside
        }
        out.append(say("共有 \(result.shared) 份;\(result.checkpoints) 个检查点互相一致。", "\(result.shared) changesets on both sides; \(result.checkpoints) checkpoints agree."))
        out.append(result.agrees ? say("没有互相矛盾之处。", "Nothing contradicts.") : say("有矛盾,见上。", "There are contradictions: see above."))
        return out
    }
}
