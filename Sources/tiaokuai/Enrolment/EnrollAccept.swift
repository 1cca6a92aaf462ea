import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

struct EnrollAccept: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: say("接受上级的批准文件。", "Takes in the superior's grant."), discussion: example("tiaokuai enroll accept --dir gt gt.grant"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("批准文件。", "The grant."), valueName: "grant")) var grant: String

    struct Result: Encodable {
        let node, name, region, network: String
        let isRehearsal: Bool
        let writes: [String]
        let registered: Int
        let `import`: ImportFacts
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        if context.options.now != nil, try !isRehearsal(node) { throw CommandError(.notRehearsal) }
        let report = try BundleFile.import(node, path: grant, isEnrolling: true)
        let facts = try node.ask { ImportFacts(report, file: grant, view: $0) }
        // What the file's damage has cost may be the credential itself: say that first.
        do {
            try node.adoptCredential()
        } catch {
            if let failure = facts.failure { return Answer(facts, facts.lines, failure: failure) }
            throw error
        }
        let settings = try node.settings()
        let plan = try? SavedPlan.read(in: node.folder)
        let registered = try plan.map { try UnitNames.register($0, node, person: acting.person) } ?? 0
        let writes = try node.ask { view in view.trust?.credentials(of: settings.node).flatMap(\.content.writes).map(\.unit.text) ?? [] }
        let result = Result(
            node: settings.node.hash.hex, name: settings.name, region: settings.region.text, network: settings.network?.hash.hex ?? "",
            isRehearsal: settings.isRehearsal, writes: Array(Set(writes)).sorted(), registered: registered, import: facts)
        return Answer(
            result,
            facts.lines + [
                say(
                    "节点 \(result.name) 已加入\(result.isRehearsal ? "演练" : "")网络 \(result.network.prefix(8)),写 \(result.writes.count) 个单位。",
                    "Node \(result.name) is enrolled in \(result.isRehearsal ? "the rehearsal " : "")network \(result.network.prefix(8)); it writes for \(result.writes.count) unit(s)."),
                say("下一步:填报(tiaokuai report),或 tiaokuai publish;交换用 tiaokuai bundle export --to 上级。", "Next: tiaokuai report or tiaokuai publish; exchange with tiaokuai bundle export --to SUPERIOR."),
            ], failure: facts.failure)
    }

    /// Read before anything is taken in: the file's own root statement says it.
    private func isRehearsal(_ node: Node) throws -> Bool {
        var found = false
        try BundleFile.inspect(path: grant, keys: node.keys.sealingKeys) { event in
            if case .item(.frame(let frame, _)) = event, frame.type == .rootStatement, let root = try? SignedRoot(frame.payload).statement {
                found = root.isRehearsal
            }
        }
        return found
    }
}
