import ArgumentParser
import Foundation
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// Everything from the root key on: a node's store, or bundles without a node.
struct AuditVerify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: say("从根密钥起核验全部历史;写数据包则不用节点。", "Verifies the whole history from the root key on; bundles need no node."),
        discussion: example(
            "tiaokuai audit verify --dir gs", "tiaokuai audit verify --dir gs --resume /audit/gs.state --json", "tiaokuai audit verify --root 5f0c…(64) *.tkb",
            "tiaokuai audit verify --root 5f0c…(64) 2020 2021") + "\n\n"
            + say(
                "节点的文件夹只读不改,只记一条谁查过。依次:文件、根声明、每份内容(字节、信封、凭证、签名、正文、个人信息)、在新库里重放、检查点、回执、日志重算、别的节点出示的日志、每条记录和状态摘要。\n--resume 记下验到哪里,断了接着验,以后只验新到的;它所信的见 Docs/Operating.md。",
                "The node's folder is only read, but for a record of who asked. In order: the file, root statements, each changeset (bytes, envelope, credential, signature, body, personal data), the replay into a fresh store, checkpoints, receipts, the log made again, what others have shown of theirs, every record and the state digest.\n--resume keeps how far it came: a broken audit goes on, a later one verifies what is new; what it believes is in Docs/Operating.md."
            ))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Argument(help: ArgumentHelp(say("数据包,或存档文件夹;不写则核验 --dir 的节点。", "Bundles, or archives; without any the node of --dir."), valueName: "file")) var files: [String] = []
    @Option(help: ArgumentHelp(say("网络编号或根密钥指纹,64 位;核验节点时也可写,不符即是问题。", "The network's id or a root key's thumbprint, 64 digits; with a node another network is refused."), valueName: "hex"))
    var root: String?
    @Option(help: ArgumentHelp(say("打开加封文件的密钥文件,可写多个。", "A key file that opens what is sealed; may be repeated."), valueName: "file")) var key: [String] = []
    @Option(help: ArgumentHelp(say("续验记录的文件;旁边的 .replay 是重放的库。", "Where progress is kept; the replayed store lies beside it in .replay."), valueName: "file")) var resume: String?

    struct Result: Encodable {
        let network, node: String
        let nodeName: String
        let isClean: Bool
        let faults, notes: Int
        let changesets, operations, statements, resumed: Int
        let entries: UInt64
        let root, input, derived, replayedInput, replayedDerived: String?
        let records: Int?
        let milliseconds: Int
        let findings: [AuditFindingRow]
    }

    func validate() throws {
        if let root, Hash32(hex: root) == nil { throw ValidationError(UsageWords.message("--root 要 64 位十六进制数字。", "--root takes 64 hexadecimal digits.")) }
        if !files.isEmpty, root == nil, (try? basic.folder()) == nil {
            throw ValidationError(UsageWords.message("用 --root 写网络编号或根密钥指纹,或用 --dir 指定节点。", "Give the network's id or a root key's thumbprint with --root, or a node with --dir."))
        }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let begun = Date()
        let given = root.flatMap { Hash32(hex: $0) }
        let node = files.isEmpty || given == nil ? try context.node() : try? context.node()
        let report: HistoryAudit.Report
        var unrecorded: Failure?
        let progress = Progress(say("核验", "Verifying"))
        if files.isEmpty, let node {
            if let given, try !node.belongs(to: given) { throw AuditError(.wrongRoot, ["network": try node.settings().network?.hash.hex ?? "—", "root": given.hex]) }
            unrecorded = try AuditNote.note(context, reader)
            let estimate = Estimate(begun)
            report = try HistoryAudit.run(node, options: .init(resume: resume)) { stage, done, total in
                progress.show("\(VerificationWords.stage(stage.rawValue)?[runLanguage] ?? stage.rawValue) \(done)/\(total)\(estimate.text(stage.rawValue, done, total))")
            }
        } else {
            guard let root = try given ?? node?.settings().network?.hash else { throw NodeError(.notEnrolled) }
            let show = { (file: String, bytes: UInt64) in progress.show("\(file) \(bytes / 1_048_576) MiB") }
            let archives = files.filter(ArchiveAudit.isArchive)
            guard archives.isEmpty || archives.count == files.count else {
                throw CommandError(.notTogether, ["options": files.joined(separator: ", ")])
            }
            report =
                try archives.isEmpty
                ? BundleAudit.run(files, root: root, keys: try context.sealingKeys(key, node), progress: show) : ArchiveAudit.run(archives, root: root, progress: show)
        }
        progress.finish()
        // Where rows can't be read, findings go by identities.
        return answer(report, unrecorded, names: (try? node?.namesOfNodes()) ?? [:], milliseconds: Int(Date().timeIntervalSince(begun) * 1_000))
    }

    private func answer(_ report: HistoryAudit.Report, _ unrecorded: Failure?, names: [String: String], milliseconds: Int) -> Answer {
        let rows = report.findings.map { AuditFindingRow($0, names: names) }
        let result = Result(
            network: report.network.hash.hex, node: report.node.hash.hex, nodeName: names[report.node.hash.hex] ?? report.node.short, isClean: report.faults == 0,
            faults: report.faults, notes: rows.count - report.faults, changesets: report.changesets, operations: report.operations, statements: report.statements,
            resumed: report.resumed, entries: report.entries, root: report.root?.hex, input: report.here?.input.hex, derived: report.here?.derived.hex,
            replayedInput: report.replayed?.input.hex, replayedDerived: report.replayed?.derived.hex, records: report.here?.records, milliseconds: milliseconds,
            findings: rows)
        var lines = [say("网络 \(result.network)", "Network \(result.network)")]
        lines += rows.map(\.line)
        let log = result.entries > 0 ? say(",日志 \(result.entries) 项", ", a log of \(result.entries)") : ""
        let before = result.resumed > 0 ? say(";其中 \(result.resumed) 份以前验过、字节未变", "; \(result.resumed) of them before, their bytes unchanged") : ""
        lines.append(
            say(
                "核验 \(result.changesets) 份、\(result.operations) 条填报,\(result.statements) 份检查点和回执\(log)\(before)。",
                "Verified \(result.changesets) changesets with \(result.operations) operations, \(result.statements) checkpoints and receipts\(log)\(before)."))
        if let derived = result.derived {
            let isSame = result.replayedDerived == derived && result.replayedInput == result.input
            let replayed =
                result.replayedDerived.map { other in
                    if isSame { return say(",重放得出同一个", ", and the replay's is the same") }
                    return other == derived ? say(",重放得出同一个,但所收内容不同", ", and the replay's is the same, over other input") : say(",重放得出的不同:\(other)", ", and the replay's differs: \(other)")
                } ?? ""
            let noted = unrecorded == nil && result.entries > 0 ? say("(连同这次查阅的留痕)", " (with the record of this asking in it)") : ""
            lines.append(say("状态摘要 \(derived)\(noted)\(replayed)", "State digest \(derived)\(noted)\(replayed)"))
        }
        lines.append(result.isClean ? say("没有发现问题。", "No fault was found.") : say("发现 \(result.faults) 个问题,见上。", "\(result.faults) fault(s): see above."))
        let failure = result.isClean ? nil : Failure(.command, CommandError.Code.checkFailed.rawValue, ["count": "\(result.faults)"])
        return Answer(Noted(payload: result, unrecorded: unrecorded?.code), lines, failure: failure)
    }
}

