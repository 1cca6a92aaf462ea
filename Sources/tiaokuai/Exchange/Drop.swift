import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWording

/// Exchange through folders that something else carries across: a one-way gap 网闸, a shared disk, a copying program.
struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: say("投递夹:收一个文件夹里的数据包,往另一个文件夹里放。", "Drop folders: takes in the bundles of one folder and puts its own into another."),
        discussion: example(
            "tiaokuai drop --dir gs --in /srv/in", "tiaokuai drop --dir gt --out /srv/out --to gs --repeat 3",
            "tiaokuai drop --dir zy --in /srv/in --out /srv/out --to gs --watch"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var handling: HandlingOptions
    @Option(
        name: .customLong("in"),
        help: ArgumentHelp(
            say("收哪个文件夹;收下的移到 taken,不收的移到 rejected,旁边写明原因。", "The folder to take from; what was taken moves to taken, what is wrong to rejected beside its reason."), valueName: "folder"))
    var inbox: String?
    @Option(help: ArgumentHelp(say("放到哪个文件夹。", "The folder to put into."), valueName: "folder")) var out: String?
    @Option(help: ArgumentHelp(say("放给哪个节点;几个就写几次,各是各的文件。", "For which node; repeated for several, each with files of its own."), valueName: "node")) var to: [String] = []
    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(say("单向:对方没有回执,送过的在随后几份里重复。", "One-way: nobody answers, so that what was sent goes along in so many of the next bundles."), valueName: "count"))
    var repeats: Int?
    @Flag(help: ArgumentHelp(say("一直看着,直到被结束。", "Goes on until it is ended."))) var watch = false
    @Option(help: ArgumentHelp(say("隔多久看一次。", "How often it looks."), valueName: "time")) var every = TimeSpan(30)
    @Option(help: ArgumentHelp(say("文件要多久不变才读。", "How long a file has to stay as it is before it is read."), valueName: "time")) var settle = TimeSpan(2)
    @Option(help: ArgumentHelp(say("没有写完的文件等多久。", "How long a file that ends too early is waited for."), valueName: "time")) var patience = TimeSpan(600)
    @Option(help: ArgumentHelp(say("没有新内容时,隔多久也放一份。", "After how long a file goes out though nothing is new."), valueName: "time")) var heartbeat = TimeSpan(86_400)
    @Option(help: ArgumentHelp(say("更大的文件不读。", "Larger files are not read."), valueName: "size")) var maxSize = ByteSize(4 << 30)
    @Option(help: ArgumentHelp(say("单个文件最大多少。", "The largest file to write."), valueName: "size")) var volumeSize = ByteSize(BundleFile.Options.defaultVolumeBytes)
    @Flag(help: ArgumentHelp(say("不加封:拿到文件的人都能看。", "Unsealed: whoever has the file can read it."))) var unsealed = false

    func validate() throws {
        guard inbox != nil || out != nil else { throw ValidationError(UsageWords.message("用 --in 或 --out 写明文件夹。", "Name a folder with --in or --out.")) }
        guard out == nil || !to.isEmpty else { throw ValidationError(UsageWords.message("用 --to 写给哪个节点。", "Name the receiving node with --to.")) }
        guard out != nil || to.isEmpty else { throw ValidationError(UsageWords.message("--to 要和 --out 一起写。", "--to goes with --out.")) }
        guard every.seconds > 0 else { throw ValidationError(UsageWords.message("--every 至少 1s。", "--every is at least 1s.")) }
        try HandlingOptions.check(repeats: repeats)
    }

    func run() throws {
        Interruption.watch()
        // What is wrong from the beginning ends it; later troubles (a full disk, a store that another holds) are told, and tried again.
        var station: DropStation?
        try finish(basic.json) {
            let made = try DropStation(self, CommandContext(options: basic))
            station = made
            return try made.firstRound()
        }
        guard watch, let station else { return }
        while true {
            Thread.sleep(forTimeInterval: Double(every.seconds))
            do {
                let round = try station.round()
                if !round.isQuiet { try Terminal.print(round.answer(watching: true), asJSON: basic.json) }
            } catch {
                Terminal.print(Failure(error), asJSON: basic.json)
            }
        }
    }
}

/// A node between its two folders.
private final class DropStation {
    private let command: Drop
    private let node: Node
    private let inbox: DropFolder?
    private let sender: DropSender?
    private let peers: [(id: NodeID, name: String)]

    init(_ command: Drop, _ context: CommandContext) throws {
        self.command = command
        let node = try context.node()
        self.node = node
        // Asked for once, here: nobody sits by when the files come.
        try node.keys.open()
        let handler = try command.handling.handler(node)
        var incoming = DropFolder.Options()
        incoming.settleSeconds = Double(command.settle.seconds)
        incoming.patienceSeconds = Double(command.patience.seconds)
        incoming.goesByFileTimes = !command.watch
        incoming.maximumBytes = command.maxSize.bytes
        incoming.handler = handler
        inbox = try command.inbox.map { try DropFolder($0, incoming) }
        var outgoing = DropSender.Options()
        outgoing.repeats = command.repeats
        outgoing.isSealed = !command.unsealed
        outgoing.volumeBytes = command.volumeSize.bytes
        outgoing.heartbeatSeconds = Double(command.heartbeat.seconds)
        outgoing.handler = handler
        sender = try command.out.map { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { throw NodeError(.fileUnwritable, ["path": path]) }
            return DropSender(path, outgoing)
        }
        peers = try context.receivers(command.to, of: node)
    }

