import ArgumentParser
import Foundation
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// The one health command: file, log, keys, what waits, and whether what is stored is what follows from what was received.
struct Doctor: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: say("体检:数据库、日志、密钥、等待项、重算核对。", "Checks store, log, keys, what waits, and replays everything."),
        discussion: example("tiaokuai doctor --dir gt", "tiaokuai doctor --dir gt --quick"))

    @OptionGroup var basic: BasicOptions
    @Flag(help: ArgumentHelp(say("不做全量重算。", "Leaves out the replay of everything."))) var quick = false

    struct Finding: Encodable {
        /// `store`, `log`, `folder`, `replay`: wrong; `fork`, `waiting`, `receipt`: to know; `shown` (others' logs): as they are.
        let part, fact: String
        let isFault: Bool
    }

    struct Result: Encodable {
        let findings: [Finding]
        let isHealthy: Bool
        let waiting: Int
        let replayed: Bool
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        var findings = try node.store.integrityFindings().map { Finding(part: "store", fact: $0, isFault: true) }
        let level = try node.store.synchronousLevel()
        if level != 2 { findings.append(.init(part: "store", fact: "PRAGMA synchronous = \(level)", isFault: true)) }
        findings += permissions(node.folder) + copied(node)
        findings += try log(node)
        findings += try node.ask { view in try waiting(view) + forks(view) + trust(view) + shown(view) }
        if !quick { findings += try replay(node) }
        let faults = findings.filter(\.isFault)
        let result = Result(findings: findings, isHealthy: faults.isEmpty, waiting: findings.filter { $0.part == "waiting" }.count, replayed: !quick)
        return Answer(result, lines(result), failure: faults.isEmpty ? nil : Failure(.command, CommandError.Code.checkFailed.rawValue, ["count": "\(faults.count)"]))
    }

    private func log(_ node: Node) throws -> [Finding] {
        let (id, names) = (try node.settings().node, try node.namesOfNodes())
        return try node.logFindings().map { Finding(part: "log", fact: AuditFindingRow(AuditFinding($0, of: id), names: names).sentence, isFault: true) }
    }

    /// The folder is the owner's alone, and so are the keys.
    private func permissions(_ folder: NodeFolder) -> [Finding] {
        let wanted: [(String, Int)] = [(folder.path, 0o700), (folder.signingKeyPath, 0o600), (folder.sealingKeyPath, 0o600), (folder.markerPath, 0o600)]
        return wanted.compactMap { path, mode in
            guard let found = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue else {
                return Finding(part: "folder", fact: "\(path): missing", isFault: true)
            }
            return found == mode ? nil : Finding(part: "folder", fact: "\(path): \(String(found, radix: 8)), not \(String(mode, radix: 8))", isFault: true)
        }
    }

    /// A copy can be read, and neither writes nor signs.
    private func copied(_ node: Node) -> [Finding] {
        do {
            try node.checkMarker()
            return []
        } catch {
            return [Finding(part: "folder", fact: Failure(error).words.what[runLanguage], isFault: true)]
        }
    }

    private func waiting(_ view: NodeView) throws -> [Finding] {
        let feeds = Dictionary(uniqueKeysWithValues: try view.reader.feeds().map { ($0.ref, $0.feed) })
        return try view.reader.waiting().map { row in
            let changeset = try view.reader.changeset(row.changeset)
            let feed = feeds[changeset.feed].map { "\(view.name(ofNode: $0.node)) \($0.partition)" } ?? ""
            let what = CarriageWords.waitingFor(row.what)?[runLanguage] ?? row.what
            return Finding(part: "waiting", fact: "\(feed) #\(changeset.sequence): \(what) \(row.item.hex.prefix(12))", isFault: false)
        }
    }

    /// Both branches of a fork are in force and nothing is lost; that its place's government owns up to it is still due.
    private func forks(_ view: NodeView) throws -> [Finding] {
        try view.forks().map { fork in
            let branches = fork.branches.map(\.short).joined(separator: " | ")
            return Finding(part: "fork", fact: "\(view.name(ofNode: fork.feed.node)) \(fork.feed.partition) #\(fork.sequence): \(branches)", isFault: false)
        }
    }

    /// Signed outside the dates of its credential (it counts all the same), and what credentials and cuts leave for people to settle.
    private func trust(_ view: NodeView) throws -> [Finding] {
        let dates = try view.validityFlags().map { flag in
            let name = "\(view.name(ofNode: flag.node)) \(flag.partition) #\(flag.sequence)"
            let period = "\(flag.validFrom) … \(flag.validTo?.description ?? "")"
            return Finding(
                part: "trust", fact: say("\(name) 于 \(flag.sealed) 签,凭证有效期 \(period)", "\(name) was signed on \(flag.sealed), the credential's dates are \(period)"),
                isFault: false)
        }
        let concerns = try view.trustConcerns(on: view.node.surroundings.now().day).map { Finding(part: "trust", fact: TrustFact($0, view).sentence, isFault: false) }
        return dates + concerns
    }

    /// What others show of their logs, and the receipts that they owe.
    private func shown(_ view: NodeView) throws -> [Finding] {
        let logs = try view.logConcerns(thorough: !quick).map { concern in
            Finding(part: "shown", fact: LogFact(concern, view).sentence, isFault: concern.isContradiction)
        }
        let overdue = try view.overdueReceipts(on: view.node.surroundings.now().day).map { Finding(part: "receipt", fact: OverdueFact($0, view).sentence, isFault: false) }
        return logs + overdue
    }

    /// Everything received again into a fresh store: a row changed by other means than an operation shows by name.
    private func replay(_ node: Node) throws -> [Finding] {
        let progress = Progress(say("重算", "Replaying"))
        let found = try node.replayFindings { done, total in progress.show("\(done)/\(total)") }
        progress.finish()
        let office = Office(node)
        return try found.map { finding in
            let reference = finding.what == .missingHere ? "\(finding.key.kind) \(finding.key.values)" : try office.reference(of: finding.record)
            return Finding(part: "replay", fact: "\(reference): \(Doctor.words(finding.what)[runLanguage])", isFault: true)
        }
    }

    private static func words(_ what: ReplayFinding.What) -> Words {
        switch what {
        case .differs: Words("存的内容与填报算出的不同", "what is stored does not follow from its operations")
        case .missingHere: Words("这里缺这条记录", "the record is missing here")
        case .missingInReplay: Words("没有填报支持这条记录", "no operation supports the record")
        }
    }

    private func lines(_ result: Result) -> [String] {
        let names = [
            "store": Words("数据库", "store"), "log": Words("日志", "log"), "folder": Words("文件夹", "folder"), "replay": Words("重算", "replay"),
            "fork": Words("分叉", "fork"), "waiting": Words("等待", "waiting"), "shown": Words("别人的日志", "others' logs"), "receipt": Words("回执", "receipt"),
            "trust": Words("凭证", "credentials"),
        ]
        let rows = result.findings.map { finding in
            let mark = finding.isFault ? say("[问题]", "[FAULT]") : say("[提示]", "[note]")
            return "\(mark) \(names[finding.part]?[runLanguage] ?? finding.part)\(say(":", ": "))\(finding.fact)"
        }
        return rows + (result.isHealthy ? [say("一切正常。", "All is well.")] : [])
    }
}
