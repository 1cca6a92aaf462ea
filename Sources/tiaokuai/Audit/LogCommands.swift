import ArgumentParser
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

struct LogCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: say("本节点的日志,和别的节点出示的日志。", "This node's log, and what others show of theirs."),
        discussion: example("tiaokuai log verify --dir gs"), subcommands: [LogVerify.self, LogCheckpoint.self, LogProve.self, LogEvidence.self, LogRepair.self])
}

/// Every leaf, every node above it, every checkpoint held, own and others', with what the others' leave open.
struct LogVerify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: say("核验日志和所持的检查点。", "Verifies the log and every checkpoint held."), discussion: example("tiaokuai log verify --dir gs"))

    @OptionGroup var basic: BasicOptions

    struct Result: Encodable {
        let size: UInt64
        let root: String
        /// The root under SM3, in a GM network.
        let sm3Root: String?
        let checkpoints: Int
        /// What is wrong with the own log, and checkpoints whose signature does not hold.
        let findings: [AuditFindingRow]
        /// What the logs of others, as they were shown here, contradict or leave open.
        let logs: [LogFact]
        let isWhole: Bool
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let own = try node.ask { try $0.logHead() }
        let id = try node.settings().node
        let names = try node.namesOfNodes()
        let (held, unsigned) = try LogVerify.others(node)
        let findings = (try node.logFindings().map { AuditFinding($0, of: id) } + unsigned).map { AuditFindingRow($0, names: names) }
        let logs = try node.ask { view in try view.logConcerns(thorough: true).map { LogFact($0, view) } }
        let faults = findings.count + logs.filter(\.isContradiction).count
        let result = Result(
            size: own.size, root: own.root.hex, sm3Root: own.sm3Root?.hex, checkpoints: held, findings: findings, logs: logs, isWhole: faults == 0)
        var lines = [
            say("日志 \(own.size) 项,根 \(own.root.hex.prefix(16))…;所持检查点 \(held) 个", "Log of \(own.size), root \(own.root.hex.prefix(16))…; \(held) checkpoint(s) held")
        ]
        if let sm3Root = result.sm3Root { lines.append(say("SM3 根 \(sm3Root.prefix(16))…", "SM3 root \(sm3Root.prefix(16))…")) }
        lines += findings.map(\.line) + logs.map(\.line)
        if faults == 0 { lines.append(say("核验通过。", "Verified.")) }
        return Answer(result, lines, failure: faults == 0 ? nil : Failure(.command, CommandError.Code.logBroken.rawValue, ["count": "\(faults)"]))
    }

    /// How many checkpoints of all nodes are held, and those of others that their node did not sign. What they show beside each other
    /// is among the concerns.
    private static func others(_ node: Node) throws -> (held: Int, unsigned: [AuditFinding]) {
        try node.ask { view in
            let rows = try view.reader.statements(.checkpoint)
            let unsigned = rows.filter { $0.node != view.settings.node }.compactMap { row -> AuditFinding? in
                let statement = try? UnverifiedStatement(row.envelope, .checkpoint)
                if let statement, let checkpoint = try? Checkpoint(statement.claimed), view.isSigned(statement, by: checkpoint.node) { return nil }
                var place = AuditPlace(item: row.id)
                place.node = row.node?.hash.hex
                place.size = row.number
                return AuditFinding(.statementSignature, place)
            }
            return (rows.count, unsigned)
        }
    }
}

struct LogCheckpoint: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: say("显示本节点最新的检查点。", "Shows this node's newest checkpoint."),
        discussion: example("tiaokuai log checkpoint --dir gs --out gs.checkpoint"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("把签名的检查点写到文件。", "Writes the signed checkpoint to this file."), valueName: "file")) var out: String?

    struct Result: Encodable {
        let node, epoch: String
        let size: UInt64
        let root: String
        /// The root under SM3, in a GM network.
        let sm3Root: String?
        let written: String
        let ownFeeds: Int
        let file: String?
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let envelope = try node.checkpoint()
        let checkpoint = try Checkpoint(try UnverifiedStatement(envelope, .checkpoint).claimed)
        if let out { try OwnFile.write(envelope, to: out) }
        let result = Result(
            node: checkpoint.node.hash.hex, epoch: checkpoint.epoch.description, size: checkpoint.size, root: checkpoint.root.hex,
            sm3Root: checkpoint.sm3Root?.hex, written: checkpoint.written.timestamp, ownFeeds: checkpoint.ownFeeds.count, file: out)
        return Answer(
            result,
            [
                say("日志 \(result.size) 项,\(checkpoint.written.toTheMinute)", "Log of \(result.size), \(checkpoint.written.toTheMinute)"),
                say("根 \(result.root)", "Root \(result.root)"),
            ] + (result.sm3Root.map { [say("SM3 根 \($0)", "SM3 root \($0)")] } ?? []))
    }
}

struct LogProve: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: say("证明一份内容在日志里。", "Proves that a changeset is in the log."),
        discussion: example("tiaokuai log prove --dir gs 5f0c…(64 位十六进制)"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("变更集编号(64 位十六进制)。", "The changeset's identity (64 hexadecimal digits)."), valueName: "changeset")) var changeset: String

    struct Result: Encodable {
        let changeset: String
        let index, size: UInt64
        let root: String
        let path: [String]
        /// The same under SM3, in a GM network.
        let sm3Root: String?
        let sm3Path: [String]?
        let checkpoint: String
        let holds: Bool
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        guard let id = ChangesetID(hex: changeset) else { throw NodeError(.unknownItem, ["item": changeset]) }
        let proof = try node.prove(id)
        do {
            try proof.verify()
        } catch {
            throw CommandError(.proofFails, ["reason": error.code.rawValue])
        }
        guard let first = proof.paths.first else { throw NodeError(.unknownItem, ["item": changeset]) }
        let second = proof.paths.dropFirst().first
        let result = Result(
            changeset: changeset, index: proof.index, size: proof.size, root: first.root.hex, path: first.path.map(\.hex), sm3Root: second?.root.hex,
            sm3Path: second?.path.map(\.hex), checkpoint: proof.checkpoint.hex, holds: true)
        return Answer(
            result,
            [
                say("在日志第 \(proof.index) 项(共 \(proof.size) 项),证明 \(first.path.count) 步,成立。", "Entry \(proof.index) of \(proof.size); the proof of \(first.path.count) step(s) holds."),
                say("根 \(first.root.hex)", "Root \(first.root.hex)"),
            ] + (second.map { [say("SM3 根 \($0.root.hex)", "SM3 root \($0.root.hex)")] } ?? []))
    }
}