    /// Whoever doesn't watch looks twice, so that it sees what still grows.
    func firstRound() throws -> Answer {
        guard !command.watch, inbox != nil, command.settle.seconds > 0 else { return try round().answer(watching: command.watch) }
        let first = try incoming()
        Thread.sleep(forTimeInterval: Double(command.settle.seconds))
        var round = try self.round()
        round.items = first.filter { $0.fate != DropFolder.Item.Fate.arriving.rawValue } + round.items
        return round.answer(watching: false)
    }

    func round() throws -> DropRound { DropRound(items: try incoming(), written: try outgoing()) }

    private func incoming() throws -> [DropRound.Item] {
        guard let inbox else { return [] }
        return try inbox.pass(node) { name, verdict in
            let failure = try self.failure(verdict, name)
            let words = failure.words
            return [
                "\(name)\n\n\(words.what.zh)\n下一步:\(words.next.zh)\n\n\(words.what.en)\nNext: \(words.next.en)\n",
                try Answer(DropRound.Reason(name: name, imported: try self.facts(verdict, name)), failure: failure).json() + "\n",
            ]
        }.map { item in
            DropRound.Item(
                name: item.name, fate: item.fate.rawValue, movedTo: item.movedTo, imported: try item.verdict.flatMap { try facts($0, item.name) },
                error: item.fate == .rejected ? try item.verdict.map { try failure($0, item.name) } : nil)
        }
    }

    private func outgoing() throws -> [DropRound.Written] {
        guard let sender else { return [] }
        return try peers.flatMap { peer in
            try sender.pass(node, to: peer.id).map {
                DropRound.Written(
                    file: $0.path, to: peer.id.hash.hex, toName: peer.name, bytes: $0.bytes, changesets: $0.changesets, digest: $0.digest.hex, phoneDigest: $0.phoneDigest)
            }
        }
    }

    private func facts(_ verdict: DropFolder.Verdict, _ name: String) throws -> ImportFacts? {
        guard case .report(let report) = verdict else { return nil }
        return try node.ask { ImportFacts(report, file: name, view: $0) }
    }

    private func failure(_ verdict: DropFolder.Verdict, _ name: String) throws -> Failure {
        switch verdict {
        case .report: try facts(verdict, name)?.failure ?? Failure(.command, CommandError.Code.bundleCutShort.rawValue)
        case .refused(let error): Failure(error)
        case .unsealed(let error): Failure(error)
        }
    }
}

/// What came of one look.
private struct DropRound: Encodable {
    struct Item: Encodable {
        /// Harmless to print: what is not plain text stands as `%XX`.
        let name: String
        /// `taken`, `rejected`, `arriving`.
        let fate: String
        let movedTo: String?
        let imported: ImportFacts?
        let error: Failure?
    }

    struct Written: Encodable {
        let file, to, toName: String
        let bytes: Int64
        let changesets: Int
        let digest, phoneDigest: String
    }

    /// What stands beside a rejected file for programs.
    struct Reason: Encodable {
        let name: String
        let imported: ImportFacts?
    }

    var items: [Item]
    let written: [Written]

    /// Nothing that anybody would want to hear of.
    var isQuiet: Bool { written.isEmpty && items.allSatisfy { $0.fate == DropFolder.Item.Fate.arriving.rawValue } }

    func answer(watching: Bool) -> Answer {
        var lines: [String] = []
        for item in items {
            let fate = CarriageWords.dropFate(item.fate)?[runLanguage] ?? item.fate
            lines.append("\(fate) \(item.name)\(item.movedTo.map { " → \($0)" } ?? "")")
            if let error = item.error { lines.append("  \(error.words.what[runLanguage])") }
            if item.error == nil, let imported = item.imported, item.movedTo != nil { lines += imported.lines.prefix(1).map { "  \($0)" } }
        }
        for file in written {
            lines.append(
                say(
                    "放出 \(file.file) 给 \(file.toName):\(file.changesets) 份,\(file.bytes) 字节,校验码 \(file.phoneDigest)",
                    "Wrote \(file.file) for \(file.toName): \(file.changesets) changeset(s), \(file.bytes) bytes, check code \(file.phoneDigest)"))
        }
        if lines.isEmpty { lines.append(say("没有新文件,也没有要放的。", "No new file, and nothing to write.")) }
        var answer = Answer(self, lines)
        // A run that ends tells the shell; one that goes on has nobody to tell.
        if !watching { answer.failure = items.compactMap(\.error).first }
        return answer
    }
}