/// How long a stage may still take, by what it has taken.
private final class Estimate {
    private var stage = ""
    private var begun: Date

    init(_ begun: Date) { self.begun = begun }

    func text(_ stage: String, _ done: Int, _ total: Int) -> String {
        if stage != self.stage { (self.stage, begun) = (stage, Date()) }
        let spent = Date().timeIntervalSince(begun)
        guard spent > 2, done > 0, total > done else { return "" }
        let seconds = Int(spent * Double(total - done) / Double(done)) + 1
        let time = seconds >= 120 ? say("\(seconds / 60) 分", "\(seconds / 60) min") : say("\(seconds) 秒", "\(seconds) s")
        return say(",约还要 \(time)", ", about \(time) left")
    }
}

extension Node {
    /// The root is this node's network's id, or the thumbprint of a root key.
    func belongs(to root: Hash32) throws -> Bool {
        try ask { view in
            guard let network = view.settings.network else { throw NodeError(.notEnrolled) }
            if network.hash == root { return true }
            let first = try view.reader.statements(.rootStatement).first.map { try SignedRoot($0.envelope) }
            return first?.statement.keys.contains { (try? VerifyingKey(coseKey: $0).thumbprint) == root } ?? false
        }
    }

    /// Names of all nodes that hold a credential, by their identities in hexadecimal.
    func namesOfNodes() throws -> [String: String] {
        try ask { view in Dictionary((view.trust?.nodes ?? []).map { ($0.hash.hex, view.name(ofNode: $0)) }, uniquingKeysWith: { first, _ in first }) }
    }
}
