import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

/// New keys for this node, under its identity: asked for here, granted above, adopted with `--accept`.
struct EnrollRotate: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: say("换密钥:节点不变,原密钥同意,上级批准。", "New keys for the same node: the old key agrees, the superior grants."),
        discussion: example(
            "tiaokuai enroll rotate --dir gt --out gt.rotate", "tiaokuai enroll grant --dir zy gt.rotate --out gt.grant", "tiaokuai enroll rotate --dir gt --accept gt.grant",
            "tiaokuai enroll rotate --dir gt --suite sm2 --out gt.rotate"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var keys: KeyOptions
    @Option(help: ArgumentHelp(say("申请写到哪个文件。", "The request to write."), valueName: "file")) var out: String?
    @Option(help: ArgumentHelp(say("接受上级的批准文件,启用新密钥。", "Takes in the superior's grant and goes over to the new keys."), valueName: "grant")) var accept: String?

    struct Result: Encodable {
        let node, name: String
        let request: RequestFacts?
        /// Operations that the old key had signed beyond what the superior held, carried again under the new one.
        let carriedAgain: [String]
        let `import`: ImportFacts?
    }

    func answer(_ context: CommandContext) throws -> Answer {
        guard out == nil || accept == nil else { throw CommandError(.notTogether, ["options": "--out, --accept"]) }
        let node = try context.node()
        if let accept { return try adopt(accept, node) }
        guard let out else { throw CommandError(.missingReason, ["field": "--out"]) }
        try OwnFile.expectFree(out)
        let bytes = try node.requestRotation(try keys.plan())
        try OwnFile.write(bytes, to: out)
        let settings = try node.settings()
        let facts = RequestFacts(try Node.readRequest(bytes), file: out)
        return Answer(
            Result(node: settings.node.hash.hex, name: settings.name, request: facts, carriedAgain: [], import: nil),
            facts.lines + [
                say(
                    "下一步:先把本节点的包交给上级,再把 \(out) 交上级 enroll grant;批准前仍用原密钥。批准后:tiaokuai enroll rotate --accept 批准文件。",
                    "Next: hand the superior this node's bundle, then have \(out) granted; until then the old key signs. Then tiaokuai enroll rotate --accept GRANT.")
            ])
    }

    private func adopt(_ grant: String, _ node: Node) throws -> Answer {
        let report = try BundleFile.import(node, path: grant)
        let facts = try node.ask { ImportFacts(report, file: grant, view: $0) }
        let carried = try node.adoptRotation()
        let settings = try node.settings()
        return Answer(
            Result(node: settings.node.hash.hex, name: settings.name, request: nil, carriedAgain: carried.map(\.hash.hex), import: facts),
            facts.lines + [
                say(
                    "新密钥已启用;原密钥在上级收到之后签的 \(carried.count) 条已用新密钥重新携带。", "The new keys are in use; \(carried.count) operation(s) beyond what the superior held were carried again under them."),
                say("下一步:与上级交换;旧包仍可打开。", "Next: exchange with the superior; old bundles can still be opened."),
            ], failure: facts.failure)
    }
}

/// Honest work that a cut, a rotation or a takeover left without effect, carried again under this node's key.
struct EnrollRecarry: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "recarry", abstract: say("把失效密钥签的本单位填报用本节点密钥重新携带;先列出,再选。", "Carries work under an ended key again under this node's: lists first, then carries what is chosen."),
        discussion: example(
            "tiaokuai enroll recarry --dir gt2 --from gt", "tiaokuai enroll recarry --dir gt2 --from gt --epoch 5f2a91c0", "tiaokuai enroll recarry --dir gt2 --from gt --only 3c09a1b2"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("原节点:名称或编号;不写为本节点自己。", "The old node: name or identity; by default this node itself."), valueName: "node")) var from: String?
    @Option(help: ArgumentHelp(say("只要这个纪元写的(编号开头)。", "Only what was written in this epoch (its beginning)."), valueName: "epoch")) var epoch: String?
    @Option(help: ArgumentHelp(say("只要这些填报(编号开头),可写多个。", "Only these operations (their beginnings); may be repeated."), valueName: "id")) var only: [String] = []
    @Flag(help: ArgumentHelp(say("列出的全部重新携带。", "Carries all that is listed."))) var all = false

    struct Row: Encodable {
        let operation, record, unit, person, written, epoch: String
        let reason: String
    }

    struct Result: Encodable {
        let rows: [Row]
        let carried: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let author = try from.map { name in try node.ask { view in try EnrollRecarry.author(name, view) } }
        let lost = try node.lostWork(from: author)
        let chosen = lost.filter { work in
            (epoch.map { work.epoch.description.hasPrefix($0.lowercased()) } ?? true) && (only.isEmpty || only.contains { work.id.hash.hex.hasPrefix($0.lowercased()) })
        }
        let isChosen = all || epoch != nil || !only.isEmpty
        let carried = isChosen ? try node.recarry(from: author, only: Set(chosen.map(\.id))) : []
        let rows = chosen.map { work in
            Row(
                operation: work.id.hash.hex, record: "\(work.key.kind) \(work.key.partition) \(work.key.values.map(\.description).joined(separator: "/"))",
                unit: work.operation.unit.text, person: work.operation.person.text, written: work.operation.written.toTheMinute, epoch: work.epoch.description,
                reason: JudgementWords.voidReason(work.reason.rawValue)?[runLanguage] ?? work.reason.rawValue)
        }
        var lines = rows.map { "\($0.operation.prefix(12))  \($0.epoch.prefix(8))  \($0.written)  \($0.unit) \($0.person)  \($0.record)  (\($0.reason))" }
        lines.append(
            isChosen
                ? say("已重新携带 \(carried.count) 条。下一步:与上级交换。", "Carried \(carried.count) operation(s) again. Next: exchange with the superior.")
                : say(
                    "共 \(rows.count) 条,还没有重新携带。密钥被盗时逐条核对:--epoch 原文件夹的纪元,或 --only 编号;全部用 --all。",
                    "\(rows.count) operation(s); nothing was carried. After a theft check each: --epoch EPOCH OF THE OLD FOLDER, or --only ID; --all for all."))
        return Answer(Result(rows: rows, carried: carried.map(\.hash.hex)), lines)
    }

    /// An old node may have lost its name to the new one: any of the name that is not this node itself.
    private static func author(_ text: String, _ view: NodeView) throws -> NodeID {
        let found = Set(
            (view.trust?.valid.values.map(\.content) ?? []).filter { content in
                content.subject != view.settings.node && (content.name == text || text.count >= 6 && content.subject.hash.hex.hasPrefix(text.lowercased()))
            }.map(\.subject)
        ).sorted()
        guard let first = found.first else { throw NodeError(.unknownNode, ["node": text]) }
        guard found.count == 1 else { throw CommandError(.nodeAmbiguous, ["node": text, "candidates": found.map(\.hash.hex).joined(separator: "\n")]) }
        return first
    }
}
